"""How long a change takes until it is on the screen; the same watch for the till and for the bare operation."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QWidget


class Painted(QObject):
    """Watches a widget and says once it has been painted since the last question."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self._seen += event.type() == QEvent.Type.Paint
        return False

    def milliseconds(self, change: Callable[[], object]) -> float:
        """From ``change`` until the widget has been painted and nothing else waits."""
        QApplication.processEvents()
        self._seen = 0
        began = time.perf_counter()
        change()
        while not self._seen:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return (time.perf_counter() - began) * 1000
