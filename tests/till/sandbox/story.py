"""Small cases written as Python, played by the sandbox: what a test of one sentence of FORMAT.md needs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tukar.till.sandbox.case import read_cases
from tukar.till.sandbox.verdict import Difference, Verdict, judge

Json = dict[str, Any]


def item(sku: str, price: str, rate: str = "0", **more: object) -> Json:
    return {"sku": sku, "price": price, "tax_rate": rate, "tax_included": False} | more


def rule(rule_id: str, *rewards: Json, **more: object) -> Json:
    """An automatic promotion without conditions, unless ``more`` says otherwise."""
    written: Json = {
        "id": rule_id,
        "family": "promotion",
        "activation": {"mode": "auto"},
        "apply": "automatic",
        "when": {},
        "rewards": list(rewards),
    }
    return written | more


def code(rule_id: str, word: str, *rewards: Json, **more: object) -> Json:
    return rule(rule_id, *rewards, family="promo_code", activation={"mode": "code", "code": word}, **more)


def loyalty(rule_id: str, *rewards: Json, **more: object) -> Json:
    usual: Json = {"family": "loyalty", "activation": {"mode": "customer"}, "apply": "on_claim"}
    return rule(rule_id, *rewards, **(usual | more))


def percent(value: str, **more: object) -> Json:
    return {"kind": "percent_off", "value": value} | more


def off(value: str, **more: object) -> Json:
    return {"kind": "amount_off", "value": value} | more


def free(sku: str = "", **more: object) -> Json:
    return {"kind": "free_item"} | ({"sku": sku} if sku else {}) | more


def add(sku: str, qty: object = 1, **more: object) -> Json:
    return {"do": "add", "sku": sku, "qty": qty} | more


def do(step: str, **more: object) -> Json:
    return {"do": step} | more


def verdict(
    tmp_path: Path,
    items: Sequence[Json],
    rules: Sequence[Json],
    steps: Sequence[Json],
    expected: Json,
    **more: object,
) -> Verdict:
    """What the sandbox says about one case."""
    case: Json = {
        "id": "story",
        "level": "core",
        "currency": {"code": "USD", "minor_digits": 2},
        "catalogue": list(items),
        "customer": None,
        "rules": list(rules),
        "steps": list(steps),
        "expected": expected,
    }
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"format": "tukar-cases/1", "cases": [case | more]}), encoding="utf-8")
    (read,) = read_cases(path)
    return judge(read)


class Stories:
    """Plays stories in a folder of their own and insists on their figures."""

    def __init__(self, tmp_path: Path) -> None:
        self._tmp_path = tmp_path

    def __call__(
        self, items: Sequence[Json], rules: Sequence[Json], steps: Sequence[Json], expected: Json, **more: object
    ) -> None:
        found = self.differences(items, rules, steps, expected, **more)
        assert not found, "\n".join(f"{d.at} {d.field}: expected {d.expected}, got {d.got}" for d in found)

    def differences(
        self, items: Sequence[Json], rules: Sequence[Json], steps: Sequence[Json], expected: Json, **more: object
    ) -> tuple[Difference, ...]:
        return verdict(self._tmp_path, items, rules, steps, expected, **more).differences
