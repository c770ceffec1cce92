"""A reason's figure supplied: the bill as it would be, to see that the rule then applies.

Other rules may take part of what is added (10 % off the order makes 19 more only 17.10), so a missing amount is
raised until it suffices.
"""

from dataclasses import replace
from typing import Final

from tukar.domain.bill import Bill, BillLine
from tukar.domain.item import Item
from tukar.domain.money import Money, Quantity, UnitPrice
from tukar.domain.offer import WhyNot
from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.domain.pricing.book import CompiledRule, RuleBook
from tukar.domain.pricing.reasons import Reasons
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.walk import Walk

_ROUNDS: Final = 16
_SUPPLIED = "supplied"


def checked(why: WhyNot, bill: Bill, rules: RuleBook, circumstances: Circumstances) -> WhyNot:
    """The reason with an amount that really suffices: pieces may bring another rule that lowers what they are worth.

    As it was where no amount can be missing. Where a discount takes part of what is added, more is added in the
    proportion in which the last step brought it nearer.
    """
    compiled = rules.rule(why.key.rule_id)
    if compiled is None or not _may_lack_money(why, compiled):
        return why
    step, lacked = 0, 0
    for _ in range(_ROUNDS):
        tried = supplied(why, bill, rules)
        missing = None if tried is None else _still_missing(why, tried, compiled, rules, circumstances)
        if missing is None:
            return why
        closed = lacked - missing.minor
        step = -(-missing.minor * step // closed) if closed > 0 else missing.minor
        lacked = missing.minor
        more = Money(step, bill.currency)
        why = replace(why, amount=more if why.amount is None else why.amount + more)
    return why


def _may_lack_money(why: WhyNot, compiled: CompiledRule) -> bool:
    """Whether an amount is missing, or may be once the pieces that are missing are there."""
    asks_for_goods = why.pieces is not None or bool(why.skus)
    return why.amount is not None or (asks_for_goods and compiled.rule.when.min_amount is not None)


def _still_missing(
    why: WhyNot, tried: Bill, compiled: CompiledRule, rules: RuleBook, circumstances: Circumstances
) -> Money | None:
    outcome = Walk(rules, tried, circumstances).work_out()
    reasons = Reasons(rules, tried, circumstances, outcome).of([compiled], ())
    return next((left.amount for left in reasons if left.key == why.key), None)


def supplied(why: WhyNot, bill: Bill, rules: RuleBook) -> Bill | None:
    """The bill with the goods and points that a reason asks for; None where nobody can say which goods."""
    compiled = rules.rule(why.key.rule_id)
    if compiled is None:
        return None
    if why.amount is not None or why.pieces is not None or why.skus:
        item = _goods(compiled, bill, rules)
        if item is None:
            return None
        bill = _with_goods(bill, item, why)
    if why.points is not None and bill.customer is not None:
        bill = replace(bill, customer=_richer(bill.customer, compiled.rule.account_id, why.points))
    return bill


def _goods(compiled: CompiledRule, bill: Bill, rules: RuleBook) -> Item | None:
    """Goods that the rule counts: some of the bill's, else the first of the catalogue."""
    when = compiled.rule.when
    on_bill = (line.item for line in bill.lines if when.goods.names(line.item) and line.unit_price.scaled > 0)
    candidates = (item for item in on_bill if not (when.full_price_only and item.sale_price is not None))
    found = next(candidates, None)
    if found is not None:
        return found
    named = (rules.items.by_sku(sku) for sku in sorted(when.goods.items or ()))
    in_catalogue = next((item for item in named if item is not None and item.active), None)
    return in_catalogue or next((item for item in rules.items.matching(when.goods, wanted=1) if item.active), None)


def _with_goods(bill: Bill, item: Item, why: WhyNot) -> Bill:
    """Pieces of ``item`` at their price, and one worth the rest of the amount."""
    pieces = why.pieces or (1 if why.amount is None else 0)
    if pieces:
        bill = bill.with_line(BillLine(f"{_SUPPLIED}-pieces", item, Quantity.of(pieces), item.charged_price))
    if why.amount is None:
        return bill
    taxes = tuple(replace(tax, included=True) for tax in item.taxes)
    price = UnitPrice.of(why.amount)
    plain = replace(item, price=price, sale_price=None, taxes=taxes, fixed_tax=None)
    return bill.with_line(BillLine(f"{_SUPPLIED}-amount", plain, Quantity.of(1), price))


def _richer(customer: LoyaltyAccount, account: str, points: Points) -> LoyaltyAccount:
    held = customer.balance(account)
    if held is None:
        added = PointsBalance(account, points, Points(0, points.digits))
        return replace(customer, balances=(*customer.balances, added))
    more = replace(held, posted=held.posted + points)
    return replace(customer, balances=tuple(more if own is held else own for own in customer.balances))
