"""Points accounts and one-time codes of the fake backends: the few rules that all of them share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tests.fakes.clock import FakeClock
from tukar.domain.people import PointsBalance
from tukar.domain.points import Points
from tukar.domain.redemption import (
    CODE_SECONDS,
    CODE_TRIES,
    RESEND_AFTER_SECONDS,
    ChallengeAnswer,
    ChallengeRequest,
    OneTimeCode,
    Refusal,
)
from tukar.till.ports import HistoryEntry, Refused

Account = tuple[str, str]
"""Member and programme."""


class Accounts:
    """Balances with holds and a ledger; what is available is never below zero."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._posted: dict[Account, Points] = {}
        self._held: dict[Account, Points] = {}
        self.ledger: list[tuple[Account, HistoryEntry]] = []

    def accounts_of(self, member_id: str) -> Iterator[Account]:
        return (account for account in self._posted if account[0] == member_id)

    def posted(self, account: Account) -> Points:
        return self._posted.get(account, Points(0))

    def held(self, account: Account) -> Points:
        return self._held.get(account, Points(0, self.posted(account).digits))

    def available(self, account: Account) -> Points:
        return self.posted(account) - self.held(account)

    def balances(self, member_id: str) -> tuple[PointsBalance, ...]:
        return tuple(
            PointsBalance(account[1], self.posted(account), self.held(account))
            for account in self.accounts_of(member_id)
        )

    def move(self, account: Account, points: Points, kind: str, ref: str) -> None:
        """Books ``points``, negative ones out of what is available."""
        if self.available(account) + points < Points(0, points.digits):
            raise Refused(Refusal.INSUFFICIENT, points=self.available(account))
        self._posted[account] = self.posted(account) + points
        entry = HistoryEntry(self._clock.now(), kind, account[1], points, ref)
        self.ledger.append((account, entry))

    def reserve(self, account: Account, points: Points) -> None:
        if self.available(account) < points:
            raise Refused(Refusal.INSUFFICIENT, points=self.available(account))
        self._held[account] = self.held(account) + points

    def release(self, account: Account, points: Points) -> None:
        self._held[account] = self.held(account) - points

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        """Newest first."""
        return tuple(entry for account, entry in reversed(self.ledger) if account[0] == member_id)


@dataclass
class Challenge:
    """One challenge: its code, what it is for, and how often it was sent and tried."""

    request: ChallengeRequest
    code: str
    sent_to: str
    sent_at: float
    sends: list[str]
    wrong_attempts: dict[str, str] = field(default_factory=dict)
    verified: bool = False


class Challenges:
    """Codes that are sent, resent and tried; ``sent`` is what the customer's phone showed."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._challenges: dict[str, Challenge] = {}
        self._made = 100_000
        self.sent: list[tuple[str, str, datetime]] = []

    def code_of(self, challenge_id: str) -> OneTimeCode:
        """What the customer reads out."""
        return OneTimeCode(self._challenges[challenge_id].code)

    def send(self, request: ChallengeRequest, sent_to: str) -> ChallengeAnswer:
        known = self._challenges.get(request.challenge_id)
        if known is None:
            known = Challenge(request, "", sent_to, 0.0, [])
            self._challenges[request.challenge_id] = known
        elif request.send_id not in known.sends:
            self._demand_resend(known)
        if request.send_id not in known.sends:
            self._made += 1
            known.code, known.sent_at = str(self._made), self._clock.monotonic()
            known.sends.append(request.send_id)
            self.sent.append((sent_to, known.code, self._clock.now()))
        return self._answer(known)

    def override(self, challenge_id: str) -> ChallengeAnswer:
        """Somebody has answered for it, whoever that was."""
        known = self._challenges.get(challenge_id)
        if known is None:
            raise Refused(Refusal.CODE_EXPIRED)
        known.verified = True
        return self._answer(known)

    def _demand_resend(self, known: Challenge) -> None:
        if len(known.sends) > len(RESEND_AFTER_SECONDS):
            raise Refused(Refusal.TOO_MANY_CODES)
        wait = known.sent_at + RESEND_AFTER_SECONDS[len(known.sends) - 1] - self._clock.monotonic()
        if wait > 0:
            raise Refused(Refusal.RESEND_TOO_EARLY, wait=wait)

    def _answer(self, known: Challenge) -> ChallengeAnswer:
        age = self._clock.monotonic() - known.sent_at
        left = len(RESEND_AFTER_SECONDS) + 1 - len(known.sends)
        next_wait = RESEND_AFTER_SECONDS[len(known.sends) - 1] if left else 0.0
        return ChallengeAnswer(
            known.request.challenge_id,
            known.sent_to,
            max(0.0, CODE_SECONDS - age),
            max(0.0, next_wait - age),
            left,
            CODE_TRIES - len(known.wrong_attempts),
        )

    def check(self, challenge_id: str, attempt_id: str, code: OneTimeCode | None, need: Points) -> None:
        """Raises Refused unless the code is right, or was, for no more than the challenge's ceiling."""
        known = self._challenges.get(challenge_id)
        if known is None or need > known.request.ceiling:
            raise Refused(Refusal.CODE_NEEDED)
        if known.verified:
            return
        if attempt_id in known.wrong_attempts and code is not None and known.wrong_attempts[attempt_id] == code.digits:
            raise self._wrong(known)
        if len(known.wrong_attempts) >= CODE_TRIES:
            raise Refused(Refusal.CODE_LOCKED, tries_left=0)
        if self._clock.monotonic() - known.sent_at > CODE_SECONDS:
            raise Refused(Refusal.CODE_EXPIRED)
        if code is None or code.digits != known.code:
            key = attempt_id if attempt_id not in known.wrong_attempts else f"{attempt_id}+{len(known.wrong_attempts)}"
            known.wrong_attempts[key] = "" if code is None else code.digits
            raise self._wrong(known)
        known.verified = True

    @staticmethod
    def _wrong(known: Challenge) -> Refused:
        left = CODE_TRIES - len(known.wrong_attempts)
        return Refused(Refusal.WRONG_CODE if left else Refusal.CODE_LOCKED, tries_left=left)
