"""Where several sentences of FORMAT.md meet: figures worked out by hand."""

from tests.till.sandbox.story import Json, Stories, add, code, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")
PER_UNIT = {"per": "unit", "points": "1"}
PER_MONEY = {"per": "money", "points": "1"}


def holding(points: str, **more: object) -> Json:
    return {"id": "c", "points": {"L": points}} | more


def coupon(**more: object) -> Json:
    return rule("N", off("3", cost_points="1"), family="next_order_coupon", earn=PER_UNIT, apply="on_claim", **more)


# Negative lines


def test_a_percentage_with_a_negative_line_is_rounded_once(story: Stories) -> None:
    """10 % of 10.04 - 0.09 = 9.95 is 0.995, so 1.00; rounded apart it would be 1.00 - 0.01."""
    items = [item("A", "10.04"), item("HAND", "-0.09")]
    story(items, [rule("P", percent("10"))], [add("A"), add("HAND")], {"total": "8.95", "discount_total": "1"})


def test_percentages_stack_on_exact_remainders_beside_a_negative_line(story: Stories) -> None:
    """10 % of 95 = 9.50, of 85.50 = 8.55, of 76.95 = 7.695, of 69.255 = 6.9255 and so on, each rounded at the end."""
    items = [item("A", "100"), item("HAND", "-5")]
    rules = [rule(f"P{place}", percent("10")) for place in range(5)]
    expected = {"discount_amounts": ["9.50", "8.55", "7.70", "6.93", "6.23"], "total": "56.09"}
    story(items, rules, [add("A"), add("HAND")], expected)


def test_a_negative_line_lowers_the_percentage_of_its_own_tax_group(story: Stories) -> None:
    items = [item("A", "100", "10"), item("HAND", "-20", "10"), item("B", "100", "20")]
    expected = {"discount_by_sku": {"A": "8.8", "B": "12"}, "discount_by_tax": {"10": "8.8", "20": "12"}}
    story(items, [rule("P", percent("10"))], [add("A"), add("HAND"), add("B")], expected)


def test_a_group_below_zero_lowers_the_others(story: Stories) -> None:
    items = [item("A", "100", "10"), item("HAND", "-20")]
    story(items, [rule("P", percent("10"))], [add("A"), add("HAND")], {"total": "81", "discount_by_sku": {"A": 9}})


def test_everything_off_a_bill_with_a_negative_line_leaves_nothing(story: Stories) -> None:
    items = [item("A", "9.99"), item("HAND", "-0.04")]
    story(items, [rule("P", percent("100"))], [add("A"), add("HAND")], {"total": 0, "discount_total": "9.95"})


# Taxes


def test_the_same_rates_in_another_order_are_one_group(story: Stories) -> None:
    one = item("A", "0.10", taxes=[{"rate": "5"}, {"rate": "8"}])
    other = item("B", "0.10", taxes=[{"rate": "8"}, {"rate": "5"}])
    del one["tax_rate"], one["tax_included"], other["tax_rate"], other["tax_included"]
    # 0.11 + 0.11; the net of 0.22 is 0.19, of 0.11 twice 0.10
    story([one, other], [], [add("A"), add("B")], {"total": "0.22", "tax": "0.03", "untaxed": "0.19"})


# Refused steps change nothing


def test_a_refused_step_changes_nothing_of_what_it_began(story: Stories) -> None:
    steps = [
        add("A", customer="other", manual_discount_percent="120", expect={"error": "percent", "customer": "c"}),
        add("A", 2),
        do("set_prices", prices={"A": "1", "UNKNOWN": "1"}, expect={"error": "unknown", "total": 20}),
    ]
    story([A], [], steps, {"total": 20, "customer": "c"}, customer=holding("0"))


# Dishonest tills


def test_a_tampered_claim_of_more_points_than_held_refuses_the_sale(story: Stories) -> None:
    per_point = {"kind": "amount_per_point", "value": "1", "cost_points": "1"}
    steps = [
        add("B"),
        do("claim", rule="L", points="15", tampered=True),
        do("complete_sale", expect={"error": "points", "points_spent": 0, "balance_on_server": 10}),
    ]
    story([B], [loyalty("L", per_point)], steps, {"balance_after_sale": 10}, customer=holding("10"))
    enough = [add("B"), do("claim", rule="L", points="8", tampered=True), do("complete_sale")]
    story([B], [loyalty("L", per_point)], enough, {"error": None, "balance_after_sale": 2}, customer=holding("10"))


def test_a_second_tampered_claim_is_not_covered_by_the_first(story: Stories) -> None:
    rules = [loyalty("L", off("3", cost_points="6"))]
    steps = [
        add("B"),
        do("claim", rule="L"),
        do("claim", rule="L", tampered_cost="0"),
        do("complete_sale", expect={"error": "points"}),
    ]
    story([B], rules, steps, {"balance_after_sale": 10}, customer=holding("10"))


def test_a_tampered_claim_of_more_pieces_than_the_points_pay_for(story: Stories) -> None:
    rules = [loyalty("L", free("C", cost_points="5"))]
    steps = [add("B"), do("claim", rule="L", qty=3, tampered=True), do("complete_sale", expect={"error": "points"})]
    story([B, C], rules, steps, {"balance_on_server": 10}, customer=holding("10"))


# Stored value and voids


def test_a_wallet_never_pays_more_than_it_holds(story: Stories) -> None:
    wallet = {
        "id": "W",
        "family": "wallet",
        "activation": {"mode": "customer"},
        "apply": "on_claim",
        "when": {},
        "rewards": [{"kind": "amount_per_point", "value": "1", "cost_points": "1"}],
    }
    steps = [add("B"), do("claim", rule="W"), do("complete_sale")]
    expected = {"total": "12", "wallet_after_sale": "0.005"}
    story([B], [wallet], steps, expected, customer={"id": "c", "wallet": "8.005"})


def test_a_void_gives_coupons_and_credits_of_codes_back(story: Stories) -> None:
    two = code("K", "TWO", off("4", cost_points="1"))
    rules = [coupon(), {**two, "activation": {"mode": "code", "code": "TWO", "balance": "2"}}]
    later = [
        do("new_sale"),
        add("B"),
        do("claim", rule="N"),
        do("enter_code", code="TWO", expect={"total": 13}),
        do("complete_sale", expect={"issued_coupons": [{"rule": "N", "balance": 0}, {"rule": "N", "balance": 1}]}),
        do("void_sale", expect={"issued_coupons": [{"rule": "N", "balance": 1}]}),
        do("new_sale"),
        add("B"),
        do("claim", rule="N"),
        do("enter_code", code="TWO", expect={"total": 13}),
    ]
    story([A, B], rules, [add("A"), do("complete_sale"), *later], {"points_left_this_sale": 1})


def test_a_void_takes_only_its_own_coupon_back(story: Stories) -> None:
    sale = [add("A"), do("complete_sale")]
    steps = [*sale, do("new_sale"), *sale, do("void_sale")]
    story([A], [coupon()], steps, {"issued_coupons": [{"rule": "N", "balance": 1}]})


def test_coupons_of_two_sales_add_up_and_belong_to_their_customer(story: Stories) -> None:
    steps = [
        add("A", 2),
        do("complete_sale"),
        do("new_sale", customer="c"),
        add("A"),
        do("claim", rule="N", expect={"total": 7, "error": None}),
        do("new_sale", customer="other"),
        add("A", expect={"offers": []}),
        do("claim", rule="N", expect={"total": 10, "error": "of somebody else"}),
    ]
    story([A], [coupon()], steps, {}, customer=holding("0"))


# Points


def test_what_is_available_never_counts_what_the_sale_earned(story: Stories) -> None:
    rules = [loyalty("L", off("2", cost_points="4"), earn=PER_MONEY)]
    steps = [add("B"), do("claim", rule="L"), do("complete_sale")]
    expected = {"points_available": 6, "balance_after_sale": 26, "points_earned": 20}
    story([B], rules, steps, expected, customer=holding("10"))


def test_a_rule_switched_off_leaves_the_balance_with_its_customer(story: Stories) -> None:
    rules = [loyalty("L", earn=PER_MONEY)]
    steps = [
        add("B"),
        do("complete_sale"),
        do("deactivate_rule", rule="L"),
        do("refund", lines=[{"sku": "B", "qty": 1}]),
    ]
    story([B], rules, steps, {"balance_on_server": 5, "points_reversed": 20}, customer=holding("5"))


def test_uses_of_a_shared_code_count_for_every_rule_it_wakes(story: Stories) -> None:
    rules = [code("K1", "X", off("1"), limit_per_customer=1), code("K2", "X", off("2"), limit_per_customer=1)]
    steps = [add("B"), do("enter_code", code="X", expect={"error": "used"})]
    story([B], rules, steps, {"total": 20}, customer={"id": "c", "code_uses": {"X": 1}})


def test_points_then_wallet_then_gift_card_on_one_bill(story: Stories) -> None:
    """100 less 10 % = 90, less 15 points = 75; the wallet pays 20, the card 40, so 15 are left to pay."""
    pays = {"kind": "amount_per_point", "value": "1", "cost_points": "1"}
    rules = [
        {**rule("W", pays), "family": "wallet", "activation": {"mode": "customer"}, "apply": "on_claim"},
        {**rule("G", pays), "family": "gift_card", "activation": {"mode": "code", "code": "G1", "balance": "40"}},
        loyalty("L", pays, earn=PER_MONEY),
        code("K", "TEN", percent("10")),
    ]
    steps = [
        add("H"),
        do("claim", rule="W", expect={"total": 80}),
        do("enter_code", code="G1", expect={"total": 40, "card_balance": 0}),
        do("claim", rule="L", points="15", expect={"total": 25}),
        do("enter_code", code="TEN", expect={"total": 15, "discount_amounts": ["15", "8.50", "20", "40"]}),
    ]
    customer = holding("15", wallet="20")
    # what L gives points for: 100 less the 8.50 of the other rule
    story([item("H", "100")], rules, [*steps[:-1]], {"total": 25, "points_earned": 100}, customer=customer)
    expected = {"total": "16.50", "untaxed": "16.50", "points_earned": "91.5", "wallet_after_sale": 0}
    steps[-1]["expect"] = {"discount_amounts": ["15", "8.50", "20", "40"]}
    story([item("H", "100")], rules, steps, expected, customer=customer)


# Sets and pieces


def test_two_set_rules_share_the_pieces_of_one_bill(story: Stories) -> None:
    """Five pieces: the bundle takes three for 25, of the two left one is paid and one free."""
    rules = [
        rule("BUNDLE", {"kind": "bundle_price", "value": "25"}, when={"items": ["A"], "min_qty": 3}),
        rule("SET", free("A", from_cart=True), when={"items": ["A"]}, buy=1, family="buy_x_get_y"),
    ]
    expected = {"total": 35, "discounts": [{"rule": "BUNDLE", "amount": 5}, {"rule": "SET", "amount": 10}]}
    story([A], rules, [add("A", 5)], expected)


def test_a_set_frees_what_is_left_of_a_piece_after_a_percentage(story: Stories) -> None:
    rules = [rule("P", percent("50"), priority=1), rule("S", free("C", from_cart=True), when={"items": ["A"]}, buy=1)]
    story([A, C], rules, [add("A"), add("C")], {"total": 5, "discount_amounts": ["7.50", "2.50"]})


def test_pieces_freed_still_count_for_pieces_and_not_for_value(story: Stories) -> None:
    rules = [
        rule("S", free("A", from_cart=True), when={"items": ["A"]}, buy=2),
        rule("Q", off("1"), when={"items": ["A"], "min_qty": 3}, order=1),
        rule("V", off("1"), when={"items": ["A"], "min_amount": "20.01"}, order=2),
    ]
    story([A], rules, [add("A", 3)], {"applied": ["S", "Q"], "total": 19})


def test_half_a_kilogram_is_half_a_point_and_one_piece(story: Stories) -> None:
    rules = [loyalty("L", earn=PER_UNIT), rule("E", off("1", on="each_item"))]
    story([A], rules, [add("A", "2.5")], {"points_earned": "2.5", "total": 24}, customer=holding("0"))


def test_a_price_range_picks_the_pieces_of_sets_and_bundles(story: Stories) -> None:
    bundle = rule("P", {"kind": "bundle_price", "value": "8", "price_to": "10"}, when={"min_qty": 2})
    story(
        [A, B, C],
        [bundle],
        [add("A"), add("B"), add("C")],
        {"total": 28, "discount_by_sku": {"A": "4.67", "C": "2.33"}},
    )
    cheapest = rule("S", free(from_cart=True, price_from="8"), buy=1)
    story([A, B, C], [cheapest], [add("A"), add("B"), add("C")], {"free_items": [{"sku": "A", "qty": 1}], "total": 25})


# Other currencies


def test_a_hundred_percent_and_a_third_in_yen_and_dinar(story: Stories) -> None:
    third = rule("T", off("100", on={"items": ["X"]}))
    three = [item("X", "333"), item("Y", "333")]
    story(three, [third, rule("P", percent("33.3"))], [add("X", 3), add("Y")],
          {"total": "822", "discount_amounts": ["100", "410"]},
          currency={"code": "JPY", "minor_digits": 0})  # fmt: skip
    story([item("X", "0.333", "5")], [rule("P", percent("12.5", on="each_item"))], [add("X", 3)],
          {"total": "0.917", "tax": "0.044"}, currency={"code": "KWD", "minor_digits": 3})  # fmt: skip
