"""The few things that move: a colour that eases, a ring that turns while somebody waits."""

from PySide6.QtCore import QEasingCurve, QObject, QRectF, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import Brush, painting
from tukar.ui.kit.tokens import Colour

_FRAME = 33


class ColourEase(QObject):
    """A colour on its way: ``toward`` is asked at each paint and answers with the colour of this instant."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._now: QColor | None = None
        self._goal: QColor | None = None
        self._move = QVariantAnimation(self)
        self._move.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._move.valueChanged.connect(self._step)

    def toward(self, goal: QColor, length: int) -> QColor:
        """Return the present colour; head for ``goal`` in ``length`` ms, at once when it is 0 or the first."""
        if self._now is None or length <= 0:
            self._move.stop()
            self._now = self._goal = goal
        elif goal != self._goal:
            self._move.stop()
            self._goal = goal
            self._move.setDuration(length)
            self._move.setStartValue(self._now)
            self._move.setEndValue(goal)
            self._move.start()
        return self._now

    def forget(self) -> None:
        """Take the next goal at once: another theme is another picture, not a movement."""
        self._move.stop()
        self._now = self._goal = None

    def set_out(self, colour: QColor) -> None:
        """Start the next movement from ``colour``."""
        self._move.stop()
        self._now = self._goal = colour

    def _step(self, value: QColor) -> None:
        self._now = value
        widget = self.parent()
        if isinstance(widget, QWidget):
            widget.update()


class Turning(QObject):
    """The angle of a waiting ring, in degrees clockwise from the top; still in reduced motion."""

    def __init__(self, widget: QWidget, look: Look) -> None:
        super().__init__(widget)
        self._widget = widget
        self._look = look
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._step)
        self.angle = 0.0

    def start(self) -> None:
        if not self._look.motion.reduced:
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _step(self) -> None:
        if self._look.motion.reduced:
            self._timer.stop()
            self.angle = 0.0
        else:
            self.angle = (self.angle + 360.0 * _FRAME / self._look.motion.spin) % 360.0
        self._widget.update()


def draw_ring(brush: Brush, box: QRectF, colour: QColor, angle: float) -> None:
    """Draw the waiting ring into ``box``: a quarter in ``colour`` on the same colour made faint."""
    width = max(box.width() / 11.0, 2.5)
    inset = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    faint = QColor(colour)
    faint.setAlphaF(0.28)
    painter = brush.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, width))
    painter.drawEllipse(inset)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(inset, round((90.0 - angle) * 16), -100 * 16)


class Spinner(QWidget):
    """A ring that turns while something is waited for. ``name`` tells a screen reader what."""

    def __init__(self, look: Look, name: str, size: int = 88) -> None:
        super().__init__()
        self._look = look
        self._size = size
        self._turning = Turning(self, look)
        self.setAccessibleName(name)
        self.setFixedSize(size, size)
        follow(self, look)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def showEvent(self, event: QShowEvent) -> None:
        self._turning.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._turning.stop()
        super().hideEvent(event)

    def restyle(self) -> None:
        """Start or stop turning when the wish for reduced motion changes."""
        if self.isVisible():
            self._turning.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            draw_ring(brush, QRectF(self.rect()), self._look.theme.colour(Colour.INK), self._turning.angle)
