"""One turn of one rule: minimums, times, what pays for it, and what the cashier set."""

from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from tests.domain.pricing.till import Json, bill, book, claim, customer, item, money
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.pricing import Circumstances, CodeBalance, Entering, PricedBill, Refused, price, settle

A, B = item("A", "10"), item("B", "20")
PER_UNIT = {"per": "unit", "points": "1"}


def amount(value: str, **more: Any) -> Json:
    return {"kind": "amount_off", "value": value} | more


def gift(sku: str = "B", **more: Any) -> Json:
    return {"kind": "free_item", "sku": sku} | more


def loyalty(*rewards: Json, **more: Any) -> Json:
    return {"id": "L", "family": "loyalty", "apply": "on_claim", "rewards": list(rewards)} | more


def with_code(balance: str, *rewards: Json, **more: Any) -> Json:
    code = {"mode": "code", "code": "k", "balance": balance}
    return {"id": "K", "family": "promo_code", "activation": code, "rewards": list(rewards)} | more


def priced(basket: Bill, *rules: Json, accounts: Sequence[Json] = ()) -> PricedBill:
    return price(basket, book(rules, [A, B], accounts))


def pieces(told: PricedBill) -> dict[str, int]:
    return {free.item.sku: free.quantity.pieces for free in told.free_lines}


@pytest.mark.parametrize(("count", "total"), [(1, "10.00"), (2, "18.00"), (3, "27.00")])
def test_a_percentage_on_its_own_goods_waits_for_their_minimum(count: int, total: str) -> None:
    rule = {
        "when": {"items": ["A"], "min_qty": 2},
        "rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["A"]}}],
    }
    assert priced(bill((A, count)), rule).total.decimal() == total


def test_a_percentage_that_was_taken_off_applies_by_itself_once_it_is_claimed() -> None:
    rule: Json = {"id": "P", "rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["A"]}}]}
    basket = bill((A, 1)).with_switched_off(OfferKey("P")).with_claim(claim("P"))
    assert priced(bill((A, 1)).with_switched_off(OfferKey("P")), rule).applied == ()
    (applied,) = priced(basket, rule).applied
    assert (applied.claimed, applied.applications, applied.amount) == (False, 1, money("1"))


def test_a_set_quantity_is_served_before_the_other_rewards_of_an_automatic_rule() -> None:
    rule: Json = {
        "id": "F",
        "earn": PER_UNIT,
        "rewards": [gift("A", id="a", cost_points="2"), gift("B", id="b", cost_points="2")],
    }
    basket = bill((A, 4))
    assert pieces(priced(basket, rule)) == {"A": 2}
    assert pieces(priced(basket.with_claim(claim("F", "b", quantity=1)), rule)) == {"A": 1, "B": 1}


def test_each_further_claim_needs_as_many_pieces_again() -> None:
    rules = book(
        [{"id": "P", "apply": "on_claim", "max_applications": 2, "when": {"min_qty": 2}, "rewards": [amount("3")]}]
    )
    for count, times in ((1, 0), (3, 1), (4, 2), (9, 2)):
        basket = bill((A, count))
        for _ in range(3):
            answer = Entering(rules, basket, Circumstances()).claim(claim("P"))
            basket = basket if isinstance(answer, Refused) else answer
        assert price(basket, rules).discount == money(str(3 * times))


def test_a_reward_that_costs_nothing_is_claimed_once() -> None:
    twice = bill((A, 1)).with_claim(claim("P")).with_further_claim(claim("P"))
    assert priced(twice, {"id": "P", "apply": "on_claim", "rewards": [amount("3")]}).discount == money("3")


@pytest.mark.parametrize(("used", "left"), [(None, "5"), ("1", "4"), ("4.99", "0.01")])
def test_a_budget_counts_every_time_on_the_bill(used: str | None, left: str) -> None:
    rules = book([{"id": "P", "budget": "5", "max_applications": 3, "rewards": [amount("3")]}])
    spent = {} if used is None else {"P": money(used)}
    known = Circumstances(budget_used=MappingProxyType(spent))
    assert settle(bill((A, 3)), rules, known).discount == money(left)


# What pays


ACCOUNT = {"id": "L", "min_points": "10"}


def test_what_costs_no_points_is_given_below_the_least_a_bill_spends() -> None:
    basket = bill((A, 1), customer=customer({"L": 50})).with_claim(claim("L"))
    assert priced(basket, loyalty(amount("2")), accounts=[ACCOUNT]).discount == money("2")
    from_bill = loyalty({"kind": "free_item", "from_cart": True})
    assert priced(basket, from_bill, accounts=[ACCOUNT]).discount == money("10")


def test_a_claim_paid_by_credits_needs_its_minimum_once() -> None:
    rule = {
        "id": "P",
        "apply": "on_claim",
        "earn": PER_UNIT,
        "when": {"min_qty": 2},
        "rewards": [amount("3", cost_points="1")],
    }
    assert priced(bill((A, 2)).with_claim(claim("P")), rule).discount == money("3")


def test_the_least_a_bill_spends_may_be_spent_and_then_less() -> None:
    ten, five = amount("2", id="ten", cost_points="10"), amount("1", id="five", cost_points="5")
    each = {"kind": "amount_per_point", "id": "each", "value": "0.1"}
    basket = bill((A, 1), customer=customer({"L": 13})).with_claim(claim("L", "ten"))
    assert priced(basket, loyalty(ten, five, each), accounts=[ACCOUNT]).discount == money("2")
    more = (
        bill((A, 1), customer=customer({"L": 50})).with_claim(claim("L", "ten")).with_further_claim(claim("L", "five"))
    )
    assert priced(more, loyalty(ten, five, each), accounts=[ACCOUNT]).discount == money("3")
    rest = basket.with_further_claim(claim("L", "each"))
    assert priced(rest, loyalty(ten, five, each), accounts=[ACCOUNT]).discount == money("2.30")


def test_a_card_pays_nothing_on_a_bill_of_nothing_and_to_the_last_cent_it_holds() -> None:
    card = {"id": "G", "family": "gift_card", "rewards": [{"kind": "amount_per_point", "value": "1"}]}
    free = {"rewards": [{"kind": "percent_off", "value": "100"}]}
    known = Circumstances(cards=MappingProxyType({"g": CodeBalance("G", Fraction(1, 100))}))
    basket = bill((A, 1)).with_code("g")
    assert settle(basket, book([card, free]), known).stored_value == ()
    assert settle(basket, book([card]), known).total == money("9.99")
    wrong = card | {"rewards": [amount("1")]}
    assert settle(basket, book([wrong]), known).total == money("10")


def test_a_wallet_claimed_twice_pays_no_more_than_it_holds() -> None:
    wallet = {
        "id": "W",
        "family": "wallet",
        "apply": "on_claim",
        "rewards": [{"kind": "amount_per_point", "value": "1"}],
    }
    first = claim("W", points=None)
    basket = bill((A, 1), customer=customer(wallet=money("7"))).with_claim(first).with_further_claim(first)
    assert priced(basket, wallet).total == money("3")


def test_a_choice_means_nothing_where_the_reward_names_its_item() -> None:
    rule = {"id": "P", "apply": "on_claim", "rewards": [gift()]}
    assert pieces(priced(bill((A, 1)).with_claim(claim("P", choice="A")), rule)) == {"B": 1}


def test_gifts_for_one_credit_each_and_no_more_than_so_many() -> None:
    rule = {"id": "P", "apply": "on_claim", "earn": PER_UNIT, "rewards": [gift(cost_points="1")]}
    assert pieces(priced(bill((A, 3)).with_claim(claim("P")), rule)) == {"B": 3}
    limited = {"earn": PER_UNIT, "max_applications": 2, "rewards": [gift(cost_points="1")]}
    assert [pieces(priced(bill((A, count)), limited)) for count in (1, 2, 5)] == [{"B": 1}, {"B": 2}, {"B": 2}]


def test_a_code_with_credits_gives_by_itself_once() -> None:
    assert pieces(priced(bill((A, 1)).with_code("k"), with_code("5", gift(cost_points="1")))) == {"B": 1}


FROM_CART = {"kind": "free_item", "from_cart": True, "cost_points": "2"}


@pytest.mark.parametrize(("balance", "most", "total"), [("9", 2, "20.00"), ("3", 3, "30.00"), ("9", None, "30.00")])
def test_sets_paid_by_a_code(balance: str, most: int | None, total: str) -> None:
    limit = {} if most is None else {"max_applications": most}
    assert priced(bill((A, 4)).with_code("k"), with_code(balance, FROM_CART, buy=1, **limit)).total.decimal() == total


def test_sets_that_cost_no_points_repeat_while_pieces_last() -> None:
    free = {"kind": "free_item", "from_cart": True}
    basket = bill((A, 4), customer=customer({"L": 1})).with_claim(claim("L"))
    assert priced(basket, loyalty(free, buy=1), accounts=[{"id": "L"}]).total == money("20")


def test_pieces_claimed_from_the_bill_cost_a_set_each() -> None:
    rule = loyalty({"kind": "free_item", "from_cart": True, "cost_points": "2"}, buy=1)
    basket = bill((A, 6), customer=customer({"L": 9})).with_claim(claim("L", quantity=2))
    told = priced(basket, rule, accounts=[{"id": "L"}])
    spent = told.spent_of("L")
    assert spent is not None
    assert told.total == money("40")
    assert spent.exact() == 4


@pytest.mark.parametrize(("balance", "most", "sets"), [("9", None, 1), ("9", 2, 2), ("3", 3, 1), ("9", 9, 3)])
def test_bundles_paid_by_a_code(balance: str, most: int | None, sets: int) -> None:
    limit = {} if most is None else {"max_applications": most}
    rule = with_code(balance, {"kind": "bundle_price", "value": "15", "cost_points": "2"}, when={"min_qty": 2}, **limit)
    told = priced(bill((A, 6)).with_code("k"), rule)
    assert told.discount == money(str(5 * sets))
    assert [spent.credits for spent in told.credits_spent] == [2 * sets]
