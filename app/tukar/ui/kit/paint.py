"""The few strokes everything is drawn with: one way to write a text, one rounded rectangle, one hairline."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look, Spill
from tukar.ui.kit.theme import Theme
from tukar.ui.kit.tokens import Colour, Role

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter

_TOLERANCE = 0.6


@dataclass(frozen=True)
class Ink:
    """How a text is written. ``may_cut`` allows an ellipsis (a name somebody typed); else a cut is a finding."""

    role: Role = Role.BODY
    colour: Colour | QColor = Colour.INK
    align: Qt.AlignmentFlag = LEFT
    strike: bool = False
    may_cut: bool = False
    weight: int | None = None
    scale: float = 1.0


@dataclass(frozen=True)
class Edge:
    """A line around a shape: drawn wholly inside it, dashed for what is off in high contrast."""

    colour: Colour | QColor
    width: float
    dashed: bool = False


class Brush:
    """A painter that speaks the design's words; ``bounds`` is what may be painted on.

    Made by ``painting`` for a widget and by a delegate for a row.
    """

    def __init__(self, painter: QPainter, look: Look, bounds: QRectF) -> None:
        self.painter = painter
        self.look = look
        self._bounds = bounds
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)

    @property
    def theme(self) -> Theme:
        return self.look.theme

    def shade(self, colour: Colour | QColor) -> QColor:
        """Return the colour itself; one that is easing between two purposes comes as a colour already."""
        return colour if isinstance(colour, QColor) else self.theme.colour(colour)

    def write(self, rect: QRectF, text: str, ink: Ink) -> float:
        """Write one line, centred by cap height in ``rect``; return its width.

        What does not fit is cut with an ellipsis and, unless the ink may be cut, reported to ``look.on_spill``; so is
        what passes an edge of the widget.
        """
        if not text:
            return 0.0
        theme = self.theme
        plain = ink.weight is None and ink.scale == 1.0
        font = theme.fonts[ink.role] if plain else theme.font(ink.role, scale=ink.scale, weight=ink.weight)
        metrics = theme.metrics[ink.role] if plain else QFontMetricsF(font)
        width = metrics.horizontalAdvance(text)
        excess = width - rect.width()
        if excess > _TOLERANCE:
            if not ink.may_cut:
                self.look.on_spill(Spill(text, excess))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0.0))
            width = metrics.horizontalAdvance(text)
        self.painter.setFont(font)
        shade = self.shade(ink.colour)
        self.painter.setPen(shade)
        baseline = _baseline(rect, metrics)
        left = _start(rect, width, ink.align)
        beyond = max(self._bounds.left() - left, left + width - self._bounds.right())
        if beyond > _TOLERANCE:
            self.look.on_spill(Spill(text, beyond))
        self.painter.drawText(QPointF(left, baseline), text)
        if ink.strike:
            self._strike(left, baseline - metrics.xHeight() * 0.55, width, shade)
        return width

    def runs(self, rect: QRectF, parts: Sequence[tuple[str, Ink]]) -> float:
        """Write texts one after the other from the left; return the whole width."""
        left = rect.x()
        for text, ink in parts:
            left += self.write(QRectF(left, rect.y(), rect.right() - left, rect.height()), text, ink)
        return left - rect.x()

    def rr(self, rect: QRectF, radius: float, fill: Colour | QColor | None, edge: Edge | None = None) -> None:
        """Draw a rounded rectangle; its edge lies inside ``rect``."""
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        if edge is None or edge.width <= 0:
            if fill is not None:
                painter.setBrush(self.shade(fill))
                painter.drawRoundedRect(rect, radius, radius)
            return
        half = edge.width / 2
        inset = rect.adjusted(half, half, -half, -half)
        pen = QPen(self.shade(edge.colour), edge.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if edge.dashed:
            pen.setDashPattern([5.0, 1.75])
        painter.setPen(pen)
        painter.setBrush(self.shade(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inset, max(radius - half, 0), max(radius - half, 0))

    def fill(self, rect: QRectF, colour: Colour | QColor) -> None:
        """Fill a rectangle with square corners; hairlines and planes are made of it, never of pens."""
        self.painter.fillRect(rect, self.shade(colour))

    def hairline(self, left: float, top: float, width: float) -> None:
        """Draw the thin line between rows."""
        self.fill(QRectF(left, top, width, self.theme.strokes.hair), Colour.LINE)

    def icon(self, icon: Icon, left: float, middle: float, size: float, colour: Colour | QColor) -> None:
        """Draw an icon of ``size`` px with its left edge and vertical middle where told."""
        rect = QRectF(left, round(middle - size / 2), size, size)
        self.look.icons.paint(self.painter, icon, rect, self.shade(colour))

    def disc(self, centre: QPointF, radius: float, fill: Colour | QColor | None, edge: Edge | None = None) -> None:
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        self.rr(box, radius, fill, edge)

    def cut_out(self, rect: QRectF, radius: float) -> None:
        """Keep what follows inside a rounded rectangle."""
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        self.painter.setClipPath(path)

    def _strike(self, left: float, middle: float, width: float, colour: QColor) -> None:
        self.painter.fillRect(QRectF(left, round(middle), width, 1.0), colour)


@contextmanager
def painting(widget: QWidget, look: Look) -> Iterator[Brush]:
    """Paint on ``widget`` in its paintEvent; the painter is ended whatever happens."""
    painter = QPainter(widget)
    try:
        yield Brush(painter, look, QRectF(widget.rect()))
    finally:
        painter.end()


def _start(rect: QRectF, width: float, align: Qt.AlignmentFlag) -> float:
    if align & RIGHT:
        return rect.right() - width
    if align & CENTRE:
        return rect.x() + (rect.width() - width) / 2
    return rect.x()


def _baseline(rect: QRectF, metrics: QFontMetricsF) -> float:
    # By cap height: centring by ascent looks 1 to 2 px low.
    return round(rect.center().y() + metrics.capHeight() / 2)
