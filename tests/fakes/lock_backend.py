"""A loyalty backend in memory that locks points until they are taken or freed, and knows no codes."""

from dataclasses import replace

from tests.fakes.backends import FakeBackend, KeptHold
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import (
    HOLD_SECONDS,
    ChallengeAnswer,
    ChallengeRequest,
    HoldRequest,
    HoldState,
    Outcome,
    PartResult,
    Refusal,
)
from tukar.till.ports import Capabilities, Hold, Otp, Refused, Reverse


class LockBackend(FakeBackend):
    """A backend without codes that locks points until they are taken or freed, and takes just what was locked."""

    capabilities = Capabilities(
        otp=Otp.NONE,
        hold=Hold.LOCK,
        hold_seconds=HOLD_SECONDS,
        partial=False,
        reverse=Reverse.FULL,
        why_not=False,
        holds_limits=False,
    )

    def _demand_code(self, request: HoldRequest) -> None:
        if request.replaces:
            raise Refused(Refusal.NOT_SUPPORTED)

    def _send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        raise Refused(Refusal.NOT_SUPPORTED)

    def _find(self, redemption_id: str) -> KeptHold | None:
        return self._holds.get(redemption_id)

    def _capture(self, redemption: ReceiptRedemption, receipt: Receipt) -> PartResult:
        """All or nothing: fewer points than were locked are not what was agreed on, so all of them are taken."""
        hold = self._find(redemption.redemption_id)
        if hold is None or hold.state is not HoldState.HELD or redemption.points == hold.points:
            return super()._capture(redemption, receipt)
        all_of_it = super()._capture(replace(redemption, points=hold.points), receipt)
        return replace(all_of_it, outcome=Outcome.FLAGGED, note="more points were locked than given")
