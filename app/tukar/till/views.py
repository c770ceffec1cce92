"""Redemptions as the cashier reads them: each drawn from its journal row, QUOTED where nothing was asked yet."""

from tukar.domain.pricing.result import PricedBill
from tukar.domain.redemption import RedemptionState
from tukar.till.checkout_model import Check, RedemptionView
from tukar.till.needs import Need, needs_of
from tukar.till.ports import RedemptionRow
from tukar.till.redeeming import Redeeming

_UNDER_WAY = (RedemptionState.ASKED, RedemptionState.CHALLENGED)
_OVER = (RedemptionState.BILLED, RedemptionState.SETTLED, RedemptionState.REVIEW)


def redemption_views(priced: PricedBill, redeeming: Redeeming, check: Check) -> tuple[RedemptionView, ...]:
    return tuple(_view(priced, redeeming, need, check) for need in needs_of(priced))


def _view(priced: PricedBill, redeeming: Redeeming, need: Need, check: Check) -> RedemptionView:
    balance = priced.bill.customer.balance(need.programme_id) if priced.bill.customer else None
    row = _row(redeeming, need)
    return RedemptionView(
        need.programme_id,
        RedemptionState.QUOTED if row is None else row.state,
        need.points,
        need.amount,
        left=None if balance is None else balance.available - need.points,
        reserved_until=row.held_until if row is not None and row.state is RedemptionState.HELD else None,
        needs_code=redeeming.needs_code(need),
        check=check,
    )


def _row(redeeming: Redeeming, need: Need) -> RedemptionRow | None:
    """What is under way, else the hold where it is enough, else how it ended."""
    states = (*_UNDER_WAY, RedemptionState.HELD, *_OVER)
    rows = (redeeming.rows.newest(need.programme_id, state) for state in states)
    return next((row for row in rows if row is not None and _shown(row, need)), None)


def _shown(row: RedemptionRow, need: Need) -> bool:
    return row.state is not RedemptionState.HELD or row.need >= need.points
