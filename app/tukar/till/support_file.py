"""The file for support in one click: written in the background, and then said where it lies."""

from collections.abc import Callable

from tukar.till.background import Background
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble


class SupportFile:
    """``write`` gathers what an engineer needs, blocks, and returns where the file lies; DiskTrouble when it cannot.

    ``tell`` says a notice where the cashier looks.
    """

    def __init__(self, write: Callable[[], str], background: Background, tell: Callable[[Notice], None]) -> None:
        self._write = write
        self._background = background
        self._tell = tell
        self._is_writing = False

    def make(self) -> None:
        """F1, File for support."""
        self._tell(Notice(Say.SUPPORT_GATHERED))
        if not self._is_writing:
            self._is_writing = True
            self._background.run(self._write, self._written, self._failed)

    def _written(self, place: str) -> None:
        self._is_writing = False
        self._tell(Notice(Say.SUPPORT_FILE, text=place))

    def _failed(self, trouble: Exception) -> None:
        self._is_writing = False
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._tell(Notice(Say.SUPPORT_FAILED, Level.WARN, text=trouble.detail))
