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

    def sign_in(self, staff_id: str, password: str) -> None:
        if self.answer is not None:
            raise self.answer


@pytest.mark.parametrize(
    ("answer", "typed", "fits"),
    [
        (None, "whatever the backend knows", True),
        (Refused(Refusal.NOT_ALLOWED), "kopi susu", False),
        (Refused(Refusal.TOO_MANY_REQUESTS, wait=30), "kopi susu", False),
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
    assert BackendPassword(backend, PlainCheck())(RANI, typed) is fits


def test_nobody_without_a_password_gets_in_by_an_empty_one() -> None:
    backend = Asked(FakeClock())
    backend.answer = Unreachable(Trouble.NO_CONNECTION, sent=False)
    assert not BackendPassword(backend, PlainCheck())(StaffMember("bayu", "Bayu", Role.CASHIER), "")
