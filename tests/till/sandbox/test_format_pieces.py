"""Pieces, floors, caps and shares that move, each figure worked out by hand."""

from tests.till.sandbox.story import Stories, add, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "10"), item("C", "10")


def floored(sku: str, price: str, floor: str) -> dict[str, object]:
    return item(sku, price, floor_price=floor)


# Floors of single pieces


def test_what_a_floored_piece_keeps_goes_to_the_other_pieces_picked(story: Stories) -> None:
    items = [floored("A", "10", "8"), B]
    story(items, [rule("P", off("10", max_items=2))], [add("A"), add("B")], {"discount_by_sku": {"A": 2, "B": 8}})


def test_a_piece_at_its_floor_gives_nothing(story: Stories) -> None:
    items = [floored("A", "8", "8"), B]
    story(items, [rule("P", off("5", max_items=2))], [add("A"), add("B")], {"discount_by_sku": {"B": 5}})


def test_a_percentage_of_pieces_with_floors_hands_over_between_tax_groups(story: Stories) -> None:
    """50 % of 10 + 11 + 10: the floored 10 gives 1, the 4 that it keeps go to the others, 11 to 10."""
    items = [floored("A", "10", "9"), item("B", "10", "10"), C]
    expected = {"discount_by_sku": {"A": "1", "B": "7.6", "C": "6.9"}, "discount_total": "15.5"}
    story(items, [rule("P", percent("50"))], [add("A"), add("B"), add("C")], expected)


# Caps


def test_caps_of_fixed_amounts(story: Stories) -> None:
    story([A], [rule("P", off("9", max_discount="4"))], [add("A")], {"total": 6})
    story([A], [rule("P", off("3", on="each_item", max_discount="4"))], [add("A", 2)], {"total": 16})
    story([A], [rule("P", off("3", on="cheapest", max_discount="2"))], [add("A", 2)], {"total": 18})


def test_a_capped_percentage_each_item_stays_with_the_pieces_that_lose_something(story: Stories) -> None:
    """1 % of 0.40 is nothing, however many pieces; of 10 it is 0.10, capped at 0.05."""
    items = [item("A", "0.40"), B]
    rules = [rule("P", percent("1", on="each_item", max_discount="0.05"))]
    story(items, rules, [add("A", 20), add("B")], {"discount_by_sku": {"B": "0.05"}})


def test_a_share_of_nothing_does_not_end_the_sharing(story: Stories) -> None:
    items = [item("A", "1"), item("B", "9")]
    rules = [rule("P", percent("50", on="each_item", max_discount="0.01"))]
    story(items, rules, [add("A"), add("B")], {"discount_by_sku": {"B": "0.01"}})


def test_a_cap_on_points(story: Stories) -> None:
    reward = {"kind": "amount_per_point", "value": "1", "max_discount": "3"}
    steps = [add("A"), do("claim", rule="L")]
    story(
        [A], [loyalty("L", reward)], steps, {"total": 7, "points_spent": 3}, customer={"id": "c", "points": {"L": "9"}}
    )


# Shares that move


def test_nothing_moves_while_there_is_enough_left(story: Stories) -> None:
    rules = [rule("P", off("4", on={"items": ["A", "B"]})), rule("Q", off("3", on={"items": ["A"]}))]
    story([A, B], rules, [add("A"), add("B")], {"discount_by_sku": {"A": 5, "B": 2}})


def test_the_last_cent_moves_to_a_line_that_had_no_share(story: Stories) -> None:
    rules = [rule("P", off("0.01", on={"items": ["A", "B"]})), rule("Q", off("1", on={"items": ["A"]}))]
    expected = {
        "discount_by_sku": {"A": "1", "B": "0.01"},
        "discounts": [{"rule": "P", "amount": "0.01"}, {"rule": "Q", "amount": "1"}],
    }
    story([item("A", "1"), item("B", "1")], rules, [add("A"), add("B")], expected)


def test_only_as_much_moves_as_is_missing_of_the_earlier_rules_first(story: Stories) -> None:
    """P takes 2 + 2 and Q 1.60 + 2; R lacks 1 on A, which P alone moves to B."""
    rules = [
        rule("P", off("4", on={"items": ["A", "B"]})),
        rule("Q", off("3.60", on={"items": ["A", "C"]})),
        rule("R", off("7.40", on={"items": ["A"]})),
    ]
    story([A, B, C], rules, [add("A"), add("B"), add("C")], {"discount_by_sku": {"A": 10, "B": 3, "C": 2}})


def test_a_rule_that_picks_pieces_makes_no_room(story: Stories) -> None:
    rules = [rule("P", off("4", on={"items": ["A", "B"]})), rule("Q", off("10", on={"items": ["A"]}, max_items=1))]
    story([A, B], rules, [add("A"), add("B")], {"discount_by_sku": {"A": 10, "B": 2}, "total": 8})


# Pieces of a line


def test_each_item_with_so_many_pieces(story: Stories) -> None:
    story([A], [rule("P", off("1", on="each_item", max_items=2))], [add("A", 3)], {"total": 28})
    story([A], [rule("P", percent("10", on="each_item", max_items=2))], [add("A", 3)], {"total": 28})
    expected = {"discount_by_unit": {"A": [1, 0, 0]}}
    story([A], [rule("P", percent("10", max_items=1))], [add("A", 3)], expected)


def test_each_item_takes_no_more_than_is_left_of_a_piece(story: Stories) -> None:
    rules = [rule("P", percent("90")), rule("Q", off("5", on="each_item"))]
    story([A], rules, [add("A", 2)], {"total": 0, "discount_amounts": [18, 2]})


def test_the_exact_remainder_of_a_piece(story: Stories) -> None:
    """10 % of 9.94 is 0.994, so 0.99; 10 % of the exact 8.946 is 0.89, of 8.95 it would be 0.90."""
    rules = [rule("P", percent("10", on="cheapest")), rule("Q", percent("10"))]
    story([item("A", "9.94")], rules, [add("A")], {"discount_amounts": ["0.99", "0.89"]})


def test_first_then_each_passes_over_pieces_at_zero(story: Stories) -> None:
    rules = [
        rule("S", free("A", from_cart=True), when={"items": ["B"]}, buy=1),
        rule("F", {"kind": "first_then_each", "first": "1", "each": "2"}),
    ]
    story(
        [A, B], rules, [add("A"), add("B", 2)], {"discounts": [{"rule": "S", "amount": 10}, {"rule": "F", "amount": 3}]}
    )


def test_a_group_that_is_worth_nothing_leaves_the_others_alone(story: Stories) -> None:
    items = [item("A", "20", "10"), item("HAND", "-20", "10"), item("B", "100", "20")]
    story(items, [rule("P", percent("10"))], [add("A"), add("HAND"), add("B")], {"discount_by_sku": {"B": 12}})


# Sets


def test_a_cap_of_sets_counts_for_each_of_them(story: Stories) -> None:
    rules = [rule("S", free("A", from_cart=True, max_discount="4"), when={"items": ["A"]}, buy=1)]
    story([A], rules, [add("A", 6)], {"discount_total": 12, "rewards_applied": 3})
    bundle = {"kind": "bundle_price", "value": "1", "max_discount": "4"}
    story([A], [rule("P", bundle, when={"items": ["A"], "min_qty": 2})], [add("A", 4)], {"discount_total": 8})


def test_bundles_leave_the_pieces_that_make_no_set(story: Stories) -> None:
    bundle = {"kind": "bundle_price", "value": "5"}
    rules = [rule("P", bundle, when={"items": ["A"], "min_qty": 2})]
    story([A], rules, [add("A", 3)], {"total": 15})
    story([A], [rules[0] | {"max_applications": 1}], [add("A", 5)], {"total": 35})


def test_sets_pass_over_goods_on_sale_where_they_must(story: Stories) -> None:
    sale = item("S", "9", sale_price="6")
    when = {"items": ["A", "S"], "min_qty": 2}
    bundle = rule("P", {"kind": "bundle_price", "value": "5"}, when=when, on_sale_items=False)
    story([A, sale], [bundle], [add("A"), add("S"), add("A")], {"total": 11, "discount_by_sku": {"A": 15}})
    gift = rule("G", free(from_cart=True, qty=2), when={"items": ["A", "S"]}, buy=1, on_sale_items=False)
    story([A, sale], [gift], [add("A", 2), add("S")], {"free_items": [{"sku": "A", "qty": 2}], "total": 6})


def test_a_set_is_paid_by_pieces_that_are_still_worth_something(story: Stories) -> None:
    rules = [
        rule("P", percent("100", on={"items": ["B"]}), priority=1),
        rule("S", free("A", from_cart=True), when={"items": ["A", "B"]}, buy=1),
    ]
    story([A, B], rules, [add("A"), add("B")], {"total": 10, "applied": ["P"]})


# Minimums and earning


def test_a_minimum_without_tax_is_never_lowered_by_the_rules_own_discount(story: Stories) -> None:
    when = {"min_amount": "10", "min_amount_tax": "excl"}
    rules = [rule("P", off("2"), when=when, max_applications=2)]
    story([item("A", "10", "10")], rules, [add("A")], {"discount_total": 4})


def test_a_limit_counts_whole_sets_of_pieces(story: Stories) -> None:
    rules = [rule("G", free("C"), when={"items": ["A"], "min_qty": 2}, max_applications=3)]
    story([A, C], rules, [add("A", 5)], {"free_items": [{"sku": "C", "qty": 2}]})
    anyway = [rule("G", free("C"), max_applications=3)]
    story([A, C], anyway, [add("A", 5)], {"free_items": [{"sku": "C", "qty": 3}]})


def test_money_counts_after_pieces_were_freed_even_by_the_rule_itself(story: Stories) -> None:
    rules = [loyalty("L", free("B", from_cart=True, cost_points="5"), earn={"per": "money", "points": "1"})]
    steps = [add("A"), add("B"), do("claim", rule="L")]
    story([A, B], rules, steps, {"points_earned": 10, "points_spent": 5}, customer={"id": "c", "points": {"L": "5"}})


def test_credits_of_money_do_not_count_what_they_are_about_to_free(story: Stories) -> None:
    """20 earned on 20; each free piece of 10 costs 10 and lowers what is earned by 10, so there is just one."""
    earn = {"per": "money", "points": "1"}
    rules = [
        rule("G", free("A", from_cart=True, cost_points="10"), when={"items": ["A"]}, earn=earn, family="buy_x_get_y")
    ]
    story([A], rules, [add("A", 2)], {"free_items": [{"sku": "A", "qty": 1}], "total": 10})


def test_the_cheapest_piece_of_a_line_whose_pieces_differ(story: Stories) -> None:
    rules = [rule("P", off("3", on="cheapest")), rule("Q", percent("100", on="cheapest"))]
    story([A], rules, [add("A", 2)], {"discount_amounts": [3, 7], "discount_by_unit": {"A": [10, 0]}})


def test_a_fixed_amount_comes_off_the_exact_remainder(story: Stories) -> None:
    """10 % of 9.95 is 0.995; of the exact 8.955 - 1 it is 0.7955."""
    amounts = {"discount_amounts": ["1", "1", "0.8"]}
    for on in ("order", "cheapest"):
        rules = [rule("P", percent("10", on=on)), rule("Q", off("1")), rule("R", percent("10"))]
        story([item("A", "9.95")], rules, [add("A")], amounts)


def test_exact_remainders_of_several_lines_are_rounded_together(story: Stories) -> None:
    """After a third off A its remainder ends nowhere: 6.6333… + 0.96 = 7.5966…, of which 10 % is 0.76."""
    items = [item("A", "9.95"), item("B", "0.96")]
    rules = [rule("P", percent("33.33", on={"items": ["A"]})), rule("Q", percent("10"))]
    story(items, rules, [add("A"), add("B")], {"discount_amounts": ["3.32", "0.76"]})


def test_a_quantity_that_was_claimed_is_served_before_the_other_claims_of_its_rule(story: Stories) -> None:
    rewards = [free("C", id="RC", cost_points="2"), free("B", id="RB", cost_points="2")]
    gifts = rule("F", *rewards, when={"items": ["A"]}, earn={"per": "unit", "points": "1"}, apply="on_claim")
    steps = [
        add("A", 4),
        do("claim", rule="F", reward="RC", expect={"free_items": [{"sku": "C", "qty": 2}]}),
        do("remove_reward", rule="F", reward="RC"),
        do("claim", rule="F", reward="RC"),
        add("A", 2),
        do("set_reward_qty", rule="F", reward="RC", qty=1),
        do("claim", rule="F", reward="RB", expect={"free_items": [{"sku": "C", "qty": 1}, {"sku": "B", "qty": 2}]}),
        do("set_reward_qty", rule="F", reward="RB", qty=1),
    ]
    story([A, B, C], [gifts], steps, {"free_items": [{"sku": "C", "qty": 1}, {"sku": "B", "qty": 1}]})


def test_each_item_off_pieces_that_differ(story: Stories) -> None:
    rules = [rule("P", off("6", on="cheapest")), rule("Q", off("5", on="each_item"))]
    story([A], rules, [add("A", 2)], {"discount_amounts": [6, 9]})


def test_the_exact_remainder_beside_a_negative_line(story: Stories) -> None:
    """10 % of 9.94 is 0.994; of the exact 9.006 - 0.06 it is 0.8946, of 9.01 - 0.06 it would be 0.895."""
    items = [A, item("HAND", "-0.06")]
    rules = [rule("P", percent("10")), rule("Q", percent("10"))]
    story(items, rules, [add("A"), add("HAND")], {"discount_amounts": ["0.99", "0.89"]})


# What is picked


def test_one_end_of_a_price_range(story: Stories) -> None:
    items = [item("C", "5"), A, item("D", "20")]
    steps = [add("C"), add("A"), add("D")]
    story(items, [rule("P", percent("10", price_from="8"))], steps, {"discount_by_sku": {"A": 1, "D": 2}})
    story(items, [rule("P", percent("10", price_to="10"))], steps, {"discount_by_sku": {"C": "0.5", "A": 1}})


def test_so_many_pieces_of_each_line(story: Stories) -> None:
    items = [A, item("D", "20")]
    two = rule("P", percent("10", on="each_item", max_items_per_line=2))
    story(items, [two], [add("A", 3)], {"total": 28})
    one = rule("P", percent("10", on="each_item", max_items_per_line=1))
    story(items, [one], [add("A", 2), add("D", 2)], {"discount_by_sku": {"A": 1, "D": 2}})


def test_the_cheapest_of_the_pieces_picked(story: Stories) -> None:
    rules = [rule("P", percent("10", on="cheapest", max_items=1))]
    story([A, item("D", "20")], rules, [add("D"), add("A")], {"discount_by_sku": {"A": 1}})


# Sets


def test_sets_pass_over_negative_lines_and_take_goods_on_sale(story: Stories) -> None:
    items = [A, B, item("HAND", "-5"), item("S", "9", sale_price="6")]
    bundle = rule("P", {"kind": "bundle_price", "value": "12"}, when={"min_qty": 2})
    story(items, [bundle], [add("A"), add("HAND"), add("B")], {"discount_total": 8, "total": 7})
    story(items, [bundle], [add("A"), add("S")], {"total": 12})
    gift = rule("G", free(from_cart=True), buy=1)
    story(items, [gift], [add("A"), add("S")], {"free_items": [{"sku": "S", "qty": 1}], "total": 10})
    story(items, [gift], [add("A"), add("HAND"), add("B")], {"free_items": [{"sku": "A", "qty": 1}], "total": 5})


def test_a_floor_in_a_bundle(story: Stories) -> None:
    bundle = rule("P", {"kind": "bundle_price", "value": "10"}, when={"min_qty": 2})
    story([floored("A", "10", "9"), B], [bundle], [add("A"), add("B")], {"discount_by_sku": {"A": 1, "B": 9}})


def test_a_piece_that_paid_for_a_set_pays_for_no_other(story: Stories) -> None:
    rules = [rule(name, free("A", from_cart=True), when={"items": ["A"]}, buy=1) for name in ("S", "T")]
    story([A], rules, [add("A", 3)], {"total": 20, "applied": ["S"]})


def test_a_claim_frees_as_many_pieces_as_it_says(story: Stories) -> None:
    rules = [rule("S", free("A", from_cart=True), when={"items": ["A"]}, buy=1, apply="on_claim")]
    story(
        [A], rules, [add("A", 6), do("claim", rule="S", qty=2)], {"free_items": [{"sku": "A", "qty": 2}], "total": 40}
    )


# Minimums, earning, credits


def test_a_minimum_without_tax_to_the_last_cent(story: Stories) -> None:
    for least, applied in (("10", ["P"]), ("10.01", [])):
        rules = [rule("P", off("1"), when={"min_amount": least, "min_amount_tax": "excl"})]
        story([item("A", "10", "10")], rules, [add("A")], {"applied": applied})


def test_what_was_freed_earns_nothing_at_all(story: Stories) -> None:
    gift = rule("S", free("A", from_cart=True), when={"items": ["B"]}, buy=1)
    for per in ("unit", "money"):
        points = loyalty("L", when={"items": ["A"]}, earn={"per": per, "points": "1"})
        story([A, B], [gift, points], [add("A"), add("B")], {"points_earned": 0}, customer={"id": "c"})


def test_points_on_gross_money_leave_out_what_was_freed(story: Stories) -> None:
    rules = [
        rule("P", percent("10", on={"items": ["B"]})),
        rule("S", free("A", from_cart=True), when={"items": ["B"]}, buy=1),
        loyalty("L", earn={"per": "money", "points": "1", "of": "gross"}),
    ]
    story([A, B], rules, [add("A"), add("B")], {"points_earned": 10}, customer={"id": "c"})


def test_credits_are_cut_to_two_decimals(story: Stories) -> None:
    reward = {"kind": "amount_per_point", "value": "1"}
    rules = [rule("P", reward, earn={"per": "order", "points": "4.129"})]
    story([A], rules, [add("A")], {"total": "5.88", "points_spent": "4.12"})


def test_a_wallet_pays_to_the_last_cent(story: Stories) -> None:
    reward = {"kind": "amount_per_point", "value": "1"}
    wallet = rule("W", reward, family="wallet", activation={"mode": "customer"})
    story([A], [wallet], [add("A")], {"total": "9.97"}, customer={"id": "c", "wallet": "0.03"})


def test_a_cart_range_that_allows_nothing(story: Stories) -> None:
    reward = {"kind": "amount_per_point", "value": "1", "ranges": [{"from": "0", "cap_percent": "0"}]}
    steps = [add("A"), do("claim", rule="L", expect={"error": "nothing"})]
    story([A], [loyalty("L", reward)], steps, {"total": 10, "offers": []}, customer={"id": "c", "points": {"L": "9"}})
