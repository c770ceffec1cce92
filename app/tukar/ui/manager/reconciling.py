"""What does not add up: the differences at the left, the one in hand with its story and one safe act at the right."""

from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tukar.domain.oversight import Difference, DifferenceState
from tukar.till.managing.reconciling import ReconcilingModel
from tukar.ui.kit import LEFT, Colour, Figure, Icon, Ink, Look, NeutralButton, Role, Text
from tukar.ui.kit.table import Cell, Column
from tukar.ui.manager.case_page import CasePage, row_of
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import oversight, receipts

AGAIN_KEY: Final = "Ctrl+R"
_SIGNS: Final = {
    DifferenceState.OPEN: (Icon.ALERT, Colour.DANGER),
    DifferenceState.ASKED: (Icon.CLOCK_ALERT, Colour.WARN),
    DifferenceState.REPAIRED: (Icon.CHECK, Colour.INK),
}


class ReconcilingPage(CasePage):
    """The view of ``till.managing.reconciling.Reconciling``."""

    repair_requested = Signal()
    again_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__(look, language, time_zone, _columns())
        self._model = ReconcilingModel()
        self._build()
        first = QHBoxLayout()
        first.addWidget(self._checked, 1)
        first.addWidget(self.again)
        self._lay_out(
            first,
            (
                self._title, self._story, 12, self._figures(), 12, self._facts, None, self._means,
                row_of(self.bill, self.act, stretch=self.act),
            ),
        )  # fmt: skip
        self._bind((AGAIN_KEY, self.again.click))
        language.changed.connect(self._renew)
        self._renew()

    def show_reconciling(self, model: ReconcilingModel) -> None:
        before, self._model = self._model, model
        found = model.found
        if found is not None and found != before.found:
            self.table.show_rows([self._row(one) for one in found.differences])
        self.table.choose(model.chosen)
        if model.notice != before.notice:
            tell(self.notice, model.notice, self._language)
        self.again.set_busy(busy=model.comparing, word=QCoreApplication.translate("Manager", "Comparing"))
        self._checked.setText(self._compared())
        self._turn(is_empty=found is not None and not found.differences)
        self._say_empty()
        self._show_case()

    def enter(self) -> None:
        """The next step: the one safe act."""
        if self._may and self._model.can_repair:
            self.repair_requested.emit()

    def _build(self) -> None:
        look = self._look
        self._checked = Text(look, "", Ink(Role.BODY, Colour.INK_2, may_cut=True))
        self.again = NeutralButton(look, "", key=AGAIN_KEY, icon=Icon.REFRESH)
        self.again.clicked.connect(self.again_requested)
        self._found = Figure(look, "", Ink(Role.FIGURE, Colour.DANGER, LEFT))
        self._found_word = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._expected = Figure(look, "", Ink(Role.FIGURE, align=LEFT))
        self._expected_word = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._means = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.bill.set_height(64)
        self.act.clicked.connect(self.repair_requested)

    def _figures(self) -> QHBoxLayout:
        figures = QHBoxLayout()
        figures.setSpacing(24)
        for figure, word in ((self._found, self._found_word), (self._expected, self._expected_word)):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(figure)
            cell.addWidget(word)
            figures.addLayout(cell, 1)
        return figures

    def _show_case(self) -> None:
        model, one, write = self._model, self._model.difference, self._language.format
        self._plane.setVisible(one is not None)
        if one is None:
            return
        self._title.setText(oversight.difference(one))
        self._story.setText(oversight.difference_story(one, self._language))
        has_figures = one.found is not None and one.expected is not None
        for part in (self._found, self._found_word, self._expected, self._expected_word):
            part.setVisible(has_figures)
        if one.found is not None and one.expected is not None:
            self._found.set_figure(write.points(one.found))
            self._expected.set_figure(write.points(one.expected))
        self._show_facts(self._facts_of(one))
        self._means.setText(oversight.repair_means(one.repair))
        self.bill.setVisible(one.has_bill)
        self.act.set_label(oversight.repair(one.repair))
        self.act.set_busy(busy=model.repairing, word=QCoreApplication.translate("Sign in", "One moment"))
        self.act.setEnabled(self._may and one.state is DifferenceState.OPEN)

    def _facts_of(self, one: Difference) -> tuple[tuple[str, str], ...]:
        since = "" if one.since is None else receipts.moment(one.since.astimezone(self._time_zone), self._language)
        return (
            (QCoreApplication.translate("Manager", "Customer"), f"{one.customer_name}  {one.masked_mobile}".strip()),
            (QCoreApplication.translate("Manager", "Bill"), receipts.short_number(one.number)),
            (QCoreApplication.translate("Manager", "Till"), one.till_id),
            (QCoreApplication.translate("Manager", "Since"), since),
            (QCoreApplication.translate("Manager", "State"), oversight.difference_state(one.state)),
        )

    def _compared(self) -> str:
        """``Compared at 14:05: 315 bills, 812 bookings, 44 accounts``."""
        found, write = self._model.found, self._language.format
        if found is None:
            return ""
        words = QCoreApplication.translate(
            "Manager", "Compared at {time}: {bills} bills, {entries} bookings, {accounts} accounts"
        )
        counts = {name: write.number(found.checked.get(name, 0)) for name in ("bills", "entries", "accounts")}
        return words.format(time=write.time(found.at.astimezone(self._time_zone)), **counts)

    def _say_empty(self) -> None:
        self.empty.say(
            QCoreApplication.translate("Manager", "Everything adds up"),
            QCoreApplication.translate(
                "Manager", "Bills, bookings and balances say the same. There is nothing to do here."
            ),
        )

    def _renew(self) -> None:
        self.table.set_columns(_columns())
        self.table.set_name(QCoreApplication.translate("Manager", "What does not add up"))
        self.again.set_label(QCoreApplication.translate("Manager", "Compare again"))
        self.bill.set_label(QCoreApplication.translate("Manager", "Bill"))
        self._found_word.setText(QCoreApplication.translate("Manager", "is there"))
        self._expected_word.setText(QCoreApplication.translate("Manager", "ought to be"))
        model, self._model = self._model, ReconcilingModel()
        self.show_reconciling(model)

    def _row(self, one: Difference) -> tuple[Cell, ...]:
        off = (
            "" if one.found is None or one.expected is None else self._language.format.points(one.found - one.expected)
        )
        icon, colour = _SIGNS[one.state]
        whose = one.customer_name or one.masked_mobile or receipts.short_number(one.number)
        return (
            Cell(oversight.difference(one), strong=one.state is DifferenceState.OPEN),
            Cell(whose, colour=Colour.INK_2),
            Cell(off),
            Cell(oversight.difference_state(one.state), icon, colour),
        )


def _columns() -> tuple[Column, ...]:
    return (
        Column(QCoreApplication.translate("Manager", "What"), 180, 3, sortable=False),
        Column(QCoreApplication.translate("Manager", "Whose"), 132, 2, sortable=False),
        Column(QCoreApplication.translate("Manager", "Off by"), 88, 1, figures=True, sortable=False),
        Column(QCoreApplication.translate("Manager", "State"), 148, 1, sortable=False),
    )
