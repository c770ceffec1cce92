"""What every way of taking goods back looks like: lines at the left, money, reason and the next step at the right."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.money import Money
from tukar.ui.kit import (
    RIGHT,
    BillLineDelegate,
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
from tukar.ui.reason_entry import ReasonEntry
from tukar.ui.translations import Language
from tukar.ui.wording import returning

_SMALL: Final = QSize(600, 340)
_LARGE: Final = {
    SizeClass.COMPACT: QSize(976, 660),
    SizeClass.REGULAR: QSize(1040, 660),
    SizeClass.WIDE: QSize(1320, 860),
}


class GoodsBackSheet(Sheet):
    """What ``ReturnSheet`` and ``ReceiptlessSheet`` have in common.

    Arrows move, + and − say how many of the chosen line come back, Enter is the next step and Esc the way back. A sheet
    of them makes its own parts, calls ``_lay_out`` once and writes its own words.
    """

    typed = Signal(str)
    chosen = Signal(int)
    moved = Signal(int)
    more_requested = Signal()
    fewer_requested = Signal()
    reason_typed = Signal(str)
    next_requested = Signal()
    back_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SMALL)
        self._language = language
        self._title = Text(look, "", Ink(Role.TITLE))
        self._under = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True))
        self.search = Field(look, "", icon=Icon.SCAN)
        self.lines = RowList(look, BillLineDelegate(look), "")
        self._fewer = NeutralButton(look, "", key="\N{MINUS SIGN}")
        self._more = NeutralButton(look, "", key="+")
        self._label = Text(look, "", Ink(Role.STRONG))
        self.money = Figure(look, "", Ink(Role.FIGURE, align=RIGHT))
        self.sum = QWidget()
        self.reason = ReasonEntry(look)
        self._done = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._back = NeutralButton(look, "", key="Esc")
        self._back.set_height(64)
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        self.next.setMinimumWidth(220)
        self._left = QWidget()
        self.search.edited.connect(self.typed)
        self.lines.chosen.connect(self.chosen)
        self._fewer.clicked.connect(self.fewer_requested)
        self._more.clicked.connect(self.more_requested)
        self.reason.given.connect(self.reason_typed)
        self._back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self.entered.connect(self.next_requested)
        self.dismissed.connect(self.back_requested)

    def walk(self, steps: int) -> None:
        """Up or down, by the arrows."""
        self.moved.emit(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walk(-1 if key == Qt.Key.Key_Up else 1)
        elif event.text() == "+":
            self.more_requested.emit()
        elif event.text() in ("-", "\N{MINUS SIGN}"):
            self.fewer_requested.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(
        self, *, left: Sequence[QWidget], counting: Sequence[QWidget], right: Sequence[QWidget], foot: Sequence[QWidget]
    ) -> None:
        """``counting`` are the buttons below the lines; ``foot`` is what stands at the far left of the last row."""
        across = QHBoxLayout(self.sum)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self._label)
        across.addWidget(self.money, 1)
        upper = QVBoxLayout(self._left)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(12)
        for part in left:
            upper.addWidget(part, 1 if part is self.lines else 0)
        upper.addLayout(_row(counting, stretch=1))
        beside = QWidget()
        rows = QVBoxLayout(beside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for part in right:
            rows.addWidget(part)
        rows.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addWidget(self._left, 5)
        middle.addWidget(beside, 4)
        last = _row(foot, stretch=0)
        last.addStretch(1)
        last.addWidget(self._back)
        last.addWidget(self.next)
        whole = QVBoxLayout(self.panel)
        whole.setContentsMargins(28, 24, 28, 24)
        whole.setSpacing(4)
        whole.addWidget(self._title)
        whole.addWidget(self._under)
        whole.addSpacing(10)
        whole.addLayout(middle, 1)
        whole.addSpacing(12)
        whole.addLayout(last)

    def _grow(self, *, large: bool) -> None:
        """Large while there are lines to choose from, small while there is one thing to type or to read."""
        self.set_size(_LARGE[self.look.theme.size] if large else _SMALL)

    # Words

    def _write_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def _write_money(self, label: str, money: Money | None) -> None:
        self._label.setText(label)
        self.money.set_figure("" if money is None else self._language.format.money(money))

    def _write_reason(self, reason: str, *, asked: bool) -> None:
        self.reason.offer(QCoreApplication.translate("Return", "Reason"), returning.reasons())
        self.reason.show_reason(reason)
        self.reason.setVisible(asked)

    def _write_counting(self, *, can: bool) -> None:
        self._fewer.set_label(QCoreApplication.translate("Return", "Fewer"))
        self._more.set_label(QCoreApplication.translate("Return", "More"))
        for button in (self._fewer, self._more):
            button.setEnabled(can)

    def _write_next(self, label: str, *, busy: bool, can: bool) -> None:
        self._back.setEnabled(not busy)
        self.next.set_label(label)
        self.next.set_busy(busy=busy, word=QCoreApplication.translate("Sign in", "One moment"))
        self.next.setEnabled(can or busy)


def _row(widgets: Sequence[QWidget], *, stretch: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, stretch)
    return row
