"""Points as money: blocks, limits of the account, Flits' cart ranges, and what the cashier may choose."""

from fractions import Fraction

import pytest

from tests.domain.pricing.till import IDR, bill, book, claim, customer, item, offered
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill, price

RANGES = [
    {"from": "500", "to": "4999", "cap": "100"},
    {"from": "5000", "to": "7999", "cap_percent": "10"},
    {"from": "8000", "cap": "500"},
]


def priced_at(cart: str, points: int, *, reward: dict[str, object] | None = None, **account: object) -> PricedBill:
    rule = {
        "id": "R",
        "family": "loyalty",
        "activation": {"mode": "customer"},
        "apply": "on_claim",
        "rewards": [{"kind": "amount_per_point", "value": "1"} | (reward or {})],
    }
    rules = book([rule], accounts=[{"id": "R"} | account], currency=IDR)
    one = item("A", cart, currency=IDR)
    return price(bill((one, 1), currency=IDR, customer=customer({"R": points})), rules)


@pytest.mark.parametrize(
    ("cart", "most"),
    [("500", 100), ("4999", 100), ("5000", 500), ("7999", 800), ("8000", 500), ("90000", 500)],
)
def test_a_balance_above_the_cap_of_the_cart_range_is_clamped(cart: str, most: int) -> None:
    (offer,) = priced_at(cart, 10_000, reward={"ranges": RANGES}).offers
    assert offer.takes_off.minor == most
    assert offer.points is not None
    assert offer.points.most == Points(most)


def test_below_the_first_range_nothing_is_offered_and_the_reason_says_how_much_is_missing() -> None:
    priced = priced_at("450", 100, reward={"ranges": RANGES})
    assert not priced.offers
    (why,) = priced.reasons
    assert why.amount is not None
    assert why.amount.minor == 50


def test_incremental_steps_with_a_maximum_for_each_bill() -> None:
    priced = priced_at("10000", 1_250, reward={"block": "100", "cost_points": "200"}, max_points="600")
    (offer,) = priced.offers
    assert offer.points is not None
    assert (offer.points.least, offer.points.most, offer.points.step) == (Points(200), Points(600), Points(100))
    assert offer.points.value_each == Fraction(1)


def test_points_to_keep_stay_on_the_balance() -> None:
    assert offered(priced_at("10000", 1_000, keep="400")) == {"R": "600"}
    assert not priced_at("10000", 300, keep="400").offers


def test_the_least_points_for_each_bill() -> None:
    assert not priced_at("80", 1_000, min_points="100").offers
    assert offered(priced_at("120", 1_000, min_points="100")) == {"R": "120"}


def test_a_hundred_points_are_ten_thousand_rupiah() -> None:
    one = item("A", "35000", currency=IDR)
    rule = {
        "id": "R",
        "family": "loyalty",
        "apply": "on_claim",
        "rewards": [{"kind": "amount_per_point", "value": "100", "block": "100"}],
    }
    rules = book([rule], accounts=[{"id": "R"}], currency=IDR)
    empty = bill((one, 1), currency=IDR, customer=customer({"R": 1_000}))
    assert offered(price(empty, rules)) == {"R": "30000"}
    priced = price(empty.with_claim(claim("R", points=Points(250))), rules)
    assert priced.total.minor == 15_000
    assert priced.spent_of("R") == Points(200)
