"""One button of the key bar: icon and function key above, the word below."""

from PySide6.QtCore import QRectF, QSize

from tukar.ui.kit.button import KitButton, Skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import RIGHT, Brush, Ink
from tukar.ui.kit.tokens import Role

_PAD = 10
_MEDIUM = 500
_KEY_SCALE = 12 / 13


class KeyBarButton(KitButton):
    """A key of the key bar, 56 high (72 in wide); one that cannot act now is disabled, never hidden."""

    def __init__(self, look: Look, label: str, *, key: str, icon: Icon) -> None:
        super().__init__(look, label, key=key, icon=icon)

    def content_size(self) -> QSize:
        theme = self.look.theme
        word = theme.width(Role.LABEL, self.label)
        head = theme.layout.icon + 6 + theme.width(Role.LABEL, self.key)
        return QSize(round(2 * self._pad() + max(word, head) + 0.5), theme.layout.key)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        theme = brush.theme
        pad = self._pad()
        width = rect.width() - 2 * pad
        top = 18.0 if not theme.wide else 23.0
        foot = rect.height() - (16.0 if not theme.wide else 20.0)
        if self.picture is not None:
            brush.icon(self.picture, rect.x() + pad, top, theme.layout.icon, skin.ink)
        upper = QRectF(rect.x() + pad, top - 10, width, 20)
        brush.write(upper, self.key, Ink(Role.LABEL, skin.second, RIGHT, scale=_KEY_SCALE))
        lower = QRectF(rect.x() + pad, foot - 10, width, 20)
        brush.write(lower, self.label, Ink(Role.LABEL, skin.ink, weight=_MEDIUM))

    def _pad(self) -> int:
        return _PAD if not self.look.theme.wide else _PAD + 4
