"""Days as stacked bars: what was taken, what was declined, what was lost to a fault."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import CENTRE, RIGHT, Brush, Edge, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_BAR_SHARE = 0.62
_GAP = 1.5
_RADIUS = 2.0
_HOLLOW = 2.0
_SEEN_HOLLOW = 3 * _HOLLOW
"""What is lost must be seen to be hollow, however little it is."""
_SIGN = 10
_STEPS = (2, 4, 6, 10, 20)


@dataclass(frozen=True)
class Day:
    """One bar: three counts under a label."""

    label: str
    taken: int
    declined: int
    lost: int

    @property
    def whole(self) -> int:
        return self.taken + self.declined + self.lost


@dataclass(frozen=True)
class PlotWords:
    """The legend's words, and ``spoken``, the picture in a sentence."""

    taken: str
    declined: str
    lost: str
    spoken: str


class Plot(QLabel):
    """Stacked bars with three grid lines and the legend in words on top.

    Taken is plum, declined grey (hollow in high contrast), lost hollow red with its figure. To a screen reader it is
    the sentence it was given; the table beside it is its text form. Every second label is dropped where they are
    narrow.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._days: tuple[Day, ...] = ()
        self._words = PlotWords("", "", "", "")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow(self, look)

    def show_days(self, days: Sequence[Day], words: PlotWords) -> None:
        self._days, self._words = tuple(days), words
        self.setText(words.spoken)
        self.setAccessibleDescription(words.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def field(self) -> QRectF:
        """Where the bars stand: below the legend, right of the figures, above the labels."""
        theme = self._look.theme
        line = theme.line(Role.CAPTION)
        left = theme.width(Role.CAPTION, str(self.top())) + 12
        return QRectF(left, line + 8 + line / 2, self.width() - left, self.height() - 3 * line - 8)

    def top(self) -> int:
        """Return the figure of the highest grid line: even, round and not below the tallest bar."""
        tallest = max((day.whole for day in self._days), default=0)
        power = 1
        while power * _STEPS[-1] < tallest:
            power *= 10
        return next(step * power for step in _STEPS if step * power >= tallest)

    def bars(self) -> list[tuple[Day, QRectF]]:
        """Return each day with the place of its whole bar."""
        field, top = self.field(), self.top()
        pitch = field.width() / max(len(self._days), 1)
        found = []
        for place, day in enumerate(self._days):
            width = pitch * _BAR_SHARE
            height = field.height() * day.whole / top
            left = field.x() + place * pitch + (pitch - width) / 2
            found.append((day, QRectF(left, field.bottom() - height, width, height)))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            field = self.field()
            self._paint_legend(brush, field.x())
            self._paint_grid(brush, field)
            each = field.height() / self.top()
            skip = self._skip(field)
            for place, (day, bar) in enumerate(self.bars()):
                self._paint_bar(brush, day, bar, each)
                if place % skip == 0:
                    line = brush.theme.line(Role.CAPTION)
                    width = brush.theme.width(Role.CAPTION, day.label) + 2
                    label = QRectF(bar.center().x() - width / 2, field.bottom() + 4, width, line)
                    brush.write(label, day.label, Ink(Role.CAPTION, Colour.INK_2, CENTRE))

    def _paint_legend(self, brush: Brush, left: float) -> None:
        line = brush.theme.line(Role.CAPTION)
        for kind, word in (
            ("taken", self._words.taken),
            ("declined", self._words.declined),
            ("lost", self._words.lost),
        ):
            sign = QRectF(left, (line - _SIGN) / 2, _SIGN, _SIGN)
            self._paint_part(brush, sign, kind)
            width = brush.theme.width(Role.CAPTION, word)
            brush.write(QRectF(left + _SIGN + 6, 0, width + 1, line), word, Ink(Role.CAPTION, Colour.INK_2))
            left += _SIGN + 6 + width + 20

    def _paint_grid(self, brush: Brush, field: QRectF) -> None:
        top = self.top()
        line = brush.theme.line(Role.CAPTION)
        for part in (0, 1, 2):
            y = round(field.bottom() - field.height() * part / 2)
            brush.fill(QRectF(field.x(), y, field.width(), 1), Colour.EDGE if part == 0 else Colour.LINE)
            figure = QRectF(0, y - line / 2, field.x() - 10, line)
            brush.write(figure, str(top * part // 2), Ink(Role.CAPTION, Colour.INK_2, RIGHT))

    def _paint_bar(self, brush: Brush, day: Day, bar: QRectF, each: float) -> None:
        foot = bar.bottom()
        for kind, count in (("taken", day.taken), ("declined", day.declined), ("lost", day.lost)):
            if not count:
                continue
            height = max(each * count - _GAP, _SEEN_HOLLOW if kind == "lost" else _HOLLOW)
            part = QRectF(bar.x(), foot - height, bar.width(), height)
            self._paint_part(brush, part, kind)
            foot -= height + _GAP
        if day.lost:
            line = brush.theme.line(Role.CAPTION)
            width = max(brush.theme.width(Role.CAPTION, str(day.lost)) + 2, bar.width())
            figure = QRectF(bar.center().x() - width / 2, foot - line, width, line)
            brush.write(figure, str(day.lost), Ink(Role.CAPTION, Colour.DANGER, CENTRE))

    def _paint_part(self, brush: Brush, part: QRectF, kind: str) -> None:
        if kind == "taken":
            brush.rr(part, _RADIUS, Colour.POINTS)
        elif kind == "declined":
            hollow = brush.theme.contrast
            brush.rr(part, _RADIUS, None if hollow else Colour.EDGE, Edge(Colour.EDGE, _HOLLOW) if hollow else None)
        else:
            brush.rr(part, _RADIUS, None, Edge(Colour.DANGER, _HOLLOW))

    def _skip(self, field: QRectF) -> int:
        widest = max((self._look.theme.width(Role.CAPTION, day.label) for day in self._days), default=0.0) + 10
        pitch = field.width() / max(len(self._days), 1)
        skip = 1
        while pitch * skip < widest:
            skip += 1
        return skip
