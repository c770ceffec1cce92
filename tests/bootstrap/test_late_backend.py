"""A backend that is built late is no other than the one that is built."""

from tukar.bootstrap.late_backend import OUR_CAPABILITIES
from tukar.loyalty.tukar_backend import OURS


def test_what_is_said_of_our_backend_before_it_is_built_is_what_it_says_itself() -> None:
    assert OUR_CAPABILITIES == OURS
