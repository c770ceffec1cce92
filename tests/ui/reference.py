"""The sale of the reference pictures as models: seven lines, Dewi Lestari, her points and promotions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from tukar.domain.bill import Bill, BillLine, OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import Benefit, LocalName, Offer, Reason, Trigger, WhyNot
from tukar.domain.people import ExpiringPoints, LoyaltyAccount, PointsBalance, Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing.result import AppliedPromotion, LineDiscount, PricedLine
from tukar.till.billing import BillModel
from tukar.till.customers import BalanceModel, CustomerModel
from tukar.till.finding import FindingModel
from tukar.till.keys import Command
from tukar.till.offering import OfferModel
from tukar.till.ports import Hit, PrinterState
from tukar.till.promoting import Group, Missing, PreviewLine, PromotionRow, PromotionsModel, PromotionsSummary
from tukar.till.salespeople import SalespeopleModel
from tukar.till.set_deals import SetDeal
from tukar.till.status import StatusModel

IDR = Currency("IDR", 0)


def rp(amount: int) -> Money:
    return Money(amount, IDR)


def item(name: str, price: int, barcode: str = "") -> Item:
    return Item(name, name, UnitPrice.of(rp(price)), barcodes=(barcode,) if barcode else ())


def name(english: str, indonesian: str = "") -> LocalName:
    return LocalName(english, {"id": indonesian or english})


BORONG, TEA, POINTS, TEN, MEMBER, VOUCHER, COFFEE, BREAD = (
    OfferKey(rule) for rule in ("borong", "tea", "points", "ten", "member", "voucher", "coffee", "bread")
)
BORONG_NAME = name("Borong Mi")
TEA_NAME = name("Free tea", "Gratis teh")
POINTS_NAME = name("Points as a promotion", "Poin jadi promosi")
TEN_NAME = name("10% off", "Hemat 10 %")
MEMBER_NAME = name("Member 5%", "Member 5 %")
COFFEE_NAME = name("Free coffee", "Kopi gratis")

_GOODS = (
    (2, "Kopi Susu Gula Aren 250 ml", 18_000, 0, None),
    (5, "Indomie Goreng 85 g", 3_500, 3_500, (BORONG, name("Borong Mi: pay 4, take 5", "Borong Mi: beli 5, bayar 4"))),
    (2, "Sabun Lifebuoy 85 g", 4_500, 0, None),
    (1, "Beras Ramos 5 kg", 74_500, 0, None),
    (1, "Minyak Goreng Bimoli 1 L", 21_500, 0, None),
    (1, "Roti Tawar Sari Roti 370 g", 18_500, 0, None),
    (1, "Teh Pucuk Harum 350 ml", 4_000, 4_000,
     (TEA, name("Free with Beras Ramos 5 kg", "Gratis dengan Beras Ramos 5 kg"))),
)  # fmt: skip


def rows() -> tuple[PricedLine, ...]:
    priced = []
    for number, (quantity, what, price, off, why) in enumerate(_GOODS):
        goods = item(what, price)
        line = BillLine(str(number), goods, Quantity.of(quantity), goods.price)
        gross = rp(price * quantity)
        discounts = () if why is None else (LineDiscount(why[0], why[1], rp(off)),)
        priced.append(PricedLine(line, gross, discounts, gross - rp(off)))
    return tuple(priced)


RIZKY = Salesperson("S1", "Rizky Pratama")
PEOPLE = (
    RIZKY,
    Salesperson("S2", "Putri Ayu Lestari"),
    Salesperson("S3", "Bagus Hidayat"),
    Salesperson("S4", "Made Suartini"),
    Salesperson("S5", "Yohanes Situmorang"),
)

BILL = BillModel(
    number="2-000317",
    rows=rows(),
    selected=1,
    pieces=13,
    before=rp(181_000),
    discount=rp(7_500),
    total=rp(173_500),
    tax=rp(9_811),
    tax_names=("PPN",),
    tax_included=True,
    salesperson=RIZKY,
    customer_name="Dewi Lestari",
    can_undo=False,
    locked=False,
    commands=frozenset(Command),
)

EMPTY_BILL = replace(
    BILL, rows=(), selected=-1, pieces=0, before=rp(0), discount=rp(0), total=rp(0), tax=rp(0), salesperson=None,
    customer_name="", commands=frozenset({Command.SEARCH, Command.CUSTOMER}),
)  # fmt: skip

HITS = (
    Hit(item("Kopi Susu Gula Aren 250 ml", 18_000, "899120401175"), ((0, 4),)),
    Hit(item("Kopi Kapal Api Mix 10 × 25 g", 15_500, "899100210552"), ((0, 4),)),
    Hit(item("Kopi Tubruk Gadjah 150 g", 17_000, "899274500318"), ((0, 4),)),
    Hit(item("Good Day Kopi Cappuccino 250 ml", 8_500, "899100230917"), ((9, 4),)),
)
TILES = tuple(
    item(what, price)
    for what, price in (
        ("Es Batu", 2_000), ("Gula Pasir 1 kg", 17_500), ("Telur 1 kg", 28_500), ("Air Galon", 20_000),
        ("Kantong Belanja", 500), ("Gas LPG 3 kg", 22_000), ("Pisang Ambon kg", 24_000), ("Tempe Papan", 6_000),
        ("Tahu Putih 10", 9_000), ("Kerupuk Putih", 1_000), ("Bawang Merah kg", 38_000), ("Cabai Rawit kg", 52_000),
    )
)  # fmt: skip
AT_REST = FindingModel(tiles=TILES)
TAKEN = FindingModel(text="kopi", hits=HITS, tiles=TILES)
TYPING = FindingModel(text="kopi", hits=HITS, chosen=0, typing=True, tiles=TILES)

NUDGE = WhyNot(COFFEE, COFFEE_NAME, Reason.NEEDS_POINTS, points=Points(26), progress=Fraction(1240, 1266))
BALANCE = PointsBalance("points", Points(1240), Points(0), ExpiringPoints(Points(120), date(2026, 11, 30)))
DEWI = LoyaltyAccount("m1", "Dewi Lestari", "…5678", tier="Gold", balances=(BALANCE,))
CUSTOMER = CustomerModel(DEWI, (BalanceModel(name("Points", "Poin"), BALANCE, Points(34)),), NUDGE)

OFFER = Offer(
    POINTS, POINTS_NAME, Benefit.AMOUNT_OFF, Trigger.POP_UP, rp(20_000), rp(153_500), "points", Points(200),
    is_best=True,
)  # fmt: skip
SUMMARY = PromotionsSummary(
    applied=(
        AppliedPromotion(BORONG, BORONG_NAME, Benefit.FREE_FROM_BILL, rp(3_500), claimed=False),
        AppliedPromotion(TEA, TEA_NAME, Benefit.FREE_ITEM, rp(4_000), claimed=False),
    ),
    offers=(OFFER,),
    reasons=(
        Missing(WhyNot(TEN, TEN_NAME, Reason.NEEDS_AMOUNT, amount=rp(26_500), progress=Fraction(173_500, 200_000))),
        Missing(WhyNot(MEMBER, MEMBER_NAME, Reason.NOT_TOGETHER, other=name("points", "poin"))),
        Missing(WhyNot(VOUCHER, name("Anniversary voucher", "Voucher HUT"), Reason.NEEDS_CODE)),
    ),
)
OFFERED = OfferModel(OFFER, "Dewi Lestari", Points(1040), rp(173_500), or_keep=NUDGE)

PROMOTIONS = PromotionsModel(
    is_open=True,
    rows=(
        PromotionRow(BORONG, BORONG_NAME, Group.APPLIED, Benefit.FREE_FROM_BILL, True, rp(3_500), is_best=True,
                     items=("Indomie Goreng",), deal=SetDeal(pieces=5, paid=4)),
        PromotionRow(TEA, TEA_NAME, Group.APPLIED, Benefit.FREE_ITEM, True, rp(4_000), is_best=True,
                     items=("Teh Pucuk Harum",), deal=SetDeal(with_item="Beras Ramos 5 kg")),
        PromotionRow(POINTS, POINTS_NAME, Group.AVAILABLE, Benefit.AMOUNT_OFF, True, rp(20_000), Points(200),
                     is_best=True),
        PromotionRow(MEMBER, MEMBER_NAME, Group.AVAILABLE, Benefit.PERCENT_OFF, False, rp(8_675),
                     instead_of=(POINTS_NAME,)),
        PromotionRow(TEN, TEN_NAME, Group.NOT_YET, why=SUMMARY.reasons[0].why),
        PromotionRow(COFFEE, COFFEE_NAME, Group.NOT_YET, why=NUDGE),
        PromotionRow(VOUCHER, name("Anniversary voucher", "Voucher HUT"), Group.NOT_YET,
                     why=WhyNot(VOUCHER, name("Anniversary voucher"), Reason.NEEDS_VERIFIED_CODE)),
        PromotionRow(BREAD, name("Bread weekend", "Akhir pekan roti"), Group.NOT_YET,
                     why=WhyNot(BREAD, name("Bread weekend"), Reason.ENDED, day=date(2026, 11, 20))),
    ),
    selected=2,
    preview=tuple(
        PreviewLine(what, rp(amount))
        for what, amount in (
            ("Kopi Susu Gula Aren", 4_150), ("Indomie Goreng", 5_114), ("Sabun Lifebuoy", 1_037),
            ("Beras Ramos", 8_588), ("Minyak Goreng Bimoli", 2_478), ("Roti Tawar Sari Roti", 2_133),
            ("Teh Pucuk Harum", 4_000),
        )
    ),
    before=rp(181_000),
    discount=rp(27_500),
    total=rp(153_500),
    ticked=3,
    is_best=True,
    customer_name="Dewi Lestari",
    balance=Points(1240),
)  # fmt: skip

STATUS = StatusModel(
    online=True,
    waiting=0,
    printer=PrinterState.READY,
    shop="Toko Sumber Rejeki",
    till="2",
    cashier="Sari Wulandari",
    now=datetime(2026, 11, 21, 14, 12, tzinfo=UTC),
)
SALESPEOPLE = SalespeopleModel(is_open=True, people=PEOPLE, chosen=0, current=RIZKY)

EMPTY = Bill("b1", IDR)
