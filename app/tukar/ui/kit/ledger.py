"""Rows of a label at the left and a figure at the right, all ending on one edge."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import RIGHT, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_LABEL = Ink(Role.BODY, Colour.INK_2, may_cut=True)
_FIGURE = Ink(Role.BODY, Colour.INK_2)


@dataclass(frozen=True)
class LedgerRow:
    """``note`` is a caption under the figure; ``rule`` draws a hairline above."""

    label: str
    figure: str
    label_ink: Ink = _LABEL
    figure_ink: Ink = _FIGURE
    note: str = ""
    rule: bool = False


class Ledger(QWidget):
    """Paints its rows from the top; a screen reader hears them one after the other. ``spacing`` is added between."""

    _RULE_SPACE = 12

    def __init__(self, look: Look, spacing: int = 0) -> None:
        super().__init__()
        self._look = look
        self._spacing = spacing
        self._rows: tuple[LedgerRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, look)

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        return self._rows

    def show_rows(self, rows: Sequence[LedgerRow]) -> None:
        if self._rows == tuple(rows):
            return
        self._rows = tuple(rows)
        self.setAccessibleName(". ".join(" ".join(filter(None, (r.label, r.figure, r.note))) for r in self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        both = [theme.width(r.figure_ink.role, r.figure) + theme.width(r.label_ink.role, r.label) for r in self._rows]
        return QSize(round(max(both, default=0.0)) + 24, round(sum(self._heights())))

    def minimumSizeHint(self) -> QSize:
        theme = self._look.theme
        figures = [theme.width(r.figure_ink.role, r.figure) for r in self._rows]
        return QSize(round(max(figures, default=0.0)) + 80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            theme = brush.theme
            top = 0.0
            for row, height in zip(self._rows, self._heights(), strict=True):
                at = top
                if row.rule:
                    brush.hairline(0, round(at + self._RULE_SPACE), self.width())
                    at += 2 * self._RULE_SPACE + theme.strokes.hair
                line = QRectF(0, at, self.width(), self._line(row))
                taken = brush.write(line, row.figure, replace(row.figure_ink, align=RIGHT))
                brush.write(line.adjusted(0, 0, -taken - 12, 0), row.label, row.label_ink)
                note = QRectF(0, line.bottom(), self.width(), theme.line(Role.CAPTION))
                brush.write(note, row.note, Ink(Role.CAPTION, Colour.INK_2, RIGHT))
                top += height

    def _line(self, row: LedgerRow) -> int:
        theme = self._look.theme
        return max(theme.line(row.label_ink.role), theme.line(row.figure_ink.role))

    def _heights(self) -> list[float]:
        theme = self._look.theme
        found: list[float] = []
        for place, row in enumerate(self._rows):
            height = float(self._line(row))
            height += theme.line(Role.CAPTION) if row.note else 0
            height += 2 * self._RULE_SPACE + theme.strokes.hair if row.rule else 0
            height += self._spacing if place < len(self._rows) - 1 else 0
            found.append(height)
        return found
