"""A backend that only redeems and reverses, and the little record that a hold emulated over it needs."""

from tests.fakes.accounts import Accounts, Challenges
from tests.fakes.clock import FakeClock
from tests.fakes.members import Member, Members, Weather
from tests.fakes.shop import POINTS
from tukar.domain.people import LoyaltyAccount, masked
from tukar.domain.points import Points
from tukar.domain.redemption import ChallengeAnswer, ChallengeRequest
from tukar.loyalty.emulated import Conclusion, Intent, Redeem
from tukar.till.ports import (
    Capabilities,
    DiskTrouble,
    DiskTroubleKind,
    Enrolment,
    FindBy,
    HistoryEntry,
    Hold,
    Idempotency,
    Otp,
    Reverse,
)


class OneShotBackend:
    """``loyalty.emulated.OneShot``: knows "redeem" and "reverse", with a code, and takes both as often as it is told.

    ``capabilities`` may be set to another ``reverse`` or ``idempotency``; with KEY a reference counts once.
    """

    def __init__(self, clock: FakeClock, capabilities: Capabilities | None = None) -> None:
        self.capabilities = capabilities or Capabilities(
            otp=Otp.REQUIRED, hold=Hold.NONE, several_rewards=False, free_item=False, reverse=Reverse.PARTIAL,
            earn_by_server=False, idempotency=Idempotency.KEY, offline_earn=False, why_not=False, catalogue=False,
        )  # fmt: skip
        self.weather = Weather()
        self.accounts = Accounts(clock)
        self.members = Members(self.accounts, clock)
        self.challenges = Challenges(clock)
        self.closed = False
        self._done: set[str] = set()
        self._tries = 0

    def add_member(self, member: Member, points: int = 0, programme_id: str = POINTS) -> LoyaltyAccount:
        self.members.known[member.member_id] = member
        self.accounts.move((member.member_id, programme_id), Points(points), "opening", "opening")
        return self.members.account(member.member_id)

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return self.weather.carry("find_members", lambda: self.members.find(by, text))

    def member(self, member_id: str) -> LoyaltyAccount:
        return self.weather.carry("member", lambda: self.members.account(member_id))

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        return self.weather.carry("enrol_member", lambda: self.members.enrol(enrolment))

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        return self.weather.carry("history", lambda: self.accounts.history(member_id))

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        mobile = self.members.required(request.member_id).mobile
        return self.weather.carry("send_code", lambda: self.challenges.send(request, masked(mobile)))

    def redeem(self, redeem: Redeem) -> None:
        self.weather.carry("redeem", lambda: self._redeem(redeem))

    def _redeem(self, redeem: Redeem) -> None:
        self._tries += 1
        self.challenges.check(redeem.challenge_id, f"try-{self._tries}", redeem.code, redeem.points)
        self._book(redeem.reference, redeem.member_id, redeem.programme_id, -redeem.points, "redeem")

    def reverse(self, reference: str, of: Redeem, points: Points) -> None:
        self.weather.carry("reverse", lambda: self._book(reference, of.member_id, of.programme_id, points, "reverse"))

    def earn(self, reference: str, member_id: str, programme_id: str, points: Points) -> None:
        self.weather.carry("earn", lambda: self._book(reference, member_id, programme_id, points, "earn"))

    def _book(self, reference: str, member_id: str, programme_id: str, points: Points, kind: str) -> None:
        if self.capabilities.idempotency is Idempotency.KEY and reference in self._done:
            return
        self.accounts.move((member_id, programme_id), points, kind, reference)
        self._done.add(reference)

    def close(self) -> None:
        self.closed = True


class FakeIntents:
    """``loyalty.emulated.Intents`` in memory; ``fails_on`` is a conclusion that the disk does not take."""

    def __init__(self) -> None:
        self.written: dict[str, Intent] = {}
        self.fails_on: Conclusion | None = None

    def find(self, reference: str) -> Intent | None:
        return self.written.get(reference)

    def put(self, intent: Intent) -> None:
        if intent.conclusion is self.fails_on:
            raise DiskTrouble(DiskTroubleKind.FULL)
        self.written[intent.reference] = intent
