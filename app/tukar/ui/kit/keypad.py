"""The keypad: one pad for whatever field is typed in, by finger or by mouse."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tukar.ui.kit.button import KitButton, Skin
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import CENTRE, Brush, Ink
from tukar.ui.kit.tokens import Role

_ICON = 20
_LEAST, _MOST = 64, 92


class PadKey(KitButton):
    """One key of the pad."""

    def content_size(self) -> QSize:
        theme = self.look.theme
        return QSize(theme.touch.keypad, theme.touch.keypad)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        if self.picture is not None:
            brush.icon(self.picture, rect.center().x() - _ICON / 2, rect.center().y(), _ICON, skin.ink)
            return
        brush.write(rect, self.label, Ink(Role.PAD, skin.ink, CENTRE))

    def spoken(self) -> str:
        return self.label


class Keypad(QWidget):
    """Three by four keys, 64 to 92 px high, 8 px apart.

    ``typed`` carries the digits of a key ("7", "000"), ``cleared`` and ``erased`` say that all or the last digit
    shall go. ``corner`` is the key at the lower left: "000" for money, "C" for a PIN or a code. ``erase_name`` and
    ``clear_name`` are what a screen reader says.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, look: Look, *, corner: str = "C", erase_name: str, clear_name: str) -> None:
        super().__init__()
        self._corner = corner
        self._clear_name = clear_name
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.theme.touch.gap)
        self.keys: list[PadKey] = []
        for place, label in enumerate("123456789"):
            self._add(grid, PadKey(look, label), place)
        self._corner_key = PadKey(look, corner)
        self._add(grid, self._corner_key, 9)
        self._add(grid, PadKey(look, "0"), 10)
        erase = PadKey(look, erase_name, icon=Icon.BACKSPACE)
        self._add(grid, erase, 11)
        erase.setAutoRepeat(True)
        for key in self.keys[:9] + self.keys[10:11]:
            key.clicked.connect(self._press)
        self._corner_key.clicked.connect(self._press_corner)
        erase.clicked.connect(self.erased)
        self.set_corner(corner)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(4 * _MOST + 3 * look.theme.touch.gap)

    def set_corner(self, corner: str) -> None:
        """Change the lower left key when another field is typed in."""
        self._corner = corner
        self._corner_key.set_label(corner)
        if not corner.isdigit():
            self._corner_key.setAccessibleName(self._clear_name)

    def set_words(self, *, erase_name: str, clear_name: str) -> None:
        """Change the language."""
        self._clear_name = clear_name
        self.keys[-1].set_label(erase_name)
        self.set_corner(self._corner)

    def _add(self, grid: QGridLayout, key: PadKey, place: int) -> None:
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        key.setMinimumSize(_LEAST, _LEAST)
        key.setMaximumHeight(_MOST)
        self.keys.append(key)
        grid.addWidget(key, place // 3, place % 3)

    def _press(self) -> None:
        key = self.sender()
        if isinstance(key, PadKey):
            self.typed.emit(key.label)

    def _press_corner(self) -> None:
        if self._corner.isdigit():
            self.typed.emit(self._corner)
        else:
            self.cleared.emit()
