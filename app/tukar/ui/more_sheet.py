"""What has no key of its own: each on a button with its number, opened by F1."""

from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tukar.ui.kit import Icon, Ink, Look, NeutralButton, Role, Sheet, Text
from tukar.ui.sign_in import SETTINGS_KEY
from tukar.ui.translations import Language

_SIZE: Final = QSize(680, 640)
_HIGH: Final = 72
_COLUMNS: Final = 2
_KEYS: Final = "1234567890"


class More(StrEnum):
    """The choices, in the order of their numbers."""

    RETURN = "return"
    REPRINT = "reprint"
    DRAWER = "drawer"
    HELD = "held"
    SHIFT = "shift"
    DISCOUNT = "discount"
    KEYS = "keys"
    MANAGER = "manager"
    WORDS = "words"
    SUPPORT = "support"
    SETTINGS = "settings"
    CLOSE = "close"


_ICONS: Final = {
    More.RETURN: Icon.RETURN,
    More.REPRINT: Icon.PRINTER,
    More.DRAWER: Icon.DRAWER,
    More.HELD: Icon.HOLD,
    More.SHIFT: Icon.CASH,
    More.DISCOUNT: Icon.PERCENT,
    More.KEYS: Icon.KEY,
    More.MANAGER: Icon.CHART,
    More.WORDS: Icon.NOTE,
    More.SUPPORT: Icon.EXPORT,
    More.SETTINGS: Icon.SETTINGS,
    More.CLOSE: Icon.X,
}


_OTHER_KEYS: Final = {More.SETTINGS: SETTINGS_KEY, More.CLOSE: "X"}


class MoreSheet(Sheet):
    """``chosen`` carries what was touched, or chosen by its number; Esc leaves everything as it was."""

    chosen = Signal(More)

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._title = Text(look, "", Ink(Role.TITLE))
        self.buttons: dict[More, NeutralButton] = {}
        grid = QGridLayout()
        grid.setSpacing(look.theme.touch.gap)
        for place, more in enumerate(More):
            key = _OTHER_KEYS.get(more) or _KEYS[place]
            button = NeutralButton(look, "", key=key, icon=_ICONS[more])
            button.set_height(_HIGH)
            button.clicked.connect(partial(self._choose, more))
            self.buttons[more] = button
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.clicked.connect(self.close_sheet)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(12)
        rows.addWidget(self._title)
        rows.addLayout(grid)
        rows.addStretch(1)
        rows.addLayout(foot)
        self.dismissed.connect(self.close_sheet)
        language.changed.connect(self._renew)
        self._renew()

    def offer(self) -> None:
        """Shows the choices."""
        self.open_sheet(self.buttons[More.RETURN])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for button in self.buttons.values():
            if event.text() and event.text().upper() == button.key:
                button.click()
                return
        super().keyPressEvent(event)

    def _choose(self, more: More) -> None:
        self.close_sheet()
        self.chosen.emit(more)

    def _renew(self) -> None:
        words = {
            More.RETURN: QCoreApplication.translate("More", "Take goods back"),
            More.REPRINT: QCoreApplication.translate("More", "Print a receipt again"),
            More.DRAWER: QCoreApplication.translate("More", "Open the drawer"),
            More.HELD: QCoreApplication.translate("More", "Bills set aside"),
            More.DISCOUNT: QCoreApplication.translate("More", "Discount on the bill"),
            More.KEYS: QCoreApplication.translate("Keys", "Keys and scanner"),
            More.SHIFT: QCoreApplication.translate("More", "Shift and drawer count"),
            More.MANAGER: QCoreApplication.translate("More", "The manager's room"),
            More.WORDS: QCoreApplication.translate("More", "Note and tax number"),
            More.SUPPORT: QCoreApplication.translate("More", "File for support"),
            More.SETTINGS: QCoreApplication.translate("More", "Settings"),
            More.CLOSE: QCoreApplication.translate("More", "Close the till"),
        }
        self._title.setText(QCoreApplication.translate("More", "More"))
        self.setAccessibleName(self._title.text())
        for more, word in words.items():
            self.buttons[more].set_label(word)
        self._cancel.set_label(QCoreApplication.translate("More", "Cancel"))
