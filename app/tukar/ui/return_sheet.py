"""Goods come back: the receipt is found, lines are chosen, and money and points are seen before anything leaves."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.money import Quantity
from tukar.till.returning_model import CASH, NEW_BILL, ReturnLine, ReturnModel, ReturnStep
from tukar.ui.kit import (
    BillLineDelegate,
    BillRow,
    Choice,
    Colour,
    Field,
    Figure,
    Icon,
    Ink,
    Ledger,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    Role,
    RowList,
    Sheet,
    SizeClass,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import receipts, returning

_SMALL: Final = QSize(600, 340)
_SIZES: Final = {
    SizeClass.COMPACT: QSize(976, 660),
    SizeClass.REGULAR: QSize(1040, 660),
    SizeClass.WIDE: QSize(1320, 860),
}
_CARDS: Final = 3
_REASON_LETTERS: Final = 80
_AT_WORK: Final = (ReturnStep.CHOOSE, ReturnStep.AGREED, ReturnStep.UNSURE)


class ReturnSheet(Sheet):
    """The view of ``till.returning.Returning``.

    Arrows choose a line, + and − how many of it, Space all or none, Ctrl+A everything; once it is agreed, arrows choose
    where the money goes.
    """

    typed = Signal(str)
    chosen = Signal(int)
    moved = Signal(int)
    toggled = Signal(int)
    more_requested = Signal()
    fewer_requested = Signal()
    all_requested = Signal()
    reason_typed = Signal(str)
    card_chosen = Signal(int)
    next_requested = Signal()
    back_requested = Signal()
    receiptless_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SMALL)
        self._language = language
        self._model = ReturnModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._sale = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True))
        self.number = Field(look, "", icon=Icon.SCAN)
        self.lines = RowList(look, BillLineDelegate(look), "")
        self._fewer = NeutralButton(look, "", key="\N{MINUS SIGN}")
        self._more = NeutralButton(look, "", key="+")
        self._all = NeutralButton(look, "", key="Ctrl A")
        self._label = Text(look, "", Ink(Role.LABEL, Colour.INK_2))
        self.money = Figure(look, "", Ink(Role.FIGURE))
        self._points = Ledger(look)
        self.reason = Field(look, "")
        self.reason.line.setMaxLength(_REASON_LETTERS)
        self.reasons = [Choice(look, "") for _ in returning.reasons()]
        self.ways = [Choice(look, "") for _ in range(_CARDS + 2)]
        self._done = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._back = NeutralButton(look, "", key="Esc")
        self._back.set_height(64)
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        self.receiptless = NeutralButton(look, "", key="Ctrl N")
        self.receiptless.set_height(64)
        self._groups = (QButtonGroup(self), QButtonGroup(self))
        self._lay_out()
        self._connect()
        language.changed.connect(self._renew)
        self._renew()

    def show_return(self, model: ReturnModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if model.step is not before.step:
            at_work = model.step in _AT_WORK
            self.set_size(_SIZES[self.look.theme.size] if at_work else _SMALL)
            if not before.is_open:
                self.open_sheet(self._first())
            self._first().setFocus()
        if model.step is ReturnStep.FIND and model.text != self.number.text():
            self.number.set_text(model.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif event.text() == "+":
            self.more_requested.emit()
        elif event.text() in ("-", "\N{MINUS SIGN}"):
            self.fewer_requested.emit()
        elif key == Qt.Key.Key_N and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._model.step is ReturnStep.FIND:
                self.receiptless_requested.emit()
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.all_requested.emit()
        else:
            super().keyPressEvent(event)

    # How it is put together

    def _lay_out(self) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.lines, 1)
        left.addLayout(_row(self._fewer, self._more, self._all))
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        for part in (self._label, self.money, self._points, self.number, self._done, *self.ways, self.reason):
            right.addWidget(part)
        right.addLayout(_row(*self.reasons))
        right.addWidget(self._notice)
        right.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addWidget(self._left, 5)
        middle.addWidget(self._right, 4)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.receiptless)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self.next)
        self.next.setMinimumWidth(220)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(4)
        rows.addWidget(self._title)
        rows.addWidget(self._sale)
        rows.addSpacing(10)
        rows.addLayout(middle, 1)
        rows.addSpacing(12)
        rows.addLayout(foot)

    def _connect(self) -> None:
        self.number.edited.connect(self.typed)
        self.lines.chosen.connect(self.chosen)
        self.lines.picked.connect(self.toggled)
        self._fewer.clicked.connect(self.fewer_requested)
        self._more.clicked.connect(self.more_requested)
        self._all.clicked.connect(self.all_requested)
        self.reason.edited.connect(self.reason_typed)
        for choice in self.reasons:
            self._groups[0].addButton(choice)
            choice.clicked.connect(partial(self._choose_reason, choice))
        for place, way in enumerate(self.ways):
            self._groups[1].addButton(way)
            way.clicked.connect(partial(self._choose_way, place))
        self._back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self.receiptless.clicked.connect(self.receiptless_requested)
        self.entered.connect(self.next_requested)
        self.dismissed.connect(self.back_requested)

    # What the cashier does

    def _first(self) -> QWidget:
        # A button would take the arrows, which choose where the money goes, for the way to the next button.
        first = {
            ReturnStep.FIND: self.number.line, ReturnStep.CHOOSE: self.lines, ReturnStep.AGREED: self.lines
        }  # fmt: skip
        return first.get(self._model.step, self.next)

    def _step(self, steps: int) -> None:
        if self._model.step is ReturnStep.AGREED:
            new_bill = (NEW_BILL,) if self._model.can_exchange else ()
            places = (*range(len(self._model.cards)), CASH, *new_bill)
            at = places.index(self._model.card) + steps
            self.card_chosen.emit(places[min(max(at, 0), len(places) - 1)])
        else:
            self.moved.emit(steps)

    def _choose_way(self, place: int) -> None:
        self.card_chosen.emit({_CARDS: CASH, _CARDS + 1: NEW_BILL}.get(place, place))

    def _choose_reason(self, choice: Choice) -> None:
        self.reason.set_text(choice.label)
        self.reason_typed.emit(choice.label)

    # Words

    def _renew(self) -> None:
        model, language = self._model, self._language
        choosing, agreed = model.step is ReturnStep.CHOOSE, model.step is ReturnStep.AGREED
        self._title.setText(returning.title())
        self.setAccessibleName(self._title.text())
        self._sale.setText("" if model.sale is None else returning.sale(model.sale, language))
        self._sale.setVisible(model.sale is not None)
        self._left.setVisible(model.step in _AT_WORK)
        self.number.setVisible(model.step is ReturnStep.FIND)
        self._write_lines()
        for button in (self._fewer, self._more, self._all):
            button.setEnabled(choosing and not model.busy)
        has_money = model.money is not None and model.step is not ReturnStep.FIND
        self._label.setText(returning.money_label(model))
        self.money.set_figure("" if model.money is None else language.format.money(model.money))
        for part in (self._label, self.money):
            part.setVisible(has_money and (model.step is not ReturnStep.DONE or model.saved is not None))
        points = returning.points(model, language)
        self._points.show_rows(points)
        self._points.setVisible(bool(points) and agreed)
        self._write_reasons(choosing=choosing)
        self._write_ways(agreed=agreed)
        self._done.setText(returning.done(model))
        self._done.setVisible(model.step is ReturnStep.DONE and model.saved is not None)
        tell(self._notice, model.notice, language)
        self._write_buttons()

    def _write_lines(self) -> None:
        self.lines.setAccessibleName(QCoreApplication.translate("Return", "Lines of the receipt"))
        self.lines.show_rows([self._line(line) for line in self._model.lines])
        self.lines.choose(self._model.chosen)

    def _line(self, line: ReturnLine) -> BillRow:
        write = self._language.format
        name, sub = line.line.name, returning.how_many(line, self._language)
        amount = write.money(line.money) if line.back else ""
        quantity = write.quantity(Quantity(line.back)) if line.back else ""
        return BillRow(quantity, name, sub, None, amount, None, False, ", ".join(filter(None, (name, sub, amount))))

    def _write_reasons(self, *, choosing: bool) -> None:
        why = QCoreApplication.translate("Return", "Reason")
        self.reason.set_words(why, why)
        self.reason.setVisible(choosing)
        if self._model.reason != self.reason.text():
            self.reason.set_text(self._model.reason)
        self._groups[0].setExclusive(False)
        for choice, word in zip(self.reasons, returning.reasons(), strict=True):
            choice.set_label(word)
            choice.setChecked(word == self._model.reason)
            choice.setVisible(choosing)

    def _write_ways(self, *, agreed: bool) -> None:
        model = self._model
        for place, way in enumerate(self.ways[:_CARDS]):
            way.setVisible(agreed and place < len(model.cards))
            if place < len(model.cards):
                way.set_label(receipts.tender(model.cards[place]))
                way.setChecked(place == model.card)
        cash, new_bill = self.ways[_CARDS], self.ways[_CARDS + 1]
        cash.set_label(QCoreApplication.translate("Receipt", "Cash"))
        cash.setVisible(agreed and (bool(model.cards) or model.can_exchange))
        cash.setChecked(model.card == CASH)
        new_bill.set_label(QCoreApplication.translate("Return", "Exchange for new goods"))
        new_bill.setVisible(agreed and model.can_exchange)
        new_bill.setChecked(model.card == NEW_BILL)
        for way in self.ways:
            way.setEnabled(not model.busy)

    def _write_buttons(self) -> None:
        model = self._model
        name = QCoreApplication.translate("Return", "Receipt number")
        self.number.set_words(name, QCoreApplication.translate("Return", "Scan the receipt, or type its number"))
        self._fewer.set_label(QCoreApplication.translate("Return", "Fewer"))
        self._more.set_label(QCoreApplication.translate("Return", "More"))
        self._all.set_label(QCoreApplication.translate("Return", "All"))
        cancel = QCoreApplication.translate("Return", "Cancel")
        back = QCoreApplication.translate("Return", "Back")
        self._back.set_label(cancel if model.step is ReturnStep.FIND else back)
        self._back.setVisible(model.step is not ReturnStep.DONE)
        self._back.setEnabled(not model.busy)
        self.receiptless.set_label(QCoreApplication.translate("Return", "No receipt"))
        self.receiptless.setVisible(model.step is ReturnStep.FIND)
        self.receiptless.setEnabled(not model.busy)
        self.next.set_label(returning.next_step(model, self._language))
        self.next.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))
        self.next.setEnabled(model.can_go_on or model.busy)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
