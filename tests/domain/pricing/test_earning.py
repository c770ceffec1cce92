"""What bills earn: iSeller's and Odoo's ways, net or gross, a product's own points."""

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.pricing.till import bill, book, claim, customer, item
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill, price

A = item("A", "10", category="food")
B = item("B", "25", sale_price=item("x", "20").price)
TENTH = {"rewards": [{"kind": "percent_off", "value": "10"}]}


def earned(earn: dict[str, Any], *others: dict[str, Any], digits: int = 2, **more: Any) -> Points | None:
    rule = {"id": "L", "family": "loyalty", "earn": earn, "rewards": []} | more
    rules = book([rule, *others], accounts=[{"id": "L", "digits": digits}])
    return price(bill((A, 3), (B, 1), customer=customer({"L": 0})), rules).earned_of("L")


def points(text: str, digits: int = 2) -> Points:
    return Points.of(Fraction(text), digits)


@pytest.mark.parametrize(
    ("earn", "more", "expected"),
    [
        ({"per": "order", "points": "7"}, {}, "7"),
        ({"per": "unit", "points": "1.5"}, {}, "6"),
        ({"per": "unit", "points": "1", "own_points": {"B": "10"}}, {}, "13"),
        ({"per": "money", "points": "0.1"}, {}, "5"),
        ({"per": "money", "points": "2", "every": "20"}, {}, "4"),
        ({"per": "money", "points": "2", "every": "20", "own_points": {"B": "9"}}, {}, "11"),
        ({"per": "money", "points": "2", "every": "0.01"}, {}, "10000"),
        ({"per": "money", "points": "2", "every": "50"}, {}, "2"),
        ({"per": "money", "points": "0.15"}, {"earn_rounding": "floor"}, "7"),
        ({"per": "money", "points": "1"}, {"when": {"categories": ["food"]}}, "30"),
        ({"per": "money", "points": "1"}, {"when": {"full_price_only": True}}, "30"),
    ],
)
def test_ways_to_earn(earn: dict[str, Any], more: dict[str, Any], expected: str) -> None:
    assert earned(earn, **more) == points(expected)


def test_less_than_one_full_amount_earns_nothing() -> None:
    assert earned({"per": "money", "points": "2", "every": "50.01"}) is None


def test_net_counts_what_is_paid_and_gross_what_it_would_have_been() -> None:
    assert earned({"per": "money", "points": "1"}, TENTH) == points("45")
    assert earned({"per": "money", "points": "1", "of": "gross"}, TENTH) == points("50")


def test_points_are_in_the_digits_of_the_account() -> None:
    assert earned({"per": "money", "points": "0.033"}, digits=0) == Points(2)


def test_conditions_gate_earning() -> None:
    assert earned({"per": "order", "points": "1"}, when={"min_amount": "50"}) == points("1")
    assert earned({"per": "order", "points": "1"}, when={"min_amount": "50.01"}) is None
    assert earned({"per": "order", "points": "1"}, when={"items": ["Z"]}) is None


def redeemed(*, lowers: bool) -> PricedBill:
    spend = {
        "id": "S",
        "programme": "L",
        "apply": "on_claim",
        "rewards": [{"kind": "amount_off", "value": "5", "cost_points": "1"}],
    }
    rule = {"id": "L", "family": "loyalty", "earn": {"per": "money", "points": "1"}, "rewards": []}
    rules = book([rule, spend], accounts=[{"id": "L", "own_redemption_lowers_earning": lowers}])
    return price(bill((A, 1), customer=customer({"L": 5})).with_claim(claim("S")), rules)


def test_what_the_accounts_points_took_off_lowers_earning_only_where_it_is_set() -> None:
    assert redeemed(lowers=False).earned_of("L") == Points(10)
    assert redeemed(lowers=True).earned_of("L") == Points(5)


def test_points_of_this_sale_settle_when_redeeming_lowers_earning() -> None:
    rule = {
        "id": "L",
        "family": "loyalty",
        "apply": "on_claim",
        "earn": {"per": "money", "points": "1"},
        "rewards": [{"kind": "amount_per_point", "value": "1"}],
    }
    account = {"id": "L", "spend_points_of_this_sale": True, "own_redemption_lowers_earning": True}
    basket = bill((A, 1), customer=customer({"L": 0})).with_claim(claim("L"))
    priced = price(basket, book([rule], accounts=[account]))
    spent, left = priced.spent_of("L") or Points(0), priced.earned_of("L") or Points(0)
    assert spent <= left


def test_an_order_earns_while_anything_on_it_is_paid_for_and_a_free_piece_nothing() -> None:
    free = {"rewards": [{"kind": "free_item", "from_cart": True, "sku": "A"}]}
    basket = bill((A, 1), (B, 1), customer=customer({"L": 0}))
    for per, expected in (("order", "1000"), ("unit", "1000")):
        earning = {"id": "L", "family": "loyalty", "earn": {"per": per, "points": "1000"}, "rewards": []}
        priced = price(basket, book([free, earning], [A, B], [{"id": "L", "digits": 2}]))
        assert (priced.discount.decimal(), priced.earned_of("L")) == ("10.00", points(expected))


def test_a_bill_below_zero_earns_no_money_and_what_comes_back_no_pieces() -> None:
    earning = {"id": "L", "family": "loyalty", "rewards": []}
    basket = bill((A, 1), (item("H", "-20"), 1), customer=customer({"L": 0}))
    for per, expected in (("money", None), ("unit", points("1"))):
        rules = book([earning | {"earn": {"per": per, "points": "1"}}], accounts=[{"id": "L", "digits": 2}])
        assert price(basket, rules).earned_of("L") == expected


def test_what_nothing_counts_for_earns_nothing() -> None:
    earning = {"id": "L", "family": "loyalty", "rewards": [], "earn": {"per": "order", "points": "7"}}
    full_price = book([earning | {"when": {"full_price_only": True}}], accounts=[{"id": "L", "digits": 2}])
    assert price(bill((B, 1), customer=customer({"L": 0})), full_price).earned_of("L") is None
    free = {"rewards": [{"kind": "free_item", "from_cart": True, "sku": "A"}]}
    all_free = book([free, earning], [A], [{"id": "L", "digits": 2}])
    assert price(bill((A, 1), customer=customer({"L": 0})), all_free).earned_of("L") is None


@pytest.mark.parametrize("every", [{}, {"every": "0.01"}])
def test_goods_that_come_back_for_more_than_those_of_their_sort_earn_no_hundredth(every: dict[str, str]) -> None:
    """10 and -20 of what counts, beside 100 of what does not."""
    earning = {"id": "L", "family": "loyalty", "rewards": [], "earn": {"per": "money", "points": "1"} | every}
    rules = book([earning | {"when": {"items": ["A", "H"]}}], accounts=[{"id": "L", "digits": 2}])
    basket = bill((A, 1), (item("H", "-20"), 1), (item("C", "100"), 1), customer=customer({"L": 0}))
    assert price(basket, rules).earned_of("L") is None


@pytest.mark.parametrize(("cost", "off"), [("20", "10.00"), ("20.01", "0.00")])
def test_the_piece_that_credits_free_earns_none_of_them(cost: str, off: str) -> None:
    """Of three of 10.00 the two that are paid for earn 20 credits."""
    free = {"kind": "free_item", "from_cart": True, "sku": "A", "cost_points": cost}
    rules = book([{"rewards": [free], "earn": {"per": "money", "points": "1"}}], [A])
    assert price(bill((A, 3)), rules).discount.decimal() == off
