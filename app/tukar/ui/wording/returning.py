"""Goods that come back: how many of what, why, and what the customer gets and gives."""

from PySide6.QtCore import QCoreApplication

from tukar.domain.money import Quantity
from tukar.domain.receipt import Receipt
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep
from tukar.till.return_receipt import PointsBack
from tukar.till.returning_model import NEW_BILL, ReturnLine, ReturnModel, ReturnStep
from tukar.ui.kit import Colour, Ink, LedgerRow, Role
from tukar.ui.translations import Language
from tukar.ui.wording import receipts

_GIVEN = Ink(Role.BODY, Colour.POINTS)


def title() -> str:
    return QCoreApplication.translate("Return", "Take goods back")


def sale(receipt: Receipt, language: Language) -> str:
    """Which receipt it is: number, day, who bought."""
    name = receipt.customer.name if receipt.customer is not None else ""
    return "   ".join(filter(None, (receipt.number.short, language.format.date(receipt.at.date()), name)))


def reasons() -> tuple[str, ...]:
    """Reasons that need no typing."""
    return (
        QCoreApplication.translate("Return", "Damaged"),
        QCoreApplication.translate("Return", "Wrong item"),
        QCoreApplication.translate("Return", "Not wanted"),
    )


def how_many(line: ReturnLine, language: Language) -> str:
    """``2 of 3 come back``; of a line that is gone already, that it is."""
    write = language.format
    if not line.left:
        return QCoreApplication.translate("Return", "Came back already")
    left = write.quantity(Quantity(line.left))
    if not line.back:
        return QCoreApplication.translate("Return", "{left} can come back").format(left=left)
    words = QCoreApplication.translate("Return", "{count} of {left} come back")
    return words.format(count=write.quantity(Quantity(line.back)), left=left)


def money_label(model: ReturnModel) -> str:
    if model.step is ReturnStep.DONE:
        return QCoreApplication.translate("Return", "Give back")
    return QCoreApplication.translate("Return", "Goes back to the customer")


def points(model: ReturnModel, language: Language) -> list[LedgerRow]:
    """What becomes of the points, account by account, and of money that is missing for them."""
    rows: list[LedgerRow] = []
    for account in model.points:
        rows += _of_account(account, language)
    for tender, amount in model.back:
        back = QCoreApplication.translate("Return", "Back on {card}").format(card=receipts.tender(tender))
        rows.append(LedgerRow(back, f"+{language.format.money(amount)}", _GIVEN, _GIVEN))
    if model.reduced_by:
        less = (
            QCoreApplication.translate("Return", "Less, the gift card has paid that much")
            if model.unspent_only
            else QCoreApplication.translate("Return", "Less, for points already spent")
        )
        rows.append(LedgerRow(less, language.format.off(model.reduced_by)))
    return rows


def _of_account(account: PointsBack, language: Language) -> list[LedgerRow]:
    write, name = language.format, language.name(account.name)
    rows = []
    if account.given:
        words = QCoreApplication.translate("Return", "{points} back to the customer").format(points=name)
        rows.append(LedgerRow(words, f"+{write.points(account.given)}", _GIVEN, _GIVEN))
    if account.taken:
        words = QCoreApplication.translate("Return", "{points} of this sale, taken back").format(points=name)
        rows.append(LedgerRow(words, write.points(-account.taken), _GIVEN, _GIVEN))
    if account.short:
        words = QCoreApplication.translate("Return", "{points} already spent").format(points=name)
        rows.append(LedgerRow(words, write.points(account.short)))
    return rows


def next_step(model: ReturnModel, language: Language) -> str:
    """What Enter does."""
    to_pay = model.to_pay
    money = "" if to_pay is None else language.format.money(to_pay)
    if model.step is ReturnStep.FIND:
        return QCoreApplication.translate("Return", "Find")
    if model.step is ReturnStep.CHOOSE:
        return QCoreApplication.translate("Return", "Take back")
    if model.step is ReturnStep.UNSURE:
        return QCoreApplication.translate("Return", "Ask again")
    if model.step is ReturnStep.AGREED:
        words = QCoreApplication.translate("Return", "Pay out {amount}")
        if to_pay is not None and not to_pay and model.back:
            return QCoreApplication.translate("Return", "Save the return")
        if model.card == NEW_BILL:
            words = QCoreApplication.translate("Return", "Exchange {amount}")
        elif model.card >= 0:
            words = QCoreApplication.translate("Return", "To the card {amount}")
        return words.format(amount=money)
    return QCoreApplication.translate("Return", "Done")


def done(model: ReturnModel) -> str:
    """What was saved, and how the money went."""
    if model.saved is None:
        return ""
    ways = ", ".join(dict.fromkeys(receipts.tender(tender) for tender in model.saved.tenders))
    words = QCoreApplication.translate("Return", "Return {number} is saved.").format(number=model.saved.number.short)
    return f"{words} {_given_back(ways)}" if ways else words


def receiptless_label(model: ReceiptlessModel) -> str:
    if model.step is ReceiptlessStep.DONE:
        return QCoreApplication.translate("Return", "Give back")
    return QCoreApplication.translate("Return", "Goes back to the customer")


def receiptless_next(model: ReceiptlessModel) -> str:
    """What Enter does."""
    if model.step is ReceiptlessStep.DONE:
        return QCoreApplication.translate("Return", "Done")
    if model.searching:
        return QCoreApplication.translate("Return", "Add")
    return QCoreApplication.translate("Return", "Ask for approval")


def receiptless_done(model: ReceiptlessModel) -> str:
    """What was saved: the money is cash, always."""
    if model.saved is None:
        return ""
    words = QCoreApplication.translate("Return", "Return {number} is saved.").format(number=model.saved.number.short)
    return f"{words} {_given_back(QCoreApplication.translate('Receipt', 'Cash'))}"


def _given_back(ways: str) -> str:
    return QCoreApplication.translate("Return", "Given back: {ways}.").format(ways=ways)
