"""Goods come back without a receipt: found by scan or search, at today's price, with a reason and somebody's word."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.pricing.result import PricedLine
from tukar.till.ports import Hit
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep
from tukar.ui.kit import (
    BillLineDelegate,
    BillRow,
    Choice,
    Colour,
    Field,
    Figure,
    Icon,
    Ink,
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
from tukar.ui.wording import returning

_SMALL: Final = QSize(600, 340)
_SIZES: Final = {
    SizeClass.COMPACT: QSize(976, 660),
    SizeClass.REGULAR: QSize(1040, 660),
    SizeClass.WIDE: QSize(1320, 860),
}
_REASON_LETTERS: Final = 80


class ReceiptlessSheet(Sheet):
    """The view of ``till.receiptless.Receiptless``: the search keeps the focus, arrows choose, + and − say how many."""

    typed = Signal(str)
    chosen = Signal(int)
    picked = Signal(int)
    moved = Signal(int)
    more_requested = Signal()
    fewer_requested = Signal()
    reason_typed = Signal(str)
    next_requested = Signal()
    back_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SMALL)
        self._language = language
        self._model = ReceiptlessModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._terms = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True))
        self.search = Field(look, "", icon=Icon.SCAN)
        self.rows = RowList(look, BillLineDelegate(look), "")
        self._fewer = NeutralButton(look, "", key="\N{MINUS SIGN}")
        self._more = NeutralButton(look, "", key="+")
        self._label = Text(look, "", Ink(Role.LABEL, Colour.INK_2))
        self.money = Figure(look, "", Ink(Role.FIGURE))
        self.reason = Field(look, "")
        self.reason.line.setMaxLength(_REASON_LETTERS)
        self.reasons = [Choice(look, "") for _ in returning.reasons()]
        self._done = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._back = NeutralButton(look, "", key="Esc")
        self._back.set_height(64)
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        self._group = QButtonGroup(self)
        self._lay_out()
        self._connect()
        language.changed.connect(self._renew)
        self._renew()

    def show_receiptless(self, model: ReceiptlessModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if model.step is not before.step:
            choosing = model.step is ReceiptlessStep.CHOOSE
            self.set_size(_SIZES[self.look.theme.size] if choosing else _SMALL)
            first = self.search.line if choosing else self.next
            if not before.is_open:
                self.open_sheet(first)
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif event.text() == "+":
            self.more_requested.emit()
        elif event.text() in ("-", "\N{MINUS SIGN}"):
            self.fewer_requested.emit()
        else:
            super().keyPressEvent(event)

    # How it is put together

    def _lay_out(self) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.search)
        left.addWidget(self.rows, 1)
        left.addLayout(_row(self._fewer, self._more))
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        for part in (self._label, self.money, self._done, self.reason):
            right.addWidget(part)
        right.addLayout(_row(*self.reasons))
        right.addWidget(self._notice)
        right.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addWidget(self._left, 5)
        middle.addWidget(beside, 4)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self.next)
        self.next.setMinimumWidth(220)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(4)
        rows.addWidget(self._title)
        rows.addWidget(self._terms)
        rows.addSpacing(10)
        rows.addLayout(middle, 1)
        rows.addSpacing(12)
        rows.addLayout(foot)

    def _connect(self) -> None:
        self.search.edited.connect(self.typed)
        self.rows.chosen.connect(self.chosen)
        self.rows.picked.connect(self.picked)
        self._fewer.clicked.connect(self.fewer_requested)
        self._more.clicked.connect(self.more_requested)
        self.reason.edited.connect(self.reason_typed)
        for choice in self.reasons:
            self._group.addButton(choice)
            choice.clicked.connect(partial(self._choose_reason, choice))
        self._back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self.entered.connect(self.next_requested)
        self.dismissed.connect(self.back_requested)

    def _choose_reason(self, choice: Choice) -> None:
        self.reason_typed.emit(choice.label)

    # Words

    def _renew(self) -> None:
        model, language = self._model, self._language
        choosing = model.step is ReceiptlessStep.CHOOSE
        self._title.setText(QCoreApplication.translate("Return", "Take goods back without a receipt"))
        self.setAccessibleName(self._title.text())
        self._terms.setText(QCoreApplication.translate("Return", "Today's price, in cash, no points"))
        self._left.setVisible(choosing)
        name = QCoreApplication.translate("Return", "Item")
        self.search.set_words(name, QCoreApplication.translate("Return", "Scan the item, or type its name"))
        if model.text != self.search.text():
            self.search.set_text(model.text)
        self._write_rows()
        for button, word in (
            (self._fewer, QCoreApplication.translate("Return", "Fewer")),
            (self._more, QCoreApplication.translate("Return", "More")),
        ):
            button.set_label(word)
            button.setEnabled(bool(model.lines) and not model.searching and not model.busy)
        self._label.setText(returning.receiptless_label(model))
        self.money.set_figure("" if model.money is None else language.format.money(model.money))
        for part in (self._label, self.money):
            part.setVisible(model.money is not None)
        self._write_reasons(choosing=choosing)
        self._done.setText(returning.receiptless_done(model))
        self._done.setVisible(model.step is ReceiptlessStep.DONE)
        tell(self._notice, model.notice, language)
        self._write_buttons()

    def _write_rows(self) -> None:
        model = self._model
        found = QCoreApplication.translate("Return", "Items found")
        lines = QCoreApplication.translate("Return", "What comes back")
        self.rows.setAccessibleName(found if model.searching else lines)
        self.rows.show_rows(list(map(self._hit, model.hits)) if model.searching else list(map(self._line, model.lines)))
        self.rows.choose(model.chosen)

    def _hit(self, hit: Hit) -> BillRow:
        item = hit.item
        price = self._language.format.unit_price(item.charged_price)
        return BillRow("", item.name, item.sku, None, price, None, False, f"{item.name}, {price}")

    def _line(self, line: PricedLine) -> BillRow:
        write, item = self._language.format, line.line.item
        quantity, amount = write.quantity(line.line.quantity), write.money(line.net)
        each = write.unit_price(line.line.unit_price)
        return BillRow(quantity, item.name, each, None, amount, None, False, f"{quantity} {item.name}, {amount}")

    def _write_reasons(self, *, choosing: bool) -> None:
        why = QCoreApplication.translate("Return", "Reason")
        self.reason.set_words(why, why)
        self.reason.setVisible(choosing)
        if self._model.reason != self.reason.text():
            self.reason.set_text(self._model.reason)
        self._group.setExclusive(False)
        for choice, word in zip(self.reasons, returning.reasons(), strict=True):
            choice.set_label(word)
            choice.setChecked(word == self._model.reason)
            choice.setVisible(choosing)

    def _write_buttons(self) -> None:
        model = self._model
        self._back.set_label(QCoreApplication.translate("Return", "Back"))
        self._back.setVisible(model.step is not ReceiptlessStep.DONE)
        self._back.setEnabled(not model.busy)
        self.next.set_label(returning.receiptless_next(model))
        self.next.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))
        self.next.setEnabled(model.can_go_on or model.busy)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
