"""Percentages: rounding once a tax group, exact remainders, every piece, the cheapest one."""

from fractions import Fraction

import pytest

from tests.domain.pricing.till import bill, book, item, off
from tukar.domain.pricing import price

TEN = {"rewards": [{"kind": "percent_off", "value": "10"}]}


def test_fifteen_percent_of_99_90_is_14_99() -> None:
    priced = price(bill((item("A", "99.90"), 1)), book([{"rewards": [{"kind": "percent_off", "value": "15"}]}]))
    assert priced.discount.decimal() == "14.99"


def test_ten_percent_of_28_75_leaves_25_87() -> None:
    taxed = item("A", "25", rate="15", included=False)
    priced = price(bill((taxed, 1)), book([TEN]))
    assert (priced.before.decimal(), priced.total.decimal()) == ("28.75", "25.87")
    assert priced.untaxed + priced.tax == priced.total


def test_ten_times_ten_percent_works_on_exact_remainders() -> None:
    priced = price(bill((item("A", "100"), 1)), book([TEN] * 10))
    assert [applied.amount.decimal() for applied in priced.applied] == [
        "10.00",
        "9.00",
        "8.10",
        "7.29",
        "6.56",
        "5.90",
        "5.31",
        "4.78",
        "4.30",
        "3.87",
    ]
    assert priced.total.decimal() == "34.89"


def test_exact_remainders_are_kept_for_pieces_too() -> None:
    each = {"rewards": [{"kind": "percent_off", "value": "10", "on": "each_item"}]}
    priced = price(bill((item("A", "0.99"), 3)), book([each, TEN, each]))
    exact = Fraction(99)
    amounts = []
    for pieces in (1, 3, 1):
        share = (exact / 10 * pieces + Fraction(1, 2)) // 1
        amounts.append(int(share) * (1 if pieces == 3 else 3))
        exact *= Fraction(9, 10)
    assert [applied.amount.minor for applied in priced.applied] == amounts


def test_some_pieces_of_a_line_keep_their_exact_remainder() -> None:
    two = {"rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["A"]}, "max_items": 2}]}
    half = {"rewards": [{"kind": "percent_off", "value": "50"}]}
    priced = price(bill((item("A", "10.01"), 3)), book([two, half]))
    assert [applied.amount.decimal() for applied in priced.applied] == ["2.00", "14.01"], "half of 28.028"


def test_a_floor_that_keeps_nothing_leaves_the_remainder_exact() -> None:
    rules = [{"rewards": [{"kind": "percent_off", "value": percent}]} for percent in ("15", "50")]
    priced = price(bill((item("A", "10.01", floor_price=item("x", "1").price), 3)), book(rules))
    assert [applied.amount.decimal() for applied in priced.applied] == ["4.50", "12.76"], "half of 25.5255"


def test_rounding_is_once_for_each_tax_group() -> None:
    lines = [(item(f"A{n}", "0.05", rate="10"), 1) for n in range(4)]
    other = [(item(f"B{n}", "0.05", rate="20"), 1) for n in range(2)]
    assert price(bill(*lines), book([TEN])).discount.decimal() == "0.02"
    assert price(bill(*lines, *other), book([TEN])).discount.decimal() == "0.03"


@pytest.mark.parametrize("target", [{}, {"on": "each_item"}, {"on": {"items": ["A", "B"]}}])
def test_a_hundred_percent_leaves_exactly_nothing(target: dict[str, object]) -> None:
    lines = bill((item("A", "3.33", rate="7", included=False), 3), (item("B", "0.01", rate="19"), 7))
    seven = {"rewards": [{"kind": "percent_off", "value": "7"}]}
    everything = {"rewards": [{"kind": "percent_off", "value": "100"} | target]}
    priced = price(lines, book([seven, seven, everything]))
    assert (priced.total.minor, priced.tax.minor) == (0, 0)
    assert all(not line.net.minor for line in priced.lines)


def test_the_cheapest_piece_is_one_piece_and_of_equals_the_earlier() -> None:
    lines = bill((item("A", "12"), 2), (item("B", "10"), 2), (item("C", "10"), 1))
    priced = price(lines, book([{"rewards": [{"kind": "percent_off", "value": "50", "on": "cheapest"}]}]))
    assert off(priced) == ["0.00", "5.00", "0.00"]


def test_a_cap_is_split_over_lines_of_all_groups_by_value() -> None:
    lines = bill((item("A", "15", rate="5"), 2), (item("B", "25"), 1))
    capped = {"rewards": [{"kind": "percent_off", "value": "100", "max_discount": "40"}]}
    assert off(price(lines, book([capped]))) == ["21.82", "18.18"]


def test_stacks_of_filters_with_unlike_denominators_add_up() -> None:
    lines = bill((item("A", "9.99"), 1), (item("B", "9.99"), 1))
    first = {"rewards": [{"kind": "percent_off", "value": "33", "on": {"items": ["A"]}}]}
    third = {"rewards": [{"kind": "percent_off", "value": "12.5"}]}
    priced = price(lines, book([first, third]))
    exact = Fraction(999) * Fraction(67, 100) + 999
    assert priced.applied[1].amount.minor == (exact / 8 + Fraction(1, 2)) // 1


def test_a_floor_that_keeps_one_piece_of_two_is_no_exact_remainder() -> None:
    """9.40 and 10.00 after the first: 5 % takes 0.40 down to the floor and 0.50, and 1 % of 18.50 is 0.19."""
    floored = item("A", "10", floor_price=item("x", "9").price)
    rules = [
        {"rewards": [{"kind": "amount_off", "value": "0.60", "on": "cheapest"}]},
        {"rewards": [{"kind": "percent_off", "value": "5", "on": "each_item"}]},
        {"rewards": [{"kind": "percent_off", "value": "1"}]},
    ]
    priced = price(bill((floored, 2)), book(rules))
    assert [applied.amount.minor for applied in priced.applied] == [60, 90, 19]


def test_what_cannot_be_split_evenly_goes_to_the_earlier_line_be_it_the_dearer() -> None:
    lines = bill((item("A", "3"), 1), (item("B", "1"), 1))
    half = {"rewards": [{"kind": "percent_off", "value": "0.5", "max_items": 2}]}
    assert off(price(lines, book([half]))) == ["0.02", "0.00"]


def test_what_cannot_be_split_evenly_goes_to_the_earlier_piece_be_it_the_dearer() -> None:
    """Pieces of 3.00 and 1.00: half a percent of both is 0.02 off the first, so the cheapest is worth 1.00 still."""
    rules: list[dict[str, object]] = [
        {"rewards": [{"kind": "amount_off", "value": "1", "on": "cheapest"}]},
        {
            "buy": 1,
            "rewards": [
                {"kind": "free_item", "from_cart": True, "choose": "most_expensive_in_cart", "max_discount": "3"}
            ],
        },
        {"rewards": [{"kind": "percent_off", "value": "0.5", "max_items": 2}]},
        {"rewards": [{"kind": "percent_off", "value": "100", "on": "cheapest"}]},
    ]
    priced = price(bill((item("A", "4"), 2)), book(rules))
    assert [applied.amount.minor for applied in priced.applied] == [100, 300, 2, 100]


def test_rewards_of_one_rule_leave_what_they_leave_though_one_of_them_rounds_to_nothing() -> None:
    """0.30 less 0.03 and 0.00 are 0.27, and the half of it 0.14: what 1 % would have been is not kept in mind."""
    both = {"rewards": [{"kind": "percent_off", "value": "10"}, {"kind": "percent_off", "value": "1"}]}
    half = {"rewards": [{"kind": "percent_off", "value": "50"}]}
    priced = price(bill((item("A", "0.30"), 1)), book([both, half]))
    assert [applied.amount.decimal() for applied in priced.applied] == ["0.03", "0.14"]
