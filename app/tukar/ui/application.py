"""Qt's one application and its turns: made once, told of screen and scale before it begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

PLATFORM: Final = "QT_QPA_PLATFORM"
STYLE: Final = "Fusion"
SCALE: Final = "QT_SCALE_FACTOR"
_FULL_SIZE: Final = 100
_BESIDE: Final = 16
_LOOK_MS: Final = 5
_PAINTED_MS_AT_MOST: Final = 2_000


class Application:
    """The event loop of this program. ``offscreen`` paints into memory, for tours and tests."""

    def __init__(self, *, offscreen: bool = False, scale_percent: int = _FULL_SIZE) -> None:
        if offscreen:
            os.environ[PLATFORM] = "offscreen"
        if scale_percent != _FULL_SIZE:
            os.environ[SCALE] = str(scale_percent / _FULL_SIZE)
        running = QApplication.instance()
        # Qt's own switch: setStyle hands out the style it made, whose 500 constants cost 3 ms (performance.md, P1).
        self.qt = running if isinstance(running, QApplication) else QApplication([*sys.argv[:1], "-style", STYLE])
        self.qt.setApplicationName("Tukar")

    def run(self) -> int:
        """Lives until the last window is closed, ``stop`` is called or a signal comes; the status of the event loop."""
        from tukar.ui.interrupts import ended_by_signals

        with ended_by_signals(self.qt):
            return self.qt.exec()

    def stop(self) -> None:
        """Ends when every window agrees: one with a bill in hand asks first."""
        self.qt.quit()

    def leave(self) -> None:
        """Ends whatever a window has in hand."""
        self.qt.exit()

    def later(self, seconds: float, then: Callable[[], object]) -> None:
        """Calls ``then`` once, ``seconds`` later, on the window's thread."""
        QTimer.singleShot(round(seconds * 1000), self.qt, then)

    def until_painted(self) -> None:
        """Comes back once a window is on the screen; what is typed and touched meanwhile waits, and is not lost."""
        turns = QEventLoop()
        self.when_painted(turns.quit)
        turns.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def when_painted(self, then: Callable[[], object]) -> None:
        """Calls ``then`` once a window is on the screen; after two seconds in any case, as one may start minimised."""
        end = QDeadlineTimer(_PAINTED_MS_AT_MOST)

        def look() -> None:
            if end.hasExpired() or any(window.isExposed() for window in self.qt.topLevelWindows()):
                then()
            else:
                QTimer.singleShot(_LOOK_MS, self.qt, look)

        QTimer.singleShot(0, self.qt, look)


class Crossing(QObject):
    """Carries two texts from any thread to ``receive`` on the window's."""

    _arrived = Signal(str, str)

    def __init__(self, receive: Callable[[str, str], None]) -> None:
        super().__init__()
        self._receive = receive
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def send(self, one: str, other: str) -> None:
        self._arrived.emit(one, other)

    def _tell(self, one: str, other: str) -> None:
        self._receive(one, other)


def show(window: QWidget, *, full_screen: bool) -> None:
    if full_screen:
        window.showFullScreen()
    else:
        window.show()


def show_in_place_of(window: QWidget, earlier: QWidget, *, full_screen: bool) -> None:
    """Shows ``window`` where ``earlier`` stood, and hides that; a window nobody saw yet opens at its own size."""
    if earlier.isVisible():
        window.setGeometry(earlier.geometry())
    show(window, full_screen=full_screen)
    earlier.hide()
    take_keyboard(window)


def take_keyboard(window: QWidget) -> None:
    """Brings ``window`` to the front, in a turn of its own: a window that goes takes the keyboard along at first."""
    QTimer.singleShot(0, window, window.activateWindow)


def show_beside(small: QWidget, window: QWidget) -> None:
    """Shows ``small`` at the right of ``window``, or over its corner where the screen ends."""
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    left = min(frame.right() + _BESIDE, room.right() - small.width())
    top = max(room.top(), min(frame.bottom(), room.bottom()) - small.height() - _BESIDE)
    small.move(left, top)
    small.show()
