"""A filter on a button: what it lets through, and whether it lets through less than everything."""

from tukar.ui.kit.actions import NeutralButton
from tukar.ui.kit.button import Skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import Edge
from tukar.ui.kit.tokens import Colour, Role

_EDGE = 2.0


class FilterChip(NeutralButton):
    """Icon and words. One that narrows the rows has an outline, as everything chosen has (inverted in contrast)."""

    def __init__(self, look: Look, label: str, icon: Icon, *, key: str = "") -> None:
        self._narrows = False
        super().__init__(look, label, icon=icon, key=key)

    def role(self) -> Role:
        return Role.STRONG if self._narrows else Role.BODY

    @property
    def narrows(self) -> bool:
        return self._narrows

    def set_filter(self, label: str, *, narrows: bool) -> None:
        """Show what is let through."""
        if (label, narrows) != (self.label, self._narrows):
            self._narrows = narrows
            self.set_label(label)
            self._renew()

    def skin(self) -> Skin:
        if not (self._narrows and self.isEnabled()):
            return super().skin()
        if self.look.theme.contrast:
            return Skin(Colour.INK, Colour.PLANE, None, Colour.PLANE, Colour.PLANE)
        return Skin(Colour.PLANE, edge=Edge(Colour.INK, _EDGE))
