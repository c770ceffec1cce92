"""A thin bar that shows how far something has come."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import Brush, painting
from tukar.ui.kit.tokens import Colour

_HEIGHT = 4
_WHOLE = 1000


def draw_bar(brush: Brush, rect: QRectF, share: float, colour: Colour) -> None:
    """Draw a bar filled to ``share`` (0 to 1) of its width."""
    radius = min(float(brush.theme.radius.bar), rect.height() / 2)
    brush.rr(rect, radius, Colour.LINE if brush.theme.contrast else Colour.KEY_PRESS)
    width = rect.width() * min(max(share, 0.0), 1.0)
    if width > 0:
        brush.rr(QRectF(rect.x(), rect.y(), max(width, rect.height()), rect.height()), radius, colour)


class ProgressBarThin(QProgressBar):
    """Four pixels high; plum when it is points, ``colour`` otherwise. ``name`` says what is measured."""

    def __init__(self, look: Look, name: str, colour: Colour = Colour.POINTS) -> None:
        super().__init__()
        self._look = look
        self._colour = colour
        self._share = 0.0
        self.setRange(0, _WHOLE)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, look)

    def set_share(self, share: float, spoken: str) -> None:
        """Show ``share`` (0 to 1); ``spoken`` says the same in words."""
        self._share = share
        self.setValue(round(share * _WHOLE))
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(72, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            draw_bar(brush, QRectF(self.rect()), self._share, self._colour)
