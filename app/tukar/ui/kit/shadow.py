"""Soft shadows under floating things, drawn once per size and kept as a picture."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from tukar.ui.kit.tokens import Shade

_RINGS = 22
_KEPT = 12


class Shadows:
    """Keeps the last few shadows; a window floats one or two things at a time."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[int, int, float, Shade, str, float], QPixmap] = {}

    def picture(self, size: QSize, radius: float, shade: Shade, colour: QColor, ratio: float) -> QPixmap:
        """Return the shadow of a rounded rectangle of ``size``, larger by ``shade.blur`` on every side."""
        key = (size.width(), size.height(), radius, shade, colour.name(), ratio)
        found = self._pictures.pop(key, None)
        if found is None:
            found = _draw(size, radius, shade, colour, ratio)
        self._pictures[key] = found
        if len(self._pictures) > _KEPT:
            del self._pictures[next(iter(self._pictures))]
        return found


def _draw(size: QSize, radius: float, shade: Shade, colour: QColor, ratio: float) -> QPixmap:
    grow = 2 * shade.blur
    whole = QSize(size.width() + grow, size.height() + grow)
    picture = QPixmap(whole * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # Each ring adds a little; the sum over the body reaches the token's opacity.
    each = 1 - (1 - shade.alpha) ** (1 / _RINGS)
    faint = QColor(colour)
    faint.setAlphaF(each)
    painter.setBrush(faint)
    body = QRectF(shade.blur, shade.blur, size.width(), size.height())
    for ring in range(_RINGS):
        by = shade.blur * (1 - 2 * (ring + 0.5) / _RINGS) * 0.5
        painter.drawRoundedRect(body.adjusted(-by, -by, by, by), max(radius + by, 1), max(radius + by, 1))
    painter.end()
    return picture
