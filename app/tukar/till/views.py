"""The checkout as the cashier reads it; a redemption is drawn from its journal row, QUOTED where it has none yet."""

from dataclasses import dataclass
from datetime import timedelta

from tukar.domain.money import Quantity
from tukar.domain.pricing.result import PricedBill
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import RedemptionState
from tukar.domain.tender import quick_cash
from tukar.till.checkout_model import (
    Check,
    CheckoutModel,
    CheckoutState,
    ExchangeView,
    GoodsBack,
    RedemptionView,
    ValueView,
)
from tukar.till.covering import Covering
from tukar.till.deadlines import to_save
from tukar.till.needs import Need, spending_of
from tukar.till.ports import Clock, PrinterState, RedemptionRow, seconds_left
from tukar.till.quoting import Quoting
from tukar.till.redeeming import Redeeming
from tukar.till.sale import Sale
from tukar.till.stage import Stage
from tukar.till.tendering import Tendering
from tukar.till.valuing import Valuing

_UNDER_WAY = (RedemptionState.ASKED, RedemptionState.CHALLENGED)
_OVER = (RedemptionState.BILLED, RedemptionState.SETTLED, RedemptionState.REVIEW)
_TOLD_FIRST = (*_UNDER_WAY, RedemptionState.HELD, *_OVER)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The parts of a checkout that a snapshot is drawn from."""

    sale: Sale
    stage: Stage
    tendering: Tendering
    covering: Covering
    quoting: Quoting


def snapshot(
    rooms: Rooms,
    notes: tuple[int, ...],
    clock: Clock,
    *,
    receipt: Receipt | None = None,
    printed: PrinterState | None = None,
) -> CheckoutModel:
    """What stands now; ``receipt`` once the bill is saved. ``notes`` are for the quick cash sums."""
    payment, tendering, priced = rooms.tendering.payment, rooms.tendering, rooms.sale.priced
    return CheckoutModel(
        state=rooms.stage.state,
        total=payment.total,
        paid=payment.paid,
        due=payment.due,
        cash_due=payment.cash_due,
        change=payment.change,
        quick_cash=quick_cash(payment.due, notes),
        tenders=payment.tenders,
        modes=tendering.modes,
        redemptions=redemption_views(priced, rooms.covering.redeeming, rooms.quoting.check, clock),
        code=rooms.covering.code,
        terminal=tendering.view,
        exchange=_exchange_view(tendering),
        value=_value_view(tendering.valuing),
        can_save=rooms.stage.state is CheckoutState.PAYING and payment.settled and not priced.bill.is_empty,
        must_approve=tendering.valuing.lapsed(tendering.tenders)
        or (tendering.money_stands and _has_lapsed(rooms.covering)),
        notice=rooms.stage.notice,
        receipt=receipt,
        printer=printed,
    )


def _exchange_view(tendering: Tendering) -> ExchangeView | None:
    exchange, total = tendering.exchange, tendering.payment.total
    if exchange is None:
        return None
    back = exchange.agreed.back
    goods = tuple(
        GoodsBack(line.name, Quantity(many), back.goods.money({line.line_id: many}))
        for line in back.sale.lines
        if (many := back.wanted.get(line.line_id, 0))
    )
    return ExchangeView(
        exchange.agreed.row.number, exchange.credit, exchange.left_over(total), exchange.points, goods,
        exchange.to_cards(total), exchange.agreed.values,
    )  # fmt: skip


def _value_view(valuing: Valuing) -> ValueView:
    return ValueView(valuing.found, valuing.credit, valuing.is_finding, valuing.is_asking)


def _has_lapsed(covering: Covering) -> bool:
    """Whether a hold that the bill needs has run out."""
    covers = covering.redeeming.covers
    return any(not covers(need, to_save) and covers(need, lambda _: None) for need in covering.needing.all)


def redemption_views(
    priced: PricedBill, redeeming: Redeeming, check: Check, clock: Clock
) -> tuple[RedemptionView, ...]:
    return tuple([_view(priced, redeeming, need, check, clock) for need in spending_of(priced)])


def _view(priced: PricedBill, redeeming: Redeeming, need: Need, check: Check, clock: Clock) -> RedemptionView:
    customer = priced.bill.customer
    balance = None if customer is None else customer.balance(need.programme_id)
    row = _row(redeeming, need)
    until = row.held_until if row is not None and row.state is RedemptionState.HELD else None
    return RedemptionView(
        need.programme_id,
        RedemptionState.QUOTED if row is None else row.state,
        need.points,
        need.amount,
        left=None if balance is None else balance.available - need.points,
        reserved_until=until,
        until=None if until is None else clock.now() + timedelta(seconds=seconds_left(clock, until)),
        needs_code=redeeming.needs_code(need),
        check=check,
        on_trust=row is not None and row.on_trust,
        known_at=None if customer is None else customer.seen_at,
    )


def _row(redeeming: Redeeming, need: Need) -> RedemptionRow | None:
    """What is under way, else the hold where it is enough, else how it ended."""
    for state in _TOLD_FIRST:
        row = redeeming.rows.newest(need.programme_id, state)
        if row is not None and _shown(row, need):
            return row
    return None


def _shown(row: RedemptionRow, need: Need) -> bool:
    return row.state is not RedemptionState.HELD or row.need >= need.points
