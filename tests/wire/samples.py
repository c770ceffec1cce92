"""Values that use every field of what crosses the wire, so that a field forgotten in a conversion is noticed."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import Bill, BillLine, Claim, CustomerSource, HandDiscount, OfferKey, PriceOverride
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import ExpiringPoints, LoyaltyAccount, PointsBalance, Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing.result import PointsMoved, TaxAmount
from tukar.domain.receipt import (
    Receipt,
    ReceiptCoupon,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptOffer,
    ReceiptPoints,
    ReceiptRedemption,
)
from tukar.domain.shift import (
    CashMovement,
    Counted,
    MovementKind,
    PointsTotal,
    PromotionTotal,
    SellerTotal,
    Shift,
    ShiftClosing,
    ShiftReport,
    TaxTotal,
    TenderTotal,
)
from tukar.domain.tender import PaymentMode, Tender, ValueTaken

EURO = Currency("EUR", 2, cash_step=5)
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OVERRIDE = PriceOverride("damaged box", "ani", "budi")
KEY = OfferKey("coffee", "free")
CLAIM = Claim(KEY, choice="C-2", quantity=2, points=Points(2050, 2), codes_before=1)


def an_item() -> Item:
    return Item(
        sku="BANK CHARGES",
        name="Coffee “Gayo” 250 g",
        price=UnitPrice.parse("4.1234", EURO),
        taxes=(Tax(Decimal("21.5"), included=False, name="VAT"), Tax(Decimal(0))),
        barcodes=("8991234567890", "0001"),
        category="drinks",
        tags=frozenset({"b", "a"}),
        product="coffee",
        tax_group="reduced",
        fixed_tax=EURO.money("0.25"),
        floor_price=UnitPrice.parse("1", EURO),
        sale_price=UnitPrice.parse("3.99", EURO),
        active=False,
        weighed=True,
        minimum_age=18,
        picture="coffee.png",
        popularity=7,
    )


def an_account() -> LoyaltyAccount:
    return LoyaltyAccount(
        member_id="m-1",
        name="Siti",
        masked_mobile="…5678",
        masked_card="…0042",
        group="staff",
        tier="Gold",
        balances=(
            PointsBalance("p", Points(34050, 2), Points(100, 2), ExpiringPoints(Points(50, 2), date(2026, 4, 1))),
            PointsBalance("q", Points(3), Points(0)),
        ),
        wallet=EURO.money("12.30"),
        lifetime_spend=EURO.money("1000.00"),
        orders_placed=9,
        orders_cancelled=1,
        rule_uses={"coffee": 2},
        pending=True,
        seen_at=NOON,
    )


def a_bill() -> Bill:
    return Bill(
        bill_id="bill-1",
        currency=EURO,
        lines=(
            BillLine(
                "l1",
                an_item(),
                Quantity.parse("0.755"),
                UnitPrice.parse("3.5", EURO),
                override=OVERRIDE,
                discount=HandDiscount(percent=Decimal("12.5"), reason="regular", actor="ani", approver="budi"),
                card="GC-1",
                salesperson_id="rina",
                note="cut thin",
            ),
            BillLine(
                "l2",
                an_item(),
                Quantity.of(2),
                UnitPrice.parse("3.99", EURO),
                discount=HandDiscount(each=EURO.money("0.50")),
            ),
        ),
        customer=an_account(),
        customer_source=CustomerSource.CARD,
        salesperson=Salesperson("rina", "Rina"),
        claims=(CLAIM,),
        codes=("SUMMER",),
        switched_off=frozenset({KEY, OfferKey("a")}),
        declined=frozenset({OfferKey("b", "1")}),
        price_list="members",
        note="for Mrs Tan",
        training=True,
        buyer_tax_number="27AAPFU0939F1ZV",
    )


def a_receipt_line() -> ReceiptLine:
    return ReceiptLine(
        line_id="l1",
        sku="BANK CHARGES",
        name="Coffee",
        quantity=Quantity.parse("-0.755"),
        unit_price=UnitPrice.parse("3.5", EURO),
        gross=EURO.money("-2.64"),
        net=EURO.money("-2.00"),
        discounts=(ReceiptDiscount(KEY, LocalName("Free coffee", {"id": "Kopi gratis"}), EURO.money("-0.64")),),
        taxes=(Tax(Decimal("21.5"), included=False, name="VAT"),),
        override=OVERRIDE,
        hand_discount=HandDiscount(percent=Decimal(5)),
        salesperson_id="rina",
        card="GC-1",
        note="cut thin",
        free=True,
    )


TENDERS = (
    Tender(
        "t1", PaymentMode.CASH, EURO.money("1.00"), EURO.money("5.00"), NOON, EURO.money("0.02"), "r", "Cash"
    ),
    Tender("t2", PaymentMode.CARD, EURO.money("1.00"), EURO.money("1.00"), NOON),
    Tender(
        "t3",
        PaymentMode.GIFT_CARD,
        EURO.money("1.00"),
        EURO.money("1.00"),
        NOON,
        label="…0001",
        value=ValueTaken("r-2", "card-1", EURO.money("4.00"), "proof=="),
    ),
)  # fmt: skip


def a_receipt() -> Receipt:
    return Receipt(
        bill_id="bill-1",
        number=ReceiptNumber("JKT", "T1", 2, 41),
        kind=ReceiptKind.RETURN,
        currency=EURO,
        shop_name="Toko",
        cashier_id="ani",
        cashier_name="Ani",
        at=NOON,
        lines=(a_receipt_line(),),
        before=EURO.money("-2.64"),
        discount=EURO.money("-0.64"),
        total=EURO.money("-2.00"),
        untaxed=EURO.money("-1.65"),
        tax=EURO.money("-0.35"),
        taxes=(TaxAmount("21.5", "VAT", (Decimal("21.5"),), False, EURO.money("-1.65"), EURO.money("-0.35")),),
        tenders=TENDERS,
        coupons=(ReceiptCoupon("NEXT-77", LocalName("Two euros off", {"id": "Dua euro"}), date(2026, 3, 31)),),
        customer=ReceiptCustomer("m-1", "Siti", "…5678", "Gold", CustomerSource.NAME),
        salesperson_id="rina",
        salesperson_name="Rina",
        redemptions=(ReceiptRedemption("r-1", "p", Points(20000, 2), EURO.money("2.00"), "proof==", "m-2"),),
        points=(
            ReceiptPoints(
                "p",
                LocalName("Points"),
                Points(34050, 2),
                Points(20000, 2),
                Points(150, 2),
                ExpiringPoints(Points(1, 2), date(2026, 5, 1)),
            ),
            ReceiptPoints("q", LocalName("Stamps"), None, Points(0), Points(1)),
        ),
        expected_earning=(PointsMoved("p", Points(150, 2)),),
        claims=(CLAIM,),
        codes=("SUMMER",),
        switched_off=(KEY,),
        declined=(OfferKey("b"),),
        offers=(ReceiptOffer(OfferKey("c", "1"), PromotionOutcome.LOST, "hold_ran_out"),),
        price_list="members",
        programme_version=3,
        catalogue_version=12,
        returns="bill-0",
        reason="broken",
        approver_id="budi",
        training=True,
        note="Gift wrap",
        buyer_tax_number="27AAPFU0939F1ZV",
    )


def rupiah(minor: int) -> Money:
    return Money(minor, Currency("IDR", 0))


def a_shift_report() -> ShiftReport:
    name = LocalName("Free coffee", {"id": "Kopi gratis"})
    return ShiftReport(
        sales=12,
        sold=EURO.money("120.50"),
        refunds=1,
        refunded=EURO.money("3.20"),
        discount=EURO.money("4.10"),
        rounding=EURO.money("0.02"),
        cash=EURO.money("190.00"),
        openings=2,
        first_number="2-000001",
        last_number="2-000013",
        tenders=(TenderTotal(PaymentMode.CASH, 13, EURO.money("95")),),
        taxes=(TaxTotal("VAT", (Decimal("21.5"),), included=False, base=EURO.money("90"), amount=EURO.money("19.35")),),
        promotions=(PromotionTotal("coffee", name, 2, EURO.money("4.10")),),
        points=(PointsTotal("poin", name, Points(1000, 2), Points(250, 2)),),
        sellers=(SellerTotal("s-1", "Made", 3, EURO.money("50")),),
    )


def a_shift() -> Shift:
    fifty = CashMovement("move-1", MovementKind.PAY_OUT, EURO.money("5"), "Ice", NOON, "ani", "budi")
    counted = (Counted(EURO.money("50"), 3), Counted(EURO.money("10"), 4))
    return Shift(
        shift_id="shift-1",
        till_id="2",
        opened_at=NOON,
        opened_by="ani",
        opening_float=EURO.money("100"),
        people=("ani", "rizky"),
        movements=(fifty,),
        closing=ShiftClosing(7, NOON, "ani", counted, a_shift_report(), "budi", 1, 2, "ab" * 32),
    )
