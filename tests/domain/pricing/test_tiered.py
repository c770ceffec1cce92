"""Amounts and percentages that grow with the value."""

import pytest

from tests.domain.pricing.till import bill, book, item
from tukar.domain.pricing import price

AMOUNTS = [{"from": "0", "value": "10"}, {"from": "200", "value": "20"}, {"from": "100", "value": "15"}]
PERCENTS = [{"from": "50", "value": "10"}, {"from": "100", "value": "20"}]


@pytest.mark.parametrize(
    ("value", "off"), [("99.99", "10.00"), ("100", "15.00"), ("199.99", "15.00"), ("200", "20.00")]
)
def test_the_highest_amount_reached(value: str, off: str) -> None:
    rules = book([{"rewards": [{"kind": "tiered_amount_off", "tiers": AMOUNTS}]}])
    assert price(bill((item("A", value), 1)), rules).discount.decimal() == off


@pytest.mark.parametrize(("value", "off"), [("49.99", "0.00"), ("50", "5.00"), ("100", "20.00")])
def test_the_highest_percentage_reached(value: str, off: str) -> None:
    rules = book([{"rewards": [{"kind": "tiered_percent_off", "tiers": PERCENTS}]}])
    assert price(bill((item("A", value), 1)), rules).discount.decimal() == off


def test_only_the_pieces_it_would_discount_are_read() -> None:
    target = {"on": "each_item", "max_items": 2}
    rules = book([{"rewards": [{"kind": "tiered_percent_off", "tiers": PERCENTS} | target]}])
    assert price(bill((item("A", "40"), 5)), rules).discount.decimal() == "8.00"
    cheapest = book([{"rewards": [{"kind": "tiered_percent_off", "tiers": PERCENTS, "on": "cheapest"}]}])
    assert price(bill((item("A", "60"), 5)), cheapest).discount.decimal() == "6.00"
