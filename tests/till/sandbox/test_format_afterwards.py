"""FORMAT.md, what comes after: uses, refunds and voids, days that pass, goods and rules that change under a sale."""

import pytest

from tests.till.sandbox.story import Json, Stories, add, code, do, free, item, loyalty, off, percent, rule

A, B, C = item("A", "10"), item("B", "20"), item("C", "5")
PER_MONEY = {"per": "money", "points": "1"}
PER_POINT = {"kind": "amount_per_point", "value": "1", "cost_points": "1"}
MEMBER = {"id": "c", "points": {"L": "10"}}


@pytest.mark.parametrize(
    ("more", "ending", "total"),
    [
        ({}, "void_sale", 9),
        ({"reusable_after_void": False}, "void_sale", 10),
        ({}, "refund", 10),
    ],
)
def test_only_a_void_gives_a_use_back(story: Stories, more: Json, ending: str, total: int) -> None:
    steps = [add("A"), do("complete_sale"), do(ending), do("new_sale"), add("A")]
    story([A], [rule("P", off("1"), limit_uses=1, **more)], steps, {"total": total})


def test_earning_and_giving_nothing_are_no_use(story: Stories) -> None:
    rules = [loyalty("L", earn=PER_MONEY, limit_uses=1), rule("P", off("1", on={"items": ["B"]}), limit_uses=1)]
    steps = [add("A"), do("complete_sale"), do("new_sale", customer="c"), add("A"), add("B")]
    story([A, B], rules, steps, {"total": 29, "points_earned": 29}, customer=MEMBER)


def test_a_rule_without_uses_left_earns_nothing(story: Stories) -> None:
    rules = [loyalty("L", PER_POINT, earn=PER_MONEY, limit_uses=2, used=2)]
    story([A], rules, [add("A")], {"points_earned": 0, "offers": [], "balance_preview": 10}, customer=MEMBER)


def test_what_was_not_sold_or_is_back_already_cannot_come_back(story: Stories) -> None:
    steps = [
        do("refund", expect={"error": "nothing was sold"}),
        do("void_sale", expect={"error": "nothing was sold"}),
        add("A", 2),
        do("complete_sale"),
        do("refund", lines=[{"sku": "A", "qty": 3}], expect={"error": "too many"}),
        do("refund", lines=[{"sku": "B"}], expect={"error": "not sold"}),
        do("refund", lines=[{"sku": "A", "qty": 2}]),
        do("refund", expect={"error": "all is back"}),
        do("void_sale", expect={"error": None}),
        do("void_sale", expect={"error": "void"}),
        do("refund", expect={"error": "void"}),
    ]
    story([A, B], [], steps, {})


def test_a_void_after_a_refund_takes_back_only_the_rest(story: Stories) -> None:
    steps = [
        add("A", 2),
        do("claim", rule="L", points="4"),
        do("complete_sale", expect={"balance_on_server": 26}),
        do("refund", lines=[{"sku": "A"}], expect={"points_reversed": 10, "points_returned": 2}),
        do("void_sale", expect={"points_reversed": 10, "points_returned": 2}),
    ]
    story([A], [loyalty("L", PER_POINT, earn=PER_MONEY)], steps, {"balance_on_server": 10}, customer=MEMBER)


def test_points_that_go_back_to_a_lot_past_its_days_are_not_usable(story: Stories) -> None:
    rules = [loyalty("L", PER_POINT, earn={"per": "unit", "points": "1"}, expire_after_days=1)]
    steps = [
        add("A"),
        do("claim", rule="L", points="4"),
        do("complete_sale"),
        do("advance_days", days=2),
        do("refund", expect={"points_returned": 4, "balance_on_server": 10}),
        do("new_sale", customer="c", expect={"points_available": 0}),
        do("run_expiry"),
    ]
    story([A], rules, steps, {"balance_on_server": 0}, customer=MEMBER)


def test_a_refund_lowers_the_spend_that_tiers_read(story: Stories) -> None:
    tiers = [{"name": "gold", "min_spent": "20"}, {"name": "silver", "min_spent": "0"}]
    steps = [
        add("A", 2, expect={"tier": "gold"}),
        do("complete_sale", expect={"tier": "gold"}),
        do("refund", lines=[{"sku": "A"}], expect={"tier": "silver"}),
        do("new_sale", customer="c", expect={"tier": "silver"}),
        add("A"),
    ]
    story([A], [loyalty("L", earn=PER_MONEY, tiers=tiers)], steps, {"tier": "gold"}, customer=MEMBER)


def test_a_displaced_claim_comes_back_when_the_exclusive_rule_goes(story: Stories) -> None:
    rules = [
        loyalty("L", PER_POINT, earn=PER_MONEY),
        rule("X", percent("50", on={"items": ["B"]}), exclusive=True),
    ]
    steps = [
        add("A"),
        do("claim", rule="L", points="4", expect={"total": 6, "points_spent": 4}),
        add("B", expect={"total": 20, "applied": ["X"], "points_spent": 0, "points_earned": 20, "offers": []}),
        do("claim", rule="L", expect={"error": "not together"}),
        do("remove", sku="B", expect={"total": 6}),
        do("complete_sale"),
    ]
    story([A, B], rules, steps, {"balance_after_sale": 16, "points_spent": 4}, customer=MEMBER)


def test_a_parked_sale_comes_back_under_the_prices_and_rules_of_its_return(story: Stories) -> None:
    rules = [rule("P", off("1")), code("K", "k", off("2"))]
    steps = [
        add("A"),
        do("enter_code", code="k", expect={"total": 7}),
        do("park"),
        do("enter_code", code="k"),
        add("A", 2, expect={"total": 17}),
        do("set_prices", prices={"A": "30"}, expect={"total": 57}),
        do("deactivate_rule", rule="P"),
        do("remove", sku="A"),
        do("resume"),
    ]
    story([A], rules, steps, {"total": 28})


def test_an_item_sold_again_gives_a_choice_where_there_was_none(story: Stories) -> None:
    items = [A, item("F", "1", tags=["g"]), item("H", "2", tags=["g"], active=False)]
    steps = [
        add("A", expect={"free_items": [{"sku": "F", "qty": 1}], "offers": []}),
        do("activate_item", sku="H", expect={"free_items": [], "offers": ["P"]}),
        do("claim", rule="P", choice="H"),
    ]
    expected = {"free_items": [{"sku": "H", "qty": 1}], "total": 10}
    story(items, [rule("P", free(choose_from={"tags": ["g"]}))], steps, expected)


def test_days_count_from_the_first_moment_of_the_case(story: Stories) -> None:
    rules = [
        rule("P", off("2"), valid_to_days=1),
        rule("Q", off("1"), valid_from_days=2),
        code("K", "k", off("4"), code_valid_to_days=0),
    ]
    steps = [
        add("A", expect={"total": 8}),
        do("enter_code", code="k", expect={"total": 4}),
        do("advance_days", days=1, expect={"total": 8}),
        do("advance_days", days=1, expect={"total": 9}),
        do("new_sale"),
        add("A"),
        do("enter_code", code="k", expect={"error": "over"}),
    ]
    story([A], rules, steps, {"total": 9}, now="2025-02-01T23:59:59")
