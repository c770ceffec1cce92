"""A tile of goods: name over price, one touch sells it; with a picture, or initials on the colour of its category."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage

from tukar.ui.kit.button import KitButton, Skin
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import CENTRE, Brush, Edge, Ink
from tukar.ui.kit.tokens import Colour, Role

_PAD: Final = 12
_MEDIUM: Final = 500
_BESIDE: Final = 8
_INSET: Final = 6
_UNIT_LETTERS: Final = 3
_TONES: Final = (Colour.PLANE, Colour.POINTS_TINT, Colour.WARN_TINT, Colour.KEY_PRESS)
"""Grounds that ink is read on in every theme; a category always has the same of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Thumb:
    """What stands at the left of a tile: the picture where there is one, else the initials. ``tone`` is any number."""

    initials: str
    tone: int
    image: QImage | None = None


class TileButton(KitButton):
    """Name and price, or a name alone, 60 px high (72 in wide); a name too long is cut, and whole in its tool tip."""

    def __init__(self, look: Look, name: str, price: str) -> None:
        self._price = price
        self._thumb: Thumb | None = None
        super().__init__(look, name)
        self.setToolTip(name)

    @property
    def thumb(self) -> Thumb | None:
        return self._thumb

    def set_item(self, name: str, price: str, thumb: Thumb | None = None) -> None:
        """With a ``thumb`` the name takes two lines where one is too short."""
        self._thumb = thumb
        self._price = price
        self.setToolTip(name)
        if name != self.label:
            self.set_label(name)
        self._renew()
        self.update()

    def spoken(self) -> str:
        return f"{self.label}, {self._price}" if self._price else self.label

    def content_size(self) -> QSize:
        theme = self.look.theme
        width = max(theme.width(Role.CAPTION, self._price) + 2 * _PAD, 2.0 * theme.touch.min)
        return QSize(round(width), theme.layout.hit)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        if self._thumb is not None:
            self._paint_thumb(brush, rect, skin, self._thumb)
            return
        theme = brush.theme
        width = rect.width() - 2 * _PAD
        middle = rect.center().y()
        line = theme.line(Role.CAPTION)
        name = QRectF(rect.x() + _PAD, middle - (line if self._price else line / 2), width, line)
        size = 14 / 13 if not theme.wide else 1.0
        brush.write(name, self.label, Ink(Role.LABEL, skin.ink, may_cut=True, weight=_MEDIUM, scale=size))
        brush.write(QRectF(rect.x() + _PAD, middle, width, line), self._price, self._second(skin))

    def _paint_thumb(self, brush: Brush, rect: QRectF, skin: Skin, thumb: Thumb) -> None:
        side = rect.height() - 2 * _INSET
        self._paint_square(brush, QRectF(rect.x() + _INSET, rect.y() + _INSET, side, side), thumb)
        left = rect.x() + _INSET + side + _BESIDE
        width = rect.right() - _BESIDE - left
        lines = self._name_lines(width)
        step = min(float(brush.theme.line(Role.CAPTION)), (rect.height() - 6) / 3)
        top = rect.center().y() - step * (len(lines) + bool(self._price)) / 2
        for place, words in enumerate(lines):
            ink = Ink(Role.CAPTION, skin.ink, may_cut=True, weight=_MEDIUM)
            brush.write(QRectF(left, top + place * step, width, step), words, ink)
        brush.write(QRectF(left, top + len(lines) * step, width, step), self._price, self._second(skin))

    def _paint_square(self, brush: Brush, square: QRectF, thumb: Thumb) -> None:
        radius = brush.theme.radius.chip
        edge = Edge(Colour.EDGE, 1) if brush.theme.contrast else None
        if thumb.image is None:
            brush.rr(square, radius, _TONES[thumb.tone % len(_TONES)], edge)
            brush.write(square, thumb.initials, Ink(Role.STRONG, Colour.INK, CENTRE, may_cut=True))
            return
        painter = brush.painter
        painter.save()
        brush.rr(square, radius, Colour.PAPER, edge)
        brush.cut_out(square, radius)
        fitted = thumb.image.size().scaled(square.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, fitted.width(), fitted.height())
        place.moveCenter(square.center())
        painter.drawImage(place, thumb.image)
        painter.restore()

    def _name_lines(self, width: float) -> list[str]:
        """One line, or two that break between words and before a measure; the second is cut where it is too long."""
        theme, words = self.look.theme, self.label.split()
        first = ""
        while words and theme.width(Role.CAPTION, f"{first} {words[0]}".strip()) * 1.05 <= width:
            first = f"{first} {words.pop(0)}".strip()
        if not first:
            return [self.label]
        if len(words) == 1 and len(words[0]) <= _UNIT_LETTERS and " " in first:
            first, _, figure = first.rpartition(" ")
            words.insert(0, figure)  # "1 kg" stays together
        return [first, " ".join(words)] if words else [first]

    def _second(self, skin: Skin) -> Ink:
        return Ink(Role.CAPTION, skin.ink if not self.isEnabled() else Colour.INK_2)
