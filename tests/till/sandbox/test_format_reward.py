"""FORMAT.md, "Reward", sentence by sentence."""

from tests.till.sandbox.story import Stories, add, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")


def test_amount_each_item_takes_that_much_off_every_piece(story: Stories) -> None:
    steps = [add("A", 2), add("C", 1)]
    story([A, C], [rule("P", off("7", on="each_item"))], steps, {"total": "6", "discount_by_sku": {"A": 14, "C": 5}})


def test_points_without_a_block_are_cut_to_two_decimals(story: Stories) -> None:
    rules = [loyalty("L", {"kind": "amount_per_point", "value": "0.03"})]
    expected = {"points_spent": "33.33", "total": "0"}
    story(
        [item("A", "1")],
        rules,
        [add("A"), do("claim", rule="L")],
        expected,
        customer={"id": "c", "points": {"L": "90"}},
    )


def test_points_in_blocks_never_more_than_the_bill_can_take(story: Stories) -> None:
    rules = [loyalty("L", {"kind": "amount_per_point", "value": "1", "cost_points": "10", "block": "10"})]
    steps = [add("A", 2), add("C"), do("claim", rule="L", points="99")]
    story([A, C], rules, steps, {"points_spent": "20", "total": "5"}, customer={"id": "c", "points": {"L": "100"}})


def test_points_claimed_are_cut_to_whole_blocks_and_need_the_least(story: Stories) -> None:
    rules = [loyalty("L", {"kind": "amount_per_point", "value": "1", "cost_points": "20", "block": "5"})]
    steps = [
        add("B", 5),
        do("claim", rule="L", points="19", expect={"error": "too_few", "total": "100"}),
        do("claim", rule="L", points="28"),
    ]
    story([B], rules, steps, {"points_spent": "25", "total": "75"}, customer={"id": "c", "points": {"L": "50"}})


def test_points_beyond_the_balance_are_refused(story: Stories) -> None:
    rules = [loyalty("L", {"kind": "amount_per_point", "value": "1"})]
    steps = [add("B", 5), do("claim", rule="L", points="60", expect={"error": "lacks_points"})]
    story([B], rules, steps, {"total": "100"}, customer={"id": "c", "points": {"L": "50"}})


def test_a_free_item_on_top_earns_nothing_counts_for_no_minimum_and_is_not_discounted(story: Stories) -> None:
    rules = [
        rule("F", free("B"), order=1),
        rule("M", off("1"), when={"min_amount": "30"}, order=2),
        rule("P", percent("50"), order=3),
        loyalty("L", earn={"per": "money", "points": "1"}),
    ]
    expected = {"total": "5", "free_items": [{"sku": "B", "qty": 1}], "points_earned": "5", "lines": 3}
    story([A, B], rules, [add("A")], expected, customer={"id": "c"})


def test_a_free_item_of_a_product_is_its_only_item(story: Stories) -> None:
    items = [A, item("B", "20", product="mug")]
    story(
        items,
        [rule("F", {"kind": "free_item", "sku_product": "mug"})],
        [add("A")],
        {"free_items": [{"sku": "B", "qty": 1}]},
    )


def test_a_choice_of_several_is_offered_instead_and_the_first_of_the_catalogue_is_usual(story: Stories) -> None:
    items = [A, item("B", "20", tags=["gift"]), item("C", "5", tags=["gift"])]
    rules = [rule("F", {"kind": "free_item", "choose_from": {"tags": ["gift"]}})]
    steps = [add("A", expect={"free_items": [], "offers": ["F"]}), do("claim", rule="F")]
    story(items, rules, steps, {"free_items": [{"sku": "B", "qty": 1}], "offers": []})


def test_a_choice_that_leaves_one_item_is_given_by_itself(story: Stories) -> None:
    items = [A, item("B", "20", tags=["gift"]), item("C", "5", tags=["gift"], active=False)]
    rules = [rule("F", {"kind": "free_item", "choose_from": {"tags": ["gift"]}})]
    story(items, rules, [add("A")], {"free_items": [{"sku": "B", "qty": 1}]})


def test_choose_means_from_cart_and_takes_the_goods_of_when(story: Stories) -> None:
    rules = [rule("F", free(choose="most_expensive_in_cart", qty=1), when={"items": ["A", "C"], "min_qty": 2})]
    steps = [add("A"), add("B"), add("C", 2)]
    expected = {"free_items": [{"sku": "A", "qty": 1}], "total": "30"}
    story([A, B, C], rules, steps, expected)


def test_naming_no_item_means_from_cart(story: Stories) -> None:
    rules = [rule("F", free(), when={"items": ["A"]}, buy=2)]
    story([A, B], rules, [add("A", 7), add("B")], {"free_items": [{"sku": "A", "qty": 2}], "total": "70"})


def test_paid_are_first_the_pieces_that_cannot_become_free(story: Stories) -> None:
    rules = [rule("F", free(of={"items": ["C"]}, from_cart=True), when={"items": ["A", "C"]}, buy=1)]
    story([A, C], rules, [add("C", 2), add("A", 2)], {"free_items": [{"sku": "C", "qty": 2}], "total": "20"})


def test_free_are_the_cheapest_and_paid_come_from_the_other_end(story: Stories) -> None:
    items = [item(name, price) for name, price in (("a", "6"), ("b", "5"), ("c", "4"), ("d", "3"))]
    rules = [rule("F", free(from_cart=True), when={}, buy=1)]
    expected = {"discount_by_sku": {"c": 4, "d": 3}, "total": "11"}
    story(items, rules, [add(name) for name in "abcd"], expected)


def test_with_min_qty_alone_there_is_one_set(story: Stories) -> None:
    rules = [rule("F", free("A", from_cart=True), when={"items": ["A"], "min_qty": 2})]
    story([A], rules, [add("A", 9)], {"free_items": [{"sku": "A", "qty": 1}]})


def test_max_applications_limits_and_repeats_sets(story: Stories) -> None:
    rules = [rule("F", free("A", from_cart=True), when={"items": ["A"], "min_qty": 2}, max_applications=2)]
    story([A], rules, [add("A", 9)], {"free_items": [{"sku": "A", "qty": 2}]})
    rules = [rule("F", free("A", from_cart=True), when={"items": ["A"]}, buy=2, max_applications=2)]
    story([A], rules, [add("A", 9)], {"free_items": [{"sku": "A", "qty": 2}]})


def test_bundles_take_the_cheapest_first_and_leave_a_cheaper_set_alone(story: Stories) -> None:
    items = [item("a", "1"), item("b", "2"), item("c", "8"), item("d", "9")]
    rules = [rule("P", {"kind": "bundle_price", "value": "10"}, when={"min_qty": 2})]
    expected = {"discount_by_sku": {"c": "3.29", "d": "3.71"}, "total": "13"}
    story(items, rules, [add(name) for name in "abcd"], expected)


def test_a_bundle_without_min_qty_is_all_matching_pieces(story: Stories) -> None:
    rules = [rule("P", {"kind": "bundle_price", "value": "12"}, when={"items": ["A", "C"]})]
    story([A, B, C], rules, [add("A", 2), add("B"), add("C")], {"total": "32"})


def test_bundles_repeat_while_pieces_last_or_up_to_the_limit(story: Stories) -> None:
    bundle = {"kind": "bundle_price", "value": "15"}
    story([A], [rule("P", bundle, when={"min_qty": 2})], [add("A", 5)], {"total": "40", "rewards_applied": 2})
    limited = rule("P", bundle, when={"min_qty": 2}, max_applications=1)
    story([A], [limited], [add("A", 5)], {"total": "45", "rewards_applied": 1})


def test_a_piece_used_in_a_set_is_in_no_other_set_of_any_rule(story: Stories) -> None:
    rules = [
        rule("P", {"kind": "bundle_price", "value": "15"}, when={"min_qty": 2}, order=1, max_applications=1),
        rule("F", free("A", from_cart=True), when={"items": ["A"]}, buy=1, order=2),
    ]
    story([A], rules, [add("A", 3)], {"total": "25", "applied": ["P"]})
    story([A], rules, [add("A", 4)], {"total": "25", "applied": ["P", "F"]})


def test_tiers_read_the_value_left_of_the_pieces_they_would_discount(story: Stories) -> None:
    tiers = [{"from": "10", "value": "50"}, {"from": "20", "value": "100"}]
    rules = [
        rule("Q", percent("50", on={"items": ["A"]}), order=1),
        rule("P", {"kind": "tiered_percent_off", "tiers": tiers, "on": {"items": ["A"]}}, order=2),
    ]
    story(
        [A, B],
        rules,
        [add("A", 2), add("B", 5)],
        {"discounts": [{"rule": "Q", "amount": 10}, {"rule": "P", "amount": 5}]},
    )


def test_below_the_lowest_tier_there_is_nothing(story: Stories) -> None:
    rules = [rule("P", {"kind": "tiered_amount_off", "tiers": [{"from": "11", "value": "5"}]})]
    story([A], rules, [add("A")], {"discounts": [], "total": "10"})


def test_first_then_each_goes_in_the_order_of_the_bill(story: Stories) -> None:
    rules = [rule("P", {"kind": "first_then_each", "first": "4", "each": "1"})]
    story([A, B], rules, [add("B"), add("A", 2)], {"discount_by_unit": {"B": [4], "A": [1, 1]}})


def test_the_cheapest_piece_after_filtering(story: Stories) -> None:
    rules = [rule("P", percent("50", on="cheapest", of={"items": ["A", "B"]}))]
    story([A, B, C], rules, [add("B"), add("A", 2), add("C")], {"discount_by_sku": {"A": "5"}})


def test_cheapest_is_the_least_value_left_and_of_equal_ones_the_earlier_line(story: Stories) -> None:
    twins = [item("X", "10"), item("Y", "10")]
    rules = [rule("P", percent("50", on="cheapest"), order=1), rule("Q", off("1", on="cheapest"), order=2)]
    story(twins, rules, [add("Y"), add("X")], {"discount_by_sku": {"Y": "6"}})


def test_pieces_at_zero_are_skipped_by_the_cheapest(story: Stories) -> None:
    rules = [rule("P", percent("100", on="cheapest"), order=1), rule("Q", percent("100", on="cheapest"), order=2)]
    story([A, C], rules, [add("A"), add("C")], {"total": "0", "discount_amounts": [5, 10]})


def test_price_range_reads_the_charged_price_in_the_items_own_sense(story: Stories) -> None:
    items = [item("X", "10", "20"), item("Y", "12", sale_price="10"), item("Z", "10.01")]
    rules = [rule("P", percent("100", on="each_item", price_from="10", price_to="10"))]
    story(items, rules, [add("X"), add("Y"), add("Z")], {"discount_by_sku": {"X": 12, "Y": 10}})


def test_max_items_and_per_line_are_the_cheapest_pieces(story: Stories) -> None:
    rules = [rule("P", percent("100", max_items=3, max_items_per_line=2))]
    story([A, B, C], rules, [add("B", 2), add("A", 3), add("C", 1)], {"discount_by_sku": {"C": 5, "A": 20}})


def test_max_discount_is_a_cap_for_each_application(story: Stories) -> None:
    rules = [rule("P", percent("50", on="cheapest", max_discount="3"), when={"min_qty": 1}, max_applications=2)]
    story([A], rules, [add("A", 2)], {"discount_total": "6"})


def test_floors_keep_each_item_and_cheapest_discounts(story: Stories) -> None:
    items = [item("T", "50", floor_price="45"), item("M", "20")]
    story(
        items, [rule("P", percent("20", on="each_item"))], [add("T"), add("M")], {"discount_by_sku": {"T": 5, "M": 4}}
    )
    story(items, [rule("P", off("30", on="cheapest", of={"items": ["T"]}))], [add("T")], {"discount_by_sku": {"T": 5}})


def test_a_floor_is_in_the_items_own_sense(story: Stories) -> None:
    items = [item("T", "100", "10", floor_price="90")]
    story(items, [rule("P", percent("50"))], [add("T")], {"total": "99"})


def test_floors_hand_over_between_tax_groups(story: Stories) -> None:
    items = [item("T", "50", "10", tax_included=True, floor_price="45"), item("M", "20")]
    story(items, [rule("P", percent("20"))], [add("T"), add("M")], {"discount_by_sku": {"T": 5, "M": 9}})


def test_negative_lines_lower_the_base_of_order_percentages_only(story: Stories) -> None:
    items = [A, item("HAND", "-5")]
    story(items, [rule("P", percent("10"))], [add("A"), add("HAND")], {"discount_total": "0.5", "total": "4.5"})
    filtered = rule("P", percent("10", on={"items": ["A", "HAND"]}))
    story(items, [filtered], [add("A"), add("HAND")], {"discount_total": "1", "total": "4"})


def test_a_negative_line_never_lets_the_bill_fall_below_zero(story: Stories) -> None:
    items = [A, item("HAND", "-5")]
    for reward in (percent("100", on={"items": ["A"]}), percent("100", on="each_item"), off("10", on="cheapest")):
        story(items, [rule("P", reward)], [add("A"), add("HAND")], {"discount_total": "5", "total": "0"})


def test_negative_lines_count_in_min_amount_and_not_in_min_qty(story: Stories) -> None:
    items = [A, item("HAND", "-5")]
    steps = [add("A"), add("HAND")]
    story(items, [rule("P", off("1"), when={"min_qty": 2})], steps, {"discounts": []})
    story(items, [rule("P", off("1"), when={"min_amount": "5.01"})], steps, {"discounts": []})
    story(items, [rule("P", off("1"), when={"min_amount": "5"})], steps, {"total": "4"})


def test_a_quantity_that_is_not_whole_is_one_piece_for_rewards_and_its_amount_for_min_qty(story: Stories) -> None:
    steps = [add("A", "1.5"), add("C", "0.5")]
    story([A, C], [rule("P", off("1", on="each_item"))], steps, {"discount_by_sku": {"A": 1, "C": 1}})
    story([A, C], [rule("P", off("1"), when={"min_qty": 2})], steps, {"discount_total": "1"})
    story([A, C], [rule("P", off("1"), when={"min_qty": 3})], steps, {"discounts": []})


def test_an_unused_on_sale_item_still_counts_in_when(story: Stories) -> None:
    items = [item("S", "20", sale_price="15"), A]
    rules = [rule("P", percent("10"), when={"min_amount": "25"}, on_sale_items=False)]
    story(items, rules, [add("S"), add("A")], {"discount_by_sku": {"A": 1}, "total": "24"})
