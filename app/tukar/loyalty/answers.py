"""Messages that stand for values of the ports, which the wire itself does not know."""

from tukar.till.ports import (
    BackendState,
    CataloguePage,
    Enrolment,
    HistoryEntry,
    RefundAnswer,
    RefundRequest,
)
from tukar.till.ports.held import BillAside, HeldRow, Lease
from tukar.till.ports.records import Difference, Differences, ToldRedemption
from tukar.wire.amounts import currency_of, moment_of, optional_money, points_by_programme, points_of
from tukar.wire.bills import bill_of, wire_bill
from tukar.wire.catalogue import WireCataloguePage, item_of
from tukar.wire.held import WireHeldBill, WireHeldBills, WireLeased
from tukar.wire.people import WireEnrolment, WireMovement
from tukar.wire.refunds import WireRefund, WireRefundAnswer, WireRefundLine
from tukar.wire.shop import WireState, shop_of
from tukar.wire.upkeep import WireDigestAnswer, WireDigestRedemption


def state_of(message: WireState) -> BackendState:
    return BackendState(
        shop=shop_of(message.shop),
        epoch=message.epoch,
        server_seq=message.server_seq,
        now=moment_of(message.now),
        programme_version=message.programme_version,
        catalogue_version=message.catalogue_version,
        staff_version=message.staff_version,
        recovering=message.recovering,
        till_id=message.till_id,
        till_epoch=message.till_epoch,
    )


def page_of(message: WireCataloguePage) -> CataloguePage:
    currency = currency_of(message.currency)
    items = tuple(item_of(item, currency) for item in message.items)
    return CataloguePage(message.version, items, message.removed, message.next_page)


def wire_enrolment(enrolment: Enrolment) -> WireEnrolment:
    """The body; the member's id goes into the address."""
    return WireEnrolment(
        name=enrolment.name,
        mobile=enrolment.mobile,
        consent_at=enrolment.consent_at,
        card=enrolment.card,
        merge=enrolment.offline,
    )


def history_entry_of(message: WireMovement) -> HistoryEntry:
    return HistoryEntry(
        moment_of(message.at),
        message.kind,
        message.programme_id,
        points_of(message.points),
        message.ref,
        message.receipt_number,
    )


def wire_refund(request: RefundRequest) -> WireRefund:
    """The body; the refund's id goes into the address."""
    lines = tuple(
        WireRefundLine(line_id=line.line_id, sku=line.sku, thousandths=line.thousandths) for line in request.lines
    )
    return WireRefund(bill_id=request.bill_id, lines=lines, reason=request.reason, actor=request.actor)


def refund_answer_of(message: WireRefundAnswer) -> RefundAnswer:
    currency = currency_of(message.currency)
    return RefundAnswer(
        refund_id=message.refund_id,
        accepted=message.accepted,
        money=currency.money(message.money),
        returned=points_by_programme(message.returned),
        reversed=points_by_programme(message.reversed),
        short=points_by_programme(message.short),
        reduced_by=optional_money(message.reduced_by, currency),
        unspent_only=message.unspent_only,
        paid_back={ref: currency.money(amount) for ref, amount in message.paid_back.items()},
    )


def wire_aside(aside: BillAside) -> WireHeldBill:
    """The body; its id goes into the address."""
    return WireHeldBill(
        bill=wire_bill(aside.bill),
        total=aside.total.decimal(),
        pieces=aside.pieces,
        cashier=aside.cashier,
        replaces=aside.replaces,
    )


def held_rows_of(message: WireHeldBills) -> tuple[HeldRow, ...]:
    currency = currency_of(message.currency)
    return tuple(
        HeldRow(
            row.held_id, row.bill_id, row.customer, row.pieces, currency.money(row.total), row.till_id, row.cashier,
            moment_of(row.held_at), row.leased_to, row.note,
        )
        for row in message.bills
    )  # fmt: skip


def lease_of(message: WireLeased) -> Lease:
    return Lease(message.held_id, bill_of(message.bill), message.ttl)


def wire_told(told: ToldRedemption) -> WireDigestRedemption:
    return WireDigestRedemption(redemption_id=told.redemption_id, state=told.state.value, bill_id=told.bill_id)


def differences_of(message: WireDigestAnswer) -> Differences:
    found = (Difference(one.redemption_id, one.state, one.bill_id) for one in message.differences)
    return Differences(message.missing_bills, tuple(found))
