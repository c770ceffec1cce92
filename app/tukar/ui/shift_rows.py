"""What stands on an X or Z report, row by row, so that screen, PDF and paper can say only the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from tukar.domain.shift import ShiftClosing, ShiftReport
from tukar.till.ports import ShiftPaper, ShopProfile
from tukar.ui.format import MINUS
from tukar.ui.receipt_rows import HEAD, SMALL, STRONG, Bar, Centred, Pair, PaperRow, Rule, TotalRow
from tukar.ui.translations import Language
from tukar.ui.wording import receipts, shifts


@dataclass(frozen=True, slots=True)
class ShiftRows:
    """``receipt_rows.Printable`` of a shift: an X while it is open, the Z once it is closed."""

    paper: ShiftPaper
    shop: ShopProfile
    practice: bool = False

    @property
    def title(self) -> str:
        shift = self.paper.shift
        if shift.closing is not None:
            return f"Z-{shift.till_id}-{shift.closing.number:04d}"
        return f"X-{shift.till_id}-{self.paper.at:%Y%m%d-%H%M%S}"

    def rows(self, language: Language) -> tuple[PaperRow, ...]:
        return tuple(self._rows(language))

    def _rows(self, language: Language) -> Iterator[PaperRow]:
        report, closing = self.paper.report, self.paper.shift.closing
        yield from self._head(language)
        yield Rule()
        yield from _sales(report, language)
        yield from _group(QCoreApplication.translate("Shift", "Payments"), _tenders(report, language))
        yield from _group(QCoreApplication.translate("Shift", "Tax"), _taxes(report, language))
        yield from _group(QCoreApplication.translate("Shift", "Promotions"), _promotions(report, language))
        yield from _group(QCoreApplication.translate("Shift", "Points"), _points(report, language))
        yield from _group(QCoreApplication.translate("Shift", "Salespeople"), _sellers(report, language))
        yield from _group(QCoreApplication.translate("Shift", "Drawer"), self._drawer(language))
        if closing is not None:
            yield from _count(closing, language)
            yield from _left(closing, language)

    def _head(self, language: Language) -> Iterator[PaperRow]:
        shift, paper = self.paper.shift, self.paper
        closing = shift.closing
        if closing is None:
            kind = QCoreApplication.translate("Shift", "X REPORT")
        else:
            kind = QCoreApplication.translate("Shift", "Z REPORT {number}").format(number=closing.number)
        if self.practice:
            yield Bar(receipts.training_mark())
        yield Centred(self.shop.name, HEAD, 600)
        yield Centred(kind, STRONG, 600)
        zone = ZoneInfo(self.shop.time_zone)
        till = QCoreApplication.translate("Shift", "Till {till}").format(till=shift.till_id)
        yield Pair(till, receipts.moment(paper.at.astimezone(zone), language))
        opened = QCoreApplication.translate("Shift", "Opened by {name}").format(name=self._name(shift.opened_by))
        yield Pair(opened, receipts.moment(shift.opened_at.astimezone(zone), language), SMALL)
        if closing is not None:
            closed = QCoreApplication.translate("Shift", "Closed by {name}").format(name=self._name(closing.by))
            yield Pair(closed, self._name(closing.approver) if closing.approver else "", SMALL)

    def _name(self, staff_id: str) -> str:
        return self.paper.names.get(staff_id, staff_id)

    def _drawer(self, language: Language) -> Iterator[PaperRow]:
        write, shift = language.format, self.paper.shift
        yield Pair(QCoreApplication.translate("Shift", "Float"), write.figure(shift.opening_float))
        for one in shift.movements:
            yield Pair(shifts.movement(one.kind), write.figure(one.into_drawer))
            yield Pair(f"{one.reason} ({self._name(one.actor)})", size=SMALL, indent=True)
        cash = self.paper.report.cash - shift.opening_float
        cash -= shift.currency.total(one.into_drawer for one in shift.movements)
        yield Pair(QCoreApplication.translate("Shift", "Cash from bills"), write.figure(cash))
        openings = QCoreApplication.translate("Shift", "Opened without a sale")
        yield Pair(openings, write.number(self.paper.report.openings))
        should = QCoreApplication.translate("Shift", "Should be there")
        yield Pair(should, write.figure(self.paper.report.cash), STRONG, 600)


def _group(title: str, rows: Iterator[PaperRow]) -> Iterator[PaperRow]:
    """The rows under a title of their own; nothing at all where there are none."""
    found = tuple(rows)
    if found:
        yield Rule()
        yield Pair(title, size=STRONG, weight=600)
        yield from found


def _sales(report: ShiftReport, language: Language) -> Iterator[PaperRow]:
    write = language.format
    sales = QCoreApplication.translate("Shift", "Sales: {count}").format(count=write.number(report.sales))
    yield Pair(sales, write.figure(report.sold))
    if report.refunds:
        returns = QCoreApplication.translate("Shift", "Returns: {count}").format(count=write.number(report.refunds))
        yield Pair(returns, write.figure(-report.refunded))
    yield TotalRow(QCoreApplication.translate("Shift", "TURNOVER"), write.money(report.turnover))
    if report.first_number:
        numbers = QCoreApplication.translate("Shift", "Bills {first} to {last}")
        yield Pair(numbers.format(first=report.first_number, last=report.last_number), size=SMALL)
    if report.rounding:
        yield Pair(receipts.rounding(), write.figure(report.rounding), SMALL)


def _tenders(report: ShiftReport, language: Language) -> Iterator[PaperRow]:
    write = language.format
    for one in report.tenders:
        label = f"{receipts.payment_mode(one.mode)} {receipts.TIMES} {write.number(one.times)}"
        yield Pair(label, write.figure(one.amount))


def _taxes(report: ShiftReport, language: Language) -> Iterator[PaperRow]:
    for one in report.taxes:
        if one.amount:
            yield Pair(shifts.tax(one, language), language.format.figure(one.amount))


def _promotions(report: ShiftReport, language: Language) -> Iterator[PaperRow]:
    write = language.format
    for one in report.promotions:
        label = f"{language.name(one.name)} {receipts.TIMES} {write.number(one.bills)}"
        yield Pair(label, write.figure(-one.amount))


def _points(report: ShiftReport, language: Language) -> Iterator[PaperRow]:
    write = language.format
    for one in report.points:
        if one.spent:
            spent = write.points(one.spent) if one.spent.units < 0 else f"{MINUS}{write.points(one.spent)}"
            yield Pair(receipts.points_used(language.name(one.name)), spent)
        if one.earned:
            sign = "" if one.earned.units < 0 else "+"
            label = QCoreApplication.translate("Shift", "{points} earned").format(points=language.name(one.name))
            yield Pair(label, f"{sign}{write.points(one.earned)}")


def _sellers(report: ShiftReport, language: Language) -> Iterator[PaperRow]:
    write = language.format
    if not any(one.salesperson_id for one in report.sellers):
        return
    for one in report.sellers:
        name = one.name or QCoreApplication.translate("Shift", "Nobody")
        yield Pair(f"{name} {receipts.TIMES} {write.number(one.bills)}", write.figure(one.amount))


def _count(closing: ShiftClosing, language: Language) -> Iterator[PaperRow]:
    write = language.format
    yield Rule()
    yield Pair(QCoreApplication.translate("Shift", "Counted"), size=STRONG, weight=600)
    for one in closing.counted:
        yield Pair(f"{write.figure(one.value)} {receipts.TIMES} {write.number(one.pieces)}", write.figure(one.amount))
    yield Pair(QCoreApplication.translate("Shift", "In the drawer"), write.figure(closing.in_drawer), STRONG, 600)
    yield TotalRow(difference_word(closing), write.money(closing.difference))


def difference_word(closing: ShiftClosing) -> str:
    """Whether money is missing, left over, or neither."""
    if closing.difference.minor < 0:
        return QCoreApplication.translate("Shift", "MISSING")
    if closing.difference:
        return QCoreApplication.translate("Shift", "TOO MUCH")
    return QCoreApplication.translate("Shift", "EXACT")


def _left(closing: ShiftClosing, language: Language) -> Iterator[PaperRow]:
    write = language.format
    if closing.held:
        yield Pair(QCoreApplication.translate("Shift", "Bills set aside"), write.number(closing.held), SMALL)
    if closing.unsent:
        yield Pair(QCoreApplication.translate("Shift", "Waiting to be sent"), write.number(closing.unsent), SMALL)
