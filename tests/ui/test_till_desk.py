"""The window, its presenters and the real checkout together: from signing in to the next customer by keys alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.till.bench import ORDER, demo_shop, profile, shelf
from tests.till.test_signing_in import HENDRA, SARI
from tests.ui.till_shop import Shop, open_shop
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.offer import LocalName
from tukar.domain.pricing import RuleBook
from tukar.domain.receipt import ReceiptKind
from tukar.domain.reward import AmountOff, FreeItem
from tukar.domain.rule import Apply, Rule
from tukar.till.checkout_model import CheckoutState
from tukar.till.navigation import Place
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.kit import Look, PromotionKind, PromotionRow
from tukar.ui.more_sheet import More


@pytest.fixture
def shop(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Shop]:
    with open_shop(qtbot, look, resources) as found:
        yield found


def _bill(shop: Shop, *, customer: bool = True) -> None:
    shop.sign_in()
    if customer:
        shop.till.sale.set_customer(shop.bench.customer())
    shop.bench.ring_rice(shop.till)


def test_from_signing_in_to_the_next_customer_by_keys(shop: Shop) -> None:
    assert shop.place() is Place.SIGN_IN
    _bill(shop, customer=False)
    assert shop.place() is Place.SALE
    shop.press(Qt.Key.Key_F9)
    assert shop.place() is Place.PAYMENT
    shop.press(Qt.Key.Key_Return)
    assert shop.stands() is CheckoutState.SAVED
    assert shop.window.receipt.isVisible()
    shop.type("s")
    shop.press(Qt.Key.Key_Return)
    assert shop.stands() is CheckoutState.SELLING
    assert shop.place() is Place.SALE
    assert not shop.window.receipt.isVisible()


def test_points_with_a_code_by_keys(shop: Shop) -> None:
    _bill(shop)
    shop.press(Qt.Key.Key_Escape)  # the offer by the order is not wanted
    shop.press(Qt.Key.Key_F9, Qt.Key.Key_F8)
    assert shop.window.redeem.isVisible()
    shop.press(Qt.Key.Key_Return)
    assert shop.window.redeem.code.hasFocus()
    shop.type("111111")
    shop.press(Qt.Key.Key_Return)
    assert shop.window.redeem.code.wrong
    shop.type("424242")
    shop.press(Qt.Key.Key_Return)
    assert not shop.window.redeem.isVisible()
    assert shop.window.payment.ledger.due.text() == "Rp\N{NO-BREAK SPACE}100.000"
    shop.press(Qt.Key.Key_Right)
    shop.press(Qt.Key.Key_Return)
    assert shop.stands() is CheckoutState.SAVED


def test_points_without_a_code_wait_for_the_manager_at_the_till(shop: Shop) -> None:
    shop.bench.backend.pins[HENDRA.staff_id] = HENDRA.pin_hash
    _bill(shop)
    shop.press(Qt.Key.Key_F8, Qt.Key.Key_Return)
    assert shop.stands() is CheckoutState.CODE
    assert shop.window.redeem.without.isVisible()
    shop.window.redeem.without.click()
    assert shop.window.approval.isVisible()
    shop.type(HENDRA.pin_hash)
    shop.press(Qt.Key.Key_Return)
    assert not shop.window.approval.isVisible()
    assert not shop.window.redeem.isVisible()
    assert shop.stands() is CheckoutState.PAYING
    assert shop.bench.backend.held("reward") == 490


def test_escape_asks_before_a_bill_is_lost(shop: Shop) -> None:
    _bill(shop, customer=False)
    sheet = shop.window.findChild(BillSheet)
    assert isinstance(sheet, BillSheet)
    shop.press(Qt.Key.Key_Escape)
    assert sheet.isVisible()
    shop.press(Qt.Key.Key_Return)
    assert not shop.is_empty()
    shop.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    shop.press(Qt.Key.Key_Escape)
    shop.type("2")
    shop.press(Qt.Key.Key_Return)
    assert shop.window.approval.isVisible()
    shop.type("586970")
    shop.press(Qt.Key.Key_Return)
    assert shop.is_empty()
    (deed,) = [row for row in shop.bench.journal.trail if row[1] == "void_bill"]
    assert deed[0] == "sari"
    assert deed[3].endswith("Not wanted any more (hendra)")


def test_del_says_why_before_a_line_goes(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.press(Qt.Key.Key_Delete)
    assert not shop.is_empty()
    shop.type("1")
    shop.press(Qt.Key.Key_Return)
    assert shop.is_empty()
    assert [row[1] for row in shop.bench.journal.trail] == ["void_line"]


def test_a_discount_on_the_bill_by_keys(shop: Shop) -> None:
    _bill(shop, customer=False)
    total = shop.till.sale.priced.total.minor
    shop.press(Qt.Key.Key_F1)
    shop.type(shop.window.more.buttons[More.DISCOUNT].key)
    shop.type("10")
    shop.press(Qt.Key.Key_Tab)
    shop.type("goodwill")
    shop.press(Qt.Key.Key_Return)
    shop.type("586970")
    shop.press(Qt.Key.Key_Return)
    assert shop.till.sale.priced.total.minor == total - total // 10


def test_escape_on_an_empty_bill_asks_nothing(shop: Shop) -> None:
    shop.sign_in()
    shop.press(Qt.Key.Key_Escape)
    assert not shop.window.question.isVisible()


def test_the_till_locks_over_a_code_and_comes_back_to_it(shop: Shop) -> None:
    _bill(shop)
    shop.press(Qt.Key.Key_Escape, Qt.Key.Key_F9, Qt.Key.Key_F8, Qt.Key.Key_Return)
    shop.type("42")
    shop.press(Qt.Key.Key_F12)
    assert shop.place() is Place.SIGN_IN
    assert not shop.window.redeem.isVisible()
    shop.type("142536")
    shop.press(Qt.Key.Key_Return)
    assert shop.place() is Place.PAYMENT
    assert shop.window.redeem.isVisible()


def test_a_manager_lets_in_by_keys_while_a_bill_waits_in_a_locked_till(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.press(Qt.Key.Key_F12)
    screen = shop.window.sign_in
    for _ in range(10):
        shop.type("000000")
        shop.press(Qt.Key.Key_Return)
        shop.bench.background.advance(20_000)
    assert not screen.enter.isVisible()
    shop.type("142536")
    shop.press(Qt.Key.Key_Return)
    assert (screen.pin.digits, shop.place()) == ("", Place.SIGN_IN)
    shop.press(Qt.Key.Key_F2)
    assert [one.isVisible() for one in (screen.call, screen.back, screen.enter)] == [False, True, True]
    shop.press(Qt.Key.Key_Escape)
    assert screen.call.isVisible()
    shop.press(Qt.Key.Key_F2)
    assert screen.pin.hasFocus()
    shop.type(HENDRA.pin_hash)
    shop.press(Qt.Key.Key_Return)
    assert (screen.pin.digits, shop.place()) == ("", Place.SIGN_IN)
    assert screen.pin.hasFocus()
    shop.type(SARI.pin_hash)
    shop.press(Qt.Key.Key_Return)
    assert shop.place() is Place.SALE
    assert not shop.is_empty()


def test_promotions_from_payment_lead_back_to_the_bill(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.press(Qt.Key.Key_F9, Qt.Key.Key_F7)
    assert shop.place() is Place.SALE
    assert shop.window.sale.promotions.isVisible()


def test_settings_open_from_anywhere_and_change_at_once(shop: Shop, look: Look) -> None:
    shop.press(Qt.Key.Key_F5)
    assert shop.window.settings.isVisible()
    shop.window.settings.themes["dark"].click()
    assert look.theme.scheme.value == "dark"
    shop.press(Qt.Key.Key_Escape)
    assert not shop.window.settings.isVisible()


def test_a_payment_is_given_back_only_after_a_question(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.press(Qt.Key.Key_F9)
    shop.type("50000")
    shop.press(Qt.Key.Key_Return)
    assert shop.paid() == 50_000
    shop.press(Qt.Key.Key_Escape)
    shop.press(Qt.Key.Key_F9)
    shop.window.payment.setFocus()
    shop.press(Qt.Key.Key_Delete)
    assert shop.paid() == 50_000
    shop.window.question._yes.click()
    assert shop.paid() == 0


def test_hold_is_the_owners_word(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.press(Qt.Key.Key_F4)
    assert shop.held == [True]


def test_nothing_ever_becomes_a_window_of_its_own(shop: Shop) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWindow) and watched is not own:
                shown.append(repr(watched))
            return False

    own = shop.window.windowHandle()
    watch = Watch()
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
    _bill(shop)
    shop.press(Qt.Key.Key_Escape, Qt.Key.Key_F9, Qt.Key.Key_F8, Qt.Key.Key_Return)
    shop.type("424242")
    shop.press(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    QApplication.instance().removeEventFilter(watch)  # type: ignore[union-attr]
    assert shop.stands() is CheckoutState.SELLING
    assert shown == []


def test_a_price_by_hand_waits_for_the_manager_at_the_till(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.type("*")
    shop.press(Qt.Key.Key_Down)
    shop.type("12000")
    shop.press(Qt.Key.Key_Return)
    shop.type("Shelf")
    shop.press(Qt.Key.Key_Return)
    assert shop.window.approval.isVisible()
    shop.type(HENDRA.pin_hash)
    shop.press(Qt.Key.Key_Return)
    assert not shop.window.approval.isVisible()
    assert not shop.window.sale.line.isVisible()
    override = shop.till.sale.bill.lines[0].override
    assert override is not None
    assert (override.reason, override.actor, override.approver) == ("Shelf", SARI.staff_id, HENDRA.staff_id)


def test_a_copy_is_printed_by_keys(shop: Shop) -> None:
    _bill(shop, customer=False)
    shop.press(Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.press(Qt.Key.Key_F1)
    shop.type("2")
    assert shop.window.reprint.isVisible()
    shop.press(Qt.Key.Key_Return)
    assert not shop.window.reprint.isVisible()
    assert [copy for _, copy in shop.bench.printer.printed] == [False, True]


def test_the_drawer_opens_with_a_reason_and_a_second_person(shop: Shop) -> None:
    shop.sign_in()
    shop.press(Qt.Key.Key_F1)
    shop.type("3")
    shop.press(Qt.Key.Key_Return)
    assert shop.window.no_sale.isVisible(), "not without a reason"
    shop.type("Coins")
    shop.press(Qt.Key.Key_Return)
    assert shop.bench.printer.drawer_opened == 0
    shop.type(HENDRA.pin_hash)
    shop.press(Qt.Key.Key_Return)
    assert shop.bench.printer.drawer_opened == 1
    assert not shop.window.no_sale.isVisible()
    assert shop.bench.journal.trail[-1] == (SARI.staff_id, "open_drawer", "no sale", f"Coins ({HENDRA.staff_id})")


def test_goods_without_a_receipt_by_keys_alone(shop: Shop) -> None:
    shop.sign_in()
    shop.press(Qt.Key.Key_F1)
    shop.type("1")
    handle = shop.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not shop.window.returns.isVisible()
    assert shop.window.receiptless.search.line.hasFocus()
    shop.type("2*kopi")
    shop.press(Qt.Key.Key_Return)
    shop.type("+")
    assert shop.window.receiptless.search.text() == ""
    shop.window.receiptless.reason.choices[0].click()
    shop.press(Qt.Key.Key_Return)
    assert shop.window.approval.isVisible()
    shop.type(HENDRA.pin_hash)
    shop.press(Qt.Key.Key_Return)
    (back,) = (one for one in shop.bench.journal.recent_receipts() if one.kind is ReceiptKind.RETURN)
    assert (back.approver_id, back.returns, back.lines[0].quantity.thousandths) == (HENDRA.staff_id, "", -3000)
    shop.press(Qt.Key.Key_Return)
    assert not shop.window.receiptless.isVisible()


def test_more_opens_what_has_no_key(shop: Shop) -> None:
    shop.sign_in()
    shop.press(Qt.Key.Key_F1)
    assert shop.window.more.isVisible()
    shop.press(Qt.Key.Key_Escape)
    assert not shop.window.more.isVisible()
    shop.press(Qt.Key.Key_F1)
    shop.type("1")
    assert shop.window.returns.search.line.hasFocus()
    shop.type("2-000999")
    shop.press(Qt.Key.Key_Return)
    assert shop.window.returns.isVisible()
    shop.press(Qt.Key.Key_Escape)
    assert not shop.window.returns.isVisible()


def _rules(change: Callable[[Rule], Rule], *more: Rule) -> RuleBook:
    """The demo's rules, each as ``change`` makes it, and some more."""
    programme = demo_shop().programme
    return RuleBook.compile(replace(programme, rules=(*map(change, programme.rules), *more)), shelf())


def _less_by_order(rule: Rule) -> Rule:
    if rule.rule_id != ORDER.rule_id:
        return rule
    (reward,) = rule.rewards
    assert isinstance(reward, AmountOff)
    return replace(rule, rewards=(replace(reward, amount=profile().currency.money("15000")),))


def test_rules_that_changed_after_apply_price_the_bill_anew_and_are_asked_for_again(shop: Shop) -> None:
    shop.sign_in()
    shop.till.sale.set_customer(shop.bench.customer())
    shop.bench.ring_rice(shop.till, 2)
    shop.till.sale.claim(ORDER)
    was = shop.till.sale.priced
    assert was.discount == profile().currency.money("20000")
    shop.bench.backend.programme_version += 1
    shop.till.copies.arrived = lambda: shop.till.sale.use_rules(_rules(_less_by_order))
    shop.press(Qt.Key.Key_F9)
    assert shop.till.copies.refreshed == 1
    assert shop.bench.backend.calls["hold"] == 2
    assert (shop.place(), shop.stands()) == (Place.PAYMENT, CheckoutState.PAYING)
    total = shop.till.model.total
    assert total - was.total == profile().currency.money("5000")
    due = f"{total.minor:,}".replace(",", ".")
    assert shop.window.payment.ledger.due.text() == f"Rp\N{NO-BREAK SPACE}{due}"


class _Shelf:
    """A catalogue of the one thing that is given, which may be off sale."""

    def __init__(self, gift: Item) -> None:
        self._gift = gift

    def by_sku(self, sku: str) -> Item | None:
        return self._gift if sku == self._gift.sku else None

    def matching(self, goods: Goods, wanted: int | None = None) -> list[Item]:
        return [self._gift] if goods.names(self._gift) else []


@pytest.mark.parametrize("sold", [True, False])
def test_a_reward_whose_item_is_no_longer_sold_is_not_offered(shop: Shop, sold: bool) -> None:
    gift = replace(shelf().named("Kantong"), active=sold)
    rule = Rule(
        rule_id="tas", name=LocalName("Tas gratis"), apply=Apply.ON_CLAIM, rewards=(FreeItem(sku=gift.sku),)
    )  # fmt: skip
    programme = replace(demo_shop().programme, rules=(rule,))
    shop.sign_in()
    shop.till.sale.use_rules(RuleBook.compile(programme, _Shelf(gift)))
    shop.bench.ring_rice(shop.till)
    pop_up = shop.window.sale.offer
    assert pop_up.isVisible() is sold
    if sold:
        shop.press(Qt.Key.Key_Escape)
    shop.press(Qt.Key.Key_F7)
    rows = [row for row in shop.window.sale.promotions.list.rows if isinstance(row, PromotionRow)]
    (row,) = [row for row in rows if row.name == "Tas gratis"]
    assert (row.kind is PromotionKind.OFFER) is sold
    assert ("not sold now" in row.sub) is not sold
