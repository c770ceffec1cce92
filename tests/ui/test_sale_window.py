"""A cashier's hands on the real window: keys only, the demo shop behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.counter_window import CounterWindow, names, sit_down
from tukar.domain.money import Quantity
from tukar.till.checkout_model import ExchangeView, GoodsBack
from tukar.till.keys import Command
from tukar.till.notices import Level, Notice, Say
from tukar.till.offering import OfferModel
from tukar.ui.kit import Look, NoticeStrip, QuietButton


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[CounterWindow]:
    with sit_down(qtbot, look, resources) as found:
        yield found


def test_enter_pays_when_nothing_else_is_next(desk: CounterWindow) -> None:
    desk.press("Enter")
    assert desk.paid == [], "an empty bill is not paid"
    desk.press("8991204011751", "Enter", "Enter")
    assert desk.paid == [True]
    desk.press("F9")
    assert desk.paid == [True, True]


def test_arrows_plus_minus_and_del_work_on_the_bill(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "8991002105522", "Enter", "Up", "+")
    assert [line.quantity.pieces for line in desk.counter.sale.bill.lines] == [2, 1]
    desk.press("-", "Down", "Del")
    assert names(desk) == ["Kopi Susu Gula Aren 250 ml"]


def test_a_salesperson_is_chosen_by_number(desk: CounterWindow) -> None:
    desk.press("F6", "2")
    person = desk.counter.sale.bill.salesperson
    assert person is not None
    assert person.name in [button.label for button in desk.window.bill.findChildren(QuietButton)]
    assert not desk.window.salespeople.isVisible()


def test_keys_of_the_window_rest_under_a_sheet(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "F3", "F9")
    assert desk.window.customers.isVisible()
    assert desk.paid == []
    desk.press("Esc")
    assert not desk.window.customers.isVisible()


def test_a_new_customer_is_enrolled_by_keys(desk: CounterWindow) -> None:
    desk.press("F3", "081298765432", "Enter")
    desk.answer()
    desk.press("Enter")
    form = desk.window.customers.form
    desk.press("Rini")
    assert form.name.text() == "Rini"
    desk.press("Enter")
    assert form.consent.hasFocus(), "Enter goes to what is missing"
    assert desk.counter.members.enrolled == []
    desk.press("Enter", "Enter")
    desk.answer()
    assert desk.counter.members.enrolled[0].name == "Rini"
    desk.press("Enter")
    assert not desk.window.customers.isVisible()
    assert desk.counter.sale.bill.customer is not None


def test_the_language_is_switched_in_the_open_window(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter")
    desk.language.choose("id")
    assert desk.window.side.total.pay.label == "Bayar"
    assert desk.window.key_bar.buttons[Command.CUSTOMER].label == "Pelanggan"
    assert desk.window.search.field.line.placeholderText() == "Nama atau kode barang"
    assert "@ Rp" in desk.window.bill.lines.rows[0].accessible
    desk.language.choose("en")
    assert desk.window.side.total.pay.label == "Pay"


def test_tab_follows_the_work(desk: CounterWindow) -> None:
    """visual.md: order left to right = order of work = focus order: find, bill, customer, promotions, pay."""
    desk.press("8991204011751", "Enter", "F2")
    seen: list[QWidget] = []
    panels = (desk.window.search, desk.window.bill, desk.window.side.customer, desk.window.side.promotions,
              desk.window.side.total, desk.window.key_bar)  # fmt: skip
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        panel = next((panel for panel in panels if panel.isAncestorOf(focus)), None)
        if panel is not None and panel not in seen:
            seen.append(panel)
        desk.press("Tab")
    assert seen == list(panels)


def test_a_thousand_lines_tell_the_view_only_what_changed(desk: CounterWindow) -> None:
    """performance.md, P4: a scan on a long bill writes one row."""
    desk.counter.sell(*(item.sku for item in desk.counter.shelf.items[:200] if item.active))
    before = desk.window.bill._written
    desk.press("8991204011751", "Enter")
    after = desk.window.bill._written
    assert sum(one is not other for one, other in zip(before, after, strict=False)) <= 3


def test_the_key_of_hold_recalls_while_the_bill_is_empty(desk: CounterWindow) -> None:
    hold = desk.window.key_bar.buttons[Command.HOLD]
    empty = hold.spoken()
    desk.press("8991204011751", "Enter")
    assert (empty, hold.spoken()) == ("Recall, F4", "Hold, F4")


def test_the_customer_is_reached_by_tab_and_opened_by_space(desk: CounterWindow) -> None:
    desk.counter.greet("dewi")
    block = desk.window.side.customer
    assert block.accessibleName() == "Customer Dewi Lestari, F3"
    block.setFocus()
    desk.press("Space")
    assert desk.window.customers.isVisible()
    assert desk.counter.sale.bill.customer is not None


def test_a_scanner_that_ends_a_code_by_two_enters_pays_nothing(desk: CounterWindow) -> None:
    def enter(at: int) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        event.setTimestamp(at)
        QApplication.sendEvent(QApplication.focusWidget() or desk.window, event)

    desk.press("8991204011751")
    enter(5_000)
    enter(5_010)
    assert len(names(desk)) == 1
    assert desk.paid == []
    enter(5_400)
    assert desk.paid == [True]


def test_a_question_is_answered_safely_by_enter_and_esc(desk: CounterWindow) -> None:
    lost: list[bool] = []
    question = desk.window.question
    for key in ("Enter", "Esc"):
        question.ask("Clear the bill?", "Two lines go.", "Clear", lambda: lost.append(True))
        assert question.isVisible()
        desk.press(key)
        assert not question.isVisible()
    assert lost == []
    question.ask("Clear the bill?", "Two lines go.", "Clear", lambda: lost.append(True))
    clear = next(button for button in question.findChildren(QuietButton) if button.label == "Clear")
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert lost == [True]
    assert not question.isVisible()


def test_what_no_longer_fits_is_said_beside_the_bill(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter")
    desk.window.show_offer(OfferModel(notice=Notice(Say.OFFER_GONE, Level.WARN)))
    strips = [strip.sentence for strip in desk.window.bill.findChildren(NoticeStrip) if strip.isVisible()]
    assert strips == ["That does not fit this bill now. Nothing was changed."]


def test_for_the_left_hand_the_planes_are_mirrored_and_nothing_overlaps(desk: CounterWindow, look: Look) -> None:
    window = desk.window
    right = [plane.geometry() for plane in (window.search, window.bill, window.side)]
    look.use_hand(left=True)
    left = [plane.geometry() for plane in (window.search, window.bill, window.side)]
    for before, after in zip(right, left, strict=True):
        assert after.size() == before.size()
        assert after.left() == window.width() - before.right() - 1
    assert window.side.x() == 0
    picture, row = window.grab().toImage(), window.side.height() - 100
    edge = picture.pixelColor(0, row)
    assert edge == picture.pixelColor(1, row), "no line where the window ends"
    for plane in (window.side, window.bill):
        end = plane.geometry().right()
        assert picture.pixelColor(end, row) not in (picture.pixelColor(end - 1, row), picture.pixelColor(end + 1, row))
    look.use_hand(left=False)
    assert [plane.geometry() for plane in (window.search, window.bill, window.side)] == right


def test_an_exchange_in_hand_is_plain_to_see(desk: CounterWindow) -> None:
    def ledger() -> list[tuple[str, str]]:
        return [(row.label, row.figure.replace("\N{NO-BREAK SPACE}", " ")) for row in desk.window.bill.totals.rows]

    money = desk.counter.sale.priced.total.currency.money
    goods = tuple(GoodsBack(f"Item {n}", Quantity.of(n), money("10000")) for n in range(1, 5))
    exchange = ExchangeView("2-000301", money("40000"), money("0"), goods=goods)
    desk.counter.billing.exchanging(exchange)
    assert ledger() == [
        ("1 Item 1", "−Rp 10.000"), ("2 Item 2", "−Rp 10.000"), ("and 2 more", ""),
        ("Comes back from bill 2-000301", "−Rp 40.000"),
    ]  # fmt: skip
    desk.press("8991204011751", "Enter")
    total = desk.counter.sale.priced.total
    assert total < exchange.credit
    assert ledger()[-1] == ("To give back", f"Rp {(exchange.credit - total).minor // 1000}.000")
    desk.press("+", "+")
    assert ledger()[-1][0] == "Left to pay"
    desk.counter.billing.exchanging(None)
    assert [label for label, _ in ledger()] == ["Before promotions", "PPN included"]
