"""The three kinds of action: the one green next step, the neutral button and the quiet one without a ground."""

from PySide6.QtCore import QRectF, QSize

from tukar.ui.kit.button import KitButton, Skin, ground_of, neutral_skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.keycap import cap_width, draw_cap
from tukar.ui.kit.look import Look
from tukar.ui.kit.motion import draw_ring
from tukar.ui.kit.paint import Brush, Edge, Ink
from tukar.ui.kit.tokens import Colour, Role

_PAD = 16
_RING = 22
_RING_GAP = 12
_ICON_GAP = 10
_CAP_GAP = 14
_IN_SHEET = 64


class _Action(KitButton):
    """Icon and words, the printed key at the right; without a key the words stand in the middle."""

    def role(self) -> Role:
        return Role.STRONG

    def pad(self) -> int:
        return _PAD

    def content_size(self) -> QSize:
        theme = self.look.theme
        width = 2 * self.pad() + self._lead_width() + theme.width(self.role(), self.label)
        if self.key:
            width += _CAP_GAP + cap_width(theme, self.key)
        return QSize(round(width + 0.5), theme.touch.key)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        theme = brush.theme
        middle = rect.center().y()
        cap = cap_width(theme, self.key)
        lead = self._lead_width()
        left, right = rect.x() + self.pad(), rect.right() - self.pad()
        if not self.key and not self.waiting and not self.flush_left():
            left = max(left, rect.center().x() - (lead + theme.width(self.role(), self.shown)) / 2)
        if self.ring_shown:
            box = QRectF(left, round(middle - _RING / 2), _RING, _RING)
            draw_ring(brush, box, theme.colour(skin.ink), self.angle)
        elif self.picture is not None:
            brush.icon(self.picture, left, middle, theme.layout.icon, skin.ink)
        if self.key and not self.waiting:
            draw_cap(brush, right, middle, self.key, (skin.cap, skin.second))
            right -= cap + _CAP_GAP / 2
        words = QRectF(left + lead, rect.y(), right - left - lead, rect.height())
        drawn = brush.write(words, self.shown, Ink(self.role(), skin.ink))
        if self.flush_left() and self.underMouse() and self.isEnabled():
            brush.fill(QRectF(words.x(), round(middle + theme.line(self.role()) / 2) - 2, drawn, 1), skin.ink)

    def flush_left(self) -> bool:
        return False

    def _lead_width(self) -> float:
        if self.ring_shown:
            return _RING + _RING_GAP
        return self.look.theme.layout.icon + _ICON_GAP if self.picture is not None else 0.0


class PrimaryAction(_Action):
    """The next step, green: at most one in a window, and Enter does it.

    ``in_sheet`` makes it 64 px high with smaller words. While something else is the next step it is shown neutral
    (``set_next``) and prints the key that reaches it then. While busy it is neutral and never green.
    """

    def __init__(self, look: Look, label: str, *, key: str = "Enter", icon: Icon | None = None) -> None:
        self._next = True
        self._in_sheet = False
        super().__init__(look, label, key=key, icon=icon)

    def set_next(self, *, is_next: bool, key: str | None = None) -> None:
        """Be the next step or not; ``key`` is the one to print from now on."""
        if key is not None:
            self.set_key(key)
        if is_next is not self._next:
            self._next = is_next
            self.update()

    @property
    def is_next(self) -> bool:
        """Whether it is shown green: the next step, able to act and not waiting."""
        return self._next and self.isEnabled() and not self.busy

    def put_in_sheet(self) -> None:
        """Take the size it has in a sheet or card: 64 px."""
        self._in_sheet = True
        self.set_height(_IN_SHEET)

    def role(self) -> Role:
        return Role.KEY if self._in_sheet else Role.TITLE

    def content_size(self) -> QSize:
        return QSize(super().content_size().width(), self.look.theme.layout.primary)

    def skin(self) -> Skin:
        if not self.is_next:
            return neutral_skin(self)
        fill = ground_of(self, Colour.ACCENT, Colour.ACCENT_HOVER, Colour.ACCENT_PRESS)
        return Skin(fill, Colour.ON_ACCENT, None, Colour.ON_ACCENT, Colour.ON_ACCENT)


class NeutralButton(_Action):
    """Any other action: 56 px, a quiet ground, an edge in high contrast."""


class QuietButton(_Action):
    """An action without a ground, for what is seldom done; ``danger`` for what destroys: red words, no red ground.

    ``flush`` drops the padding, so that it starts on a text edge, and underlines it under the pointer.
    """

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        key: str = "",
        icon: Icon | None = None,
        danger: bool = False,
        flush: bool = False,
    ) -> None:
        self._danger = danger
        self._flush = flush
        super().__init__(look, label, key=key, icon=icon)

    def role(self) -> Role:
        return Role.BODY if self._flush else Role.STRONG

    def pad(self) -> int:
        return 0 if self._flush else _PAD

    def flush_left(self) -> bool:
        return self._flush

    def content_size(self) -> QSize:
        size = super().content_size()
        return QSize(size.width(), self.look.theme.touch.min) if self._flush else size

    def skin(self) -> Skin:
        if not self.isEnabled():
            return Skin(None, Colour.ON_OFF, None, Colour.ON_OFF, Colour.ON_OFF)
        ink = Colour.DANGER if self._danger else Colour.INK
        touched = (self.underMouse() or self.isDown()) and not self.busy and not self._flush
        if not touched:
            return Skin(None, ink)
        stroke = self.look.theme.strokes.key
        fill = Colour.KEY_PRESS if self.isDown() else Colour.KEY
        return Skin(fill, ink, Edge(Colour.EDGE, stroke) if stroke else None)
