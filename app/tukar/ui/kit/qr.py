"""A QR code on the screen: black on white in every theme, whole pixels per module."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import painting
from tukar.ui.kit.tokens import Colour

_QUIET = 4


class QrView(QWidget):
    """Draws a matrix of modules (true is black), ``module`` px each, with the quiet zone around it."""

    def __init__(self, look: Look, name: str, module: int = 6) -> None:
        super().__init__()
        self._look = look
        self._module = module
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self, look)

    def show_matrix(self, matrix: Sequence[Sequence[bool]]) -> None:
        """Show another code; an empty matrix shows none."""
        self._matrix = tuple(tuple(row) for row in matrix)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = (len(self._matrix) + 2 * _QUIET) * self._module
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._matrix:
            return
        with painting(self, self._look) as brush:
            side = self.sizeHint().width()
            left, top = (self.width() - side) // 2, (self.height() - side) // 2
            brush.rr(QRectF(left, top, side, side), brush.theme.radius.key, Colour.PAPER)
            brush.painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            black = brush.theme.colour(Colour.PAPER_INK)
            size = self._module
            left, top = left + _QUIET * size, top + _QUIET * size
            for y, row in enumerate(self._matrix):
                for x, module in enumerate(row):
                    if module:
                        brush.painter.fillRect(QRect(left + x * size, top + y * size, size, size), black)
