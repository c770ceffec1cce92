"""The bill: its number, who serves, its lines like paper coming through the till, and the totals below."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent

from tukar.domain.pricing.result import FreeLine, PricedLine
from tukar.till.billing import BillModel, Row
from tukar.till.notices import Notice
from tukar.ui.kit import (
    BillLineDelegate,
    BillRow,
    Colour,
    Icon,
    Ink,
    Ledger,
    LedgerRow,
    Look,
    NoticeStrip,
    Plane,
    QuietButton,
    Role,
    RowList,
    SizeClass,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import by_hand, selling
from tukar.ui.wording.offers import line_reason

_GIVEN = Ink(Role.BODY, Colour.POINTS)
_STRONG = Ink(Role.STRONG, Colour.INK, may_cut=True)
_GOODS_BACK = 3
"""As many lines of goods that come back as leave room for the bill in a small window."""


class BillPanel(Plane):
    """Emits which line was chosen, or touched once more; keys that change a line come from the window."""

    line_chosen = Signal(int)
    line_touched = Signal(int)
    salesperson_requested = Signal()
    undo_requested = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__(look, Colour.PLANE)
        self._look = look
        self._language = language
        self._model: BillModel | None = None
        self._rows: tuple[Row, ...] = ()
        self._just_chosen = -1
        self._written: list[BillRow] = []
        self._title = Text(look, "", Ink(Role.STRONG))
        self._count = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self._salesperson = QuietButton(look, "", icon=Icon.SALESPERSON, flush=True)
        self._salesperson.clicked.connect(self.salesperson_requested)
        self._undo = QuietButton(look, "", icon=Icon.UNDO, flush=True)
        self._undo.clicked.connect(self.undo_requested)
        self.lines = RowList(look, BillLineDelegate(look, Colour.PLANE), "")
        self.lines.chosen.connect(self._choose)
        self.lines.picked.connect(self._touch)
        self._empty = Text(look, "", Ink(Role.BODY, Colour.INK_3), wrap=True)
        self._beside = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True))
        self._beside.set_icon(Icon.NOTE)
        self._notice = NoticeStrip(look)
        self.totals = Ledger(look)
        widgets = (self._title, self._count, self._undo, self._salesperson, self.lines, self._empty, self._beside,
                   self._notice, self.totals)  # fmt: skip
        for widget in widgets:
            widget.setParent(self)
        self._edge = Plane(look, Colour.LINE)
        self._edge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._edge.setParent(self)
        self.top = 0
        language.changed.connect(self._renew)
        look.changed.connect(self._renew)

    def show_bill(self, model: BillModel) -> None:
        """Writes only the lines that differ from those before."""
        self._model = model
        self._written = self._rewritten(model.rows)
        self._rows = model.rows
        self._tell(model)

    def tell(self, notice: Notice) -> None:
        """Says something about the bill until it changes."""
        if self._model is not None:
            self.show_bill(replace(self._model, notice=notice))

    def selected_line(self) -> PricedLine | None:
        """The line under the bar, unless it is a gift or the bill is empty."""
        model = self._model
        row = model.rows[model.selected] if model is not None and model.rows else None
        return row if isinstance(row, PricedLine) else None

    def start_below(self, top: int) -> None:
        """Leaves the first ``top`` pixels to the search field of a compact window."""
        self.top = top
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _choose(self, row: int) -> None:
        self._just_chosen = row
        self.line_chosen.emit(row)

    def _touch(self, row: int) -> None:
        # The first touch chooses a line, the second one opens it.
        first, self._just_chosen = self._just_chosen == row, -1
        if not first:
            self.line_touched.emit(row)

    def _renew(self) -> None:
        if self._model is not None:
            self._written = [self._line(row) for row in self._rows]
            self._tell(self._model)

    def _tell(self, model: BillModel) -> None:
        words, write = self._language, self._language.format
        title = QCoreApplication.translate("Bill", "Bill {number}") if model.number else self._new_bill()
        self._title.setText(title.format(number=model.number))
        counted = (selling.lines(len(model.rows), words), selling.items(model.pieces, words))
        self._count.setText("" if model.is_empty else ", ".join(counted))
        nobody = QCoreApplication.translate("Bill", "No salesperson")
        self._salesperson.set_label(model.salesperson.name if model.salesperson else nobody)
        self._salesperson.set_picture(None if self._look.theme.size is SizeClass.COMPACT else Icon.SALESPERSON)
        self._undo.set_label(QCoreApplication.translate("Bill", "Undo"))
        self._undo.setAccessibleName(QCoreApplication.translate("Bill", "Undo, Ctrl+Z"))
        self._undo.setVisible(model.can_undo)
        self.lines.setAccessibleName(QCoreApplication.translate("Bill", "Lines of the bill"))
        self.lines.show_rows(self._written)
        self.lines.choose(model.selected)
        self.lines.setVisible(not model.is_empty)
        self._empty.setVisible(model.is_empty)
        self._empty.setText(QCoreApplication.translate("Bill", "Scan an item, or type its name or code."))
        self._beside.setText(selling.written_on_bill(model.note, model.buyer))
        self._beside.setToolTip(model.note)
        tell(self._notice, model.notice, words)
        rows = [LedgerRow(QCoreApplication.translate("Bill", "Before promotions"), write.money(model.before))]
        given = QCoreApplication.translate("Bill", "Promotions")
        if model.discount:
            rows.append(LedgerRow(given, write.off(model.discount), _GIVEN, _GIVEN))
        if model.tax:
            rows.append(LedgerRow(selling.tax(model), write.money(model.tax)))
        self.totals.show_rows([*([] if model.is_empty else rows), *self._exchanged(model)])
        self._arrange()

    def _exchanged(self, model: BillModel) -> list[LedgerRow]:
        """Goods that come back with what each counts for, and what they leave to pay or to give back."""
        exchange, write = model.exchange, self._language.format
        if exchange is None:
            return []
        shown = exchange.goods if len(exchange.goods) <= _GOODS_BACK else exchange.goods[: _GOODS_BACK - 1]
        rows = [
            LedgerRow(f"{write.quantity(one.quantity)} {one.name}", write.off(one.money), rule=one is shown[0])
            for one in shown
        ]
        more = len(exchange.goods) - len(shown)
        if more:
            rows.append(LedgerRow(QCoreApplication.translate("Bill", "and {count} more").format(count=more), ""))
        back = QCoreApplication.translate("Bill", "Comes back from bill {number}").format(number=exchange.number)
        rows.append(LedgerRow(back, write.off(exchange.credit), _STRONG, _STRONG))
        left = model.left_to_pay
        words = QCoreApplication.translate("Payment", "Left to pay")
        if left.minor < 0:
            words = QCoreApplication.translate("Payment", "To give back")
        if not model.is_empty:
            rows.append(LedgerRow(words, write.money(-left if left.minor < 0 else left), _STRONG, _STRONG))
        return rows

    @staticmethod
    def _new_bill() -> str:
        return QCoreApplication.translate("Bill", "New bill")

    def _rewritten(self, rows: tuple[Row, ...]) -> list[BillRow]:
        """What stands at both ends as it did stays as it was written, without a look at what it says."""
        old, written = self._rows, self._written
        head = _alike(old, rows)
        tail = _alike(old[head:][::-1], rows[head:][::-1])
        end, old_end = len(rows) - tail, len(old) - tail
        known = {_key(row): (row, line) for row, line in zip(old[head:old_end], written[head:old_end], strict=True)}
        between = [self._kept(row, known.get(_key(row))) for row in rows[head:end]]
        return [*written[:head], *between, *written[old_end:]]

    def _kept(self, row: Row, before: tuple[Row, BillRow] | None) -> BillRow:
        return before[1] if before is not None and _same(before[0], row) else self._line(row)

    def _line(self, row: Row) -> BillRow:
        return self._free(row) if isinstance(row, FreeLine) else self._sold(row)

    def _sold(self, row: PricedLine) -> BillRow:
        write, line = self._language.format, row.line
        quantity, amount = write.quantity(line.quantity), write.money(row.net)
        if row.net == row.gross:
            price = write.unit_price(line.unit_price)
            each = selling.per_kilogram(price) if line.item.weighed else selling.each(price)
            by = by_hand.of_line(line.override, line.discount, line.note, self._language)
            sub = ", ".join(filter(None, (each, *by, self._seller(line.salesperson_id))))
            spoken = f"{line.item.name}, {quantity}, {amount}, {sub}"
            return BillRow(quantity, line.item.name, sub, None, amount, None, False, spoken)
        reason = line_reason(row.discounts, self._language, wholly_free=not row.net)
        reason = ", ".join(filter(None, (reason, self._seller(line.salesperson_id))))
        icon = Icon.TAG if row.net else Icon.GIFT
        return self._reduced(quantity, line.item.name, reason, icon, amount, write.figure(row.gross))

    def _seller(self, salesperson_id: str) -> str:
        """The line's own; a number nobody has any more stays a number."""
        names = {one.salesperson_id: one.name for one in (self._model.sellers if self._model else ())}
        return names.get(salesperson_id, salesperson_id)

    def _free(self, row: FreeLine) -> BillRow:
        write = self._language.format
        amount = write.money(row.worth - row.worth)
        reason = self._language.name(row.name)
        quantity = write.quantity(row.quantity)
        return self._reduced(quantity, row.item.name, reason, Icon.GIFT, amount, write.figure(row.worth))

    def _reduced(self, quantity: str, name: str, reason: str, icon: Icon, amount: str, old: str) -> BillRow:
        was = QCoreApplication.translate("Bill", "was {amount}").format(amount=old)
        spoken = f"{name}, {quantity}, {amount}, {was}, {reason}"
        return BillRow(quantity, name, reason, icon, amount, old, True, spoken)

    def _arrange(self) -> None:
        theme = self._look.theme
        pad, width = theme.layout.pad, self.width()
        head = theme.touch.min if self.top else theme.layout.row - 8
        title = self._title.sizeHint().width()
        self._title.setGeometry(pad, self.top, title, head)
        self._count.setGeometry(pad + title + 18, self.top, self._count.sizeHint().width(), head)
        right = width - pad
        for button in (self._salesperson, self._undo):
            if button is self._undo and not self._undo.isVisibleTo(self):
                continue
            size = button.sizeHint()
            tall = max(size.height(), theme.touch.min)
            button.setGeometry(right - size.width(), self.top + (head - tall) // 2, size.width(), tall)
            right -= size.width() + 24
        totals = self.totals.sizeHint().height()
        foot = self.height() - totals - (24 if theme.wide else 14)
        self.totals.setGeometry(pad, foot, width - 2 * pad, totals)
        if self._notice.sentence:
            told = max(self._notice.heightForWidth(width - 2 * pad), theme.touch.key)
            foot -= told + 12
            self._notice.setGeometry(pad, foot, width - 2 * pad, told)
        self._beside.setVisible(bool(self._beside.text()))
        if self._beside.text():
            foot -= theme.touch.min // 2 + 8
            self._beside.setGeometry(pad, foot, width - 2 * pad, theme.touch.min // 2)
        top = self.top + head
        self.lines.setGeometry(QRect(0, top, width, max(foot - 8 - top, 0)))
        # The line to the search plane, where there is one, lies over the rows: they reach from edge to edge.
        thick = 2 if theme.contrast else round(theme.strokes.hair)
        self._edge.setGeometry(self._look.placed(0, thick, width), 0, thick, self.height())
        self._edge.setVisible(not self.top)
        self._empty.setGeometry(pad, top + 8, width - 2 * pad, 3 * theme.line(Role.BODY))


def _same(one: Row, other: Row) -> bool:
    # A bill's lines stay the same objects while nobody changes them, so that a long bill costs little.
    if isinstance(one, PricedLine) and isinstance(other, PricedLine):
        return one.line is other.line and one.gross == other.gross and one.discounts == other.discounts
    return one == other


def _alike(one: tuple[Row, ...], other: tuple[Row, ...]) -> int:
    """How many rows both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs and not _same(mine, theirs):
            break
        count += 1
    return count


def _key(row: Row) -> object:
    return row.line.line_id if isinstance(row, PricedLine) else (row.key, row.item.sku)
