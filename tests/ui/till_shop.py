"""The till's one window over the presenters that it has at a counter, for tests that press its keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.shelf import FakeShelf
from tests.fakes.tries import FakeTries
from tests.fakes.views import FakeViews
from tests.till.bench import Bench, TillOnBench, profile
from tests.till.test_preferences import Store
from tests.till.test_signing_in import SARI, Directory, PlainCheck, Trail
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
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.more_desk import MorePresenters
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
    till.checkout.trusting.ask_by(permits.ask_here)
    till.checkout.releasing.ask_by(permits.ask_here)
    return permits


def _draw(_model: ReceiptModel) -> tuple[QImage, str]:
    image = QImage(576, 400, QImage.Format.Format_Mono)
    image.fill(0)
    return image, "receipt"


def _show(window: MainWindow, presenters: TillPresenters, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    for open_ in (presenters.signing_in.open, presenters.sale.billing.open, presenters.sale.finding.open):
        open_()
    presenters.navigation.open()
    window.sign_in.take_focus()


@contextmanager
def open_shop(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Shop]:
    """The till's window with its keys, until the test is over."""
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
    _show(window, presenters, qtbot)
    yield Shop(window, bench, till, held)
    window._may_close = True
    window.close()
    language.close()
