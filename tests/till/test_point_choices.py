from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import Currency, Money
from tukar.domain.offer import PointsRange
from tukar.domain.points import Points
from tukar.till.point_choices import fits, leaving_round_sum, suggestions

IDR = Currency("IDR", 0)
NOTES = (5_000, 10_000, 50_000, 100_000)


def limits(least: int = 1, most: int = 865, step: int = 1, value: int = 100) -> PointsRange:
    return PointsRange(Points(least), Points(most), Points(step), Fraction(value))


def test_the_picture_of_the_design() -> None:
    found = suggestions(limits(), Money(173_500, IDR), NOTES)
    assert [one.points.units for one in found] == [200, 500, 735, 865]
    assert found[2].leaves == Money(100_000, IDR)
    assert found[3].is_most


def test_the_largest_note_that_can_be_left_wins() -> None:
    few = leaving_round_sum(limits(most=350), Money(149_000, IDR), NOTES)
    assert few is not None
    assert (few.points, few.leaves) == (Points(90), Money(140_000, IDR))


def test_a_round_sum_that_needs_half_a_step_is_not_suggested() -> None:
    assert leaving_round_sum(limits(step=50), Money(100_700, IDR), (100_000,)) is None


def test_nothing_to_leave_nothing_to_suggest() -> None:
    assert leaving_round_sum(limits(), Money(100_000, IDR), (100_000,)) is None
    assert suggestions(limits(most=3), Money(900, IDR), NOTES)[-1].is_most


@given(
    least=st.integers(1, 50),
    most=st.integers(50, 5_000),
    step=st.sampled_from((1, 5, 10)),
    value=st.integers(1, 500),
    due=st.integers(0, 2_000_000),
)
def test_every_suggestion_but_the_most_can_be_spent(least: int, most: int, step: int, value: int, due: int) -> None:
    bounds = limits(least, most, step, value)
    money = Money(due, IDR)
    for one in suggestions(bounds, money, NOTES):
        assert one.is_most or fits(bounds, one.points)
        if one.leaves is not None:
            assert money.minor - one.points.units * value == one.leaves.minor
            assert any(one.leaves.minor % note == 0 for note in NOTES)
