from tests.fakes.permits import FakePermits
from tukar.domain.people import Action, Right
from tukar.till.kiosk import KioskDoor
from tukar.till.notices import Notice, Say


class Till:
    """A kiosk whose window somebody wants to close."""

    def __init__(self, right: Right) -> None:
        self.permits = FakePermits()
        self.permits.rights[Action.CHANGE_SETTINGS] = right
        self.told: list[Notice] = []
        self.left = 0
        KioskDoor(self.permits, self.told.append, self._leave).ask()

    def _leave(self) -> None:
        self.left += 1


def test_who_may_change_settings_closes_it() -> None:
    till = Till(Right.ALLOWED)
    assert (till.left, till.told) == (1, [])


def test_who_may_not_is_told_and_it_stays() -> None:
    till = Till(Right.DENIED)
    assert till.left == 0
    assert [notice.say for notice in till.told] == [Say.KIOSK_STAYS]
