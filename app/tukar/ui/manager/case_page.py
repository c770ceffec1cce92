"""A page of cases: the table at the left, the one in hand with its story and its next step at the right."""

from collections.abc import Callable, Iterable
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.ui.kit import (
    Colour,
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
from tukar.ui.kit.table import Column, Table
from tukar.ui.manager.empty import Empty
from tukar.ui.manager.promotions import BEYOND, page_pad
from tukar.ui.translations import Language

BILL_KEY: Final = "Ctrl+B"
_SIDE: Final = {SizeClass.COMPACT: 400, SizeClass.REGULAR: 480, SizeClass.WIDE: 640}


class CasePage(QWidget):
    """What ``ReviewsPage`` and ``ReconcilingPage`` have in common.

    ``act`` is the next step, for who may take it; who may not reads. A page of them makes its own parts, calls
    ``_lay_out`` once and writes its own words.
    """

    row_chosen = Signal(int)
    bill_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._time_zone = time_zone
        self._may = True
        self.notice = NoticeStrip(look)
        self.table = Table(look, "", columns)
        self.table.chosen.connect(self.row_chosen)
        self.table.picked.connect(self.bill_requested)
        self.empty = Empty(look, Icon.CHECK)
        self._title = Text(look, "", Ink(Role.TITLE), wrap=True)
        self._story = Text(look, "", Ink(Role.BODY), wrap=True)
        self._facts = Ledger(look, 4)
        self.bill = NeutralButton(look, "", key=BILL_KEY, icon=Icon.RECEIPT)
        self.bill.clicked.connect(self.bill_requested)
        self.act = PrimaryAction(look, "")
        self.act.put_in_sheet()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow(self, *, may: bool) -> None:
        """Who may not act reads."""
        self._may = may
        self._show_case()

    def cover(self, *, covered: bool) -> None:
        self.act.set_next(is_next=not covered)

    def _show_case(self) -> None:
        """Show the case in hand at the right, or nothing there."""
        raise NotImplementedError

    def _lay_out(self, first: QLayout, side: Iterable[QWidget | QLayout | int | None]) -> None:
        """``first`` stands above the table; ``side`` from top to bottom: pixels are space, None is what stretches."""
        self._plane = Plane(self._look, Colour.CANVAS, Side.LEFT | Side.TOP)
        column = QVBoxLayout(self._plane)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for part in side:
            if isinstance(part, QWidget):
                column.addWidget(part)
            elif isinstance(part, QLayout):
                column.addLayout(part)
            elif part is None:
                column.addStretch(1)
            else:
                column.addSpacing(part)
        self._both = QWidget()
        self._columns_row = QHBoxLayout(self._both)
        self._columns_row.addWidget(self.table)
        below = QWidget()
        self._bodies = QStackedLayout(below)
        self._bodies.addWidget(self._both)
        self._bodies.addWidget(self.empty)
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
        planes.addWidget(self._plane)
        self._look.changed.connect(self._arrange)
        self._arrange()

    def _bind(self, *acts: tuple[str, Callable[[], object]]) -> None:
        """Keys of this page, the bill's among them."""
        for key, act in ((BILL_KEY, self.bill.click), *acts):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _arrange(self) -> None:
        size = self._look.theme.size
        pad = page_pad(size)
        self._upper.setContentsMargins(pad, 0, pad, 0)
        self._columns_row.setContentsMargins(pad - BEYOND, 0, pad - BEYOND, 0)
        self._plane.setFixedWidth(_SIDE[size])

    @property
    def _has_cases(self) -> bool:
        """Whether there is a table to look at, rather than the words for nothing at all."""
        return self._bodies.currentWidget() is self._both

    def _turn(self, *, is_empty: bool) -> None:
        self._bodies.setCurrentWidget(self.empty if is_empty else self._both)

    def _show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """What is known of the case; what is not known takes no row."""
        self._facts.show_rows([LedgerRow(label, figure) for label, figure in facts if figure])


def row_of(*widgets: QWidget, stretch: QWidget | None = None) -> QHBoxLayout:
    """Buttons beside each other: all of them as wide, or ``stretch`` takes what is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1 if stretch in (None, widget) else 0)
    return row
