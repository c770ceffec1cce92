"""How many points: a slider whose track and handle are plum."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import Brush, Edge, painting
from tukar.ui.kit.tokens import Colour

_TRACK, _HANDLE, _HANDLE_EDGE = 8, 32, 3.0
_TICK_WIDTH, _TICK_HEIGHT = 2, 8
_PAGES = 10


class PointSlider(QSlider):
    """A horizontal slider from 0 to ``most`` points, 48 px high.

    Arrow keys move by one ``step``, Page keys by ten, Home and End to the ends; a finger lands on multiples of the
    step, on the suggestion and on the end. The tick below marks ``suggest``. ``speak`` turns a value into what a
    screen reader says ("735 points, leaves Rp 100.000").
    """

    def __init__(self, look: Look, name: str, speak: Callable[[int], str] = str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._speak = speak
        self._suggested = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._say)
        follow(self, look)

    def set_limits(self, most: int, *, step: int = 1, suggest: int | None = None) -> None:
        """Set the largest number of points, the smallest step and the amount worth suggesting."""
        self.setRange(0, most)
        self.setSingleStep(step)
        self.setPageStep(step * _PAGES)
        self._suggested = -1 if suggest is None else suggest
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.theme.touch.min)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._look.theme.touch.min)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            colour = Colour.POINTS if self.isEnabled() else Colour.ON_OFF
            middle = self.height() / 2
            here = self._place(self.value())
            self._paint_track(brush, middle, here, colour)
            if 0 <= self._suggested <= self.maximum():
                tick = QRectF(round(self._place(self._suggested)) - 1, middle + 8, _TICK_WIDTH, _TICK_HEIGHT)
                brush.fill(tick, Colour.INK_3)
            if self.hasFocus():
                ring = Edge(Colour.FOCUS, brush.theme.strokes.focus)
                brush.disc(QPointF(here, middle), self.height() / 2, Colour.PLANE, ring)
            brush.disc(QPointF(here, middle), _HANDLE / 2 - 1, Colour.PLANE, Edge(colour, _HANDLE_EDGE))

    def _paint_track(self, brush: Brush, middle: float, here: float, colour: Colour) -> None:
        whole = QRectF(0, middle - _TRACK / 2, self.width(), _TRACK)
        if brush.theme.contrast:
            brush.rr(whole, _TRACK / 2, Colour.PLANE, Edge(Colour.EDGE, 2.0))
        else:
            brush.rr(whole, _TRACK / 2, Colour.KEY_HOVER)
        brush.rr(QRectF(0, middle - _TRACK / 2, here, _TRACK), _TRACK / 2, colour)

    def _place(self, value: int) -> float:
        room = self.width() - _HANDLE
        return _HANDLE / 2 + (room * value / self.maximum() if self.maximum() else 0.0)

    def _value_at(self, x: float) -> int:
        room = max(self.width() - _HANDLE, 1)
        exact = (x - _HANDLE / 2) / room * self.maximum()
        if exact >= self.maximum():
            return self.maximum()
        step = max(self.singleStep(), 1)
        near = max(round(exact / step) * step, 0)
        if 0 <= self._suggested <= self.maximum() and abs(exact - self._suggested) <= abs(exact - near):
            return self._suggested
        return min(near, self.maximum())

    def _say(self, value: int) -> None:
        self.setAccessibleDescription(self._speak(value))
        self.update()
