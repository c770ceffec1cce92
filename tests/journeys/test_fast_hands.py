"""Bill work and returns at the real till with the real backend: what the cashier does reaches the server's books."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.seat import SARI, Seat
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.tender import PaymentMode
from tukar.till.navigation import Place
from tukar.ui.held_sheet import HeldSheet
from tukar.ui.idle import Idle
from tukar.ui.more_sheet import More

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

BAGUS_PIN = "475869"
"""The supervisor, who stands first among those who may say yes."""
DEWI = "8800001015"


@pytest.fixture
def seat(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path / "till")
    yield seat
    seat.leave()


def receipts(seat: Seat) -> tuple[Receipt, ...]:
    journal = seat.demo.program.journal
    assert journal is not None
    return journal.recent_receipts()


def at_the_backend(seat: Seat, receipt: Receipt) -> Receipt:
    seat.all_sent()
    return seat.demo.program.backend.bill(str(receipt.number))


def test_a_price_by_hand_reaches_receipt_and_backend_with_both_names(seat: Seat) -> None:
    seat.sign_in()
    seat.item("Beras")
    seat.type("*")
    seat.until(seat.window.sale.line.isVisible, "the line")
    seat.press("Down")
    seat.type("60000")
    seat.press("Return")
    seat.type("Torn bag")
    seat.press("Return")
    seat.until(seat.window.approval.isVisible, "the manager's PIN")
    seat.type(BAGUS_PIN)
    seat.press("Return")
    seat.until(lambda: not seat.window.sale.line.isVisible(), "the price on the bill")
    seat.pay()
    seat.press("Return")
    seat.saved()
    told = at_the_backend(seat, receipts(seat)[0]).lines[0].override
    assert told is not None
    assert told.reason == "Torn bag"
    assert "" not in (told.actor, told.approver)
    assert told.actor != told.approver


def test_part_of_a_sale_comes_back_with_money_and_points(seat: Seat) -> None:
    seat.sign_in()
    seat.item("Beras")
    seat.item("Indomie")
    seat.customer(DEWI)
    seat.press("Escape")
    seat.pay()
    seat.press("Return")
    seat.saved()
    seat.press("Return")
    sale = receipts(seat)[0]
    seat.all_sent()
    seat.press("F1")
    seat.until(seat.window.more.isVisible, "what has no key")
    seat.type("1" + sale.number.short)
    seat.press("Return")
    seat.until(lambda: bool(seat.window.returns.lines.rows), "the lines of the sale")
    seat.type("+")
    seat.press("Return")
    seat.until(lambda: "Pay out" in seat.window.returns.next.label, "what the backend agreed")
    seat.press("Return")
    seat.until(lambda: seat.window.returns.next.label == "Done", "the saved return")
    seat.press("Return")
    back = receipts(seat)[0]
    assert (back.kind, back.returns, back.lines[0].quantity.thousandths) == (
        ReceiptKind.RETURN,
        sale.bill_id,
        -1000,
    )
    assert back.tenders[0].mode is PaymentMode.CASH
    assert at_the_backend(seat, back).total == back.total
    journal = seat.demo.program.journal
    assert journal is not None
    assert journal.review_items() == ()
    assert journal.unfinished_refunds() == ()


def test_note_and_tax_number_reach_paper_backend_and_another_till(seat: Seat) -> None:
    seat.sign_in()
    seat.item("Beras")
    seat.write_on_bill("Kirim besok", "012345678901000")
    assert seat.reads("Kirim besok")
    assert not seat.reads("01.234.567.8-901.000"), "on the screen only its last signs"
    held = seat.window.findChild(HeldSheet)
    assert isinstance(held, HeldSheet)
    seat.press("F4")
    journal = seat.demo.program.journal
    assert journal is not None
    seat.until(lambda: any(draft.aside for draft in journal.drafts()), "a bill set aside on the disk")
    seat.press("F4")
    seat.until(lambda: bool(held.list.rows), "the bills set aside")
    assert "Kirim besok" in held.list.rows[0].accessible
    seat.press("Return")
    seat.until(lambda: bool(seat.window.sale.bill.lines.rows), "the bill taken up")
    seat.pay()
    seat.press("Return")
    seat.saved()
    assert seat.reads("Buyer's NPWP  01.234.567.8-901.000")
    assert seat.reads("Note: Kirim besok")
    told = at_the_backend(seat, receipts(seat)[0])
    assert (told.note, told.buyer_tax_number) == ("Kirim besok", "01.234.567.8-901.000")


def test_the_file_for_support_is_one_click(seat: Seat) -> None:
    seat.sign_in()
    seat.press("F1")
    seat.until(seat.window.more.isVisible, "the choices of F1")
    seat.type(seat.window.more.buttons[More.SUPPORT].key.lower())
    seat.until(lambda: seat.reads("to support"), "where the file lies")
    (file,) = (seat.folder / "support").iterdir()
    assert seat.reads(str(file))
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("till.json"))
    assert "facts" in told


def test_a_scanner_works_over_whatever_is_open(seat: Seat) -> None:
    seat.sign_in()
    window = seat.window
    seat.scan("8991002105522")
    seat.until(lambda: len(window.sale.bill.lines.rows) == 1, "the scanned item")
    seat.press("F3")
    seat.until(window.sale.customers.isVisible, "the customer sheet")
    seat.type("0812")
    seat.scan("8991204011751")
    seat.until(lambda: len(window.sale.bill.lines.rows) == 2, "an item scanned over the phone field")
    assert window.sale.customers.field.text() == "0812", "no digit of the code landed in the number"
    seat.scan(DEWI)
    seat.until(lambda: not window.sale.customers.isVisible(), "the customer of the card")
    seat.press("Escape")
    seat.pay()
    seat.press("Return")
    seat.saved()
    seat.press("Return")
    seat.until(lambda: not window.receipt.isVisible(), "the next sale")
    seat.all_sent()
    seat.scan(str(receipts(seat)[0].number))
    seat.until(lambda: bool(window.returns.lines.rows), "the receipt that was scanned")


def test_a_till_left_alone_locks_and_the_pin_brings_the_bill_back(seat: Seat) -> None:
    seat.sign_in()
    seat.item("Beras")
    idle = seat.window.findChild(Idle)
    assert isinstance(idle, Idle)
    idle.left_alone.emit()
    seat.until(lambda: seat.window.place is Place.SIGN_IN, "a locked till")
    seat.type(SARI[1])
    seat.press("Return")
    seat.until(lambda: seat.window.place is Place.SALE, "the sale")
    assert len(seat.window.sale.bill.lines.rows) == 1
