"""Goods that come back, written down as the return receipt that is saved: its parts are those of the sale. Pure.

Every figure is worked out from what has gone back before, as the backend does it (domain/refund.py); the money is the
backend's own, because only it knows which of the earned points are still there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tukar.domain.item import Tax
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.pricing.result import TaxAmount
from tukar.domain.receipt import (
    Receipt,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptPoints,
)
from tukar.domain.refund import Refundable, SoldLine, next_part
from tukar.domain.tender import Tender
from tukar.till.ports import RefundAnswer
from tukar.till.receipts import Selling


@dataclass(frozen=True, slots=True)
class Back:
    """What goes back of a sale: thousandths per line, after ``returns`` that this till saved earlier.

    ``unsent``: the sale still waits in this till's outbox, so that the backend cannot know it.
    """

    sale: Receipt
    returns: tuple[Receipt, ...]
    wanted: Mapping[str, int]
    reason: str = ""
    unsent: bool = False

    @property
    def goods(self) -> Refundable:
        return goods_of(self.sale, self.returns)

    @property
    def money(self) -> Money:
        """What it comes to before earned points that are gone lower it."""
        return self.goods.money(self.wanted)

    def paid_part(self, amount: Money) -> Money:
        """The share of a payment of ``amount`` that goes back with it."""
        return Money(self.goods.paid_part(amount.minor, self.wanted), amount.currency)


@dataclass(frozen=True, slots=True)
class PointsBack:
    """Points of one account: ``given`` back to the customer, ``taken`` back from them, ``short`` already spent."""

    name: LocalName
    given: Points | None
    taken: Points | None
    short: Points | None


def goods_of(sale: Receipt, returns: Iterable[Receipt]) -> Refundable:
    """The sale's goods and what of them has come back to this till."""
    returned: dict[str, int] = {}
    for earlier in returns:
        for line in earlier.lines:
            returned[line.line_id] = returned.get(line.line_id, 0) - line.quantity.thousandths
    lines = tuple(
        SoldLine(line.line_id, line.quantity, line.gross, line.net)
        for line in sale.lines
        if line.quantity.thousandths > 0
    )
    return Refundable(lines, sale.total, returned)


def return_receipt(
    back: Back,
    answer: RefundAnswer,
    tenders: Sequence[Tender],
    selling: Selling,
    at: datetime,
    account: LoyaltyAccount | None = None,
) -> Receipt:
    """The receipt of a return, complete but for its running number; its amounts are negative.

    What points that are gone lowered the money by stands between the goods and the total, as fixed taxes do on a sale.

    ``account`` is the customer after the points moved, for the balance at its foot.
    """
    sale, goods = back.sale, back.goods
    lines = tuple(_line(line, back, goods) for line in sale.lines if back.wanted.get(line.line_id))
    before = sale.currency.total(line.gross for line in lines)
    taxes = tuple(_tax(tax, back, goods) for tax in sale.taxes)
    tax = sale.currency.total(one.amount for one in taxes)
    return Receipt(
        bill_id=answer.refund_id,
        number=ReceiptNumber(selling.shop_id, selling.till_id, selling.till_epoch, 1),
        kind=ReceiptKind.RETURN,
        currency=sale.currency,
        shop_name=selling.shop_name,
        cashier_id=selling.cashier.staff_id,
        cashier_name=selling.cashier.name,
        at=at,
        lines=lines,
        before=before,
        discount=before - sale.currency.total(line.net for line in lines),
        total=-answer.money,
        untaxed=-answer.money - tax,
        tax=tax,
        taxes=taxes,
        tenders=tuple(tenders),
        customer=sale.customer,
        salesperson_id=sale.salesperson_id,
        salesperson_name=sale.salesperson_name,
        points=_points(back, answer, selling, account),
        programme_version=sale.programme_version,
        catalogue_version=sale.catalogue_version,
        returns=sale.bill_id,
        reason=back.reason,
        training=sale.training,
        buyer_tax_number=sale.buyer_tax_number,
    )


def name_of(programme_id: str, sale: Receipt, selling: Selling) -> LocalName:
    """What the points are called: as on the sale, else as the programme says now."""
    for points in sale.points:
        if points.programme_id == programme_id:
            return points.name
    account = selling.programme.account(programme_id)
    return LocalName(programme_id) if account is None else account.name


def _line(line: ReceiptLine, back: Back, goods: Refundable) -> ReceiptLine:
    before, now = goods.returned.get(line.line_id, 0), back.wanted[line.line_id]

    def part(amount: Money) -> Money:
        return Money(-next_part(amount.minor, before, now, line.quantity.thousandths), amount.currency)

    gross, net = part(line.gross), part(line.net)
    parts = [part(off.amount) for off in line.discounts]
    if parts:
        # The last one takes what rounding left, so that the line adds up.
        parts[-1] = gross - net - gross.currency.total(parts[:-1])
    discounts = tuple(
        ReceiptDiscount(off.key, off.name, amount) for off, amount in zip(line.discounts, parts, strict=True)
    )
    return ReceiptLine(
        line_id=line.line_id,
        sku=line.sku,
        name=line.name,
        quantity=-Quantity(now),
        unit_price=line.unit_price,
        gross=gross,
        net=net,
        discounts=discounts,
        taxes=line.taxes,
        override=line.override,
        hand_discount=line.hand_discount,
        salesperson_id=line.salesperson_id,
        card=line.card,
        note=line.note,
        free=line.free,
    )


def _tax(tax: TaxAmount, back: Back, goods: Refundable) -> TaxAmount:
    """The share of one tax that goes back with the goods it was on."""
    concerned = frozenset(line.line_id for line in back.sale.lines if _bears(line.taxes, tax))
    value = goods.value(back.wanted, concerned or None)

    def part(amount: Money) -> Money:
        return Money(-value.part_of(amount.minor), amount.currency)

    return TaxAmount(tax.group, tax.name, tax.rates, tax.included, part(tax.base), part(tax.amount))


def _bears(taxes: Sequence[Tax], tax: TaxAmount) -> bool:
    return tuple(sorted(one.rate for one in taxes)) == tuple(sorted(tax.rates))


def _points(
    back: Back, answer: RefundAnswer, selling: Selling, account: LoyaltyAccount | None
) -> tuple[ReceiptPoints, ...]:
    """Points spent come back, points earned go: both stand on the receipt below zero."""
    rows = []
    for programme_id in dict.fromkeys((*answer.returned, *answer.reversed)):
        name = name_of(programme_id, back.sale, selling)
        given, taken = answer.returned.get(programme_id), answer.reversed.get(programme_id)
        digits = (given or taken or Points(0)).digits
        spent, earned = -(given or Points(0, digits)), -(taken or Points(0, digits))
        balance = None if account is None else account.balance(programme_id)
        before = None if balance is None else balance.available + spent - earned
        rows.append(ReceiptPoints(programme_id, name, before, spent, earned))
    return tuple(rows)
