"""Lists of painted rows: the frozen rows, the model that shows them and the view; delegates.py paints them.

A screen fills plain strings into rows and hands a tuple of them to ``RowList.show_rows``; only what differs from the
rows before is told to the view. A delegate reads its row through ``ROW``; a screen reader reads ``row.accessible``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate

from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look

ROW = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex

_RING = 4
"""What a focus ring takes at most: it must fit between the figures and the scroll bar."""


class Row(Protocol):
    """What every row can say of itself."""

    @property
    def accessible(self) -> str:
        """The whole row as a sentence."""


@dataclass(frozen=True)
class BillRow:
    """A line of the bill. ``sub`` is the reason when ``reduced`` (with ``icon`` and ``old_amount``), else the price."""

    quantity: str
    name: str
    sub: str
    icon: Icon | None
    amount: str
    old_amount: str | None
    reduced: bool
    accessible: str


@dataclass(frozen=True)
class HitRow:
    """An item found; ``match`` are the (start, length) of what is shown bold in ``name``."""

    name: str
    match: tuple[tuple[int, int], ...]
    code: str
    price: str
    accessible: str


class PromotionKind(StrEnum):
    """The three kinds of rows in the list of promotions."""

    HEADING = "heading"
    OFFER = "offer"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class PromotionRow:
    """A row of the promotions sheet.

    OFFER: ``ticked``, ``best`` (a star), ``sub`` and ``amount``. NOT_YET: ``sub`` says what is missing and ``share``
    (0 to 1) how far it has come, where that can be measured. HEADING: only ``name``.
    """

    kind: PromotionKind
    name: str
    sub: str
    amount: str
    ticked: bool
    best: bool
    share: float | None
    accessible: str


@dataclass(frozen=True)
class OfferRow:
    """A row of the promotions beside the bill.

    ``icon`` is a tick when it is applied, a gift when it can be, a dash when not yet. ``amount`` is what it takes off,
    ``hint`` what is missing instead. ``action`` is the word of the button that applies it: the whole row is its
    target. A row with a printed ``key`` opens what the key opens.
    """

    icon: Icon
    name: str
    amount: str
    hint: str
    action: str
    accessible: str
    key: str = ""


@dataclass(frozen=True)
class TenderRow:
    """Money given: its icon, what it is, how it stands ("Approved 14:10"), how much."""

    icon: Icon
    name: str
    sub: str
    amount: str
    accessible: str


class RowModel(QAbstractListModel):
    """The rows of one list; a new set of rows is told as the fewest insertions, removals and changes at one place."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        old, new = self._rows, tuple(rows)
        if old == new:
            return
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        gone, come = len(old) - head - tail, len(new) - head - tail
        stay = min(gone, come)
        root = QModelIndex()
        kept = old[: head + stay]
        if gone > come:
            self.beginRemoveRows(root, head + stay, head + gone - 1)
            self._rows = kept + old[head + gone :]
            self.endRemoveRows()
        elif come > gone:
            self.beginInsertRows(root, head + stay, head + come - 1)
            self._rows = kept + new[head + stay :]
            self.endInsertRows()
        self._rows = new
        if stay:
            self.dataChanged.emit(self.index(head), self.index(head + stay - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.accessible
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not 0 <= index.row() < len(self._rows):
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if isinstance(row, PromotionRow) and row.kind is PromotionKind.HEADING:
            return Qt.ItemFlag.ItemNeverHasChildren  # arrows pass over what is not enabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowPainter(QStyledItemDelegate):
    """What a list needs of its delegate beyond Qt's.

    ``margin`` is how many px at the right of a row stay empty; ``gutter`` how many of them a scroll bar lies over, so
    that the focus ring keeps clear of it. ``all_alike`` promises rows of one height, so that a
    list of 1,000 asks for it once and not 1,000 times at every change.
    """

    all_alike = False
    gutter = 0

    @property
    def margin(self) -> int:
        return 0


class RowList(QListView):
    """A list of rows painted by a delegate.

    ``chosen`` carries the row that became current by arrow or touch, ``picked`` the one touched or confirmed with
    Space. Touches do not take the focus. The view never selects by itself.
    """

    chosen = Signal(int)
    picked = Signal(int)

    def __init__(self, look: Look, delegate: RowPainter, name: str) -> None:
        super().__init__()
        self._delegate = delegate
        self._rows = RowModel()
        self.setModel(self._rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(delegate.all_alike)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._pick)
        look.changed.connect(self.doItemsLayout)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._rows.set_rows(rows)

    def choose(self, row: int) -> None:
        """Make a row current without a signal; -1 for none."""
        index = self._rows.index(row) if row >= 0 else QModelIndex()
        self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        else:
            self.clearSelection()

    def current_row(self) -> int:
        return self.currentIndex().row()

    def content_height(self) -> int:
        """Return the height all rows need, for a list that never scrolls."""
        return sum(self.sizeHintForRow(row) for row in range(len(self._rows.rows)))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        # The scroll bar lies over the margin of the rows: figures keep their edge when a list grows too long.
        bar = self.verticalScrollBar()
        width = bar.sizeHint().width()
        over = width if self._delegate.margin >= width + _RING and bar.maximum() > bar.minimum() else 0
        self._delegate.gutter = over
        if self.viewportMargins().right() != -over:
            self.setViewportMargins(0, 0, -over, 0)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self.signalsBlocked() and current.isValid():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._pick(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (event.text() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _pick(self, index: Index) -> None:
        self.picked.emit(index.row())


def _alike(one: Sequence[Row], other: Sequence[Row]) -> int:
    """Return how many rows both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs and mine != theirs:
            break
        count += 1
    return count
