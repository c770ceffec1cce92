"""FORMAT.md, "Steps" and "Expected", sentence by sentence."""

from tests.till.sandbox.story import Stories, add, code, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")
PER_UNIT = {"per": "unit", "points": "1"}


def test_items_join_the_line_of_their_sku_unless_a_card_or_hand_discount_is_given(story: Stories) -> None:
    steps = [add("A"), add("A", 2, expect={"lines": 1}), add("A", manual_discount_percent="50"), add("A", card="X")]
    story([A], [], [*steps, add("A")], {"lines": 3, "total": 55})


def test_setting_a_quantity_and_removing(story: Stories) -> None:
    steps = [
        add("A", 2),
        do("set_qty", sku="A", qty=5, expect={"total": 50}),
        do("set_qty", sku="A", qty=0, expect={"lines": 0}),
        do("set_qty", sku="A", qty=1, expect={"error": "gone"}),
        add("B"),
        do("remove", sku="B"),
        do("remove", sku="B", expect={"error": "gone"}),
    ]
    story([A, B], [], steps, {"total": 0, "lines": 0})


def test_an_inactive_or_unknown_item_is_not_sold(story: Stories) -> None:
    items = [item("X", "1", active=False)]
    steps = [
        add("X", expect={"error": "inactive"}),
        add("Q", expect={"error": "unknown"}),
        do("activate_item", sku="X"),
        add("X"),
    ]
    story(items, [], steps, {"total": 1})


def test_scanning_adds_an_item_sets_the_customer_or_enters_a_code(story: Stories) -> None:
    customer = {"id": "c", "card": "CARD", "wallet_card": "PURSE", "attach": "scan"}
    steps = [
        do("scan", code="B", expect={"total": 20, "customer": None}),
        do("scan", code="PURSE", expect={"customer": "c"}),
        do("scan", code="k", expect={"total": 17}),
        do("scan", code="nothing", expect={"error": "unknown"}),
    ]
    story([B], [code("K", "k", off("3"))], steps, {"total": 17}, customer=customer)


def test_a_customer_nobody_declared_holds_nothing(story: Stories) -> None:
    rules = [loyalty("L", off("1", cost_points="1"), earn=PER_UNIT)]
    steps = [
        add("A", customer="new", expect={"customer": "new", "points_available": 0, "offers": []}),
        do("complete_sale"),
    ]
    story([A], rules, steps, {"balance_after_sale": 1})


def test_an_automatic_rule_that_was_removed_stays_off_until_claimed(story: Stories) -> None:
    rules = [rule("P", percent("50"))]
    steps = [
        add("A"),
        do("remove_reward", rule="P", expect={"total": 10, "offers": ["P"]}),
        add("A", expect={"total": 20}),
        do("claim", rule="P", expect={"total": 10, "offers": []}),
        do("remove_reward", rule="P"),
        do("complete_sale", expect={"total": 20}),
        do("new_sale"),
        add("A"),
    ]
    story([A], rules, steps, {"total": 5})


def test_removing_one_reward_of_several(story: Stories) -> None:
    rules = [rule("P", off("1", id="x"), off("2", id="y"))]
    steps = [
        add("A"),
        do("remove_reward", rule="P", reward="y", expect={"total": 9, "offers": [{"rule": "P", "reward": "y"}]}),
        do("remove_reward", rule="P", expect={"total": 10}),
        do("claim", rule="P", reward="y"),
    ]
    story([A], rules, steps, {"total": 8})


def test_removing_what_is_not_there_is_refused(story: Stories) -> None:
    rules = [rule("P", off("1"), apply="on_claim")]
    steps = [
        add("A"),
        do("remove_reward", rule="P", expect={"error": "none"}),
        do("remove_reward", rule="?", expect={"error": "none"}),
    ]
    story([A], rules, steps, {"total": 10})


def test_a_reward_quantity_is_that_many_and_no_more(story: Stories) -> None:
    rules = [rule("F", free("C", cost_points="1"), earn=PER_UNIT)]
    steps = [
        add("A", 3, expect={"free_items": [{"sku": "C", "qty": 3}]}),
        do("set_reward_qty", rule="F", qty=2, expect={"free_items": [{"sku": "C", "qty": 2}]}),
        add("A", 4, expect={"free_items": [{"sku": "C", "qty": 2}]}),
        do("set_reward_qty", rule="F", qty=99, expect={"free_items": [{"sku": "C", "qty": 7}]}),
        add("A", 1, expect={"free_items": [{"sku": "C", "qty": 7}]}),
        do("set_qty", sku="A", qty=3),
    ]
    story([A, C], rules, steps, {"free_items": [{"sku": "C", "qty": 3}]})


def test_looking_at_offers_changes_nothing(story: Stories) -> None:
    rules = [rule("P", off("1"), apply="on_claim")]
    steps = [add("A"), do("open_offers"), do("cancel_offers"), do("recompute")]
    story([A], rules, steps, {"total": 10, "offers": ["P"], "error": None})


def test_codes_that_are_refused(story: Stories) -> None:
    rules = [
        code("K", "k", off("1")),
        code("M", "m", off("1"), when={"min_amount": "50"}),
        code("V", "v", off("1"), valid_to_days=-1),
        code("X", "x", off("1"), exclusive=True),
    ]
    steps = [
        add("A"),
        do("enter_code", code="?", expect={"error": "unknown"}),
        do("enter_code", code="k", expect={"error": None}),
        do("enter_code", code="k", expect={"error": "twice"}),
        do("enter_code", code="m", expect={"error": "minimum"}),
        do("enter_code", code="v", expect={"error": "ended"}),
        add("A", 4, expect={"total": 49}),
        do("enter_code", code="x", expect={"applied": ["X"]}),
        do("enter_code", code="m", expect={"error": "exclusive"}),
        do("remove_code", code="x", expect={"applied": ["K"]}),
        do("remove_code", code="x", expect={"error": "gone"}),
    ]
    story([A], rules, steps, {"total": 49})


def test_a_code_waits_on_an_empty_bill(story: Stories) -> None:
    rules = [code("M", "m", off("1"), when={"min_amount": "20"})]
    steps = [do("enter_code", code="m"), add("A", expect={"total": 10}), add("A", expect={"total": 19})]
    story([A], rules, steps, {"total": 19})


def test_a_code_entered_before_the_goods_waits_for_its_customer_too(story: Stories) -> None:
    rules = [
        code("K", "k", off("1"), when={"customer_groups": ["vip"]}),
        code("U", "u", off("1"), when={"nth_order": 1}, limit_uses=1, used=1),
    ]
    steps = [
        do("enter_code", code="u", expect={"error": "used_up"}),
        do("enter_code", code="k", expect={"error": None}),
        do("enter_code", code="k", expect={"error": "entered"}),
        add("A", expect={"total": 10}),
        do("set_customer", id="other", expect={"total": 10}),
        do("set_customer", id="c", expect={"total": 9}),
        do("remove_code", code="k"),
        do("set_customer", id="other"),
        do("enter_code", code="k", expect={"error": "other_group"}),
    ]
    story([A], rules, steps, {"total": 10}, customer={"id": "c", "group": "vip", "attach": "later"})


def test_claiming_a_rule_that_was_switched_off_whole_brings_all_of_it_back(story: Stories) -> None:
    rules = [rule("P", off("1", id="x"), off("2", id="y"), off("4", id="z"))]
    steps = [
        add("A"),
        do("remove_reward", rule="P", expect={"total": 10}),
        do("claim", rule="P", expect={"total": 3, "offers": []}),
        do("remove_reward", rule="P", reward="y", expect={"total": 5}),
        do("remove_reward", rule="P", expect={"total": 10}),
        do("claim", rule="P", reward="z", expect={"total": 6}),
    ]
    offers = [{"rule": "P", "reward": "x"}, {"rule": "P", "reward": "y"}]
    story([A], rules, steps, {"offers": offers})


def test_points_claimed_are_cut_to_whole_blocks_before_they_are_compared(story: Stories) -> None:
    blocks = {"kind": "amount_per_point", "value": "0.01", "cost_points": "1", "block": "10"}
    steps = [
        add("A"),
        do("claim", rule="L", points="110", expect={"error": "lacks"}),
        do("claim", rule="L", points="109.99", expect={"error": None, "points_spent": 100}),
        do("remove_reward", rule="L"),
        do("claim", rule="L", points="105", tampered=True),
        do("complete_sale", expect={"error": None, "balance_after_sale": 4}),
    ]
    story([A], [loyalty("L", blocks)], steps, {}, customer={"id": "c", "points": {"L": "104"}})
    fine = {"kind": "amount_per_point", "value": "0.01", "cost_points": "1"}
    steps = [
        add("A"),
        do("claim", rule="L", points="104.01", expect={"error": "lacks"}),
        do("claim", rule="L", points="104.009", expect={"error": None, "points_spent": 104}),
    ]
    story([A], [loyalty("L", fine)], steps, {}, customer={"id": "c", "points": {"L": "104"}})


def test_a_code_taken_stays_when_its_minimum_is_lost(story: Stories) -> None:
    rules = [code("M", "m", off("1"), when={"min_qty": 2})]
    steps = [
        add("A", 2),
        do("enter_code", code="m", expect={"total": 19}),
        do("set_qty", sku="A", qty=1, expect={"total": 10}),
        do("enter_code", code="m", expect={"error": "entered"}),
        do("set_qty", sku="A", qty=3),
    ]
    story([A], rules, steps, {"total": 29})


def test_a_valid_code_whose_discount_finds_no_piece_is_taken(story: Stories) -> None:
    rules = [code("K", "k", percent("50", on={"items": ["B"]}))]
    steps = [add("A"), do("enter_code", code="k", expect={"error": None, "total": 10}), add("B")]
    story([A, B], rules, steps, {"total": 20})


def test_a_better_code_of_a_group_replaces_the_other_which_is_forgotten(story: Stories) -> None:
    group = {"stack_group": "g", "best_of": True}
    rules = [code("K", "k", off("1"), **group), code("M", "m", off("2"), **group), code("N", "n", off("1"), **group)]
    steps = [
        add("A"),
        do("enter_code", code="k", expect={"total": 9}),
        do("enter_code", code="m", expect={"total": 8}),
        do("enter_code", code="n", expect={"error": "worse"}),
        do("remove_code", code="k", expect={"error": "forgotten"}),
        do("remove_code", code="m"),
    ]
    story([A], rules, steps, {"total": 10})


def test_a_code_for_claims_offers_when_it_is_entered(story: Stories) -> None:
    rules = [code("K", "k", off("1"), apply="on_claim")]
    steps = [
        add("A", expect={"offers": []}),
        do("claim", rule="K", expect={"error": "no_code"}),
        do("enter_code", code="k", expect={"offers": ["K"], "total": 10}),
        do("claim", rule="K"),
    ]
    story([A], rules, steps, {"total": 9})


def test_parking_writes_nothing_and_leaves_the_till_empty(story: Stories) -> None:
    rules = [loyalty("L", earn=PER_UNIT), code("K", "k", off("1"))]
    steps = [
        add("A"),
        do("enter_code", code="k"),
        do("park", expect={"total": 0, "lines": 0, "customer": None}),
        add("B"),
        do("park"),
        do("resume", expect={"total": 20}),
        do("resume", expect={"error": "busy"}),
        do("complete_sale"),
        do("resume", expect={"error": "completed"}),
        do("new_sale"),
        do("resume"),
    ]
    story([A, B], rules, steps, {"total": 9, "customer": "c", "balance_on_server": 0}, customer={"id": "c"})


def test_a_completed_sale_refuses_everything_else(story: Stories) -> None:
    rules = [rule("P", off("1"), apply="on_claim")]
    refused = [
        add("A"),
        do("claim", rule="P"),
        do("complete_sale"),
        do("park"),
        do("recompute"),
        do("set_customer", id="c"),
    ]
    steps = [add("A"), do("complete_sale", expect={"offers": []})]
    steps += [step | {"expect": {"error": "completed", "total": 10}} for step in refused]
    steps += [do("set_prices", prices={"A": "99"}, expect={"error": None, "total": 10}), do("new_sale"), add("A")]
    story([A], rules, steps, {"total": 99})


def test_new_prices_and_switched_off_rules_reach_the_open_bill(story: Stories) -> None:
    rules = [rule("P", percent("10"))]
    steps = [
        add("A"),
        do("set_prices", prices={"A": "20"}, expect={"total": 18}),
        do("deactivate_rule", rule="P", expect={"total": 20}),
        do("deactivate_rule", rule="P", expect={"error": "gone"}),
    ]
    story([A], rules, steps, {"total": 20})


def test_a_tampered_claim_is_taken_in_and_the_sale_refused_whole(story: Stories) -> None:
    rules = [loyalty("L", off("1", cost_points="5"), earn=PER_UNIT)]
    steps = [
        add("A"),
        do("claim", rule="L", tampered=True, expect={"error": None}),
        do(
            "complete_sale",
            expect={"error": "insufficient", "points_earned": 0, "points_spent": 0, "balance_after_sale": 3},
        ),
        do("remove_reward", rule="L", expect={"error": None}),
        do("complete_sale", expect={"balance_after_sale": 4}),
    ]
    story([A], rules, steps, {"balance_on_server": 4}, customer={"id": "c", "points": {"L": "3"}})


def test_several_errors_leave_the_last_one(story: Stories) -> None:
    steps = [add("?", expect={"error": "any"}), add("A", expect={"error": None})]
    story([A], [], steps, {"error": "any"})
    story([A], [], [add("A")], {"error": None})


def test_one_line_for_each_applied_discount(story: Stories) -> None:
    rules = [
        rule("P", off("1", id="x"), off("2", id="y")),
        rule("F", free("C")),
        rule("N", off("3", on={"items": ["B"]})),
    ]
    story([A, B, C], rules, [add("A")], {"lines": 4, "rewards_applied": 3, "applied": ["P", "F"]})


def test_the_choice_may_be_claimed_by_name_only_from_what_may_be_given(story: Stories) -> None:
    items = [A, item("X", "1", tags=["g"]), item("Y", "1", tags=["g"])]
    rules = [rule("F", {"kind": "free_item", "choose_from": {"tags": ["g"]}}, apply="on_claim")]
    steps = [add("A"), do("claim", rule="F", choice="A", expect={"error": "no"}), do("claim", rule="F", choice="Y")]
    story(items, rules, steps, {"free_items": [{"sku": "Y", "qty": 1}]})
