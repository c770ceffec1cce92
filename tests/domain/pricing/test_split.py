"""Sharing out by largest remainder, within caps."""

import pytest

from tukar.domain.money import round_ratio
from tukar.domain.pricing.split import share_out, share_within


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (10, [5, 4, 3], [4, 3, 3]),  # 4 2/12, 3 4/12, 2 6/12: the one left over goes to the greatest remainder
        (10, [1, 1, 1], [4, 3, 3]),
        (5, [0, 0], [3, 2]),
        (7, [0, 3], [0, 7]),
        (1, [100, 900], [0, 1]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_the_largest_remainder_first_and_ties_to_the_earlier(
    amount: int, weights: list[int], shares: list[int]
) -> None:
    assert share_out(amount, weights) == shares


@pytest.mark.parametrize(
    ("amount", "caps", "shares"),
    [
        (2, [1, 5], [1, 1]),
        (4, [1, 5], [1, 3]),
        (9, [1, 5], [1, 5]),
        (3, [0, 5], [0, 3]),
        (3, [0, 0], [0, 0]),
    ],
)
def test_what_a_capped_share_cannot_take_goes_to_the_others(amount: int, caps: list[int], shares: list[int]) -> None:
    assert share_within(amount, [1, 1], caps) == shares


def test_a_share_that_is_rounded_up_to_its_cap_is_not_capped() -> None:
    """35.54, 4932.86 and 31.60 of 36, 4996 and 32."""
    assert share_within(5000, [36, 4996, 32], [36, 4996, 32]) == [35, 4933, 32]


def test_a_share_that_is_above_its_cap_before_rounding_is_capped() -> None:
    """2.25 of 9 would be rounded down to its cap of 2; the 0.25 goes to the others all the same: 3.5 and 3.5."""
    assert share_within(9, [2, 3, 3], [2, 9, 9]) == [2, 4, 3]
    assert share_within(7, [3, 1, 3], [3, 9, 9]) == [3, 1, 3]


def test_shares_of_no_weight_are_even() -> None:
    assert share_within(7, [0, 0, 0], [1, 9, 9]) == [1, 3, 3]
    assert share_within(7, [0, 0, 1], [9, 9, 2]) == [3, 2, 2]
    assert share_within(4, [0, 0], [3, 3]) == [2, 2]


def test_a_half_is_rounded_away_from_zero() -> None:
    assert [round_ratio(number, 10) for number in (-15, -14, -5, 0, 4, 5, 15)] == [-2, -1, -1, 0, 0, 1, 2]
