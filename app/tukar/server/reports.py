"""Reports across tills: salespeople, promotions, shifts, days, taxes; each a few sums of each day added up."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import text

from tukar.domain.applied import PromotionFilter
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.domain.report import Cell, Column, ColumnSort, Report, ReportFilter, ReportKind
from tukar.server import figures, sales, shops, staff
from tukar.server.call import Call
from tukar.server.records import begin_of
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.reports import ROWS_AT_MOST, WireReport, wire_report
from tukar.wire.shifts import shift_from_json

_SUMS: Final = (
    "SUM(bills) AS bills, SUM(thousandths) AS thousandths, SUM(sold) AS sold, SUM(returned) AS returned,"
    " SUM(discount) AS discount, SUM(base) AS base, SUM(tax) AS tax"
)
_WHERE: Final = (
    " FROM sales_sums WHERE shop_id = :shop_id AND dimension = :dimension AND sold_on >= :first AND sold_on <= :last"
    " AND (:till = '' OR till_id = :till) AND currency = :currency"
)
_BY_VALUE: Final = text(f"SELECT value, MAX(name) AS name, {_SUMS}{_WHERE} GROUP BY value ORDER BY value")
_BY_DAY: Final = text(
    f"SELECT sold_on, till_id, {_SUMS}{_WHERE} GROUP BY sold_on, till_id ORDER BY sold_on DESC, till_id LIMIT :at_most"
)
_SELLER: Final = text("SELECT name FROM salespeople WHERE shop_id = :shop_id AND salesperson_id = :id")
_SHIFTS: Final = text(
    "SELECT body FROM shifts WHERE shop_id = :shop_id AND closed_at >= :since AND closed_at < :until"
    " AND (:till = '' OR till_id = :till) ORDER BY closed_at DESC, shift_id LIMIT :at_most"
)
_S = ColumnSort
_COLUMNS: Final[Mapping[ReportKind, Mapping[str, ColumnSort]]] = {
    ReportKind.SALESPEOPLE: {
        "salesperson": _S.TEXT, "bills": _S.COUNT, "pieces": _S.COUNT, "sales": _S.MONEY, "returns": _S.MONEY,
        "discount": _S.MONEY, "taken": _S.COUNT,
    },
    ReportKind.PROMOTIONS: {
        "promotion": _S.TEXT, "offered": _S.COUNT, "taken": _S.COUNT, "take_up": _S.PERCENT, "declined": _S.COUNT,
        "lost": _S.COUNT, "discount": _S.MONEY, "spent": _S.POINTS, "earned": _S.POINTS,
    },
    ReportKind.SHIFTS: {
        "opened": _S.MOMENT, "closed": _S.MOMENT, "till": _S.TEXT, "cashier": _S.TEXT, "bills": _S.COUNT,
        "sales": _S.MONEY, "expected": _S.MONEY, "counted": _S.MONEY, "difference": _S.MONEY,
    },
    ReportKind.DAYS: {
        "day": _S.DAY, "till": _S.TEXT, "bills": _S.COUNT, "sales": _S.MONEY, "returns": _S.MONEY,
        "discount": _S.MONEY, "tax": _S.MONEY,
    },
    ReportKind.TAXES: {"tax": _S.TEXT, "rate": _S.PERCENT, "base": _S.MONEY, "amount": _S.MONEY},
}  # fmt: skip

Rows = list[tuple[Cell, ...]]


def read(call: Call, _message: None) -> WireReport:
    """A report of some days (``from``, ``to``) and one till or all (``till``)."""
    try:
        kind = ReportKind(call.path["kind"])
        first, last = date.fromisoformat(call.query.get("from", "")), date.fromisoformat(call.query.get("to", ""))
    except ValueError:
        raise Refused(Refusal.BAD_REQUEST, "a report names its kind and its days") from None
    wanted = ReportFilter(first, last, call.query.get("till", "")[:64])
    shop = shops.load(call)
    rows, totals = _MAKE[kind](call, shop, wanted)
    columns = tuple(Column(name, sort) for name, sort in _COLUMNS[kind].items())
    return wire_report(Report(kind, wanted, columns, tuple(rows), totals), shop.profile.currency)


def _salespeople(call: Call, shop: Shop, wanted: ReportFilter) -> tuple[Rows, tuple[Cell, ...]]:
    rows: Rows = []
    for row in call.db.execute(_BY_VALUE, _values(call, shop, wanted, sales.SELLER)).all():
        known = call.db.execute(_SELLER, {"shop_id": call.shop_id, "id": row.value}).first()
        days = PromotionFilter(wanted.first_day, wanted.last_day, till_id=wanted.till_id, salesperson_id=row.value)
        taken = figures.add_up(call, shop, days).total.taken
        name = known.name if known is not None else row.name or row.value
        money = (_money(shop, row.sold), _money(shop, row.returned), _money(shop, row.discount))
        rows.append((name, int(row.bills), _pieces(row), *money, taken))
    return rows, _total(shop, rows)


def _promotions(call: Call, shop: Shop, wanted: ReportFilter) -> tuple[Rows, tuple[Cell, ...]]:
    found = figures.add_up(call, shop, PromotionFilter(wanted.first_day, wanted.last_day, till_id=wanted.till_id))
    rows: Rows = []
    for rule in found.rules:
        told = rule.figures
        share = Decimal(100 * told.taken) / told.offered if told.offered else None
        points = told.points[0] if told.points else None
        rows.append((
            rule.name, told.offered, told.taken, None if share is None else share.quantize(Decimal("0.1")),
            told.declined, told.lost, told.discount,
            None if points is None else points.spent, None if points is None else points.earned,
        ))  # fmt: skip
    return rows, _total(shop, rows)


def _shifts(call: Call, shop: Shop, wanted: ReportFilter) -> tuple[Rows, tuple[Cell, ...]]:
    values = {
        "shop_id": call.shop_id,
        "since": begin_of(shop, wanted.first_day),
        "until": begin_of(shop, date.fromordinal(wanted.last_day.toordinal() + 1)),
        "till": wanted.till_id,
        "at_most": ROWS_AT_MOST,
    }
    rows: Rows = []
    for row in call.db.execute(_SHIFTS, values).all():
        shift = shift_from_json(row.body.encode())
        closing = shift.closing
        if closing is not None:
            report = closing.report
            cash = (report.cash, closing.in_drawer, closing.difference)
            who = staff.name_of(call, shift.opened_by)
            sold = (report.sales, report.sold)
            rows.append((shift.opened_at, closing.at, shift.till_id, who, *sold, *cash))
    return rows, _total(shop, rows)


def _days(call: Call, shop: Shop, wanted: ReportFilter) -> tuple[Rows, tuple[Cell, ...]]:
    found = call.db.execute(_BY_DAY, {**_values(call, shop, wanted, sales.DAY), "at_most": ROWS_AT_MOST}).all()
    rows: Rows = [
        (
            date.fromisoformat(row.sold_on), row.till_id, int(row.bills), _money(shop, row.sold),
            _money(shop, row.returned), _money(shop, row.discount), _money(shop, row.tax),
        )
        for row in found
    ]  # fmt: skip
    return rows, _total(shop, rows)


def _taxes(call: Call, shop: Shop, wanted: ReportFilter) -> tuple[Rows, tuple[Cell, ...]]:
    rows: Rows = []
    for row in call.db.execute(_BY_VALUE, _values(call, shop, wanted, sales.TAX)).all():
        rate, _, name = row.value.partition("|")
        rows.append((name, Decimal(rate), _money(shop, row.base), _money(shop, row.tax)))
    return rows, _total(shop, rows)


_MAKE: Final[Mapping[ReportKind, Callable[[Call, Shop, ReportFilter], tuple[Rows, tuple[Cell, ...]]]]] = {
    ReportKind.SALESPEOPLE: _salespeople,
    ReportKind.PROMOTIONS: _promotions,
    ReportKind.SHIFTS: _shifts,
    ReportKind.DAYS: _days,
    ReportKind.TAXES: _taxes,
}


def _values(call: Call, shop: Shop, wanted: ReportFilter, dimension: str) -> dict[str, Any]:
    days = {"first": wanted.first_day.isoformat(), "last": wanted.last_day.isoformat()}
    where = {"shop_id": call.shop_id, "dimension": dimension, "till": wanted.till_id, "currency": shop.currency.code}
    return {**where, **days}


def _total(shop: Shop, rows: Iterable[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """Counts, money and points added up; what cannot be added stays empty."""
    return tuple(_added(shop, cells) for cells in zip(*rows, strict=True))


def _added(shop: Shop, cells: tuple[Cell, ...]) -> Cell:
    there = [cell for cell in cells if cell is not None]
    counts = [cell for cell in there if isinstance(cell, int)]
    money = [cell for cell in there if isinstance(cell, Money)]
    points = [cell for cell in there if isinstance(cell, Points)]
    if not there:
        return None
    if len(counts) == len(there):
        return sum(counts)
    if len(money) == len(there):
        return shop.currency.total(money)
    if len(points) == len(there) and len({one.digits for one in points}) == 1:
        return Points(sum(one.units for one in points), points[0].digits)
    return None


def _money(shop: Shop, minor: int) -> Money:
    return Money(int(minor), shop.currency)


def _pieces(row: Row) -> int:
    return int(row.thousandths) // 1000
