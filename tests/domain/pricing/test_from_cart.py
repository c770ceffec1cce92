"""Pieces of the bill that become free: sets, points, and the product whose price becomes 0 (journey B)."""

import pytest

from tests.domain.pricing.till import IDR, bill, book, claim, customer, item, off, offered
from tukar.domain.offer import Benefit
from tukar.domain.points import Points
from tukar.domain.pricing import price

MI = item("MI", "3500", currency=IDR)
KOPI = item("KOPI", "22000", currency=IDR)
FREE_KOPI = {
    "id": "K",
    "programme": "P",
    "activation": {"mode": "customer"},
    "apply": "on_claim",
    "when": {"items": ["KOPI"]},
    "rewards": [{"kind": "free_item", "from_cart": True, "cost_points": "150"}],
}


@pytest.mark.parametrize(
    ("pieces", "free"), [(1, 0), (2, 0), (3, 1), (4, 2), (5, 3), (6, 3), (7, 3), (8, 4), (9, 5), (10, 6)]
)
def test_buy_two_take_three(pieces: int, free: int) -> None:
    rule = {
        "when": {"items": ["MI"]},
        "buy": 2,
        "rewards": [{"kind": "free_item", "sku": "MI", "qty": 3, "from_cart": True}],
    }
    priced = price(bill((MI, pieces), currency=IDR), book([rule], currency=IDR))
    assert priced.discount.minor == free * 3500


def test_one_piece_of_two_becomes_free_for_points() -> None:
    rules = book([FREE_KOPI], accounts=[{"id": "P"}], currency=IDR)
    both = bill((MI, 1), (KOPI, 2), currency=IDR, customer=customer({"P": 200}))
    before = price(both, rules)
    assert offered(before) == {"K": "22000"}
    assert (before.offers[0].gift, before.offers[0].pieces, before.offers[0].benefit) == (
        "KOPI",
        1,
        Benefit.FREE_FROM_BILL,
    )
    after = price(both.with_claim(claim("K")), rules)
    (cut,) = after.lines[1].discounts
    assert (cut.amount.minor, cut.free_pieces) == (22000, 1)
    assert after.spent_of("P") == Points(150)
    assert after.total.minor == 25500


def test_it_needs_the_product_and_the_customer() -> None:
    rules = book([FREE_KOPI], accounts=[{"id": "P"}], currency=IDR)
    assert not price(bill((KOPI, 1), currency=IDR), rules).offers
    assert not price(bill((MI, 1), currency=IDR, customer=customer({"P": 200})), rules).offers


def test_it_may_be_claimed_again_while_points_last() -> None:
    rules = book([FREE_KOPI], accounts=[{"id": "P"}], currency=IDR)
    three = bill((KOPI, 3), currency=IDR, customer=customer({"P": 400}))
    for times, free in ((1, 1), (2, 2), (3, 2)):
        claimed = three
        for _ in range(times):
            claimed = claimed.with_further_claim(claim("K"))
        assert price(claimed, rules).discount.minor == 22000 * free


def test_a_value_of_its_own_caps_the_free_product() -> None:
    capped = FREE_KOPI | {
        "rewards": [{"kind": "free_item", "from_cart": True, "cost_points": "150", "max_discount": "15000"}]
    }
    rules = book([capped], accounts=[{"id": "P"}], currency=IDR)
    one = bill((KOPI, 1), currency=IDR, customer=customer({"P": 200})).with_claim(claim("K"))
    assert price(one, rules).total.minor == 7000


def test_a_floored_piece_cannot_become_free() -> None:
    floored = item("MI", "3500", currency=IDR, floor_price=item("x", "3000", currency=IDR).price)
    rule = {"when": {"items": ["MI"]}, "buy": 1, "rewards": [{"kind": "free_item", "sku": "MI", "from_cart": True}]}
    assert off(price(bill((floored, 4), currency=IDR), book([rule], currency=IDR))) == ["0"]


def test_a_hundred_thousand_pieces_are_soon_priced() -> None:
    rule = {"when": {"items": ["MI"]}, "buy": 4, "rewards": [{"kind": "free_item", "sku": "MI", "from_cart": True}]}
    priced = price(bill((MI, 100_000), currency=IDR), book([rule], currency=IDR))
    assert priced.discount.minor == 20_000 * 3500


def test_of_equally_dear_pieces_the_earlier_line_is_free_first() -> None:
    rule = {"buy": 1, "rewards": [{"kind": "free_item", "from_cart": True, "choose": "most_expensive_in_cart"}]}
    assert off(
        price(bill((MI, 2), (item("B", "3500", currency=IDR), 2), currency=IDR), book([rule], currency=IDR))
    ) == [
        "7000",
        "0",
    ]


def test_a_cap_that_cannot_be_split_evenly_goes_to_the_earlier_line_be_it_the_dearer() -> None:
    free = {"kind": "free_item", "from_cart": True, "of": {"items": ["A", "B"]}, "qty": 2, "max_discount": "0.02"}
    lines = bill((item("A", "3"), 1), (item("B", "1"), 1), (item("C", "9"), 1))
    rule = {"when": {"items": ["C"]}, "buy": 1, "rewards": [free]}
    assert off(price(lines, book([rule]))) == ["0.02", "0.00", "0.00"]
