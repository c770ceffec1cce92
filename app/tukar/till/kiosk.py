"""A till that covers its screen and stays there: only somebody who may change its settings closes it."""

from collections.abc import Callable

from tukar.domain.people import Action, Right
from tukar.till.line_work import Permits
from tukar.till.notices import Level, Notice, Say


class KioskDoor:
    """Asks before the window of a kiosk goes. While nobody is signed in nobody has the right, and it stays."""

    def __init__(self, permits: Permits, tell: Callable[[Notice], None], leave: Callable[[], None]) -> None:
        self._permits = permits
        self._tell = tell
        self._leave = leave

    def ask(self) -> None:
        """Somebody wants to close the till."""
        right = self._permits.ask(Action.CHANGE_SETTINGS, "close the till", lambda _who: self._leave())
        if right is Right.DENIED:
            self._tell(Notice(Say.KIOSK_STAYS, Level.WARN))
