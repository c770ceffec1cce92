"""A table for the manager: figures right, state as icon and words, hairlines, a painted head with the sort arrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from tukar.ui.kit.button import draw_focus
from tukar.ui.kit.delegates import Mark, RowDelegate
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import LEFT, RIGHT, Brush, Ink
from tukar.ui.kit.rows import ROW, Index
from tukar.ui.kit.tokens import Colour, Role

_PAD = 12
_BAR = 4
_ARROW = 14
_WINDOWS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


@dataclass(frozen=True)
class Column:
    """``share`` is the part of the free width the column takes beyond ``least`` px; ``figures`` aligns right."""

    title: str
    least: int
    share: int = 0
    figures: bool = False
    sortable: bool = True


@dataclass(frozen=True)
class Cell:
    """``colour`` and ``strong`` for what matters in the row; ``icon`` stands before the words."""

    text: str
    icon: Icon | None = None
    colour: Colour = Colour.INK
    strong: bool = False


class TableModel(QAbstractTableModel):
    """Rows of cells as they came; sorting is the owner's work."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.right_pad = _PAD
        """So far the hairlines end before the right edge; the scroll bar stands on the rest of the padding."""
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self._rows

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, and no rows until they are given anew."""
        self.beginResetModel()
        self.columns, self._rows = tuple(columns), ()
        self.endResetModel()

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Only what comes after the rows that stay is told, so that a page more leaves the reader where they are."""
        new = tuple(tuple(row) for row in rows)
        old = self._rows
        if new[: len(old)] == old:
            if len(new) > len(old):
                self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
                self._rows = new
                self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        cell = self._rows[index.row()][index.column()]
        if role == ROW:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: {cell.text}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class CellDelegate(RowDelegate):
    """Paints one cell; the hairline runs across the row, the selection a little beyond it."""

    def row_height(self, index: Index) -> int:  # noqa: ARG002 - all rows are alike
        return 56 if self.look.theme.wide else 48

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        plain = QStyleOptionViewItem(option)
        plain.state &= ~QStyle.StateFlag.State_HasFocus  # the table draws one ring around the whole row
        super().paint(painter, plain, index)

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        model = index.model()
        assert isinstance(model, TableModel)  # noqa: S101 - only Table uses this delegate
        cell: Cell = index.data(ROW)
        last = index.column() == len(model.columns) - 1
        if mark.selected:
            brush.fill(rect, Colour.SELECT)
            if index.column() == 0:
                brush.fill(QRectF(rect.x(), rect.y(), _BAR, rect.height()), Colour.INK)
        left = rect.x() + (_PAD if index.column() == 0 else 0)
        right = rect.right() - (model.right_pad if last else 0)
        brush.hairline(left, rect.bottom() - brush.theme.strokes.hair, right - left)
        inner = rect.adjusted(_PAD, 0, -(model.right_pad if last else _PAD), 0)
        if cell.icon is not None:
            size = brush.theme.layout.icon - 2
            brush.icon(cell.icon, inner.x(), inner.center().y(), size, cell.colour)
            inner.setLeft(inner.x() + size + 8)
        align = RIGHT if model.columns[index.column()].figures else LEFT
        brush.write(inner, cell.text, Ink(Role.STRONG if cell.strong else Role.BODY, cell.colour, align, may_cut=True))


class Head(QHeaderView):
    """The table's head: the sorted column in ink with its arrow, the others in the second ink."""

    def __init__(self, look: Look, columns: Sequence[Column]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._columns = tuple(columns)
        self.right_pad = _PAD
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 48)

    def set_columns(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        brush = Brush(painter, self._look, QRectF(rect))
        column = self._columns[section]
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        inner = QRectF(rect).adjusted(_PAD, 0, -_PAD, 0)
        ink = Ink(
            Role.LABEL, Colour.INK if sorted_here else Colour.INK_2, RIGHT if column.figures else LEFT, may_cut=True
        )
        if sorted_here and column.figures:
            inner.setRight(inner.right() - _ARROW - 4)
        drawn = brush.write(inner, column.title, ink)
        if sorted_here:
            down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            left = inner.right() + 4 if column.figures else inner.x() + drawn + 6
            arrow = Icon.ARROW_DOWN if down else Icon.ARROW_UP
            brush.icon(arrow, left, inner.center().y(), _ARROW, Colour.INK)
        left = rect.x() + (_PAD if section == 0 else 0)
        right = rect.right() + 1 - (self.right_pad if section == len(self._columns) - 1 else 0)
        brush.hairline(left, rect.bottom() + 1 - brush.theme.strokes.hair, right - left)
        painter.restore()


class Table(QTableView):
    """A table of painted cells.

    ``sorted_by`` carries (column, descending) when a head is touched, ``chosen`` the row that became current,
    ``picked`` the one touched twice or confirmed with Space; ``near_end`` asks for more rows while the reader comes
    close to the last. ``focused`` tells whether the keys go here, for what Enter does then. Enter and letters are left
    to the window.
    """

    sorted_by = Signal(int, bool)
    chosen = Signal(int)
    picked = Signal(int)
    near_end = Signal()
    focused = Signal(bool)

    def __init__(self, look: Look, name: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self._look = look
        self._columns = tuple(columns)
        self._sorted: tuple[int, bool] | None = None
        self._cells = TableModel(columns)
        self.setModel(self._cells)
        self._delegate = CellDelegate(look)
        self._delegate.setParent(self)
        self.setItemDelegate(self._delegate)
        self._head = Head(look, columns)
        self.setHorizontalHeader(self._head)
        self._head.setAccessibleName(name)
        self._head.sectionClicked.connect(self._sort)
        self.verticalHeader().hide()
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(lambda index: self.picked.emit(index.row()))
        look.changed.connect(self._restyle)
        self._restyle()

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self._cells.rows

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, or the same in another language; rows are given anew after it."""
        self._columns = tuple(columns)
        self._head.set_columns(columns)
        self._cells.set_columns(columns)
        self._spread()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self._head.setAccessibleName(name)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Rows that begin as the ones before leave the place and the choice as they are."""
        self._cells.set_rows(rows)

    def texts(self) -> tuple[tuple[str, ...], tuple[bool, ...], tuple[tuple[str, ...], ...]]:
        """Return headings, which columns hold figures, and the rows, as they stand on the screen: for paper."""
        return (
            tuple(column.title for column in self._columns),
            tuple(column.figures for column in self._columns),
            tuple(tuple(cell.text for cell in row) for row in self.rows),
        )

    def choose(self, row: int) -> None:
        """Make a row current without a signal; -1 for none."""
        if row == self.current_row():
            return
        self.blockSignals(True)
        index = self._cells.index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        self.blockSignals(False)
        if not index.isValid():
            self.clearSelection()

    def current_row(self) -> int:
        return self.currentIndex().row()

    def show_sorted(self, column: int, *, descending: bool) -> None:
        """Mark the column the rows are sorted by."""
        self._sorted = (column, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._head.setSortIndicatorShown(True)
        self._head.setSortIndicator(column, order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and not self.signalsBlocked() and current.row() != previous.row():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.picked.emit(self.current_row())
        elif event.key() in _WINDOWS_KEYS or (event.text() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self._cells.rows:
            self.setCurrentIndex(self._cells.index(0, 0))
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hasFocus() and self.currentIndex().isValid()):
            return
        first = self.visualRect(self._cells.index(self.current_row(), 0))
        row = QRectF(0, first.y(), self.viewport().width(), first.height())
        painter = QPainter(self.viewport())
        draw_focus(Brush(painter, self._look, row), row, self._look.theme.radius.cap)
        painter.end()

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - value < 2 * bar.pageStep():
            self.near_end.emit()

    def _spread(self) -> None:
        """Give each column its least width and its share of the rest, up to the same edge with or without a bar."""
        beside = self.width() - self.viewport().width()
        self._cells.right_pad = self._head.right_pad = max(_PAD - beside, 0)
        free = max(self.viewport().width() - sum(column.least for column in self._columns), 0)
        shares = sum(column.share for column in self._columns) or 1
        shared = given = 0
        for place, column in enumerate(self._columns):
            shared += column.share
            # What is left over by rounding goes on to the next column: the last one ends on the edge.
            due = free * shared // shares
            self.setColumnWidth(place, column.least + due - given)
            given = due

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height(QModelIndex()))
        self.viewport().update()

    def _sort(self, column: int) -> None:
        if self._sorted is not None:
            # Qt turns the arrow at the touch; it shall show how the rows are sorted, not how they may be soon.
            self.show_sorted(self._sorted[0], descending=self._sorted[1])
        if not self._columns[column].sortable:
            return
        self.sorted_by.emit(column, self._sorted == (column, False))
