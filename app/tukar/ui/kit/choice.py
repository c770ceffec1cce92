"""One of several things to choose: an amount, a way to pay, a person; chosen is an outline and a tick, no colour."""

from PySide6.QtCore import QPointF, QRectF, QSize

from tukar.ui.kit.button import KitButton, Skin, neutral_skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.keycap import cap_width, draw_cap
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import CENTRE, Brush, Edge, Ink
from tukar.ui.kit.tokens import Colour, Role

_PAD = 16
_TICK = 20
_TICK_GAP = 10
_CAP_GAP = 14
_CHOSEN_EDGE = 2.0


class _Choice(KitButton):
    """Checkable; put several into an exclusive QButtonGroup."""

    def __init__(self, look: Look, label: str, *, key: str = "", icon: Icon | None = None) -> None:
        super().__init__(look, label, key=key, icon=icon)
        self.setCheckable(True)

    def skin(self) -> Skin:
        theme = self.look.theme
        if not (self.isChecked() and self.isEnabled()):
            return neutral_skin(self)
        if theme.contrast:
            return Skin(Colour.INK, Colour.PLANE, None, Colour.PLANE, Colour.PLANE)
        return Skin(Colour.PLANE, edge=Edge(Colour.INK, _CHOSEN_EDGE))


class Choice(_Choice):
    """An amount or a short answer in one line, its printed key at the right; 48 px high unless told 56."""

    def content_size(self) -> QSize:
        theme = self.look.theme
        width = theme.width(Role.STRONG, self.label) + 2 * _PAD + (_TICK + _TICK_GAP if self.isCheckable() else 0)
        return QSize(round(width + self._cap() + 0.5), theme.touch.min)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        width = brush.theme.width(Role.STRONG, self.label)
        tick = _TICK + _TICK_GAP if self.isChecked() else 0
        left = rect.center().x() - (width + tick + self._cap()) / 2
        if self.key:
            draw_cap(brush, rect.right() - _PAD, rect.center().y(), self.key, (skin.cap, skin.second))
        if tick:
            brush.icon(Icon.CHECK, left, rect.center().y(), _TICK, skin.ink)
        brush.write(QRectF(left + tick, rect.y(), width + 1, rect.height()), self.label, Ink(Role.STRONG, skin.ink))

    def _cap(self) -> float:
        return _CAP_GAP + cap_width(self.look.theme, self.key) if self.key else 0.0


class TenderChoice(_Choice):
    """A way to pay: icon above the word, 76 px high."""

    def __init__(self, look: Look, label: str, icon: Icon) -> None:
        super().__init__(look, label, icon=icon)

    def content_size(self) -> QSize:
        theme = self.look.theme
        height = 76 if not theme.wide else 92
        return QSize(round(theme.width(Role.LABEL, self.label) + _PAD), height)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        theme = brush.theme
        size = 28 if theme.wide else 24
        half = theme.line(Role.LABEL) / 2
        middle = rect.center().y()
        if self.picture is not None:
            brush.icon(self.picture, rect.center().x() - size / 2, middle - half - 3, size, skin.ink)
        line = QRectF(rect.x() + 4, middle + size / 2 - half + 3, rect.width() - 8, 2 * half)
        # The chosen word is bold as well: the outline is not the only sign.
        weight = 600 if self.isChecked() else 400
        brush.write(line, self.label, Ink(Role.LABEL, skin.ink, CENTRE, weight=weight))


class PersonChoice(_Choice):
    """A person's tile, 176 px high: initials in a disc, the name, what the person is."""

    def __init__(self, look: Look, name: str, *, initials: str, title: str) -> None:
        self._initials = initials
        self._title = title
        super().__init__(look, name)

    def set_person(self, name: str, *, initials: str, title: str) -> None:
        if (name, initials, title) != (self.label, self._initials, self._title):
            self._initials, self._title = initials, title
            self.set_label(name)
            self._renew()

    def spoken(self) -> str:
        return ", ".join(part for part in (self.label, self._title) if part)

    def radius(self) -> int:
        return self.look.theme.radius.card

    def content_size(self) -> QSize:
        theme = self.look.theme
        width = max(theme.width(Role.STRONG, self.label), theme.width(Role.CAPTION, self._title)) + 2 * _PAD
        return QSize(round(width + 0.5), 176)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        theme = brush.theme
        disc = 22.0 if not theme.wide else 26.0
        centre = QPointF(rect.x() + _PAD + disc, rect.y() + _PAD + disc)
        chosen = self.isChecked() and self.isEnabled()
        ground, letters = (skin.ink, skin.fill or Colour.PLANE) if chosen else (Colour.CANVAS, skin.ink)
        brush.disc(centre, disc, ground, Edge(Colour.EDGE, 2.0) if theme.contrast and not chosen else None)
        box = QRectF(centre.x() - disc, centre.y() - disc, 2 * disc, 2 * disc)
        brush.write(box, self._initials, Ink(Role.STRONG, letters, CENTRE))
        if chosen:
            brush.icon(Icon.CHECK, rect.right() - _PAD - _TICK, centre.y(), _TICK, skin.ink)
        width = rect.width() - 2 * _PAD
        foot = rect.bottom() - _PAD + 4
        caption, name = theme.line(Role.CAPTION), theme.line(Role.STRONG)
        upper = QRectF(rect.x() + _PAD, foot - caption - name, width, name)
        brush.write(upper, self.label, Ink(Role.STRONG, skin.ink, may_cut=True))
        second = skin.ink if chosen or not self.isEnabled() else Colour.INK_2
        line = QRectF(rect.x() + _PAD, foot - caption, width, caption)
        brush.write(line, self._title, Ink(Role.CAPTION, second, may_cut=True))
