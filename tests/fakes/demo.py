"""The demo shop as tests speak of it: its rules, its people, what customers may claim, and two codes."""

from dataclasses import replace
from functools import cache

from tests.fakes.shelf import FakeShelf, demo_shop
from tukar.domain.bill import OfferKey
from tukar.domain.people import Role, StaffMember
from tukar.domain.pricing import RuleBook
from tukar.domain.redemption import OneTimeCode
from tukar.till.ports import ShopProfile

__all__ = [
    "CASHIER",
    "COFFEE",
    "MANAGER",
    "MANAGER_PIN",
    "ORDER",
    "REWARD",
    "RIGHT",
    "WRONG",
    "book",
    "demo_shop",
    "profile",
    "shelf",
]

RIGHT, WRONG = OneTimeCode("424242"), OneTimeCode("111111")
ORDER, COFFEE, REWARD = OfferKey("poin-nota"), OfferKey("kopi-gratis"), OfferKey("reward-potongan")
CASHIER = StaffMember("c-1", "Rani", Role.CASHIER)
MANAGER = StaffMember("m-1", "Hadi", Role.MANAGER)
MANAGER_PIN = "246810"


@cache
def shelf() -> FakeShelf:
    return FakeShelf()


@cache
def book() -> RuleBook:
    return RuleBook.compile(demo_shop().programme, shelf())


def profile() -> ShopProfile:
    shop = demo_shop().profile
    return replace(shop, shop_id=shop.shop_id.upper())
