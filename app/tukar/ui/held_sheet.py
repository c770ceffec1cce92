"""Bills set aside, of all tills or of this one: chosen by arrows or by touch, and taken up with Enter."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.held_shelf import HeldBill
from tukar.till.holding import HoldingModel
from tukar.ui.kit import (
    Choice,
    Colour,
    HitDelegate,
    HitRow,
    Ink,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    Role,
    RowList,
    Sheet,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import selling

_WIDTH, _AROUND = 640, 248
_NOTICE = 72
_LEAST_ROWS, _MOST_ROWS = 3, 7


class HeldSheet(Sheet):
    """Shows the list while the model is open; Enter takes up the chosen bill, left shows all tills, right this one."""

    chosen = Signal(int)
    moved = Signal(int)
    all_tills_chosen = Signal(bool)
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__(look, window, "", QSize(_WIDTH, 2 * _WIDTH))
        self._language = language
        self._time_zone = time_zone
        self._model = HoldingModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self.list = RowList(look, HitDelegate(look, pad=24), "")
        self.list.picked.connect(self.chosen)
        self.scopes = {
            True: Choice(look, "", key="\N{LEFTWARDS ARROW}"),
            False: Choice(look, "", key="\N{RIGHTWARDS ARROW}"),
        }
        self._group = QButtonGroup(self)
        for all_tills, choice in self.scopes.items():
            self._group.addButton(choice, int(all_tills))
        self._group.idClicked.connect(lambda chosen: self.all_tills_chosen.emit(bool(chosen)))
        self._notice = NoticeStrip(look)
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
        if model.is_open:
            rows = min(max(len(model.bills), _LEAST_ROWS), _MOST_ROWS)
            notice = _NOTICE if model.notice is not None else 0
            self.set_size(QSize(_WIDTH, _AROUND + notice + rows * self.look.theme.layout.hit))
        if model.is_open and not was_open:
            self.open_sheet(self.list)
        elif was_open and not model.is_open:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._model.everywhere:
            self.scopes[event.key() == Qt.Key.Key_Left].click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 18, 24, 8)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._hint)
        head.addLayout(words, 1)
        for choice in self.scopes.values():
            head.addWidget(choice)
        told = QVBoxLayout()
        told.setContentsMargins(24, 0, 24, 12)
        told.addWidget(self._notice)
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
        rows.addLayout(told)
        rows.addWidget(self.list, 1)
        rows.addLayout(buttons)

    def _take_chosen(self) -> None:
        if self._model.chosen >= 0:
            self.chosen.emit(self._model.chosen)

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Held", "Bills set aside"))
        self._hint.setText(QCoreApplication.translate("Held", "Choose one and press Enter."))
        tell(self._notice, model.notice, self._language)
        self.scopes[True].set_label(QCoreApplication.translate("Held", "All tills"))
        self.scopes[False].set_label(QCoreApplication.translate("Held", "This till"))
        for all_tills, choice in self.scopes.items():
            choice.setEnabled(model.everywhere or not all_tills)
            choice.setChecked(all_tills == model.all_tills)
        self._cancel.set_label(QCoreApplication.translate("Held", "Cancel"))
        self._take.set_label(QCoreApplication.translate("Held", "Take up"))
        self._take.set_busy(busy=model.busy, word=QCoreApplication.translate("Held", "Taking it up"))
        self._take.setEnabled(model.chosen >= 0)
        self.setAccessibleName(self._title.text())
        self.list.setAccessibleName(self._title.text())
        self.list.show_rows([self._row(bill) for bill in model.bills])
        self.list.choose(model.chosen)

    def _row(self, held: HeldBill) -> HitRow:
        name = held.customer_name or QCoreApplication.translate("Held", "No customer")
        where = QCoreApplication.translate("Held", "till {till}").format(till=held.till_id)
        parts = [
            selling.items(held.pieces, self._language),
            self._language.format.time(held.at.astimezone(self._time_zone)),
            held.cashier,
            where,
        ]
        if held.leased_to:
            parts.append(QCoreApplication.translate("Held", "open at till {till}").format(till=held.leased_to))
        name = f"{name}: {held.note}" if held.note else name
        sub_line = " \N{MIDDLE DOT} ".join(filter(None, parts))
        amount = self._language.format.money(held.total)
        return HitRow(name, (), sub_line, amount, f"{name}, {sub_line}, {amount}")
