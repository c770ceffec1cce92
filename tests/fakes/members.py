"""Who a fake backend knows, and what happens to messages on their way to it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.fakes.accounts import Accounts
from tests.fakes.clock import FakeClock
from tukar.domain.people import LoyaltyAccount, masked
from tukar.domain.redemption import Refusal
from tukar.till.ports import Enrolment, FindBy, Refused, Trouble, Unreachable

T = TypeVar("T")


@dataclass(frozen=True)
class Member:
    """Somebody the backend knows."""

    member_id: str
    name: str
    mobile: str = field(default="", repr=False)
    card: str = field(default="", repr=False)
    group: str = ""


class Weather:
    """What happens to messages on their way, in turn for every call of a backend.

    ``trouble`` keeps everything from arriving, ``trouble_of`` what is asked by that name. The next ``lose_answers``
    calls arrive and their answers do not; ``lose_answers_of`` counts by name. ``calls`` are the names asked for.
    """

    def __init__(self) -> None:
        self.trouble: Refused | Unreachable | None = None
        self.trouble_of: dict[str, Refused | Unreachable] = {}
        self.lose_answers = 0
        self.lose_answers_of: dict[str, int] = {}
        self.calls: list[str] = []
        self._lock = threading.RLock()

    def carry(self, name: str, call: Callable[[], T]) -> T:
        with self._lock:
            self.calls.append(name)
            trouble = self.trouble or self.trouble_of.get(name)
            if trouble is not None:
                raise trouble
            try:
                answer = call()
            except Refused:
                self._lose(name)
                raise
            self._lose(name)
            return answer

    def _lose(self, name: str) -> None:
        if self.lose_answers:
            self.lose_answers -= 1
            raise Unreachable(Trouble.TIMED_OUT)
        if self.lose_answers_of.get(name):
            self.lose_answers_of[name] -= 1
            raise Unreachable(Trouble.TIMED_OUT)


class Members:
    """Who the backend knows, and how a till sees them."""

    def __init__(self, accounts: Accounts, clock: FakeClock) -> None:
        self._accounts = accounts
        self._clock = clock
        self.known: dict[str, Member] = {}

    def required(self, member_id: str) -> Member:
        if member_id not in self.known:
            raise Refused(Refusal.UNKNOWN_MEMBER)
        return self.known[member_id]

    def account(self, member_id: str) -> LoyaltyAccount:
        member = self.required(member_id)
        return LoyaltyAccount(
            member.member_id,
            member.name,
            masked(member.mobile),
            masked(member.card),
            member.group,
            balances=self._accounts.balances(member_id),
            seen_at=self._clock.now(),
        )

    def find(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return tuple(self.account(member.member_id) for member in self.known.values() if _is_meant(member, by, text))

    def enrol(self, enrolment: Enrolment) -> LoyaltyAccount:
        taken = [member for member in self.known.values() if enrolment.mobile and member.mobile == enrolment.mobile]
        if taken and taken[0].member_id != enrolment.member_id:
            if enrolment.offline:
                return self.account(taken[0].member_id)
            raise Refused(Refusal.MEMBER_EXISTS)
        self.known.setdefault(
            enrolment.member_id, Member(enrolment.member_id, enrolment.name, enrolment.mobile, enrolment.card)
        )
        return self.account(enrolment.member_id)


def _is_meant(member: Member, by: FindBy, text: str) -> bool:
    if by is FindBy.NAME:
        return text.casefold() in member.name.casefold()
    return bool(text) and text == (member.mobile if by is FindBy.MOBILE else member.card)
