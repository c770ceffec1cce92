"""What a cashier has in front of them beside checkout and returns: the program's presenters, over remembering screens.

A life of a till with a front sells through them: bill, line and customer, offers, payment and points, goods without a
receipt, and the second person's PIN that some of it asks for. ``front_plays`` says what a cashier does there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fakes.printer import FakePrinter
from tests.fakes.shift_printer import NoShiftPrinter
from tests.fakes.tries import FakeTries
from tests.fakes.views import FakeViews
from tests.simulation import shop
from tests.simulation.background import Unhurried
from tests.simulation.copies import Shelf
from tests.simulation.net import SimulatedHttp
from tukar.domain.people import Salesperson, StaffMember
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.manager import TukarApprovals
from tukar.till.agreed import Agreed
from tukar.till.approving import ApprovalModel, Approving
from tukar.till.asking_afar import AskingAfar
from tukar.till.bill_words import BillWords, BillWordsModel
from tukar.till.bill_work import BillWork, BillWorkModel
from tukar.till.billing import Billing
from tukar.till.card_selling import CardSelling
from tukar.till.checkout_model import CheckoutState
from tukar.till.code_looking import CodeLooking
from tukar.till.customers import Customers
from tukar.till.finding import Finding
from tukar.till.line_work import LineWork
from tukar.till.no_sale import NoSale, NoSaleModel
from tukar.till.notices import Notice
from tukar.till.offering import Offering
from tukar.till.passwords import BackendPassword
from tukar.till.payment_model import PaymentModel
from tukar.till.payment_screen import Paying
from tukar.till.permitting import Permitting
from tukar.till.promoting import Promoting
from tukar.till.receipt_screen import ReceiptModel, Receipts
from tukar.till.receiptless import Receiptless
from tukar.till.receiptless_model import ReceiptlessModel
from tukar.till.redeem_model import RedeemModel
from tukar.till.redeem_screen import Redeem
from tukar.till.refunding import Refunding
from tukar.till.reprinting import Reprinting, ReprintModel
from tukar.till.return_receipt import PointsBack
from tukar.till.salespeople import Salespeople
from tukar.till.scanning import Scanning
from tukar.till.shift_desk import ShiftDesk, ShiftRule
from tukar.till.shift_screen import ShiftModel, ShiftScreen, ShiftTools
from tukar.till.staffing import Staffing
from tukar.till.status import Status

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

GLANCES: Final = 60
"""So many times more seldom than in the program something looks of which nobody here sees what it finds."""
CASHIERS_PIN: Final = "130579"
STAFF: Final = (
    replace(shop.CASHIER, pin_hash=CASHIERS_PIN, password_hash=shop.PASSWORD),
    replace(shop.MANAGER, pin_hash=shop.PIN),
)
SELLERS: Final = (Salesperson("s-1", "Wati"), Salesperson("s-2", "Joko"))


def _rest(life: "TillLife", seconds: float) -> None:
    life.till.world.wait(lambda: not life.alive, seconds)


class People:
    """``ports.StaffDirectory``: who may sign in at this till, with their PINs."""

    def staff(self) -> tuple[StaffMember, ...]:
        return STAFF

    def salespeople(self) -> tuple[Salesperson, ...]:
        return SELLERS


class PlainCheck:
    """``ports.CredentialCheck`` of PINs that are not hashed, which takes its time on purpose."""

    def matches(self, stored_hash: str, typed: str) -> bool:
        return stored_hash == typed


@dataclass
class Screens(FakeViews):
    """Every view of a till in one; each attribute is the model shown last."""

    receiptless: ReceiptlessModel = field(default_factory=ReceiptlessModel)
    approval: ApprovalModel = field(default_factory=ApprovalModel)
    bill_work: BillWorkModel = field(default_factory=BillWorkModel)
    bill_words: BillWordsModel = field(default_factory=BillWordsModel)
    no_sale: NoSaleModel = field(default_factory=NoSaleModel)
    reprint: ReprintModel = field(default_factory=ReprintModel)
    payment: PaymentModel | None = None
    redeem: RedeemModel = field(default_factory=RedeemModel)
    receipt: ReceiptModel = field(default_factory=ReceiptModel)
    shift: ShiftModel = field(default_factory=ShiftModel)

    def show_shift(self, model: ShiftModel) -> None:
        self.shift = model

    def show_receiptless(self, model: ReceiptlessModel) -> None:
        self.receiptless = model

    def show_approval(self, model: ApprovalModel) -> None:
        self.approval = model

    def show_bill_work(self, model: BillWorkModel) -> None:
        self.bill_work = model

    def show_bill_words(self, model: BillWordsModel) -> None:
        self.bill_words = model

    def show_no_sale(self, model: NoSaleModel) -> None:
        self.no_sale = model

    def show_reprint(self, model: ReprintModel) -> None:
        self.reprint = model

    def show_payment(self, model: PaymentModel) -> None:
        self.payment = model

    def show_redeem(self, model: RedeemModel) -> None:
        self.redeem = model

    def show_receipt(self, model: ReceiptModel) -> None:
        self.receipt = model


class Front:
    """The presenters of one life, joined as ``bootstrap.window`` joins them."""

    def __init__(self, life: "TillLife", refunding: Refunding) -> None:
        self.screens = Screens()
        self._life = life
        self._refunding = refunding
        gear, sale, checkout, till = life.gear, life.sale, life.checkout, life.till
        kept, check = till.desk, PlainCheck()
        self.staffing = Staffing(
            People() if kept is None else kept.people, check, life.background, till.clock, life.journal,
            FakeTries() if kept is None else kept.tries, BackendPassword(life.backend, check), till.profile.limits,
        )  # fmt: skip
        afar = None if kept is None else self._asking_afar()
        self.approving = Approving(view=self.screens, staffing=self.staffing, afar=afar)
        self.permits = Permitting(self.staffing, self.approving)
        checkout.vouching.ask_by(self.permits.ask)
        checkout.overriding.ask_by(self.permits.ask_here)
        self.looking = CodeLooking(sale, gear)
        self.cards = CardSelling(sale, gear, self._told)
        self.shift = self._shift_sheet()
        self._sale_sheets()
        self._money_sheets(FakePrinter())
        self.status = Status(
            view=self.screens, line=life.line, clock=till.clock, journal=life.journal, printer=FakePrinter(),
            background=Unhurried(life.background, GLANCES), time_zone=till.profile.time_zone,
        )  # fmt: skip

    def _asking_afar(self) -> AskingAfar:
        life, till = self._life, self._life.till
        http = SimulatedHttp(till.wire, life, TillIdentity(lambda: till.token, till.key))
        way = TukarApprovals(http, shop.CURRENCY, lambda seconds: _rest(life, seconds))
        return AskingAfar(way, self.staffing, life.background, till.clock, life.ids)

    def _sale_sheets(self) -> None:
        life, shelf, views = self._life, Shelf(), self.screens
        sale, gear = life.sale, life.gear
        self.billing = Billing(view=views, sale=sale, salespeople=People().salespeople)
        self.finding = Finding(view=views, index=shelf, sale=sale, quantities=self.billing)
        self.line_work = LineWork(view=views, sale=sale, permits=self.permits)
        self.bill_words = BillWords(view=views, sale=sale, country=life.till.profile.country)
        self.bill_work = BillWork(
            view=views, sale=sale, checkout=life.checkout, journal=life.journal, background=life.background,
            permits=self.permits,
        )  # fmt: skip
        self.salespeople = Salespeople(view=views, sale=sale, directory=People(), by_line=False)
        self.line_work.ask_before_removing(self.bill_work.void_line)
        self.billing.ask_before_removing(self.bill_work.void_line)
        self.line_work.let_choose_seller(self.salespeople.open_line)
        self.customers = Customers(
            view=views, panel=views, sale=sale, backend=life.backend, background=life.background, journal=life.journal,
            clock=life.till.clock, ids=life.ids, line=life.line, country=life.till.profile.country,
            queued=life.outbox.wake,
        )  # fmt: skip
        self.offering = Offering(view=views, sale=sale, index=shelf, journal=life.journal, background=life.background)
        self.promoting = Promoting(view=views, summary=views, sale=sale, index=shelf, look_up=self.looking.ask)
        self.receiptless = Receiptless(
            view=views, gear=gear, index=shelf, sale=sale, permits=self.permits,
            selling=lambda: self._refunding.selling, may_open=self._is_free, saved=lambda _: life.outbox.wake(),
        )  # fmt: skip

    def _money_sheets(self, printer: FakePrinter) -> None:
        life, views = self._life, self.screens
        checkout, journal, background = life.checkout, life.journal, life.background
        self.reprinting = Reprinting(
            view=views, journal=journal, printer=printer, background=background, permits=self.permits
        )
        self.no_sale = NoSale(view=views, journal=journal, printer=printer, background=background, permits=self.permits)
        self.redeem = Redeem(
            view=views, sale=life.sale, checkout=checkout, clock=life.till.clock, background=Unhurried(background),
            notes=life.till.profile.notes,
        )  # fmt: skip
        self.paying = Paying(
            view=views, sale=life.sale, checkout=checkout, redeem=self.redeem.open, approve=lambda: None,
            look_up=self.looking.ask,
        )  # fmt: skip
        self.receipts = Receipts(
            view=views, checkout=checkout, printer=printer, background=background,
            write_pdf=lambda receipt: Path(f"{receipt.number.short}.pdf"),
        )  # fmt: skip
        for hear in (self.redeem.checkout_changed, self.receipts.checkout_changed, self.paying.checkout_changed):
            checkout.listen(hear)
        checkout.listen(lambda model: self.billing.exchanging(model.exchange))

    def _shift_sheet(self) -> ShiftScreen:
        life = self._life
        clock, background = life.till.clock, life.background
        desk = ShiftDesk(life.journal.shifts, background, clock, life.ids, ShiftRule(life.till.till_id))
        desk.load()
        tools = ShiftTools(
            desk=desk, journal=life.journal, printer=NoShiftPrinter(), background=background, clock=clock,
            permits=self.permits, profile=life.till.profile, cashier=self.staffing.cashier, names=dict, sellers=dict,
            may_close=lambda: self._is_free() and life.sale.bill.is_empty, left=lambda: None,
        )  # fmt: skip
        desk.listen(lambda _shift: life.outbox.wake())
        return ShiftScreen(self.screens, tools)

    def scanning(self, is_sent: Callable[[str], bool] = lambda _code: False) -> Scanning:
        """Where whatever the scanner reads goes; ``is_sent`` says which codes are vouchers."""
        return Scanning(
            index=Shelf(),
            goods=self.finding,
            cards=self.customers,
            vouchers=self.promoting,
            returns=self._life.returning,
            is_voucher=is_sent,
            is_selling=self._is_free,
            receiptless=self.receiptless,
            sells_card=self.cards.scanned,
        )

    def sign_in(self) -> None:
        """The cashier touches their tile and types their PIN."""
        for presenter in (self.finding, self.billing):
            presenter.open()
        self.status.open(shop=shop.SHOP_ID, till=self._life.till.till_id)
        self.staffing.choose(shop.CASHIER.staff_id)
        self.staffing.enter_pin(CASHIERS_PIN)

    def exchange(self, agreed: Agreed, points: tuple[PointsBack, ...]) -> None:
        """What is agreed to come back pays for the next bill."""
        taken = self._refunding.exchange(agreed, points, lambda: None, self._told)
        self._life.checkout.exchange(taken)

    def _is_free(self) -> bool:
        return self._life.checkout.state is CheckoutState.SELLING

    def _told(self, notice: Notice) -> None:
        self._life.till.world.tell(f"till-{self._life.till.name} reads {notice.say}")
