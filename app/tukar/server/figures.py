"""Sums over applied promotions: from the sums of each day where they have the filter, else from the rows themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import TextClause, text

from tukar.domain.applied import (
    DayFigures,
    FilterChoices,
    Named,
    PointsFigure,
    PromotionFigures,
    PromotionFilter,
    PromotionOutcome,
    PromotionSummary,
    RuleFigures,
)
from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.server import programmes, records, shops
from tukar.server.call import Call
from tukar.server.records import Names, Where
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.promotions import (
    WireFilterChoices,
    WirePromotionFilter,
    WirePromotionSummary,
    filter_of,
    wire_choices,
    wire_summary,
)

_DIMENSIONS: Final = {"till_id": "till", "cashier_id": "cashier", "salesperson_id": "salesperson"}
_IN_SUMS: Final = frozenset({*_DIMENSIONS, "rule_id", "outcome"})
_FIGURES: Final = (
    "outcome, programme_id, MAX(digits) AS digits, SUM({times}) AS times, SUM(discount) AS discount,"
    " SUM(spent) AS spent, SUM(short) AS short, SUM(earned) AS earned"
)
_NEXT: Final = text(
    "SELECT MIN(value) AS value FROM applied_sums"
    " WHERE shop_id = :shop_id AND dimension = :dimension AND value > :after"
)
_NEXT_RULE: Final = text(
    "SELECT MIN(rule_id) AS value FROM applied_promotions WHERE shop_id = :shop_id AND rule_id > :after"
)
_FIRST: Final = text(
    "SELECT MIN(sold_on) AS value FROM applied_sums WHERE shop_id = :shop_id AND dimension = '' AND value = ''"
)
_CURRENCIES: Final = text(
    "SELECT DISTINCT currency FROM applied_sums WHERE shop_id = :shop_id AND dimension = '' AND value = ''"
    " AND sold_on >= :since ORDER BY currency"
)
_NAME: Final = {
    "till": text("SELECT name FROM tills WHERE shop_id = :shop_id AND till_id = :id"),
    "cashier": text("SELECT name FROM staff WHERE shop_id = :shop_id AND staff_id = :id"),
    "salesperson": text("SELECT name FROM salespeople WHERE shop_id = :shop_id AND salesperson_id = :id"),
}
CHOICES_AT_MOST: Final = 500


@dataclass(slots=True)
class _Adding:
    """Figures on their way: counts by outcome, money, and units by programme."""

    times: dict[str, int] = field(default_factory=dict)
    discount: int = 0
    points: dict[str, list[int]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.times[row.outcome] = self.times.get(row.outcome, 0) + int(row.times)
        self.discount += int(row.discount)
        if row.programme_id:
            moved = self.points.setdefault(row.programme_id, [0, 0, 0, 0])
            moved[0] = max(moved[0], row.digits)
            for place, units in enumerate((row.spent, row.earned, row.short), start=1):
                moved[place] += int(units)

    def told(self, currency: Currency, names: Names) -> PromotionFigures:
        def count(outcome: PromotionOutcome) -> int:
            return self.times.get(outcome.value, 0)

        return PromotionFigures(
            taken=count(PromotionOutcome.TAKEN),
            declined=count(PromotionOutcome.DECLINED),
            lost=count(PromotionOutcome.LOST),
            open=count(PromotionOutcome.OPEN),
            by_itself=count(PromotionOutcome.BY_ITSELF),
            returned=count(PromotionOutcome.RETURNED),
            discount=Money(self.discount, currency),
            points=tuple(
                PointsFigure(
                    name, names.of_programme(name), Points(spent, digits), Points(earned, digits), Points(short, digits)
                )
                for name, (digits, spent, earned, short) in sorted(self.points.items())
            ),
        )


def summary(call: Call, message: WirePromotionFilter) -> WirePromotionSummary:
    """What the records that a filter lets through come to: in all, for each day, for each rule."""
    shop = shops.load(call)
    wanted = filter_of(message)
    currency = records.currency_of(shop, wanted)
    return wire_summary(add_up(call, shop, wanted), currency)


def add_up(call: Call, shop: Shop, wanted: PromotionFilter) -> PromotionSummary:
    """The same as a value."""
    currency, names = records.currency_of(shop, wanted), Names(call, shop)
    wheres = records.wheres(call, shop, wanted)
    total = _Adding()
    by_day: dict[str, _Adding] = {}
    by_rule: dict[str, _Adding] = {}
    for row in _grouped(call, wheres, wanted, currency, "sold_on"):
        by_day.setdefault(row.sold_on, _Adding()).add(row)
        total.add(row)
    for row in _grouped(call, wheres, wanted, currency, "rule_id"):
        if row.rule_id:
            by_rule.setdefault(row.rule_id, _Adding()).add(row)
    rules = [
        RuleFigures(rule_id, names.of_rule(rule_id), adding.told(currency, names))
        for rule_id, adding in by_rule.items()
    ]
    return PromotionSummary(
        total=total.told(currency, names),
        days=tuple(
            DayFigures(date.fromisoformat(day), adding.told(currency, names)) for day, adding in sorted(by_day.items())
        ),
        rules=tuple(sorted(rules, key=lambda one: (-one.figures.discount.minor, -one.figures.offered, one.rule_id))),
    )


def _grouped(
    call: Call, wheres: Sequence[Where], wanted: PromotionFilter, currency: Currency, by: str
) -> Iterable[Row]:
    if not wheres:
        return ()
    if len(wheres) == 1 and _is_in_sums(wheres[0]):
        return _from_sums(call, wheres[0], wanted, currency, by)
    values: dict[str, Any] = {}
    parts = []
    for place, where in enumerate(wheres):
        values |= {f"{name}{place}": value for name, value in where.equal.items()}
        parts.append(where.columns)
    values |= wheres[0].values(call.shop_id, currency.code)
    return call.db.execute(row_statement(tuple(parts), by), values)


def _is_in_sums(where: Where) -> bool:
    names = set(where.equal)
    return names <= _IN_SUMS and len(names & set(_DIMENSIONS)) <= 1


def _from_sums(call: Call, where: Where, wanted: PromotionFilter, currency: Currency, by: str) -> Iterable[Row]:
    dimension = next((name for name in _DIMENSIONS if name in where.equal), "")
    values = {
        "shop_id": call.shop_id,
        "dimension": _DIMENSIONS.get(dimension, ""),
        "value": where.equal.get(dimension, ""),
        "first": "" if wanted.first_day is None else wanted.first_day.isoformat(),
        "last": "9999-12-31" if wanted.last_day is None else wanted.last_day.isoformat(),
        "currency": currency.code,
        "rule_id": where.equal.get("rule_id", ""),
        "outcome": where.equal.get("outcome", ""),
    }
    return call.db.execute(sum_statement(tuple(n for n in ("rule_id", "outcome") if n in where.equal), by), values)


@lru_cache(maxsize=16)
def sum_statement(columns: tuple[str, ...], by: str) -> TextClause:
    """Adds up the sums of days."""
    narrowed = "".join(f" AND {name} = :{name}" for name in columns)
    return text(
        f"SELECT {by}, {_FIGURES.format(times='times')} FROM applied_sums"  # noqa: S608 - our own columns
        " WHERE shop_id = :shop_id AND dimension = :dimension AND value = :value AND sold_on >= :first"
        f" AND sold_on <= :last AND currency = :currency{narrowed} GROUP BY {by}, outcome, programme_id"
    )


@lru_cache(maxsize=64)
def row_statement(parts: tuple[tuple[str, ...], ...], by: str) -> TextClause:
    """Adds up rows: those that are like any of ``parts``, each a list of columns with a value of its own."""
    each = " UNION ".join(_entries(columns, place) for place, columns in enumerate(parts))
    return text(
        f"SELECT {by}, {_FIGURES.format(times='1')} FROM applied_promotions WHERE entry IN ({each})"  # noqa: S608 - ours
        f" GROUP BY {by}, outcome, programme_id"
    )


def _entries(columns: tuple[str, ...], place: int) -> str:
    """The rows of one part, along the index of its first column."""
    led = "".join(f" AND {name} = :{name}{place}" for name in columns[:1])
    compared = "".join(f" AND {name} || '' = :{name}{place}" for name in columns[1:])
    return (
        f"SELECT entry FROM applied_promotions WHERE shop_id = :shop_id{led}{compared}"  # noqa: S608 - our own columns
        " AND currency || '' = :currency AND sold_at >= :since AND sold_at < :until"
    )


# What there is to choose from


def choices(call: Call, _message: None) -> WireFilterChoices:
    """What a filter may name: whatever occurs in records, by its present name."""
    shop = shops.load(call)
    names = Names(call, shop)
    first = call.db.execute(_FIRST, {"shop_id": call.shop_id}).one().value
    rules = _distinct(call, _NEXT_RULE, {})
    known = FilterChoices(
        shop=Named(call.shop_id, LocalName(shop.profile.name)),
        currency=shop.currency,
        today=shop.today(call.now),
        first_day=None if first is None else date.fromisoformat(first),
        tills=_people(call, "till"),
        cashiers=_people(call, "cashier"),
        salespeople=_people(call, "salesperson"),
        rules=tuple(
            sorted((Named(rule_id, names.of_rule(rule_id)) for rule_id in rules), key=lambda one: one.name.default)
        ),
        programmes=tuple(Named(sort.programme_id, sort.name) for sort in programmes.current(call, shop).accounts),
        currencies=_currencies(call, shop),
    )
    return wire_choices(known)


def _people(call: Call, dimension: str) -> tuple[Named, ...]:
    found = []
    for value in _distinct(call, _NEXT, {"dimension": dimension}):
        row = call.db.execute(_NAME[dimension], {"shop_id": call.shop_id, "id": value}).first()
        is_named = row is not None and row.name and dimension != "till"
        found.append(Named(value, LocalName(row.name if row is not None and is_named else value)))
    return tuple(sorted(found, key=lambda one: one.name.default))


def _distinct(call: Call, statement: TextClause, values: Mapping[str, str]) -> list[str]:
    """Leaps from value to value along an index, however many rows lie between."""
    found: list[str] = []
    while len(found) < CHOICES_AT_MOST:
        after = found[-1] if found else ""
        value = call.db.execute(statement, {"shop_id": call.shop_id, "after": after, **values}).one().value
        if value is None:
            break
        found.append(value)
    return found


def _currencies(call: Call, shop: Shop) -> tuple[str, ...]:
    found = call.db.execute(_CURRENCIES, {"shop_id": call.shop_id, "since": ""}).scalars()
    return tuple(dict.fromkeys([shop.currency.code, *found]))
