"""Plays the steps of a case, one after the other; a refused step changes nothing and the case goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from tukar.domain.bill import Bill, Claim, HandDiscount, OfferKey
from tukar.domain.money import AmountFormatError, Quantity, UnitPrice
from tukar.domain.points import MAX_POINTS_DIGITS, Points
from tukar.domain.pricing.entering import Entering, Refused, pieces_of
from tukar.domain.rule import Family
from tukar.till.sandbox.booking import Booked, Booking
from tukar.till.sandbox.case import Case
from tukar.till.sandbox.sale import Sale
from tukar.till.sandbox.shop import Member, Shop
from tukar.till.sandbox.steps import Step
from tukar.wire.strict import as_int, as_number, decimal_text

AFTER_COMPLETION: Final = frozenset(
    {"refund", "void_sale", "new_sale", "advance_days", "run_expiry", "set_prices", "activate_item", "deactivate_rule"}
)
"""The only steps that a completed sale lets in."""


class StepRefusedError(ValueError):
    """A step changes nothing; the text is one word for why."""


@dataclass(slots=True)
class Play:
    """A case while it is played. ``error`` is the word of the last refusal."""

    case: Case
    shop: Shop
    sale: Sale
    booking: Booking
    parked: list[Sale] = field(default_factory=list)
    error: str | None = None

    @property
    def last_booked(self) -> Booked | None:
        return self.booking.sold[-1] if self.booking.sold else None


def begin(case: Case) -> Play:
    """The case before its first step: an empty sale with the customer on it, unless they come later."""
    shop = Shop(case)
    sale = Sale(shop, Bill("1", case.currency, price_list=case.price_list))
    play = Play(case, shop, sale, Booking(shop))
    if case.customer is not None and not case.customer.attach:
        _attach(play, case.customer.customer_id)
    return play


def play_step(play: Play, step: Step) -> str | None:
    """Plays one step; the word of its refusal, None when it was taken."""
    if play.sale.completed and step.do not in AFTER_COMPLETION:
        play.error = "completed"
        return play.error
    play.sale.refused = False
    try:
        _STEPS[step.do](play, step.args)
    except StepRefusedError as refusal:
        play.error = str(refusal)
    except ValueError:
        play.error = "unreadable"
    else:
        return None
    return play.error


def _attach(play: Play, customer_id: str) -> None:
    account = play.shop.account_of(play.shop.member(customer_id))
    play.sale.bill = replace(play.sale.bill, customer=account)


def _quantity(args: Mapping[str, Any], default: str = "1") -> Quantity:
    try:
        return Quantity.parse(decimal_text(args.get("qty", default)))
    except AmountFormatError as mistake:
        raise StepRefusedError("quantity") from mistake


def _add(play: Play, args: Mapping[str, Any]) -> None:
    item = play.shop.catalogue.by_sku(str(args.get("sku")))
    quantity = _quantity(args)
    if item is None or not item.active or quantity.thousandths <= 0:
        raise StepRefusedError("item")
    percent = args.get("manual_discount_percent")
    discount = None if percent is None else HandDiscount(percent=Decimal(decimal_text(percent)))
    if "customer" in args:
        _attach(play, str(args["customer"]))
    card = str(args.get("card", ""))
    play.sale.add(item, quantity, card, discount)
    if card:
        play.sale.card = card


def _set_qty(play: Play, args: Mapping[str, Any]) -> None:
    lines = play.sale.lines_of(str(args.get("sku")))
    quantity = _quantity(args)
    if not lines or quantity.thousandths < 0:
        raise StepRefusedError("item")
    line = next((line for line in lines if line.joins), lines[0])
    play.sale.bill = play.sale.bill.with_quantity(line.line_id, quantity)


def _remove(play: Play, args: Mapping[str, Any]) -> None:
    lines = play.sale.lines_of(str(args.get("sku")))
    if not lines:
        raise StepRefusedError("item")
    for line in lines:
        play.sale.bill = play.sale.bill.without_line(line.line_id)


def _scan(play: Play, args: Mapping[str, Any]) -> None:
    code = str(args.get("code"))
    owner: Member | None = play.shop.owner_of(code)
    if play.shop.catalogue.by_sku(code) is not None:
        _add(play, {"sku": code})
    elif owner is not None:
        _attach(play, owner.customer_id)
    else:
        _enter_code(play, args)


def _set_customer(play: Play, args: Mapping[str, Any]) -> None:
    customer = args.get("id")
    if customer is None:
        play.sale.bill = replace(play.sale.bill, customer=None)
    else:
        _attach(play, str(customer))


def _entering(play: Play) -> Entering:
    return Entering(play.shop.book, play.sale.bill, play.shop.circumstances(play.sale.customer_id))


def _take(play: Play, answer: Bill | Refused) -> None:
    if isinstance(answer, Refused):
        raise StepRefusedError(answer.reason.value)
    play.sale.bill = answer


def _key(args: Mapping[str, Any]) -> OfferKey:
    return OfferKey(str(args.get("rule")), str(args.get("reward", "")))


def _claim(play: Play, args: Mapping[str, Any]) -> None:
    quantity, points = args.get("qty"), args.get("points")
    claim = Claim(
        key=_reward_named(play, _key(args)),
        choice=str(args.get("choice", "")),
        quantity=None if quantity is None else as_int(quantity),
        points=None if points is None else Points.of(as_number(points), MAX_POINTS_DIGITS),
    )
    if args.get("tampered") or "tampered_cost" in args:
        play.sale.bill = play.sale.bill.with_further_claim(claim)
        play.sale.tampered.append(play.sale.bill.claims[-1])
    else:
        _take(play, _entering(play).claim(claim))


def _reward_named(play: Play, key: OfferKey) -> OfferKey:
    """The key of the rule alone where it has just one reward, by whatever id it is named."""
    compiled = play.shop.book.rule(key.rule_id)
    if compiled is None or not compiled.rewards:
        raise StepRefusedError("rule")
    if len(compiled.rewards) == 1:
        own = compiled.rewards[0]
        if key.reward_id not in ("", own[1].reward_id):
            raise StepRefusedError("reward")
        return own[0]
    if key.reward_id and all(own != key for own, _ in compiled.rewards):
        raise StepRefusedError("reward")
    return key


def _remove_reward(play: Play, args: Mapping[str, Any]) -> None:
    _take(play, _entering(play).removal(_reward_named(play, _key(args))))


def _set_reward_qty(play: Play, args: Mapping[str, Any]) -> None:
    pieces = as_int(args.get("qty", 1))
    _take(play, _entering(play).quantity(_reward_named(play, _key(args)), pieces))


def _nothing(_play: Play, _args: Mapping[str, Any]) -> None:
    """Looking changes nothing."""


def _enter_code(play: Play, args: Mapping[str, Any]) -> None:
    code = str(args.get("code"))
    _take(play, _entering(play).code(code))
    if _is_gift_card(play, code):
        play.sale.card = code


def _is_gift_card(play: Play, code: str) -> bool:
    card = play.shop.cards.get(code)
    rules = [
        rule for rule in play.shop.rules if rule.activation.code == code or (card and card.rule_id == rule.rule_id)
    ]
    return any(rule.family is Family.GIFT_CARD for rule in rules)


def _remove_code(play: Play, args: Mapping[str, Any]) -> None:
    code = str(args.get("code"))
    if code not in play.sale.bill.codes:
        raise StepRefusedError("code")
    play.sale.bill = play.sale.bill.without_code(code)


def _park(play: Play, _args: Mapping[str, Any]) -> None:
    play.parked.append(play.sale)
    play.sale = Sale(play.shop, Bill(_next_id(play), play.case.currency))


def _next_id(play: Play) -> str:
    return str(len(play.booking.sold) + len(play.parked) + 2)


def _resume(play: Play, _args: Mapping[str, Any]) -> None:
    if not play.parked or not play.sale.bill.is_empty:
        raise StepRefusedError("nothing_parked")
    play.sale = play.parked.pop()
    play.sale.renew()


def _complete(play: Play, _args: Mapping[str, Any]) -> None:
    sale = play.sale
    if sale.bill.is_empty:
        raise StepRefusedError("empty")
    sale.renew()
    if not all(_is_covered(sale, claim) for claim in sale.tampered if claim in sale.bill.claims):
        sale.refused = True
        raise StepRefusedError("insufficient_points")
    play.booking.complete(sale)


def _is_covered(sale: Sale, claim: Claim) -> bool:
    """Whether a tampered claim gives all it asks for when the bill is worked out again."""
    outcome = sale.outcome
    taken = [entry for entry in outcome.state.taken if entry.claim is claim]
    paid = [payment for payment in outcome.payments if payment.turn.claim is claim]
    lacks = any(entry.lacking for entry in taken) or any(payment.lacking for payment in paid)
    if lacks or not (taken or paid):
        return False
    return claim.quantity is None or sum(map(pieces_of, taken)) >= claim.quantity


def _new_sale(play: Play, args: Mapping[str, Any]) -> None:
    price_list = args.get("price_list")
    bill = Bill(_next_id(play), play.case.currency, price_list="" if price_list is None else str(price_list))
    play.sale = Sale(play.shop, bill)
    if args.get("customer") is not None:
        _attach(play, str(args["customer"]))


def _last_sale(play: Play) -> Booked:
    booked = play.last_booked
    if booked is None or booked.voided:
        raise StepRefusedError("no_sale")
    return booked


def _refund(play: Play, args: Mapping[str, Any]) -> None:
    booked = _last_sale(play)
    lines = booked.outcome.facts.lines
    upto = dict(booked.back)
    wanted = args.get("lines")
    if wanted is None:
        upto = {fact.index: fact.thousandths for fact in lines}
    for row in wanted or ():
        left = Quantity.parse(decimal_text(row.get("qty", 1))).thousandths
        for fact in lines:
            if fact.item.sku == row.get("sku") and left > 0:
                part = min(left, fact.thousandths - upto.get(fact.index, 0))
                upto[fact.index] = upto.get(fact.index, 0) + part
                left -= part
        if left > 0:
            raise StepRefusedError("not_sold")
    if upto == booked.back:
        raise StepRefusedError("nothing_left")
    play.booking.take_back(booked, upto)
    play.sale.renew()


def _void(play: Play, _args: Mapping[str, Any]) -> None:
    play.booking.void(_last_sale(play))
    play.sale.renew()


def _advance(play: Play, args: Mapping[str, Any]) -> None:
    play.shop.today += as_int(args.get("days", 1))
    play.sale.renew()


def _run_expiry(play: Play, _args: Mapping[str, Any]) -> None:
    play.shop.write_off()
    play.sale.renew()


def _set_prices(play: Play, args: Mapping[str, Any]) -> None:
    prices = []
    for sku, raw in args.get("prices", {}).items():
        item = play.shop.catalogue.by_sku(sku)
        if item is None:
            raise StepRefusedError("item")
        prices.append((item, UnitPrice.parse(decimal_text(raw), play.case.currency)))
    for item in [play.shop.reprice(old, price) for old, price in prices]:
        for sale in (*play.parked, play.sale):
            if not sale.completed:
                sale.replace_item(item)
    play.sale.renew()


def _activate_item(play: Play, args: Mapping[str, Any]) -> None:
    if play.shop.activate(str(args.get("sku"))) is None:
        raise StepRefusedError("item")
    play.sale.renew()


def _deactivate_rule(play: Play, args: Mapping[str, Any]) -> None:
    if play.shop.rule(str(args.get("rule"))) is None:
        raise StepRefusedError("rule")
    play.shop.deactivate(str(args["rule"]))
    play.sale.renew()


_STEPS: Final[Mapping[str, Callable[[Play, Mapping[str, Any]], None]]] = {
    "add": _add,
    "set_qty": _set_qty,
    "remove": _remove,
    "scan": _scan,
    "set_customer": _set_customer,
    "claim": _claim,
    "remove_reward": _remove_reward,
    "set_reward_qty": _set_reward_qty,
    "open_offers": _nothing,
    "cancel_offers": _nothing,
    "recompute": _nothing,
    "enter_code": _enter_code,
    "remove_code": _remove_code,
    "park": _park,
    "resume": _resume,
    "complete_sale": _complete,
    "new_sale": _new_sale,
    "refund": _refund,
    "void_sale": _void,
    "advance_days": _advance,
    "run_expiry": _run_expiry,
    "set_prices": _set_prices,
    "activate_item": _activate_item,
    "deactivate_rule": _deactivate_rule,
}
