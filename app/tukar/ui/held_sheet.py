"""Bills set aside on this till: chosen by arrows, by number or by touch, and taken up with Enter."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.holding import HeldBill, HoldingModel
from tukar.ui.kit import (
    Colour,
    HitDelegate,
    HitRow,
    Ink,
    Look,
    NeutralButton,
    PrimaryAction,
    Role,
    RowList,
    Sheet,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import notices, selling

_WIDTH, _AROUND = 560, 190
_LEAST_ROWS, _MOST_ROWS = 3, 7


class HeldSheet(Sheet):
    """Shows the list while the model is open; Enter takes up the chosen bill."""

    chosen = Signal(int)
    moved = Signal(int)
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", QSize(_WIDTH, 2 * _WIDTH))
        self._language = language
        self._model = HoldingModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self.list = RowList(look, HitDelegate(look, pad=24), "")
        self.list.picked.connect(self.chosen)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self._cancel.clicked.connect(self.closed)
        self._take = PrimaryAction(look, "")
        self._take.put_in_sheet()
        self._take.clicked.connect(self._take_chosen)
        self._lay_out()
        self.entered.connect(self._take_chosen)
        self.dismissed.connect(self.closed)
        language.changed.connect(self._renew)

    def show_holding(self, model: HoldingModel) -> None:
        was_open, self._model = self._model.is_open, model
        self._renew()
        if model.is_open and not was_open:
            rows = min(max(len(model.bills), _LEAST_ROWS), _MOST_ROWS)
            self.set_size(QSize(_WIDTH, _AROUND + rows * self.look.theme.layout.hit))
            self.open_sheet(self.list)
        elif was_open and not model.is_open:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 18, 24, 8)
        head.addWidget(self._title)
        head.addWidget(self._hint)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 12, 24, 20)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._take)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.list, 1)
        rows.addLayout(buttons)

    def _take_chosen(self) -> None:
        if self._model.chosen >= 0:
            self.chosen.emit(self._model.chosen)

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Held", "Bills set aside"))
        hint = QCoreApplication.translate("Held", "Choose one and press Enter.")
        self._hint.setText(notices.sentence(model.notice, self._language) if model.notice else hint)
        self._cancel.set_label(QCoreApplication.translate("Held", "Cancel"))
        self._take.set_label(QCoreApplication.translate("Held", "Take up"))
        self._take.setEnabled(model.chosen >= 0)
        self.setAccessibleName(self._title.text())
        self.list.setAccessibleName(self._title.text())
        self.list.show_rows([self._row(bill) for bill in model.bills])
        self.list.choose(model.chosen)

    def _row(self, bill: HeldBill) -> HitRow:
        name = bill.customer_name or QCoreApplication.translate("Held", "No customer")
        pieces = selling.items(bill.pieces, self._language)
        amount = self._language.format.money(bill.total)
        return HitRow(name, (), pieces, amount, f"{name}, {pieces}, {amount}")
