"""Applied promotions page by page: one statement a page, along one index, whatever the filter.

A page begins behind a cursor (moment and row), so the hundredth costs what the first does. The narrowest thing that a
filter names leads the way through its index; the rest is compared on the way. A text becomes what it names first:
a bill, customers, cashiers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import Any, Final

from sqlalchemy import TextClause, text

from tukar.domain.applied import PromotionFilter, PromotionOutcome, PromotionPage, PromotionRecord, Settlement
from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.receipt import ReceiptNumber
from tukar.domain.redemption import Refusal
from tukar.domain.rule import Rule
from tukar.server import auth, members, programmes, shops
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.promotions import WirePromotionPage, WirePromotionQuestion, filter_of, wire_page

NAMED_AT_MOST: Final = 20
"""So many customers and cashiers a text may name; whoever means more types more letters."""

LEADERS: Final = (
    "bill_id", "member_id", "settlement", "rule_id", "salesperson_id", "cashier_id", "till_id", "outcome"
)  # fmt: skip
"""What a filter may name, the narrowest first."""

_BEGINS: Final = text("SELECT staff_id, name FROM staff WHERE shop_id = :shop_id ORDER BY staff_id")
_BY_NUMBER: Final = text("SELECT bill_id FROM bills WHERE shop_id = :shop_id AND number = :number ORDER BY bill_id")


@dataclass(frozen=True, slots=True)
class Where:
    """Equal values by column, and the moments between which a record was sold; ``until`` is excluded."""

    equal: Mapping[str, str]
    since: str = ""
    until: str = ""

    def with_equal(self, column: str, value: str) -> "Where":
        return Where({**self.equal, column: value}, self.since, self.until)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in LEADERS if name in self.equal)

    def values(self, shop_id: str, currency: str) -> dict[str, Any]:
        return {
            **self.equal,
            "shop_id": shop_id,
            "currency": currency,
            "since": self.since,
            "until": self.until or "9999",
        }


def page(call: Call, message: WirePromotionQuestion) -> WirePromotionPage:
    """The records that a filter lets through, newest first."""
    shop = shops.load(call)
    wanted = filter_of(message.wanted)
    currency = currency_of(shop, wanted)
    rows = find(call, shop, wanted, message.page, message.limit + 1)
    records = tuple(tell(call, shop, currency, rows[: message.limit]))
    more = cursor(rows[message.limit - 1]) if len(rows) > message.limit else ""
    return wire_page(PromotionPage(records, more), currency)


def find(call: Call, shop: Shop, wanted: PromotionFilter, after: str, limit: int) -> list[Row]:
    """At most ``limit`` rows behind the cursor ``after``; Refused(BAD_REQUEST) for a cursor that is none."""
    place = _place(after)
    found = [
        call.db.execute(
            page_statement(where.columns, paging=bool(after)),
            {**where.values(call.shop_id, currency_of(shop, wanted).code), **place, "limit": limit},
        )
        for where in wheres(call, shop, wanted)
    ]
    rows: dict[int, Row] = {}
    for row in merge(*found, key=lambda row: (row.sold_at, row.entry), reverse=True):
        rows.setdefault(row.entry, row)
    return list(islice(rows.values(), limit))


def currency_of(shop: Shop, wanted: PromotionFilter) -> Currency:
    """The one currency of an answer: the shop's, or another that bills were sold in."""
    if wanted.currency in ("", shop.currency.code):
        return shop.currency
    return Currency(wanted.currency, shop.currency.minor_digits)


def cursor(row: Row) -> str:
    return f"{row.sold_at}_{row.entry}".replace("+00:00", "Z")


def _place(after: str) -> dict[str, Any]:
    if not after:
        return {}
    at, _, entry = after.rpartition("_")
    if not at or not entry.isdigit() or len(entry) > 18:  # noqa: PLR2004 - the digits of 64 bits
        raise Refused(Refusal.BAD_REQUEST, "not a page of ours")
    return {"at": at.replace("Z", "+00:00"), "entry": int(entry)}


@lru_cache(maxsize=64)
def page_statement(columns: tuple[str, ...], *, paging: bool) -> TextClause:
    """One page. Only the first column may lead through its index: the others are hidden from the planner."""
    led = "".join(f" AND {name} = :{name}" for name in columns[:1])
    compared = "".join(f" AND {name} || '' = :{name}" for name in (*columns[1:], "currency"))
    before = " AND sold_at <= :at AND (sold_at < :at OR entry < :entry)" if paging else " AND sold_at < :until"
    return text(
        f"SELECT * FROM applied_promotions WHERE shop_id = :shop_id{led}{compared}"  # noqa: S608 - our own columns
        f" AND sold_at >= :since{before} ORDER BY sold_at DESC, entry DESC LIMIT :limit"
    )


# What a filter means


def wheres(call: Call, shop: Shop, wanted: PromotionFilter) -> list[Where]:
    """One for each thing that the filter's text names; just one without a text, none where it names nothing."""
    equal = {
        "till_id": wanted.till_id,
        "cashier_id": wanted.cashier_id,
        "salesperson_id": wanted.salesperson_id,
        "member_id": wanted.member_id,
        "rule_id": wanted.rule_id,
        "outcome": "" if wanted.outcome is None else wanted.outcome.value,
        "settlement": "" if wanted.settlement is None else wanted.settlement.value,
    }
    bare = Where(
        {name: value for name, value in equal.items() if value},
        "" if wanted.first_day is None else begin_of(shop, wanted.first_day),
        "" if wanted.last_day is None else begin_of(shop, wanted.last_day + timedelta(days=1)),
    )
    if not wanted.text.strip():
        return [bare]
    named = [(name, value) for name, value in _named(call, wanted.text.strip()) if bare.equal.get(name, value) == value]
    return [bare.with_equal(name, value) for name, value in named]


def begin_of(shop: Shop, day: date) -> str:
    """The first moment of a day of the shop, as rows keep it."""
    first = datetime.combine(day, time(), shop.zone)
    return first.astimezone(UTC).isoformat(timespec="milliseconds")


def _named(call: Call, typed: str) -> Iterable[tuple[str, str]]:
    for number in _numbers(call, typed.upper()):
        for bill_id in call.db.execute(_BY_NUMBER, {"shop_id": call.shop_id, "number": number}).scalars():
            yield "bill_id", bill_id
    for row in members.named(call, typed)[:NAMED_AT_MOST]:
        yield "member_id", row.member_id
    words = members.folded(typed)
    cashiers = [
        row.staff_id
        for row in call.db.execute(_BEGINS, {"shop_id": call.shop_id})
        if words and all(any(own.startswith(word) for own in members.folded(row.name)) for word in words)
    ]
    for staff_id in cashiers[:NAMED_AT_MOST]:
        yield "cashier_id", staff_id


def _numbers(call: Call, typed: str) -> list[str]:
    """The whole numbers that somebody may mean: a short one may be of any series of its till."""
    try:
        return [str(ReceiptNumber.parse(typed))]
    except ValueError:
        till_id, _, n = typed.rpartition("-")
    till = auth.till_row(call, till_id) if till_id and n.isdigit() and len(n) <= 12 else None  # noqa: PLR2004 - its form
    if till is None or int(n) < 1:
        return []
    return [f"{call.shop_id}-{till_id}-{epoch}-{int(n)}" for epoch in range(till.till_epoch, 0, -1)]


# What a row says


class Names:
    """What rules and programmes are called, in the version that a bill was reckoned with."""

    def __init__(self, call: Call, shop: Shop) -> None:
        self._call = call
        self._current = programmes.current(call, shop)
        self._rules: dict[int, dict[str, Rule]] = {}

    def of_rule(self, rule_id: str, reward_id: str = "", version: int = 0) -> LocalName:
        """By the version named, else by the one in force; its id where neither knows it."""
        rule = self._rules_of(version).get(rule_id) or self._rules_of(0).get(rule_id)
        if rule is None:
            return LocalName(rule_id)
        reward = next((own for key, own in rule.keyed_rewards() if reward_id and key.reward_id == reward_id), None)
        return rule.name if reward is None else rule.name_of(reward)

    def of_programme(self, programme_id: str) -> LocalName:
        sort = self._current.account(programme_id)
        return LocalName(programme_id) if sort is None else sort.name

    def _rules_of(self, version: int) -> dict[str, Rule]:
        if version not in self._rules:
            programme = (programmes.version(self._call, version) if version else None) or self._current
            self._rules[version] = {rule.rule_id: rule for rule in programme.rules}
        return self._rules[version]


def tell(call: Call, shop: Shop, currency: Currency, rows: Iterable[Row]) -> Iterable[PromotionRecord]:
    """Rows as a manager reads them, customers without their numbers."""
    names = Names(call, shop)
    known: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.member_id and row.member_id not in known:
            member = members.find_row(call, row.member_id)
            known[row.member_id] = ("", "") if member is None else (member.name, member.mobile_mask)
        name, mobile = known.get(row.member_id, ("", ""))
        is_rule = bool(row.rule_id)
        yield PromotionRecord(
            record_id=f"{row.entry:016d}",
            at=datetime.fromisoformat(row.sold_at),
            day=date.fromisoformat(row.sold_on),
            till_id=row.till_id,
            bill_id=row.bill_id,
            number=row.number,
            rule_id=row.rule_id,
            reward_id=row.reward_id,
            name=names.of_rule(row.rule_id, row.reward_id, row.programme_version)
            if is_rule
            else names.of_programme(row.programme_id),
            outcome=PromotionOutcome(row.outcome),
            settlement=Settlement(row.settlement),
            discount=Money(row.discount, currency),
            cashier_id=row.cashier_id,
            cashier_name=row.cashier_name,
            salesperson_id=row.salesperson_id,
            salesperson_name=row.salesperson_name,
            member_id=row.member_id,
            customer_name=name,
            masked_mobile=mobile,
            programme_id=row.programme_id,
            spent=_points(row, row.spent),
            earned=_points(row, row.earned),
            short=_points(row, row.short),
            note=row.note,
        )


def _points(row: Row, units: int) -> Points | None:
    return Points(units, row.digits) if units else None
