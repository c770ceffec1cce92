import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.ui.till_samples import IDR, NUDGE, SHOP, receipt, rupiah, tender
from tukar.domain.bill import HandDiscount, PriceOverride
from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.receipt import ReceiptCoupon, ReceiptKind
from tukar.domain.tender import PaymentMode, ValueTaken
from tukar.ui.kit import Look, read_tokens
from tukar.ui.printing import DOTS, MARGIN, ReceiptPrinting
from tukar.ui.receipt_rows import Bar, Names, Pair, Paper, QrRow, TotalRow, rows_of, text_of
from tukar.ui.translations import Language


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


@pytest.fixture
def printing(look: Look, language: Language, resources: Path) -> ReceiptPrinting:
    return ReceiptPrinting(read_tokens(resources / "styles" / "tokens.json"), language)


def _black(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 128


def test_a_receipt_tells_every_line_its_discount_and_the_sums(language: Language) -> None:
    text = text_of(Paper(receipt(), SHOP, nudge=NUDGE), language)
    for part in (
        "Toko Sumber Rejeki",
        "NPWP 01.234.567.8-421.000",
        "Bill 2-000317",
        "21\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026  14:12",
        "5 × 3.500 = 17.500",
        "Borong Mi: pay 4, take 5  −3.500",
        "TOTAL  Rp\N{NO-BREAK SPACE}173.500",
        "Debit BCA …4417  100.000",
        "Change  26.500",
        "PPN 11% included  9.811",
        "Dewi Lestari  …5678  Gold",
        "Points before  1.240",
        "Points from this bill  +34",
        "Points now  1.274",
        "120 points expire 30\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026",
        "26 more points: free coffee",
    ):
        assert part in text
    assert "COPY" not in text


def test_note_and_buyer_stand_on_the_paper_of_sale_and_return(language: Language) -> None:
    noted = replace(receipt(), note="Gift wrap", buyer_tax_number="01.234.567.8-901.000")
    text = text_of(Paper(noted, SHOP), language)
    assert "Buyer's NPWP  01.234.567.8-901.000" in text
    assert "Note: Gift wrap" in text
    abroad = text_of(Paper(noted, replace(SHOP, country="SG")), language)
    assert "Buyer's tax number  01.234.567.8-901.000" in abroad
    assert "Note" not in text_of(Paper(receipt(), SHOP), language)


def test_paper_names_who_allowed_and_who_served(language: Language) -> None:
    plain = receipt()
    first, second, third, *rest = plain.lines
    lines = (
        replace(first, override=PriceOverride("Torn bag", "sari", "bagus"), salesperson_id="SP2"),
        replace(second, hand_discount=HandDiscount(percent=Decimal(10), actor="sari", approver="gone")),
        replace(third, override=PriceOverride("label", "label"), salesperson_id=plain.salesperson_id),
    )
    names = Names(True, {"bagus": "Bagus Hidayat"}, {"SP1": "Rizky Pratama", "SP2": "Putri Ayu Lestari"})
    text = text_of(Paper(replace(plain, lines=(*lines, *rest)), SHOP, names=names), language)
    assert "Price by hand: Torn bag, allowed by Bagus Hidayat\nServed by Putri Ayu Lestari" in text
    assert "10% off by hand, allowed by gone" in text
    assert "Price by hand: label\n" in text
    assert text.count("Served by") == 1
    back = replace(receipt(kind=ReceiptKind.RETURN), reason="Broken", approver_id="bagus")
    text = text_of(Paper(back, SHOP, names=names), language)
    assert "Reason: Broken\nAllowed by Bagus Hidayat" in text
    quiet = text_of(Paper(back, SHOP, names=replace(names, tells_approver=False)), language)
    assert "Reason: Broken" in quiet
    assert "Bagus" not in quiet, "the shop keeps it to itself"


def test_a_reprint_a_return_and_practice_cannot_be_mistaken(language: Language) -> None:
    assert "COPY" in text_of(Paper(receipt(), SHOP, copy=True), language)
    assert "RETURN" in text_of(Paper(receipt(kind=ReceiptKind.RETURN), SHOP), language)
    first = rows_of(Paper(receipt(training=True), SHOP), language)[0]
    assert first == Bar("PRACTICE, NOT A SALE")


def test_spent_points_and_rounding_are_on_the_paper(language: Language) -> None:
    sold = receipt()
    points = replace(sold.points[0], spent=Points(200))
    cash = replace(tender(amount=73_500), amount=rupiah(73_500), rounding=Money(40, IDR))
    text = text_of(Paper(replace(sold, points=(points,), tenders=(cash,)), SHOP), language)
    assert "Points used  −200" in text
    assert "Points now  1.074" in text
    assert "Rounded to coins  40" in text


def test_what_a_gift_card_and_store_credit_still_hold_is_on_the_paper(language: Language) -> None:
    card = tender(PaymentMode.GIFT_CARD, 100_000, label="\N{HORIZONTAL ELLIPSIS}7K2M")
    credit = tender(PaymentMode.STORE_CREDIT, 73_500, label="Dewi Lestari")
    given = (
        replace(card, value=ValueTaken("r-1", "card-1", rupiah(0))),
        replace(credit, value=ValueTaken("r-2", "dewi", rupiah(26_500))),
    )
    text = text_of(Paper(replace(receipt(), tenders=given), SHOP), language)
    assert "Gift card \N{HORIZONTAL ELLIPSIS}7K2M  100.000\nLeft on the card  0" in text
    assert "Store credit  73.500\nStore credit left  26.500" in text


def test_a_gift_card_sold_and_a_coupon_have_their_codes_once(language: Language) -> None:
    sold = receipt()
    card = replace(sold.lines[0], name="Gift card Rp 100.000", card="KADO7K2MXQ")
    coupon = ReceiptCoupon("NEXT4RTY", LocalName("Rp 5.000 off"), date(2026, 3, 31))
    bill = replace(sold, lines=(card, *sold.lines[1:]), coupons=(coupon,))
    first, copy = Paper(bill, SHOP), Paper(bill, SHOP, copy=True)
    assert [row.content for row in rows_of(first, language) if isinstance(row, QrRow)] == [
        "KADO7K2MXQ", "NEXT4RTY", str(bill.number),
    ]  # fmt: skip
    text = text_of(first, language)
    assert "For your next visit: Rp 5.000 off\nNEXT4RTY\nBring this paper along by" in text
    assert "Pays like money, as soon as this bill has been sent" in text
    assert [row.content for row in rows_of(copy, language) if isinstance(row, QrRow)] == [str(bill.number)]
    assert "KADO7K2MXQ" not in text_of(copy, language)
    assert "NEXT4RTY" not in text_of(copy, language)


def test_a_bill_without_customer_or_discount_has_no_empty_parts(language: Language) -> None:
    plain = replace(receipt(), customer=None, points=(), discount=rupiah(0), before=rupiah(173_500))
    text = text_of(Paper(plain, SHOP), language)
    assert "Points" not in text
    assert "Before promotions" not in text


def test_the_image_is_one_bit_and_576_dots_wide(printing: ReceiptPrinting) -> None:
    image = printing.image(Paper(receipt(), SHOP, nudge=NUDGE))
    assert image.format() is QImage.Format.Format_Mono
    assert image.width() == DOTS
    assert not any(_black(image, x, y) for x in (0, MARGIN - 2, DOTS - 1) for y in range(image.height()))


def test_the_raster_has_a_black_dot_where_the_image_has(printing: ReceiptPrinting) -> None:
    paper = Paper(receipt(training=True), SHOP)
    image = printing.image(paper)
    width, height, dots = printing.raster(paper)
    assert (width * 8, height) == (image.width(), image.height())
    for x, y in ((MARGIN + 3, 30), (2, 30), (DOTS // 2, 20)):
        bit = dots[y * width + x // 8] >> (7 - x % 8) & 1
        assert bool(bit) == _black(image, x, y)
    assert dots[30 * width + 2] == 0xFF  # inside the bar


def test_a_scanner_reads_the_number_off_the_paper(printing: ReceiptPrinting) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = printing.image(Paper(receipt(), SHOP)).convertToFormat(QImage.Format.Format_Grayscale8)
    view = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    found = zxingcpp.read_barcodes(view)
    assert [code.text for code in found] == [str(receipt().number)]


def test_a_long_name_breaks_and_never_touches_its_amount(printing: ReceiptPrinting, language: Language) -> None:
    sold = receipt()
    wordy = replace(sold.lines[0], name="Minyak Goreng Kelapa Sawit Isi Ulang Dua Liter Ekstra Jernih " + "W" * 60)
    paper = Paper(replace(sold, lines=(wordy,)), SHOP)
    short = printing.image(Paper(replace(sold, lines=sold.lines[:1]), SHOP))
    image = printing.image(paper)
    assert image.height() > short.height() + 60
    assert not any(_black(image, DOTS - 1, y) for y in range(image.height()))


def test_a_huge_total_steps_down_and_stays_on_the_paper(printing: ReceiptPrinting, language: Language) -> None:
    huge = replace(receipt(), total=rupiah(123_456_789_012))
    assert any(isinstance(row, TotalRow) for row in rows_of(Paper(huge, SHOP), language))
    image = printing.image(Paper(huge, SHOP))
    assert not any(_black(image, x, y) for x in (0, 2, DOTS - 2) for y in range(image.height()))


def test_the_pdf_is_one_page_of_real_text(printing: ReceiptPrinting, tmp_path: Path) -> None:
    file = tmp_path / "receipt.pdf"
    printing.write_pdf(Paper(receipt(), SHOP, nudge=NUDGE), file)
    assert file.read_bytes().startswith(b"%PDF")
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not here: apt-get install poppler-utils")
    text = subprocess.run([reader, "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    assert text.count("\f") == 1
    for part in ("173.500", "Borong Mi: pay 4, take 5", "2-000317", "26 more points: free coffee", "1.274"):
        assert part in text


def test_a_pdf_that_cannot_be_written_is_told(printing: ReceiptPrinting, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        printing.write_pdf(Paper(receipt(), SHOP), tmp_path / "nowhere" / "receipt.pdf")


def test_a_printer_that_is_not_there_does_not_print(printing: ReceiptPrinting) -> None:
    assert not printing.print_on(Paper(receipt(), SHOP), "no such printer")


def test_the_code_says_the_whole_number(language: Language) -> None:
    rows = rows_of(Paper(receipt(), SHOP), language)
    assert QrRow("TSR-2-1-317") in rows
    assert any(isinstance(row, Pair) and row.right == "0" for row in rows)


def test_a_return_tells_points_both_ways(language: Language) -> None:
    sold = receipt()
    points = replace(sold.points[0], before=Points(1_074), spent=Points(-200), earned=Points(-34))
    text = text_of(Paper(replace(sold, kind=ReceiptKind.RETURN, points=(points,)), SHOP), language)
    for part in ("RETURN", "Points given back  +200", "Points taken back  −34", "Points now  1.240"):
        assert part in text


def test_what_was_done_by_hand_stands_under_its_line(language: Language) -> None:
    sold = receipt()
    first = replace(
        sold.lines[0],
        override=PriceOverride("Torn bag", "sari", "hendra"),
        hand_discount=HandDiscount(percent=Decimal("12.5"), reason="Damaged", actor="sari"),
        note="Cut thin",
    )
    text = text_of(Paper(replace(sold, lines=(first, *sold.lines[1:])), SHOP), language)
    for part in ("Price by hand: Torn bag", "12,5% off by hand: Damaged", "Cut thin"):
        assert part in text
    assert "hendra" not in text, "who said yes is for the shop"
