"""The cases that look odd: the list at the left, the one in hand with story, notes and decision at the right."""

from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.domain.oversight import ReviewCase, ReviewState
from tukar.till.managing.reviews import NOTE_AT_MOST, ReviewsModel
from tukar.ui.kit import (
    Choice,
    Colour,
    Field,
    Icon,
    Ink,
    Ledger,
    LedgerRow,
    Look,
    NeutralButton,
    NoticeStrip,
    Plane,
    PrimaryAction,
    Role,
    Side,
    SizeClass,
    Text,
)
from tukar.ui.kit.table import Cell, Column, Table
from tukar.ui.manager.empty import Empty
from tukar.ui.manager.promotions import BEYOND, page_pad
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import managing, oversight, receipts

FLAG_KEY: Final = "Ctrl+F"
NOTE_KEY: Final = "Ctrl+S"
BILL_KEY: Final = "Ctrl+B"
SIDE: Final = {SizeClass.COMPACT: 400, SizeClass.REGULAR: 480, SizeClass.WIDE: 640}
_STATES: Final = (ReviewState.OPEN, ReviewState.FLAGGED, ReviewState.APPROVED, None)
_SIGNS: Final = {
    ReviewState.OPEN: (Icon.EYE, Colour.INK),
    ReviewState.APPROVED: (Icon.CHECK, Colour.INK),
    ReviewState.FLAGGED: (Icon.ALERT, Colour.DANGER),
}
_NOTES_SHOWN: Final = 6


class ReviewsPage(QWidget):
    """The view of ``till.managing.reviews.Reviews``."""

    state_chosen = Signal(object)
    row_chosen = Signal(int)
    more_requested = Signal()
    note_typed = Signal(str)
    approve_requested = Signal()
    flag_requested = Signal()
    reopen_requested = Signal()
    note_requested = Signal()
    bill_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._time_zone = time_zone
        self._model = ReviewsModel()
        self._may = True
        self._build_list()
        self._build_side()
        self._lay_out()
        self._bind()
        language.changed.connect(self._renew)
        look.changed.connect(self._arrange)
        self._renew()
        self._arrange()

    def show_reviews(self, model: ReviewsModel) -> None:
        before, self._model = self._model, model
        if model.cases != before.cases:
            self.table.show_rows([self._row(case) for case in model.cases])
        self.table.choose(model.chosen)
        for state, choice in self.states.items():
            choice.setChecked(state is model.state)
        if model.note != self.note.text():
            self.note.set_text(model.note)
        if model.notice != before.notice:
            tell(self.notice, model.notice, self._language)
        self._bodies.setCurrentWidget(self.empty if model.loaded and not model.cases else self._both)
        self._show_case(model)

    def enter(self) -> None:
        """The next step: in order."""
        if self.approve.isEnabled() and self._bodies.currentWidget() is self._both:
            self.approve_requested.emit()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow(self, *, may: bool) -> None:
        """Who may not decide reads."""
        self._may = may
        self._show_case(self._model)

    def cover(self, *, covered: bool) -> None:
        self.approve.set_next(is_next=not covered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter begins a note wherever the keys go."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.text().strip() and event.text().isprintable() and plain and self._model.case is not None:
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.note.line.insert(event.text())
            self.note_typed.emit(self.note.text())
        else:
            super().keyPressEvent(event)

    def _build_list(self) -> None:
        look = self._look
        self._group = QButtonGroup(self)
        self.states = {state: Choice(look, "") for state in _STATES}
        self._choices = QHBoxLayout()
        self._choices.setSpacing(look.theme.touch.gap)
        for state, choice in self.states.items():
            self._group.addButton(choice)
            choice.clicked.connect(partial(self.state_chosen.emit, state))
            self._choices.addWidget(choice)
        self._choices.addStretch(1)
        self.notice = NoticeStrip(look)
        self.table = Table(look, "", self._columns())
        self.table.chosen.connect(self.row_chosen)
        self.table.picked.connect(self.bill_requested)
        self.table.near_end.connect(self.more_requested)
        self.empty = Empty(look, Icon.CHECK)

    def _build_side(self) -> None:
        look = self._look
        self._title = Text(look, "", Ink(Role.TITLE), wrap=True)
        self._story = Text(look, "", Ink(Role.BODY), wrap=True)
        self._facts = Ledger(look, 4)
        self._notes = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self.note = Field(look, "", icon=Icon.NOTE)
        self.note.line.setMaxLength(NOTE_AT_MOST)
        self.note.edited.connect(self.note_typed)
        self.keep = NeutralButton(look, "", key=NOTE_KEY)
        self.bill = NeutralButton(look, "", key=BILL_KEY, icon=Icon.RECEIPT)
        self.flag = NeutralButton(look, "", key=FLAG_KEY)
        self.reopen = NeutralButton(look, "")
        self.approve = PrimaryAction(look, "")
        self.approve.put_in_sheet()
        self.keep.clicked.connect(self.note_requested)
        self.bill.clicked.connect(self.bill_requested)
        self.flag.clicked.connect(self.flag_requested)
        self.reopen.clicked.connect(self.reopen_requested)
        self.approve.clicked.connect(self.approve_requested)

    def _lay_out(self) -> None:
        small = QHBoxLayout()
        small.setSpacing(8)
        small.addWidget(self.bill, 1)
        small.addWidget(self.keep, 1)
        large = QHBoxLayout()
        large.setSpacing(8)
        for button in (self.flag, self.reopen):
            button.set_height(64)
            large.addWidget(button)
        large.addWidget(self.approve, 1)
        self._side = Plane(self._look, Colour.CANVAS, Side.LEFT | Side.TOP)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(24, 20, 24, 16)
        side.setSpacing(8)
        for part in (self._title, self._story, self._facts, self._notes):
            side.addWidget(part)
        side.addStretch(1)
        side.addWidget(self.note)
        side.addLayout(small)
        side.addLayout(large)
        self._both = QWidget()
        self._columns_row = QHBoxLayout(self._both)
        self._columns_row.addWidget(self.table)
        below = QWidget()
        self._bodies = QStackedLayout(below)
        self._bodies.addWidget(self._both)
        self._bodies.addWidget(self.empty)
        self._upper = QVBoxLayout()
        self._upper.setSpacing(12)
        self._upper.addLayout(self._choices)
        self._upper.addWidget(self.notice)
        rows = QVBoxLayout()
        rows.setSpacing(8)
        rows.addLayout(self._upper)
        rows.addWidget(below, 1)
        planes = QHBoxLayout(self)
        planes.setContentsMargins(0, 0, 0, 0)
        planes.setSpacing(0)
        planes.addLayout(rows, 1)
        planes.addWidget(self._side)

    def _bind(self) -> None:
        for key, act in (
            (FLAG_KEY, self.flag.click),
            (NOTE_KEY, self.keep.click),
            (BILL_KEY, self.bill.click),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _arrange(self) -> None:
        size = self._look.theme.size
        pad = page_pad(size)
        self._upper.setContentsMargins(pad, 0, pad, 0)
        self._columns_row.setContentsMargins(pad - BEYOND, 0, pad - BEYOND, 0)
        self._side.setFixedWidth(SIDE[size])

    def _show_case(self, model: ReviewsModel) -> None:
        case = model.case
        self._side.setVisible(case is not None)
        if case is None:
            return
        self._title.setText(oversight.reason(case.reason))
        self._story.setText(oversight.story(case, self._language))
        self._facts.show_rows([LedgerRow(label, figure) for label, figure in self._facts_of(case) if figure])
        self._notes.setText("\n".join(self._note_lines(case)))
        self._notes.setVisible(bool(case.notes))
        self.keep.setEnabled(self._may and bool(model.note.strip()) and not model.busy)
        self.bill.setEnabled(bool(case.bill_id))
        waits = case.state is ReviewState.OPEN
        self.flag.setVisible(case.state is not ReviewState.FLAGGED)
        self.reopen.setVisible(not waits)
        for button in (self.flag, self.reopen):
            button.setEnabled(self._may)
        self.approve.setEnabled(self._may and case.state is not ReviewState.APPROVED)
        self.approve.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))

    def _facts_of(self, case: ReviewCase) -> tuple[tuple[str, str], ...]:
        found = case.found_at.astimezone(self._time_zone)
        mobile = f"{case.customer_name}  {case.masked_mobile}".strip()
        decided = f"{oversight.review_state(case.state)}, {case.decided_by}" if case.decided_by else ""
        return (
            (QCoreApplication.translate("Manager", "Found"), receipts.moment(found, self._language)),
            (QCoreApplication.translate("Manager", "Bill"), receipts.short_number(case.number)),
            (QCoreApplication.translate("Manager", "Till"), case.till_id),
            (QCoreApplication.translate("Manager", "Cashier"), case.cashier_name),
            (QCoreApplication.translate("Manager", "Customer"), mobile),
            (QCoreApplication.translate("Manager", "State"), decided),
        )

    def _note_lines(self, case: ReviewCase) -> list[str]:
        write = self._language.format
        return [
            f"{note.by}, {write.time(note.at.astimezone(self._time_zone))}: {note.text}"
            for note in case.notes[-_NOTES_SHOWN:]
        ]

    def _renew(self) -> None:
        self.table.set_columns(self._columns())
        self.table.set_name(QCoreApplication.translate("Manager", "To look at"))
        self.table.show_sorted(0, descending=True)
        for state, choice in self.states.items():
            choice.set_label(oversight.review_state(state))
        words = QCoreApplication.translate("Manager", "Note")
        self.note.set_words(words, words)
        self.keep.set_label(QCoreApplication.translate("Manager", "Keep the note"))
        self.bill.set_label(QCoreApplication.translate("Manager", "Bill"))
        self.flag.set_label(QCoreApplication.translate("Manager", "Flag"))
        self.reopen.set_label(QCoreApplication.translate("Manager", "Open again"))
        self.approve.set_label(QCoreApplication.translate("Manager", "In order"))
        self.empty.say(
            QCoreApplication.translate("Manager", "Nothing to look at"),
            QCoreApplication.translate(
                "Manager", "All bills look as they should. What looks odd appears here by itself."
            ),
        )
        model, self._model = self._model, ReviewsModel()
        self.show_reviews(model)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(QCoreApplication.translate("Manager", "When"), 128, sortable=False),
            Column(QCoreApplication.translate("Manager", "Reason"), 180, 3, sortable=False),
            Column(QCoreApplication.translate("Manager", "Cashier"), 108, 2, sortable=False),
            Column(QCoreApplication.translate("Manager", "State"), 124, 1, sortable=False),
        )

    def _row(self, case: ReviewCase) -> tuple[Cell, ...]:
        found = case.found_at.astimezone(self._time_zone)
        newest = max(one.found_at for one in self._model.cases).astimezone(self._time_zone).date()
        icon, colour = _SIGNS[case.state]
        return (
            Cell(managing.when(found, newest, self._language), colour=Colour.INK_2),
            Cell(oversight.reason(case.reason), strong=case.state is ReviewState.OPEN),
            Cell(case.cashier_name, colour=Colour.INK_2),
            Cell(oversight.review_state(case.state), icon, colour),
        )
