"""The combination worth most: the same as trying all of them, and a bound where there are too many to try."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.pricing.till import USD, bill, book, claim, customer, item
from tukar.domain.bill import Bill
from tukar.domain.pricing import Circumstances, RuleBook, best_combination, price
from tukar.domain.pricing.best import EXACT_OFFERS
from tukar.domain.pricing.book import contests

A, B, C = item("A", "10"), item("B", "20"), item("C", "33.33")
GROUP = {"stack_group": "g", "best_of": True}


def on_claim(*rewards: dict[str, object], **more: object) -> dict[str, object]:
    return {"apply": "on_claim", "rewards": list(rewards)} | more


KINDS = st.sampled_from(
    [
        on_claim({"kind": "percent_off", "value": "10"}),
        on_claim({"kind": "percent_off", "value": "50", "on": "cheapest"}),
        on_claim({"kind": "amount_off", "value": "5", "on": {"items": ["B"]}}),
        on_claim({"kind": "amount_off", "value": "25"}, when={"min_amount": "60"}),
        on_claim({"kind": "percent_off", "value": "30"}, **GROUP),
        on_claim({"kind": "amount_off", "value": "17"}, **GROUP),
        on_claim({"kind": "amount_off", "value": "22"}, exclusive=True),
        on_claim({"kind": "free_item", "sku": "A"}, when={"min_qty": 3}),
        on_claim({"kind": "amount_off", "value": "12", "cost_points": "30"}, programme="P"),
        on_claim({"kind": "free_item", "from_cart": True, "cost_points": "40"}, programme="P", when={"items": ["C"]}),
        on_claim({"kind": "bundle_price", "value": "15"}, when={"min_qty": 2}),
        on_claim({"kind": "percent_off", "value": "20"}, order=5),
        on_claim({"kind": "amount_off", "value": "8"}, priority=2, when={"min_qty": 2}),
        on_claim({"kind": "first_then_each", "first": "9", "each": "1"}, stack_group="g"),
        on_claim({"kind": "amount_per_point", "value": "0.3", "block": "10"}, family="loyalty", programme="P"),
    ]
)
BY_THEMSELVES = st.sampled_from(
    [
        {"rewards": [{"kind": "percent_off", "value": "20"}], "order": 9, "when": {"min_amount": "50"}},
        {"rewards": [{"kind": "amount_off", "value": "6"}], "priority": 1},
        {"family": "loyalty", "programme": "P", "earn": {"per": "money", "points": "1"}, "rewards": []},
    ]
)


def worth(basket: Bill, rules: RuleBook, names: tuple[str, ...]) -> int:
    """What the claims take off and give, contesting ones entered first; nothing when one of them gives nothing."""
    contesting = {rule.rule.rule_id for rule in rules.rules if contests(rule.rule)}
    for name in sorted(names, key=lambda name: (name not in contesting, int(name[1:]))):
        basket = basket.with_further_claim(claim(name))
    priced = price(basket, rules)
    if not set(names) <= {applied.key.rule_id for applied in priced.applied}:
        return -1
    return priced.discount.minor + sum(gift.worth.minor for gift in priced.free_lines)


@settings(max_examples=max(60, settings().max_examples))
@given(
    st.lists(KINDS, min_size=1, max_size=5),
    st.lists(BY_THEMSELVES, max_size=2),
    st.tuples(*[st.integers(0, 3)] * 3),
    st.booleans(),
)
def test_it_is_the_best_of_all_combinations(
    kinds: list[dict[str, object]],
    others: list[dict[str, object]],
    pieces: tuple[int, int, int],
    spends_own: bool,
) -> None:
    compiled = book([*others, *kinds], [A, B, C], [{"id": "P", "spend_points_of_this_sale": spends_own}])
    lines = [(one, count) for one, count in zip((A, B, C), pieces, strict=True) if count]
    basket = bill(*lines, customer=customer({"P": 70}))
    offers = price(basket, compiled).offers
    names = [offer.key.rule_id for offer in offers]
    all_of_them = [some for size in range(len(names) + 1) for some in combinations(names, size)]
    plain = worth(basket, compiled, ())
    most = max(worth(basket, compiled, some) for some in all_of_them) - plain
    best = best_combination(basket, compiled, Circumstances(), offers)
    assert best.exact
    assert best.worth.minor == most == best.at_most.minor
    assert worth(basket, compiled, tuple(key.rule_id for key in best.keys)) - plain == most


def test_of_equal_ones_fewer_points_and_fewer_claims() -> None:
    rules = [
        on_claim({"kind": "amount_off", "value": "90", "cost_points": "10"}, programme="P"),
        on_claim({"kind": "amount_off", "value": "90"}),
    ]
    compiled = book(rules, accounts=[{"id": "P"}])
    basket = bill((A, 3), customer=customer({"P": 70}))
    best = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert [key.rule_id for key in best.keys] == ["R2"]


def test_beyond_twelve_a_bound_is_stated_that_nothing_exceeds() -> None:
    rules = [on_claim({"kind": "percent_off", "value": str(n)}) for n in range(1, EXACT_OFFERS + 4)]
    compiled = book(rules)
    basket = bill((item("Z", "1000"), 1))
    best = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert not best.exact
    assert len(best.keys) == EXACT_OFFERS + 3
    assert best.worth <= best.at_most


def test_the_dialog_marks_the_best_offers() -> None:
    compiled = book(
        [
            on_claim({"kind": "percent_off", "value": "10"}),
            on_claim({"kind": "amount_off", "value": "1"}, exclusive=True),
        ]
    )
    basket = bill((B, 3))
    marks = {offer.key.rule_id: offer.is_best for offer in price(basket, compiled, reasons=True).offers}
    assert marks == {"R1": True, "R2": False}


def test_it_is_the_best_where_claims_come_before_what_applies_by_itself() -> None:
    """A rule that takes its turn after the claims lowers what they leave, and may lose its minimum to them."""
    late = {"rewards": [{"kind": "percent_off", "value": "20"}], "order": 9, "when": {"min_amount": "50"}}
    kinds = [
        on_claim({"kind": "percent_off", "value": "10"}),
        on_claim({"kind": "amount_off", "value": "5", "on": {"items": ["B"]}}),
        on_claim({"kind": "amount_off", "value": "14"}),
        on_claim({"kind": "percent_off", "value": "30"}, **GROUP),
        on_claim({"kind": "amount_off", "value": "17"}, **GROUP),
        on_claim({"kind": "percent_off", "value": "50", "on": "cheapest"}),
    ]
    basket = bill((A, 1), (B, 1), (C, 1))
    for some in combinations(kinds, 4):
        compiled = book([late, *some], [A, B, C])
        offers = price(basket, compiled).offers
        names = [offer.key.rule_id for offer in offers]
        tried = [chosen for size in range(len(names) + 1) for chosen in combinations(names, size)]
        # The late rule takes part by itself, so that it may give way without spoiling a combination.
        most = max(worth(basket, compiled, chosen) for chosen in tried) - worth(basket, compiled, ())
        best = best_combination(basket, compiled, Circumstances(), offers)
        assert best.exact
        assert best.worth.minor == most


def best_of(rules: list[dict[str, object]], basket: Bill) -> tuple[list[str], int]:
    compiled = book(rules, [A, B, C], [{"id": "P"}])
    best = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    return [key.rule_id for key in best.keys], best.worth.minor


def test_payments_and_what_is_worth_nothing_are_no_part_of_it() -> None:
    per_point: dict[str, object] = {"kind": "amount_per_point", "value": "1"}
    wallet = on_claim(per_point, family="wallet", activation={"mode": "customer"})
    cent = on_claim({"kind": "amount_off", "value": "0.01"})
    basket = bill((A, 1), customer=customer(wallet=USD.money("5")))
    assert best_of([wallet, cent], basket) == (["R2"], 1)
    free_of_nothing = on_claim({"kind": "free_item", "sku": "N"})
    shelf = [A, item("N", "0")]
    compiled = book([free_of_nothing, cent], shelf)
    best = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert [key.rule_id for key in best.keys] == ["R2"]


def test_of_what_is_worth_the_same_fewer_claims() -> None:
    """Everything is free with the second alone, and no better with the first before it."""
    rules = [on_claim({"kind": "amount_off", "value": "4"}), on_claim({"kind": "percent_off", "value": "100"})]
    assert best_of(rules, bill((A, 1))) == (["R2"], 1000)


def test_twelve_are_tried_exactly_and_of_more_the_most_valuable() -> None:
    small = [on_claim({"kind": "amount_off", "value": f"0.0{n}"}) for n in range(1, 4)]
    large = [on_claim({"kind": "amount_off", "value": str(n)}) for n in range(1, EXACT_OFFERS + 1)]
    basket = bill((item("Z", "1000"), 1))
    nothing = on_claim({"kind": "free_item", "sku": "N"})
    exactly = book([*large, nothing], [item("N", "0")])
    found = best_combination(basket, exactly, Circumstances(), price(basket, exactly).offers)
    assert (found.exact, found.worth, found.at_most) == (True, USD.money("78"), USD.money("78"))
    too_many = book([*small, *large])
    found = best_combination(basket, too_many, Circumstances(), price(basket, too_many).offers)
    assert (found.exact, found.worth, found.at_most) == (False, USD.money("78.06"), USD.money("78.06"))


def test_a_bound_is_never_more_than_the_bill_and_gifts_come_on_top_of_it() -> None:
    off = [on_claim({"kind": "amount_off", "value": "3"}) for _ in range(EXACT_OFFERS + 1)]
    basket, compiled = bill((A, 1)), book(off)
    found = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert (found.exact, found.worth, found.at_most) == (False, USD.money("10"), USD.money("10"))


def test_the_most_valuable_of_many_is_among_those_that_are_combined() -> None:
    """It costs all the points, which would pay for ten of the others; nobody knows that before it is tried."""
    small = [on_claim({"kind": "amount_off", "value": "1", "cost_points": "10"}, programme="P") for _ in range(13)]
    large = on_claim({"kind": "amount_off", "value": "50", "cost_points": "100"}, programme="P")
    compiled = book([*small, large], accounts=[{"id": "P"}])
    basket = bill((item("Z", "1000"), 1), customer=customer({"P": 100}))
    found = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert [key.rule_id for key in found.keys] == ["R14"]
    assert (found.exact, found.worth, found.at_most) == (False, USD.money("50"), USD.money("63"))


def test_a_claim_that_picks_the_cheapest_is_not_given_up_for_what_was_found_before() -> None:
    rules = [
        on_claim({"kind": "amount_off", "value": "15", "cost_points": "10"}, programme="P"),
        on_claim({"kind": "percent_off", "value": "100", "on": "cheapest", "cost_points": "10"}, programme="P"),
    ]
    assert best_of(rules, bill((B, 1), customer=customer({"P": 10}))) == (["R2"], 2000)


def test_a_claim_that_costs_a_later_rule_its_minimum_is_not_worth_it() -> None:
    late = {"rewards": [{"kind": "percent_off", "value": "50"}], "order": 9, "when": {"min_amount": "55"}}
    basket = bill((B, 3))
    assert best_of([late, on_claim({"kind": "amount_off", "value": "10"})], basket) == ([], 0)
    assert best_of([late, on_claim({"kind": "amount_off", "value": "4"})], basket) == (["R2"], 200)
    after = on_claim({"kind": "amount_off", "value": "1"}, order=10)
    assert best_of([late, on_claim({"kind": "amount_off", "value": "10"}), after], basket) == (["R3"], 100)
    early = {"rewards": [{"kind": "amount_off", "value": "1"}], "order": -1}
    assert best_of([late, on_claim({"kind": "amount_off", "value": "10"}), early], basket) == ([], 0)


def test_a_claim_that_lowers_the_points_of_this_sale_below_the_cost_of_another() -> None:
    earning: dict[str, object] = {
        "family": "loyalty", "programme": "P", "rewards": [], "earn": {"per": "money", "points": "1"},
    }  # fmt: skip
    paid = on_claim({"kind": "amount_off", "value": "12", "cost_points": "30"}, programme="P")
    rules = [earning, on_claim({"kind": "amount_off", "value": "15"}), paid]
    compiled = book(rules, accounts=[{"id": "P", "spend_points_of_this_sale": True}])
    basket = bill((B, 2), customer=customer({"P": 0}))
    best = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert ([key.rule_id for key in best.keys], best.worth) == (["R2"], USD.money("15"))


def test_points_of_this_sale_pay_beside_credits_and_what_costs_nothing() -> None:
    earning: dict[str, object] = {
        "family": "loyalty", "programme": "P", "rewards": [], "earn": {"per": "money", "points": "1"},
    }  # fmt: skip
    paid = on_claim({"kind": "amount_off", "value": "12", "cost_points": "30"}, programme="P")
    credits_ = on_claim({"kind": "amount_off", "value": "1", "cost_points": "2"}, earn={"per": "unit", "points": "1"})
    rules = [earning, on_claim({"kind": "amount_off", "value": "2"}), paid, credits_]
    compiled = book(rules, accounts=[{"id": "P", "spend_points_of_this_sale": True}])
    basket = bill((B, 2), customer=customer({"P": 0}))
    best = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert ([key.rule_id for key in best.keys], best.worth) == (["R2", "R3", "R4"], USD.money("15"))


def paid_by_points(points: int, *offers: tuple[int, dict[str, object]], pieces: int = 1) -> tuple[list[str], int]:
    """The best of offers that cost points, (cost, reward), on a bill of A and B."""
    rules = [on_claim(reward | {"cost_points": str(cost)}, **more) for cost, reward, more in map(_with_order, offers)]
    return best_of(rules, bill((A, pieces), (B, pieces), customer=customer({"P": points})))


def _with_order(offer: tuple[int, dict[str, object]]) -> tuple[int, dict[str, object], dict[str, object]]:
    cost, reward = offer
    order = {"order": reward["order"]} if "order" in reward else {}
    return cost, {name: value for name, value in reward.items() if name != "order"}, {"programme": "P"} | order


def test_claims_take_their_turns_in_order_while_they_are_tried() -> None:
    """20 off and then half of 40 is 40; half and then 20 off would be 50, and more than the 45."""
    half: dict[str, object] = {"kind": "percent_off", "value": "50", "order": 5}
    off: dict[str, object] = {"kind": "amount_off", "value": "20"}
    other: dict[str, object] = {"kind": "amount_off", "value": "45"}
    assert paid_by_points(20, (10, half), (10, off), (20, other), pieces=2) == (["R3"], 4500)


def test_of_two_that_are_equally_good_the_first() -> None:
    off: dict[str, object] = {"kind": "amount_off", "value": "5"}
    assert paid_by_points(10, (10, off), (10, off)) == (["R1"], 500)


@pytest.mark.parametrize(
    "picking",
    [
        {"kind": "percent_off", "value": "100", "on": "cheapest"},
        {"kind": "percent_off", "value": "100", "max_items": 1},
        {"kind": "amount_off", "value": "20", "max_items_per_line": 1, "max_items": 1},
        {"kind": "first_then_each", "first": "20", "each": "0"},
    ],
)
def test_what_picks_pieces_may_be_worth_more_together_than_alone(picking: dict[str, object]) -> None:
    """A is the cheapest and first; once it is free, the other claim takes the 20 of B: 30, and more than the 26."""
    large: dict[str, object] = {"kind": "amount_off", "value": "26"}
    frees: dict[str, object] = {"kind": "amount_off", "value": "10", "on": {"items": ["A"]}}
    assert paid_by_points(20, (20, large), (10, frees), (10, picking)) == (["R2", "R3"], 3000)


def test_they_are_entered_as_listed_however_late_one_is_added() -> None:
    """The first is worth least and is added last: 0.1 % of 1000 all the same, and not of what the others leave."""
    tiny = on_claim({"kind": "percent_off", "value": "0.1"})
    rules = [tiny, *(on_claim({"kind": "amount_off", "value": str(n)}) for n in range(2, EXACT_OFFERS + 2))]
    compiled, basket = book(rules), bill((item("Z", "1000"), 1))
    found = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert (found.exact, found.worth) == (False, USD.money("91"))


def test_one_that_makes_nothing_better_is_not_added() -> None:
    """All is free with the first alone, whatever else is claimed."""
    everything = on_claim({"kind": "percent_off", "value": "100"}, order=9)
    rules = [everything, *(on_claim({"kind": "amount_off", "value": str(n)}) for n in range(1, EXACT_OFFERS + 1))]
    assert best_of(rules, bill((item("Z", "1000"), 1))) == (["R1"], 100_000)


def test_one_that_leaves_another_nothing_is_not_added() -> None:
    """It would come first, for 2, and take the points of the 9 %, which are 0.90 of what the others leave."""
    late = on_claim({"kind": "percent_off", "value": "9", "cost_points": "10"}, programme="P", order=9)
    early = on_claim({"kind": "amount_off", "value": "2", "cost_points": "10"}, programme="P", priority=1)
    rules = [late, early, *(on_claim({"kind": "amount_off", "value": str(n)}) for n in range(85, 96))]
    marked, worth = best_of(rules, bill((item("Z", "1000"), 1), customer=customer({"P": 10})))
    assert marked == [*(f"R{n}" for n in range(3, 14)), "R1"]
    assert worth == 99000 + 90


def test_one_that_lowers_the_tier_of_another_is_not_added() -> None:
    """2 to 12 off leave 910.50, and 20 % of them are 182.10; with 1.50 more it were 10 % of 909."""
    bands = [{"from": "1", "value": "10"}, {"from": "909.50", "value": "20"}]
    tiered = on_claim({"kind": "tiered_percent_off", "tiers": bands}, order=9)
    rules = [tiered, *(on_claim({"kind": "amount_off", "value": str(n)}) for n in range(2, 13))]
    rules += [on_claim({"kind": "amount_off", "value": "1.50"})]
    marked, worth = best_of(rules, bill((item("Z", "987.50"), 1)))
    assert marked == [*(f"R{n}" for n in range(2, 13)), "R1"]
    assert worth == 7700 + 18210


def test_what_is_given_on_top_may_be_worth_more_than_the_bill() -> None:
    """The 11.50 that cost all the points are found; thirteen times 1.00 would be better, and the bound says so."""
    shelf = [A, item("N", "1"), item("L", "11.50")]
    small = [on_claim({"kind": "free_item", "sku": "N", "cost_points": "5"}, programme="P") for _ in range(13)]
    large = on_claim({"kind": "free_item", "sku": "L", "cost_points": "100"}, programme="P")
    compiled = book([*small, large], shelf, [{"id": "P"}])
    basket = bill((item("Z", "1"), 1), customer=customer({"P": 100}))
    found = best_combination(basket, compiled, Circumstances(), price(basket, compiled).offers)
    assert (found.exact, found.worth, found.at_most) == (False, USD.money("11.50"), USD.money("25.50"))
    nothing_left = {"rewards": [{"kind": "percent_off", "value": "100"}]}
    gifts = book([nothing_left, *[on_claim({"kind": "free_item", "sku": "N"})] * 13], shelf)
    found = best_combination(basket, gifts, Circumstances(), price(basket, gifts).offers)
    assert (found.exact, found.worth, found.at_most) == (False, USD.money("13"), USD.money("13"))


def test_every_one_that_stands_alone_is_tried() -> None:
    """Two of them together give no more than one; the first is the best all the same."""
    alone = [on_claim({"kind": "amount_off", "value": value}, exclusive=True) for value in ("22", "5", "3")]
    assert best_of(alone, bill((A, 1), (B, 1))) == (["R1"], 2200)


def test_the_best_of_two_groups_go_together() -> None:
    groups = [{"stack_group": name, "best_of": True} for name in ("g", "h")]
    assert best_of(
        [on_claim({"kind": "amount_off", "value": value}, **group) for value, group in zip("54", groups, strict=True)],
        bill((B, 1)),
    ) == (["R1", "R2"], 900)


def test_a_cent_is_worth_claiming_before_what_applies_by_itself() -> None:
    late = {"rewards": [{"kind": "amount_off", "value": "1", "on": {"items": ["A"]}}], "order": 9}
    cent = on_claim({"kind": "amount_off", "value": "0.01", "on": {"items": ["B"]}})
    assert best_of([late, cent], bill((A, 1), (B, 1))) == (["R2"], 1)


@pytest.mark.parametrize("late", [[], [{"rewards": [{"kind": "amount_off", "value": "1"}], "order": 9}]])
def test_of_what_is_worth_the_same_fewer_points(late: list[dict[str, object]]) -> None:
    """The 4 off B leave 16 for the points, which alone would be 20."""
    goods = {"items": ["B"]}
    off = on_claim({"kind": "amount_off", "value": "4", "on": goods})
    points = on_claim({"kind": "amount_per_point", "value": "1", "on": goods}, family="loyalty", programme="P")
    basket = bill((B, 1), (C, 1), customer=customer({"P": 70}))
    assert best_of([off, points, *late], basket) == (["R1", "R2"], 2000)


def test_money_that_a_gift_card_pays_is_no_points() -> None:
    """10 off alone, and not 4 and then 6 for a point: the card pays what is left of either bill."""
    card: dict[str, object] = {
        "family": "gift_card", "activation": {"mode": "code", "code": "g", "balance": "200"},
        "rewards": [{"kind": "amount_per_point", "value": "1"}],
    }  # fmt: skip
    rules = [
        on_claim({"kind": "amount_off", "value": "4"}, **GROUP),
        on_claim({"kind": "amount_off", "value": "6", "cost_points": "1"}, programme="P"),
        on_claim({"kind": "amount_off", "value": "10"}),
        card,
    ]
    basket = bill((A, 1), customer=customer({"P": 1})).with_code("g")
    assert best_of(rules, basket) == (["R3"], 1000)


def test_what_was_switched_off_is_among_the_best() -> None:
    by_itself: dict[str, object] = {"rewards": [{"kind": "amount_off", "value": "5"}]}
    rules = [by_itself, on_claim({"kind": "amount_off", "value": "3"})]
    basket = bill((A, 1)).with_switched_off(claim("R1").key)
    assert best_of(rules, basket) == (["R1", "R2"], 800)


def test_the_points_go_to_the_two_that_are_worth_most() -> None:
    offers: list[tuple[int, dict[str, object]]] = [
        (10, {"kind": "amount_off", "value": value}) for value in ("10", "5", "9")
    ]
    assert paid_by_points(20, *offers) == (["R1", "R3"], 1900)


def test_a_range_of_the_cart_may_allow_more_once_another_lowers_it() -> None:
    """60 allow 5; less 15 they are 45 and allow 25: 40 together, and more than the 39 that cost all the points."""
    bands = [{"from": "0", "to": "50", "cap": "25"}, {"from": "50.01", "cap": "5"}]
    per_point: dict[str, object] = {"kind": "amount_per_point", "value": "1", "ranges": bands}
    large: dict[str, object] = {"kind": "amount_off", "value": "39"}
    small: dict[str, object] = {"kind": "amount_off", "value": "15"}
    rules = [
        on_claim(large | {"cost_points": "40"}, programme="P"),
        on_claim(small | {"cost_points": "10"}, programme="P"),
        on_claim(per_point, family="loyalty", programme="P"),
    ]
    assert best_of(rules, bill((A, 2), (B, 2), customer=customer({"P": 40}))) == (["R2", "R3"], 4000)


def test_credits_of_this_sale_pay_for_a_claim() -> None:
    paid = on_claim({"kind": "amount_off", "value": "1", "cost_points": "2"}, earn={"per": "unit", "points": "1"})
    assert best_of([paid], bill((A, 2))) == (["R1"], 100)
