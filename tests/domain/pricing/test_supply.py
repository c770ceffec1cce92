"""What a reason asks for, supplied: which goods, how many of them and at which price."""

from collections.abc import Sequence
from typing import Any

from tests.domain.pricing.till import IDR, bill, book, customer, item
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Money
from tukar.domain.offer import LocalName, Reason, WhyNot
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances
from tukar.domain.pricing.supply import checked, supplied

A = item("A", "10000", currency=IDR, category="food")
B = item("B", "30000", currency=IDR, category="food", sale_price=item("x", "20000", currency=IDR).price)
TAXED = item("T", "10000", currency=IDR, rate="11", included=False)
OFF = [{"kind": "amount_off", "value": "1"}]


def needs(reason: Reason = Reason.NEEDS_AMOUNT, rule: str = "R1", **figures: Any) -> WhyNot:
    return WhyNot(OfferKey(rule), LocalName(rule), reason, **figures)


def added(
    why: WhyNot, basket: Bill, when: dict[str, Any], shelf: Sequence[Item] = (A, B, TAXED)
) -> list[tuple[str, int, int]] | None:
    """The lines that were added: (sku, thousandths, unit price in minor units)."""
    after = supplied(why, basket, book([{"when": when, "rewards": OFF}], shelf, currency=IDR))
    if after is None:
        return None
    lines = after.lines[len(basket.lines) :]
    return [(line.item.sku, line.quantity.thousandths, line.unit_price.scaled // A.price.scaled) for line in lines]


EMPTY = bill(currency=IDR)


def test_goods_of_the_bill_come_first() -> None:
    assert added(needs(pieces=3), bill((B, 1), currency=IDR), {"categories": ["food"]}) == [("B", 3000, 2)]


def test_goods_below_or_at_zero_cannot_be_what_is_missing() -> None:
    below, nothing = item("H", "-5000", currency=IDR), item("N", "0", currency=IDR)
    basket = bill((below, 1), (nothing, 1), (A, 1), currency=IDR)
    assert added(needs(pieces=1), basket, {}) == [("A", 1000, 1)]


def test_reduced_goods_are_none_where_only_full_prices_count() -> None:
    basket = bill((B, 1), currency=IDR)
    assert added(needs(pieces=1), basket, {"categories": ["food"], "full_price_only": True}) == [("A", 1000, 1)]
    assert added(needs(pieces=1), bill((TAXED, 1), currency=IDR), {"full_price_only": True}) == [("T", 1000, 1)]


def test_else_the_first_that_is_sold_of_the_items_named() -> None:
    gone = item("C", "10000", currency=IDR, active=False)
    shelf = [TAXED, B, gone, A]
    names = {"items": ["T", "A", "B", "UNKNOWN", "C", *(f"Z{n}" for n in range(20))]}
    assert added(needs(pieces=2), EMPTY, names, shelf) == [("A", 2000, 1)]
    assert added(needs(pieces=2), EMPTY, {"items": ["0", "C", "T"]}, shelf) == [("T", 2000, 1)]
    assert added(needs(pieces=2), EMPTY, {"items": ["UNKNOWN"]}, shelf) is None


def test_else_the_first_of_the_catalogue_that_is_named() -> None:
    gone = item("C", "10000", currency=IDR, category="food", active=False)
    assert added(needs(pieces=1), EMPTY, {"categories": ["food"]}, [TAXED, gone, A, B]) == [("A", 1000, 1)]
    assert added(needs(pieces=1), EMPTY, {"categories": ["drink"]}) is None


def test_an_item_that_is_missing_is_one_piece_of_it_or_the_amount() -> None:
    missing = needs(Reason.NEEDS_ITEM, skus=("A",))
    assert added(missing, EMPTY, {"items": ["A"]}) == [("A", 1000, 1)]
    worth = needs(Reason.NEEDS_ITEM, skus=("A",), amount=Money(40000, IDR))
    assert added(worth, EMPTY, {"items": ["A"]}) == [("A", 1000, 4)]
    both = needs(pieces=2, amount=Money(40000, IDR))
    assert added(both, EMPTY, {"items": ["A"]}) == [("A", 2000, 1), ("A", 1000, 4)]


def test_an_amount_is_that_much_with_tax() -> None:
    why = needs(amount=Money(40000, IDR))
    rules = book([{"when": {"min_amount": "50000"}, "rewards": OFF}], [TAXED], currency=IDR)
    after = supplied(why, bill((TAXED, 1), currency=IDR), rules)
    assert after is not None
    assert (after.lines[1].unit_price.scaled, after.lines[1].item.taxes[0].included) == (4 * A.price.scaled, True)


def test_points_go_to_the_account_of_the_rule() -> None:
    rules = book([{"programme": "P", "rewards": OFF}], accounts=[{"id": "P"}, {"id": "Q"}], currency=IDR)
    why = needs(Reason.NEEDS_POINTS, points=Points(60))
    for held, expected in (({"Q": 5, "P": 40}, {"Q": 5, "P": 100}), ({"Q": 5}, {"Q": 5, "P": 60})):
        after = supplied(why, bill(currency=IDR, customer=customer(held)), rules)
        assert after is not None
        assert after.customer is not None
        assert {own.programme_id: own.available for own in after.customer.balances} == {
            name: Points(units) for name, units in expected.items()
        }
    assert supplied(why, EMPTY, rules) == EMPTY


def test_a_reason_of_a_rule_that_nobody_knows_stays_as_it_is() -> None:
    rules = book([{"rewards": OFF}], currency=IDR)
    unknown = needs(rule="GONE", amount=Money(5, IDR))
    assert supplied(unknown, EMPTY, rules) is None
    assert checked(unknown, EMPTY, rules, Circumstances()) is unknown


def test_what_needs_no_amount_or_no_more_of_it_stays_as_it_is() -> None:
    rules = book([{"when": {"min_qty": 3}, "rewards": OFF}], [A], currency=IDR)
    pieces = needs(Reason.NEEDS_PIECES, pieces=1)
    assert checked(pieces, bill((A, 2), currency=IDR), rules, Circumstances()) == pieces
    nowhere = book([{"when": {"items": ["Z"], "min_amount": "5"}, "rewards": OFF}], [A], currency=IDR)
    why = needs(amount=Money(5, IDR))
    assert checked(why, EMPTY, nowhere, Circumstances()) == why
