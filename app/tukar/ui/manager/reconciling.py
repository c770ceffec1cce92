"""What does not add up: the differences at the left, the one in hand with its story and one safe act at the right."""

from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.domain.oversight import Difference, DifferenceState
from tukar.till.managing.reconciling import ReconcilingModel
from tukar.ui.kit import (
    LEFT,
    Colour,
    Figure,
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
    Text,
)
from tukar.ui.kit.table import Cell, Column, Table
from tukar.ui.manager.empty import Empty
from tukar.ui.manager.promotions import BEYOND, page_pad
from tukar.ui.manager.reviews import BILL_KEY, SIDE
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import oversight, receipts

AGAIN_KEY: Final = "Ctrl+R"
_SIGNS: Final = {
    DifferenceState.OPEN: (Icon.ALERT, Colour.DANGER),
    DifferenceState.ASKED: (Icon.CLOCK_ALERT, Colour.WARN),
    DifferenceState.REPAIRED: (Icon.CHECK, Colour.INK),
}


class ReconcilingPage(QWidget):
    """The view of ``till.managing.reconciling.Reconciling``."""

    row_chosen = Signal(int)
    repair_requested = Signal()
    again_requested = Signal()
    bill_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._time_zone = time_zone
        self._model = ReconcilingModel()
        self._may = True
        self._build()
        self._lay_out()
        for key, act in ((AGAIN_KEY, self.again.click), (BILL_KEY, self.bill.click)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        language.changed.connect(self._renew)
        look.changed.connect(self._arrange)
        self._renew()
        self._arrange()

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
        self._bodies.setCurrentWidget(self.empty if found is not None and not found.differences else self._both)
        self._say_empty()
        self._show_difference(model)

    def enter(self) -> None:
        """The next step: the one safe act."""
        if self._may and self._model.can_repair:
            self.repair_requested.emit()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow(self, *, may: bool) -> None:
        """Who may not put right reads."""
        self._may = may
        self._show_difference(self._model)

    def cover(self, *, covered: bool) -> None:
        self.repair.set_next(is_next=not covered)

    def _build(self) -> None:
        look = self._look
        self._checked = Text(look, "", Ink(Role.BODY, Colour.INK_2, may_cut=True))
        self.again = NeutralButton(look, "", key=AGAIN_KEY, icon=Icon.REFRESH)
        self.again.clicked.connect(self.again_requested)
        self.notice = NoticeStrip(look)
        self.table = Table(look, "", self._columns())
        self.table.chosen.connect(self.row_chosen)
        self.table.picked.connect(self.bill_requested)
        self.empty = Empty(look, Icon.CHECK)
        self._title = Text(look, "", Ink(Role.TITLE), wrap=True)
        self._story = Text(look, "", Ink(Role.BODY), wrap=True)
        self._found = Figure(look, "", Ink(Role.FIGURE, Colour.DANGER, LEFT))
        self._found_word = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._expected = Figure(look, "", Ink(Role.FIGURE, align=LEFT))
        self._expected_word = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._facts = Ledger(look, 4)
        self._means = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.bill = NeutralButton(look, "", key=BILL_KEY, icon=Icon.RECEIPT)
        self.bill.set_height(64)
        self.bill.clicked.connect(self.bill_requested)
        self.repair = PrimaryAction(look, "")
        self.repair.put_in_sheet()
        self.repair.clicked.connect(self.repair_requested)

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(24)
        for figure, word in ((self._found, self._found_word), (self._expected, self._expected_word)):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(figure)
            cell.addWidget(word)
            figures.addLayout(cell, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.bill)
        buttons.addWidget(self.repair, 1)
        self._side = Plane(self._look, Colour.CANVAS, Side.LEFT | Side.TOP)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(24, 20, 24, 16)
        side.setSpacing(8)
        side.addWidget(self._title)
        side.addWidget(self._story)
        side.addSpacing(12)
        side.addLayout(figures)
        side.addSpacing(12)
        side.addWidget(self._facts)
        side.addStretch(1)
        side.addWidget(self._means)
        side.addLayout(buttons)
        self._both = QWidget()
        self._columns_row = QHBoxLayout(self._both)
        self._columns_row.addWidget(self.table)
        below = QWidget()
        self._bodies = QStackedLayout(below)
        self._bodies.addWidget(self._both)
        self._bodies.addWidget(self.empty)
        first = QHBoxLayout()
        first.addWidget(self._checked, 1)
        first.addWidget(self.again)
        self._upper = QVBoxLayout()
        self._upper.setSpacing(12)
        self._upper.addLayout(first)
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

    def _arrange(self) -> None:
        size = self._look.theme.size
        pad = page_pad(size)
        self._upper.setContentsMargins(pad, 0, pad, 0)
        self._columns_row.setContentsMargins(pad - BEYOND, 0, pad - BEYOND, 0)
        self._side.setFixedWidth(SIDE[size])

    def _show_difference(self, model: ReconcilingModel) -> None:
        one, write = model.difference, self._language.format
        self._side.setVisible(one is not None)
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
        self._facts.show_rows([LedgerRow(label, figure) for label, figure in self._facts_of(one) if figure])
        self._means.setText(oversight.repair_means(one.repair))
        self.bill.setVisible(bool(one.bill_id))
        self.repair.set_label(oversight.repair(one.repair))
        self.repair.set_busy(busy=model.repairing, word=QCoreApplication.translate("Sign in", "One moment"))
        self.repair.setEnabled(self._may and one.state is DifferenceState.OPEN)

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
        self.table.set_columns(self._columns())
        self.table.set_name(QCoreApplication.translate("Manager", "What does not add up"))
        self.again.set_label(QCoreApplication.translate("Manager", "Compare again"))
        self.bill.set_label(QCoreApplication.translate("Manager", "Bill"))
        self._found_word.setText(QCoreApplication.translate("Manager", "is there"))
        self._expected_word.setText(QCoreApplication.translate("Manager", "ought to be"))
        model, self._model = self._model, ReconcilingModel()
        self.show_reconciling(model)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(QCoreApplication.translate("Manager", "What"), 180, 3, sortable=False),
            Column(QCoreApplication.translate("Manager", "Whose"), 132, 2, sortable=False),
            Column(QCoreApplication.translate("Manager", "Off by"), 88, 1, figures=True, sortable=False),
            Column(QCoreApplication.translate("Manager", "State"), 148, 1, sortable=False),
        )

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
