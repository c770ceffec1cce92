"""One measure over days as plain bars, with the figures of its scale written as the screen writes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import CENTRE, RIGHT, Brush, Edge, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_SHARE = 0.62
_RADIUS = 2.0
_EDGE = 2.0
_STEPS = (2, 4, 6, 10, 20)
_LABEL_GAP = 10


@dataclass(frozen=True)
class Bar:
    """One day: its label and how much, in whole units."""

    label: str
    value: int


def round_top(tallest: int) -> int:
    """Return the figure of the highest grid line: even, round and not below ``tallest``."""
    power = 1
    while power * _STEPS[-1] < tallest:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= tallest)


class Bars(QLabel):
    """Bars in one colour over three grid lines; to a screen reader it is the sentence it was given.

    ``colour`` is plum where points gave it and edge grey elsewhere; in high contrast what is not plum is hollow.
    """

    def __init__(self, look: Look, name: str, colour: Colour = Colour.POINTS) -> None:
        super().__init__()
        self._look = look
        self._colour = colour
        self._bars: tuple[Bar, ...] = ()
        self._write: Callable[[int], str] = str
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow(self, look)

    def show_bars(self, bars: Sequence[Bar], write: Callable[[int], str], spoken: str) -> None:
        """``write`` turns a figure of the scale into text."""
        self._bars, self._write = tuple(bars), write
        self.setText(spoken)
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 140)

    def top(self) -> int:
        """Return the figure of the highest grid line."""
        return round_top(max((bar.value for bar in self._bars), default=0))

    def field(self) -> QRectF:
        """Where the bars stand: right of the figures, above the labels."""
        theme = self._look.theme
        line = theme.line(Role.CAPTION)
        left = max(theme.width(Role.CAPTION, self._write(self.top() * part // 2)) for part in (0, 1, 2)) + 12
        return QRectF(left, line / 2 + 2, self.width() - left, self.height() - 2 * line - 4)

    def places(self) -> list[tuple[Bar, QRectF]]:
        """Return each bar with where it stands."""
        if not self._bars:
            return []
        field, top = self.field(), self.top()
        pitch = field.width() / len(self._bars)
        width = pitch * _SHARE
        return [
            (
                bar,
                QRectF(
                    field.x() + pitch * place + (pitch - width) / 2,
                    field.bottom() - field.height() * max(bar.value, 0) / top,
                    width,
                    field.height() * max(bar.value, 0) / top,
                ),
            )
            for place, bar in enumerate(self._bars)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            field = self.field()
            self._paint_grid(brush, field)
            hollow = brush.theme.contrast and self._colour is not Colour.POINTS
            skip = self._skip(field)
            line = brush.theme.line(Role.CAPTION)
            for place, (bar, rect) in enumerate(self.places()):
                if bar.value > 0:
                    edge = Edge(Colour.EDGE, _EDGE) if hollow else None
                    brush.rr(rect, _RADIUS, None if hollow else self._colour, edge)
                if place % skip == 0:
                    width = max(brush.theme.width(Role.CAPTION, bar.label) + 2, rect.width())
                    box = QRectF(rect.center().x() - width / 2, field.bottom() + 6, width, line)
                    box.moveRight(min(box.right(), float(self.width())))
                    brush.write(box, bar.label, Ink(Role.CAPTION, Colour.INK_2, CENTRE))

    def _paint_grid(self, brush: Brush, field: QRectF) -> None:
        top, line = self.top(), brush.theme.line(Role.CAPTION)
        for part in (0, 1, 2):
            y = round(field.bottom() - field.height() * part / 2)
            brush.fill(QRectF(field.x(), y, field.width(), 1), Colour.EDGE if part == 0 else Colour.LINE)
            figure = QRectF(0, y - line / 2, field.x() - 10, line)
            brush.write(figure, self._write(top * part // 2), Ink(Role.CAPTION, Colour.INK_2, RIGHT))

    def _skip(self, field: QRectF) -> int:
        """Return how many days there are to a label, so that none touches the next."""
        widest = max((self._look.theme.width(Role.CAPTION, bar.label) for bar in self._bars), default=0.0)
        pitch = field.width() / max(len(self._bars), 1)
        skip = 1
        while pitch * skip < widest + _LABEL_GAP:
            skip += 1
        return skip
