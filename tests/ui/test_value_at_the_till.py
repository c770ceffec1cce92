"""Gift cards and store credit in the window: sold, paid with and told of by keys."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.till.bench import shelf
from tests.ui.till_shop import Shop, open_shop
from tukar.domain.pricing.issuing import code_left_by
from tukar.domain.tender import PaymentMode
from tukar.till.card_selling import CardSelling
from tukar.till.checkout_model import CheckoutState
from tukar.till.payment_model import Way
from tukar.ui.kit import Look, NoticeStrip

CARD = "Kartu Hadiah Rp 100.000"
CODE = "KADO-3QRT"


@pytest.fixture
def shop(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Shop]:
    with open_shop(qtbot, look, resources) as found:
        found.sign_in()
        yield found


def reads(part: QWidget, words: str) -> bool:
    """Whether somebody who looks at it finds the words."""
    return any(words in label.text() for label in part.findChildren(QLabel) if label.isVisible())


def go_to(shop: Shop, way: Way) -> None:
    """Along the ways to pay by arrow."""
    for _ in Way:
        if shop.window.payment.ways[way].isChecked():
            return
        shop.press(Qt.Key.Key_Right)
    pytest.fail(f"no arrow leads to {way}")


def test_a_card_sold_says_what_to_scan_and_takes_the_code_of_the_card(shop: Shop) -> None:
    selling = CardSelling(shop.till.sale, shop.till.gear, shop.window.sale.bill.tell)
    shop.till.sale.add(shelf().named(CARD))
    (notice,) = shop.window.sale.bill.findChildren(NoticeStrip)
    assert "Scan the gift card" in notice.sentence
    assert "the receipt prints a new code" in notice.sentence
    assert selling.scanned(CODE)
    assert shop.till.sale.bill.lines[0].card == CODE
    assert "3QRT is sold with this bill" in notice.sentence


def test_without_a_scan_the_card_is_paid_and_the_slip_has_its_new_code(shop: Shop) -> None:
    CardSelling(shop.till.sale, shop.till.gear, shop.window.sale.bill.tell)
    shop.till.sale.add(shelf().named(CARD))
    bill = shop.till.sale.bill
    shop.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert shop.stands() is CheckoutState.SAVED
    (saved,) = shop.bench.journal.recent_receipts()
    assert saved.lines[0].card == code_left_by(bill.bill_id, bill.lines[0].line_id)


def test_a_gift_card_pays_what_it_has_and_cash_the_rest(shop: Shop) -> None:
    shop.bench.backend.sell_card(CODE, 100_000)
    shop.bench.ring_rice(shop.till)
    shop.press(Qt.Key.Key_Return)
    go_to(shop, Way.GIFT_CARD)
    shop.type(CODE)
    shop.press(Qt.Key.Key_Return)
    assert shop.window.payment.amount.holds.text().endswith("3QRT has Rp\N{NO-BREAK SPACE}100.000")
    assert shop.window.payment.next.label == "Take Rp\N{NO-BREAK SPACE}100.000"
    shop.press(Qt.Key.Key_Return)
    assert reads(shop.window.payment, "49.000")
    shop.press(Qt.Key.Key_Return)
    (saved,) = shop.bench.journal.recent_receipts()
    assert [tender.mode for tender in saved.tenders] == [PaymentMode.GIFT_CARD, PaymentMode.CASH]


def test_store_credit_pays_by_arrow_and_enter(shop: Shop) -> None:
    shop.bench.backend.posted["value.store_credit"] = 30_000
    shop.till.sale.set_customer(replace(shop.bench.customer(), wallet=shop.bench.money(30_000)))
    shop.bench.ring_rice(shop.till)
    shop.press(Qt.Key.Key_F9)
    go_to(shop, Way.STORE_CREDIT)
    assert shop.window.payment.amount.holds.text().endswith("has Rp\N{NO-BREAK SPACE}30.000")
    shop.press(Qt.Key.Key_Return)
    assert shop.till.model.due == shop.bench.money(119_000)
    assert shop.window.payment.ways[Way.CASH].isChecked()
    shop.press(Qt.Key.Key_Return)
    (saved,) = shop.bench.journal.recent_receipts()
    assert [tender.mode for tender in saved.tenders] == [PaymentMode.STORE_CREDIT, PaymentMode.CASH]
