"""How the rows of rows.py are painted."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tukar.ui.kit.bar import draw_bar
from tukar.ui.kit.button import draw_focus
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.keycap import cap_height, cap_width, draw_cap
from tukar.ui.kit.look import Look
from tukar.ui.kit.paint import CENTRE, RIGHT, Brush, Edge, Ink
from tukar.ui.kit.rows import (
    ROW,
    BillRow,
    HitRow,
    Index,
    OfferRow,
    PromotionKind,
    PromotionRow,
    Row,
    RowPainter,
    TenderRow,
)
from tukar.ui.kit.tokens import Colour, Role

_BAR = 4.0
_SMALL_ICON, _SMALL_GAP = 16, 6
_GAP = 12
_QUANTITY = 36
_KEPT = 32
"""Pictures of rows: two screens full, so that walking up and down a bill writes little."""


@dataclass(frozen=True)
class Mark:
    """How the view marks a row."""

    selected: bool
    focused: bool
    hovered: bool


class RowDelegate(RowPainter):
    """Gives each kind of row a brush, its rectangle and its marks.

    With a ``ground``, the tone that lies under the list, rows are kept as pictures: a list that grows moves all of its
    rows at every scan, and only the new one has to be written.
    """

    def __init__(self, look: Look, ground: Colour | None = None) -> None:
        super().__init__()
        self.look = look
        self._ground = ground
        self._pictures: dict[tuple[Row, Mark, bool, int, int, float], QPixmap] = {}
        self._theme = look.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        mark = Mark(
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
        )
        ratio = painter.device().devicePixelRatio()
        if self._ground is not None and ratio.is_integer():  # else a picture would lie between two pixels
            painter.drawPixmap(
                option.rect.topLeft(), self._picture(self._ground, option.rect.size(), index, mark, ratio)
            )
            return
        painter.save()
        self._write(painter, QRectF(option.rect), index, mark)
        painter.restore()

    def _write(self, painter: QPainter, rect: QRectF, index: Index, mark: Mark) -> None:
        brush = Brush(painter, self.look, rect)
        if not mark.focused:
            self.paint_row(brush, rect, index, mark)
            return
        # Nothing of the row may look out of the round corners of its ring.
        radius = self.look.theme.radius.key
        inside = QPainterPath()
        ring = rect.adjusted(0, 0, -self.gutter, 0)
        inside.addRoundedRect(ring, radius, radius)
        painter.setClipPath(inside, Qt.ClipOperation.IntersectClip)
        self.paint_row(brush, rect, index, mark)
        draw_focus(brush, ring, radius)

    def _picture(self, ground: Colour, size: QSize, index: Index, mark: Mark, ratio: float) -> QPixmap:
        theme = self.look.theme
        if theme is not self._theme:
            self._theme = theme
            self._pictures.clear()
        key = (index.data(ROW), mark, index.row() > 0, size.width(), self.gutter, ratio)
        found = self._pictures.pop(key, None)
        if found is None:
            found = QPixmap(size * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(theme.colour(ground))
            painter = QPainter(found)
            self._write(painter, QRectF(QPointF(), QSizeF(size)), index, mark)
            painter.end()
        self._pictures[key] = found
        if len(self._pictures) > _KEPT:
            del self._pictures[next(iter(self._pictures))]
        return found

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_height(index))

    @abstractmethod
    def row_height(self, index: Index) -> int:
        """Return the height of a row in logical pixels."""

    @abstractmethod
    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        """Draw one row."""


def two_lines(brush: Brush, rect: QRectF, upper: Role) -> tuple[QRectF, QRectF]:
    """Return the boxes of a line of ``upper`` and of a caption below, together in the middle of ``rect``."""
    first, second = brush.theme.line(upper), brush.theme.line(Role.CAPTION)
    top = rect.y() + (rect.height() - first - second) / 2
    return (
        QRectF(rect.x(), top, rect.width(), first),
        QRectF(rect.x(), top + first, rect.width(), second),
    )


def _selected_ground(brush: Brush, rect: QRectF, bar: Colour) -> None:
    brush.fill(rect, Colour.SELECT)
    brush.fill(QRectF(rect.x(), rect.y(), _BAR, rect.height()), bar)


class BillLineDelegate(RowDelegate):
    """A line of the bill: quantity, name over reason or price, amount over old amount; a hairline above."""

    all_alike = True

    @property
    def margin(self) -> int:
        return self.look.theme.layout.pad

    def row_height(self, index: Index) -> int:  # noqa: ARG002 - all rows are alike
        return self.look.theme.layout.row

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        row: BillRow = index.data(ROW)
        pad = brush.theme.layout.pad
        inner = rect.adjusted(pad, 0, -pad, 0)
        if mark.selected:
            _selected_ground(brush, rect, Colour.INK)
        elif index.row() > 0:
            brush.hairline(inner.x(), inner.y(), inner.width())
        upper, lower = two_lines(brush, inner, Role.NAME)
        single = row.quantity == "1"
        quantity = QRectF(upper.x(), upper.y(), _QUANTITY - 4, upper.height())
        ink = Ink(Role.NAME, Colour.INK_3) if single else Ink(Role.AMOUNT)
        brush.write(quantity, row.quantity, ink)
        colour = Colour.POINTS if row.reduced else Colour.INK
        taken = brush.write(upper, row.amount, Ink(Role.AMOUNT, colour, RIGHT))
        old = brush.write(lower, row.old_amount or "", Ink(Role.CAPTION, Colour.INK_3, RIGHT, strike=True))
        name = upper.adjusted(_QUANTITY, 0, -taken - _GAP, 0)
        brush.write(name, row.name, Ink(Role.NAME, may_cut=True))
        _sub(brush, lower.adjusted(_QUANTITY, 0, -old - _GAP, 0), row)


def _sub(brush: Brush, box: QRectF, row: BillRow) -> None:
    colour = Colour.POINTS if row.reduced else Colour.INK_3
    if row.icon is not None:
        brush.icon(row.icon, box.x(), box.center().y(), _SMALL_ICON, colour)
        box = box.adjusted(_SMALL_ICON + _SMALL_GAP, 0, 0, 0)
    brush.write(box, row.sub, Ink(Role.CAPTION, colour, may_cut=True))


class HitDelegate(RowDelegate):
    """An item found: what was typed is bold. The current hit, when it is the next step, carries ``next_key`` in green.

    ``pad`` is the inner margin at both sides; hairlines keep to it, the selected ground does not.
    """

    all_alike = True

    def __init__(self, look: Look, pad: int = 16) -> None:
        super().__init__(look)
        self.pad = pad
        self.next_key = ""

    @property
    def margin(self) -> int:
        return self.pad

    def row_height(self, index: Index) -> int:  # noqa: ARG002 - all rows are alike
        return self.look.theme.layout.hit

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        row: HitRow = index.data(ROW)
        inner = rect.adjusted(self.pad, 0, -self.pad, 0)
        if mark.selected:
            _selected_ground(brush, rect, Colour.ACCENT if self.next_key else Colour.INK)
        elif index.row() > 0:
            brush.hairline(inner.x(), inner.y(), inner.width())
        upper, lower = two_lines(brush, inner, Role.BODY)
        if not row.code and not self.next_key:
            upper.moveTop(inner.center().y() - upper.height() / 2)
        taken = brush.write(upper, row.price, Ink(Role.STRONG, align=RIGHT))
        brush.runs(upper.adjusted(0, 0, -taken - _GAP, 0), _bold(row))
        room = lower
        if mark.selected and self.next_key:
            room = lower.adjusted(0, 0, -cap_width(brush.theme, self.next_key) - _GAP, 0)
            self._next_cap(brush, lower)
        brush.write(room, row.code, Ink(Role.CAPTION, Colour.INK_2 if mark.selected else Colour.INK_3, may_cut=True))

    def _next_cap(self, brush: Brush, line: QRectF) -> None:
        width, height = cap_width(brush.theme, self.next_key), min(cap_height(brush.theme), line.height())
        box = QRectF(line.right() - width, line.center().y() - height / 2, width, height)
        brush.rr(box, brush.theme.radius.cap, Colour.ACCENT)
        brush.write(box, self.next_key, Ink(Role.LABEL, Colour.ON_ACCENT, CENTRE, scale=12 / 13))


def _bold(row: HitRow) -> list[tuple[str, Ink]]:
    plain, bold = Ink(Role.BODY, may_cut=True), Ink(Role.STRONG, may_cut=True)
    parts: list[tuple[str, Ink]] = []
    at = 0
    for start, length in row.match:
        parts.append((row.name[at:start], plain))
        parts.append((row.name[start : start + length], bold))
        at = start + length
    parts.append((row.name[at:], plain))
    return [(text, ink) for text, ink in parts if text]


class PromotionRowDelegate(RowDelegate):
    """A row of the promotions sheet: tick box, name, star, what it takes off; or what is missing."""

    _TICK, _STAR, _BAR_WIDTH = 24, 20, 72
    _EDGE = 2.0
    _HEIGHTS: ClassVar = {
        PromotionKind.HEADING: (36, 44),
        PromotionKind.OFFER: (56, 72),
        PromotionKind.NOT_YET: (48, 56),
    }

    @property
    def margin(self) -> int:
        return _GAP

    def row_height(self, index: Index) -> int:
        narrow, wide = self._HEIGHTS[index.data(ROW).kind]
        return wide if self.look.theme.wide else narrow

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        row: PromotionRow = index.data(ROW)
        inner = rect.adjusted(_GAP, 0, -_GAP, 0)
        if row.kind is PromotionKind.HEADING:
            line = QRectF(inner.x(), inner.bottom() - 28, inner.width(), 24)
            brush.write(line, row.name, Ink(Role.LABEL, Colour.INK_2))
        elif row.kind is PromotionKind.OFFER:
            if mark.selected:
                brush.rr(rect.adjusted(0, 1, 0, -1), brush.theme.radius.key, Colour.SELECT)
            self._offer(brush, inner, row)
        else:
            if mark.selected:
                brush.rr(rect.adjusted(0, 1, 0, -1), brush.theme.radius.key, Colour.SELECT)
            self._not_yet(brush, inner, row)

    def _offer(self, brush: Brush, inner: QRectF, row: PromotionRow) -> None:
        box = QRectF(inner.x(), round(inner.center().y() - self._TICK / 2), self._TICK, self._TICK)
        if row.ticked:
            brush.rr(box, 6, Colour.INK)
            brush.icon(Icon.CHECK, box.x() + 4, box.center().y(), 16, Colour.PLANE)
        else:
            brush.rr(box, 6, None, Edge(Colour.EDGE, self._EDGE))
        upper, lower = two_lines(brush, inner, Role.STRONG)
        colour = Colour.POINTS if row.ticked else Colour.INK_2
        taken = brush.write(upper, row.amount, Ink(Role.STRONG, colour, RIGHT))
        lead = self._TICK + 14
        name = upper.adjusted(lead, 0, -taken - _GAP - (self._STAR + 10 if row.best else 0), 0)
        end = name.x() + brush.write(name, row.name, Ink(Role.STRONG, may_cut=True))
        if row.best:
            brush.icon(Icon.STAR, round(end + 9), upper.center().y(), self._STAR, Colour.POINTS)
        brush.write(lower.adjusted(lead, 0, 0, 0), row.sub, Ink(Role.CAPTION, Colour.INK_2, may_cut=True))

    def _not_yet(self, brush: Brush, inner: QRectF, row: PromotionRow) -> None:
        middle = inner.center().y()
        brush.icon(Icon.DASH, inner.x() + 3, middle, 18, Colour.INK_3)
        taken = brush.write(inner, row.sub, Ink(Role.CAPTION, Colour.INK_3, RIGHT))
        if row.share is not None:
            left = round(inner.right() - taken - _GAP - self._BAR_WIDTH)
            draw_bar(brush, QRectF(left, round(middle) - 2, self._BAR_WIDTH, 4), row.share, Colour.INK_2)
            taken += _GAP + self._BAR_WIDTH
        name = inner.adjusted(self._TICK + 14, 0, -taken - _GAP, 0)
        brush.write(name, row.name, Ink(Role.BODY, Colour.INK_3, may_cut=True))


class OfferRowDelegate(RowDelegate):
    """A promotion beside the bill: icon, name, what it takes off, and the button that applies it."""

    _LEAD = 32
    _BUTTON_HEIGHT, _BUTTON_PAD = 44, 14

    def row_height(self, index: Index) -> int:  # noqa: ARG002 - all rows are alike
        return 60 if self.look.theme.wide else 48

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        row: OfferRow = index.data(ROW)
        theme = brush.theme
        can = bool(row.amount)
        size = theme.layout.icon
        brush.icon(row.icon, rect.x(), rect.center().y(), size, Colour.POINTS if can else Colour.INK_3)
        right = rect.right()
        if row.action:
            right -= self._button(brush, rect, row.action, mark) + _GAP
        box = QRectF(rect.x(), rect.y(), right - rect.x(), rect.height())
        if row.key:
            draw_cap(brush, right, rect.center().y(), row.key, (Colour.EDGE, Colour.INK_2))
            taken = cap_width(theme, row.key)
        elif can:
            taken = brush.write(box, row.amount, Ink(Role.STRONG, Colour.POINTS, RIGHT))
        else:
            taken = brush.write(box, row.hint, Ink(Role.CAPTION, Colour.INK_3, RIGHT))
        name = box.adjusted(size + _GAP, 0, -taken - _GAP, 0)
        ink = Colour.INK_2 if row.key else Colour.INK if can else Colour.INK_3
        brush.write(name, row.name, Ink(Role.BODY, ink, may_cut=True))

    def _button(self, brush: Brush, rect: QRectF, word: str, mark: Mark) -> float:
        theme = brush.theme
        width = round(theme.width(Role.STRONG, word) + 2 * self._BUTTON_PAD)
        height = min(self._BUTTON_HEIGHT, rect.height() - 4)
        box = QRectF(rect.right() - width, rect.center().y() - height / 2, width, height)
        edge = Edge(Colour.EDGE, theme.strokes.key) if theme.strokes.key else None
        brush.rr(box, theme.radius.key, Colour.KEY_HOVER if mark.hovered else Colour.KEY, edge)
        brush.write(box, word, Ink(Role.STRONG, align=CENTRE))
        return width


class TenderRowDelegate(RowDelegate):
    """Money given: icon, what it is over how it stands, the amount; a hairline below."""

    def row_height(self, index: Index) -> int:  # noqa: ARG002 - all rows are alike
        return 84 if self.look.theme.wide else 64

    def paint_row(self, brush: Brush, rect: QRectF, index: Index, mark: Mark) -> None:
        row: TenderRow = index.data(ROW)
        if mark.selected:
            _selected_ground(brush, rect, Colour.INK)
        size = brush.theme.layout.icon
        upper, lower = two_lines(brush, rect, Role.STRONG)
        brush.icon(row.icon, rect.x(), upper.center().y(), size, Colour.INK_2)
        taken = brush.write(upper, row.amount, Ink(Role.STRONG, align=RIGHT))
        brush.write(upper.adjusted(size + _GAP, 0, -taken - _GAP, 0), row.name, Ink(Role.STRONG, may_cut=True))
        brush.write(lower.adjusted(size + _GAP, 0, 0, 0), row.sub, Ink(Role.CAPTION, Colour.INK_2, may_cut=True))
        brush.hairline(rect.x(), rect.bottom() - brush.theme.strokes.hair, rect.width())
