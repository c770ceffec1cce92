"""Reports: columns and rows of plain values, which screens, printers and files show each in their own way."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points


class ReportKind(StrEnum):
    """What is reported."""

    SALESPEOPLE = "salespeople"
    PROMOTIONS = "promotions"
    SHIFTS = "shifts"
    DAYS = "days"
    TAXES = "taxes"


class ColumnSort(StrEnum):
    """What a column holds; numbers stand at the right."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    COUNT = "count"
    MONEY = "money"
    POINTS = "points"
    PERCENT = "percent"

    @property
    def is_number(self) -> bool:
        return self not in (ColumnSort.TEXT, ColumnSort.DAY, ColumnSort.MOMENT)


Cell = str | LocalName | int | Decimal | Money | Points | date | datetime | None
"""A value in a row; None is a cell with nothing in it. A percentage is a Decimal."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``name`` is a stable word from which the screens make their heading."""

    name: str
    sort: ColumnSort


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which days, both included, and which till; empty is all tills."""

    first_day: date
    last_day: date
    till_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report whole; ``totals`` is a row of the same columns, or empty where nothing can be added up."""

    kind: ReportKind
    filter: ReportFilter
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
