"""One line of the bill under the finger: how many, or none of it."""

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.pricing.result import PricedLine
from tukar.ui.kit import (
    Colour,
    Field,
    Icon,
    Ink,
    Keypad,
    Look,
    NeutralButton,
    PrimaryAction,
    QuietButton,
    Role,
    Sheet,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import selling

_SIZE = QSize(720, 460)
_PAD_WIDTH = 296


class LineSheet(Sheet):
    """``change`` opens it for a line; the first key typed replaces the quantity that is there."""

    quantity_entered = Signal(str)
    remove_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._fresh = True
        self._title = Text(look, "", Ink(Role.TITLE), wrap=True)
        self._price = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self.quantity = Field(look, "")
        self.quantity.edited.connect(self._typed)
        self._fewer = NeutralButton(look, "", icon=Icon.MINUS)
        self._more = NeutralButton(look, "", icon=Icon.PLUS)
        self._fewer.clicked.connect(lambda: self._step(-1))
        self._more.clicked.connect(lambda: self._step(1))
        self._pad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._pad.setFixedWidth(_PAD_WIDTH)
        self._pad.typed.connect(self._press)
        self._pad.erased.connect(lambda: self._write(self.quantity.text()[:-1]))
        self._pad.cleared.connect(lambda: self._write(""))
        self._remove = QuietButton(look, "", icon=Icon.TRASH, danger=True)
        self._remove.set_height(64)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self.set_button = PrimaryAction(look, "")
        self.set_button.put_in_sheet()
        self._remove.clicked.connect(self._take_off)
        self._cancel.clicked.connect(self.close_sheet)
        self.set_button.clicked.connect(self._set)
        self.entered.connect(self._set)
        self.dismissed.connect(self.close_sheet)
        self._lay_out()
        language.changed.connect(self._renew)
        self._renew()

    def change(self, row: PricedLine) -> None:
        """Opens for ``row`` with its present quantity."""
        write, line = self._language.format, row.line
        price = write.unit_price(line.unit_price)
        self._title.setText(line.item.name)
        self._price.setText(selling.per_kilogram(price) if line.item.weighed else selling.each(price))
        self._write(write.quantity(line.quantity))
        self._fresh = True
        self._renew()
        self.open_sheet(self.quantity.line)
        self.quantity.line.selectAll()

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(8)
        for button in (self._fewer, self._more):
            steps.addWidget(button, 1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._title)
        left.addWidget(self._price)
        left.addSpacing(12)
        left.addWidget(self.quantity)
        left.addSpacing(4)
        left.addLayout(steps)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addLayout(left, 1)
        middle.addWidget(self._pad)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.set_button)
        self.set_button.setMinimumWidth(200)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(16)
        rows.addLayout(middle, 1)
        rows.addLayout(buttons)

    def _renew(self) -> None:
        name = QCoreApplication.translate("Line", "Quantity")
        self.quantity.set_words(name, name)
        self.setAccessibleName(f"{self._title.text()}, {name}")
        self._fewer.set_label(QCoreApplication.translate("Line", "Fewer"))
        self._more.set_label(QCoreApplication.translate("Line", "More"))
        self._remove.set_label(QCoreApplication.translate("Line", "Remove"))
        self._cancel.set_label(QCoreApplication.translate("Line", "Cancel"))
        self.set_button.set_label(QCoreApplication.translate("Line", "Set"))
        erase = QCoreApplication.translate("Customer", "Erase the last digit")
        self._pad.set_words(erase_name=erase, clear_name=QCoreApplication.translate("Customer", "Erase all"))

    def _press(self, digits: str) -> None:
        self._write(digits if self._fresh else self.quantity.text() + digits)

    def _write(self, text: str) -> None:
        self.quantity.set_text(text)
        self._typed(text)

    def _typed(self, text: str) -> None:
        self._fresh = False
        self.set_button.setEnabled(bool(text.strip()))

    def _step(self, pieces: int) -> None:
        text = self.quantity.text().strip()
        self._write(str(max(int(text) + pieces, 1)) if text.isascii() and text.isdigit() else "1")

    def _set(self) -> None:
        if self.set_button.isEnabled():
            text = self.quantity.text()
            self.close_sheet()
            self.quantity_entered.emit(text)

    def _take_off(self) -> None:
        self.close_sheet()
        self.remove_requested.emit()
