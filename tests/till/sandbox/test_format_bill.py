"""FORMAT.md, "Rule" and "Working out a bill", sentence by sentence."""

from tests.till.sandbox.story import Stories, add, code, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")
CUSTOMER = {"id": "c", "points": {"L": "100"}}


def test_named_goods_must_be_on_the_bill_even_without_a_minimum(story: Stories) -> None:
    rules = [rule("P", off("1"), when={"items": ["B"]})]
    story([A, B], rules, [add("A")], {"discounts": []})
    story([A, B], rules, [add("A"), add("B")], {"total": "29"})


def test_an_empty_list_names_nothing_and_several_lists_name_any(story: Stories) -> None:
    story([A], [rule("P", off("1"), when={"items": []})], [add("A")], {"discounts": []})
    items = [item("A", "10", category="x"), item("B", "20", tags=["y"]), C]
    rules = [rule("P", percent("10", on={"categories": ["x"], "tags": ["y"], "products": []}))]
    story(items, rules, [add("A"), add("B"), add("C")], {"discount_by_sku": {"A": 1, "B": 2}})


def test_minimums_count_only_the_goods_named_but_the_scope_order_counts_all(story: Stories) -> None:
    named = {"items": ["A"], "min_amount": "20"}
    story([A, B], [rule("P", off("1"), when=named)], [add("A"), add("B")], {"discounts": []})
    story(
        [A, B], [rule("P", off("1"), when=named | {"min_amount_scope": "order"})], [add("A"), add("B")], {"total": "29"}
    )


def test_min_amount_without_tax_is_rounded_for_each_tax_group(story: Stories) -> None:
    items = [item("X", "0.05", "10", tax_included=True), item("Y", "0.05", "20", tax_included=True)]
    steps = [add("X"), add("Y")]
    for least, found in (("0.09", 1), ("0.10", 0)):
        rules = [rule("P", off("0.01"), when={"min_amount": least, "min_amount_tax": "excl"})]
        story(items, rules, steps, {"rewards_applied": found})


def test_the_n_th_order_is_exactly_this_one_and_needs_a_customer(story: Stories) -> None:
    rules = [rule("P", off("1"), when={"nth_order": 3})]
    for placed, total in ((1, 10), (2, 9), (3, 10)):
        story([A], rules, [add("A")], {"total": total}, customer={"id": "c", "orders_placed": placed})
    story([A], rules, [add("A")], {"total": 10})


def test_priority_high_first_then_order_low_first_then_as_listed(story: Stories) -> None:
    rules = [
        rule("D", off("1")),
        rule("E", off("2")),
        rule("C", off("3"), order=-1),
        rule("B", off("4"), priority=1, order=9),
    ]
    story([B], rules, [add("B")], {"discount_amounts": [4, 3, 1, 2]})


def test_codes_and_claims_follow_the_automatic_rules_in_the_order_they_were_entered(story: Stories) -> None:
    rules = [
        code("K", "ten", percent("10")),
        rule("P", percent("50"), apply="on_claim"),
        rule("Z", off("10")),
        code("M", "one", off("1")),
    ]
    steps = [add("B", 6), do("enter_code", code="one"), do("claim", rule="P"), do("enter_code", code="ten")]
    story([B], rules, steps, {"discount_amounts": [10, 1, "54.5", "5.45"]})
    again = [*steps, do("remove_code", code="one"), do("enter_code", code="one")]
    story([B], rules, again, {"discount_amounts": [10, 55, "5.5", 1]})


def test_a_rule_never_removes_its_own_condition(story: Stories) -> None:
    rules = [rule("P", off("6", on={"items": ["A"]}), when={"min_amount": "10"}, max_applications=2)]
    story([A], rules, [add("A")], {"discount_total": "10"})


def test_min_amount_counts_what_other_rules_left_and_pieces_freed_from_the_cart_are_discounts(story: Stories) -> None:
    rules = [
        rule("F", free("A", from_cart=True), when={"items": ["A"]}, buy=1, order=1),
        rule("P", off("1"), when={"min_amount": "20", "min_qty": 2}, order=2),
    ]
    story([A], rules, [add("A", 3)], {"free_items": [{"sku": "A", "qty": 1}], "total": "19"})
    story([A], rules, [add("A", 2)], {"total": "10"})


def test_lines_at_zero_count_nowhere(story: Stories) -> None:
    steps = [add("A"), add("B", manual_discount_percent="100")]
    story([A, B], [rule("P", off("1"), when={"min_qty": 2})], steps, {"discounts": []})
    story([A, B], [rule("P", off("1"), when={"items": ["B"]})], steps, {"discounts": []})


def test_a_hand_discount_lowers_the_value(story: Stories) -> None:
    story([B], [rule("P", percent("10"))], [add("B", 2, manual_discount_percent="25")], {"total": "27"})


def test_an_exclusive_rule_stands_alone_whatever_its_priority(story: Stories) -> None:
    rules = [
        rule("P", percent("50"), priority=9),
        rule("X", off("1"), exclusive=True, when={"min_amount": "20"}),
    ]
    story([B], rules, [add("B")], {"discounts": [{"rule": "X", "amount": 1}]})


def test_an_exclusive_rule_that_gives_nothing_does_not_exclude(story: Stories) -> None:
    rules = [rule("X", off("1", on={"items": ["C"]}), exclusive=True), rule("P", percent("50"))]
    story([B, C], rules, [add("B")], {"total": "10", "applied": ["P"]})


def test_the_first_exclusive_rule_that_gives_something_applies(story: Stories) -> None:
    rules = [
        rule("X", off("1", on={"items": ["C"]}), exclusive=True, priority=2),
        rule("Y", off("2"), exclusive=True, priority=1),
        rule("Z", off("3"), exclusive=True),
    ]
    story([B, C], rules, [add("B")], {"applied": ["Y"]})


def test_points_are_earned_and_payments_pay_beside_an_exclusive_rule(story: Stories) -> None:
    rules = [
        rule("X", off("4"), exclusive=True),
        loyalty("L", earn={"per": "money", "points": "1"}),
        {
            "id": "W",
            "family": "wallet",
            "activation": {"mode": "customer"},
            "apply": "on_claim",
            "when": {},
            "rewards": [{"kind": "amount_per_point", "value": "1", "cost_points": "1"}],
        },
    ]
    steps = [add("B"), do("claim", rule="W")]
    expected = {
        "total": "6",
        "points_earned": "16",
        "discounts": [{"rule": "X", "amount": 4}, {"rule": "W", "amount": 10}],
    }
    story([B], rules, steps, expected, customer={"id": "c", "wallet": "10"})


def test_a_claim_that_is_not_combinable_is_refused_and_not_offered(story: Stories) -> None:
    rules = [rule("X", off("4"), exclusive=True), rule("P", off("5"), apply="on_claim")]
    steps = [add("B", expect={"offers": []}), do("claim", rule="P", expect={"error": "not_combinable"})]
    story([B], rules, steps, {"total": "16"})


def test_an_exclusive_offer_displaces_the_others_when_claimed(story: Stories) -> None:
    rules = [rule("P", off("5")), rule("X", off("4"), exclusive=True, apply="on_claim")]
    steps = [add("B", expect={"offers": ["X"], "total": "15"}), do("claim", rule="X")]
    story([B], rules, steps, {"applied": ["X"], "total": "16"})


def test_the_best_of_a_group_is_worth_most_with_free_items_at_their_price(story: Stories) -> None:
    group = {"stack_group": "g", "best_of": True}
    rules = [rule("P", percent("40"), **group), rule("F", free("B"), **group), rule("Q", off("3"), **group)]
    story([A, B], rules, [add("A", 4)], {"applied": ["F"]})
    story([A, B], rules, [add("A", 6)], {"applied": ["P"]})


def test_of_equally_good_rules_the_first_in_order_applies(story: Stories) -> None:
    group = {"stack_group": "g", "best_of": True}
    rules = [rule("P", percent("10"), **group), rule("Q", off("2"), priority=1, **group)]
    story([B], rules, [add("B")], {"applied": ["Q"]})


def test_a_group_without_best_of_stacks(story: Stories) -> None:
    rules = [rule("P", off("1"), stack_group="g"), rule("Q", off("2"), stack_group="g")]
    story([B], rules, [add("B")], {"total": "17"})


def test_rewards_of_one_automatic_rule_count_on_the_bill_before_it(story: Stories) -> None:
    rules = [rule("P", percent("20", id="x"), percent("10", id="y")), rule("Q", percent("10"), order=1)]
    expected = {"discount_amounts": [20, 10, 7], "total": "63"}
    story([item("X", "100")], rules, [add("X")], expected)


def test_rewards_of_one_automatic_rule_take_never_more_than_there_is(story: Stories) -> None:
    rules = [rule("P", percent("80", id="x"), off("30", id="y"))]
    expected = {
        "total": "0",
        "discounts": [{"rule": "P", "reward": "x", "amount": 80}, {"rule": "P", "reward": "y", "amount": 20}],
    }
    story([item("X", "100")], rules, [add("X")], expected)


def test_claims_of_several_rewards_follow_one_another(story: Stories) -> None:
    rules = [rule("P", percent("20", id="x"), percent("10", id="y"), apply="on_claim")]
    steps = [
        add("X", expect={"offers": [{"rule": "P", "reward": "x"}, {"rule": "P", "reward": "y"}]}),
        do("claim", rule="P", reward="x", expect={"offers": [{"rule": "P", "reward": "y"}]}),
        do("claim", rule="P", reward="y"),
        do("claim", rule="P", reward="y", expect={"error": "claimed"}),
    ]
    story([item("X", "100")], rules, steps, {"total": "72"})


def test_a_reward_that_finds_no_piece_costs_nothing_and_is_not_listed(story: Stories) -> None:
    rules = [rule("P", off("5", on={"items": ["C"]}, cost_points="1"), earn={"per": "order", "points": "1"})]
    story([B, C], rules, [add("B")], {"discounts": [], "points_spent": 0, "lines": 1, "points_left_this_sale": 1})


def test_the_minimums_of_a_loyalty_rule_gate_only_earning(story: Stories) -> None:
    rules = [
        loyalty(
            "L",
            off("5", cost_points="10"),
            when={"min_amount": "50", "items": ["C"]},
            earn={"per": "order", "points": "7"},
        )
    ]
    steps = [add("B"), do("claim", rule="L")]
    story([B, C], rules, steps, {"total": "15", "points_earned": 0, "points_spent": 10}, customer=CUSTOMER)


def test_a_customer_rule_needs_an_identified_customer(story: Stories) -> None:
    rules = [rule("P", off("5"), activation={"mode": "customer"})]
    story([B], rules, [add("B", expect={"total": "20"}), do("set_customer", id="c")], {"total": "15"})


def test_customer_groups(story: Stories) -> None:
    rules = [rule("P", off("5"), when={"customer_groups": ["VIP"]})]
    story([B], rules, [add("B")], {"total": "20"}, customer={"id": "c", "group": "other"})
    story([B], rules, [add("B")], {"total": "15"}, customer={"id": "c", "group": "VIP"})


def test_price_lists(story: Stories) -> None:
    rules = [rule("P", off("5"), price_lists=["summer"])]
    steps = [add("B", expect={"total": "15"}), do("complete_sale"), do("new_sale"), add("B")]
    story([B], rules, steps, {"total": "20"}, price_list="summer")


def test_a_rule_with_no_use_left_is_silent(story: Stories) -> None:
    rules = [
        loyalty("L", off("1", cost_points="1"), earn={"per": "order", "points": "5"}, limit_uses=2, used=2),
        code("K", "k", off("1"), limit_uses=1, used=1),
        rule("P", off("3"), limit_uses=1),
    ]
    steps = [
        add("B", expect={"total": "17", "offers": [], "points_earned": 0}),
        do("enter_code", code="k", expect={"error": "used"}),
    ]
    story([B], rules, steps, {"total": "17"}, customer=CUSTOMER)


def test_uses_are_completed_sales_in_which_the_rule_gave_something(story: Stories) -> None:
    rules = [rule("P", off("3", on={"items": ["B"]}), limit_uses=1)]
    steps = [
        add("A"),
        do("complete_sale"),
        do("new_sale"),
        add("B", expect={"total": 17}),
        do("park"),
        add("B", expect={"total": 17}),
        do("complete_sale"),
        do("resume", expect={"error": "x"}),
        do("new_sale"),
        do("resume", expect={"total": 20}),
    ]
    story([A, B], rules, steps, {"total": 20})


def test_a_void_gives_a_use_back(story: Stories) -> None:
    rules = [rule("P", off("3"), limit_uses=1, limit_per_customer=1)]
    steps = [add("B"), do("complete_sale"), do("void_sale"), do("new_sale", customer="c"), add("B")]
    story([B], rules, steps, {"total": 17}, customer={"id": "c"})


def test_a_limit_per_customer_does_not_count_sales_without_one(story: Stories) -> None:
    rules = [rule("P", off("3"), limit_per_customer=1)]
    steps = [
        add("B"),
        do("complete_sale"),
        do("new_sale"),
        add("B", expect={"total": 17}),
        do("complete_sale"),
        do("new_sale", customer="c"),
        add("B", expect={"total": 17}),
        do("complete_sale"),
        do("new_sale", customer="c"),
        add("B"),
    ]
    story([B], rules, steps, {"total": 20})


def test_first_and_last_day_are_inclusive_and_counted_from_the_case(story: Stories) -> None:
    rules = [rule("P", off("3"), valid_from_days=1, valid_to_days=2), rule("Q", off("1"), valid_to="2025-03-02")]
    steps = [
        add("B", expect={"total": 19}),
        do("advance_days", days=1, expect={"total": 16}),
        do("advance_days", days=1, expect={"total": 17}),
        do("advance_days", days=1),
    ]
    story([B], rules, steps, {"total": 20}, now="2025-03-01T23:59:00")


def test_a_date_does_not_matter_on_any_day(story: Stories) -> None:
    story([B], [rule("P", off("3"), valid_to="1990-01-01")], [add("B")], {"total": 17})


def test_each_further_application_needs_min_qty_further_pieces(story: Stories) -> None:
    rules = [rule("P", off("3"), when={"min_qty": 2}, max_applications=3)]
    for pieces, off_total in ((1, 0), (2, 3), (3, 3), (4, 6), (6, 9), (9, 9)):
        story([B], rules, [add("B", pieces)], {"discount_total": off_total})


def test_tiers_count_this_sale_before_payments(story: Stories) -> None:
    tiers = [{"name": "Low", "min_spent": "0"}, {"name": "High", "min_spent": "100"}]
    rules = [
        loyalty("L", tiers=tiers),
        rule("P", off("1")),
        {
            "id": "W",
            "family": "wallet",
            "activation": {"mode": "customer"},
            "apply": "automatic",
            "when": {},
            "rewards": [{"kind": "amount_per_point", "value": "1"}],
        },
    ]
    customer = {"id": "c", "lifetime_spend": "81", "wallet": "5"}
    steps = [add("B", expect={"tier": "High", "total": 14}), do("complete_sale", expect={"tier": "High"}), do("refund")]
    story([B], rules, steps, {"tier": "Low", "wallet_after_sale": 5}, customer=customer)
    story([B], rules, [add("B")], {"tier": "Low"}, customer={"id": "c", "lifetime_spend": "80"})


def test_gift_card_and_wallet_come_last_and_pay_fixed_tax_too(story: Stories) -> None:
    taxed = item("T", "10", fixed_tax="2")
    card = {
        "id": "G",
        "family": "gift_card",
        "activation": {"mode": "coupon", "code": "g", "balance": "50"},
        "apply": "automatic",
        "when": {},
        "rewards": [{"kind": "amount_per_point", "value": "1"}],
        "priority": 99,
    }
    steps = [add("T", 2), do("enter_code", code="g")]
    expected = {"total": 0, "tax": 4, "untaxed": -4, "card_balance": 32, "discount_amounts": [6, 18]}
    story([taxed], [card, rule("P", percent("30"))], steps, expected)


def test_fixed_tax_is_touched_by_no_discount_minimum_or_points(story: Stories) -> None:
    taxed = item("T", "10", fixed_tax="2")
    rules = [
        rule("M", off("1"), when={"min_amount": "11"}, order=-1),
        rule("P", percent("100"), order=1),
        loyalty("L", earn={"per": "money", "points": "1"}),
    ]
    story([taxed], rules[:1], [add("T")], {"total": 12, "tax": 2})
    story([taxed], rules, [add("T")], {"total": 2, "tax": 2, "points_earned": 0}, customer={"id": "c"})
