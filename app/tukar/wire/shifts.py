"""A closed shift as a message: float, movements, count and report, as they stood on the paper."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from tukar.domain.money import Currency
from tukar.domain.shift import (
    CashMovement,
    Counted,
    MovementKind,
    PointsTotal,
    PromotionTotal,
    SellerTotal,
    Shift,
    ShiftClosing,
    ShiftReport,
    TaxTotal,
    TenderTotal,
)
from tukar.domain.tender import PaymentMode
from tukar.wire.amounts import (
    AmountText,
    Count,
    Key,
    KeyOrNone,
    Moment,
    PointsText,
    RateText,
    Text,
    WireCurrency,
    WireName,
    Word,
    currency_of,
    moment_of,
    name_of,
    points_of,
    wire_currency,
    wire_name,
)
from tukar.wire.message import Message, read_answer, write


class WireCashMovement(Message):
    """Cash put in or taken out without a sale."""

    movement_id: Key
    kind: MovementKind
    amount: AmountText
    reason: Text
    at: Moment
    actor: Key
    approver: KeyOrNone = ""


class WireCounted(Message):
    """So many notes or coins of one value."""

    value: AmountText
    pieces: Annotated[int, Meta(ge=0, le=1_000_000)]


class WireTenderTotal(Message):
    """One way of paying."""

    mode: PaymentMode
    times: Count
    amount: AmountText


class WireTaxTotal(Message):
    """One tax."""

    name: Word = ""
    rates: Annotated[tuple[RateText, ...], Meta(max_length=8)] = ()
    included: bool = True
    base: AmountText
    amount: AmountText


class WirePromotionTotal(Message):
    """One promotion."""

    rule_id: Key
    name: WireName
    bills: Count
    amount: AmountText


class WirePointsTotal(Message):
    """Points of one programme."""

    programme_id: Key
    name: WireName
    spent: PointsText
    earned: PointsText


class WireSellerTotal(Message):
    """One salesperson; no id for what nobody sold."""

    salesperson_id: KeyOrNone = ""
    name: Word = ""
    bills: Count
    amount: AmountText


class WireShiftReport(Message):
    """What the shift came to."""

    sales: Count
    sold: AmountText
    refunds: Count
    refunded: AmountText
    discount: AmountText
    rounding: AmountText
    cash: AmountText
    openings: Count = 0
    first_number: Word = ""
    last_number: Word = ""
    tenders: Annotated[tuple[WireTenderTotal, ...], Meta(max_length=20)] = ()
    taxes: Annotated[tuple[WireTaxTotal, ...], Meta(max_length=100)] = ()
    promotions: Annotated[tuple[WirePromotionTotal, ...], Meta(max_length=1000)] = ()
    points: Annotated[tuple[WirePointsTotal, ...], Meta(max_length=50)] = ()
    sellers: Annotated[tuple[WireSellerTotal, ...], Meta(max_length=500)] = ()


class WireShiftClosing(Message):
    """The count at the end, and what was left over."""

    number: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    at: Moment
    by: Key
    approver: KeyOrNone = ""
    counted: Annotated[tuple[WireCounted, ...], Meta(max_length=40)] = ()
    report: WireShiftReport
    held: Count = 0
    unsent: Count = 0
    audit_head: Annotated[str, Meta(max_length=64, pattern="^[0-9a-f]*$")] = ""


class WireShift(Message):
    """A shift; tills send it once it is closed."""

    shift_id: Key
    till_id: Key
    currency: WireCurrency
    opened_at: Moment
    opened_by: Key
    opening_float: AmountText
    people: Annotated[tuple[Key, ...], Meta(max_length=100)] = ()
    movements: Annotated[tuple[WireCashMovement, ...], Meta(max_length=1000)] = ()
    closing: WireShiftClosing | None = None


class WireShiftAnswer(Message):
    """The backend has the shift."""

    shift_id: Key
    server_seq: Count = 0


def wire_shift(shift: Shift) -> WireShift:
    return WireShift(
        shift_id=shift.shift_id,
        till_id=shift.till_id,
        currency=wire_currency(shift.currency),
        opened_at=shift.opened_at,
        opened_by=shift.opened_by,
        opening_float=shift.opening_float.decimal(),
        people=shift.people,
        movements=tuple(map(_wire_movement, shift.movements)),
        closing=None if shift.closing is None else _wire_closing(shift.closing),
    )


def shift_of(message: WireShift) -> Shift:
    """The shift; ValueError where amounts or times make no sense."""
    currency = currency_of(message.currency)
    return Shift(
        shift_id=message.shift_id,
        till_id=message.till_id,
        opened_at=moment_of(message.opened_at),
        opened_by=message.opened_by,
        opening_float=currency.money(message.opening_float),
        people=message.people,
        movements=tuple(_movement_of(one, currency) for one in message.movements),
        closing=None if message.closing is None else _closing_of(message.closing, currency),
    )


def shift_to_json(shift: Shift) -> bytes:
    return write(wire_shift(shift))


def shift_from_json(data: bytes) -> Shift:
    return shift_of(read_answer(data, WireShift))


def _wire_movement(movement: CashMovement) -> WireCashMovement:
    return WireCashMovement(
        movement_id=movement.movement_id,
        kind=movement.kind,
        amount=movement.amount.decimal(),
        reason=movement.reason,
        at=movement.at,
        actor=movement.actor,
        approver=movement.approver,
    )


def _movement_of(message: WireCashMovement, currency: Currency) -> CashMovement:
    return CashMovement(
        message.movement_id,
        message.kind,
        currency.money(message.amount),
        message.reason,
        moment_of(message.at),
        message.actor,
        message.approver,
    )


def _wire_closing(closing: ShiftClosing) -> WireShiftClosing:
    return WireShiftClosing(
        number=closing.number,
        at=closing.at,
        by=closing.by,
        approver=closing.approver,
        counted=tuple(WireCounted(value=one.value.decimal(), pieces=one.pieces) for one in closing.counted),
        report=_wire_report(closing.report),
        held=closing.held,
        unsent=closing.unsent,
        audit_head=closing.audit_head,
    )


def _closing_of(message: WireShiftClosing, currency: Currency) -> ShiftClosing:
    return ShiftClosing(
        number=message.number,
        at=moment_of(message.at),
        by=message.by,
        approver=message.approver,
        counted=tuple(Counted(currency.money(one.value), one.pieces) for one in message.counted),
        report=_report_of(message.report, currency),
        held=message.held,
        unsent=message.unsent,
        audit_head=message.audit_head,
    )


def _wire_report(report: ShiftReport) -> WireShiftReport:
    return WireShiftReport(
        sales=report.sales,
        sold=report.sold.decimal(),
        refunds=report.refunds,
        refunded=report.refunded.decimal(),
        discount=report.discount.decimal(),
        rounding=report.rounding.decimal(),
        cash=report.cash.decimal(),
        openings=report.openings,
        first_number=report.first_number,
        last_number=report.last_number,
        tenders=tuple(
            WireTenderTotal(mode=one.mode, times=one.times, amount=one.amount.decimal()) for one in report.tenders
        ),
        taxes=tuple(map(_wire_tax, report.taxes)),
        promotions=tuple(
            WirePromotionTotal(
                rule_id=one.rule_id, name=wire_name(one.name), bills=one.bills, amount=one.amount.decimal()
            )
            for one in report.promotions
        ),
        points=tuple(
            WirePointsTotal(
                programme_id=one.programme_id,
                name=wire_name(one.name),
                spent=one.spent.decimal(),
                earned=one.earned.decimal(),
            )
            for one in report.points
        ),
        sellers=tuple(
            WireSellerTotal(
                salesperson_id=one.salesperson_id, name=one.name, bills=one.bills, amount=one.amount.decimal()
            )
            for one in report.sellers
        ),
    )


def _wire_tax(tax: TaxTotal) -> WireTaxTotal:
    return WireTaxTotal(
        name=tax.name,
        rates=tuple(format(rate, "f") for rate in tax.rates),
        included=tax.included,
        base=tax.base.decimal(),
        amount=tax.amount.decimal(),
    )


def _report_of(message: WireShiftReport, currency: Currency) -> ShiftReport:
    money = currency.money
    return ShiftReport(
        sales=message.sales,
        sold=money(message.sold),
        refunds=message.refunds,
        refunded=money(message.refunded),
        discount=money(message.discount),
        rounding=money(message.rounding),
        cash=money(message.cash),
        openings=message.openings,
        first_number=message.first_number,
        last_number=message.last_number,
        tenders=tuple(TenderTotal(one.mode, one.times, money(one.amount)) for one in message.tenders),
        taxes=tuple(
            TaxTotal(one.name, tuple(map(Decimal, one.rates)), one.included, money(one.base), money(one.amount))
            for one in message.taxes
        ),
        promotions=tuple(
            PromotionTotal(one.rule_id, name_of(one.name), one.bills, money(one.amount)) for one in message.promotions
        ),
        points=tuple(
            PointsTotal(one.programme_id, name_of(one.name), points_of(one.spent), points_of(one.earned))
            for one in message.points
        ),
        sellers=tuple(
            SellerTotal(one.salesperson_id, one.name, one.bills, money(one.amount)) for one in message.sellers
        ),
    )
