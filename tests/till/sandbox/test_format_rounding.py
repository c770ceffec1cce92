"""FORMAT.md, "Item" and "Rounding that the figures imply", sentence by sentence."""

import pytest

from tests.till.sandbox.story import Stories, add, code, do, item, loyalty, off, percent, rule

RUPIAH = {"code": "IDR", "minor_digits": 0, "step": "100"}
DINAR = {"code": "KWD", "minor_digits": 3}


def test_tax_is_counted_once_for_each_group_on_the_value_left(story: Stories) -> None:
    items = [item("A", "0.33", "10", tax_included=True), item("B", "0.33", "10", tax_included=True)]
    story(items, [], [add("A"), add("B")], {"tax": "0.06", "untaxed": "0.60", "total": "0.66"})


def test_included_and_on_top_are_different_groups(story: Stories) -> None:
    items = [
        item("A", "10", "10", tax_included=True),
        item("B", "10", "10"),
        item("C", "10", "0"),
        item("D", "10", "0", tax_group="exempt"),
    ]
    steps = [add(sku) for sku in "ABCD"]
    expected = {"discount_by_tax": {"10 incl": 1, "10": "1.1", "none": 1, "exempt": 1}, "total": "36.9"}
    story(items, [rule("P", percent("10"))], steps, expected)


def test_several_taxes_count_on_the_base_without_the_included_ones(story: Stories) -> None:
    both = item("X", "110", taxes=[{"rate": "10", "included": True}, {"rate": "5", "included": False}])
    story([both], [], [add("X")], {"total": 115, "untaxed": 100, "tax": 15})


def test_a_line_is_quantity_times_exact_price_rounded_half_up(story: Stories) -> None:
    story([item("X", "0.335")], [], [add("X", 1)], {"total": "0.34"})
    story([item("X", "0.335")], [], [add("X", 3)], {"total": "1.01"})
    story([item("X", "-0.335")], [], [add("X", 1)], {"total": "-0.34"})


def test_each_item_cheapest_and_first_then_each_round_every_piece(story: Stories) -> None:
    x = item("X", "0.35")
    story([x], [rule("P", percent("10", on="each_item"))], [add("X", 3)], {"discount_total": "0.12"})
    story([x], [rule("P", percent("10"))], [add("X", 3)], {"discount_total": "0.11"})
    story([x], [rule("P", percent("10", on="cheapest"))], [add("X", 3)], {"discount_total": "0.04"})


def test_a_hundred_percent_leaves_exactly_nothing_after_stacked_ones(story: Stories) -> None:
    rules = [rule(f"P{n}", percent("13"), order=n) for n in range(7)] + [rule("Q", percent("100"), order=9)]
    items = [item("A", "9.99", "15"), item("B", "3.33", "7", tax_included=True), item("C", "0.01")]
    story(items, rules, [add("A", 3), add("B", 7), add("C", 5)], {"total": 0, "tax": 0})


def test_a_fixed_amount_is_split_over_lines_by_largest_remainder(story: Stories) -> None:
    items = [item(sku, "7") for sku in "ABC"]
    expected = {"discount_by_sku": {"A": "3.34", "B": "3.33", "C": "3.33"}}
    story(items, [rule("P", off("10"))], [add(sku) for sku in "ABC"], expected)


def test_then_each_lines_share_over_its_pieces(story: Stories) -> None:
    expected = {"discount_by_unit": {"A": ["3.34", "3.33"], "B": ["3.33"]}, "unit_price_after": {"B": "3.67"}}
    story([item("A", "7"), item("B", "7")], [rule("P", off("10"))], [add("A", 2), add("B")], expected)


def test_a_capped_percentage_is_split_over_lines_by_value(story: Stories) -> None:
    items = [item("A", "30", "10"), item("B", "33")]
    rules = [rule("P", percent("50", max_discount="11"))]
    story(items, rules, [add("A"), add("B")], {"discount_by_sku": {"A": "5.5", "B": "5.5"}})


def test_earlier_amounts_on_a_filter_make_room_and_percentages_never_do(story: Stories) -> None:
    items = [item("A", "6"), item("B", "4")]
    steps = [add("A"), add("B")]
    moved = [rule("P", off("5", on={"items": ["A", "B"]})), rule("Q", off("6", on={"items": ["A"]}))]
    story(items, moved, steps, {"total": 0, "discount_by_sku": {"A": 6, "B": 4}, "discount_amounts": [5, 5]})
    kept = [rule("P", percent("50", on={"items": ["A", "B"]})), rule("Q", off("6", on={"items": ["A"]}))]
    story(items, kept, steps, {"total": 2, "discount_amounts": [5, 3]})
    order = [rule("P", off("5")), rule("Q", off("6", on={"items": ["A"]}))]
    story(items, order, steps, {"total": 2})
    later = [rule("P", off("5", on={"items": ["A", "B"]})), rule("Q", percent("100", on={"items": ["A"]}))]
    story(items, later, steps, {"total": 2, "discount_amounts": [5, 3]})


def test_rupiah_without_decimals_and_dinar_with_three(story: Stories) -> None:
    story([item("A", "9999")], [rule("P", percent("12.5"))], [add("A")], {"total": 8749}, currency=RUPIAH)
    story([item("A", "1.999", "5")], [rule("P", percent("10"))], [add("A")], {"total": "1.889"}, currency=DINAR)


def test_no_figure_is_rounded_to_the_smallest_coin(story: Stories) -> None:
    story([item("A", "1234")], [], [add("A")], {"total": 1234}, currency=RUPIAH)


def test_the_tolerance_of_a_case(story: Stories) -> None:
    assert story.differences([item("A", "1.00")], [], [add("A")], {"total": "1.02"})
    story([item("A", "1.00")], [], [add("A")], {"total": "1.02"}, tolerance="0.02")


def test_a_fraction_of_a_percent_and_stacks_of_codes(story: Stories) -> None:
    rules = [code("K", "k", percent("0.5")), code("M", "m", percent("0.5"))]
    steps = [add("A"), do("enter_code", code="k"), do("enter_code", code="m")]
    story([item("A", "100.99")], rules, steps, {"discount_amounts": ["0.50", "0.50"]})


@pytest.mark.parametrize("on", ["order", "each_item", "cheapest", {"items": ["A"]}])
def test_a_percentage_that_rounds_to_nothing_still_shrinks_the_exact_remainder(story: Stories, on: object) -> None:
    """9 % of 0.05 is 0.0045, so nothing; 10.5 % of the 0.0455 left is 0.0048, of 0.05 it would be a cent."""
    rules = [rule("P", percent("9", on=on)), rule("Q", percent("10.5"))]
    expected = {"total": "0.05", "discounts": [], "applied": [], "rewards_applied": 0, "lines": 1}
    story([item("A", "0.05")], rules, [add("A")], expected)


def test_a_percentage_that_rounds_to_nothing_is_neither_claimed_nor_used_nor_paid(story: Stories) -> None:
    claimed = [add("A", expect={"offers": []}), do("claim", rule="P", expect={"error": "gives nothing"})]
    story([item("A", "0.05")], [rule("P", percent("9"), apply="on_claim")], claimed, {"total": "0.05"})
    rules = [rule("P", percent("9"), limit_uses=1)]
    steps = [add("A"), do("complete_sale"), do("new_sale"), add("A", 100)]
    story([item("A", "0.05")], rules, steps, {"total": "4.55"})
    paid = [loyalty("L", percent("9", cost_points="5"), apply="automatic"), rule("Q", percent("10.5"))]
    expected = {"points_spent": 0, "discounts": [{"rule": "Q", "amount": "0.01"}]}
    story([item("A", "0.05")], paid, [add("A")], expected, customer={"id": "c", "points": {"L": "9"}})


def test_pieces_that_lose_nothing_of_an_amount_shrink_with_the_others(story: Stories) -> None:
    """9 % of each 0.05 and 1.00: nothing and 0.09; then 10.5 % of 0.0455 and 0.91 together, 0.1003."""
    rules = [rule("P", percent("9", on="each_item")), rule("Q", percent("10.5", on={"items": ["A"]}))]
    steps = [add("A"), add("B")]
    expected = {"discounts": [{"rule": "P", "amount": "0.09"}], "total": "0.96"}
    story([item("A", "0.05"), item("B", "1")], rules, steps, expected)


def test_an_amount_that_takes_nearly_all_is_split_once(story: Stories) -> None:
    """50.00 over 0.36, 49.96 and 0.32: 0.3554, 49.3286 and 0.3160, which is rounded up to all of its 0.32."""
    items = [item("A", "0.18"), item("B", "49.96"), item("E", "0.32")]
    expected = {"discount_by_sku": {"A": "0.35", "B": "49.33", "E": "0.32"}}
    story(items, [rule("R", off("50"))], [add("A", 2), add("B"), add("E")], expected)


def test_what_one_floored_piece_cannot_take_goes_to_all_other_pieces(story: Stories) -> None:
    """The one piece of F at its floor takes none of the 10: it is shared over 10 + 10 of F and 20 of B."""
    items = [item("F", "10", floor_price="8"), item("B", "20")]
    rules = [rule("C", off("2", on="cheapest"), priority=1), rule("R", off("6"))]
    expected = {"discount_by_unit": {"F": ["2", "1.50", "1.50"], "B": ["3"]}}
    story(items, rules, [add("F", 3), add("B")], expected)
