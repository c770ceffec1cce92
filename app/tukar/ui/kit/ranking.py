"""Who gave most, as rows with a bar: name left, figure right, the bar below as long as its share of the first."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from tukar.ui.kit.bar import draw_bar
from tukar.ui.kit.delegates import Mark, RowDelegate
from tukar.ui.kit.paint import RIGHT, Brush, Ink
from tukar.ui.kit.rows import ROW, Index
from tukar.ui.kit.tokens import Colour, Role

_BAR = 4
_GAP = 12
_ABOVE_BAR = 6


@dataclass(frozen=True)
class RankRow:
    """``share`` (0 to 1) is how long the bar is; ``note`` stands in the second ink before the figure."""

    name: str
    figure: str
    note: str
    share: float
    accessible: str


class RankDelegate(RowDelegate):
    """Paints a rank, 48 px high; a chosen one stands on the ground of everything selected."""

    all_alike = True

    def row_height(self, index: Index) -> int:  # noqa: ARG002 - all rows are alike
        return 56 if self.look.theme.wide else 48

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        row: RankRow = index.data(ROW)
        if mark.selected or mark.hovered:
            brush.rr(rect, brush.theme.radius.key, Colour.SELECT)
        inner = rect.adjusted(_GAP, 0, -_GAP, 0)
        line = brush.theme.line(Role.BODY)
        top = rect.y() + (rect.height() - line - _ABOVE_BAR - _BAR) / 2
        words = QRectF(inner.x(), top, inner.width(), line)
        taken = brush.write(words, row.figure, Ink(Role.STRONG, align=RIGHT)) + _GAP
        if row.note:
            note = words.adjusted(0, 0, -taken, 0)
            taken += brush.write(note, row.note, Ink(Role.CAPTION, Colour.INK_2, RIGHT)) + _GAP
        brush.write(words.adjusted(0, 0, -taken, 0), row.name, Ink(Role.BODY, may_cut=True))
        draw_bar(brush, QRectF(inner.x(), top + line + _ABOVE_BAR, inner.width(), _BAR), row.share, Colour.POINTS)
