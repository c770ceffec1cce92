"""Whole sales as shops set them up, each worked out by hand from FORMAT.md: several of its sentences at once."""

from tests.till.sandbox.story import Json, Stories, add, code, do, free, item, loyalty, off, percent, rule

TEA, CUP, POT = item("TEA", "8"), item("CUP", "12"), item("POT", "30")
PER_UNIT = {"per": "unit", "points": "1"}
BEST = {"stack_group": "order", "best_of": True}


def after(step: Json, **expect: object) -> Json:
    return step | {"expect": expect}


def gift_card(**more: object) -> Json:
    return {
        "id": "G",
        "family": "gift_card",
        "activation": {"mode": "auto"},
        "apply": "automatic",
        "when": {"items": ["GC"]},
        "rewards": [{"kind": "amount_per_point", "value": "1", "cost_points": "1"}],
        "earn": {"per": "money", "points": "1"},
    } | more


def test_points_off_the_cheapest_take_no_more_than_the_one_piece(story: Stories) -> None:
    rules = [loyalty("L", {"kind": "amount_per_point", "value": "1", "on": "cheapest", "cost_points": "1"})]
    steps = [add("CUP"), add("TEA", 2), do("claim", rule="L")]
    expected = {"total": 20, "points_spent": 8, "discount_by_unit": {"CUP": [0], "TEA": [8, 0]}}
    story([TEA, CUP], rules, steps, expected, customer={"id": "c", "points": {"L": "50"}})


def test_first_then_each_on_the_cheapest_is_the_first_piece_alone(story: Stories) -> None:
    rules = [rule("P", {"kind": "first_then_each", "first": "3", "each": "2", "on": "cheapest"})]
    story([TEA, CUP], rules, [add("CUP", 2), add("TEA", 2)], {"discount_by_sku": {"TEA": 3}})
    story([TEA, CUP], rules, [], {"discounts": []})


def test_free_pieces_fractions_of_credits_and_percentages_over_four_tax_groups(story: Stories) -> None:
    items = [
        item("ON", "50", "20"),
        item("IN", "40", "25", tax_included=True),
        item("NO", "10"),
        item("MIX", "36", taxes=[{"rate": "20", "included": True}, {"rate": "10", "included": False}]),
    ]
    rules = [
        rule("F", free("ON", cost_points="1"), when={"items": ["ON"]}, earn={"per": "unit", "points": "0.75"}),
        rule("P", percent("10", on={"items": ["ON", "IN"]})),
        code("K", "all", percent("5")),
    ]
    steps = [
        add("ON", 3),
        add("IN", 2),
        add("NO"),
        after(add("MIX"), total="283", free_items=[{"sku": "ON", "qty": 2}], lines=6),
        do("enter_code", code="all"),
    ]
    # ON 180 - 18 - 8.10, IN 80 - 8 - 3.60, NO 10 - 0.50, MIX 36 / 1.2 x 1.3 = 39 - 1.95
    by_tax = {"20": "26.1", "25 incl": "11.6", "none": "0.5", "20 incl + 10": "1.95"}
    expected = {"total": "268.85", "discount_by_tax": by_tax, "untaxed": "220.97", "tax": "47.88", "lines": 7}
    story(items, rules, steps, expected)


def test_two_codes_with_minimums_take_turns_and_come_back(story: Stories) -> None:
    rules = [code(name, name, off("20"), when={"min_amount": "30"}) for name in ("one", "two")]
    steps = [
        add("CUP", 4),
        after(do("enter_code", code="one"), total=28),
        after(do("enter_code", code="two"), error="minimum", total=28),
        add("CUP"),
        after(do("enter_code", code="two"), total=20),
        after(do("set_qty", sku="CUP", qty=4), total=28, applied=["one"]),
        after(do("set_qty", sku="CUP", qty=2), total=24, applied=[]),
        after(do("set_qty", sku="CUP", qty=5), total=20, applied=["one", "two"]),
    ]
    story([CUP], rules, steps, {"error": "minimum"})


def test_steps_of_percentages_that_may_not_be_combined(story: Stories) -> None:
    rules = [
        rule(f"P{part}", percent(part), when={"min_amount": least}, **BEST)
        for part, least in (("10", "60"), ("15", "90"), ("20", "120"))
    ]
    for pieces, total in ((1, 30), (2, 54), (3, "76.5"), (4, 96), (2, 54)):
        story([POT], rules, [add("POT", pieces)], {"total": total})


def test_a_code_that_is_no_better_than_the_shop_s_own_percentage_is_refused(story: Stories) -> None:
    rules = [
        rule("P", percent("10"), **BEST),
        code("K", "k", percent("10"), **BEST),
        code("M", "m", percent("11"), **BEST),
    ]
    steps = [add("POT"), after(do("enter_code", code="k"), error="no better", total=27), do("enter_code", code="m")]
    story([POT], rules, steps, {"applied": ["M"], "total": "26.7"})


def test_a_cap_a_hand_line_and_what_the_bill_can_lose(story: Stories) -> None:
    rules = [rule("P", percent("50", on={"items": ["POT"]}, max_discount="12"))]
    for hand, off_total, total in (("-5", 12, 13), ("-20", 10, 0), ("-30", 0, 0)):
        story(
            [POT, item("HAND", hand)], rules, [add("POT"), add("HAND")], {"discount_total": off_total, "total": total}
        )


def test_sets_of_two_rules_never_share_a_piece(story: Stories) -> None:
    def pay_two_take_three(name: str, most: int) -> Json:
        return rule(name, free("TEA", from_cart=True), when={"items": ["TEA"]}, buy=2, max_applications=most)

    rules = [pay_two_take_three("P", 2), pay_two_take_three("Q", 1)]
    for pieces, first, second in ((2, 0, 0), (3, 8, 0), (5, 8, 0), (6, 16, 0), (8, 16, 0), (9, 16, 8), (20, 16, 8)):
        found = [{"rule": name, "amount": amount} for name, amount in (("P", first), ("Q", second)) if amount]
        story([TEA], rules, [add("TEA", pieces)], {"discounts": found, "rewards_applied": (first + second) // 8})


def test_each_gift_card_on_the_bill_has_its_own_balance(story: Stories) -> None:
    card = item("GC", "25")
    steps = [
        after(add("GC", card="x"), card_balance=25),
        after(add("GC", 2, card="y"), card_balance=50, total=75),
        after(do("complete_sale"), card_balance=50),
        do("new_sale"),
        add("POT"),
        after(do("enter_code", code="x"), card_balance=0, total=5),
        after(do("enter_code", code="y"), card_balance=45, total=0),
    ]
    story([card, POT], [gift_card()], steps, {"total": 0})
    story([card], [gift_card()], [after(add("GC", 3), card_balance=75), do("complete_sale")], {"card_balance": 75})


def test_a_gift_card_bought_with_a_discount_holds_what_was_paid_for_it(story: Stories) -> None:
    rules = [gift_card(), rule("P", percent("20"))]
    story([item("GC", "25")], rules, [add("GC", card="x")], {"total": 20, "card_balance": 20})


def test_an_order_whose_goods_all_became_free_earns_nothing(story: Stories) -> None:
    rules = [
        loyalty("L", when={"items": ["TEA"]}, earn={"per": "order", "points": "5"}),
        rule("F", free("TEA", from_cart=True), when={"items": ["CUP"]}, buy=1),
    ]
    bought = [add("CUP"), after(add("TEA"), points_earned=0, total=12)]
    story([TEA, CUP], rules, [*bought, add("TEA")], {"points_earned": 5, "total": 20}, customer={"id": "c"})


def test_the_tier_of_a_sale_without_a_customer_counts_the_sale(story: Stories) -> None:
    rules = [loyalty("L", tiers=[{"name": "Gold", "min_spent": "30"}, {"name": "Plain", "min_spent": "0"}])]
    story([POT], rules, [after(add("POT"), tier="Gold"), do("complete_sale")], {"tier": "Gold"})
    story([CUP], rules, [add("CUP"), do("complete_sale")], {"tier": "Plain"})


def test_points_wallet_and_card_pay_and_a_refund_gives_each_its_share(story: Stories) -> None:
    rules = [
        loyalty("L", off("6", cost_points="10"), earn=PER_UNIT),
        {
            "id": "W",
            "family": "wallet",
            "activation": {"mode": "customer"},
            "apply": "on_claim",
            "rewards": [{"kind": "amount_per_point", "value": "1"}],
        },
        gift_card(activation={"mode": "coupon", "code": "g", "balance": "40"}, earn=None),
    ]
    steps = [
        add("POT", 2),
        after(do("claim", rule="L"), total=54),
        after(do("claim", rule="W"), total=44),
        after(do("enter_code", code="g"), total=4, points_earned=2),
        after(do("complete_sale"), balance_after_sale=4, wallet_after_sale=0, card_balance=0),
        do("refund", lines=[{"sku": "POT", "qty": 1}]),
    ]
    expected = {
        "points_returned": 5,
        "points_reversed": 1,
        "balance_after_sale": 8,
        "wallet_after_sale": 5,
        "card_balance": 20,
    }
    story([POT], rules, steps, expected, customer={"id": "c", "points": {"L": "12"}, "wallet": "10"})


def test_points_that_come_back_in_two_parts_fill_no_lot_twice(story: Stories) -> None:
    """15 points: 10 of the first lot, 5 of the second. Half of them comes back twice, then the first expires."""
    per_point = {"kind": "amount_per_point", "value": "1", "cost_points": "1"}
    rules = [loyalty("L", per_point, earn={"per": "order", "points": "10"}, expire_after_days=10)]
    steps = [
        do("advance_days", days=5),
        add("TEA"),
        do("complete_sale"),
        do("new_sale", customer="c"),
        add("POT", 2),
        do("claim", rule="L", points="15"),
        after(do("complete_sale"), balance_on_server=15),
        after(do("refund", lines=[{"sku": "POT"}]), points_returned="7.5", points_reversed=5, balance_on_server="17.5"),
        after(do("refund", lines=[{"sku": "POT"}]), points_returned="7.5", points_reversed=5, balance_on_server=20),
        do("advance_days", days=6),
        do("run_expiry"),
    ]
    story([TEA, POT], rules, steps, {"balance_on_server": 10}, customer={"id": "c", "points": {"L": "10"}})


def cards(per: str, points: str = "1", **more: object) -> Json:
    return gift_card(earn={"per": per, "points": points}) | more


GC = item("GC", "25")


def test_each_card_sold_gets_what_its_own_lines_earn(story: Stories) -> None:
    two = [add("GC", card="ONE"), add("GC", 2, card="TWO")]
    held = [do("complete_sale"), do("new_sale"), add("POT", 4)]
    story([GC, POT], [cards("money")], [*two, *held], {"card_balance": 50})
    story([GC, POT], [cards("unit", "10")], [*two, *held], {"card_balance": 20})
    freed = rule("F", free("GC", from_cart=True), when={"items": ["GC"], "min_qty": 2})
    paid_with = do("enter_code", code="TWO", expect={"total": 110})
    story([GC, POT], [freed, cards("unit", "10")], [*two[::-1], *held, paid_with], {"card_balance": 0})


def test_what_an_order_earns_goes_once_and_to_the_first_card(story: Stories) -> None:
    rules = [cards("order", "10")]
    first = [add("GC", card="ONE"), add("GC", card="TWO"), do("complete_sale")]
    story([GC], rules, first[::2], {"card_balance": 10})
    story([GC], rules, first, {"card_balance": 10})
    once = [add("GC", card="ONE", expect={"card_balance": 10}), add("GC", card="TWO", expect={"card_balance": 0})]
    story([GC], rules, once, {"card_balance": 0})


def test_an_exclusive_rule_keeps_the_coupon_of_a_next_order_from_being_issued_and_used(story: Stories) -> None:
    coupon = rule(
        "N", {"kind": "amount_off", "value": "3", "cost_points": "1"}, family="next_order_coupon", earn=PER_UNIT,
        apply="on_claim", when={"items": ["TEA"]},
    )  # fmt: skip
    alone = rule("X", percent("50", on={"items": ["POT"]}), exclusive=True)
    steps = [
        after(add("TEA"), pending_coupons=1),
        after(add("POT"), pending_coupons=0, total=23),
        after(do("remove", sku="POT"), pending_coupons=1),
        after(do("complete_sale"), issued_coupons=[{"rule": "N", "balance": 1}]),
        do("new_sale"),
        add("CUP"),
        after(do("claim", rule="N"), total=9, points_spent=1),
        after(add("POT"), total=27, points_spent=0, applied=["X"]),
        after(do("complete_sale"), issued_coupons=[{"rule": "N", "balance": 1}]),
        do("new_sale"),
        add("CUP"),
        after(do("claim", rule="N"), total=9),
    ]
    story([TEA, CUP, POT], [coupon, alone], steps, {"pending_coupons": 0})


def test_a_better_rule_of_its_group_displaces_a_coupon_in_use_and_not_the_issuing_of_one(story: Stories) -> None:
    coupon = rule(
        "N", {"kind": "amount_off", "value": "3", "cost_points": "1"}, family="next_order_coupon", earn=PER_UNIT,
        apply="on_claim", **BEST,
    )  # fmt: skip
    better = rule("B", percent("50", on={"items": ["POT"]}), **BEST)
    steps = [
        after(add("POT"), pending_coupons=1, total=15),
        do("complete_sale"),
        do("new_sale"),
        add("CUP"),
        after(do("claim", rule="N"), total=9),
        after(add("POT"), total=27, points_spent=0),
    ]
    story([TEA, CUP, POT], [coupon, better], steps, {"applied": ["B"]})
