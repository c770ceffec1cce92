"""Notices that nobody has touched the till for a while: a till left alone locks (setting ``lock_after_minutes``)."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

_TOUCHED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """``left_alone`` is emitted after ``seconds`` without a key, a click or a touch, and again after as many more.

    Sheets lie in the window, so its own events are enough; keys of a scanner count as well. 0 seconds: never.
    """

    left_alone = Signal()

    def __init__(self, window: QWidget, seconds: float) -> None:
        """``window`` is shown, and keeps this."""
        super().__init__(window)
        self._handle = window.windowHandle()
        self._alone = QTimer(self)
        self._alone.setTimerType(Qt.TimerType.PreciseTimer)
        self._alone.setInterval(round(1000 * seconds))
        self._alone.timeout.connect(self.left_alone)
        if self._alone.interval():
            self._handle.installEventFilter(self)
            self._alone.start()

    @property
    def left_ms(self) -> int:
        """Milliseconds until it says so; below 0 where it never does."""
        return self._alone.remainingTime()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._handle and event.type() in _TOUCHED:
            self._alone.start()
        return False
