"""The shop of the simulation: few goods and rules, so that every bill matters, and few points, so that tills meet."""

import json
from datetime import timedelta
from functools import cache
from typing import Any, Final

from tests.simulation.clock import BEGINNING
from tukar.domain.bill import OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Currency, Money, UnitPrice
from tukar.domain.people import Role, StaffMember
from tukar.domain.points import Points
from tukar.domain.programme import Programme
from tukar.server.seed import SeedCard, SeedLot, SeedMember, SeedStaff, SeedTill, ShopSeed
from tukar.server.shops import ShopSettings
from tukar.wire.amounts import wire_currency
from tukar.wire.programme import programme_from_json
from tukar.wire.shop import WireShop

CURRENCY: Final = Currency("IDR", 0, 100)
SHOP_ID: Final = "SIM"
ZONE: Final = "Asia/Jakarta"
MOST_TILLS: Final = 8
REPLACED_BEFORE: Final = 600.0
"""Seconds in which a till has to come to rest for another machine to take its place."""
CHANNEL: Final = "WEB"
CASHIER: Final = StaffMember("c-1", "Rani", Role.CASHIER)
MANAGER: Final = StaffMember("m-1", "Hadi", Role.MANAGER)
PIN: Final = "586970"
PASSWORD: Final = "until the rain ends"

RICE, COFFEE_TIN, TEA, MILK, GIFT = "RICE", "COFFEE", "TEA", "MILK", "GIFT"
GIFT_CARDS: Final = {"CARD-AAAA": 150_000, "CARD-BBBB": 60_000}
"""Gift cards that somebody has, few enough for tills to meet over them, and what is on them."""
CREDIT: Final = {"dewi": 90_000, "budi": 20_000}
"""Store credit."""
ORDER: Final = OfferKey("order")
FREE_COFFEE: Final = OfferKey("coffee")
AS_MONEY: Final = OfferKey("points")
FEW: Final = OfferKey("few")
VOUCHER: Final = "WELCOME"
AT_MOST: Final = {"coffee": 2, "few": 2, "voucher": 1}
"""So often the shop gives in all what is limited: for points, without them, and to whoever enters the code first."""
MILK_BUDGET: Final = "15000"
ONCE, NEXT_TIME, BOOK = "once", OfferKey("next"), "BOOK-10"
POIN, REWARD = "poin", "reward"


def _currency() -> dict[str, Any]:
    return {"code": CURRENCY.code, "minor_digits": CURRENCY.minor_digits, "cash_step": CURRENCY.cash_step}


_CARDS: Final[dict[str, Any]] = {
    "id": "cards", "name": "Gift card", "family": "gift_card", "when": {"items": [GIFT]},
    "earn": {"per": "money", "points": "1"},
    "rewards": [{"kind": "amount_per_point", "value": "1", "on": "order"}],
}  # fmt: skip


_RICH: Final[list[dict[str, Any]]] = [
    {
        "id": "daily", "name": "Once a day", "family": "promotion", "activation": {"mode": "customer"},
        "when": {"items": [RICE]}, "max_applications": 1, "limit_per_customer_and_day": 1,
        "rewards": [{"kind": "amount_off", "value": "3000", "on": "order"}],
    },
    {
        "id": ONCE, "name": "Once in a life", "family": "promotion", "activation": {"mode": "customer"},
        "when": {"items": [COFFEE_TIN]}, "max_applications": 1, "limit_per_customer": 1,
        "rewards": [{"kind": "amount_off", "value": "4000", "on": "order"}],
    },
    {
        "id": "next", "name": "Next time", "family": "next_order_coupon", "when": {"items": [RICE]},
        "earn": {"per": "unit", "points": "1"},
        "rewards": [{"kind": "amount_off", "value": "1000", "on": "order", "cost_points": "1"}],
    },
    {
        "id": "book", "name": "Ten in a book", "family": "coupon",
        "activation": {"mode": "code", "code": BOOK, "balance": "3"}, "max_applications": 1,
        "rewards": [{"kind": "amount_off", "value": "2000", "on": "order", "cost_points": "1"}],
    },
]  # fmt: skip


def _usual(off: str) -> list[dict[str, Any]]:
    """The rules of every version; ``off`` is what the order gets for points."""
    return [
        {
            "id": "order", "name": "20.000 off", "family": "promotion", "programme": POIN,
            "activation": {"mode": "customer"}, "apply": "on_claim",
            "when": {"min_amount": "100000"}, "max_applications": 1,
            "rewards": [{"kind": "amount_off", "value": off, "on": "order", "cost_points": "200"}],
        },
        {
            "id": "coffee", "name": "Free coffee", "family": "promotion", "programme": POIN,
            "activation": {"mode": "customer"}, "apply": "on_claim",
            "when": {"items": [COFFEE_TIN]}, "max_applications": 1, "limit_uses": AT_MOST["coffee"],
            "rewards": [{"kind": "free_item", "from_cart": True, "sku": COFFEE_TIN, "qty": 1, "cost_points": "150"}],
        },
        {
            "id": "few", "name": "The first customers", "family": "promotion", "apply": "on_claim",
            "when": {"items": [RICE]}, "max_applications": 1, "limit_uses": AT_MOST["few"],
            "rewards": [{"kind": "amount_off", "value": "5000", "on": "order"}],
        },
        {
            "id": "voucher", "name": "Welcome", "family": "promo_code", "apply": "automatic",
            "activation": {"mode": "code", "code": VOUCHER}, "max_applications": 1, "limit_uses": AT_MOST["voucher"],
            "rewards": [{"kind": "amount_off", "value": "7000", "on": "order"}],
        },
        {
            "id": "milk", "name": "Cheaper milk", "family": "promotion", "apply": "automatic",
            "when": {"items": [MILK]}, "budget": MILK_BUDGET,
            "rewards": [{"kind": "percent_off", "value": "10", "on": "each_item"}],
        },
        {
            "id": "earn", "name": "Points for shopping", "family": "loyalty", "programme": POIN,
            "activation": {"mode": "customer"}, "apply": "automatic", "rewards": [],
            "earn": {"per": "money", "points": "2", "every": "10000"}, "earn_rounding": "floor",
        },
        {
            "id": "points", "name": "Points as money", "family": "loyalty", "programme": REWARD,
            "activation": {"mode": "customer"}, "apply": "on_claim",
            "rewards": [
                {
                    "kind": "amount_per_point", "value": "100", "cost_points": "50", "block": "5", "on": "order",
                    "ranges": [{"from": "25000", "cap_percent": "50"}],
                }
            ],
        },
    ]  # fmt: skip


def raw_programme(version: int, *, rich: bool = False) -> dict[str, Any]:
    """Points without a code for an order or a coffee, points with a code in any number, and limits without points.

    Later versions take other amounts off, so that a till which has not heard of them reckons otherwise. ``rich`` ones
    have more rules: what a customer gets once, or once a day, and what bills leave for later.
    """
    rules = _usual(str(20000 + 1000 * (version - 1)))
    return {
        "format": "tukar-programme/1",
        "version": version,
        "currency": _currency(),
        "accounts": _accounts(asks_second_person=rich),
        "rules": [*rules, *(_RICH if rich else ()), _CARDS],
    }


def _accounts(*, asks_second_person: bool) -> list[dict[str, Any]]:
    approval = {"approval": {"ask": "above", "above": "25000"}} if asks_second_person else {}
    return [
        {"id": POIN, "name": "Points", "expire_after_days": 30, "return_grace_days": 2},
        {"id": REWARD, "name": "Reward", "otp": {"ask": "always"}, "expire_after_days": 365, **approval},
    ]


def read_programme(text: str) -> Programme:
    return programme_from_json(json.loads(text))


def programme_message(version: int, *, rich: bool = False) -> bytes:
    """What the operator sends to put that version in force."""
    return json.dumps({"programme": raw_programme(version, rich=rich)}).encode()


@cache
def items() -> dict[str, Item]:
    priced = {RICE: "74500", COFFEE_TIN: "18000", TEA: "9500", MILK: "21000", GIFT: "50000"}
    return {sku: Item(sku, sku.title(), UnitPrice.parse(price, CURRENCY)) for sku, price in priced.items()}


MEMBERS: Final = {"dewi": (600, 900), "budi": (230, 120), "siti": (160, 0)}
"""Points of each sort; half of them run out on the first day of the simulation."""


def mobile(member_id: str) -> str:
    return f"+62811000000{list(MEMBERS).index(member_id)}"


def seed(code_seconds: float) -> ShopSeed:
    today = (BEGINNING + timedelta(hours=7)).date()
    return ShopSeed(
        shop=WireShop(
            shop_id=SHOP_ID,
            name="Shop",
            address="",
            tax_number="",
            tax_number_name="",
            currency=wire_currency(CURRENCY),
            country="ID",
            language="en",
            time_zone=ZONE,
            notes=(10000, 50000, 100000),
        ),
        items=tuple(items().values()),
        programme=programme_from_json(raw_programme(1)),
        staff=[SeedStaff(one.staff_id, one.name, one.role, PIN, PASSWORD) for one in (CASHIER, MANAGER)],
        members=[
            SeedMember(
                member_id,
                member_id.title(),
                mobile(member_id),
                lots=tuple(
                    SeedLot(sort, Points(share), last_day)
                    for sort, units in zip((POIN, REWARD), points, strict=True)
                    for share, last_day in ((units // 2, today), (units - units // 2, None))
                    if share
                ),
                orders_placed=5,
                credit=Money(CREDIT[member_id], CURRENCY) if member_id in CREDIT else None,
            )
            for member_id, points in MEMBERS.items()
        ],
        cards=[SeedCard(code, Money(balance, CURRENCY)) for code, balance in GIFT_CARDS.items()],
        tills=[
            *(SeedTill(str(number), f"TILL-{number:04d}") for number in range(1, MOST_TILLS + 1)),
            SeedTill(CHANNEL, "WEBS-0000", is_channel=True),
        ],
        settings=ShopSettings(),
        code_seconds=code_seconds,
    )
