import pytest

from tests.fakes.clock import FakeClock
from tests.till.bench import ModelBackend
from tests.till.test_signing_in import PlainCheck
from tukar.domain.people import Role, StaffMember
from tukar.domain.redemption import Refusal
from tukar.till.passwords import BackendPassword
from tukar.till.ports import Refused, Trouble, Unreachable

RANI = StaffMember("rani", "Rani", Role.CASHIER, password_hash="kopi susu")


class Asked(ModelBackend):
    """A backend that answers a sign-in as told."""

    answer: Exception | None = None

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.let_in_by: list[tuple[str, str, str]] = []

    def sign_in(self, staff_id: str, password: str) -> None:
        if self.answer is not None:
            raise self.answer

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        self.let_in_by.append((staff_id, manager_id, pin))


@pytest.mark.parametrize(
    ("answer", "typed", "fits"),
    [
        (None, "whatever the backend knows", True),
        (Refused(Refusal.NOT_ALLOWED), "kopi susu", False),
        (Refused(Refusal.NOT_SUPPORTED), "kopi susu", True),
        (Refused(Refusal.NOT_SUPPORTED), "kopi tubruk", False),
        (Unreachable(Trouble.NO_CONNECTION, sent=False), "kopi susu", True),
        (Unreachable(Trouble.TIMED_OUT), "kopi tubruk", False),
    ],
)
def test_the_backend_is_asked_first_and_the_copy_where_it_says_nothing(
    answer: Exception | None, typed: str, fits: bool
) -> None:
    backend = Asked(FakeClock())
    backend.answer = answer
    assert BackendPassword(backend, PlainCheck()).fits(RANI, typed) is fits


def test_a_backend_that_lets_nobody_try_is_heard() -> None:
    backend = Asked(FakeClock())
    backend.answer = Refused(Refusal.TOO_MANY_REQUESTS, wait=30)
    with pytest.raises(Refused) as refused:
        BackendPassword(backend, PlainCheck()).fits(RANI, "kopi susu")
    assert refused.value.wait == 30


def test_the_backend_hears_who_was_let_in_and_by_whom() -> None:
    backend = Asked(FakeClock())
    BackendPassword(backend, PlainCheck()).let_in("rani", "hadi", "246810")
    assert backend.let_in_by == [("rani", "hadi", "246810")]


def test_nobody_without_a_password_gets_in_by_an_empty_one() -> None:
    backend = Asked(FakeClock())
    backend.answer = Unreachable(Trouble.NO_CONNECTION, sent=False)
    assert not BackendPassword(backend, PlainCheck()).fits(StaffMember("bayu", "Bayu", Role.CASHIER), "")
