"""Where other tills failed in working a bill out: one regression each (known-failures.md)."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.domain.pricing.till import bill, book, claim, customer, item
from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, price
from tukar.domain.pricing.pricer import Pricer

A, B = item("A", "10"), item("B", "20")
OFF = {"kind": "amount_off", "value": "5", "cost_points": "10"}
REDEEM = {
    "id": "L",
    "family": "loyalty",
    "apply": "on_claim",
    "rewards": [OFF],
    "earn": {"per": "money", "points": "1"},
}
LOYALTY = book([REDEEM], [A, B], [{"id": "L"}])


def shopping(points: int, pieces: int = 1) -> Bill:
    return bill((A, pieces), customer=customer({"L": points}))


def test_T10_a_reward_with_too_few_points_is_neither_offered_nor_given() -> None:
    assert not price(shopping(9), LOYALTY).offers
    priced = price(shopping(9).with_claim(claim("L")), LOYALTY)
    assert (priced.discount.minor, priced.spent) == (0, ())


def test_T11_points_won_are_never_negative() -> None:
    returned = bill((A, 1), (item("HAND", "-50"), 1), customer=customer({"L": 0}))
    assert price(returned, LOYALTY).earned == ()
    rules = book([REDEEM, {"rewards": [{"kind": "percent_off", "value": "100"}]}], [A], [{"id": "L"}])
    nothing_to_pay = price(shopping(10).with_claim(claim("L")), rules)
    assert (nothing_to_pay.total.minor, nothing_to_pay.earned) == (0, ())


def test_T13_a_reward_claimed_many_times_is_given_as_often_as_points_last() -> None:
    basket = shopping(25, 9)
    for _ in range(20):
        basket = basket.with_further_claim(Claim(OfferKey("L")))
    assert price(basket, LOYALTY).spent_of("L") == Points(20)


def test_T14_points_fall_with_the_quantity_of_a_free_product() -> None:
    gift = REDEEM | {"rewards": [{"kind": "free_item", "sku": "B", "cost_points": "10"}]}
    rules = book([gift], [B], [{"id": "L"}])
    basket, pricer = shopping(100), Pricer()
    for pieces in (3, 2, 1, 2):
        basket = basket.with_claim(claim("L", quantity=pieces))
        priced = pricer.price(basket, rules, Circumstances())
        assert (priced.spent_of("L"), sum(free.quantity.thousandths for free in priced.free_lines)) == (
            Points(10 * pieces),
            1000 * pieces,
        )


def test_T15_what_was_the_former_customers_goes_with_them() -> None:
    basket = shopping(100).with_claim(claim("L"))
    other = replace(customer({"L": 0}), member_id="m2")
    priced = price(basket.with_customer(other), LOYALTY)
    assert (priced.bill.claims, priced.discount.minor) == ((), 0)
    gift = REDEEM | {"rewards": [{"kind": "free_item", "sku": "B", "cost_points": "10"}]}
    rules, pricer = book([gift], [B], [{"id": "L"}]), Pricer()
    assert pricer.price(basket, rules, Circumstances()).free_lines
    assert pricer.price(basket.with_customer(other), rules, Circumstances()).free_lines == ()


def test_T16_a_reward_whose_item_is_gone_is_left_out_quietly() -> None:
    gift = REDEEM | {"rewards": [{"kind": "free_item", "sku": "B", "cost_points": "10"}]}
    for shelf in ([], [replace(B, active=False)]):
        rules = book([gift], shelf, [{"id": "L"}])
        assert not price(shopping(100), rules).offers
        assert not price(shopping(100).with_claim(claim("L")), rules).free_lines


def test_T17_removed_lines_earn_nothing() -> None:
    basket = bill((A, 1), (B, 1), customer=customer({"L": 0}))
    assert price(basket, LOYALTY).earned_of("L") == Points(30)
    assert price(basket.without_line("l2"), LOYALTY).earned_of("L") == Points(10)


def test_T18_points_of_another_programme_pay_for_nothing_here() -> None:
    rules = book([REDEEM], accounts=[{"id": "L"}, {"id": "M"}])
    stranger = bill((A, 1), customer=customer({"M": 500}))
    assert not price(stranger, rules).offers
    claimed = price(stranger.with_claim(claim("L")), rules)
    assert (claimed.discount.minor, claimed.spent, claimed.earned_of("M")) == (0, (), None)


@pytest.mark.parametrize("text", ["0.1", "0.7", "1.64", "33.33"])
def test_T40_no_hundredth_remains_at_a_hundred_percent(text: str) -> None:
    parts = [{"rewards": [{"kind": "percent_off", "value": value}]} for value in ("33", "12.5", "100")]
    priced = price(bill((item("X", text, rate="7", included=False), 7)), book(parts))
    assert (priced.total.minor, priced.tax.minor, priced.untaxed.minor) == (0, 0, 0)


@pytest.mark.parametrize(("moment", "valid"), [("00:00", True), ("23:59:59.999999", True)])
def test_T41_a_rule_is_valid_through_the_whole_last_day_of_the_shops_time(moment: str, valid: bool) -> None:
    rules = book(
        [{"valid_from": "2026-03-01", "valid_to": "2026-03-01", "rewards": [{"kind": "percent_off", "value": "10"}]}]
    )
    at = Circumstances(now=datetime.fromisoformat(f"2026-03-01T{moment}"))
    assert bool(price(bill((A, 1)), rules, at).applied) is valid
    for day in ("2026-02-28T23:59:59", "2026-03-02T00:00"):
        assert not price(bill((A, 1)), rules, Circumstances(now=datetime.fromisoformat(day))).applied


def test_T46_neither_discounts_nor_gifts_earn_points() -> None:
    rules = book(
        [
            {"id": "L", "family": "loyalty", "earn": {"per": "money", "points": "1"}, "rewards": []},
            {"rewards": [{"kind": "free_item", "sku": "B"}]},
            {"rewards": [{"kind": "percent_off", "value": "50"}]},
        ],
        [B],
        [{"id": "L"}],
    )
    assert price(bill((A, 1), customer=customer({"L": 0})), rules).earned_of("L") == Points(5)


def test_T47_every_discount_is_told_on_its_line_and_as_a_promotion() -> None:
    rules = book(
        [{"rewards": [{"kind": "percent_off", "value": "10"}]}, {"rewards": [{"kind": "amount_off", "value": "1"}]}]
    )
    priced = price(bill((A, 1), (B, 2)), rules)
    on_lines = sum(cut.amount.minor for line in priced.lines for cut in line.discounts)
    assert on_lines == sum(applied.amount.minor for applied in priced.applied) == priced.discount.minor == 600


@pytest.mark.parametrize(
    ("held", "more", "most"),
    [
        (3, {}, 3),
        (10, {}, 10),
        (500, {}, 10),
        (500, {"block": "3"}, 9),
        (500, {"ranges": [{"from": "0", "cap_percent": "50"}]}, 5),
        (500, {"block": "3", "ranges": [{"from": "0", "cap_percent": "50"}]}, 3),
    ],
)
def test_T48_the_most_that_can_be_redeemed_can_be_redeemed(held: int, more: dict[str, object], most: int) -> None:
    rule = {
        "id": "L",
        "family": "loyalty",
        "apply": "on_claim",
        "rewards": [{"kind": "amount_per_point", "value": "1", **more}],
    }
    rules = book([rule], accounts=[{"id": "L"}])
    (offer,) = price(shopping(held), rules).offers
    assert offer.points is not None
    assert offer.points.most == Points(most)
    priced = price(shopping(held).with_claim(claim("L", points=offer.points.most)), rules)
    assert (priced.spent_of("L"), priced.total) == (Points(most), offer.total_after)
