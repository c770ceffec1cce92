"""A month on one plane: days to touch or to walk with the arrows, and the span that is chosen."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tukar.ui.kit.button import draw_focus
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import CENTRE, Brush, Edge, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_CELL = 48
_HEAD = 28
_DAYS = 7
_WEEKS = 6
_EDGE = 2.0
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_DAYS, Qt.Key.Key_Down: _DAYS}


class MonthView(QWidget):
    """``picked`` carries the day that was touched or confirmed with Space; ``walked`` the day the arrows reached.

    Days after ``latest`` cannot be picked. The owner shows the month of the day walked to. Weeks begin on Monday.
    """

    picked = Signal(object)
    walked = Signal(object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._weekdays: tuple[str, ...] = ("",) * _DAYS
        self._at = date(2000, 1, 1)
        self._first: date | None = None
        self._last: date | None = None
        self._latest = date.max
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        follow(self, look)

    def set_words(self, name: str, weekdays: Sequence[str]) -> None:
        """``weekdays`` from Monday on, as short as two letters."""
        self._name, self._weekdays = name, tuple(weekdays)
        self.update()

    def show_span(self, at: date, first: date | None, last: date | None, *, latest: date, spoken: str) -> None:
        """``at`` is the day the arrows stand on, ``spoken`` that day and the span in words."""
        moved = at != self._at
        self._at, self._first, self._last, self._latest = at, first, last, latest
        self.setAccessibleName(f"{self._name}, {spoken}")
        if moved and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_DAYS * _CELL, _HEAD + _WEEKS * _CELL)

    def days(self) -> list[date]:
        """Return the days that stand on the plane: those of this month alone."""
        return [day for week in self._weeks() for day in week if day.month == self._at.month]

    def place_of(self, day: date) -> QRectF:
        """Return where a day of this month stands."""
        for row, week in enumerate(self._weeks()):
            if day in week:
                return QRectF(week.index(day) * _CELL, _HEAD + row * _CELL, _CELL, _CELL)
        return QRectF()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(min(self._at + timedelta(days=step), self._latest))
        elif event.key() == Qt.Key.Key_Space:
            self.picked.emit(self._at)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        for day in self.days():
            if self.place_of(day).contains(point) and day <= self._latest:
                self.picked.emit(day)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            for place, word in enumerate(self._weekdays):
                box = QRectF(place * _CELL, 0, _CELL, _HEAD)
                brush.write(box, word, Ink(Role.CAPTION, Colour.INK_2, CENTRE))
            for day in self.days():
                self._paint_day(brush, day)

    def _paint_day(self, brush: Brush, day: date) -> None:
        cell = self.place_of(day)
        inside = self._first is not None and self._last is not None and self._first <= day <= self._last
        end = day in (self._first, self._last)
        if inside:
            left = 2.0 if day == self._first else 0.0
            right = 2.0 if day == self._last else 0.0
            brush.fill(cell.adjusted(left, 4, -right, -4), Colour.SELECT)
        ring = cell.adjusted(2, 2, -2, -2)
        colour = Colour.INK if day <= self._latest else Colour.ON_OFF
        if end and brush.theme.contrast:
            brush.rr(ring, brush.theme.radius.key, Colour.INK)
            colour = Colour.PLANE
        elif end:
            brush.rr(ring, brush.theme.radius.key, Colour.PLANE, Edge(Colour.INK, _EDGE))
        brush.write(cell, str(day.day), Ink(Role.STRONG if end else Role.BODY, colour, CENTRE))
        if day == self._at and self.hasFocus():
            draw_focus(brush, cell, brush.theme.radius.key)

    def _weeks(self) -> list[list[date]]:
        return Calendar().monthdatescalendar(self._at.year, self._at.month)
