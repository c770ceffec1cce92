"""The shop, bill and people of the reference pictures, as values for the screens' tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tukar.domain.bill import OfferKey
from tukar.domain.item import Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName, Reason, WhyNot
from tukar.domain.people import ExpiringPoints, Role, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing.result import TaxAmount
from tukar.domain.receipt import (
    Receipt,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptPoints,
)
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.ports import ShopProfile

IDR = Currency("IDR", 0, 100)
AT = datetime(2026, 11, 21, 7, 12, tzinfo=UTC)
PPN = Tax(rate=Decimal(11), name="PPN")
SHOP = ShopProfile(
    "TSR",
    "Toko Sumber Rejeki",
    "Jl. Cihampelas 112, Bandung",
    "01.234.567.8-421.000",
    "NPWP",
    IDR,
    "ID",
    "id",
    "Asia/Jakarta",
    (5_000, 10_000, 50_000, 100_000),
)
STAFF = (
    StaffMember("sari", "Sari Wulandari", Role.CASHIER),
    StaffMember("rizky", "Rizky Pratama", Role.CASHIER),
    StaffMember("putri", "Putri Ayu Lestari", Role.CASHIER),
    StaffMember("bagus", "Bagus Hidayat", Role.CASHIER),
    StaffMember("made", "Made Suartini", Role.CASHIER),
    StaffMember("hendra", "Hendra Wijaya", Role.MANAGER),
)
NUDGE = WhyNot(
    OfferKey("kopi-gratis"), LocalName("Free coffee", {"id": "Kopi gratis"}), Reason.NEEDS_POINTS, points=Points(26)
)


def rupiah(amount: int) -> Money:
    return Money(amount, IDR)


def tender(
    mode: PaymentMode = PaymentMode.CASH, amount: int = 73_500, given: int | None = None, label: str = ""
) -> Tender:
    return Tender(f"t-{mode}", mode, rupiah(amount), rupiah(amount if given is None else given), AT, label=label)


CARD = tender(PaymentMode.CARD, 100_000, label="Debit BCA \N{HORIZONTAL ELLIPSIS}4417")


def _line(name: str, pieces: int, price: int, off: int = 0, why: LocalName | None = None) -> ReceiptLine:
    discounts = (ReceiptDiscount(OfferKey(why.default), why, rupiah(off)),) if why else ()
    gross = rupiah(pieces * price)
    return ReceiptLine(
        name,
        name,
        name,
        Quantity.of(pieces),
        UnitPrice.of(rupiah(price)),
        gross,
        gross - rupiah(off),
        discounts,
        (PPN,),
    )


def receipt(*, training: bool = False, kind: ReceiptKind = ReceiptKind.SALE) -> Receipt:
    """The receipt of picture 16."""
    return Receipt(
        bill_id="bill-1",
        number=ReceiptNumber("TSR", "2", 1, 317),
        kind=kind,
        currency=IDR,
        shop_name=SHOP.name,
        cashier_id="sari",
        cashier_name="Sari Wulandari",
        at=AT,
        lines=(
            _line("Kopi Susu Gula Aren 250 ml", 2, 18_000),
            _line("Indomie Goreng 85 g", 5, 3_500, 3_500, LocalName("Borong Mi: pay 4, take 5")),
            _line("Sabun Lifebuoy 85 g", 2, 4_500),
            _line("Beras Ramos 5 kg", 1, 74_500),
            _line("Minyak Goreng Bimoli 1 L", 1, 21_500),
            _line("Roti Tawar Sari Roti 370 g", 1, 18_500),
            _line("Teh Pucuk Harum 350 ml", 1, 4_000, 4_000, LocalName("Free with Beras Ramos 5 kg")),
        ),
        before=rupiah(181_000),
        discount=rupiah(7_500),
        total=rupiah(173_500),
        untaxed=rupiah(163_689),
        tax=rupiah(9_811),
        taxes=(TaxAmount("ppn", "PPN", (Decimal(11),), True, rupiah(89_189), rupiah(9_811)),),
        tenders=(CARD, tender(given=100_000)),
        customer=ReceiptCustomer("m-1", "Dewi Lestari", "\N{HORIZONTAL ELLIPSIS}5678", "Gold"),
        salesperson_id="SP1",
        salesperson_name="Rizky Pratama",
        points=(
            ReceiptPoints(
                "poin",
                LocalName("Points", {"id": "Poin"}),
                Points(1_240),
                Points(0),
                Points(34),
                ExpiringPoints(Points(120), date(2026, 11, 30)),
            ),
        ),
        training=training,
    )
