"""Joins the screens of the main window to the presenters behind them; the sale window has ``sale_desk`` for its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from tukar.domain.people import Action
from tukar.till.approving import Approving
from tukar.till.bill_work import BillWork
from tukar.till.checkout import Checkout
from tukar.till.checkout_model import CheckoutState
from tukar.till.keys import Command
from tukar.till.navigation import Navigation
from tukar.till.payment_screen import Paying
from tukar.till.preferences import Preferences
from tukar.till.receipt_screen import Receipts
from tukar.till.redeem_screen import Redeem
from tukar.till.signing_in import SigningIn
from tukar.till.staffing import Approval, Staffing
from tukar.ui import more_desk, sale_desk
from tukar.ui.main_window import MainWindow
from tukar.ui.more_desk import MorePresenters
from tukar.ui.more_sheet import More
from tukar.ui.sale_desk import SalePresenters


@dataclass(frozen=True, slots=True)
class TillPresenters:
    """Everybody who works behind the window; ``bootstrap`` makes them with its screens as their views.

    ``hold`` answers F4: it sets the bill in hand aside, or takes one up again. ``shift`` opens the shift's sheet,
    ``keys`` that of all keys, ``manager`` the manager's room. ``further`` are the other choices of F1.
    """

    sale: SalePresenters
    checkout: Checkout
    staffing: Staffing
    navigation: Navigation
    signing_in: SigningIn
    redeem: Redeem
    paying: Paying
    receipts: Receipts
    approving: Approving
    preferences: Preferences
    more: MorePresenters
    hold: Callable[[], None]
    shift: Callable[[], None]
    bill_work: BillWork
    keys: Callable[[], None]
    manager: Callable[[], None]
    further: Mapping[More, Callable[[], object]] = field(default_factory=lambda: MappingProxyType({}))


def join(window: MainWindow, presenters: TillPresenters) -> None:
    """Connects every signal of the window, and every presenter to what it listens to."""
    sale_desk.join(window.sale, presenters.sale)
    _listen(presenters)
    _join_window(window, presenters)
    _join_sign_in(window, presenters)
    _join_sale(window, presenters)
    _join_payment(window, presenters)
    _join_redeem(window, presenters)
    elsewhere = {
        More.HELD: presenters.hold,
        More.SHIFT: presenters.shift,
        More.DISCOUNT: presenters.bill_work.discount,
        More.KEYS: presenters.keys,
        More.MANAGER: presenters.manager,
        More.SETTINGS: presenters.preferences.open,
        More.CLOSE: window.close,
        **presenters.further,
    }
    more_desk.join(window, presenters.more, elsewhere)
    window.receipt.next_requested.connect(presenters.receipts.next_sale)
    window.receipt.print_requested.connect(presenters.receipts.print_again)
    window.receipt.pdf_requested.connect(presenters.receipts.save_pdf)


def approval_of_late_bill(presenters: Callable[[], TillPresenters]) -> Callable[[], None]:
    """What ``Paying`` calls when only a manager may save: asks one, and saves in their name.

    ``presenters`` is asked when that happens, because paying is made before all of them are together.
    """

    def ask() -> None:
        who = presenters()

        def save(approval: Approval) -> None:
            who.checkout.save(late_by=approval.approver)

        who.approving.ask(Action.SAVE_LATE, who.paying.model.number, save)

    return ask


def _listen(presenters: TillPresenters) -> None:
    checkout = presenters.checkout
    # Screens first, so that what lies over them opens over the right one.
    checkout.listen(presenters.navigation.checkout_changed)
    checkout.listen(presenters.redeem.checkout_changed)
    checkout.listen(presenters.receipts.checkout_changed)
    checkout.listen(presenters.paying.checkout_changed)
    presenters.staffing.listen(presenters.navigation.staffing_changed)


def _join_window(window: MainWindow, presenters: TillPresenters) -> None:
    preferences, sheet = presenters.preferences, window.settings
    window.lock_requested.connect(presenters.staffing.lock)
    window.settings_requested.connect(preferences.open)
    window.full_screen_changed.connect(lambda full: preferences.keep_full_screen(full=full))
    sheet.theme_chosen.connect(preferences.choose_theme)
    sheet.language_chosen.connect(preferences.choose_language)
    sheet.scale_chosen.connect(preferences.choose_scale)
    sheet.hand_chosen.connect(preferences.choose_hand)
    sheet.display_chosen.connect(lambda shown: preferences.show_customer(shown=shown))
    sheet.motion_reduced.connect(lambda reduced: preferences.reduce_motion(reduced=reduced))
    sheet.closed.connect(preferences.close)
    approval, approving = window.approval, presenters.approving
    approval.person_chosen.connect(approving.choose)
    approval.typing.connect(approving.typing)
    approval.pin_entered.connect(approving.enter)
    approval.closed.connect(approving.close)
    approval.afar_requested.connect(approving.ask_afar)


def _join_sign_in(window: MainWindow, presenters: TillPresenters) -> None:
    screen, signing_in = window.sign_in, presenters.signing_in
    screen.person_chosen.connect(signing_in.choose)
    screen.person_moved.connect(signing_in.move)
    screen.typing.connect(signing_in.typing)
    screen.pin_entered.connect(signing_in.enter)
    screen.password_entered.connect(signing_in.enter_password)
    screen.manager_called.connect(signing_in.call_manager)
    screen.back_requested.connect(signing_in.back)


def _join_sale(window: MainWindow, presenters: TillPresenters) -> None:
    paying, checkout = presenters.paying, presenters.checkout

    def command(wanted: Command) -> None:
        opens = {
            Command.HOLD: presenters.hold,
            Command.REDEEM: presenters.redeem.open,
            Command.SAVE: paying.save,
            Command.MORE: window.more.offer,
        }
        if wanted in opens:
            opens[wanted]()

    def back() -> None:
        if not window.has_bill or checkout.state is not CheckoutState.SELLING:
            return
        if checkout.model.tenders:
            paying.begin()
            return
        presenters.bill_work.void_bill()

    presenters.sale.billing.ask_before_removing(presenters.bill_work.void_line)
    presenters.sale.line_work.ask_before_removing(presenters.bill_work.void_line)
    window.sale.commanded.connect(command)
    window.sale.pay_requested.connect(paying.begin)
    window.sale.back_requested.connect(back)
    if More.WORDS in presenters.further:
        window.sale.words_requested.connect(presenters.further[More.WORDS])


def _join_payment(window: MainWindow, presenters: TillPresenters) -> None:
    screen, paying = window.payment, presenters.paying

    def command(wanted: Command) -> None:
        if wanted is Command.REDEEM:
            presenters.redeem.open()
        elif wanted is Command.PROMOTIONS and presenters.checkout.state is CheckoutState.PAYING:
            paying.back()
            presenters.sale.promoting.open()

    def remove(tender_id: str) -> None:
        window.question.ask(
            QCoreApplication.translate("Question", "Give this payment back?"),
            QCoreApplication.translate("Question", "Cash goes back from the drawer, a card through the terminal."),
            QCoreApplication.translate("Question", "Give back"),
            lambda: paying.remove(tender_id),
        )

    screen.commanded.connect(command)
    screen.way_chosen.connect(paying.choose)
    screen.way_moved.connect(paying.move)
    screen.amount_typed.connect(paying.set_amount)
    screen.quick_chosen.connect(paying.choose_amount)
    screen.voucher_typed.connect(paying.voucher_typed)
    screen.next_requested.connect(paying.go_on)
    screen.save_requested.connect(paying.save)
    screen.back_requested.connect(paying.back)
    screen.remove_requested.connect(remove)
    screen.set_aside_requested.connect(paying.set_aside)
    screen.check_requested.connect(paying.check)


def _join_redeem(window: MainWindow, presenters: TillPresenters) -> None:
    sheet, redeem = window.redeem, presenters.redeem
    sheet.points_chosen.connect(redeem.set_points)
    sheet.digits_typed.connect(redeem.type_digits)
    sheet.erased.connect(redeem.erase)
    sheet.cleared.connect(redeem.clear)
    sheet.code_typed.connect(redeem.code_typed)
    sheet.resend_requested.connect(redeem.resend)
    sheet.second_person_requested.connect(redeem.ask_second_person)
    sheet.trust_requested.connect(redeem.take_on_trust)
    sheet.release_requested.connect(redeem.release_elsewhere)
    sheet.next_requested.connect(redeem.go_on)
    sheet.closed.connect(redeem.cancel)
