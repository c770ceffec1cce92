"""The way out when no code comes: a second person answers for the customer's consent (security.md, "Way out").

Their PIN is checked at the till for just this bill, these points and this minute, and by the backend once more, which
counts such words and keeps them in its audit. Then the points are held by the same challenge, without a code.
"""

from collections.abc import Callable
from functools import partial

from tukar.domain.approval import ApprovalSubject
from tukar.domain.people import Action, Right
from tukar.domain.redemption import ChallengeAnswer, OverrideRequest, RedemptionState, Refusal
from tukar.till.asking import Asked, Asking
from tukar.till.checkout_model import CheckoutState
from tukar.till.covering import Covering
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit, Then
from tukar.till.ports import RedemptionRow
from tukar.till.refusals import refused_notice
from tukar.till.sale import Sale
from tukar.till.stage import Stage

AskHere = Callable[[Then, ApprovalSubject], Right]


class Overriding:
    """At CODE only; ``about`` is what the second person is asked, None while there is no challenge to answer for."""

    def __init__(self, sale: Sale, stage: Stage, gear: Gear, covering: Covering) -> None:
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._covering = covering
        self._asking = ""
        self._ask_here: AskHere | None = None

    def ask_by(self, ask_here: AskHere) -> None:
        """``Permitting.ask_here``: somebody else's PIN, typed at this till."""
        self._ask_here = ask_here

    @property
    def can_ask(self) -> bool:
        return self._ask_here is not None and self.about is not None

    def ask(self) -> None:
        """Asks a second person; with their word the points are held without a code."""
        about, code = self.about, self._covering.code
        if self._ask_here is None or about is None or code is None:
            return
        reason = "the code cannot be used" if code.over else "no code came"
        if self._ask_here(lambda word: self.override(word, reason), about) is Right.DENIED:
            self._stage.say(Notice(Say.NOT_ALLOWED, Level.WARN))

    @property
    def about(self) -> ApprovalSubject | None:
        row = self._challenged()
        if row is None:
            return None
        ref = f"{row.challenge_id} {row.ceiling.decimal()}"
        return ApprovalSubject(Action.OVERRIDE_CODE, ref, row.bill_id, amount=row.amount, points=row.ceiling)

    def override(self, word: Permit, reason: str) -> None:
        """Tells the backend who answers for it; what it refuses is said, and the code may still be typed."""
        row = self._challenged()
        if row is None or self._asking:
            return
        self._asking = row.challenge_id
        self._covering.wait_for_code(busy=True)
        request = OverrideRequest(row.challenge_id, word.approver, word.pin, reason, word.actor)
        call = partial(self._gear.backend.override_code, request)
        Asking(self._gear, call, partial(self._answered, row)).ask()

    def _challenged(self) -> RedemptionRow | None:
        code = self._covering.code
        if self._stage.state is not CheckoutState.CODE or code is None or code.busy:
            return None
        return self._covering.redeeming.rows.newest(code.programme_id, RedemptionState.CHALLENGED)

    def _answered(self, row: RedemptionRow, asked: Asked[ChallengeAnswer]) -> None:
        self._asking = ""
        code = self._covering.code
        lives = self._covering.redeeming.rows.lives(row.redemption_id)
        if self._stage.state is not CheckoutState.CODE or code is None or not lives:
            return
        if asked.answer is not None:
            self._covering.ask_without_code(row)
            return
        self._covering.wait_for_code(busy=False)
        if asked.refused is None:
            self._stage.say(Notice(Say.BACKEND_SLOW, Level.WARN))
        elif asked.refused.refusal is Refusal.TOO_MANY_CODES:
            self._stage.say(Notice(Say.OVERRIDES_USED_UP, Level.WARN))
        else:
            self._stage.say(refused_notice(asked.refused))
