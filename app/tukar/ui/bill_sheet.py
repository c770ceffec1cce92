"""A discount on the bill, a line or the whole bill taken off it: what, why, and what the bill then comes to."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.people import Right
from tukar.till.bill_work import BillTask, BillWorkModel
from tukar.till.line_work import By
from tukar.ui.kit import (
    AmountField,
    Choice,
    Colour,
    Field,
    Ink,
    Keypad,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    Role,
    Sheet,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.reason_entry import ReasonEntry
from tukar.ui.translations import Language
from tukar.ui.wording import by_hand

_DISCOUNT: Final = QSize(820, 560)
_VOID: Final = QSize(720, 396)
_VOID_WIDE: Final = QSize(840, 396)
_PAD_WIDTH: Final = 296
_GAP: Final = 10
_PERCENT_LETTERS: Final = 6


class BillSheet(Sheet):
    """The view of ``till.bill_work.BillWork``. Where only a reason is asked for, 1 to 3 are the printed ones."""

    by_chosen = Signal(By)
    typed = Signal(str)
    reason_typed = Signal(str)
    done_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _VOID)
        self._language = language
        self._model = BillWorkModel()
        self._title = Text(look, "", Ink(Role.TITLE), wrap=True)
        self.ways = {by: Choice(look, "") for by in By}
        self.percent = Field(look, "")
        self.percent.line.setMaxLength(_PERCENT_LETTERS)
        self.percent.set_unit("%")
        self.amount = AmountField(look, "", sign=language.format.sign, group=language.format.digits)
        self.reason = ReasonEntry(look, spacing=_GAP)
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._after = Text(look, "", Ink(Role.STRONG))
        self._pad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._pad.setFixedWidth(_PAD_WIDTH)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self.do = PrimaryAction(look, "")
        self.do.put_in_sheet()
        self._group = QButtonGroup(self)
        self._lay_out()
        self._connect()
        language.changed.connect(self._renew)

    def show_bill_work(self, model: BillWorkModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if model.task is not before.task:
            void = _VOID_WIDE if self.look.theme.wide else _VOID
            self.set_size(_DISCOUNT if model.task is BillTask.DISCOUNT else void)
            self.percent.set_text("")
            self.open_sheet(self._first())
        elif model.by is not before.by:
            self._first().setFocus()
        if model.text != self.amount.digits or model.by is not before.by:
            self.amount.set_digits(model.text if model.by is By.AMOUNT else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit, types = event.text(), self.reason.field.line.hasFocus()
        if self._model.task is not BillTask.DISCOUNT and digit and digit in "123" and not types:
            self.reason.choose(int(digit) - 1)
        else:
            super().keyPressEvent(event)

    # How it is put together

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        ways = QHBoxLayout()
        ways.setSpacing(self.look.theme.touch.gap)
        for choice in self.ways.values():
            ways.addWidget(choice, 1)
        left.addLayout(ways)
        for part in (self.percent, self.amount, self.reason, self._hint, self._notice):
            left.addWidget(part)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addLayout(left, 1)
        pad = QVBoxLayout()
        pad.addWidget(self._pad)
        pad.addStretch(1)
        middle.addLayout(pad)
        self.do.setMinimumWidth(180)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._after)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.do)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(12)
        rows.addWidget(self._title)
        rows.addLayout(middle, 1)
        rows.addLayout(foot)

    def _connect(self) -> None:
        for by, choice in self.ways.items():
            self._group.addButton(choice)
            choice.clicked.connect(partial(self.by_chosen.emit, by))
        self.percent.edited.connect(self.typed)
        self.amount.changed.connect(self.typed)
        self.reason.given.connect(self.reason_typed)
        self._pad.typed.connect(self._press)
        self._pad.erased.connect(self._erase)
        self._pad.cleared.connect(self._clear)
        self._cancel.clicked.connect(self.closed)
        self.do.clicked.connect(self.done_requested)
        self.entered.connect(self.done_requested)
        self.dismissed.connect(self.closed)

    def _first(self) -> QWidget:
        if self._model.task is not BillTask.DISCOUNT:
            return self
        return self.percent.line if self._model.by is By.PERCENT else self.amount.line

    # What is typed by touch

    def _press(self, digits: str) -> None:
        if self._model.by is By.AMOUNT:
            self.amount.type_digits(digits)
        else:
            self._write_percent(self.percent.text() + digits)

    def _erase(self) -> None:
        if self._model.by is By.AMOUNT:
            self.amount.erase()
        else:
            self._write_percent(self.percent.text()[:-1])

    def _clear(self) -> None:
        if self._model.by is By.AMOUNT:
            self.amount.clear()
        else:
            self._write_percent("")

    def _write_percent(self, text: str) -> None:
        self.percent.set_text(text[:_PERCENT_LETTERS])
        self.typed.emit(self.percent.text())

    # What is shown

    def _renew(self) -> None:
        model = self._model
        if not model.is_open:
            return
        is_discount = model.task is BillTask.DISCOUNT
        self._title.setText(self._said())
        self.setAccessibleName(self._title.text())
        for by, choice in self.ways.items():
            choice.set_label(by_hand.way(by))
            choice.setChecked(by is model.by)
            choice.setVisible(is_discount)
        off = QCoreApplication.translate("Line", "Discount")
        self.percent.set_words(f"{off}, %", "")
        self.amount.line.setAccessibleName(off)
        self.percent.setVisible(is_discount and model.by is By.PERCENT)
        self.amount.setVisible(is_discount and model.by is By.AMOUNT)
        self._pad.setVisible(is_discount)
        self._pad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )
        why = QCoreApplication.translate("Drawer", "Reason")
        words = by_hand.reasons() if is_discount else by_hand.void_reasons()
        self.reason.offer(why, words, numbered=not is_discount)
        self.reason.show_reason(model.reason)
        second = QCoreApplication.translate("Line", "A second person types their PIN for this.")
        self._hint.setText(second)
        self._hint.setVisible(model.right is Right.NEEDS_APPROVAL and model.notice is None)
        tell(self._notice, model.notice, self._language)
        self._write_foot()

    def _write_foot(self) -> None:
        model, write = self._model, self._language.format
        shows = model.after is not None and model.before is not None and model.task is not BillTask.VOID_BILL
        words = QCoreApplication.translate("Bill work", "{before} becomes {after}")
        self._after.setText(
            words.format(before=write.money(model.before), after=write.money(model.after))
            if shows and model.before is not None and model.after is not None
            else ""
        )
        self._cancel.set_label(QCoreApplication.translate("Drawer", "Cancel"))
        self.do.set_label(
            QCoreApplication.translate("Bill work", "Give it")
            if model.task is BillTask.DISCOUNT
            else QCoreApplication.translate("Bill work", "Take it off")
        )
        self.do.setEnabled(model.can_do)

    def _said(self) -> str:
        model, write = self._model, self._language.format
        if model.row is not None:
            words = QCoreApplication.translate("Bill work", "Take {quantity} {item} off the bill?")
            line = model.row.line
            return words.format(quantity=write.quantity(line.quantity), item=line.item.name)
        if model.task is BillTask.VOID_BILL:
            words = QCoreApplication.translate("Bill work", "Clear the whole bill of {total}?")
            return words.format(total="" if model.before is None else write.money(model.before))
        return QCoreApplication.translate("Bill work", "Discount on the bill")
