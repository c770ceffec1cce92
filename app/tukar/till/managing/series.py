"""What a filter comes to over time, as even stretches that a plot can show: days, or weeks where days are too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tukar.domain.applied import DayFigures, PointsFigure, PromotionFigures, PromotionSummary
from tukar.till.managing.spans import Days

DAYS_AT_MOST: Final = 62
WEEKS_AT_MOST: Final = 62
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar: counts, discount in minor units and spent points in smallest units, of ``first`` to ``last``."""

    first: date
    last: date
    taken: int = 0
    declined: int = 0
    lost: int = 0
    discount: int = 0
    spent: int = 0


def stretches(summary: PromotionSummary, days: Days, today: date, programme_id: str) -> tuple[Stretch, ...]:
    """Every day of ``days`` up to today, also those on which nothing was offered; weeks or months where there are many.

    Points are those of one programme, because points of two are never added up.
    """
    found = {one.day: one for one in summary.days}
    first = days.first or min(found, default=today)
    last = min(days.last or today, today)
    if last < first:
        return ()
    count = (last - first).days + 1
    if count <= DAYS_AT_MOST:
        starts = [first + timedelta(days=number) for number in range(count)]
    elif count <= WEEKS_AT_MOST * WEEK:
        monday = first - timedelta(days=first.weekday())
        starts = [max(first, monday + timedelta(days=step)) for step in range(0, (last - monday).days + 1, WEEK)]
    else:
        starts = _months(first, last)
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last]
    ordered = sorted(found.values(), key=lambda one: one.day)
    return tuple(
        _stretch(start, end, [one for one in ordered if start <= one.day <= end], programme_id)
        for start, end in zip(starts, ends, strict=True)
    )


def main_points(figures: PromotionFigures) -> PointsFigure | None:
    """The programme most points were spent of; the only one in most shops."""
    return max(figures.points, key=lambda one: one.spent.exact(), default=None)


def _stretch(first: date, last: date, days: Sequence[DayFigures], programme_id: str) -> Stretch:
    figures = [one.figures for one in days]
    spent = sum(points.spent.units for one in figures for points in one.points if points.programme_id == programme_id)
    return Stretch(
        first,
        last,
        sum(one.taken for one in figures),
        sum(one.declined for one in figures),
        sum(one.lost for one in figures),
        sum(one.discount.minor for one in figures),
        spent,
    )


def _months(first: date, last: date) -> list[date]:
    starts = [first]
    month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while month <= last:
        starts.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return starts
