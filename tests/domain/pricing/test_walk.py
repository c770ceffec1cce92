"""A whole bill worked out: best-of groups beside other rules and each other, points of this sale, what is earned."""

from typing import Any

from tests.domain.pricing.till import Json, bill, book, claim, customer, item, money
from tukar.domain.pricing import price

A = item("A", "100")
GROUP: Json = {"stack_group": "g", "best_of": True}
OTHER: Json = {"stack_group": "h", "best_of": True}


def amount(value: str, **more: Any) -> Json:
    return {"kind": "amount_off", "value": value} | more


def percent(value: str) -> Json:
    return {"kind": "percent_off", "value": value}


def rule(name: str, reward: Json, **more: Any) -> Json:
    return {"id": name, "rewards": [reward]} | more


def applied(*rules: Json) -> list[str]:
    return [one.key.rule_id for one in price(bill((A, 1)), book(rules)).applied]


def test_rules_of_no_group_apply_beside_the_best_of_one() -> None:
    assert applied(rule("P", percent("10"), **GROUP), rule("O", amount("1")), rule("Q", percent("20"), **GROUP)) == [
        "O",
        "Q",
    ]


def test_a_rule_of_the_group_that_does_not_compete_applies_beside_the_best() -> None:
    rules = (
        rule("P", percent("10"), **GROUP),
        rule("Q", percent("20"), **GROUP),
        rule("R", amount("1"), stack_group="g"),
    )
    assert applied(*rules) == ["Q", "R"]


def test_the_best_of_no_group_is_nobody_s_rival() -> None:
    assert applied(rule("P", amount("1"), best_of=True), rule("Q", amount("2"), best_of=True)) == ["P", "Q"]


def test_what_earlier_rules_left_decides_which_is_best() -> None:
    earlier = rule("O", amount("50"), priority=1)
    assert applied(earlier, rule("P", percent("20"), **GROUP), rule("Q", amount("15"), **GROUP)) == ["O", "Q"]


def test_what_rules_between_two_rivals_take_counts_for_the_later_one() -> None:
    rules = (rule("P", amount("15"), **GROUP), rule("O", amount("50")), rule("Q", percent("20"), **GROUP))
    assert applied(*rules) == ["P", "O"]


def test_of_two_groups_each_is_settled_as_if_the_later_one_were_not_there() -> None:
    rules = (
        rule("P", amount("45"), **GROUP),
        rule("Q", percent("50"), **OTHER),
        rule("R", percent("50"), **OTHER),
        rule("S", percent("50"), **GROUP),
    )
    assert applied(*rules) == ["Q", "S"]


def test_two_claims_of_one_rule_are_worth_what_both_take() -> None:
    twice = rule("P", amount("10"), apply="on_claim", max_applications=2, **GROUP)
    basket = bill((A, 1)).with_claim(claim("P")).with_further_claim(claim("P"))
    priced = price(basket, book([twice, rule("Q", amount("15"), **GROUP)]))
    assert priced.discount == money("20")


def test_points_of_this_sale_pay_up_to_the_last_one_and_no_further() -> None:
    account = {"id": "L", "spend_points_of_this_sale": True}
    for cost, off in (("90", "7"), ("91", "0")):
        spend = rule("L", amount("7", cost_points=cost), family="loyalty", apply="on_claim",
                     earn={"per": "money", "points": "1"})  # fmt: skip
        basket = bill((A, 1), customer=customer({"L": 0})).with_claim(claim("L"))
        rules = book([spend, rule("P", amount("10"))], accounts=[account])
        assert price(basket, rules).discount == money("10") + money(off)


def test_rules_that_earn_nothing_now_keep_no_other_from_earning() -> None:
    order = {"per": "order", "points": "1"}
    silent: list[Json] = [
        {"id": "CODE", "family": "loyalty", "activation": {"mode": "code", "code": "k"}, "earn": order},
        {"id": "MANY", "family": "loyalty", "when": {"min_qty": 9}, "earn": order},
        {"id": "GROUP", "family": "loyalty", "when": {"customer_groups": ["staff"]}, "earn": order},
        {"id": "NEXT", "family": "next_order_coupon", "earn": order, "rewards": [amount("1", cost_points="1")]},
        {"id": "ALONE", "exclusive": True, "rewards": [amount("1")]},
        {"id": "FREE", "rewards": [amount("1")], "earn": order},
    ]
    accounts = [{"id": name} for name in ("CODE", "MANY", "GROUP", "L")]
    earning = {"id": "L", "family": "loyalty", "earn": order}
    priced = price(bill((A, 1), customer=customer({"L": 0})), book([*silent, earning], accounts=accounts))
    assert [moved.programme_id for moved in priced.earned] == ["L"]
    assert priced.left == ()


def test_another_family_earns_points_for_its_programme() -> None:
    rules = book([{"id": "P", "programme": "L", "earn": {"per": "order", "points": "3"}}], accounts=[{"id": "L"}])
    points = price(bill((A, 1), customer=customer({"L": 0})), rules).earned_of("L")
    assert points is not None
    assert points.exact() == 3


def test_nothing_is_left_for_later_where_there_is_nothing_to_leave() -> None:
    coupon = {
        "id": "N",
        "family": "next_order_coupon",
        "earn": {"per": "money", "points": "1"},
        "rewards": [amount("1", cost_points="1")],
    }
    assert price(bill((A, 1)), book([coupon, rule("P", percent("100"))])).left == ()
