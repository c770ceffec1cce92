"""How often each rule was used, by whom and for how much, for rules that are limited."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import text

from tukar.domain.money import Money
from tukar.domain.pricing import PricedBill
from tukar.domain.programme import Programme
from tukar.server.call import Call
from tukar.server.shops import Shop

ANYBODY: Final = ""
"""Under this name all uses are counted, also those of customers nobody knows."""

_COUNT: Final = text(
    "INSERT INTO rule_uses (shop_id, rule_id, member_id, uses) VALUES (:shop_id, :rule_id, :member_id, :uses)"
    " ON CONFLICT (shop_id, rule_id, member_id) DO UPDATE SET uses = rule_uses.uses + excluded.uses"
)
_OF: Final = text("SELECT rule_id, uses FROM rule_uses WHERE shop_id = :shop_id AND member_id = :member_id")
_ADD: Final = text(
    "INSERT INTO counters (shop_id, name, span, times) VALUES (:shop_id, :name, :span, :more)"
    " ON CONFLICT (shop_id, name, span) DO UPDATE SET times = counters.times + excluded.times"
)
_READ: Final = text("SELECT times FROM counters WHERE shop_id = :shop_id AND name = :name AND span = :span")


def of_all(call: Call, programme: Programme) -> Mapping[str, int]:
    """Completed sales per rule; nothing is read where no rule counts them."""
    if not any(rule.limits.uses is not None for rule in programme.rules):
        return {}
    rows = call.db.execute(_OF, {"shop_id": call.shop_id, "member_id": ANYBODY})
    return {row.rule_id: row.uses for row in rows}


def of_today(call: Call, programme: Programme, member_id: str, today: date) -> Mapping[str, int]:
    """This customer's completed sales of today, for the rules that limit them."""
    limited = [rule.rule_id for rule in programme.rules if rule.limits.per_customer_and_day is not None]
    return {rule_id: _read(call, f"day.{rule_id}.{member_id}", today.toordinal()) for rule_id in limited}


def budgets(call: Call, shop: Shop, programme: Programme) -> Mapping[str, Money]:
    """What the rules with a budget have taken off so far."""
    limited = [rule.rule_id for rule in programme.rules if rule.limits.budget is not None]
    return {rule_id: Money(_read(call, f"budget.{rule_id}", 0), shop.currency) for rule_id in limited}


def _read(call: Call, name: str, span: int) -> int:
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "name": name, "span": span}).first()
    return int(row.times) if row is not None else 0


def record(call: Call, programme: Programme, priced: PricedBill, member_id: str, today: date) -> None:
    """Counts the rules that gave something in a completed sale."""
    given: dict[str, int] = {}
    for applied in priced.applied:
        given[applied.key.rule_id] = given.get(applied.key.rule_id, 0) + applied.amount.minor
    for rule_id in sorted(given):
        for who in _counted(member_id):
            call.db.execute(_COUNT, {"shop_id": call.shop_id, "rule_id": rule_id, "member_id": who, "uses": 1})
        rule = programme.rule(rule_id)
        if rule is not None and rule.limits.per_customer_and_day is not None and member_id:
            _add(call, f"day.{rule_id}.{member_id}", today.toordinal(), 1)
        if rule is not None and rule.limits.budget is not None:
            _add(call, f"budget.{rule_id}", 0, given[rule_id])


def _counted(member_id: str) -> Iterable[str]:
    return (ANYBODY, member_id) if member_id else (ANYBODY,)


def _add(call: Call, name: str, span: int, more: int) -> None:
    call.db.execute(_ADD, {"shop_id": call.shop_id, "name": name, "span": span, "more": more})
