"""The words on paper: everything a receipt says around its figures."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from tukar.domain.offer import WhyNot
from tukar.domain.people import ExpiringPoints
from tukar.domain.pricing.result import TaxAmount
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptLine, ReceiptNumber
from tukar.domain.tender import PaymentMode, Tender
from tukar.ui.translations import Language
from tukar.ui.wording import offers

TIMES = "\N{MULTIPLICATION SIGN}"


def bill_number(short: str) -> str:
    return QCoreApplication.translate("Receipt", "Bill {number}").format(number=short)


def short_number(number: str) -> str:
    """What people say across the counter; a text that is no receipt number stays as it is."""
    try:
        return ReceiptNumber.parse(number).short
    except ValueError:
        return number


def cashier(name: str) -> str:
    return QCoreApplication.translate("Receipt", "Cashier {name}").format(name=name)


def title(receipt: Receipt) -> str:
    """What kind of paper it is; empty for an ordinary sale."""
    if receipt.kind is ReceiptKind.RETURN:
        if not receipt.returns:
            return QCoreApplication.translate("Receipt", "RETURN WITHOUT RECEIPT")
        return QCoreApplication.translate("Receipt", "RETURN")
    return ""


def copy_mark() -> str:
    return QCoreApplication.translate("Receipt", "COPY")


def training_mark() -> str:
    return QCoreApplication.translate("Receipt", "PRACTICE, NOT A SALE")


def moment(at: datetime, language: Language) -> str:
    """``21 Nov 2026  14.12``; ``at`` is the shop's local time."""
    write = language.format
    return f"{write.date(at.date())}  {write.time(at)}"


def quantity(line: ReceiptLine, language: Language) -> str:
    """``5 × 3.500 = 17.500``; without the product where nothing was taken off it."""
    write = language.format
    price = write.unit_price(line.unit_price).removeprefix(write.habit.sign)
    text = f"{write.quantity(line.quantity)} {TIMES} {price}"
    return text if line.gross == line.net else f"{text} = {write.figure(line.gross)}"


def given_on_top() -> str:
    return QCoreApplication.translate("Receipt", "Free")


def before_promotions() -> str:
    return QCoreApplication.translate("Receipt", "Before promotions")


def promotions() -> str:
    return QCoreApplication.translate("Receipt", "Promotions")


def total() -> str:
    return QCoreApplication.translate("Receipt", "TOTAL")


def tender(given: Tender) -> str:
    """The terminal's own words for a card, else what kind of money it is."""
    if given.mode is PaymentMode.EXCHANGE and given.label:
        return f"{payment_mode(given.mode)} {given.label}"
    if given.mode is PaymentMode.GIFT_CARD:
        return f"{payment_mode(given.mode)} {given.label}".strip()
    if given.mode is PaymentMode.STORE_CREDIT:
        return payment_mode(given.mode)
    return given.label or payment_mode(given.mode)


def payment_mode(mode: PaymentMode) -> str:
    return {
        PaymentMode.CASH: QCoreApplication.translate("Receipt", "Cash"),
        PaymentMode.CARD: QCoreApplication.translate("Receipt", "Card"),
        PaymentMode.QR: QCoreApplication.translate("Receipt", "QRIS"),
        PaymentMode.VOUCHER: QCoreApplication.translate("Receipt", "Voucher"),
        PaymentMode.GIFT_CARD: QCoreApplication.translate("Receipt", "Gift card"),
        PaymentMode.WALLET: QCoreApplication.translate("Receipt", "Wallet"),
        PaymentMode.STORE_CREDIT: QCoreApplication.translate("Receipt", "Store credit"),
        PaymentMode.EXCHANGE: QCoreApplication.translate("Receipt", "Exchange"),
    }[mode]


def value_left(account: PaymentMode) -> str:
    """Before what a gift card or the store credit still holds."""
    if account is PaymentMode.STORE_CREDIT:
        return QCoreApplication.translate("Receipt", "Store credit left")
    return QCoreApplication.translate("Receipt", "Left on the card")


def card_works() -> str:
    """Under the code of a gift card that was sold: offline it has to wait for the line."""
    return QCoreApplication.translate("Receipt", "Pays like money, as soon as this bill has been sent")


def coupon(name: str) -> str:
    return QCoreApplication.translate("Receipt", "For your next visit: {name}").format(name=name)


def coupon_until(last_day: date | None, language: Language) -> str:
    if last_day is None:
        return QCoreApplication.translate("Receipt", "Bring this paper along")
    words = QCoreApplication.translate("Receipt", "Bring this paper along by {day}")
    return words.format(day=language.format.date(last_day))


def rounding() -> str:
    return QCoreApplication.translate("Receipt", "Rounded to coins")


def change() -> str:
    return QCoreApplication.translate("Receipt", "Change")


def tax(amount: TaxAmount, language: Language) -> str:
    """``PPN 11 % included``, with every rate of the group."""
    rates = " + ".join(language.format.percent(str(rate)) for rate in amount.rates)
    name = " ".join(filter(None, (amount.name or QCoreApplication.translate("Receipt", "Tax"), rates)))
    if amount.included:
        return QCoreApplication.translate("Receipt", "{tax} included").format(tax=name)
    return QCoreApplication.translate("Receipt", "{tax} in the total").format(tax=name)


def note(written: str) -> str:
    """What was noted on the whole bill."""
    return QCoreApplication.translate("Receipt", "Note: {note}").format(note=written)


def buyer(number_name: str) -> str:
    """Before the tax number of whoever bought; ``number_name`` is GSTIN or NPWP, or empty."""
    if not number_name:
        return QCoreApplication.translate("Receipt", "Buyer's tax number")
    return QCoreApplication.translate("Receipt", "Buyer's {name}").format(name=number_name)


def allowed_by(name: str) -> str:
    return QCoreApplication.translate("Receipt", "Allowed by {name}").format(name=name)


def reason(given: str) -> str:
    return QCoreApplication.translate("Receipt", "Reason: {reason}").format(reason=given)


def served_by(name: str) -> str:
    """Of a line that somebody else than the bill's salesperson is credited with."""
    return QCoreApplication.translate("Receipt", "Served by {name}").format(name=name)


def points_before(name: str) -> str:
    return QCoreApplication.translate("Receipt", "{points} before").format(points=name)


def points_used(name: str) -> str:
    return QCoreApplication.translate("Receipt", "{points} used").format(points=name)


def points_earned(name: str) -> str:
    return QCoreApplication.translate("Receipt", "{points} from this bill").format(points=name)


def points_given_back(name: str) -> str:
    """Points that were spent on goods which came back."""
    return QCoreApplication.translate("Receipt", "{points} given back").format(points=name)


def points_taken_back(name: str) -> str:
    """Points that were earned with goods which came back."""
    return QCoreApplication.translate("Receipt", "{points} taken back").format(points=name)


def points_now(name: str) -> str:
    return QCoreApplication.translate("Receipt", "{points} now").format(points=name)


def expiry(points: ExpiringPoints, language: Language) -> str:
    """``120 points expire 30 Nov 2026``."""
    write = language.format
    words = QCoreApplication.translate("Receipt", "{points} points expire {day}")
    return words.format(points=write.points(points.points), day=write.date(points.last_day))


def nudge(why: WhyNot, language: Language) -> str:
    return offers.nudge(why, language)


def scan_me() -> str:
    return QCoreApplication.translate("Receipt", "The receipt's number, to scan")


def goodbye() -> str:
    return QCoreApplication.translate("Receipt", "Thank you, see you again")
