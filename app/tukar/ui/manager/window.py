"""The manager's room in a window of its own, for an office without a till."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tukar.ui.kit import Look, SizeClass

_LEAST_WIDTH, _LEAST_HEIGHT = 1024, 720
SIZE = (1366, 768)


class ManagerWindow(QWidget):
    """Holds one screen; ``closing`` is emitted once, when the window is going."""

    closing = Signal()

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self.setWindowTitle(title)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.resize(*SIZE)

    def hold(self, screen: QWidget) -> None:
        self._rows.addWidget(screen)

    def toggle_full_screen(self) -> None:
        """F11."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.resize(SizeClass.for_width(self.width()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
