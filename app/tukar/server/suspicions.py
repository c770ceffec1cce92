"""Finds what adds up and looks odd all the same, by one rule each, with thresholds that are the shop's settings.

Nothing is refused for it: the goods are sold, the customer is served, and a manager looks at the case (security.md,
"Abuse"). Counts are per day of the shop, by the time of the bill, so that bills that come late count where they belong.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.approval import NO_LIMITS, ApprovalLimits, ApprovalSubject
from tukar.domain.bill import PriceOverride
from tukar.domain.money import Money
from tukar.domain.oversight import ReviewReason
from tukar.domain.people import Action
from tukar.domain.pricing import PricedBill
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptLine
from tukar.server import members, reviews, staff, values
from tukar.server.call import Call
from tukar.server.reviews import Facts
from tukar.server.shops import ReviewSettings, Shop
from tukar.server.storage.statements import Row
from tukar.wire.approvals import limits_of

BACK_SECONDS: Final = 300.0
"""So far a bill may be before the one that its till sold earlier: clocks are put right now and then."""
KEPT_DAYS: Final = 40
"""Bills may come for 35 days; so long what was counted on their day is kept."""
_COUNTERS: Final = ("odd.bills.", "odd.codes.", "odd.voids.")

_COUNT: Final = text(
    "INSERT INTO counters (shop_id, name, span, times) VALUES (:shop_id, :name, :span, 1)"
    " ON CONFLICT (shop_id, name, span) DO UPDATE SET times = counters.times + 1 RETURNING times"
)
_SWEEP: Final = text("DELETE FROM counters WHERE shop_id = :shop_id AND span < :span AND name LIKE :kind")
_LAST_OF_TILL: Final = text(
    "SELECT number, sold_at FROM bills WHERE shop_id = :shop_id AND till_id = :till_id"
    " ORDER BY stored_at DESC, server_seq DESC LIMIT 1"
)


def of_sale(call: Call, shop: Shop, receipt: Receipt, priced: PricedBill, member: Row | None) -> None:
    """Looks at a sale that is being stored; its row is not there yet."""
    rules = shop.settings.review
    bare = _bare(receipt, member)
    _overrides(call, rules, receipt, bare, _cheaper(receipt, priced))
    _discounts(call, rules, receipt, bare)
    _beyond_limits(call, shop, receipt, bare, priced)
    if member is not None:
        _many_bills(call, shop, receipt, bare)
        _own_customer(call, rules, receipt, member, bare)
    _late(call, rules, receipt, bare)


def of_return(call: Call, shop: Shop, receipt: Receipt, member: Row | None) -> None:
    """Looks at goods that came back."""
    rules = shop.settings.review
    if rules.no_receipt and receipt.kind is ReceiptKind.RETURN and not receipt.returns:
        facts = replace(_bare(receipt, member), amount=-receipt.total.minor)
        reviews.suspect(call, ReviewReason.NO_RECEIPT, receipt.bill_id, facts, receipt.bill_id)
    _late(call, rules, receipt, _bare(receipt, member))


def wrong_code(call: Call, shop: Shop, member_id: str, bill_id: str) -> None:
    """A code was typed wrong."""
    at_most = shop.settings.review.wrong_codes
    facts = _of_member(call, member_id)
    _counted(call, shop, ReviewReason.WRONG_CODES, f"odd.codes.{member_id}", at_most, facts, bill_id)


def void(call: Call, shop: Shop, member_id: str, bill_id: str, units: int, digits: int) -> None:
    """Points that were reserved, or spent today, went back; a gift card is nobody's habit."""
    if values.is_card(member_id):
        return
    at_most = shop.settings.review.redeemed_then_void
    facts = replace(_of_member(call, member_id), points=units, digits=digits)
    _counted(call, shop, ReviewReason.REDEEM_THEN_VOID, f"odd.voids.{member_id}", at_most, facts, bill_id)


def sweep(call: Call, today: date) -> None:
    """Forgets the counts of days whose bills come no more."""
    for kind in _COUNTERS:
        values = {"shop_id": call.shop_id, "span": today.toordinal() - KEPT_DAYS, "kind": f"{kind}%"}
        call.db.execute(_SWEEP, values)


# One rule each


def _overrides(call: Call, rules: ReviewSettings, receipt: Receipt, bare: Facts, cheaper: int) -> None:
    if rules.override_amount is None or not any(line.override is not None for line in receipt.lines):
        return
    if cheaper >= rules.override_amount:
        facts = replace(bare, amount=cheaper, limit_amount=rules.override_amount)
        reviews.suspect(call, ReviewReason.PRICE_OVERRIDE, receipt.bill_id, facts, receipt.bill_id)


def _cheaper(receipt: Receipt, priced: PricedBill) -> int:
    """What overridden prices took off the catalogue's, in minor units; dearer ones count as much."""
    return sum(less for _, less in _overridden(receipt, priced))


def _overridden(receipt: Receipt, priced: PricedBill) -> Iterator[tuple[PriceOverride, int]]:
    items = {line.line.line_id: line.line.item for line in priced.lines}
    for line in receipt.lines:
        if line.override is not None and line.line_id in items:
            listed = items[line.line_id].charged_price.times(line.quantity)
            yield line.override, abs(listed.minor - line.unit_price.times(line.quantity).minor)


def _discounts(call: Call, rules: ReviewSettings, receipt: Receipt, bare: Facts) -> None:
    by_hand = sum(_by_hand(line) for line in receipt.lines)
    if not by_hand:
        return
    worth = receipt.before.minor + by_hand
    limits = [rules.discount_amount] if rules.discount_amount is not None else []
    limits += [worth * rules.discount_percent // 100] if rules.discount_percent is not None else []
    if limits and by_hand > min(limits):
        facts = replace(bare, amount=by_hand, limit_amount=min(limits))
        reviews.suspect(call, ReviewReason.BIG_DISCOUNT, receipt.bill_id, facts, receipt.bill_id)


def _by_hand(line: ReceiptLine) -> int:
    """What a hand discount took off a line: ``gross`` is what was left of its price."""
    return line.unit_price.times(line.quantity).minor - line.gross.minor if line.hand_discount is not None else 0


def _beyond_limits(call: Call, shop: Shop, receipt: Receipt, bare: Facts, priced: PricedBill) -> None:
    """Words given at a till by somebody who may not allow as much: the till refuses them, unless it is not ours."""
    table = limits_of(shop.profile.limits, shop.currency)
    for reason, approver, subject in _words(receipt, priced) if table.roles else ():
        giver = staff.member(call, approver)
        limits = table.of(giver.role) if giver is not None else NO_LIMITS
        if subject.amount is not None and limits.beyond(subject) is not None:
            facts = replace(bare, amount=subject.amount.minor, limit_amount=_allowed(limits, subject))
            reviews.suspect(call, reason, receipt.bill_id, facts, receipt.bill_id)


def _allowed(limits: ApprovalLimits, subject: ApprovalSubject) -> int:
    """The most money that somebody might have allowed of a subject, in minor units."""
    most = [] if limits.amount is None else [limits.amount]
    if limits.percent is not None and subject.percent and subject.amount is not None:
        most.append(int(subject.amount.minor * limits.percent / subject.percent))
    return min(most)


def _words(receipt: Receipt, priced: PricedBill) -> Iterator[tuple[ReviewReason, str, ApprovalSubject]]:
    """What second people allowed on a bill; the shares of a discount on the whole bill are one word."""
    whole: dict[str, int] = {}
    for line in receipt.lines:
        discount = line.hand_discount
        if discount is None or not discount.approver:
            continue
        if discount.whole is not None:
            whole[discount.approver] = whole.get(discount.approver, 0) + _by_hand(line)
            continue
        off = Money(_by_hand(line), receipt.currency)
        subject = ApprovalSubject(Action.DISCOUNT_LINE, line.line_id, amount=off, percent=discount.percent)
        yield ReviewReason.BIG_DISCOUNT, discount.approver, subject
    for approver, minor in whole.items():
        subject = ApprovalSubject(Action.DISCOUNT_BILL, receipt.bill_id, amount=Money(minor, receipt.currency))
        yield ReviewReason.BIG_DISCOUNT, approver, subject
    for override, less in _overridden(receipt, priced):
        subject = ApprovalSubject(Action.OVERRIDE_PRICE, receipt.bill_id, amount=Money(less, receipt.currency))
        yield ReviewReason.PRICE_OVERRIDE, override.approver, subject


def _many_bills(call: Call, shop: Shop, receipt: Receipt, bare: Facts) -> None:
    at_most = shop.settings.review.bills_of_one_customer
    name = f"odd.bills.{bare.member_id}"
    _counted(call, shop, ReviewReason.MANY_BILLS, name, at_most, bare, receipt.bill_id, receipt.at)


def _own_customer(call: Call, rules: ReviewSettings, receipt: Receipt, member: Row, bare: Facts) -> None:
    if not rules.cashier_is_customer:
        return
    named = rules.customers.get(receipt.cashier_id)
    same_name = bool(member.name) and members.folded(member.name) == members.folded(receipt.cashier_name)
    if member.member_id == named or (named is None and same_name):
        reviews.suspect(call, ReviewReason.CASHIER_IS_CUSTOMER, receipt.bill_id, bare, receipt.bill_id)


def _late(call: Call, rules: ReviewSettings, receipt: Receipt, bare: Facts) -> None:
    """Bills that say they are from before: long ago, or before one that their till sold earlier."""
    if rules.late_hours is None:
        return
    hours = int((call.now - receipt.at).total_seconds() // 3600)
    before = call.db.execute(_LAST_OF_TILL, {"shop_id": call.shop_id, "till_id": call.caller.till_id}).first()
    if hours >= rules.late_hours or (before is not None and _is_before(receipt, before)):
        facts = replace(bare, hours=max(hours, 0), limit=rules.late_hours)
        reviews.suspect(call, ReviewReason.BACK_DATED, receipt.bill_id, facts, receipt.bill_id)


def _is_before(receipt: Receipt, before: Row) -> bool:
    """Numbers of one series are given one after another, and so is the time."""
    series, _, n = before.number.rpartition("-")
    own, _, own_n = str(receipt.number).rpartition("-")
    if series != own or int(n) >= int(own_n):
        return False
    return (datetime.fromisoformat(before.sold_at) - receipt.at.astimezone(UTC)).total_seconds() > BACK_SECONDS


def _counted(
    call: Call,
    shop: Shop,
    reason: ReviewReason,
    name: str,
    at_most: int | None,
    facts: Facts,
    bill_id: str,
    at: datetime | None = None,
) -> None:
    """One more on that day; above the threshold it is a case of that day, with the figure as it grows."""
    if at_most is None:
        return
    day = shop.today(min(at or call.now, call.now))
    times = int(call.db.execute(_COUNT, {"shop_id": call.shop_id, "name": name, "span": day.toordinal()}).scalar_one())
    if times > at_most:
        told = replace(facts, count=times, limit=at_most, hours=24)
        reviews.suspect(call, reason, f"{facts.member_id}.{day.isoformat()}", told, bill_id)


def _bare(receipt: Receipt, member: Row | None) -> Facts:
    return Facts(
        till_id=receipt.number.till_id,
        number=str(receipt.number),
        cashier_id=receipt.cashier_id,
        cashier_name=receipt.cashier_name,
        member_id=member.member_id if member is not None else "",
    )


def _of_member(call: Call, member_id: str) -> Facts:
    return Facts(till_id=call.caller.till_id, member_id=member_id)
