"""Limits over bills: uses, customers, days, budgets; conditions of place and time that hold."""

from datetime import datetime
from typing import Any

import pytest

from tests.domain.pricing.till import USD, bill, book, customer, item
from tukar.domain.money import Money
from tukar.domain.pricing import Circumstances, price
from tukar.domain.tender import PaymentMode

A = item("A", "10")
FIVE = {"rewards": [{"kind": "amount_off", "value": "5"}]}


def off(rule: dict[str, Any], circumstances: Circumstances | None = None, **who: Any) -> str:
    known = customer(**who) if who else None
    return price(bill((A, 1), customer=known), book([FIVE | rule]), circumstances).discount.decimal()


@pytest.mark.parametrize(("used", "expected"), [("0", "5.00"), ("98", "2.00"), ("100", "0.00")])
def test_a_budget_is_spent_to_the_last_cent(used: str, expected: str) -> None:
    spent = Circumstances(budget_used={"R1": USD.money(used)})
    assert off({"budget": "100"}, spent) == expected


def test_uses_are_those_of_the_rule_and_those_of_the_shop_together() -> None:
    assert off({"limit_uses": 5, "used": 2}, Circumstances(uses={"R1": 2})) == "5.00"
    assert off({"limit_uses": 5, "used": 2}, Circumstances(uses={"R1": 3})) == "0.00"


def test_a_customer_may_use_a_rule_so_often() -> None:
    assert off({"limit_per_customer": 2}, rule_uses={"R1": 1}) == "5.00"
    assert off({"limit_per_customer": 2}, rule_uses={"R1": 2}) == "0.00"
    today = Circumstances(uses_today={"R1": 1})
    assert off({"limit_per_customer_and_day": 2}, today, group="any") == "5.00"
    assert off({"limit_per_customer_and_day": 1}, today, group="any") == "0.00"


@pytest.mark.parametrize(
    "when",
    [
        {"shops": ["here", "there"]},
        {"tills": ["one"]},
        {"tenders": ["qr"]},
        {"weekdays": ["mon"]},
        {"hours": {"from": "12:00", "to": "14:00"}},
        {"hours": {"from": "22:00", "to": "12:01"}},
        {"customer_tiers": ["gold"]},
        {"customer_groups": ["vip"]},
        {"from_order": 3},
        {"nth_order": 3},
    ],
)
def test_conditions_that_hold(when: dict[str, Any]) -> None:
    monday_noon = Circumstances(
        now=datetime(2026, 3, 2, 12),  # noqa: DTZ001 - the shop's local time
        shop_id="here",
        till_id="one",
        tender=PaymentMode.QR,
    )
    assert off({"when": when}, monday_noon, group="vip", tier="gold", orders_placed=3, orders_cancelled=1) == "5.00"


def test_full_price_goods_alone_count() -> None:
    reduced = item("S", "20", sale_price=item("x", "15").price)
    rules = book([FIVE | {"when": {"min_amount": "20", "full_price_only": True}}])
    assert not price(bill((A, 1), (reduced, 1)), rules).applied
    assert price(bill((A, 2), (reduced, 1)), rules).discount == Money(500, USD)
