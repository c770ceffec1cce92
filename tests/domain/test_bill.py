"""The bill: immutable, joined lines, claims and codes in the order in which they came."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.pricing.till import IDR, bill, customer, item
from tukar.domain.bill import Bill, BillLine, Claim, HandDiscount, OfferKey, UnknownLineError
from tukar.domain.money import Money, Quantity, UnitPrice

A, B = item("A", "1000", currency=IDR), item("B", "2000", currency=IDR)
LOOSE = item("LOOSE", "500", currency=IDR, weighed=True)


@given(st.lists(st.tuples(st.sampled_from([A, B]), st.integers(1, 5)), max_size=12))
def test_more_of_an_item_joins_its_line(added: list[tuple[object, int]]) -> None:
    basket = Bill("b", IDR)
    for place, (one, count) in enumerate(added):
        basket = basket.with_item(A if one is A else B, Quantity.of(count), f"l{place}")
    pieces = {one.sku: sum(count for other, count in added if other is one) for one in (A, B)}
    assert {line.item.sku: line.quantity.pieces for line in basket.lines} == {sku: n for sku, n in pieces.items() if n}


@pytest.mark.parametrize(
    "line",
    [
        BillLine("x", A, Quantity.of(1), A.charged_price, discount=HandDiscount(percent=Decimal(10))),
        BillLine("x", A, Quantity.of(1), A.charged_price, card="GC-1"),
        BillLine("x", A, Quantity.of(1), A.charged_price, note="gift"),
        BillLine("x", A, Quantity.of(1), UnitPrice.of(Money(900, IDR))),
    ],
)
def test_a_line_with_something_of_its_own_is_not_joined(line: BillLine) -> None:
    basket = Bill("b", IDR).with_line(line).with_item(A, Quantity.of(1), "y")
    assert [one.line_id for one in basket.lines] == ["x", "y"]


def test_a_quantity_of_zero_removes_the_line_and_unknown_lines_are_named() -> None:
    basket = bill((A, 2), (B, 1), currency=IDR)
    assert [line.item.sku for line in basket.with_quantity("l1", Quantity.of(0)).lines] == ["B"]
    with pytest.raises(UnknownLineError):
        basket.without_line("nine")
    with pytest.raises(UnknownLineError):
        basket.with_quantity("nine", Quantity.of(1))


def test_lines_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="above zero"):
        BillLine("x", A, Quantity.of(0), A.charged_price)
    with pytest.raises(ValueError, match="by the piece"):
        BillLine("x", A, Quantity(1500), A.charged_price)
    assert BillLine("x", LOOSE, Quantity(1500), LOOSE.charged_price).quantity.pieces == 1
    with pytest.raises(ValueError, match="either a percentage or an amount"):
        HandDiscount()
    with pytest.raises(ValueError, match="from 0 to 100"):
        HandDiscount(percent=Decimal(101))


def test_claims_know_how_many_codes_came_before_them() -> None:
    one, two = OfferKey("one"), OfferKey("two")
    basket = Bill("b", IDR).with_code("x").with_claim(Claim(one)).with_code("y").with_claim(Claim(two))
    assert [(claim.key, claim.codes_before) for claim in basket.claims] == [(one, 1), (two, 2)]
    assert [claim.codes_before for claim in basket.without_code("x").claims] == [0, 1]
    assert [claim.codes_before for claim in basket.without_code("y").claims] == [1, 1]
    assert basket.without_code("z") is basket
    again = basket.with_code("x")
    assert (again.codes, [claim.codes_before for claim in again.claims]) == (("y", "x"), [0, 1])


def test_a_claim_replaces_one_of_the_same_reward_unless_it_is_a_further_one() -> None:
    key = OfferKey("one")
    basket = Bill("b", IDR).with_claim(Claim(key)).with_claim(Claim(key, quantity=2))
    assert [claim.quantity for claim in basket.claims] == [2]
    assert len(basket.with_further_claim(Claim(key)).claims) == 2
    assert basket.with_further_claim(Claim(key)).without_claim(key).claims == ()


def test_claiming_takes_back_a_decline_and_a_switched_off_reward() -> None:
    key = OfferKey("one")
    basket = Bill("b", IDR).with_declined(key).with_switched_off(key)
    assert (basket.declined, basket.switched_off) == (frozenset({key}), frozenset({key}))
    claimed = basket.with_claim(Claim(key))
    assert (claimed.declined, claimed.switched_off) == (frozenset(), frozenset())


def test_another_customer_takes_claims_and_declines_away_and_the_same_one_keeps_them() -> None:
    """T15: the customer changed and what was theirs stayed."""
    sari = customer({"P": 1})
    basket = bill((A, 1), currency=IDR, customer=sari).with_claim(Claim(OfferKey("one")))
    assert basket.with_customer(customer({"P": 9})).claims
    assert not basket.with_customer(None).claims
    assert not basket.with_customer(replace(sari, member_id="m2")).claims


def test_what_was_claimed_before_there_was_a_customer_stays_when_one_comes() -> None:
    key, declined = OfferKey("one"), OfferKey("two")
    basket = bill((A, 1), currency=IDR).with_claim(Claim(key)).with_declined(declined)
    known = basket.with_customer(customer({"P": 9}))
    assert (known.claims, known.declined) == (basket.claims, basket.declined)
