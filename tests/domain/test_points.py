"""Points: whole numbers of a programme's smallest unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import AmountFormatError
from tukar.domain.points import MAX_POINTS_DIGITS, Points, PointsMismatchError

DIGITS = st.integers(0, MAX_POINTS_DIGITS)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), DIGITS)
def test_points_add_up_and_read_back(one: int, other: int, digits: int) -> None:
    a, b = Points(one, digits), Points(other, digits)
    assert (a + b) - b == a
    assert (-a).units == -one
    assert (a < b) == (one < other)
    assert Points.parse(a.decimal(), digits) == a
    assert Points.of(a.exact(), digits) == a


@given(st.fractions(min_value=-1000, max_value=1000), DIGITS)
def test_exact_points_are_rounded_half_up(exact: Fraction, digits: int) -> None:
    assert abs(Points.of(exact, digits).exact() - exact) <= Fraction(1, 2 * 10**digits)


def test_points_of_other_digits_do_not_mix() -> None:
    with pytest.raises(PointsMismatchError):
        Points(1, 0) + Points(1, 1)
    with pytest.raises(PointsMismatchError):
        assert Points(1, 0) < Points(1, 1)


def test_points_that_cannot_be() -> None:
    with pytest.raises(TypeError):
        Points(1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="digits"):
        Points(1, MAX_POINTS_DIGITS + 1)
    with pytest.raises(AmountFormatError):
        Points.parse("1.5")
