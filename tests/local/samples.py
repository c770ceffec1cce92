"""Small bills, receipts and rows for the tests of the disk."""

from datetime import UTC, datetime
from decimal import Decimal
from zlib import crc32

from tests.fakes.clock import FakeClock
from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount, PointsBalance, Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing.result import PointsMoved, TaxAmount
from tukar.domain.receipt import (
    Receipt,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptPoints,
    ReceiptRedemption,
)
from tukar.domain.redemption import RedemptionState
from tukar.domain.tender import PaymentMode, Tender
from tukar.local.journal import SqliteJournal
from tukar.till.ports import Deadline, RedemptionRow

IDR = Currency("IDR", 0, 100)
AT = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)


def rupiah(amount: int) -> Money:
    return Money(amount, IDR)


def item(sku: str = "KOPI-250", name: str = "Kopi Gayo 250 g", price: int = 65_000, popularity: int = 0) -> Item:
    tax = Tax(rate=Decimal(11), name="PPN")
    # Not hash(): it differs in every run, and a code that begins like another's is then found with it.
    barcodes = (f"299{crc32(sku.encode()):010d}",)
    return Item(sku, name, UnitPrice.of(rupiah(price)), (tax,), barcodes, popularity=popularity)


def bill(bill_id: str = "bill-1", member_id: str = "member-1") -> Bill:
    customer = LoyaltyAccount(
        member_id, "Sari", "…5678", balances=(PointsBalance("points", Points(500), Points(0)),), seen_at=AT
    )
    empty = Bill(bill_id, IDR, customer=customer, salesperson=Salesperson("s-1", "Budi"))
    return empty.with_item(item(), Quantity.of(2), "line-1").with_claim(Claim(OfferKey("rule-1"), points=Points(200)))


def tender(tender_id: str = "tender-1", amount: int = 110_000) -> Tender:
    return Tender(tender_id, PaymentMode.CASH, rupiah(amount), rupiah(amount + 40_000), AT)


def receipt(
    bill_id: str = "bill-1",
    redemptions: tuple[str, ...] = (),
    member_id: str = "",
    *,
    returns: str = "",
    training: bool = False,
) -> Receipt:
    """A sale of two packs of coffee for Rp 130.000, Rp 20.000 off when points are given."""
    off = 20_000 if redemptions else 0
    discounts = (ReceiptDiscount(OfferKey("rule-1"), LocalName("Points off"), rupiah(off)),) if off else ()
    line = ReceiptLine(
        "line-1", "KOPI-250", "Kopi Gayo 250 g", Quantity.of(2), UnitPrice.of(rupiah(65_000)), rupiah(130_000),
        rupiah(130_000 - off), discounts,
    )  # fmt: skip
    total = rupiah(130_000 - off)
    return Receipt(
        bill_id, ReceiptNumber("TOKO1", "T1", 1, 1), ReceiptKind.SALE, IDR, "Toko Satu", "c-1", "Ayu", AT, (line,),
        rupiah(130_000), rupiah(off), total, rupiah(total.minor - 10_900), rupiah(10_900),
        (TaxAmount("ppn", "PPN", (), included=True, base=rupiah(total.minor - 10_900), amount=rupiah(10_900)),),
        (tender(f"tender-{bill_id}", total.minor),),
        customer=ReceiptCustomer(member_id, "Sari", "…5678") if member_id else None,
        redemptions=tuple(
            ReceiptRedemption(redemption, "points", Points(200), rupiah(20_000), "proof") for redemption in redemptions
        ),
        points=(ReceiptPoints("points", LocalName("Points"), Points(500), Points(200), Points(11)),) if off else (),
        expected_earning=(PointsMoved("points", Points(11)),) if member_id else (),
        programme_version=3, catalogue_version=7, returns=returns, training=training,
    )  # fmt: skip


def redemption(
    redemption_id: str = "redemption-1",
    state: RedemptionState = RedemptionState.QUOTED,
    *,
    bill_id: str = "bill-1",
    member_id: str = "member-1",
) -> RedemptionRow:
    clock = FakeClock()
    return RedemptionRow(
        redemption_id, bill_id, member_id, "points", state, Points(200), Points(300), rupiah(20_000),
        challenge_id="challenge-1", send_id="send-1", attempt_id="attempt-1", fingerprint="f00",
        asked_at=Deadline(clock.boot_id, 1_000.25), held_until=Deadline(clock.boot_id, 2_800.1),
        commit_by=Deadline(clock.boot_id, 2_200.1), proof="proof", note="a note",
    )  # fmt: skip


def held(journal: SqliteJournal, redemption_id: str = "redemption-1", **keys: str) -> None:
    """A redemption that the backend holds."""
    journal.add_redemption(redemption(redemption_id, RedemptionState.HELD, **keys))
