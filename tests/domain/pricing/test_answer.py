"""An outcome told as a PricedBill: totals, taxes, what each line lost, what was spent, paid, and left for later."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from tests.domain.pricing.till import Json, bill, book, claim, customer, item, money
from tukar.domain.item import Tax
from tukar.domain.offer import Benefit
from tukar.domain.pricing import Circumstances, CodeBalance, price, settle

A, B = item("A", "10"), item("B", "20")


def amount(value: str, **more: Any) -> Json:
    return {"kind": "amount_off", "value": value} | more


def test_every_tax_of_a_bill_with_fixed_tax_and_a_payment() -> None:
    mixed = item("M", "12", fixed_tax=money("1.50"))
    taxed = item("T", "10", rate="20", included=False)
    two = (Tax(Decimal(20), included=True), Tax(Decimal(10), included=False))
    lines = ((mixed, 2), (taxed, 1), (replace(item("W", "12"), taxes=two), 1))
    card = {"id": "G", "family": "gift_card", "rewards": [{"kind": "amount_per_point", "value": "1"}]}
    known = Circumstances(cards=MappingProxyType({"g": CodeBalance("G", Fraction(5))}))
    told = settle(bill(*lines).with_code("g"), book([card]), known)
    # 24 + 3 fixed, 10 + 2, 12 / 1.2 = 10 and 30 % of it
    assert (told.before, told.goods_total, told.discount) == (money("49"), money("49"), money("0"))
    assert (told.total, told.tax, told.untaxed) == (money("47"), money("8"), money("39"))
    shown = [(tax.group, tax.included, tax.base.decimal(), tax.amount.decimal()) for tax in told.taxes]
    assert shown == [
        ("none", True, "24.00", "0.00"),
        ("20", False, "10.00", "2.00"),
        ("20 incl + 10", False, "10.00", "3.00"),
        ("fixed", False, "0.00", "3.00"),
    ]
    (paid,) = told.stored_value
    assert (paid.amount, paid.code) == (money("5"), "g")


def test_one_tax_needs_no_more_than_what_is_left() -> None:
    told = price(bill((item("T", "12", rate="20"), 2)), book([{"rewards": [amount("6")]}]))
    assert [(tax.base, tax.amount) for tax in told.taxes] == [(money("15"), money("3"))]


def test_what_one_reward_took_at_several_times_is_one_entry_everywhere() -> None:
    rules = book([{"id": "P", "max_applications": 3, "rewards": [amount("2", on={"items": ["A"]})]}])
    told = price(bill((A, 1), (B, 1)), rules)
    (applied,) = told.applied
    assert (applied.amount, applied.applications) == (money("6"), 3)
    first, second = told.lines
    assert [off.amount for off in first.discounts] == [money("6")]
    assert (first.net, second.discounts, second.net) == (money("4"), (), money("20"))


def test_pieces_that_became_free_are_counted_on_their_line() -> None:
    told = price(
        bill((A, 3), (B, 1)),
        book([{"when": {"items": ["A"]}, "buy": 1, "rewards": [{"kind": "free_item", "from_cart": True}]}]),
    )
    assert [[off.free_pieces for off in line.discounts] for line in told.lines] == [[1], []]


@pytest.mark.parametrize(
    ("reward", "benefit"),
    [
        ({"kind": "percent_off", "value": "10"}, Benefit.PERCENT_OFF),
        ({"kind": "tiered_percent_off", "tiers": [{"from": "0", "value": "10"}]}, Benefit.PERCENT_OFF),
        (amount("1"), Benefit.AMOUNT_OFF),
        ({"kind": "free_item", "sku": "A"}, Benefit.FREE_ITEM),
        ({"kind": "free_item", "from_cart": True}, Benefit.FREE_FROM_BILL),
        ({"kind": "bundle_price", "value": "1"}, Benefit.BUNDLE),
    ],
)
def test_what_kind_of_thing_a_reward_gives(reward: Json, benefit: Benefit) -> None:
    (applied,) = price(bill((A, 2)), book([{"rewards": [reward]}], [A])).applied
    assert applied.benefit is benefit
    assert (applied.programme_id, applied.spent) == ("", None)


def test_points_spent_are_named_with_their_programme_and_credits_are_not() -> None:
    loyalty = {"id": "L", "family": "loyalty", "apply": "on_claim", "rewards": [amount("1", cost_points="3")]}
    credits_ = {"id": "P", "earn": {"per": "order", "points": "2"}, "rewards": [amount("1", cost_points="2")]}
    gratis = {"id": "Q", "family": "loyalty", "apply": "on_claim", "rewards": [amount("1")]}
    basket = bill((A, 1), customer=customer({"L": 5})).with_claim(claim("L")).with_further_claim(claim("L"))
    rules = book([loyalty, credits_, gratis], accounts=[{"id": "L"}, {"id": "Q"}])
    told = {one.key.rule_id: one for one in price(basket.with_claim(claim("Q")), rules).applied}
    spent = told["L"].spent
    assert spent is not None
    assert spent.exact() == 3
    assert (told["L"].programme_id, told["L"].claimed, told["L"].benefit) == ("L", True, Benefit.POINTS_OFF)
    assert (told["P"].programme_id, told["P"].spent, told["P"].claimed) == ("", None, False)
    assert (told["Q"].programme_id, told["Q"].spent, told["Q"].benefit) == ("", None, Benefit.POINTS_OFF)


def test_credits_of_a_code_name_it_and_those_of_coupons_do_not() -> None:
    code = {
        "id": "K",
        "family": "promo_code",
        "activation": {"mode": "code", "code": "k", "balance": "5"},
        "rewards": [amount("1", cost_points="2")],
    }
    coupon = {
        "id": "N",
        "family": "next_order_coupon",
        "earn": {"per": "order", "points": "1"},
        "rewards": [amount("1", cost_points="1")],
    }
    basket = bill((A, 1)).with_code("k").with_claim(claim("N"))
    known = Circumstances(coupons=MappingProxyType({"N": Fraction(1)}))
    told = settle(basket, book([code, coupon]), known).credits_spent
    assert {(one.rule_id, one.code, int(one.credits)) for one in told} == {("K", "k", 2), ("N", "", 1)}


def test_a_code_whose_price_the_sale_itself_earned_loses_nothing() -> None:
    code = {
        "id": "K",
        "family": "promo_code",
        "activation": {"mode": "code", "code": "k", "balance": "5"},
        "earn": {"per": "order", "points": "2"},
        "rewards": [amount("1", cost_points="2")],
    }
    told = settle(bill((A, 1)).with_code("k"), book([code]), Circumstances())
    assert (told.discount, told.credits_spent) == (money("1"), ())


def test_what_is_left_for_later_goes_to_the_customer_or_gets_a_code_of_its_own() -> None:
    order = {"per": "order", "points": "1"}
    rules = book([
        {"id": "FREE", "rewards": [amount("1")], "earn": order},
        {"id": "L", "family": "loyalty", "earn": order},
        {"id": "N", "family": "next_order_coupon", "earn": order, "rewards": [amount("1", cost_points="1")]},
        {"id": "G", "family": "gift_card", "earn": {"per": "money", "points": "1"}, "when": {"items": ["B"]}},
    ], accounts=[{"id": "L"}])  # fmt: skip
    nobody = {one.rule_id: one for one in price(bill((A, 1), (B, 1)), rules).left}
    assert set(nobody) == {"N", "G"}
    assert nobody["N"].code
    assert nobody["G"].code
    known = {one.rule_id: one for one in price(bill((A, 1), (B, 1), customer=customer({"L": 0})), rules).left}
    assert (known["N"].code, bool(known["G"].code)) == ("", True)
