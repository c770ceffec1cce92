"""The three faces of the shift sheet: an amount with its reason, a count by note and coin, a report on paper."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tukar.till.shift_screen import ShiftModel, ShiftStep
from tukar.ui.kit import (
    RIGHT,
    AmountField,
    Colour,
    Field,
    Figure,
    Icon,
    Ink,
    Keypad,
    Look,
    NeutralButton,
    Role,
    SizeClass,
    Text,
)
from tukar.ui.reason_entry import ReasonEntry
from tukar.ui.receipt_view import PaperView
from tukar.ui.translations import Language
from tukar.ui.wording import shifts

_PAD_WIDTH: Final = 296
_GAP: Final = 10
_PIECES: Final = QRegularExpression("[0-9]{0,6}")
_PIECES_WIDTH: Final = 112
_COLUMNS: Final = 2
_TURN: Final = 120
_PAPER_WIDTH: Final = {SizeClass.COMPACT: 440, SizeClass.REGULAR: 472, SizeClass.WIDE: 616}


class AmountPage(QWidget):
    """A float, or money that goes in or out with its reason."""

    typed = Signal(str)
    reason_typed = Signal(str)

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._step = ShiftStep.NONE
        self.amount = AmountField(look, "", sign=language.format.sign, group=language.format.digits)
        self.reason = ReasonEntry(look, spacing=_GAP)
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._pad = Keypad(look, corner="000", erase_name="", clear_name="")
        self._pad.setFixedWidth(_PAD_WIDTH)
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        for part in (self.amount, self.reason, self._hint):
            left.addWidget(part)
        left.addStretch(1)
        pad = QVBoxLayout()
        pad.addWidget(self._pad)
        pad.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(28)
        columns.addLayout(left, 1)
        columns.addLayout(pad)
        self.amount.changed.connect(self.typed)
        self.reason.given.connect(self.reason_typed)
        self._pad.typed.connect(self.amount.type_digits)
        self._pad.erased.connect(self.amount.erase)

    def show_model(self, model: ShiftModel) -> None:
        moves = model.step is not ShiftStep.OPENING
        if model.step is not self._step or model.digits != self.amount.digits:
            self.amount.set_digits(model.digits, fresh=model.fresh)
        self._step = model.step
        amount = QCoreApplication.translate("Shift", "Amount")
        self.amount.line.setAccessibleName(amount)
        self.reason.offer(QCoreApplication.translate("Drawer", "Reason"), shifts.reasons(model.step))
        self.reason.show_reason(model.reason)
        self.reason.setVisible(moves)
        self._hint.setText(QCoreApplication.translate("Line", "A second person types their PIN for this."))
        self._hint.setVisible(model.needs_second and model.notice is None)
        self._pad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )


class CountPage(QWidget):
    """How many of each note and coin; the amounts and their sum follow. Nothing here says what there should be."""

    counted = Signal(int, int)
    finished = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._model = ShiftModel()
        self._labels: list[Text] = []
        self.fields: list[Field] = []
        self._amounts: list[Text] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._left = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._left.set_icon(Icon.INFO)
        self._label = Text(look, "", Ink(Role.STRONG, Colour.INK_2))
        self.total = Figure(look, "", Ink(Role.FIGURE))
        foot = QHBoxLayout()
        foot.addWidget(self._label)
        foot.addStretch(1)
        foot.addWidget(self.total)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addLayout(self._grid)
        rows.addStretch(1)
        rows.addWidget(self._left)
        rows.addLayout(foot)

    def show_model(self, model: ShiftModel) -> None:
        self._model = model
        while len(self.fields) < len(model.counted):
            self._add_row()
        self._place()
        write = self._language.format
        for place, one in enumerate(model.counted):
            self._labels[place].setText(write.money(one.value))
            of_each = QCoreApplication.translate("Shift", "Pieces of {value}").format(value=write.money(one.value))
            self.fields[place].set_words(of_each, "0")
            pieces = str(one.pieces or "")
            if self.fields[place].text() != pieces and int(self.fields[place].text() or "0") != one.pieces:
                self.fields[place].set_text(pieces)
            self._amounts[place].setText(write.figure(one.amount) if one.pieces else "")
        self._label.setText(QCoreApplication.translate("Shift", "In the drawer"))
        in_drawer = model.in_drawer
        self.total.set_figure("" if in_drawer is None else write.money(in_drawer))
        self._left.setText(shifts.left_over(model.held, model.unsent, self._language))
        self._left.setVisible(bool(self._left.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows go from one to the next; after the last one the count is done."""
        at = next((place for place, field in enumerate(self.fields) if field.line.hasFocus()), -1)
        if at < 0:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            shown = len(self._model.counted)
            if at + 1 < shown:
                self.start(at + 1)
            elif event.key() != Qt.Key.Key_Down:
                self.finished.emit()
        elif event.key() == Qt.Key.Key_Up and at > 0:
            self.start(at - 1)
        else:
            super().keyPressEvent(event)

    def start(self, place: int = 0) -> None:
        """The keyboard rests on the note at ``place``."""
        if place < len(self.fields):
            self.fields[place].line.setFocus(Qt.FocusReason.TabFocusReason)
            self.fields[place].line.selectAll()

    def _add_row(self) -> None:
        place = len(self.fields)
        label = Text(self._look, "", Ink(Role.STRONG))
        field = Field(self._look, "")
        field.setFixedWidth(_PIECES_WIDTH)
        field.line.setValidator(QRegularExpressionValidator(_PIECES, field))
        field.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.edited.connect(partial(self._typed, place))
        amount = Text(self._look, "", Ink(Role.BODY, Colour.INK_2, RIGHT))
        for part in (label, field, amount):
            part.setParent(self)
        self._labels.append(label)
        self.fields.append(field)
        self._amounts.append(amount)

    def _typed(self, place: int, text: str) -> None:
        self.counted.emit(place, int(text or "0"))

    def _place(self) -> None:
        """Down the first column, then down the second, as a drawer is counted."""
        shown = len(self._model.counted)
        height = -(-shown // _COLUMNS)
        for place, (label, field, amount) in enumerate(zip(self._labels, self.fields, self._amounts, strict=True)):
            row, left = place % max(height, 1), 4 * (place // max(height, 1))
            for offset, part in enumerate((label, field, amount)):
                part.setVisible(place < shown)
                if place < shown:
                    self._grid.addWidget(part, row, left + offset)
        self._grid.setColumnMinimumWidth(3, 24)
        for column in (2, 6):
            self._grid.setColumnStretch(column, 1)


class ReportPage(QWidget):
    """The report as paper at the left, what may be done at the right."""

    chosen = Signal(ShiftStep)
    print_requested = Signal()
    keep_requested = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self.paper = PaperView(look)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        desk = QWidget()
        lies = QVBoxLayout(desk)
        lies.setContentsMargins(0, 0, 0, 0)
        lies.addWidget(self.paper)
        lies.addStretch(1)
        self._scroll.setWidget(desk)
        for ground in (self._scroll.viewport(), desk):
            ground.setAutoFillBackground(False)
        self._label = Text(look, "", Ink(Role.STRONG, Colour.INK_2))
        self.figure = Figure(look, "", Ink(Role.POINTS))
        self._words = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.steps = {
            ShiftStep.PAY_IN: NeutralButton(look, "", key="1", icon=Icon.PLUS),
            ShiftStep.PAY_OUT: NeutralButton(look, "", key="2", icon=Icon.MINUS),
            ShiftStep.COUNT: NeutralButton(look, "", key="3", icon=Icon.CASH),
        }
        self.print = NeutralButton(look, "", key="P", icon=Icon.PRINTER)
        self.keep = NeutralButton(look, "", key="S", icon=Icon.DOWNLOAD)
        self._file = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True), wrap=True)
        right = QWidget()
        right.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(look.theme.touch.gap)
        for part in (self._label, self.figure, self._words):
            side.addWidget(part)
        side.addSpacing(8)
        for step, button in self.steps.items():
            side.addWidget(button)
            button.clicked.connect(partial(self.chosen.emit, step))
        side.addStretch(1)
        side.addWidget(self._file)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.theme.touch.gap)
        buttons.addWidget(self.print, 1)
        buttons.addWidget(self.keep, 1)
        side.addLayout(buttons)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(28)
        columns.addWidget(self._scroll)
        columns.addWidget(right, 1)
        self.print.clicked.connect(self.print_requested)
        self.keep.clicked.connect(self.keep_requested)

    def show_model(self, model: ShiftModel) -> None:
        self._scroll.setFixedWidth(_PAPER_WIDTH[self._look.theme.size])
        self._scroll.setVisible(model.paper is not None)
        is_open = model.step is ShiftStep.OVERVIEW
        for step, button in self.steps.items():
            button.set_label(_word(step))
            button.setVisible(is_open)
        for button in (self.print, self.keep):
            button.setVisible(model.paper is not None)
            button.setEnabled(not model.busy)
        self.print.set_label(QCoreApplication.translate("Receipt", "Print"))
        self.keep.set_label(QCoreApplication.translate("Receipt", "Save as PDF"))
        words = QCoreApplication.translate("Receipt", "The PDF is in {file}")
        self._file.setText("" if model.file is None else words.format(file=model.file))
        self._file.setVisible(model.file is not None)
        self._tell(model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar.setValue(bar.value() + (_TURN if event.key() == Qt.Key.Key_Down else -_TURN))
        else:
            super().keyPressEvent(event)

    def press(self, key: str) -> bool:
        """A key printed on one of the buttons; False when there is none of it now."""
        for button in (*self.steps.values(), self.print, self.keep):
            if button.key == key.upper() and button.isVisible() and button.isEnabled():
                button.click()
                return True
        return False

    def _tell(self, model: ShiftModel) -> None:
        write, shift = self._language.format, model.shift
        closing = None if shift is None else shift.closing
        if closing is not None:
            self._label.setText(_difference_label(closing.difference.minor))
            self.figure.set_figure(write.money(closing.difference))
            self.figure.set_ink(Ink(Role.POINTS, Colour.DANGER if closing.difference.minor < 0 else Colour.INK))
            self._words.setText(QCoreApplication.translate("Shift", "Print the report and sign it."))
        elif shift is not None:
            self._label.setText(QCoreApplication.translate("Shift", "Float"))
            self.figure.set_figure(write.money(shift.opening_float))
            self.figure.set_ink(Ink(Role.POINTS))
            blind = QCoreApplication.translate("Shift", "What was sold is on the report, after the drawer is counted.")
            self._words.setText("" if model.paper is not None else blind)
        self._words.setVisible(bool(self._words.text()) and not model.busy)


def _difference_label(minor: int) -> str:
    if minor < 0:
        return QCoreApplication.translate("Shift", "Missing in the drawer")
    if minor:
        return QCoreApplication.translate("Shift", "Too much in the drawer")
    return QCoreApplication.translate("Shift", "The drawer is exact")


def _word(step: ShiftStep) -> str:
    return {
        ShiftStep.PAY_IN: QCoreApplication.translate("Shift", "Put money in"),
        ShiftStep.PAY_OUT: QCoreApplication.translate("Shift", "Take money out"),
        ShiftStep.COUNT: QCoreApplication.translate("Shift", "Count and close"),
    }[step]
