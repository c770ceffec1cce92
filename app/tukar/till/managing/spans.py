"""Days of the shop: today, this week, from one day to another."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_WEEK = 7


class Span(StrEnum):
    """The spans that have a name. ``DAYS`` is any other: from one day to another."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    LAST_7 = "last_7"
    MONTH = "month"
    LAST_MONTH = "last_month"
    ALL = "all"
    DAYS = "days"


NAMED = tuple(span for span in Span if span is not Span.DAYS)


@dataclass(frozen=True, slots=True)
class Days:
    """Both days included; None is open to that side. A named span moves on with the day, ``DAYS`` stays."""

    span: Span
    first: date | None = None
    last: date | None = None

    def on(self, today: date) -> "Days":
        """The same span as it lies on ``today``."""
        return self if self.span is Span.DAYS else named(self.span, today)


def named(span: Span, today: date) -> Days:
    """The days of a named span; weeks begin on Monday. ValueError for ``DAYS``, which names none."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    ends: dict[Span, tuple[date | None, date | None]] = {
        Span.TODAY: (today, today),
        Span.YESTERDAY: (today - timedelta(days=1), today - timedelta(days=1)),
        Span.WEEK: (monday, today),
        Span.LAST_7: (today - timedelta(days=_WEEK - 1), today),
        Span.MONTH: (month, today),
        Span.LAST_MONTH: (before.replace(day=1), before),
        Span.ALL: (None, None),
    }
    if span not in ends:
        raise ValueError("any days are given, not named")
    return Days(span, *ends[span])


def between(one: date, other: date) -> Days:
    """From the earlier to the later of two days."""
    return Days(Span.DAYS, min(one, other), max(one, other))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days to choose: the arrows stand on ``at``; ``since`` is the first day of a span whose last day is not chosen."""

    at: date
    days: Days
    today: date
    since: date | None = None

    @classmethod
    def of(cls, days: Days, today: date) -> "Calendar":
        """Opened on the last day of the span in force."""
        return cls(days.last or today, days, today)

    def walked(self, day: date) -> "Calendar":
        """The arrows reached another day; nothing was sold tomorrow."""
        return replace(self, at=min(day, self.today))

    def picked(self, day: date) -> "Calendar":
        """The first day of a span, or its last one."""
        if day > self.today:
            return self
        if self.since is None:
            return replace(self, at=day, since=day, days=between(day, day))
        return replace(self, at=day, since=None, days=between(self.since, day))
