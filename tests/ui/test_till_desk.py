"""The window, its presenters and the real checkout together: from signing in to the next customer by keys alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QImage, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.shelf import FakeShelf
from tests.fakes.tries import FakeTries
from tests.fakes.views import FakeViews
from tests.till.bench import ORDER, Bench, TillOnBench, demo_shop, profile, shelf
from tests.till.test_preferences import Store
from tests.till.test_signing_in import HENDRA, SARI, Directory, PlainCheck, Trail
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.offer import LocalName
from tukar.domain.pricing import RuleBook
from tukar.domain.receipt import ReceiptKind
from tukar.domain.reward import AmountOff, FreeItem
from tukar.domain.rule import Apply, Rule
from tukar.till.approving import Approving
from tukar.till.bill_work import BillWork
from tukar.till.billing import Billing
from tukar.till.checkout_model import CheckoutState
from tukar.till.code_looking import CodeLooking
from tukar.till.customers import Customers
from tukar.till.finding import Finding
from tukar.till.line_work import LineWork
from tukar.till.navigation import Navigation, Place
from tukar.till.no_sale import NoSale
from tukar.till.offering import Offering
from tukar.till.payment_screen import Paying
from tukar.till.permitting import Permitting
from tukar.till.ports import Settings
from tukar.till.preferences import Preferences
from tukar.till.promoting import Promoting
from tukar.till.receipt_screen import ReceiptModel, Receipts
from tukar.till.receiptless import Receiptless
from tukar.till.redeem_screen import Redeem
from tukar.till.refunding import Refunding
from tukar.till.reprinting import Reprinting
from tukar.till.returning import Returning
from tukar.till.salespeople import Salespeople
from tukar.till.saving import Place as TillPlace
from tukar.till.signing_in import SigningIn
from tukar.till.staffing import Staffing
from tukar.till.status import Status
from tukar.till.terminals import Terminals
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.kit import Look, PromotionKind, PromotionRow
from tukar.ui.main_window import MainWindow
from tukar.ui.more_desk import MorePresenters
from tukar.ui.more_sheet import More
from tukar.ui.sale_desk import SalePresenters
from tukar.ui.till_desk import TillPresenters, approval_of_late_bill, join
from tukar.ui.translations import Language


@dataclass
class Shop:
    """A till that is open, and what it stands on."""

    window: MainWindow
    bench: Bench
    till: TillOnBench
    held: list[bool]

    def press(self, *keys: Qt.Key) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        for key in keys:
            QTest.keyClick(handle, key)
            QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        for letter in text:
            QTest.keyClick(handle, ord(letter))
            QCoreApplication.processEvents()

    def stands(self) -> CheckoutState:
        return self.till.stands()

    def place(self) -> Place:
        return self.window.place

    def paid(self) -> int:
        return self.till.model.paid.minor

    def is_empty(self) -> bool:
        return self.till.sale.bill.is_empty

    def sign_in(self) -> None:
        self.type("2142536")
        self.press(Qt.Key.Key_Return)


def _sale(bench: Bench, till: TillOnBench, window: MainWindow, permits: Permitting) -> SalePresenters:
    sale, shelf, screen = till.sale, FakeShelf(), window.sale
    billing = Billing(view=screen, sale=sale)
    background = bench.background
    return SalePresenters(
        finding=Finding(view=screen, index=shelf, sale=sale, quantities=billing),
        billing=billing,
        line_work=LineWork(view=screen, sale=sale, permits=permits),
        customers=Customers(
            view=screen, panel=screen, sale=sale, backend=bench.backend, background=background, journal=bench.journal,
            clock=bench.clock, ids=bench.ids, country="ID", line=till.gear.line,
        ),
        salespeople=Salespeople(view=screen, sale=sale, directory=Directory()),
        offering=Offering(view=screen, sale=sale, index=shelf, journal=bench.journal, background=background),
        promoting=Promoting(
            view=screen, summary=FakeViews(), sale=sale, index=shelf, look_up=CodeLooking(sale, till.gear).ask
        ),
        status=Status(
            view=window, line=till.gear.line, clock=bench.clock, journal=bench.journal, printer=bench.printer,
            background=background, time_zone="Asia/Jakarta",
        ),
    )  # fmt: skip


def bill_work(bench: Bench, till: TillOnBench, sheet: BillSheet, permits: Permitting) -> BillWork:
    work = BillWork(
        view=sheet, sale=till.sale, checkout=till.checkout, journal=bench.journal, background=bench.background,
        permits=permits,
    )  # fmt: skip
    sheet.typed.connect(work.type)
    sheet.by_chosen.connect(work.choose_by)
    sheet.reason_typed.connect(work.give_reason)
    sheet.done_requested.connect(work.do)
    sheet.closed.connect(work.close)
    return work


def _more(bench: Bench, till: TillOnBench, window: MainWindow, permits: Permitting) -> MorePresenters:
    refunding = Refunding(till.gear, Terminals(bench.card, bench.qr), TillPlace(profile(), "2"), lambda: SARI)
    returning = Returning(
        view=window.returns, gear=till.gear, refunding=refunding, permits=permits, may_open=lambda: True,
        saved=lambda _receipt: None,
    )  # fmt: skip
    return MorePresenters(
        returning,
        Reprinting(
            view=window.reprint, journal=bench.journal, printer=bench.printer, background=bench.background,
            permits=permits,
        ),
        NoSale(
            view=window.no_sale, journal=bench.journal, printer=bench.printer, background=bench.background,
            permits=permits,
        ),
        Receiptless(
            view=window.receiptless, gear=till.gear, index=FakeShelf(), sale=till.sale, permits=permits,
            selling=lambda: refunding.selling, may_open=returning.give_way, saved=lambda _receipt: None,
        ),
    )  # fmt: skip


def _permits(staffing: Staffing, approving: Approving, till: TillOnBench) -> Permitting:
    permits = Permitting(staffing, approving)
    till.checkout.overriding.ask_by(permits.ask_here)
    return permits


def _draw(_model: ReceiptModel) -> tuple[QImage, str]:
    image = QImage(576, 400, QImage.Format.Format_Mono)
    image.fill(0)
    return image, "receipt"


@pytest.fixture
def shop(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Shop]:
    bench = Bench()
    till = bench.start()
    language = Language(resources / "i18n", profile().currency)
    window = MainWindow(look, language)
    window.furnish(time_zone=ZoneInfo("Asia/Jakarta"), draw_receipt=_draw)
    qtbot.addWidget(window)
    staffing = Staffing(Directory(), PlainCheck(), bench.background, bench.clock, Trail(), FakeTries())
    checkout, background = till.checkout, bench.background
    redeem = Redeem(
        view=window.redeem, sale=till.sale, checkout=checkout, clock=bench.clock, background=background,
        notes=profile().notes,
    )  # fmt: skip
    approving = Approving(view=window.approval, staffing=staffing)
    permits = _permits(staffing, approving, till)
    together: list[TillPresenters] = []
    held: list[bool] = []
    paying = Paying(
        view=window.payment, sale=till.sale, checkout=checkout, redeem=redeem.open,
        approve=approval_of_late_bill(lambda: together[0]), look_up=CodeLooking(till.sale, till.gear).ask,
    )  # fmt: skip
    presenters = TillPresenters(
        sale=_sale(bench, till, window, permits),
        checkout=checkout,
        staffing=staffing,
        navigation=Navigation(window, staffing.model, checkout.model),
        signing_in=SigningIn(
            view=window.sign_in, staffing=staffing, clock=bench.clock, background=background, shop="Toko",
            signed_in=lambda _member: None,
        ),
        redeem=redeem,
        paying=paying,
        receipts=Receipts(
            view=window.receipt, checkout=checkout, printer=bench.printer, background=background,
            write_pdf=lambda receipt: Path(f"{receipt.number.short}.pdf"),
        ),
        approving=approving,
        preferences=Preferences(view=window, settings=Settings(), store=Store(), background=background),
        more=_more(bench, till, window, permits),
        shift=lambda: None,
        keys=lambda: None,
        bill_work=bill_work(bench, till, BillSheet(look, window, language), permits),
        manager=lambda: None,
        hold=lambda: held.append(True),
    )  # fmt: skip
    together.append(presenters)
    join(window, presenters)
    look.reduce_motion(reduced=True)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    for open_ in (presenters.signing_in.open, presenters.sale.billing.open, presenters.sale.finding.open):
        open_()
    presenters.navigation.open()
    window.sign_in.take_focus()
    yield Shop(window, bench, till, held)
    window._may_close = True
    window.close()
    language.close()


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
