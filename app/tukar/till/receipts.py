"""A priced bill, its tenders and its reserved points, written down as the receipt that is saved. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import starmap

from tukar.domain.bill import Bill, Claim
from tukar.domain.people import LoyaltyAccount, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing.result import FreeLine, PricedBill, PricedLine
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.receipt import (
    Receipt,
    ReceiptCoupon,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptPoints,
    ReceiptRedemption,
)
from tukar.domain.rule import Apply, Family
from tukar.domain.tender import Tender


@dataclass(frozen=True, slots=True)
class Selling:
    """Who sells where, and by which versions of programme and catalogue the bill was priced."""

    shop_id: str
    shop_name: str
    till_id: str
    till_epoch: int
    cashier: StaffMember
    programme: Programme
    catalogue_version: int


def receipt_of(
    priced: PricedBill,
    tenders: Iterable[Tender],
    redemptions: Sequence[ReceiptRedemption],
    selling: Selling,
    at: datetime,
) -> Receipt:
    """The receipt of a sale, complete but for its running number, which the journal fills in as it saves.

    ``at`` carries its time zone. Every line says what came off it and why (T47). A claim that gave nothing, for lack of
    points or of the line, is left out: the backend repeats the calculation and would give it. One that adjusts
    an automatic reward stays: without it the reward would give what is usual. A coupon is never automatic. The code
    of a gift card that paid nothing is left out for the same reason.
    """
    bill = _without_idle_cards(priced, selling.programme)
    automatic = {
        rule.rule_id
        for rule in selling.programme.rules
        if rule.apply is Apply.AUTOMATIC and rule.family is not Family.NEXT_ORDER_COUPON
    }
    on_trust = {one.programme_id for one in redemptions if not one.proof}
    given = {applied.key for applied in priced.applied} | {payment.key for payment in priced.stored_value}
    return Receipt(
        bill_id=bill.bill_id,
        number=ReceiptNumber(selling.shop_id, selling.till_id, selling.till_epoch, 1),
        kind=ReceiptKind.SALE,
        currency=bill.currency,
        shop_name=selling.shop_name,
        cashier_id=selling.cashier.staff_id,
        cashier_name=selling.cashier.name,
        at=at,
        lines=(*map(_line, priced.lines), *starmap(_free, enumerate(priced.free_lines, start=1))),
        before=priced.before,
        discount=priced.discount,
        total=priced.total,
        untaxed=priced.untaxed,
        tax=priced.tax,
        taxes=priced.taxes,
        tenders=tuple(tenders),
        customer=None if bill.customer is None else _customer(priced, bill.customer),
        salesperson_id=bill.salesperson.salesperson_id if bill.salesperson else "",
        salesperson_name=bill.salesperson.name if bill.salesperson else "",
        redemptions=tuple(redemptions),
        points=_points(priced, selling.programme, on_trust),
        expected_earning=priced.earned,
        claims=tuple(
            _as_taken(claim, priced) for claim in bill.claims if claim.key in given or claim.key.rule_id in automatic
        ),
        codes=bill.codes,
        switched_off=tuple(sorted(bill.switched_off, key=lambda key: (key.rule_id, key.reward_id))),
        declined=tuple(sorted(bill.declined, key=lambda key: (key.rule_id, key.reward_id))),
        price_list=bill.price_list,
        programme_version=selling.programme.version,
        catalogue_version=selling.catalogue_version,
        training=bill.training,
        coupons=tuple(_coupons(priced, selling.programme)),
        note=bill.note,
        buyer_tax_number=bill.buyer_tax_number,
    )


def _without_idle_cards(priced: PricedBill, programme: Programme) -> Bill:
    """The bill without the codes of gift cards that pay nothing here: their money would be taken all the same.

    So it is after a crash, which leaves the code on the bill, and nobody who knows what it holds. A code that no rule
    names is a card's, or that of a coupon which another bill has left.
    """
    families = {rule.activation.code: rule.family for rule in programme.rules if rule.activation.code}
    pay = {payment.code for payment in priced.stored_value}
    has_coupons = any(not spent.code for spent in priced.credits_spent)
    bill = priced.bill
    for code in priced.bill.codes:
        is_card = families.get(code, Family.GIFT_CARD) is Family.GIFT_CARD
        if code not in pay and is_card and (code in families or not has_coupons):
            bill = bill.without_code(code)
    return bill


def _as_taken(claim: Claim, priced: PricedBill) -> Claim:
    """The claim with the points that it came to.

    A customer who lacks points gets less than was asked for; the backend, which repeats the calculation with the
    balance that it knows by then, must not take more than the bill shows.
    """
    taken = next((one for one in priced.applied if one.key == claim.key), None)
    spent = None if taken is None else taken.spent
    return claim if claim.points is None or spent is None else replace(claim, points=spent)


def _coupons(priced: PricedBill, programme: Programme) -> Iterator[ReceiptCoupon]:
    """What the bill leaves to nobody in particular: paper is then all that tells of it."""
    for left in priced.left:
        rule = programme.rule(left.rule_id)
        if left.family is Family.NEXT_ORDER_COUPON and left.code:
            yield ReceiptCoupon(left.code, left.name, None if rule is None else rule.valid_to)


def _line(priced: PricedLine) -> ReceiptLine:
    line = priced.line
    return ReceiptLine(
        line_id=line.line_id,
        sku=line.item.sku,
        name=line.item.name,
        quantity=line.quantity,
        unit_price=line.unit_price,
        gross=priced.gross,
        net=priced.net,
        discounts=tuple(ReceiptDiscount(off.key, off.name, off.amount) for off in priced.discounts),
        taxes=line.item.taxes,
        override=line.override,
        hand_discount=line.discount,
        salesperson_id=line.salesperson_id,
        card=line.card,
        note=line.note,
    )


def _free(place: int, free: FreeLine) -> ReceiptLine:
    nothing = free.worth.currency.zero()
    return ReceiptLine(
        line_id=f"free-{place}",
        sku=free.item.sku,
        name=free.item.name,
        quantity=free.quantity,
        unit_price=free.item.charged_price,
        gross=nothing,
        net=nothing,
        taxes=free.item.taxes,
        free=True,
    )


def _customer(priced: PricedBill, customer: LoyaltyAccount) -> ReceiptCustomer:
    return ReceiptCustomer(
        customer.member_id, customer.name, customer.masked_mobile, customer.tier, priced.bill.customer_source
    )


def _points(priced: PricedBill, programme: Programme, on_trust: Collection[str]) -> tuple[ReceiptPoints, ...]:
    """The foot of the receipt: every account in which the customer has or moves points.

    Where points were taken on trust nobody knows the balance, so paper does not tell one.
    """
    customer = priced.bill.customer
    if customer is None:
        return ()
    rows = (_account_points(priced, customer, account) for account in programme.accounts)
    known = (row for row in rows if row is not None)
    return tuple(replace(row, before=None) if row.programme_id in on_trust else row for row in known)


def _account_points(priced: PricedBill, customer: LoyaltyAccount, account: PointsAccount) -> ReceiptPoints | None:
    balance = customer.balance(account.programme_id)
    spent, earned = priced.spent_of(account.programme_id), priced.earned_of(account.programme_id)
    if balance is None and spent is None and earned is None:
        return None
    nothing = Points(0, account.digits)
    return ReceiptPoints(
        account.programme_id,
        account.name,
        before=None if balance is None or customer.pending else balance.available,
        spent=spent or nothing,
        earned=earned or nothing,
        expiring=balance.expiring if balance else None,
    )
