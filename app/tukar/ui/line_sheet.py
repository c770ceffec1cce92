"""One line of the bill under the finger: how many, at what price, what comes off by hand, a note, or none of it."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from tukar.domain.people import Right
from tukar.domain.pricing.result import PricedLine
from tukar.till.line_work import NOTE_LETTERS, By, LineModel, Work
from tukar.ui.kit import (
    AmountField,
    Choice,
    Colour,
    Field,
    Icon,
    Ink,
    Keypad,
    KitButton,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    QuietButton,
    Role,
    Sheet,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.reason_entry import ReasonEntry
from tukar.ui.translations import Language
from tukar.ui.wording import by_hand, selling

_SIZE: Final = QSize(976, 620)
_WIDE: Final = QSize(1040, 740)
_PAD_WIDTH: Final = 296
_OUTDENT: Final = -16
"""The red words begin where the title does; their ground reaches out beyond."""


class LineSheet(Sheet):
    """The view of ``till.line_work.LineWork``; up and down turn to another kind of work.

    Whatever is typed first replaces what is there.
    """

    work_chosen = Signal(Work)
    work_moved = Signal(int)
    by_chosen = Signal(By)
    typed = Signal(str)
    reason_typed = Signal(str)
    set_requested = Signal()
    remove_requested = Signal()
    seller_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = LineModel()
        self._title = Text(look, "", Ink(Role.TITLE), wrap=True)
        self._price = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self.works = {work: Choice(look, "") for work in Work}
        self.ways = {by: Choice(look, "") for by in By}
        self.field = Field(look, "")
        self.amount = AmountField(look, "", sign=language.format.sign, group=language.format.digits)
        self._fewer = NeutralButton(look, "", icon=Icon.MINUS)
        self._more = NeutralButton(look, "", icon=Icon.PLUS)
        self.reason = ReasonEntry(look)
        self._notice = NoticeStrip(look)
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._after = Text(look, "", Ink(Role.STRONG))
        self._pad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._pad.setFixedWidth(_PAD_WIDTH)
        self._remove = QuietButton(look, "", key="Ctrl+R", icon=Icon.TRASH, danger=True)
        self.seller = NeutralButton(look, "", key="Ctrl+S")
        self._cancel = NeutralButton(look, "", key="Esc")
        self._by_control: dict[int, KitButton] = {Qt.Key.Key_R: self._remove, Qt.Key.Key_S: self.seller}
        for button in (self._remove, self.seller, self._cancel):
            button.set_height(64)
        self.set_button = PrimaryAction(look, "")
        self.set_button.put_in_sheet()
        self._groups = (QButtonGroup(self), QButtonGroup(self))
        self._lay_out()
        self._connect()
        language.changed.connect(self._renew)
        self._renew()

    def show_line(self, model: LineModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        turned = not before.is_open or (before.work, before.by) != (model.work, model.by)
        if turned:
            self._write(model)
        if not before.is_open:
            self.set_size(_WIDE if self.look.theme.wide else _SIZE)
            self.open_sheet(self._typed_in())
        if turned:
            self._typed_in().setFocus()
            self.field.line.selectAll()
        elif model.asks_reason and not before.asks_reason:
            self.reason.field.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.work_moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in self._by_control and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._by_control[event.key()].click()
        else:
            super().keyPressEvent(event)

    # How it is put together

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._choices(self._groups[0], list(self.works.values())))
        left.addSpacing(4)
        left.addLayout(self._choices(self._groups[1], list(self.ways.values())))
        left.addWidget(self.field)
        left.addWidget(self.amount)
        left.addLayout(_row(self._fewer, self._more))
        left.addWidget(self.reason)
        left.addWidget(self._hint)
        left.addWidget(self._notice)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addLayout(left, 1)
        pad = QVBoxLayout()
        pad.addWidget(self._pad)
        pad.addStretch(1)
        middle.addLayout(pad)
        rows = QGridLayout(self.panel)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setVerticalSpacing(16)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addWidget(self._price)
        rows.addLayout(head, 0, 0)
        rows.addLayout(middle, 1, 0)
        rows.setRowStretch(1, 1)
        rows.addLayout(self._foot(), 2, 0)

    def _foot(self) -> QLayout:
        self.set_button.setMinimumWidth(180)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addSpacing(_OUTDENT)
        foot.addWidget(self._remove)
        foot.addWidget(self.seller)
        foot.addStretch(1)
        foot.addWidget(self._after)
        foot.addSpacing(16)
        foot.addWidget(self._cancel)
        foot.addWidget(self.set_button)
        return foot

    @staticmethod
    def _choices(group: QButtonGroup, choices: list[Choice]) -> QLayout:
        for choice in choices:
            group.addButton(choice)
        return _row(*choices)

    def _connect(self) -> None:
        for work, choice in self.works.items():
            choice.clicked.connect(partial(self.work_chosen.emit, work))
        for by, choice in self.ways.items():
            choice.clicked.connect(partial(self.by_chosen.emit, by))
        for choice in self.reason.choices:
            choice.clicked.connect(self._back_to_typing)
        self.field.edited.connect(self.typed)
        self.amount.changed.connect(self.typed)
        self.reason.given.connect(self.reason_typed)
        self._fewer.clicked.connect(partial(self._step, -1))
        self._more.clicked.connect(partial(self._step, 1))
        self._pad.typed.connect(self._press)
        self._pad.erased.connect(self._erase)
        self._pad.cleared.connect(self._clear)
        self._remove.clicked.connect(self.remove_requested)
        self.seller.clicked.connect(self.seller_requested)
        self._cancel.clicked.connect(self.closed)
        self.set_button.clicked.connect(self.set_requested)
        self.entered.connect(self.set_requested)
        self.dismissed.connect(self.closed)

    # What is typed

    def _typed_in(self) -> QWidget:
        return self.amount.line if self._model.types_money else self.field.line

    def _write(self, model: LineModel) -> None:
        """Puts what the line has now into the field, for the next key to replace."""
        self.field.line.setMaxLength(NOTE_LETTERS if model.work is Work.NOTE else 12)
        if model.types_money:
            self.amount.set_digits(model.text, fresh=True)
        else:
            is_note = model.work is Work.NOTE
            self.field.set_text(model.text if is_note else self._language.format.typed(model.text))

    def _press(self, digits: str) -> None:
        if self._model.types_money:
            self.amount.type_digits(digits)
        else:
            self._say("" if self._model.fresh and self._model.work is not Work.NOTE else self.field.text(), digits)

    def _erase(self) -> None:
        if self._model.types_money:
            self.amount.erase()
        else:
            self._say(self.field.text()[:-1])

    def _clear(self) -> None:
        if self._model.types_money:
            self.amount.clear()
        else:
            self._say("")

    def _step(self, pieces: int) -> None:
        text = self.field.text().strip()
        self._say(str(max(int(text) + pieces, 1)) if text.isascii() and text.isdigit() else "1")

    def _say(self, *parts: str) -> None:
        self.field.set_text("".join(parts)[: self.field.line.maxLength()])
        self.typed.emit(self.field.text())

    def _back_to_typing(self) -> None:
        self._typed_in().setFocus()

    # Words

    def _renew(self) -> None:
        model = self._model
        for work, choice in self.works.items():
            choice.set_label(by_hand.work(work))
            choice.setChecked(work is model.work)
        self._words()
        if model.row is not None:
            self._of_line(model.row)
        for by, choice in self.ways.items():
            choice.setVisible(model.work is Work.DISCOUNT)
            choice.setChecked(by is model.by)
        weighed = model.row is not None and model.row.line.item.weighed
        of_quantity = "kg" if weighed and model.work is Work.QUANTITY else ""
        self.field.set_unit("%" if model.work is Work.DISCOUNT else of_quantity)
        self.field.setVisible(not model.types_money)
        self.amount.setVisible(model.types_money)
        for step in (self._fewer, self._more):
            step.setVisible(model.work is Work.QUANTITY)
        self.reason.setVisible(model.wants_reason)
        self.reason.show_reason(model.reason)
        second = QCoreApplication.translate("Line", "A second person types their PIN for this.")
        self._hint.setText(second if model.right is Right.NEEDS_APPROVAL else "")
        self._hint.setVisible(model.right is Right.NEEDS_APPROVAL and model.notice is None)
        tell(self._notice, model.notice, self._language)
        self.set_button.setEnabled(model.can_set)

    def _of_line(self, row: PricedLine) -> None:
        write, line = self._language.format, row.line
        price = write.unit_price(line.unit_price)
        self._title.setText(line.item.name)
        each = selling.per_kilogram(price) if line.item.weighed else selling.each(price)
        done = by_hand.of_line(line.override, line.discount, "", self._language)
        self._price.setText(", ".join((each, *done)))
        comes_to = QCoreApplication.translate("Line", "Comes to {amount}")
        after = self._model.after
        self._after.setText("" if after is None else comes_to.format(amount=write.money(after)))
        self.setAccessibleName(f"{line.item.name}, {by_hand.work(self._model.work)}")

    def _words(self) -> None:
        name = by_hand.work(self._model.work)
        percent = QCoreApplication.translate("Line", "Percent")
        self.field.set_words(percent if self._model.work is Work.DISCOUNT else name, "")
        self.amount.line.setAccessibleName(name)
        self.reason.offer(QCoreApplication.translate("Line", "Reason"), by_hand.reasons())
        self.ways[By.PERCENT].set_label(percent)
        self.ways[By.AMOUNT].set_label(QCoreApplication.translate("Line", "Amount off each"))
        self._fewer.set_label(QCoreApplication.translate("Line", "Fewer"))
        self._more.set_label(QCoreApplication.translate("Line", "More"))
        self._remove.set_label(QCoreApplication.translate("Line", "Remove"))
        self.seller.set_label(QCoreApplication.translate("Line", "Salesperson"))
        self._cancel.set_label(QCoreApplication.translate("Line", "Cancel"))
        self.set_button.set_label(QCoreApplication.translate("Line", "Set"))
        self._pad.set_words(
            erase_name=QCoreApplication.translate("Customer", "Erase the last digit"),
            clear_name=QCoreApplication.translate("Customer", "Erase all"),
        )


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
