"""Rules ↔ JSON: every rule reads back as it was written, and every mistake is named by path and reason."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import Currency
from tukar.domain.offer import LocalName, Trigger
from tukar.domain.reward import AmountPerPoint, FreeFromCart, FreeItem, PercentOff, Scope
from tukar.domain.rule import Family
from tukar.wire.rules import RuleContext, read_rule, rule_from_json, rule_json
from tukar.wire.strict import FileMistakesError, Mistake

IDR = Currency("IDR", 0, 100)
USD = Currency("USD", 2)

BORONG_MI = {
    "id": "borong-mi",
    "name": "Borong Mi",
    "names": {"en": "Buy 5 pay 4"},
    "family": "buy_x_get_y",
    "when": {"items": ["INDOMIE"]},
    "buy": 4,
    "rewards": [{"kind": "free_item", "sku": "INDOMIE", "from_cart": True}],
}


def wrong_with(raw: object, currency: Currency = USD) -> dict[str, str]:
    with pytest.raises(FileMistakesError) as refusal:
        rule_from_json(raw, currency)
    return {mistake.path: mistake.reason for mistake in refusal.value.mistakes}


def test_a_rule_as_a_shop_writes_it() -> None:
    rule = rule_from_json(BORONG_MI, IDR)
    assert rule.name == LocalName("Borong Mi", {"en": "Buy 5 pay 4"})
    assert rule.name.in_language("en") == "Buy 5 pay 4"
    assert (rule.family, rule.buy, rule.trigger) == (Family.BUY_X_GET_Y, 4, Trigger.POP_UP)
    (reward,) = rule.rewards
    assert isinstance(reward, FreeFromCart)
    assert reward.sku == "INDOMIE"


def test_what_a_free_item_means_hangs_on_how_its_goods_are_named() -> None:
    def reward(**more: object) -> object:
        return rule_from_json({"id": "r", "rewards": [{"kind": "free_item"} | more]}, USD).rewards[0]

    assert isinstance(reward(sku="A"), FreeItem)
    assert isinstance(reward(sku_product="A"), FreeItem)
    assert isinstance(reward(choose_from={"tags": ["a"]}), FreeItem)
    assert isinstance(reward(), FreeFromCart)
    assert isinstance(reward(choose="cheapest_in_cart"), FreeFromCart)
    assert isinstance(reward(sku="A", from_cart=True), FreeFromCart)
    assert isinstance(reward(of={"tags": ["a"]}), FreeFromCart)


def test_decimals_are_exact_and_never_floats() -> None:
    raw = json.loads(
        '{"id": "r", "earn": {"per": "money", "points": 0.1}, "rewards": [{"kind": "percent_off", "value": 12.5}]}',
        parse_float=Decimal,
    )
    rule = rule_from_json(raw, USD)
    assert rule.earn is not None
    assert rule.earn.points == Fraction(1, 10)
    assert isinstance(rule.rewards[0], PercentOff)
    assert rule.rewards[0].percent == Decimal("12.5")
    assert "rewards[0].value" in wrong_with({"id": "r", "rewards": [{"kind": "percent_off", "value": 12.5}]})


def test_the_value_of_a_point_may_be_finer_than_the_currency() -> None:
    rule = rule_from_json({"id": "r", "rewards": [{"kind": "amount_per_point", "value": "0.005"}]}, USD)
    assert isinstance(rule.rewards[0], AmountPerPoint)
    assert rule.rewards[0].value == Fraction(1, 200)


def test_of_narrows_each_item_and_the_cheapest() -> None:
    rule = rule_from_json(
        {"id": "r", "rewards": [{"kind": "percent_off", "value": "1", "on": "cheapest", "of": {"tags": ["t"]}}]}, USD
    )
    reward = rule.rewards[0]
    assert isinstance(reward, PercentOff)
    assert (reward.target.scope, reward.target.goods.tags) == (Scope.CHEAPEST, frozenset({"t"}))


def test_days_are_counted_only_where_there_is_a_day() -> None:
    raw = {"id": "r", "valid_from_days": -1, "valid_to_days": 2, "valid_to": "2025-01-02", "code_valid_to_days": 0}
    rule = rule_from_json(raw, USD, today=date(2025, 1, 1))
    assert (rule.valid_from, rule.valid_to) == (date(2024, 12, 31), date(2025, 1, 2))
    assert rule.activation.code_valid_to == date(2025, 1, 1)
    assert set(wrong_with(raw)) == {"valid_from_days", "valid_to_days", "code_valid_to_days"}


def test_every_mistake_is_named_at_once() -> None:
    raw = {
        "name": 7,
        "family": "charity",
        "colour": "red",
        "priority": "high",
        "valid_from": "2025-02-02",
        "valid_to": "2025-02-01",
        "when": {"min_amount": "-1", "goods": [], "weekdays": ["mon", "moonday"], "hours": {"from": "9:00", "to": "x"}},
        "rewards": [
            {"kind": "percent_off"},
            {"kind": "percent_off", "value": "101"},
            {"kind": "magic"},
            {"kind": "amount_off", "value": "1.234", "max_items": 0, "price_from": "2", "price_to": "1"},
            {
                "kind": "amount_per_point",
                "value": "0",
                "block": "0",
                "ranges": [{"from": "5", "to": "1", "cap": "1", "cap_percent": "1"}],
            },
            {"kind": "tiered_amount_off", "tiers": []},
            {"kind": "free_item", "sku": "A", "sku_product": "B"},
            {"kind": "amount_off", "value": "1", "of": {"items": ["A"]}},
            "free",
        ],
        "earn": {"per": "smile", "every": "0"},
        "tiers": [{"name": "Gold"}],
        "activation": {"mode": "code"},
    }
    found = wrong_with(raw)
    assert set(found) == {
        "id", "name", "family", "colour", "priority", "valid_to", "when.min_amount", "when.goods", "when.weekdays",
        "when.hours.from", "when.hours.to", "rewards[0].value", "rewards[1].value", "rewards[2].kind",
        "rewards[3].value", "rewards[3].max_items", "rewards[3].price_to", "rewards[4].value", "rewards[4].block",
        "rewards[4].ranges[0].to", "rewards[4].ranges[0].cap", "rewards[5].tiers", "rewards[6].sku_product",
        "rewards[7].of", "rewards[8]", "earn.per", "earn.points", "earn.every", "tiers[0].min_spent", "activation.code",
    }  # fmt: skip
    assert found["colour"] == "unknown field"
    assert found["rewards[2].kind"].startswith("unknown word 'magic'; known are percent_off, amount_off")
    assert found["rewards[8]"] == "an object is needed, not a text"


def test_what_is_unknown_is_told_from_what_is_doubtful() -> None:
    mistakes: list[Mistake] = []
    raw = {"id": "r", "mood": 1, "max_applications": 0, "priority": "x"}
    assert read_rule(raw, "rules[3]", RuleContext(USD), mistakes) is None
    assert {(entry.path, entry.unknown, entry.doubtful) for entry in mistakes} == {
        ("rules[3].mood", True, False),
        ("rules[3].max_applications", False, True),
        ("rules[3].priority", False, False),
    }


@pytest.mark.parametrize("raw", [None, [], "rule", 3, True])
def test_what_is_no_object_is_refused(raw: object) -> None:
    assert "an object is needed" in wrong_with(raw)[""]


EVERYTHING: list[dict[str, Any]] = [
    BORONG_MI,
    {"id": "a", "family": "loyalty", "programme": "P", "activation": {"mode": "customer"}, "apply": "on_claim",
     "trigger": "on_request", "priority": -3, "order": 4, "exclusive": True, "stack_group": "g", "best_of": True,
     "max_applications": 2, "limit_uses": 9, "used": 3, "limit_per_customer": 2, "limit_per_customer_and_day": 1,
     "budget": "500.25", "reusable_after_void": False, "valid_from": "2025-01-01", "valid_to": "2025-12-31",
     "price_lists": ["b", "a"], "on_sale_items": False, "expire_after_days": 90, "earn_rounding": "floor",
     "earn": {"per": "money", "points": "0.25", "every": "10.00", "own_points": {"A": "3"}, "of": "gross"},
     "tiers": [{"name": "Gold", "min_spent": "100.00"}],
     "rewards": [{"kind": "amount_per_point", "id": "x", "name": "Poin", "value": "0.01", "block": "10",
                  "cost_points": "20", "max_discount": "5.00",
                  "ranges": [{"from": "0.00", "to": "9.99", "cap": "1.00"},
                             {"from": "10.00", "cap_percent": "12.5"}]}]},
    {"id": "b", "family": "coupon", "activation": {"mode": "coupon", "code": "C", "balance": "4.5"},
     "code_valid_to": "2025-05-05",
     "when": {"items": ["B", "A"], "categories": [], "tags": ["t"], "products": ["p"], "min_qty": "1.5",
              "min_amount": "10.00", "min_amount_scope": "order", "min_amount_tax": "excl", "customer_groups": ["v"],
              "customer_tiers": ["Gold"], "nth_order": 3, "from_order": 2, "min_points": "7.5", "shops": ["s"],
              "tills": ["t"], "weekdays": ["mon", "sun"], "hours": {"from": "17:00:00", "to": "03:00:00"},
              "tenders": ["cash", "qr"], "full_price_only": True},
     "rewards": [
         {"kind": "percent_off", "value": "12.5", "on": "each_item", "of": {"tags": ["x"]}, "price_from": "1",
          "price_to": "2.5", "max_items": 3, "max_items_per_line": 1},
         {"kind": "amount_off", "value": "3.00", "on": {"items": ["A"]}},
         {"kind": "free_item", "sku_product": "p", "qty": 2},
         {"kind": "free_item", "choose_from": {"tags": ["x"]}},
         {"kind": "free_item", "of": {"categories": ["c"]}, "from_cart": True, "choose": "most_expensive_in_cart"},
         {"kind": "free_item", "sku_product": "p", "from_cart": True},
         {"kind": "bundle_price", "value": "20.00"},
         {"kind": "tiered_percent_off", "tiers": [{"from": "0.00", "value": "10"}]},
         {"kind": "tiered_amount_off", "tiers": [{"from": "5.00", "value": "1.00"}], "on": "cheapest"},
         {"kind": "first_then_each", "first": "1.13", "each": "2.11"},
     ]},
]  # fmt: skip


@pytest.mark.parametrize("raw", EVERYTHING, ids=lambda raw: raw["id"])
def test_a_rule_reads_back_as_it_was_written(raw: dict[str, Any]) -> None:
    rule = rule_from_json(raw, USD)
    written = rule_json(rule)
    assert rule_from_json(json.loads(json.dumps(written)), USD) == rule
    assert rule_json(rule_from_json(written, USD)) == written


def test_what_was_written_is_what_is_written() -> None:
    written = rule_json(rule_from_json(EVERYTHING[1], USD))
    for name, value in EVERYTHING[1].items():
        expected = sorted(value) if name == "price_lists" else value
        if name != "rewards":
            assert written[name] == expected


@pytest.mark.needs("shared")
def test_the_rules_of_the_shared_cases_read_back(shared: Path) -> None:
    cases = json.loads((shared / "conformance" / "cases.json").read_text(encoding="utf-8"))["cases"]
    count = 0
    for case in cases:
        currency = Currency(case["currency"]["code"], case["currency"]["minor_digits"])
        for raw in case["rules"]:
            rule = rule_from_json(raw, currency, today=date(2025, 1, 1))
            assert rule_from_json(rule_json(rule), currency) == rule
            count += 1
    assert count > 100


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.decimals(allow_nan=False, places=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "value", "on", "when", "rewards", "earn", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_comes_in_is_read_or_refused_with_reasons(raw: object) -> None:
    mistakes: list[Mistake] = []
    rule = read_rule(raw, "here", RuleContext(USD), mistakes)
    assert rule is not None or mistakes
    assert all(mistake.path.startswith("here") and mistake.reason for mistake in mistakes)
