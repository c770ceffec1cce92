"""A filter on a button: what it lets through, and whether it lets through less than everything."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy

from tukar.ui.kit.button import KitButton, Skin, neutral_skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import Brush, Edge, Ink
from tukar.ui.kit.tokens import Colour, Role

_EDGE = 2.0
_PAD = 14
_ICON_GAP = 10
_WIDEST = 280
_LEAST_WORD = 28


class FilterChip(KitButton):
    """Icon and words. One that narrows the rows has an outline, as everything chosen has (inverted in contrast).

    Where there is little room a name somebody gave is cut; its tool tip and accessible name are whole.
    """

    def __init__(self, look: Look, label: str, icon: Icon) -> None:
        self._narrows = False
        super().__init__(look, label, icon=icon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def narrows(self) -> bool:
        return self._narrows

    def set_filter(self, label: str, *, narrows: bool) -> None:
        """Show what is let through."""
        if (label, narrows) != (self.label, self._narrows):
            self._narrows = narrows
            self.setToolTip(label)
            self.set_label(label)
            self.updateGeometry()
            self.update()

    def content_size(self) -> QSize:
        theme = self.look.theme
        width = self._lead() + theme.width(self._role(), self.label) + _PAD
        return QSize(min(round(width + 0.5), _WIDEST), theme.layout.search)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._lead()) + _LEAST_WORD + _PAD, self.sizeHint().height())

    def skin(self) -> Skin:
        if not (self._narrows and self.isEnabled()):
            return neutral_skin(self)
        if self.look.theme.contrast:
            return Skin(Colour.INK, Colour.PLANE, None, Colour.PLANE, Colour.PLANE)
        return Skin(Colour.PLANE, edge=Edge(Colour.INK, _EDGE))

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        if self.picture is not None:
            size = brush.theme.layout.icon
            brush.icon(self.picture, rect.x() + _PAD, rect.center().y(), size, skin.ink)
        words = rect.adjusted(self._lead(), 0, -_PAD, 0)
        brush.write(words, self.label, Ink(self._role(), skin.ink, may_cut=True))

    def _role(self) -> Role:
        return Role.STRONG if self._narrows else Role.BODY

    def _lead(self) -> float:
        return _PAD + self.look.theme.layout.icon + _ICON_GAP
