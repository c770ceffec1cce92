"""What a line is worth before any rule, who names it, and its exact remainder while percentages stack."""

from decimal import Decimal

import pytest

from tests.domain.pricing.till import USD, bill, book, item, money, off
from tukar.domain.bill import HandDiscount
from tukar.domain.item import Item, Tax
from tukar.domain.money import UnitPrice
from tukar.domain.pricing import price

NOTHING = book([])


@pytest.mark.parametrize(
    ("discount", "worth"),
    [
        (HandDiscount(each=money("1.50")), "25.50"),
        (HandDiscount(each=money("12")), "0.00"),
        (HandDiscount(whole=money("1")), "29.00"),
        (HandDiscount(whole=money("40")), "0.00"),
        (HandDiscount(percent=Decimal(10)), "27.00"),
        (HandDiscount(percent=Decimal(0)), "30.00"),
        (HandDiscount(percent=Decimal(100)), "0.00"),
    ],
)
def test_a_discount_by_hand_comes_before_every_rule(discount: HandDiscount, worth: str) -> None:
    three = bill((item("A", "10"), 3)).with_discount("l1", discount)
    assert price(three, NOTHING).before.decimal() == worth


def test_more_off_each_piece_than_it_costs_leaves_nothing_of_any_number_of_them() -> None:
    many = bill((item("A", "10"), 10_000)).with_discount("l1", HandDiscount(each=money("12")))
    assert price(many, NOTHING).before.decimal() == "0.00"


@pytest.mark.parametrize(
    ("prices", "taken"),
    [
        ({"price_from": "9"}, "0.90"),
        ({"price_from": "9.01"}, "0.00"),
        ({"price_to": "9"}, "0.90"),
        ({"price_to": "8.99"}, "0.00"),
        ({"price_from": "8", "price_to": "10"}, "0.90"),
    ],
)
def test_a_price_range_means_what_is_charged_after_a_discount_by_hand(prices: dict[str, str], taken: str) -> None:
    one = bill((item("A", "10"), 1)).with_discount("l1", HandDiscount(percent=Decimal(10)))
    tenth = {"rewards": [{"kind": "percent_off", "value": "10"} | prices]}
    assert price(one, book([tenth])).discount.decimal() == taken


def test_a_product_names_its_items_and_an_item_without_one_by_its_sku() -> None:
    lines = bill((item("A1", "10", product="A"), 1), (item("B", "10"), 1), (item("A", "10", product="Z"), 1))
    rules = [{"rewards": [{"kind": "percent_off", "value": "10", "on": {"products": ["A", "B"]}}]}]
    assert off(price(lines, book(rules))) == ["1.00", "1.00", "0.00"]


def test_a_filter_names_lines_in_the_order_of_the_bill_whichever_name_finds_them() -> None:
    """The second line by its sku and the first by its category: an odd cent is the first one's all the same."""
    lines = bill(*((item(f"A{n}", "1", category="c" if n % 2 else "d"), 1) for n in range(9)))
    goods = {"items": [f"A{n}" for n in range(0, 9, 2)], "categories": ["c"]}
    rules = [{"rewards": [{"kind": "amount_off", "value": "0.04", "on": goods}]}]
    assert off(price(lines, book(rules))) == ["0.01"] * 4 + ["0.00"] * 5


def test_the_odd_cent_of_two_lines_far_apart_is_the_earlier_one_s() -> None:
    lines = bill(*((item(f"A{n}", "1", category=f"c{n}"), 1) for n in range(9)))
    rules = [{"rewards": [{"kind": "amount_off", "value": "0.01", "on": {"items": ["A8"], "categories": ["c1"]}}]}]
    assert off(price(lines, book(rules))) == ["0.00", "0.01"] + ["0.00"] * 7


def test_goods_of_one_named_tax_group_are_rounded_apart_where_their_rates_differ() -> None:
    half = {"rewards": [{"kind": "percent_off", "value": "10"}]}
    alike = bill(*((item(f"A{n}", "0.05", rate="10"), 1) for n in range(2)))
    assert price(alike, book([half])).discount.decimal() == "0.01"
    apart = bill(*((item(f"A{n}", "0.05", tax_group=f"G{n}"), 1) for n in range(2)))
    assert price(apart, book([half])).discount.decimal() == "0.02"


def test_stacked_percentages_of_a_line_work_on_what_was_left_before_rounding() -> None:
    """0.25 less 10 % rounds to 0.22 and is 0.225 exactly, of which 20 % is 0.045 and rounds to 0.05."""
    rules = [{"rewards": [{"kind": "percent_off", "value": value}]} for value in ("10", "20")]
    priced = price(bill((item("A", "0.25"), 1)), book(rules))
    assert [applied.amount.minor for applied in priced.applied] == [3, 5]


def test_and_so_do_those_of_its_pieces() -> None:
    """Two pieces of 0.25 less 10 % each are 0.45 exactly, of which 10 % is 0.045 and rounds to 0.05."""
    each = {"rewards": [{"kind": "percent_off", "value": "10", "on": "each_item"}]}
    whole = {"rewards": [{"kind": "percent_off", "value": "10"}]}
    priced = price(bill((item("A", "0.25"), 2)), book([each, whole]))
    assert [applied.amount.minor for applied in priced.applied] == [6, 5]


def test_one_piece_that_does_not_come_out_even_is_enough_to_keep_the_remainder() -> None:
    """0.30 and 0.29 less 10 % each are 0.531 exactly, of which 99 % is 0.52569."""
    uneven = bill((item("A", "0.30"), 2)).with_discount("l1", HandDiscount(whole=money("0.01")))
    each = {"rewards": [{"kind": "percent_off", "value": "10", "on": "each_item"}]}
    nearly = {"rewards": [{"kind": "percent_off", "value": "99"}]}
    priced = price(uneven, book([each, nearly]))
    assert [applied.amount.minor for applied in priced.applied] == [6, 53]


def test_a_share_that_moved_away_is_there_again_for_a_percentage() -> None:
    """3.00 and 2.00 first; 4.00 more moves 2.00 over, down to the floor: 50 % of 1.00 + 0.00 + 10.00 is 5.50."""
    floored = item("A", "6", floor_price=item("x", "1").price)
    rules: list[dict[str, object]] = [
        {"rewards": [{"kind": "amount_off", "value": "5", "on": {"items": ["A", "B"]}}]},
        {"rewards": [{"kind": "amount_off", "value": "4", "on": {"items": ["A"]}}]},
        {"rewards": [{"kind": "percent_off", "value": "50"}]},
    ]
    priced = price(bill((floored, 1), (item("B", "4"), 1), (item("C", "10"), 1)), book(rules))
    assert [applied.amount.minor for applied in priced.applied] == [500, 400, 550]
    assert off(priced) == ["5.00", "4.00", "5.50"]


def test_unlike_pieces_of_a_line_are_rounded_each_by_itself() -> None:
    """5 % of 0.30 is 0.02 and of 0.29 it is 0.01."""
    uneven = bill((item("A", "0.30"), 2)).with_discount("l1", HandDiscount(whole=money("0.01")))
    each = {"rewards": [{"kind": "percent_off", "value": "5", "on": "each_item"}]}
    assert price(uneven, book([each])).discount.decimal() == "0.03"


def test_a_floor_of_nothing_keeps_nothing() -> None:
    one = item("A", "10", floor_price=item("x", "0").price)
    everything = book([{"rewards": [{"kind": "percent_off", "value": "100"}]}])
    assert price(bill((one, 3)), everything).total.minor == 0


def test_a_gift_is_worth_what_it_would_cost_with_its_taxes() -> None:
    gift = item("F", "5", rate="20", included=False)
    rules = book([{"rewards": [{"kind": "free_item", "sku": "F", "qty": 3}]}], [gift])
    (free,) = price(bill((item("A", "10"), 1)), rules).free_lines
    assert free.worth.decimal() == "18.00"


def test_rates_that_add_up_to_the_same_are_still_different_groups() -> None:
    """0.11 of each: the net is 0.10 and the tax 0.01, twice; together it would be 0.03."""
    both = Item("A", "A", UnitPrice.parse("0.10", USD), (Tax(Decimal(5), False), Tax(Decimal(8), False)))
    one = item("B", "0.10", rate="13", included=False)
    priced = price(bill((both, 1), (one, 1)), book([]))
    assert [(tax.group, tax.amount.decimal()) for tax in priced.taxes] == [("5 + 8", "0.01"), ("13", "0.01")]
