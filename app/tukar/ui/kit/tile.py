"""A tile of the "often sold" grid: name over price, one touch sells it."""

from PySide6.QtCore import QRectF, QSize

from tukar.ui.kit.button import KitButton, Skin
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import Brush, Ink
from tukar.ui.kit.tokens import Colour, Role

_PAD = 12
_MEDIUM = 500


class TileButton(KitButton):
    """Name and price, or a name alone, 60 px high (72 in wide); a name too long is cut, and whole in its tool tip."""

    def __init__(self, look: Look, name: str, price: str) -> None:
        self._price = price
        super().__init__(look, name)
        self.setToolTip(name)

    def set_item(self, name: str, price: str) -> None:
        if (name, price) == (self.label, self._price):
            return
        self._price = price
        self.setToolTip(name)
        self.set_label(name)
        self._renew()

    def spoken(self) -> str:
        return f"{self.label}, {self._price}" if self._price else self.label

    def content_size(self) -> QSize:
        theme = self.look.theme
        width = max(theme.width(Role.CAPTION, self._price) + 2 * _PAD, 2.0 * theme.touch.min)
        return QSize(round(width), theme.layout.hit)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        theme = brush.theme
        width = rect.width() - 2 * _PAD
        middle = rect.center().y()
        line = theme.line(Role.CAPTION)
        name = QRectF(rect.x() + _PAD, middle - (line if self._price else line / 2), width, line)
        size = 14 / 13 if not theme.wide else 1.0
        brush.write(name, self.label, Ink(Role.LABEL, skin.ink, may_cut=True, weight=_MEDIUM, scale=size))
        second = skin.ink if not self.isEnabled() else Colour.INK_2
        brush.write(QRectF(rect.x() + _PAD, middle, width, line), self._price, Ink(Role.CAPTION, second))
