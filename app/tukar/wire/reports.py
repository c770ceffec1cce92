"""Reports as messages: columns of one sort each, cells as texts, the currency and digits beside them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta

from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.report import Cell, Column, ColumnSort, Report, ReportFilter, ReportKind
from tukar.wire.amounts import KeyOrNone, WireCurrency, WireName, Word, currency_of, name_of, points_of, wire_name
from tukar.wire.message import Message

ROWS_AT_MOST: Final = 20_000

WireCell = WireName | Annotated[str, Meta(max_length=300)] | int | None
"""Texts, days, moments, money, points and percentages as texts; counts as numbers; names in their languages."""


class WireColumn(Message):
    """A column and what it holds."""

    name: Word
    sort: ColumnSort


class WireReport(Message):
    """A report whole."""

    kind: ReportKind
    first_day: date
    last_day: date
    till_id: KeyOrNone = ""
    currency: WireCurrency
    columns: Annotated[tuple[WireColumn, ...], Meta(max_length=40)]
    rows: Annotated[tuple[tuple[WireCell, ...], ...], Meta(max_length=ROWS_AT_MOST)] = ()
    totals: tuple[WireCell, ...] = ()


def wire_report(report: Report, currency: WireCurrency) -> WireReport:
    return WireReport(
        kind=report.kind,
        first_day=report.filter.first_day,
        last_day=report.filter.last_day,
        till_id=report.filter.till_id,
        currency=currency,
        columns=tuple(WireColumn(name=column.name, sort=column.sort) for column in report.columns),
        rows=tuple(tuple(map(_wire_cell, row)) for row in report.rows),
        totals=tuple(map(_wire_cell, report.totals)),
    )


def report_of(message: WireReport) -> Report:
    currency = currency_of(message.currency)
    columns = tuple(Column(column.name, column.sort) for column in message.columns)

    def row_of(row: tuple[WireCell, ...]) -> tuple[Cell, ...]:
        return tuple(_cell_of(cell, column.sort, currency) for cell, column in zip(row, columns, strict=True))

    return Report(
        message.kind,
        ReportFilter(message.first_day, message.last_day, message.till_id),
        columns,
        tuple(map(row_of, message.rows)),
        row_of(message.totals) if message.totals else (),
    )


def _wire_cell(cell: Cell) -> WireCell:
    match cell:
        case None | str() | int():
            return cell
        case LocalName():
            return wire_name(cell)
        case Money() | Points():
            return cell.decimal()
        case Decimal():
            return format(cell, "f")
        case _:
            return cell.isoformat()


def _cell_of(cell: WireCell, sort: ColumnSort, currency: Currency) -> Cell:
    if isinstance(cell, WireName):
        return name_of(cell)
    if not isinstance(cell, str):
        return cell
    readers: Mapping[ColumnSort, Callable[[str], Cell]] = {
        ColumnSort.MONEY: currency.money,
        ColumnSort.POINTS: points_of,
        ColumnSort.PERCENT: Decimal,
        ColumnSort.DAY: date.fromisoformat,
        ColumnSort.MOMENT: datetime.fromisoformat,
    }
    return readers.get(sort, str)(cell)


def query_of(wanted: ReportFilter) -> Mapping[str, str]:
    """The filter as it stands behind the question mark."""
    days = {"from": wanted.first_day.isoformat(), "to": wanted.last_day.isoformat()}
    return {**days, "till": wanted.till_id} if wanted.till_id else days
