"""FORMAT.md, "Points and credits" and refunds, sentence by sentence."""

from tests.till.sandbox.story import Json, Stories, add, code, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")
PER_MONEY = {"per": "money", "points": "1"}
PER_UNIT = {"per": "unit", "points": "1"}
PER_ORDER = {"per": "order", "points": "1"}


def holding(points: str, **more: object) -> Json:
    return {"id": "c", "points": {"L": points}} | more


def wallet(**more: object) -> Json:
    return {
        "id": "W",
        "family": "wallet",
        "activation": {"mode": "customer"},
        "apply": "on_claim",
        "when": {},
        "rewards": [{"kind": "amount_per_point", "value": "1", "cost_points": "1"}],
    } | more


def gift_card(**more: object) -> Json:
    return {
        "id": "G",
        "family": "gift_card",
        "activation": {"mode": "auto"},
        "apply": "automatic",
        "when": {"items": ["GC"]},
        "rewards": [{"kind": "amount_per_point", "value": "1", "cost_points": "1"}],
        "earn": PER_MONEY,
    } | more


def test_earning_counts_only_the_goods_named(story: Stories) -> None:
    rules = [loyalty("L", when={"items": ["A"]}, earn=PER_UNIT)]
    story([A, B], rules, [add("A", 2), add("B", 3)], {"points_earned": 2}, customer=holding("0"))


def test_money_is_gross_less_every_discount_of_other_rules_on_items_or_order(story: Stories) -> None:
    rules = [
        rule("P", off("3", on={"items": ["B"]})),
        rule("Q", percent("10")),
        loyalty("L", when={"items": ["A"]}, earn=PER_MONEY),
    ]
    story([A, B], rules, [add("A"), add("B")], {"points_earned": 9}, customer=holding("0"))


def test_own_redemption_counts_only_with_the_setting(story: Stories) -> None:
    rules = [loyalty("L", off("4", cost_points="10"), earn=PER_MONEY)]
    steps = [add("B"), do("claim", rule="L")]
    story([B], rules, steps, {"points_earned": 20}, customer=holding("10"))
    setting = {"own_redemption_lowers_earning": True}
    story([B], rules, steps, {"points_earned": 16}, customer=holding("10"), settings=setting)


def test_negative_lines_lower_points_on_money(story: Stories) -> None:
    rules = [loyalty("L", earn=PER_MONEY)]
    story([B, item("HAND", "-5")], rules, [add("B"), add("HAND")], {"points_earned": 15}, customer=holding("0"))


def test_floor_cuts_to_whole_points_and_else_they_are_exact(story: Stories) -> None:
    earn = {"per": "money", "points": "0.125"}
    story([B], [loyalty("L", earn=earn)], [add("B")], {"points_earned": "2.5"}, customer=holding("0"))
    floor = loyalty("L", earn=earn, earn_rounding="floor")
    story(
        [B],
        [floor],
        [add("B"), do("complete_sale")],
        {"points_earned": 2, "balance_after_sale": 2},
        customer=holding("0"),
    )


def test_points_of_this_sale_may_be_spent_only_with_the_setting(story: Stories) -> None:
    rules = [loyalty("L", off("4", cost_points="15"), earn=PER_MONEY)]
    steps = [add("B"), do("claim", rule="L")]
    story([B], rules, steps, {"total": 20, "error": "lacks", "offers": []}, customer=holding("0"))
    setting = {"spend_points_of_this_sale": True}
    expected = {"total": 16, "balance_preview": 5, "balance_on_server": 0}
    story([B], rules, steps, expected, customer=holding("0"), settings=setting)


def test_points_that_no_customer_holds_live_in_the_sale_and_are_lost(story: Stories) -> None:
    rules = [loyalty("L", off("4", cost_points="15"), activation={"mode": "auto"}, earn=PER_MONEY)]
    steps = [
        add("B", expect={"points_left_this_sale": 20}),
        do("claim", rule="L", expect={"total": 16}),
        do("complete_sale"),
    ]
    setting = {"spend_points_of_this_sale": True}
    story([B], rules, steps, {"points_spent": 15, "balance_after_sale": 0}, settings=setting)
    story([B], rules, [add("B"), do("claim", rule="L")], {"total": 20, "error": "lacks"})


def test_nothing_is_earned_on_an_empty_bill(story: Stories) -> None:
    rules = [loyalty("L", free("A", cost_points="5"), earn=PER_ORDER)]
    steps = [do("claim", rule="L"), do("complete_sale", expect={"error": "empty"})]
    expected = {"points_spent": 5, "points_earned": 0, "balance_preview": 5, "free_items": [{"sku": "A", "qty": 1}]}
    story([A], rules, steps, expected, customer=holding("10"))


def test_wallet_money_earned_cannot_be_spent_in_the_sale(story: Stories) -> None:
    rules = [wallet(when={"items": ["B"]}, earn=PER_MONEY)]
    steps = [add("A"), add("B", expect={"wallet_after_sale": 23}), do("claim", rule="W"), do("complete_sale")]
    story([A, B], rules, steps, {"total": 27, "wallet_after_sale": 20}, customer={"id": "c", "wallet": "3"})


def test_a_gift_card_sold_pays_in_a_later_sale_until_it_is_empty(story: Stories) -> None:
    steps = [
        add("GC", card="X1", expect={"card_balance": 50}),
        do("enter_code", code="X1", expect={"error": "unknown"}),
        do("complete_sale", expect={"card_balance": 50}),
        do("new_sale"),
        add("B", 2),
        do("enter_code", code="X1", expect={"total": 0, "card_balance": 10}),
        do("complete_sale"),
        do("new_sale"),
        add("B"),
        do("enter_code", code="X1", expect={"total": 10}),
        do("complete_sale"),
        do("new_sale"),
        add("B"),
        do("enter_code", code="X1", expect={"error": "empty"}),
    ]
    story([B, item("GC", "50")], [gift_card()], steps, {"total": 20})


def test_two_gift_cards_pay_one_after_the_other(story: Stories) -> None:
    steps = [
        add("GC", card="X1"),
        add("GC", card="X2"),
        do("complete_sale"),
        do("new_sale"),
        add("B", 4),
        do("enter_code", code="X2", expect={"total": 30}),
        do("enter_code", code="X1"),
    ]
    story([B, item("GC", "50")], [gift_card()], steps, {"total": 0, "card_balance": 20})


def test_a_next_order_coupon_gives_nothing_in_its_own_sale_and_pays_later(story: Stories) -> None:
    coupon = rule("N", off("3", cost_points="1"), family="next_order_coupon", when={"min_amount": "20"}, earn=PER_ORDER)
    steps = [
        add("B", expect={"pending_coupons": 1, "offers": [], "total": 20}),
        do("claim", rule="N", expect={"error": "not_yet"}),
        do("complete_sale", expect={"issued_coupons": [{"rule": "N", "balance": 1}]}),
        do("new_sale", customer="d"),
        add("A", expect={"offers": []}),
        do("complete_sale"),
        do("new_sale", customer="c"),
        add("A", expect={"offers": ["N"], "pending_coupons": 0}),
        do("claim", rule="N", expect={"total": 7}),
        do("complete_sale"),
        do("new_sale", customer="c"),
        add("A", expect={"offers": []}),
        do("claim", rule="N", expect={"error": "used"}),
    ]
    story([A, B], [coupon], steps, {"total": 10}, customer={"id": "c"})


def test_credits_pay_for_rewards_of_the_rule_together_with_the_balance_of_a_code(story: Stories) -> None:
    family = {"family": "promo_code", "activation": {"mode": "code", "code": "k", "balance": "1"}}
    rules = [rule("K", off("3", cost_points="1"), apply="on_claim", earn=PER_UNIT, **family)]
    claim = do("claim", rule="K")
    steps = [add("B", 2), do("enter_code", code="k"), claim, claim, claim, claim | {"expect": {"error": "lacks"}}]
    story([B], rules, steps, {"total": 31, "points_spent": 3, "points_left_this_sale": 0})


def test_credits_are_counted_at_the_turn_of_the_rule(story: Stories) -> None:
    late = rule("Z", percent("50"), order=5)
    rules = [rule("P", off("1", cost_points="20"), earn=PER_MONEY), late]
    story([B], rules, [add("B")], {"total": "9.5", "points_earned": 20})
    early = rule("Z", percent("50"), order=-5)
    story([B], [early, rules[0]], [add("B")], {"total": 10, "points_earned": 10})


def test_a_rule_without_earn_and_balance_ignores_what_its_rewards_cost(story: Stories) -> None:
    story([B], [rule("P", off("3", cost_points="99"))], [add("B")], {"total": 17, "points_spent": 0})


def test_more_credits_change_nothing_for_an_automatic_discount(story: Stories) -> None:
    rules = [rule("P", off("3", cost_points="1"), earn=PER_UNIT)]
    story([B], rules, [add("B", 4)], {"total": 77, "points_spent": 1, "points_left_this_sale": 3})


def test_an_automatic_free_item_paid_with_credits_grows_and_shrinks_with_the_bill(story: Stories) -> None:
    rules = [rule("F", free("A", cost_points="2", qty=3), earn=PER_UNIT)]
    steps = [
        add("B", 1, expect={"free_items": []}),
        do("set_qty", sku="B", qty=5, expect={"free_items": [{"sku": "A", "qty": 6}]}),
        do("set_qty", sku="B", qty=2),
    ]
    story([A, B], rules, steps, {"free_items": [{"sku": "A", "qty": 3}], "points_spent": 2})


def test_claimed_pieces_cost_the_quantity_begun(story: Stories) -> None:
    rules = [loyalty("L", free("A", cost_points="3", qty=2))]
    steps = [
        add("B"),
        do("claim", rule="L", expect={"free_items": [{"sku": "A", "qty": 2}], "points_spent": 3, "offers": []}),
        do("claim", rule="L", qty=3, expect={"free_items": [{"sku": "A", "qty": 5}], "points_spent": 9}),
    ]
    story([A, B], rules, steps, {"points_available": 1}, customer=holding("10"))


def test_a_quantity_claimed_is_cut_to_what_is_possible(story: Stories) -> None:
    rules = [loyalty("L", free("A", cost_points="3", qty=2))]
    steps = [add("B"), do("claim", rule="L", qty=50)]
    story([A, B], rules, steps, {"free_items": [{"sku": "A", "qty": 6}]}, customer=holding("10"))


def test_a_claim_survives_a_bill_that_no_longer_pays_for_it(story: Stories) -> None:
    rules = [rule("P", off("3", cost_points="2"), apply="on_claim", earn=PER_UNIT)]
    steps = [
        add("B", 2),
        do("claim", rule="P", expect={"total": 37}),
        do("set_qty", sku="B", qty=1, expect={"total": 20, "offers": []}),
        do("set_qty", sku="B", qty=2),
    ]
    story([B], rules, steps, {"total": 37})


def test_pieces_that_became_free_earn_nothing(story: Stories) -> None:
    rules = [
        rule("F", free("A", from_cart=True), when={"items": ["A"]}, buy=1, order=-1),
        loyalty("L", earn=PER_UNIT),
        rule("C", off("1", cost_points="3"), earn=PER_UNIT),
    ]
    story([A], rules, [add("A", 4)], {"points_earned": 2, "total": 20}, customer=holding("0"))


def test_from_cart_pieces_paid_with_credits_do_not_pay_for_themselves(story: Stories) -> None:
    rules = [rule("F", free("A", from_cart=True, cost_points="2"), when={"items": ["A"]}, earn=PER_UNIT)]
    for pieces, freed in ((2, 0), (3, 1), (5, 1), (6, 2)):
        story([A], rules, [add("A", pieces)], {"discount_total": freed * 10})


def test_lots_oldest_first_usable_through_the_last_day_and_written_off(story: Stories) -> None:
    rules = [loyalty("L", off("1", cost_points="10"), earn=PER_MONEY, expire_after_days=5)]
    steps = [
        add("B"),
        do("complete_sale", expect={"lot_remaining": 20}),
        do("advance_days", days=5),
        do("new_sale", customer="c"),
        add("A"),
        do("claim", rule="L"),
        do("complete_sale", expect={"points_spent": 10, "lot_remaining": 10, "balance_after_sale": 30}),
        do("advance_days", days=1),
        do("new_sale", customer="c"),
        add("A", expect={"points_available": 10, "balance_on_server": 30}),
        do("run_expiry"),
    ]
    story([A, B], rules, steps, {"balance_on_server": 10}, customer=holding("10"))


def test_a_refund_reverses_earned_points_over_the_goods_named_and_spent_ones_over_all(story: Stories) -> None:
    rules = [loyalty("L", off("3", cost_points="10"), when={"items": ["A"]}, earn=PER_UNIT, earn_rounding="floor")]
    one = do("refund", lines=[{"sku": "A", "qty": 1}])
    steps = [
        add("A", 3),
        add("B"),
        do("claim", rule="L"),
        do("complete_sale", expect={"balance_after_sale": 3}),
        one | {"expect": {"points_reversed": 1, "points_returned": 2, "balance_after_sale": 4}},
        one,
        one | {"expect": {"points_reversed": 1, "points_returned": 2}},
        do("refund", lines=[{"sku": "A", "qty": 1}], expect={"error": "not_sold"}),
        do("refund", expect={"points_reversed": 0, "points_returned": 4}),
    ]
    story([A, B], rules, steps, {"balance_after_sale": 10}, customer=holding("10"))


def test_the_last_part_of_a_refund_takes_the_remainder(story: Stories) -> None:
    rules = [loyalty("L", earn={"per": "order", "points": "1"})]
    one = do("refund", lines=[{"sku": "A", "qty": 1}], expect={"points_reversed": "0.33"})
    steps = [add("A", 3), do("complete_sale"), one, one, one | {"expect": {"points_reversed": "0.34"}}]
    story([A], rules, steps, {"balance_after_sale": 0}, customer=holding("0"))


def test_a_void_undoes_the_sale_with_stored_money_and_order_count(story: Stories) -> None:
    rules = [
        wallet(),
        rule("N", off("5"), when={"nth_order": 2}),
        loyalty("L", off("1", cost_points="4"), earn=PER_MONEY),
    ]
    steps = [
        add("B"),
        do("claim", rule="W"),
        do("claim", rule="L"),
        do("complete_sale", expect={"wallet_after_sale": 0, "total": 9, "balance_after_sale": 21}),
        do(
            "void_sale",
            expect={"wallet_after_sale": 5, "balance_after_sale": 10, "points_reversed": 15, "points_returned": 4},
        ),
        do("void_sale", expect={"error": "voided"}),
        do("new_sale", customer="c"),
        add("B"),
    ]
    customer = holding("10", wallet="5", orders_placed=1)
    story([B], rules, steps, {"total": 15}, customer=customer)


def test_a_refund_gives_card_and_wallet_money_back_over_all_goods(story: Stories) -> None:
    rules = [gift_card(activation={"mode": "coupon", "code": "g", "balance": "15"}, earn=None)]
    steps = [
        add("B"),
        add("A"),
        do("enter_code", code="g"),
        do("complete_sale", expect={"card_balance": 0, "total": 15}),
        do("refund", lines=[{"sku": "A"}], expect={"card_balance": 5}),
    ]
    story([A, B], rules, steps, {"card_balance": 5})


def test_coupon_credits_are_used_up_over_sales(story: Stories) -> None:
    coupon = rule(
        "K", off("3", cost_points="1"), family="coupon", activation={"mode": "coupon", "code": "k", "balance": "1.5"}
    )
    steps = [
        add("B"),
        do("enter_code", code="k"),
        do("complete_sale", expect={"total": 17}),
        do("new_sale"),
        add("B"),
        do("enter_code", code="k", expect={"error": "used_up"}),
    ]
    story([B], [coupon], steps, {"total": 20})


def test_a_code_without_balance_is_good_again(story: Stories) -> None:
    steps = [
        add("B"),
        do("enter_code", code="k"),
        do("complete_sale"),
        do("new_sale"),
        add("B"),
        do("enter_code", code="k"),
    ]
    story([B], [code("K", "k", off("3"))], steps, {"total": 17})
