"""Catches what a scanner types before it lands anywhere: the keys of one window only, never every event of the program.

Every printable key is held back for as long as a scanner would need for its next one; a hand is slower, and its key
then goes on to whatever has the focus, unchanged. So a code never lands in a field, and nothing has to be undone.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from tukar.till.scanning import SILENCE_MS, Burst

Clock = Callable[[QKeyEvent], float]
"""When a key was pressed, in milliseconds."""

_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_PLAIN: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def pressed_at(event: QKeyEvent) -> float:
    """The moment the system gives: it is right even when the program was busy."""
    return float(event.timestamp())


class ScannerKeys(QObject):
    """``scanned`` carries each code. ``clock`` may be another one: tests type as hands do unless they say otherwise."""

    scanned = Signal(str)
    measured = Signal(int, float)
    """Keys of a scan, and the longest pause between two of them in milliseconds."""

    def __init__(self, *, gap_ms: int, prefix: str = "", clock: Clock = pressed_at) -> None:
        super().__init__()
        self.clock = clock
        self._burst = Burst(gap_ms, prefix)
        self._held: list[QKeyEvent] = []
        self._window: QWindow | None = None
        self._giving = False
        self._scanned_at = float("-inf")
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setTimerType(Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self.fall_silent)
        self._last_round = QTimer(self)
        self._last_round.setSingleShot(True)
        self._last_round.timeout.connect(self._end)

    def watch(self, window: QWidget) -> None:
        """Begins with a window that is shown."""
        handle = window.windowHandle()
        if handle is not None:
            self._window = handle
            handle.installEventFilter(self)

    def flush(self) -> None:
        """Lets whatever waits go on at once, as after a pause."""
        self._end()

    def fall_silent(self) -> None:
        """Ends what waits after one more round of the event loop.

        Where the program was busy, keys that came in time are still in the queue: they go before the end, and the
        system's time of each says whether it belongs.
        """
        self._last_round.start(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._giving or watched is not self._window or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and not self._is_letter(event):
            self._give_if_typed()
        if event.type() == QEvent.Type.KeyRelease:
            return self._release(event)
        return event.type() == QEvent.Type.KeyPress and self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Whether the key goes no further now."""
        at = self.clock(event)
        if event.key() in _ENDS:
            return self._end_by_key(at)
        if not self._is_letter(event) or event.isAutoRepeat():
            self._give()
            return False
        if not self._burst.takes(at):
            self._end()
        self._burst.press(event.text(), at)
        self._hold(event)
        self._last_round.stop()
        self._silence.start(round(SILENCE_MS if self._burst.is_scan else self._burst.patience))
        return True

    def _release(self, event: QKeyEvent) -> bool:
        """A key that waits is not let go before it was pressed."""
        waits = bool(self._held) and self._is_letter(event)
        if waits:
            self._hold(event)
        return waits

    def _hold(self, event: QKeyEvent) -> None:
        held = event.clone()
        if isinstance(held, QKeyEvent):
            self._held.append(held)

    def _end_by_key(self, at: float) -> bool:
        if self._burst.is_scan:
            self._scan(at)
            return True
        self._give()
        # The tail of a scan presses nothing: some end a code by two keys.
        return at - self._scanned_at < SILENCE_MS

    def _end(self) -> None:
        if self._burst.is_scan:
            self._scan(self._burst.last)
        else:
            self._give()

    def _scan(self, at: float) -> None:
        self._be_still()
        code, keys, slowest = self._burst.code, len(self._burst.text), self._burst.slowest
        self._burst.clear()
        self._held.clear()
        self._scanned_at = at
        self.measured.emit(keys, slowest)
        self.scanned.emit(code)

    def _give_if_typed(self) -> None:
        if not self._burst.is_scan:
            self._give()

    def _give(self) -> None:
        """Lets the keys that waited go on, in their order."""
        self._be_still()
        held, self._held = self._held, []
        self._burst.clear()
        if self._window is None:
            return
        self._giving = True
        try:
            for key in held:
                QCoreApplication.sendEvent(self._window, key)
        finally:
            self._giving = False

    def _be_still(self) -> None:
        self._silence.stop()
        self._last_round.stop()

    @staticmethod
    def _is_letter(event: QKeyEvent) -> bool:
        text = event.text()
        return len(text) == 1 and text.isprintable() and not event.modifiers() & ~_PLAIN
