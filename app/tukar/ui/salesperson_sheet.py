"""Who served: the list of salespeople, chosen by arrows, by number or by touch."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.salespeople import SalespeopleModel
from tukar.ui.kit import (
    Colour,
    HitDelegate,
    HitRow,
    Ink,
    Look,
    NeutralButton,
    PrimaryAction,
    QuietButton,
    Role,
    RowList,
    Sheet,
    Text,
)
from tukar.ui.translations import Language

_WIDTH, _AROUND = 560, 190
_NUMBERED = 9
_BEYOND = 12
"""How far the selected row reaches out beyond the words."""


class SalespersonSheet(Sheet):
    """Shows the list while the model is open; the digits 1 to 9 choose at once, 0 chooses nobody."""

    chosen = Signal(int)
    moved = Signal(int)
    none_chosen = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", QSize(_WIDTH, 2 * _WIDTH))
        self._language = language
        self._model = SalespeopleModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self.list = RowList(look, HitDelegate(look, pad=_BEYOND), "")
        self.list.picked.connect(self.chosen)
        self._nobody = QuietButton(look, "", key="0")
        self._nobody.set_height(64)
        self._nobody.clicked.connect(self.none_chosen)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self._cancel.clicked.connect(self.closed)
        self._choose = PrimaryAction(look, "")
        self._choose.put_in_sheet()
        self._choose.clicked.connect(self._take)
        head = QVBoxLayout()
        head.setContentsMargins(24, 18, 24, 8)
        head.addWidget(self._title)
        head.addWidget(self._hint)
        around = QHBoxLayout()
        around.setContentsMargins(24 - _BEYOND, 0, 24 - _BEYOND, 0)
        around.addWidget(self.list)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 12, 24, 20)
        buttons.setSpacing(8)
        buttons.addWidget(self._nobody)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._choose)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addLayout(around)
        rows.addLayout(buttons)
        self.entered.connect(self._take)
        self.dismissed.connect(self.closed)
        language.changed.connect(self._renew)

    def show_salespeople(self, model: SalespeopleModel) -> None:
        was_open, self._model = self._model.is_open, model
        self._renew()
        if model.is_open and not was_open:
            rows = min(max(len(model.people), 3), 7)
            self.set_size(QSize(_WIDTH, _AROUND + rows * self.look.theme.layout.hit))
            self.open_sheet(self.list)
        elif was_open and not model.is_open:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdigit() and 0 < int(digit) <= min(_NUMBERED, len(self._model.people)):
            self.chosen.emit(int(digit) - 1)
        elif digit == "0" and self._nobody.isVisible():
            self._nobody.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.chosen.emit(self.list.current_row())

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Salesperson", "Who served?"))
        self._hint.setText(self._of_what())
        as_bill = QCoreApplication.translate("Salesperson", "As on the bill")
        self._nobody.set_label(as_bill if model.goods else QCoreApplication.translate("Salesperson", "Nobody"))
        self._nobody.setVisible(model.can_be_nobody)
        remove = QCoreApplication.translate("Salesperson", "Remove the item")
        self._cancel.set_label(remove if model.must else QCoreApplication.translate("Salesperson", "Cancel"))
        self._choose.set_label(QCoreApplication.translate("Salesperson", "Choose"))
        self._choose.setEnabled(model.chosen >= 0)
        self.setAccessibleName(self._title.text())
        self.list.setAccessibleName(QCoreApplication.translate("Salesperson", "Salespeople"))
        rows = []
        for number, person in enumerate(model.people, 1):
            place = str(number) if number <= _NUMBERED else ""
            is_on_bill = person == model.current and not model.goods
            now = QCoreApplication.translate("Salesperson", "on this bill") if is_on_bill else ""
            spoken = ", ".join(filter(None, (person.name, place, now)))
            rows.append(HitRow(person.name, (), now or person.salesperson_id, place, spoken))
        self.list.show_rows(rows)
        self.list.choose(model.chosen)

    def _of_what(self) -> str:
        how = QCoreApplication.translate("Salesperson", "Type the number, or choose and press Enter.")
        return f"{self._model.goods}. {how}" if self._model.goods else how
