"""Keeps holds alive while the bill is open, and faces it when one is gone."""

from collections.abc import Callable
from typing import Final

from tukar.domain.redemption import EXTEND_EVERY_SECONDS, HoldAnswer, HoldState, RedemptionState, Refusal
from tukar.till.asking import Asked
from tukar.till.checkout_model import CheckoutState
from tukar.till.covering import Covering
from tukar.till.gear import Gear
from tukar.till.ports import RedemptionRow
from tukar.till.refusals import ran_out_notice
from tukar.till.stage import Stage

_GONE: Final = frozenset({Refusal.UNKNOWN_REDEMPTION, Refusal.EXPIRED, Refusal.VOIDED, Refusal.CAPTURED})
_OPEN: Final = frozenset({CheckoutState.SELLING, CheckoutState.PAYING, CheckoutState.CODE})


class HoldKeeper:
    """Extends every hold of the bill in hand every five minutes; at most two hours in all, which the backend counts.

    A hold that is gone ends as DROPPED and takes its discount along, unless money was already taken or is being
    taken: then its deadlines have passed, no more tender opens on it, and a manager decides (redemption.md, HELD).
    """

    def __init__(self, stage: Stage, gear: Gear, covering: Covering, money_stands: Callable[[], bool]) -> None:
        self._stage = stage
        self._gear = gear
        self._covering = covering
        self._money_stands = money_stands
        self._ticking = False
        stage.listen(self._mind)

    def _mind(self) -> None:
        reserved = self._covering.redeeming.rows.reserved
        if reserved and not self._ticking and self._stage.state is not CheckoutState.SAVED:
            self._ticking = True
            self._gear.background.after(EXTEND_EVERY_SECONDS, self._beat)

    def _beat(self) -> None:
        self._ticking = False
        if self._stage.state not in (CheckoutState.SAVING, CheckoutState.SAVED):
            for row in self._covering.redeeming.rows.reserved:
                self._covering.redeeming.extend(row, self.answered)
        self._stage.changed()

    def answered(self, row: RedemptionRow, asked: Asked[HoldAnswer]) -> None:
        """What the backend says of a hold: extended or looked up. Silence changes nothing; the deadlines count."""
        now = self._covering.redeeming.rows.get(row.redemption_id)
        if now is None or now.state is not RedemptionState.HELD:
            return
        if asked.answer is not None and asked.answer.state is HoldState.HELD:
            self._covering.redeeming.granted(now, asked, self._stage.changed)
        elif asked.answer is not None or (asked.refused is not None and asked.refused.refusal in _GONE):
            self._gone(now)

    def _gone(self, row: RedemptionRow) -> None:
        notice = ran_out_notice(row)
        if self._money_stands() or self._stage.state not in _OPEN:
            self._covering.redeeming.lapse(row, lambda: self._stage.say(notice))
            return
        self._covering.lose(row, notice)
