"""The cases that look odd: the list at the left, the one in hand with story, notes and decision at the right."""

from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from tukar.domain.oversight import ReviewCase, ReviewState
from tukar.till.managing.reviews import NOTE_AT_MOST, ReviewsModel
from tukar.ui.kit import Choice, Colour, Field, Icon, Ink, Look, NeutralButton, Role, Text
from tukar.ui.kit.table import Cell, Column
from tukar.ui.manager.case_page import CasePage, row_of
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import managing, oversight, receipts

FLAG_KEY: Final = "Ctrl+F"
NOTE_KEY: Final = "Ctrl+S"
_STATES: Final = (ReviewState.OPEN, ReviewState.FLAGGED, ReviewState.APPROVED, None)
_SIGNS: Final = {
    ReviewState.OPEN: (Icon.EYE, Colour.INK),
    ReviewState.APPROVED: (Icon.CHECK, Colour.INK),
    ReviewState.FLAGGED: (Icon.ALERT, Colour.DANGER),
}
_NOTES_SHOWN: Final = 6


class ReviewsPage(CasePage):
    """The view of ``till.managing.reviews.Reviews``."""

    state_chosen = Signal(object)
    more_requested = Signal()
    note_typed = Signal(str)
    approve_requested = Signal()
    flag_requested = Signal()
    reopen_requested = Signal()
    note_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__(look, language, time_zone, _columns())
        self._model = ReviewsModel()
        self._build_choices()
        self._build_case()
        self._lay_out(
            self._choices,
            (
                self._title, self._story, self._facts, self._notes, None, self.note, row_of(self.bill, self.keep),
                row_of(self.flag, self.reopen, self.act, stretch=self.act),
            ),
        )  # fmt: skip
        self._bind((FLAG_KEY, self.flag.click), (NOTE_KEY, self.keep.click))
        language.changed.connect(self._renew)
        self._renew()

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
        self._turn(is_empty=model.loaded and not model.cases)
        self._show_case()

    def enter(self) -> None:
        """The next step: in order."""
        if self.act.isEnabled() and self._has_cases:
            self.approve_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter begins a note wherever the keys go."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.text().strip() and event.text().isprintable() and plain and self._model.case is not None:
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.note.line.insert(event.text())
            self.note_typed.emit(self.note.text())
        else:
            super().keyPressEvent(event)

    def _build_choices(self) -> None:
        self._group = QButtonGroup(self)
        self.states = {state: Choice(self._look, "") for state in _STATES}
        self._choices = QHBoxLayout()
        self._choices.setSpacing(self._look.theme.touch.gap)
        for state, choice in self.states.items():
            self._group.addButton(choice)
            choice.clicked.connect(partial(self.state_chosen.emit, state))
            self._choices.addWidget(choice)
        self._choices.addStretch(1)
        self.table.near_end.connect(self.more_requested)

    def _build_case(self) -> None:
        look = self._look
        self._notes = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self.note = Field(look, "", icon=Icon.NOTE)
        self.note.line.setMaxLength(NOTE_AT_MOST)
        self.note.edited.connect(self.note_typed)
        self.keep = NeutralButton(look, "", key=NOTE_KEY)
        self.flag = NeutralButton(look, "", key=FLAG_KEY)
        self.reopen = NeutralButton(look, "")
        for button, asked in (
            (self.keep, self.note_requested),
            (self.flag, self.flag_requested),
            (self.reopen, self.reopen_requested),
            (self.act, self.approve_requested),
        ):
            button.clicked.connect(asked)
        for button in (self.flag, self.reopen):
            button.set_height(64)

    def _show_case(self) -> None:
        model, case = self._model, self._model.case
        self._plane.setVisible(case is not None)
        if case is None:
            return
        self._title.setText(oversight.reason(case.reason))
        self._story.setText(oversight.story(case, self._language))
        self._show_facts(self._facts_of(case))
        self._notes.setText("\n".join(self._note_lines(case)))
        self._notes.setVisible(bool(case.notes))
        self.keep.setEnabled(self._may and bool(model.note.strip()) and not model.busy)
        self.bill.setEnabled(bool(case.bill_id))
        waits = case.state is ReviewState.OPEN
        self.flag.setVisible(case.state is not ReviewState.FLAGGED)
        self.reopen.setVisible(not waits)
        for button in (self.flag, self.reopen):
            button.setEnabled(self._may)
        self.act.setEnabled(self._may and case.state is not ReviewState.APPROVED)
        self.act.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))

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
        self.table.set_columns(_columns())
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
        self.act.set_label(QCoreApplication.translate("Manager", "In order"))
        self.empty.say(
            QCoreApplication.translate("Manager", "Nothing to look at"),
            QCoreApplication.translate(
                "Manager", "All bills look as they should. What looks odd appears here by itself."
            ),
        )
        model, self._model = self._model, ReviewsModel()
        self.show_reviews(model)

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


def _columns() -> tuple[Column, ...]:
    return (
        Column(QCoreApplication.translate("Manager", "When"), 128, sortable=False),
        Column(QCoreApplication.translate("Manager", "Reason"), 180, 3, sortable=False),
        Column(QCoreApplication.translate("Manager", "Cashier"), 108, 2, sortable=False),
        Column(QCoreApplication.translate("Manager", "State"), 124, 1, sortable=False),
    )
