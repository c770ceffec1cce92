"""Bills, rule books and prices in one line each, for tests of pricing; money in rupiah unless a test says otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tukar.domain.bill import Bill, BillLine, Claim, OfferKey
from tukar.domain.goods import Goods
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill, RuleBook
from tukar.wire.programme import programme_from_json

Json = dict[str, Any]

IDR = Currency("IDR", 0, 100)
USD = Currency("USD", 2)


def item(
    sku: str,
    price: str,
    *,
    rate: str = "0",
    included: bool = True,
    currency: Currency = USD,
    **more: Any,
) -> Item:
    taxes = (Tax(Decimal(rate), included),)
    return Item(sku, sku, UnitPrice.parse(price, currency), taxes, **more)


class Shelf:
    """A catalogue in memory."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {one.sku: one for one in items}

    def restock(self, items: Iterable[Item]) -> None:
        self._items = {one.sku: one for one in items}

    def by_sku(self, sku: str) -> Item | None:
        return self._items.get(sku)

    def matching(self, goods: Goods, wanted: int | None = None) -> Sequence[Item]:
        return [one for one in self._items.values() if goods.names(one)]


def book(
    rules: Sequence[Json], items: Sequence[Item] = (), accounts: Sequence[Json] = (), currency: Currency = USD
) -> RuleBook:
    """A compiled programme; rules without an id are called R1, R2 …"""
    numbered = [{"id": f"R{place}"} | rule for place, rule in enumerate(rules, start=1)]
    raw = {
        "format": "tukar-programme/1",
        "version": 1,
        "currency": {"code": currency.code, "minor_digits": currency.minor_digits, "cash_step": currency.cash_step},
        "accounts": list(accounts),
        "rules": numbered,
    }
    return RuleBook.compile(programme_from_json(raw), Shelf(items), currency)


def bill(*lines: tuple[Item, int | str], currency: Currency = USD, customer: LoyaltyAccount | None = None) -> Bill:
    """A bill of (item, quantity), a line each."""
    made = tuple(
        BillLine(f"l{place}", one, Quantity.parse(str(quantity)), one.charged_price)
        for place, (one, quantity) in enumerate(lines, start=1)
    )
    return Bill("bill", currency, made, customer=customer)


def customer(points: Mapping[str, int] | None = None, **more: Any) -> LoyaltyAccount:
    balances = tuple(PointsBalance(name, Points(held), Points(0)) for name, held in (points or {}).items())
    return LoyaltyAccount("m1", "Sari", balances=balances, **more)


def claim(rule_id: str, reward_id: str = "", **more: Any) -> Claim:
    return Claim(OfferKey(rule_id, reward_id), **more)


def money(text: str, currency: Currency = USD) -> Money:
    return currency.money(text)


def off(priced: PricedBill) -> list[str]:
    """What came off each line, in the order of the bill."""
    return [(line.gross - line.net).decimal() for line in priced.lines]


def offered(priced: PricedBill) -> dict[str, str]:
    """What each offer takes off, by rule."""
    return {offer.key.rule_id: offer.takes_off.decimal() for offer in priced.offers}
