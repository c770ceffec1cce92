"""The demo shop, read from its plain files in ``resources/demo``: what it sells, who works and buys there, its rules.

``shop.toml`` holds shop, taxes, staff and salespeople; ``items.csv`` the articles, in the form that ``tukar catalogue
import`` takes; ``programme.json`` the points accounts and rules, as sound a rule file as any shop's; ``customers.csv``
and ``points.csv`` the members with their store credit and their lots of points. The demo is always fresh: its days
count from the day of the seeding (``+45`` is in 45 days, ``11-30`` is the next 30 November). A rule file has dates
only, so ``shop.toml`` says in ``[validity.RULE]`` from and to which day a rule holds (``to_days = -1`` ended
yesterday), and which gift cards somebody has.

The files belong to us, so a mistake in them is a bug: it raises what the reader of that form raises.
"""

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money
from tukar.domain.people import Role, Salesperson
from tukar.domain.points import Points
from tukar.domain.programme import Programme
from tukar.domain.shop import ShopProfile
from tukar.resources import find_resources
from tukar.wire.articles import ArticleFormat, percentage_tax, read_articles
from tukar.wire.programme import programme_from_json
from tukar.wire.tables import open_table


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Somebody who signs in, with the credentials that the demo shows openly."""

    staff_id: str
    name: str
    role: Role
    pin: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoLot:
    """Points of one lot and the last day on which they can be spent."""

    programme_id: str
    points: Points
    last_day: date


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """A member with the points they start with; ``mobile`` in E.164, ``card`` empty where they have none."""

    member_id: str
    name: str
    mobile: str = field(repr=False)
    card: str
    group: str
    lifetime_spend: Money
    orders: int
    lots: tuple[DemoLot, ...]
    credit: Money
    """Store credit."""


@dataclass(frozen=True, slots=True)
class DemoShop:
    """Everything about the demo shop, dates resolved for the day it was read for."""

    profile: ShopProfile
    tills: tuple[str, ...]
    items: tuple[Item, ...]
    programme: Programme
    staff: tuple[DemoStaff, ...]
    salespeople: tuple[Salesperson, ...]
    customers: tuple[DemoCustomer, ...]
    gift_cards: Mapping[str, Money]
    """Gift cards that somebody has, by their codes."""

    @property
    def currency(self) -> Currency:
        return self.profile.currency


def read_demo_shop(today: date, folder: Path | None = None) -> DemoShop:
    """The demo shop as it is on ``today``, in the shop's own time zone; from ``folder``, else the shipped files."""
    source = folder or find_resources() / "demo"
    raw = tomllib.loads((source / "shop.toml").read_text(encoding="utf-8"))
    shop = raw["shop"]
    money = shop.pop("currency")
    currency = Currency(money["code"], money["minor_digits"], money["cash_step"])
    taxes = {word: _tax(tax) for word, tax in raw["taxes"].items()}
    with open_table(source / "items.csv") as table:
        items = read_articles(table.columns, table.rows, ArticleFormat(currency, taxes=taxes))
    programme = _programme(source / "programme.json", raw["validity"], today)
    return DemoShop(
        profile=ShopProfile(
            shop_id=shop["id"],
            name=shop["name"],
            address=shop["address"],
            tax_number=shop["tax_number"],
            tax_number_name=shop["tax_number_name"],
            currency=currency,
            country=shop["country"],
            language=shop["language"],
            time_zone=shop["time_zone"],
            notes=tuple(money["notes"]),
        ),
        tills=tuple(shop["tills"]),
        items=items,
        programme=programme,
        staff=tuple(
            DemoStaff(one["id"], one["name"], Role(one["role"]), one["pin"], one["password"]) for one in raw["staff"]
        ),
        salespeople=tuple(Salesperson(one["id"], one["name"]) for one in raw["salespeople"]),
        customers=tuple(_customers(source, currency, programme, today)),
        gift_cards={one["code"]: currency.money(one["balance"]) for one in raw["gift_cards"]},
    )


def demo_zone(folder: Path | None = None) -> str:
    """The time zone of the demo shop, which says what day it is there."""
    source = folder or find_resources() / "demo"
    zone: str = tomllib.loads((source / "shop.toml").read_text(encoding="utf-8"))["shop"]["time_zone"]
    return zone


def _tax(tax: Mapping[str, Any]) -> tuple[Tax, ...]:
    return percentage_tax(tax["rate"] + ("" if tax["included"] else "+"), tax["name"]) if tax else ()


def _programme(file: Path, validity: Mapping[str, Mapping[str, int]], today: date) -> Programme:
    programme = programme_from_json(json.loads(file.read_text(encoding="utf-8")))
    rules = {rule.rule_id: rule for rule in programme.rules}
    for rule_id, days in validity.items():
        rules[rule_id] = replace(
            rules[rule_id],
            valid_from=today + timedelta(days=days["from_days"]),
            valid_to=today + timedelta(days=days["to_days"]),
        )
    return replace(programme, rules=tuple(rules.values()))


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _customers(source: Path, currency: Currency, programme: Programme, today: date) -> Iterator[DemoCustomer]:
    lots: dict[str, list[DemoLot]] = {}
    digits = {account.programme_id: account.digits for account in programme.accounts}
    for row in _rows(source / "points.csv"):
        account = row["programme"]
        lot = DemoLot(account, Points.parse(row["points"], digits[account]), _day(row["last_day"], today))
        lots.setdefault(row["member_id"], []).append(lot)
    for row in _rows(source / "customers.csv"):
        yield DemoCustomer(
            member_id=row["member_id"],
            name=row["name"],
            mobile=row["mobile"],
            card=row["card"],
            group=row["group"],
            lifetime_spend=currency.money(row["lifetime_spend"]),
            orders=int(row["orders"]),
            lots=tuple(lots.get(row["member_id"], ())),
            credit=currency.money(row["credit"]),
        )


def _day(text: str, today: date) -> date:
    """``+45`` = in 45 days; ``11-30`` = the next 30 November, today included."""
    if text.startswith("+"):
        return today + timedelta(days=int(text))
    month, day = map(int, text.split("-"))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
