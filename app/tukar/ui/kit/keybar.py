"""The key bar: its buttons, icon and function key above, the word below; and the row that lays them out in groups."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from tukar.ui.kit.button import KitButton, Skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import RIGHT, Brush, Ink
from tukar.ui.kit.plane import Plane, Side
from tukar.ui.kit.tokens import Role, SizeClass

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


class KeyRow(Plane):
    """Buttons side by side at the foot of a window, in groups a little apart, as wide as their words ask for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, lines=Side.TOP)
        self._look = look
        self._groups: tuple[tuple[KeyBarButton, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.arrange)

    def take(self, groups: Iterable[Sequence[KeyBarButton]]) -> None:
        """Own these buttons, from left to right."""
        self._groups = tuple(tuple(group) for group in groups)
        for button in self._all():
            button.setParent(self)

    def sizeHint(self) -> QSize:
        return QSize(800, self._look.theme.layout.keybar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Lay the buttons out: after their words changed, say."""
        layout = self._look.theme.layout
        compact = self._look.theme.size is SizeClass.COMPACT
        gap, apart, margin = (6, 6, 12) if compact else (8, 12, 16)
        gaps = gap * (len(self._all()) - 1) + apart * (len(self._groups) - 1)
        widths = self._widths(self.width() - 2 * margin - gaps)
        top = (self.height() - layout.key) // 2
        left = float(margin)
        for group in self._groups:
            for button in group:
                button.setGeometry(QRect(round(left), top, round(widths[button]), layout.key))
                left += widths[button] + gap
            left += apart

    def _all(self) -> list[KeyBarButton]:
        return [button for group in self._groups for button in group]

    def _widths(self, room: float) -> dict[KeyBarButton, float]:
        """Equal widths; a word that needs more has it, and the others share the rest."""
        needs = {button: float(button.sizeHint().width()) for button in self._all()}
        share, long = room / max(len(needs), 1), dict[KeyBarButton, float]()
        while grown := {button: need for button, need in needs.items() if need > share and button not in long}:
            long.update(grown)
            share = (room - sum(long.values())) / max(len(needs) - len(long), 1)
        return {button: long.get(button, share) for button in needs}
