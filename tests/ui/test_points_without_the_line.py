"""The redeem sheet where the backend is silent, or where another bill holds the customer's points."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes.model_backend import Held
from tests.till.bench import ORDER
from tests.ui.till_shop import Shop, open_shop
from tukar.domain.redemption import HoldState
from tukar.domain.shop import OfflinePoints
from tukar.till.checkout_model import CheckoutState
from tukar.ui.kit import Look, TenderRow


@pytest.fixture
def shop(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Shop]:
    with open_shop(qtbot, look, resources) as found:
        found.sign_in()
        found.till.sale.set_customer(found.bench.customer())
        found.bench.ring_rice(found.till)
        yield found


def test_points_are_taken_on_trust_and_the_cashier_reads_so(shop: Shop) -> None:
    shop.till.copies.offline_points = OfflinePoints(300, 300, date(2026, 12, 31))
    shop.bench.backend.down = True
    shop.till.gear.line.lost()
    assert shop.till.sale.claim(ORDER)
    sheet = shop.window.redeem
    shop.press(Qt.Key.Key_F9)
    assert shop.stands() is CheckoutState.UNSURE
    assert sheet.trust.isVisible()
    assert not sheet.without.isVisible()
    assert sheet.trust.label == "Take 200 points on trust"
    shop.press(Qt.Key.Key_F4)
    assert not sheet.isVisible()
    assert shop.stands() is CheckoutState.PAYING
    (row,) = shop.window.payment.ledger.list.rows
    assert isinstance(row, TenderRow)
    assert row.sub == "Taken on trust"


def test_without_the_shop_s_word_the_sheet_has_no_such_way(shop: Shop) -> None:
    assert shop.till.sale.claim(ORDER)
    shop.bench.backend.down = True
    shop.press(Qt.Key.Key_F9)
    for _ in range(4):
        shop.bench.immediate.advance(2.1)
    assert shop.stands() is CheckoutState.UNSURE
    assert not shop.window.redeem.trust.isVisible()


def test_what_another_bill_holds_stands_on_the_sheet_with_the_way_to_it(shop: Shop) -> None:
    shop.bench.backend.holds["lost"] = Held(None, "poin", 300, HoldState.HELD, until=1e9, bill_id="elsewhere")
    shop.till.sale.set_customer(shop.bench.backend.member("dewi"))
    shop.press(Qt.Key.Key_Escape, Qt.Key.Key_F8)
    release = shop.window.redeem.release
    assert release.isVisible()
    assert release.label == "300 points are held by another bill. Call the manager"
    shop.press(Qt.Key.Key_F6)
    assert shop.window.approval.isVisible()
