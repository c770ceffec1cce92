"""FORMAT.md, ``enter_code`` and ``claim``: what is taken in, what is refused, and what a better code leaves behind."""

import pytest

from tests.till.sandbox.story import Json, Stories, add, code, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")
PER_POINT = {"kind": "amount_per_point", "value": "1", "cost_points": "1"}
GROUP = {"stack_group": "g", "best_of": True}
OTHER_GROUP = {"stack_group": "h", "best_of": True}


def card(rule_id: str, word: str, balance: str, *rewards: Json, **more: object) -> Json:
    activation = {"mode": "code", "code": word, "balance": balance}
    return rule(rule_id, *rewards, family="promo_code") | {"activation": activation} | more


@pytest.mark.parametrize(("balance", "taken"), [("0.5", True), ("0", False)])
def test_a_gift_card_is_refused_when_nothing_is_left_on_it(story: Stories, balance: str, taken: bool) -> None:
    rules = [card("G", "g", balance, PER_POINT, family="gift_card")]
    steps = [add("A"), do("enter_code", code="g", expect={"error": None if taken else "used_up"})]
    story([A], rules, steps, {"total": "9.5" if taken else 10})


@pytest.mark.parametrize(("balance", "taken"), [("2", True), ("1", False)])
def test_a_code_holds_enough_when_its_cheapest_reward_is_paid_for(story: Stories, balance: str, taken: bool) -> None:
    rewards = off("4", id="x", cost_points="5"), off("1", id="y", cost_points="2")
    rules = [card("K", "k", balance, *rewards, apply="on_claim")]
    offers = [{"rule": "K", "reward": "y"}] if taken else []
    steps = [add("A"), do("enter_code", code="k", expect={"error": None if taken else "used_up"})]
    story([A], rules, steps, {"offers": offers})


def test_a_code_that_earns_its_own_credits_needs_none_before(story: Stories) -> None:
    rules = [card("K", "k", "0", free("C", cost_points="2"), earn={"per": "unit", "points": "1"})]
    steps = [add("A"), do("enter_code", code="k", expect={"error": None, "free_items": []}), add("A")]
    story([A, C], rules, steps, {"free_items": [{"sku": "C", "qty": 1}]})


def test_a_loyalty_code_is_kept_without_points_and_without_its_minimum(story: Stories) -> None:
    by_code = {"activation": {"mode": "code", "code": "l"}, "when": {"min_amount": "100"}}
    rules = [loyalty("L", PER_POINT, **by_code), rule("P", percent("10"), **GROUP)]
    steps = [
        add("A", expect={"offers": []}),
        do("enter_code", code="l", expect={"error": None}),
        do("claim", rule="L", expect={"error": "lacks points"}),
        do("set_customer", id="c", expect={"offers": ["L"]}),
        do("claim", rule="L"),
    ]
    story([A], rules, steps, {"total": 6}, customer={"id": "c", "points": {"L": "3"}, "attach": "later"})


def test_an_exclusive_code_that_finds_no_piece_is_taken_and_excludes_nobody(story: Stories) -> None:
    rules = [code("X", "x", percent("50", on={"items": ["B"]}), exclusive=True), rule("P", off("1"))]
    steps = [add("A"), do("enter_code", code="x", expect={"error": None, "total": 9}), add("B")]
    story([A, B], rules, steps, {"total": 20, "applied": ["X"]})


def test_an_exclusive_code_loses_against_an_exclusive_rule_before_it(story: Stories) -> None:
    rules = [rule("P", off("1"), exclusive=True), code("X", "x", off("5"), exclusive=True)]
    steps = [
        add("A"),
        do("enter_code", code="x", expect={"error": "loses", "total": 9}),
        do("deactivate_rule", rule="P"),
    ]
    story([A], rules, steps, {"total": 10})


def test_an_exclusive_code_whose_minimum_is_not_reached_alone_is_refused(story: Stories) -> None:
    rules = [rule("P", off("5"), priority=1), code("X", "x", off("1"), exclusive=True, when={"min_amount": "10.01"})]
    steps = [add("A"), do("enter_code", code="x", expect={"error": "minimum"}), add("A")]
    story([A], rules, [*steps, do("enter_code", code="x")], {"total": 19, "applied": ["X"]})


def test_the_minimum_of_a_code_for_claims_is_looked_at_when_it_is_entered(story: Stories) -> None:
    rules = [code("K", "k", off("1"), apply="on_claim", when={"min_amount": "20"}), rule("P", off("1"))]
    steps = [add("A", 2), do("enter_code", code="k", expect={"error": "only 19 are left"}), add("C")]
    story([A, C], rules, [*steps, do("enter_code", code="k", expect={"error": None})], {"offers": ["K"]})


def test_a_minimum_counts_at_the_turn_of_the_code_and_not_at_the_end(story: Stories) -> None:
    first = code("K", "k", percent("10", on={"items": ["B"]}), priority=1, when={"min_amount": "10"})
    rules = [first, rule("P", off("5"))]
    steps = [add("A"), do("enter_code", code="k", expect={"error": None, "total": 5}), add("B")]
    story([A, B], rules, steps, {"total": 23})


def test_a_better_code_makes_only_codes_of_its_own_group_forgotten(story: Stories) -> None:
    """N is beaten by W while there are two of B, and stays entered all the same."""
    rules = [
        code("K", "k", off("1"), **GROUP),
        code("M", "m", off("2"), **GROUP),
        code("N", "n", off("3"), **OTHER_GROUP),
        rule("W", off("4"), when={"items": ["B"], "min_qty": 2}, **OTHER_GROUP),
    ]
    steps = [
        add("B"),
        do("enter_code", code="n"),
        do("enter_code", code="k", expect={"total": 16}),
        add("B", expect={"total": 35, "applied": ["K", "W"]}),
        do("enter_code", code="m", expect={"total": 34}),
        do("remove_code", code="k", expect={"error": "forgotten"}),
        do("set_qty", sku="B", qty=1, expect={"total": 15, "applied": ["M", "N"]}),
        do("remove_code", code="n", expect={"error": None}),
    ]
    story([B], rules, steps, {"total": 18})


def test_a_code_that_only_shares_the_name_of_a_group_makes_nothing_forgotten(story: Stories) -> None:
    rules = [
        code("K", "k", off("3"), **GROUP),
        rule("W", off("4"), when={"min_qty": 2}, **GROUP),
        code("Z", "z", off("1"), stack_group="g"),
        code("Y", "y", off("1"), best_of=True),
    ]
    steps = [
        add("A"),
        do("enter_code", code="k", expect={"total": 7}),
        add("A", expect={"total": 16, "applied": ["W"]}),
        do("enter_code", code="z", expect={"total": 15}),
        do("enter_code", code="y", expect={"total": 14}),
        do("set_qty", sku="A", qty=1),
    ]
    story([A], rules, steps, {"total": 5, "applied": ["K", "Z", "Y"]})


def test_claiming_just_the_rule_takes_its_first_reward_that_gives_something(story: Stories) -> None:
    rules = [rule("P", off("1", id="x", on={"items": ["B"]}), off("2", id="y"), off("4", id="z"), apply="on_claim")]
    steps = [
        add("A"),
        do("claim", rule="P", expect={"total": 8}),
        do("claim", rule="P", expect={"total": 4}),
        do("claim", rule="P", expect={"error": "nothing is left to claim"}),
    ]
    story([A, B], rules, steps, {"total": 4})


def test_points_claimed_where_none_are_asked_for_do_no_harm(story: Stories) -> None:
    story([A], [rule("P", off("1"), apply="on_claim")], [add("A"), do("claim", rule="P", points="5")], {"total": 9})


@pytest.mark.parametrize(("points", "total"), [("8.5", "11.5"), ("9.99", "10.01"), ("10", "10"), ("10.01", "20")])
def test_so_much_of_a_wallet_as_it_holds(story: Stories, points: str, total: str) -> None:
    wallet = rule("W", PER_POINT, family="wallet", activation={"mode": "customer"}, apply="on_claim")
    steps = [add("B"), do("claim", rule="W", points=points)]
    story([B], [wallet], steps, {"total": total}, customer={"id": "c", "wallet": "10"})


@pytest.mark.parametrize(("held", "refused"), [("19", True), ("20", False), ("25", False)])
def test_points_that_the_bill_cannot_take_are_not_lacking(story: Stories, held: str, refused: bool) -> None:
    """30 are claimed and a bill of 20 takes no more than 20: who holds them has enough."""
    steps = [
        add("B"),
        do("claim", rule="L", points="30", expect={"points_spent": 0 if refused else 20}),
        do("remove_reward", rule="L"),
        do("claim", rule="L", points="30", tampered=True),
        do("complete_sale", expect={"error": "lacks points" if refused else None}),
    ]
    customer = {"id": "c", "points": {"L": held}}
    story([B], [loyalty("L", PER_POINT)], steps, {"total": 1 if refused else 0}, customer=customer)


def test_a_quantity_cut_to_what_was_possible_stays_that_many(story: Stories) -> None:
    rules = [loyalty("L", free("C", cost_points="5"))]
    steps = [
        add("A"),
        do("claim", rule="L", qty=5, expect={"free_items": [{"sku": "C", "qty": 2}]}),
        do("new_sale", customer="c"),
        add("A"),
        do("claim", rule="L", qty=1, expect={"free_items": [{"sku": "C", "qty": 1}], "points_spent": 5}),
    ]
    story([A, C], rules, steps, {"points_available": 5}, customer={"id": "c", "points": {"L": "10"}})
    earning = [rule("F", free("C", cost_points="1"), earn={"per": "unit", "points": "1"}, apply="on_claim")]
    steps = [add("A", 2), do("claim", rule="F", qty=5), add("A", 3)]
    story([A, C], earning, steps, {"free_items": [{"sku": "C", "qty": 2}]})


def test_a_quantity_is_set_on_the_reward_named(story: Stories) -> None:
    earn = {"earn": {"per": "unit", "points": "1"}}
    rules = [rule("F", free("C", id="x", cost_points="1"), free("B", id="y", cost_points="1"), **earn)]
    steps = [
        add("A", 3, expect={"free_items": [{"sku": "C", "qty": 3}]}),
        do("set_reward_qty", rule="F", reward="y", qty=1),
    ]
    expected = {"free_items": [{"sku": "B", "qty": 1}, {"sku": "C", "qty": 2}]}
    story([A, B, C], rules, steps, expected)
    refused = [add("A"), do("set_reward_qty", rule="P", qty=1, expect={"error": "is not claimed"})]
    story([A, C], [rule("P", free("C"), apply="on_claim")], refused, {"free_items": []})
