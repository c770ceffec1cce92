from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.till.managing.spans import NAMED, Span, between, named

DAYS = st.dates(date(2001, 1, 1), date(2100, 1, 1))


def test_named_spans_lie_where_people_mean_them() -> None:
    today = date(2026, 11, 21)  # a Saturday
    assert (named(Span.WEEK, today).first, named(Span.WEEK, today).last) == (date(2026, 11, 16), today)
    assert named(Span.LAST_7, today).first == date(2026, 11, 15)
    assert named(Span.MONTH, today).first == date(2026, 11, 1)
    last_month = named(Span.LAST_MONTH, date(2026, 3, 31))
    assert (last_month.first, last_month.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (named(Span.ALL, today).first, named(Span.ALL, today).last) == (None, None)


def test_any_days_have_no_name() -> None:
    with pytest.raises(ValueError, match="given"):
        named(Span.DAYS, date(2026, 1, 1))


@given(DAYS, DAYS)
def test_two_days_are_a_span_whichever_comes_first(one: date, other: date) -> None:
    span = between(one, other)
    assert span == between(other, one)
    assert span.first is not None
    assert span.last is not None
    assert span.first <= span.last
    assert span.on(one + timedelta(days=3)) == span, "it stays where it is"


@given(DAYS)
def test_a_named_span_ends_no_later_than_its_day(today: date) -> None:
    for span in NAMED:
        days = named(span, today)
        assert days.last is None or (days.first is not None and days.first <= days.last <= today)
        assert named(span, today - timedelta(days=1)).on(today) == days
