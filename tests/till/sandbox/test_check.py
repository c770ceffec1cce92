"""``tukar rules check``: mistakes, rewards that can never apply, and rules hidden by others."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tukar.till.sandbox import check_file
from tukar.till.sandbox.check import mistakes_in

TEN = {"kind": "percent_off", "value": "10"}


def programme(*rules: dict[str, Any], **more: object) -> dict[str, Any]:
    numbered = [{"id": f"r{place}", "rewards": [TEN]} | rule for place, rule in enumerate(rules)]
    return {
        "format": "tukar-programme/1",
        "currency": {"code": "USD", "minor_digits": 2},
        "accounts": [{"id": "P", "max_points": "100"}],
        "rules": numbered,
    } | more


def found(*rules: dict[str, Any]) -> dict[str, str]:
    return {mistake.path: mistake.reason for mistake in mistakes_in(programme(*rules))}


def checked(tmp_path: Path, content: str, *, as_json: bool = False) -> tuple[int, str]:
    path = tmp_path / "rules.json"
    path.write_text(content, encoding="utf-8")
    out = io.StringIO()
    return check_file(path, date(2026, 3, 2), as_json=as_json, out=out), out.getvalue().replace(str(path), "rules.json")


def test_a_sound_file(tmp_path: Path) -> None:
    assert checked(tmp_path, json.dumps(programme({}))) == (0, "No mistakes\n")


def test_mistakes_are_listed_with_path_and_reason(tmp_path: Path) -> None:
    status, text = checked(tmp_path, json.dumps(programme({"colour": "red"}, {"rewards": [{"kind": "percent_off"}]})))
    assert status == 1
    assert (
        text
        == "rules.json: rules[0].colour: unknown field\nrules.json: rules[1].rewards[0].value: is missing\n2 mistakes\n"
    )


def test_the_same_as_json(tmp_path: Path) -> None:
    status, text = checked(tmp_path, json.dumps(programme({"colour": "red"})), as_json=True)
    assert status == 1
    assert json.loads(text) == {"mistakes": [{"path": "rules[0].colour", "reason": "unknown field"}], "over": []}


def test_rules_that_are_over_are_named_and_no_mistakes(tmp_path: Path) -> None:
    code = {"activation": {"mode": "code", "code": "X"}, "code_valid_to": "2026-03-01"}
    rules: list[dict[str, Any]] = [
        {"valid_to": "2026-03-02"},
        {"valid_to": "2026-03-01"},
        code | {"valid_to": "2026-02-28"},
        code | {"activation": {"mode": "code", "code": "Y"}},
    ]
    status, text = checked(tmp_path, json.dumps(programme(*rules)))
    assert (status, text.splitlines()) == (
        0,
        [
            "rules.json: rules[1].valid_to: was 2026-03-01, so r1 never applies any more",
            "rules.json: rules[2].valid_to: was 2026-02-28, so r2 never applies any more",
            "rules.json: rules[3].code_valid_to: was 2026-03-01, so r3 never applies any more",
            "No mistakes, 3 over",
        ],
    )
    status, text = checked(tmp_path, json.dumps(programme(*rules, {"budget": "0"})), as_json=True)
    assert status == 1
    assert [row["path"] for row in json.loads(text)["over"]] == [
        "rules[1].valid_to",
        "rules[2].valid_to",
        "rules[3].code_valid_to",
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    status, text = checked(tmp_path, "{")
    assert status == 2
    assert text.startswith("rules.json: line 1: not JSON")
    assert checked(tmp_path, "nope", as_json=True)[0] == 2


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"rewards": []}, "rules[0]"),
        ({"when": {"items": []}}, "rules[0].when"),
        ({"limit_uses": 2, "used": 2}, "rules[0].limit_uses"),
        ({"limit_per_customer": 0}, "rules[0].limit_per_customer"),
        ({"budget": "0"}, "rules[0].budget"),
        ({"best_of": True}, "rules[0].best_of"),
        ({"price_lists": []}, "rules[0].price_lists"),
        ({"when": {"weekdays": []}}, "rules[0].when.weekdays"),
        # the 2nd of March 2026 is a Monday
        (
            {"when": {"weekdays": ["wed", "sun"]}, "valid_from": "2026-03-02", "valid_to": "2026-03-03"},
            "rules[0].when.weekdays",
        ),
        ({"when": {"customer_groups": []}}, "rules[0].when.customer_groups"),
        ({"when": {"customer_tiers": ["Gold"]}}, "rules[0].when.customer_tiers"),
        ({"when": {"nth_order": 2, "from_order": 3}}, "rules[0].when.nth_order"),
        ({"when": {"min_points": "5"}}, "rules[0].when.min_points"),
        ({"activation": {"mode": "auto", "code": "X"}}, "rules[0].activation.code"),
        ({"activation": {"mode": "customer", "balance": "2"}}, "rules[0].activation.balance"),
        ({"family": "next_order_coupon"}, "rules[0].earn"),
        ({"family": "gift_card"}, "rules[0].rewards[0].kind"),
        ({"activation": {"mode": "coupon"}}, "rules[0].activation.code"),
        ({"earn": {"per": "order", "points": "0"}}, "rules[0].earn.points"),
        ({"buy": 2}, "rules[0].buy"),
        ({"tiers": [{"name": "A", "min_spent": "0"}, {"name": "A", "min_spent": "1"}]}, "rules[0].tiers"),
        ({"tiers": [{"name": "A", "min_spent": "1"}, {"name": "B", "min_spent": "1"}]}, "rules[0].tiers"),
        ({"rewards": [TEN | {"max_discount": "0"}]}, "rules[0].rewards[0].max_discount"),
        ({"rewards": [{"kind": "tiered_percent_off", "tiers": []}]}, "rules[0].rewards[0].tiers"),
        (
            {
                "rewards": [
                    {"kind": "tiered_amount_off", "tiers": [{"from": "1", "value": "2"}, {"from": "1", "value": "3"}]}
                ]
            },
            "rules[0].rewards[0].tiers",
        ),
        (
            {"programme": "P", "rewards": [{"kind": "amount_per_point", "value": "1", "block": "101"}]},
            "rules[0].rewards[0].block",
        ),
        (
            {
                "programme": "P",
                "rewards": [{"kind": "amount_per_point", "value": "1", "ranges": [{"from": "5", "cap": "0"}]}],
            },
            "rules[0].rewards[0].ranges[0].cap",
        ),
        (
            {
                "programme": "P",
                "rewards": [{"kind": "amount_per_point", "value": "0.1", "cost_points": "51", "max_discount": "5"}],
            },
            "rules[0].rewards[0].max_discount",
        ),
        (
            {
                "programme": "P",
                "rewards": [
                    {"kind": "amount_per_point", "value": "1", "block": "10", "ranges": [{"from": "5", "cap": "9.99"}]}
                ],
            },
            "rules[0].rewards[0].ranges[0].cap",
        ),
        ({"rewards": [TEN | {"cost_points": "1"}]}, "rules[0].rewards[0].cost_points"),
        ({"rewards": [TEN | {"cost_points": "101"}], "programme": "P"}, "rules[0].rewards[0].cost_points"),
        ({"rewards": [TEN | {"value": "0"}]}, "rules[0].rewards[0]"),
        ({"rewards": [TEN | {"on": {"items": []}}]}, "rules[0].rewards[0]"),
        ({"rewards": [{"kind": "amount_off", "value": "0"}]}, "rules[0].rewards[0]"),
        ({"rewards": [{"kind": "first_then_each", "first": "0", "each": "0"}]}, "rules[0].rewards[0]"),
        ({"rewards": [{"kind": "tiered_percent_off", "tiers": [{"from": "1", "value": "0"}]}]}, "rules[0].rewards[0]"),
        ({"rewards": [{"kind": "tiered_amount_off", "tiers": [{"from": "1", "value": "0"}]}]}, "rules[0].rewards[0]"),
        ({"rewards": [{"kind": "free_item", "choose_from": {"tags": []}}]}, "rules[0].rewards[0]"),
        ({"rewards": [{"kind": "amount_per_point", "value": "1"}]}, "rules[0].rewards[0]"),
        (
            {
                "programme": "P",
                "rewards": [{"kind": "amount_per_point", "value": "1", "block": "3", "cost_points": "4"}],
            },
            "rules[0].rewards[0].cost_points",
        ),
        (
            {
                "programme": "P",
                "rewards": [
                    {
                        "kind": "amount_per_point",
                        "value": "1",
                        "ranges": [{"from": "5", "cap": "1"}, {"from": "9", "cap": "2"}],
                    }
                ],
            },
            "rules[0].rewards[0].ranges[1].from",
        ),
    ],
)
def test_what_can_never_work_is_named(rule: dict[str, Any], path: str) -> None:
    assert set(found(rule)) == {path}


def test_conditions_that_something_lies_in_are_no_mistakes() -> None:
    week = {"valid_from": "2026-03-02", "valid_to": "2026-03-08"}
    assert not found({"when": {"weekdays": ["sun"]}} | week, {"when": {"weekdays": ["mon"]}, "valid_to": "2026-03-08"})
    assert not found({"when": {"hours": {"from": "22:00", "to": "02:00"}}})
    spend = {"kind": "amount_per_point", "value": "0.1", "cost_points": "50", "max_discount": "5"}
    assert not found({"programme": "P", "rewards": [spend]})


def test_two_rules_with_one_code() -> None:
    code = {"activation": {"mode": "code", "code": "x"}}
    assert set(found(code, code)) == {"rules[1].activation.code"}


def test_a_rule_hidden_by_an_exclusive_one() -> None:
    hidden = {"when": {"min_amount": "50"}}
    assert found(hidden, {"exclusive": True, "when": {"min_amount": "50"}}) == {
        "rules[0]": "is hidden by rules[1] (r1)"
    }
    assert not found(hidden, {"exclusive": True, "when": {"min_amount": "51"}})
    assert not found(hidden, {"exclusive": True, "apply": "on_claim"})
    assert not found(hidden, {"exclusive": True, "limit_uses": 5})
    assert not found(hidden, {"exclusive": True, "when": {"items": ["A"]}})
    assert not found(hidden, {"exclusive": True, "valid_to": "2030-01-01"})
    assert set(found({"exclusive": True}, {"exclusive": True})) == {"rules[1]"}
    assert set(found({"exclusive": True}, {"exclusive": True, "priority": 1})) == {"rules[0]"}


def test_a_rule_hidden_by_a_better_one_of_its_group() -> None:
    group = {"stack_group": "g", "best_of": True}
    twenty = group | {"rewards": [TEN | {"value": "20"}]}
    assert set(found(group, twenty)) == {"rules[0]"}
    assert set(found(group, group)) == {"rules[1]"}
    assert not found(group, twenty | {"when": {"min_amount": "5"}})
    assert not found(group | {"stack_group": "h"}, twenty)
    assert not found(group, group | {"rewards": [{"kind": "amount_off", "value": "5"}]})


def test_points_and_payments_are_hidden_by_nothing() -> None:
    earning = {"family": "loyalty", "programme": "P", "rewards": [], "earn": {"per": "order", "points": "1"}}
    wallet = {"family": "wallet", "rewards": [{"kind": "amount_per_point", "value": "1"}]}
    assert not found(earning, wallet, {"exclusive": True})


def test_what_cannot_be_read_and_what_can_never_work_are_named_at_once() -> None:
    code = {"activation": {"mode": "code", "code": "x"}}
    rules = (
        {"colour": "red"},
        {"rewards": [TEN | {"value": "-1"}]},
        code,
        code,
        {"when": {"min_qty": "-2"}},
        {"buy": 2},
    )
    assert found(*rules) == {
        "rules[0].colour": "unknown field",
        "rules[1].rewards[0].value": "must not be below 0, not -1",
        "rules[3].activation.code": "wakes up rules[2] too; only one of them is entered",
        "rules[4].when.min_qty": "must be at least 0, not -2",
        "rules[5].buy": "counts only beside a free item from the cart",
    }


def test_a_file_that_is_no_object_says_just_that() -> None:
    assert [str(mistake) for mistake in mistakes_in([])] == [": an object is needed, not a list"]
