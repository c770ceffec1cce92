"""The key printed on a button or field: an outlined cap, never filled."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from tukar.ui.kit.paint import CENTRE, Brush, Edge, Ink
from tukar.ui.kit.theme import Theme
from tukar.ui.kit.tokens import Colour, Role

_SCALE = 12 / 13
_SIDE = 7.0
_HEIGHT = 1.7


def cap_width(theme: Theme, key: str) -> float:
    """Width of the cap for ``key``, 0 when none is printed."""
    if not key:
        return 0.0
    return max(round(QFontMetricsF(_font(theme)).horizontalAdvance(key) + 2 * _SIDE), cap_height(theme))


def cap_height(theme: Theme) -> float:
    return round(theme.fonts[Role.LABEL].pixelSize() * _HEIGHT)


def draw_cap(brush: Brush, right: float, middle: float, key: str, colours: tuple[Colour, Colour]) -> None:
    """Draw the cap ending at ``right``; ``colours`` are those of its edge and of its word."""
    theme = brush.theme
    width, height = cap_width(theme, key), cap_height(theme)
    box = QRectF(right - width, round(middle - height / 2), width, height)
    edge, word = colours
    brush.rr(box, theme.radius.cap, None, Edge(edge, 1.5 if theme.contrast else 1.25))
    brush.write(box, key, Ink(Role.LABEL, word, CENTRE, scale=_SCALE))


def _font(theme: Theme) -> QFont:
    return theme.font(Role.LABEL, scale=_SCALE)
