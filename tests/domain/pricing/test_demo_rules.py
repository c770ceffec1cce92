"""The promotions of the demo shop as a rule file, and both journeys' figures (promotions.md, "The two journeys")."""

from typing import Any

import pytest

from tests.domain.pricing.till import IDR, bill, book, claim, customer, item, offered
from tukar.domain.offer import Benefit, Trigger
from tukar.domain.points import Points
from tukar.domain.pricing import RuleBook, price

INDOMIE, TEH = item("INDOMIE", "3500", currency=IDR, rate="11"), item("TEH", "6000", currency=IDR, rate="11")
BERAS, KOPI = item("BERAS5", "75000", currency=IDR), item("KOPI", "22000", currency=IDR, rate="11")

ACCOUNTS: list[dict[str, Any]] = [
    {"id": "poin", "name": "Poin"},
    {"id": "reward", "name": "Reward", "otp": {"ask": "always"}},
]
KNOWN = {"activation": {"mode": "customer"}, "apply": "on_claim"}
BEST = {"stack_group": "order_percent", "best_of": True}
RULES: list[dict[str, Any]] = [
    {
        "id": "borong-mi",
        "name": "Borong Mi",
        "names": {"en": "Noodle deal"},
        "family": "buy_x_get_y",
        "when": {"items": ["INDOMIE"]},
        "buy": 4,
        "rewards": [{"kind": "free_item", "sku": "INDOMIE", "from_cart": True}],
    },
    {
        "id": "gratis-teh",
        "name": "Gratis Teh",
        "family": "buy_x_get_y",
        "when": {"items": ["BERAS5"]},
        "rewards": [{"kind": "free_item", "sku": "TEH", "from_cart": True}],
    },
    {"id": "hemat", "when": {"min_amount": "200000"}, "rewards": [{"kind": "percent_off", "value": "10"}]} | BEST,
    {"id": "member", "when": {"customer_groups": ["member"]}, "rewards": [{"kind": "percent_off", "value": "5"}]}
    | BEST,
    {
        "id": "poin-order",
        "programme": "poin",
        "when": {"min_amount": "100000", "from_order": 3},
        "rewards": [{"kind": "amount_off", "value": "20000", "cost_points": "200"}],
    }
    | KNOWN,
    {
        "id": "poin-kopi",
        "programme": "poin",
        "when": {"items": ["KOPI"]},
        "rewards": [{"kind": "free_item", "from_cart": True, "cost_points": "150"}],
    }
    | KNOWN,
    {
        "id": "poin",
        "family": "loyalty",
        "activation": {"mode": "customer"},
        "earn": {"per": "money", "points": "2", "every": "10000"},
        "earn_rounding": "floor",
        "rewards": [],
    },
    {
        "id": "reward",
        "family": "loyalty",
        "trigger": "on_request",
        "rewards": [
            {
                "kind": "amount_per_point",
                "value": "100",
                "ranges": [{"from": "50000", "to": "99999", "cap": "10000"}, {"from": "100000", "cap_percent": "10"}],
            }
        ],
    }
    | KNOWN,
]


@pytest.fixture
def rules() -> RuleBook:
    return book(RULES, [INDOMIE, TEH, BERAS, KOPI], ACCOUNTS, IDR)


@pytest.mark.parametrize(("pieces", "off"), [(4, 0), (5, 3500), (9, 3500), (10, 7000)])
def test_buy_five_pay_four(rules: RuleBook, pieces: int, off: int) -> None:
    assert price(bill((INDOMIE, pieces), currency=IDR), rules).discount.minor == off


def test_one_tea_is_free_with_rice(rules: RuleBook) -> None:
    assert price(bill((TEH, 2), currency=IDR), rules).discount.minor == 0
    assert price(bill((TEH, 2), (BERAS, 1), currency=IDR), rules).discount.minor == 6000


def test_the_better_percentage_of_two(rules: RuleBook) -> None:
    member = customer(group="member")
    assert price(bill((BERAS, 2), currency=IDR, customer=member), rules).discount.minor == 7500
    assert price(bill((BERAS, 3), currency=IDR, customer=member), rules).discount.minor == 22500


def test_points_as_a_promotion_by_order(rules: RuleBook) -> None:
    basket = bill((BERAS, 2), currency=IDR, customer=customer({"poin": 320}, orders_placed=2))
    before = price(basket, rules)
    (offer,) = before.offers
    assert (offer.key.rule_id, offer.trigger, offer.cost, offer.takes_off.minor) == (
        "poin-order",
        Trigger.POP_UP,
        Points(200),
        20000,
    )
    after = price(basket.with_claim(claim("poin-order")), rules)
    assert (after.total.minor, after.spent_of("poin"), after.earned_of("poin")) == (130_000, Points(200), Points(30))


def test_the_products_price_becomes_nothing(rules: RuleBook) -> None:
    basket = bill((KOPI, 2), currency=IDR, customer=customer({"poin": 150}))
    (offer,) = price(basket, rules).offers
    assert (offer.benefit, offer.gift, offer.takes_off.minor) == (Benefit.FREE_FROM_BILL, "KOPI", 22000)
    assert price(basket.with_claim(claim("poin-kopi")), rules).total.minor == 22000


@pytest.mark.parametrize(("rice", "most"), [(1, 10_000), (2, 15_000)])
def test_points_as_a_discount_within_the_cart_range(rules: RuleBook, rice: int, most: int) -> None:
    basket = bill((BERAS, rice), currency=IDR, customer=customer({"reward": 900}))
    assert offered(price(basket, rules)) == {"reward": str(most)}
    part = price(basket.with_claim(claim("reward", points=Points(40))), rules)
    assert (part.discount.minor, part.spent_of("reward")) == (4000, Points(40))
