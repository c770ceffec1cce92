"""Whether a rule takes part, and in whose turn: days, places, the backend, what is switched off, set quantities."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.pricing.till import bill, book, claim, customer, item, off
from tukar.domain.bill import OfferKey
from tukar.domain.offer import Reason, WhyNot
from tukar.domain.pricing import Circumstances, CodeBalance, price

ONE = {"kind": "amount_off", "value": "1"}
BASKET = bill((item("A", "10"), 1))
KNOWN = bill((item("A", "10"), 1), customer=customer({"P": 40}, orders_placed=3, orders_cancelled=1))


def taken(rule: dict[str, Any], circumstances: Circumstances | None = None, *, known: bool = True) -> str:
    """What one rule takes off 10.00."""
    rules = book([{"rewards": [ONE]} | rule], accounts=[{"id": "P"}, {"id": "Q"}, {"id": "R1"}])
    return price(KNOWN if known else BASKET, rules, circumstances).discount.decimal()


def why(rule: dict[str, Any], circumstances: Circumstances | None = None) -> WhyNot:
    rules = book([{"rewards": [ONE]} | rule], accounts=[{"id": "P"}])
    return price(KNOWN, rules, circumstances, reasons=True).reasons[0]


@pytest.mark.parametrize(("day", "amount"), [(1, "1.00"), (2, "1.00"), (3, "0.00")])
def test_a_code_counts_until_the_earlier_of_its_own_last_day_and_the_rules(day: int, amount: str) -> None:
    rule = {
        "activation": {"mode": "code", "code": "X"},
        "valid_to": "2026-03-10",
        "code_valid_to": "2026-03-02",
        "rewards": [ONE],
    }
    at = Circumstances(now=datetime(2026, 3, day, 23, 59))  # noqa: DTZ001 - the shop's wall time
    assert price(KNOWN.with_code("X"), book([rule]), at).discount.decimal() == amount
    later = Circumstances(now=datetime(2026, 3, 3, 0, 0))  # noqa: DTZ001 - the shop's wall time
    assert why(rule, later).day == date(2026, 3, 2)


def test_a_book_of_coupons_gives_nothing_without_the_line() -> None:
    """What the code still holds is known at the backend alone (redemption.md, "Offline")."""
    paid = {"kind": "amount_off", "value": "1", "cost_points": "1"}
    counted, free = ({"mode": "code", "code": "X", **held} for held in ({"balance": "5"}, {}))
    offline = Circumstances(online=False)
    for activation, rewards, taken_offline in ((counted, [paid], "0.00"), (free, [ONE], "1.00")):
        rules = book([{"activation": activation, "rewards": rewards}])
        assert price(BASKET.with_code("X"), rules).discount.decimal() == "1.00"
        assert price(BASKET.with_code("X"), rules, offline).discount.decimal() == taken_offline
    (told,) = price(BASKET.with_code("X"), book([{"activation": counted, "rewards": [paid]}]), offline).reasons
    assert told.reason is Reason.NEEDS_BACKEND


def test_this_order_is_the_third_after_one_was_cancelled() -> None:
    assert taken({"when": {"nth_order": 3}}) == "1.00"
    assert taken({"when": {"nth_order": 2}}) == "0.00"
    assert taken({"when": {"from_order": 3}}) == "1.00"
    assert taken({"when": {"from_order": 4}}) == "0.00"


@pytest.mark.parametrize(
    ("when", "missing"),
    [({"nth_order": 5}, 2), ({"nth_order": 4}, 1), ({"nth_order": 2}, None), ({"from_order": 6}, 3)],
)
def test_the_reason_says_how_many_orders_are_missing(when: dict[str, int], missing: int | None) -> None:
    told = why({"when": when})
    assert (told.reason, told.pieces) == (Reason.NOT_THIS_ORDER, missing)


def test_a_budget_of_which_nothing_was_used_is_there() -> None:
    assert taken({"budget": "5"}) == "1.00"


def test_what_has_an_account_needs_a_customer() -> None:
    """A rule of a points account waits for whose points they are; points nobody was ever given are none."""
    assert taken({"programme": "P"}, known=False) == "0.00"
    assert taken({"programme": "Q", "when": {"min_points": "1"}}) == "0.00"
    assert taken({"family": "loyalty", "when": {"min_points": "0"}}, known=False) == "0.00"


@pytest.mark.parametrize(
    "rule",
    [
        {"limit_uses": 5},
        {"limit_per_customer": 5},
        {"limit_per_customer_and_day": 5},
        {"budget": "5"},
        {"programme": "P", "rewards": [ONE | {"cost_points": "10"}]},
    ],
)
def test_what_the_backend_must_decide_waits_for_the_line(rule: dict[str, Any]) -> None:
    assert taken(rule, Circumstances(online=True)) == "1.00"
    assert taken(rule, Circumstances(online=False)) == "0.00"


@pytest.mark.parametrize(
    ("rule", "off"),
    [
        ({"rewards": [ONE | {"cost_points": "10"}]}, "1.00"),
        ({"rewards": [ONE | {"cost_points": "10"}], "limit_uses": 5}, "0.00"),
        ({"rewards": [{"kind": "free_item", "from_cart": True, "cost_points": "10"}]}, "0.00"),
    ],
    ids=["money off", "limited", "goods"],
)
def test_points_taken_on_trust_take_money_off_and_nothing_else(rule: dict[str, Any], off: str) -> None:
    assert taken(rule | {"programme": "P"}, Circumstances(online=False, on_trust=True)) == off
    assert taken(rule | {"programme": "P"}, Circumstances(online=False)) == "0.00"
    assert taken(rule | {"programme": "P"}) != "0.00"


def test_other_rules_apply_without_the_line() -> None:
    assert taken({}, Circumstances(online=False)) == "1.00"
    assert taken({"when": {"from_order": 2}}, Circumstances(online=False)) == "1.00"


def test_a_coupon_waits_for_the_line() -> None:
    rules = book([{"activation": {"mode": "coupon", "code": "X"}, "rewards": [ONE]}])
    entered = KNOWN.with_code("X")
    assert price(entered, rules, Circumstances(online=True)).discount.decimal() == "1.00"
    assert price(entered, rules, Circumstances(online=False)).discount.decimal() == "0.00"


def test_a_card_opens_its_own_rule_only() -> None:
    rules = book([{"activation": {"mode": "code", "code": name}, "rewards": [ONE]} for name in ("X", "Y")])
    cards = {"CARD": CodeBalance("R2", Fraction(1))}
    priced = price(BASKET.with_code("CARD"), rules, Circumstances(cards=cards))
    assert [applied.key.rule_id for applied in priced.applied] == ["R2"]


def test_a_rule_switched_off_gives_none_of_its_rewards() -> None:
    rules = book([{"rewards": [ONE | {"id": "a"}, ONE | {"id": "b"}]}])
    one_off = BASKET.with_switched_off(OfferKey("R1", "a"))
    assert [applied.key.reward_id for applied in price(one_off, rules).applied] == ["b"]
    assert price(BASKET.with_switched_off(OfferKey("R1")), rules).applied == ()


def test_claims_with_a_set_quantity_are_served_before_the_others_of_their_rule() -> None:
    free = {"kind": "free_item", "from_cart": True, "cost_points": "100"}
    rewards = [free | {"id": "a", "sku": "A"}, free | {"id": "b", "sku": "B"}]
    rules = book([{"apply": "on_claim", "programme": "P", "rewards": rewards}], accounts=[{"id": "P"}])
    both = bill((item("A", "10"), 1), (item("B", "4"), 1), customer=customer({"P": 100}))
    as_came = both.with_claim(claim("R1", "a")).with_claim(claim("R1", "b"))
    assert off(price(as_came, rules)) == ["10.00", "0.00"]
    pinned = both.with_claim(claim("R1", "a")).with_claim(claim("R1", "b", quantity=1))
    assert off(price(pinned, rules)) == ["0.00", "4.00"]
