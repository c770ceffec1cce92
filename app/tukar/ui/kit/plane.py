"""The full-bleed tones a window is made of, and the thin line between parts."""

from enum import Flag, auto

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import painting
from tukar.ui.kit.tokens import Colour

_CONTRAST_LINE = 2


class Side(Flag):
    """The sides of a plane that carry a line."""

    NONE = 0
    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()


class Plane(QWidget):
    """One tone from edge to edge; lines only where two planes meet.

    ``by_hand`` is for a plane that changes sides with the hand (``Look.placed``): its lines change sides as well.
    """

    def __init__(
        self, look: Look, colour: Colour = Colour.CANVAS, lines: Side = Side.NONE, *, by_hand: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._colour = colour
        self._lines = lines
        self._by_hand = by_hand
        follow(self, look)

    def set_colour(self, colour: Colour) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            rect = QRectF(self.rect())
            brush.fill(rect, self._colour)
            left, right = (
                (Side.RIGHT, Side.LEFT) if self._by_hand and self._look.left_handed else (Side.LEFT, Side.RIGHT)
            )
            w = _CONTRAST_LINE if brush.theme.contrast else brush.theme.strokes.hair
            for side, line in (
                (left, QRectF(0, 0, w, rect.height())),
                (Side.TOP, QRectF(0, 0, rect.width(), w)),
                (right, QRectF(rect.width() - w, 0, w, rect.height())),
                (Side.BOTTOM, QRectF(0, rect.height() - w, rect.width(), w)),
            ):
                if side in self._lines:
                    brush.fill(line, Colour.LINE)


class Hairline(QWidget):
    """A thin horizontal line as a widget, for layouts."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, look)

    def sizeHint(self) -> QSize:
        return QSize(8, round(self._look.theme.strokes.hair))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            brush.fill(QRectF(self.rect()), Colour.LINE)
