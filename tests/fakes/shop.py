"""A small shop for the fake backends: its profile, a shelf, a programme in which 200 points are Rp 20.000."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.goods import Goods
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.programme import Demand, OtpPolicy, PointsAccount, Programme
from tukar.domain.reward import AmountPerPoint
from tukar.domain.rule import Activation, Apply, Family, Mode, Rule
from tukar.till.ports import ShopProfile

IDR = Currency("IDR", 0, 100)
SHOP = ShopProfile(
    "TOKO1", "Toko Satu", "Jl. Melati 1", "01.234.567", "NPWP", IDR, "ID", "id", "Asia/Jakarta", (50_000,)
)
POINTS = "points"
RULE = "points-off"
COFFEE = Item("KOPI-250", "Kopi Gayo 250 g", UnitPrice.of(Money(65_000, IDR)), (Tax(Decimal(11), name="PPN"),))
TEA = Item("TEH-100", "Teh Melati 100 g", UnitPrice.of(Money(20_000, IDR)), (Tax(Decimal(11), name="PPN"),))
OFF = Rule(
    RULE, LocalName("Points off", {"id": "Potongan poin"}), Family.LOYALTY, Activation(Mode.CUSTOMER), Apply.ON_CLAIM,
    rewards=(AmountPerPoint(value=Fraction(100), cost=Fraction(50), block=Fraction(50)),), programme=POINTS,
)  # fmt: skip


def programme(otp: Demand = Demand.ALWAYS) -> Programme:
    return Programme(1, IDR, (PointsAccount(POINTS, LocalName("Points", {"id": "Poin"}), otp=OtpPolicy(otp)),), (OFF,))


class Shelf:
    """``pricing.ItemSource`` over a few items."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)

    def by_sku(self, sku: str) -> Item | None:
        return next((item for item in self.items if item.sku == sku), None)

    def matching(self, goods: Goods, wanted: int | None = None) -> Sequence[Item]:
        return tuple(item for item in self.items if goods.names(item))


def bill(bill_id: str, customer: LoyaltyAccount, points: Points, packs: int = 2) -> Bill:
    """Coffee for Rp 65.000 a pack, and as many points claimed as given."""
    empty = Bill(bill_id, IDR, customer=customer)
    filled = empty.with_item(COFFEE, Quantity.of(packs), "line-1")
    return filled.with_claim(Claim(OfferKey(RULE), points=points))
