"""The window and its presenters, joined over one counter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import cast

from tukar.bootstrap.counter import Counter
from tukar.bootstrap.counter_house import (
    BesideTheSale,
    bill_words,
    bill_work,
    follow_shift,
    key_settings,
    names_of,
    open_shift_sheet,
    redeeming,
    scale_patterns,
    shift_screen,
)
from tukar.bootstrap.more import more_presenters
from tukar.bootstrap.nudging import nudge
from tukar.bootstrap.second_screen import CustomersScreen
from tukar.domain.people import StaffMember
from tukar.domain.receipt import Receipt, ReceiptNumber
from tukar.till.approving import Approving
from tukar.till.billing import Billing
from tukar.till.card_selling import CardSelling
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.customers import Customers
from tukar.till.finding import Finding
from tukar.till.held_shelf import HeldShelf
from tukar.till.holding import HoldGear, Holding
from tukar.till.kiosk import KioskDoor
from tukar.till.leasing import Leasing
from tukar.till.line_work import LineWork
from tukar.till.navigation import Navigation
from tukar.till.offering import Offering
from tukar.till.payment_screen import Paying
from tukar.till.permitting import Permitting
from tukar.till.pictures import Pictures
from tukar.till.ports import Settings, SettingsStore, ShiftPrinter
from tukar.till.ports.held import HeldBills
from tukar.till.preferences import Preferences
from tukar.till.promoting import Promoting
from tukar.till.receipt_screen import Receipts
from tukar.till.recovery import Recovered
from tukar.till.salespeople import Salespeople
from tukar.till.scanning import Scanning
from tukar.till.signing_in import SigningIn
from tukar.till.staffing import StaffingModel
from tukar.till.status import Status
from tukar.till.support_file import SupportFile
from tukar.till.sync import CatalogueStore, CopyStore
from tukar.ui.age_question import asking_age
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.bill_words_sheet import BillWordsSheet
from tukar.ui.held_sheet import HeldSheet
from tukar.ui.idle import Idle
from tukar.ui.keys_sheet import KeysSheet
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.more_sheet import More
from tukar.ui.practice_frame import PracticeFrame
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_view import drawing
from tukar.ui.sale_desk import SalePresenters
from tukar.ui.scanner import ScannerKeys
from tukar.ui.shift_sheet import drawing as drawing_shifts
from tukar.ui.tile_pictures import ReadPicture
from tukar.ui.till_desk import TillPresenters, approval_of_late_bill, join
from tukar.ui.translations import Language


@dataclass(frozen=True, slots=True)
class Copies:
    """The till's own copies of what the backend owns."""

    shop: CopyStore
    catalogue: CatalogueStore


@dataclass(frozen=True, slots=True)
class Style:
    """How this till looks, speaks and prints. ``demo_pins`` are shown at the sign-in of the demo."""

    look: Look
    language: Language
    printing: ReceiptPrinting
    write_pdf: Callable[[Receipt], Path]
    shift_printer: ShiftPrinter
    demo_pins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is made when it is first asked for: ``manager`` opens the manager's room, ``support`` writes the file.

    ``support`` blocks, and says where the file lies. ``picture`` reads one of an item, by its file name, and blocks.
    """

    manager: Callable[[], None]
    support: Callable[[], str]
    picture: ReadPicture = lambda _name: None


@dataclass(frozen=True, slots=True)
class Front:
    """What the till shows: the window, everybody who works behind it, the bills set aside, and its scanner."""

    window: MainWindow
    presenters: TillPresenters
    holding: Holding
    scanner: ScannerKeys


def open_window(
    window: MainWindow,
    counter: Counter,
    copies: Copies,
    style: Style,
    store: SettingsStore,
    settings: Settings,
    beyond: Beyond,
) -> Front:
    """Furnishes ``window`` and puts presenters behind it, with nobody signed in yet. Nothing here blocks."""
    draw = drawing(style.printing, style.language, counter.profile, practice=settings.practice,
                   names=lambda: names_of(copies.shop, settings))  # fmt: skip
    window.furnish(time_zone=counter.zone, draw_receipt=draw)
    approving = Approving(view=window.approval, staffing=counter.staffing, afar=counter.asking_afar())
    permits = Permitting(counter.staffing, approving)
    sale = _sale_presenters(counter, copies, window, settings, permits)
    ports, checkout = counter.ports, counter.checkout
    holding = _holding(counter, window, HeldSheet(style.look, window, style.language, counter.zone), settings, sale)
    redeem = redeeming(counter, window)
    preferences = Preferences(view=window, settings=settings, store=store, background=ports.background)
    beside = _beside(counter, window, copies, style, permits, preferences)
    presenters: list[TillPresenters] = []
    paying = Paying(
        view=window.payment,
        sale=counter.sale,
        checkout=checkout,
        redeem=redeem.open,
        approve=approval_of_late_bill(lambda: presenters[0]),
        look_up=counter.look_up,
    )
    together = TillPresenters(
        sale=sale,
        checkout=checkout,
        staffing=counter.staffing,
        navigation=Navigation(window, counter.staffing.model, checkout.model),
        signing_in=_signing_in(counter, window, sale, style.demo_pins),
        redeem=redeem,
        paying=paying,
        receipts=_receipts(counter, window, style),
        approving=approving,
        preferences=preferences,
        more=more_presenters(
            counter, copies.catalogue, window, permits, lambda _: _returned(counter, sale, paying), sale.billing.tell
        ),
        hold=holding.hold_or_recall,
        shift=beside.shift.open,
        keys=beside.keys.open,
        bill_work=beside.bill_work,
        manager=beyond.manager,
        further=_further(counter, sale, beside, beyond.support),
    )
    presenters.append(together)
    join(window, together)
    _join_beyond(window, counter, permits, sale, beyond)
    _follow(counter, sale, paying)
    follow_shift(counter, beside.shift, together.signing_in)
    scanner = _scanner(counter, copies, together, settings, lambda: window.in_room or beside.keys.is_open)
    scanner.measured.connect(beside.keys.measured)
    return Front(window, together, holding, scanner)


def _join_beyond(
    window: MainWindow, counter: Counter, permits: Permitting, sale: SalePresenters, beyond: Beyond
) -> None:
    """Pictures on the tiles, and who closes a kiosk."""
    pictures = Pictures(window.sale.search, counter.ports.background, beyond.picture)
    window.sale.search.pictures_wanted.connect(pictures.want)
    window.close_asked.connect(KioskDoor(permits, sale.billing.tell, window.let_close).ask)


def _further(
    counter: Counter, sale: SalePresenters, beside: BesideTheSale, support: Callable[[], str]
) -> Mapping[More, Callable[[], object]]:
    """What F1 opens beside what has a presenter of its own among the others."""
    return {
        More.WORDS: beside.bill_words.open,
        More.SUPPORT: SupportFile(support, counter.ports.background, sale.billing.tell).make,
    }


def _beside(
    counter: Counter,
    window: MainWindow,
    copies: Copies,
    style: Style,
    permits: Permitting,
    preferences: Preferences,
) -> BesideTheSale:
    practice = preferences.settings.practice
    look, language = style.look, style.language
    second = CustomersScreen(counter, window, look, language, practice=practice)
    window.customer_display_changed.connect(lambda wanted: second.switch(wanted=wanted))
    if practice:
        PracticeFrame(look, window, language)
    sheet = open_shift_sheet(
        window, look, language, drawing_shifts(style.printing, language, counter.profile, practice=practice)
    )
    return BesideTheSale(
        shift=shift_screen(counter, sheet, copies.shop, style.shift_printer, permits),
        bill_work=bill_work(counter, window, BillSheet(look, window, language), permits),
        bill_words=bill_words(counter, window, BillWordsSheet(look, window, language)),
        keys=key_settings(window, KeysSheet(look, window, language), preferences),
    )


def _receipts(counter: Counter, window: MainWindow, style: Style) -> Receipts:
    return Receipts(
        view=window.receipt,
        checkout=counter.checkout,
        printer=counter.ports.printer,
        background=counter.ports.background,
        write_pdf=style.write_pdf,
        nudge=lambda receipt: nudge(counter, receipt),
    )


def _holding(
    counter: Counter, window: MainWindow, sheet: HeldSheet, settings: Settings, sale: SalePresenters
) -> Holding:
    ports = counter.ports
    backend = cast("HeldBills", ports.backend) if ports.backend.capabilities.held_bills else None
    leasing = Leasing(
        sale=counter.sale,
        checkout=counter.checkout,
        backend=backend,
        background=ports.background,
        line=ports.line,
        tell=sale.billing.tell,
    )
    gear = HoldGear(
        shelf=HeldShelf(ports.journal, backend, settings.till_id),
        leasing=leasing,
        background=ports.background,
        clock=ports.clock,
        ids=ports.ids,
        line=ports.line,
        till_id=settings.till_id,
        cashier=lambda: counter.staffing.cashier().name,
        tell=sale.billing.tell,
    )
    holding = Holding(view=sheet, sale=counter.sale, checkout=counter.checkout, gear=gear)
    window.adopt(sheet)
    sheet.moved.connect(holding.move)
    sheet.chosen.connect(holding.recall)
    sheet.all_tills_chosen.connect(lambda chosen: holding.show_all(all_tills=chosen))
    sheet.closed.connect(holding.close)
    return holding


def _scanner(
    counter: Counter, copies: Copies, who: TillPresenters, settings: Settings, is_elsewhere: Callable[[], bool]
) -> ScannerKeys:
    """``is_elsewhere``: the manager's room is open, or the scanner is measured; then nothing scanned is for sale."""

    def is_selling() -> bool:
        staff = counter.staffing.model
        signed_in = staff.cashier is not None and not staff.locked
        selling = counter.checkout.state is CheckoutState.SELLING
        return signed_in and selling and not counter.shift.must_open and not is_elsewhere()

    def pays(code: str) -> bool:
        staff = counter.staffing.model
        at_payment = counter.checkout.state is CheckoutState.PAYING and staff.cashier is not None and not staff.locked
        if at_payment and not is_elsewhere():
            who.paying.scanned(code)
        return at_payment

    scanning = Scanning(
        index=copies.catalogue,
        goods=who.sale.finding,
        cards=who.sale.customers,
        vouchers=who.sale.promoting,
        returns=who.more.returning,
        is_voucher=lambda code: bool(counter.sale.rules.with_code(code)),
        is_selling=is_selling,
        receiptless=who.more.receiptless,
        pays=pays,
        sells_card=CardSelling(counter.sale, counter.gear, who.sale.billing.tell).scanned,
    )
    keys = ScannerKeys(gap_ms=settings.scanner_gap_ms, prefix=settings.scanner_prefix)

    def scanned(code: str) -> None:
        # A function: the connection keeps it, and it keeps who sends codes on.
        scanning.scanned(code)

    keys.scanned.connect(scanned)
    return keys


def _returned(counter: Counter, sale: SalePresenters, paying: Paying) -> None:
    """Goods came back: the next number is another one, and something waits to be sent."""
    _renumber(counter, sale.billing, paying)
    counter.outbox.wake()
    sale.status.refresh()


def open_screens(
    front: Front, counter: Counter, settings: Settings, looked: Callable[[Recovered], None] = lambda _found: None
) -> None:
    """Shows every screen for the first time, and takes up what a crash left behind; ``looked`` hears what that was."""
    who = front.presenters
    front.scanner.watch(front.window)
    Idle(front.window, 60 * settings.lock_after_minutes).left_alone.connect(counter.staffing.lock)
    who.preferences.start()
    counter.shift.load()
    for presenter in (who.sale.finding, who.sale.billing, who.signing_in, who.navigation):
        presenter.open()
    who.sale.status.open(shop=counter.profile.name, till=settings.till_id)
    _renumber(counter, who.sale.billing, who.paying)

    def found(recovered: Recovered) -> None:
        told = recovered.notices[-1] if recovered.notices else None  # the last one is the most particular
        if recovered.resume is not None:
            resume = recovered.resume
            at_payment = resume.has_money or resume.unclear is not None
            counter.checkout.resume(resume.draft, resume.rows, resume.unclear, at_payment=at_payment, notice=told)
        counter.outbox.wake()
        looked(recovered)

    counter.recovery.start(found, lambda _trouble: counter.outbox.wake())


def _sale_presenters(
    counter: Counter, copies: Copies, window: MainWindow, settings: Settings, permits: Permitting
) -> SalePresenters:
    ports, sale, screen = counter.ports, counter.sale, window.sale
    billing = Billing(view=screen, sale=sale, salespeople=copies.shop.salespeople)
    counter.checkout.vouching.ask_by(permits.ask)
    counter.checkout.overriding.ask_by(permits.ask_here)
    counter.checkout.trusting.ask_by(permits.ask_here)
    counter.checkout.releasing.ask_by(permits.ask_here)
    return SalePresenters(
        finding=Finding(
            view=screen,
            index=copies.catalogue,
            sale=sale,
            quantities=billing,
            scale=scale_patterns(settings.scale_codes),
            ask_age=asking_age(screen.question),
        ),
        billing=billing,
        line_work=LineWork(view=screen, sale=sale, permits=permits),
        customers=Customers(
            view=screen,
            panel=screen,
            sale=sale,
            backend=ports.backend,
            background=ports.background,
            journal=ports.journal,
            clock=ports.clock,
            ids=ports.ids,
            line=ports.line,
            country=counter.profile.country,
            queued=counter.outbox.wake,
        ),
        salespeople=Salespeople(
            view=screen, sale=sale, directory=copies.shop, by_line=settings.salesperson_required == "line"
        ),
        offering=Offering(
            view=screen, sale=sale, index=copies.catalogue, journal=ports.journal, background=ports.background
        ),
        promoting=Promoting(view=screen, summary=screen, sale=sale, index=copies.catalogue, look_up=counter.look_up),
        status=Status(
            view=window,
            line=ports.line,
            clock=ports.clock,
            journal=ports.journal,
            printer=ports.printer,
            background=ports.background,
            time_zone=counter.profile.time_zone,
        ),
    )


def _signing_in(counter: Counter, window: MainWindow, sale: SalePresenters, demo_pins: Mapping[str, str]) -> SigningIn:
    def signed_in(cashier: StaffMember) -> None:
        sale.status.sign_in(cashier.name)

    return SigningIn(
        view=window.sign_in,
        staffing=counter.staffing,
        clock=counter.ports.clock,
        background=counter.ports.background,
        shop=counter.profile.name,
        signed_in=signed_in,
        demo_pins=demo_pins,
        needs_password=counter.shift.needs_password,
    )


def _follow(counter: Counter, sale: SalePresenters, paying: Paying) -> None:
    """The small print of the window: the next number, the counts in the strip, staff that came in."""
    last = [counter.checkout.state]
    present: list[StaffMember | None] = [None]

    def checkout_changed(model: CheckoutModel) -> None:
        before, last[0] = last[0], model.state
        sale.billing.exchanging(model.exchange)
        if model.state is before:
            return
        if model.state is CheckoutState.SAVED:
            sale.status.refresh()
        elif before is CheckoutState.SAVED:
            _renumber(counter, sale.billing, paying)
            counter.sync.apply_held_back()

    def staff_changed(model: StaffingModel) -> None:
        before, present[0] = present[0], model.cashier
        if model.cashier is None:
            sale.salespeople.sign_off()
        elif before is None:
            counter.outbox.resume()

    counter.checkout.listen(checkout_changed)
    counter.staffing.listen(staff_changed)
    counter.outbox.listen(lambda _: sale.status.refresh())
    counter.sync.listen(lambda _: counter.staffing.renew())


def _renumber(counter: Counter, billing: Billing, paying: Paying) -> None:
    def known(number: str) -> None:
        short = ReceiptNumber.parse(number).short
        billing.renumber(short)
        paying.renumber(short)

    background = counter.ports.background
    background.run(counter.ports.journal.next_number, known, lambda _trouble: None, slot="next number")
