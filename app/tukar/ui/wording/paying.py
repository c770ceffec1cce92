"""Redeeming, paying and the saved bill in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tukar.domain.redemption import RedemptionState
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.payment_model import PayNext, Way
from tukar.till.redeem_model import RedeemNext
from tukar.ui.kit import Ink, LedgerRow, Role
from tukar.ui.wording import receipts, selling

if TYPE_CHECKING:
    from tukar.domain.money import Money
    from tukar.domain.people import LoyaltyAccount
    from tukar.domain.points import Points
    from tukar.domain.stored_value import StoredBalance
    from tukar.domain.tender import Tender
    from tukar.till.checkout_model import CodeView, ExchangeView, RedemptionView, TerminalView, TrustView
    from tukar.till.payment_model import PaymentModel
    from tukar.till.point_choices import Suggestion
    from tukar.till.redeem_model import RedeemModel
    from tukar.ui.translations import Language

_BACK = Ink(Role.BODY)

# Points


def who_redeems(account: LoyaltyAccount, balance: Points, most: Points | None, language: Language) -> str:
    """``Dewi Lestari …5678, 1.240 points, at most 865 on this bill``."""
    write = language.format
    who = " ".join(filter(None, (account.name, account.masked_mobile)))
    if most is None:
        words = QCoreApplication.translate("Redeem", "{who}, {balance} points")
        return words.format(who=who, balance=write.points(balance))
    words = QCoreApplication.translate("Redeem", "{who}, {balance} points, at most {most} on this bill")
    return words.format(who=who, balance=write.points(balance), most=write.points(most))


def suggestion(one: Suggestion, language: Language) -> str:
    write = language.format
    points = write.points(one.points)
    if one.leaves is not None:
        words = QCoreApplication.translate("Redeem", "{points}, leaves {money}")
        return words.format(points=points, money=write.money(one.leaves))
    return QCoreApplication.translate("Redeem", "Max {points}").format(points=points) if one.is_most else points


def steps_of(model: RedeemModel, language: Language) -> str:
    """``From 50, in steps of 5``; empty where any number will do."""
    limits = model.limits
    if limits is None or (limits.least.units <= 1 and limits.step.units <= 1):
        return ""
    write = language.format
    words = QCoreApplication.translate("Redeem", "From {least}, in steps of {step}")
    return words.format(least=write.points(limits.least), step=write.points(limits.step))


def code_sent_to(code: CodeView) -> str:
    """Where the code went; nothing of one that cannot be used any more."""
    if code.sent_to:
        return QCoreApplication.translate("Redeem", "Code sent to {number}").format(number=code.sent_to)
    return "" if code.over else QCoreApplication.translate("Redeem", "Perhaps no code was sent")


def tries_left(count: int, language: Language) -> str:
    if count == 1:
        return QCoreApplication.translate("Redeem", "1 try left")
    return QCoreApplication.translate("Redeem", "{count} tries left").format(count=language.format.number(count))


def send_again(seconds: float, language: Language) -> str:
    if not seconds:
        return QCoreApplication.translate("Redeem", "Send again")
    time = language.format.countdown(seconds)
    return QCoreApplication.translate("Redeem", "Send again in {time}").format(time=time)


def redeem_next(model: RedeemModel, language: Language) -> str:
    """What the green button of the sheet says."""
    match model.next:
        case RedeemNext.SEND_CODE:
            return QCoreApplication.translate("Redeem", "Send the code")
        case RedeemNext.TAKE_OFF:
            return QCoreApplication.translate("Redeem", "Use no points")
        case RedeemNext.SEND_NEW:
            return QCoreApplication.translate("Redeem", "Send a new code")
        case RedeemNext.ASK_AGAIN:
            return QCoreApplication.translate("Redeem", "Try again")
        case _:
            points = language.format.points(model.points)
            return QCoreApplication.translate("Redeem", "Redeem {points}").format(points=points)


def held_elsewhere(points: Points, language: Language) -> str:
    """What the button says that lets go what other bills hold."""
    words = QCoreApplication.translate("Redeem", "{points} points are held by another bill. Call the manager")
    return words.format(points=language.format.points(points))


def take_on_trust(trust: TrustView, language: Language) -> str:
    points = language.format.points(trust.points)
    return QCoreApplication.translate("Redeem", "Take {points} points on trust").format(points=points)


def on_trust(trust: TrustView, minute: str) -> str:
    """What taking points on trust means; ``minute`` is when the balance was heard, empty where that is unknown."""
    said = [
        QCoreApplication.translate("Redeem", "Without the line the balance is not certain.")
        if not minute
        else QCoreApplication.translate(
            "Redeem", "The balance is from {time}. It may have changed since, nobody can ask."
        ).format(time=minute)
    ]
    if trust.needs_code:
        said.append(QCoreApplication.translate("Redeem", "No code can be sent, so a manager confirms it."))
    return " ".join(said)


def reserved(view: RedemptionView, minute: str) -> str:
    """How points on the bill stand, from their row; ``minute`` is when a hold ends, empty where that is unknown."""
    if view.state is RedemptionState.HELD and view.on_trust:
        return QCoreApplication.translate("Payment", "Taken on trust")
    if view.state is RedemptionState.HELD and minute:
        return QCoreApplication.translate("Payment", "Reserved until {time}").format(time=minute)
    if view.state is RedemptionState.QUOTED and view.needs_code:
        return QCoreApplication.translate("Payment", "Needs a code")
    return {
        RedemptionState.HELD: QCoreApplication.translate("Payment", "Reserved"),
        RedemptionState.ASKED: QCoreApplication.translate("Payment", "Asking"),
        RedemptionState.CHALLENGED: QCoreApplication.translate("Payment", "Waits for the code"),
        RedemptionState.REVIEW: QCoreApplication.translate("Payment", "Needs a manager"),
    }.get(view.state, QCoreApplication.translate("Payment", "On this bill"))


# Payment


def way(one: Way) -> str:
    return {
        Way.CASH: QCoreApplication.translate("Payment", "Cash"),
        Way.CARD: QCoreApplication.translate("Payment", "Card"),
        Way.QR: QCoreApplication.translate("Payment", "QRIS"),
        Way.GIFT_CARD: QCoreApplication.translate("Payment", "Gift card"),
        Way.STORE_CREDIT: QCoreApplication.translate("Payment", "Store credit"),
        Way.POINTS: QCoreApplication.translate("Payment", "Points"),
        Way.VOUCHER: QCoreApplication.translate("Payment", "Voucher"),
    }[one]


def amount_of(one: Way) -> str:
    """What the amount field of a way to pay is called."""
    return {
        Way.CASH: QCoreApplication.translate("Payment", "Cash received"),
        Way.CARD: QCoreApplication.translate("Payment", "On the card"),
        Way.QR: QCoreApplication.translate("Payment", "By QRIS"),
        Way.GIFT_CARD: QCoreApplication.translate("Payment", "From the gift card"),
        Way.STORE_CREDIT: QCoreApplication.translate("Payment", "From the store credit"),
        Way.POINTS: QCoreApplication.translate("Payment", "Points"),
        Way.VOUCHER: QCoreApplication.translate("Payment", "Code on the voucher"),
    }[one]


def code_on(one: Way) -> str:
    """What the field of a code is called."""
    if one is Way.GIFT_CARD:
        return QCoreApplication.translate("Payment", "Code on the gift card")
    return amount_of(Way.VOUCHER)


def holds(value: StoredBalance, language: Language) -> str:
    """``…0001 has Rp 100.000``, or the same of a customer's credit."""
    money = language.format.money(value.balance)
    return QCoreApplication.translate("Payment", "{whose} has {money}").format(whose=value.mask, money=money)


def exactly(amount: Money, language: Language) -> str:
    return QCoreApplication.translate("Payment", "Exact {amount}").format(amount=language.format.figure(amount))


def tender(given: Tender) -> str:
    return receipts.tender(given)


def tender_state(given: Tender, minute: str, language: Language) -> str:
    """How money given stands: ``Approved 14:10`` for a card, ``Received`` for cash."""
    if given.value is not None and given.value.left is not None:
        left = language.format.money(given.value.left)
        return QCoreApplication.translate("Payment", "Reserved, {money} left").format(money=left)
    if given.mode in (PaymentMode.CARD, PaymentMode.QR):
        return QCoreApplication.translate("Payment", "Approved {time}").format(time=minute)
    return QCoreApplication.translate("Payment", "Received")


def points_both_ways(exchange: ExchangeView, language: Language) -> str:
    """What becomes of the points of goods that come back: ``Points +200, −34``."""
    write = language.format
    parts = []
    for account in exchange.points:
        given = f"+{write.points(account.given)}" if account.given else ""
        taken = write.points(-account.taken) if account.taken else ""
        if given or taken:
            parts.append(f"{language.name(account.name)} {', '.join(filter(None, (given, taken)))}")
    return ", ".join(parts) or QCoreApplication.translate("Payment", "Goods come back")


def nothing_left(exchange: ExchangeView | None, language: Language) -> str:
    """What stands in the middle once nothing is left to pay; ``goes_back`` is the ledger under it."""
    if exchange is not None and (exchange.cards or exchange.values):
        return QCoreApplication.translate("Return", "Goes back to the customer")
    if exchange is None or not exchange.left_over:
        return QCoreApplication.translate("Payment", "Nothing is left to pay")
    money = language.format.money(exchange.left_over.rounded_to_cash())
    return QCoreApplication.translate("Payment", "Give back {money} in cash").format(money=money)


def goes_back(exchange: ExchangeView | None, language: Language) -> list[LedgerRow]:
    """What goes back for goods beside new ones, and to which card; nothing where all of it is cash."""
    if exchange is None or not (exchange.cards or exchange.values):
        return []
    write = language.format
    rows = [(receipts.tender(to), money) for to, money in (*exchange.values, *exchange.cards)]
    coins = exchange.cash.rounded_to_cash()
    if coins:
        rows.append((receipts.payment_mode(PaymentMode.CASH), coins))
    return [LedgerRow(name, write.money(money), _BACK, _BACK) for name, money in rows]


def money_goes_back(terminal: TerminalView) -> str:
    """What a terminal does that gives money back, and to which card where that is known."""
    return ": ".join(filter(None, (QCoreApplication.translate("Payment", "The money goes back"), terminal.label)))


def good_for(seconds: float, language: Language) -> str:
    """How long the code on the screen can still be paid by."""
    waited = language.format.countdown(int(seconds))
    return QCoreApplication.translate("Payment", "Good for {time}").format(time=waited)


def earns(points: Points, language: Language) -> str:
    text = language.format.points(points)
    if text == "1":
        return QCoreApplication.translate("Payment", "+1 point when the bill is saved")
    return QCoreApplication.translate("Payment", "+{points} points when the bill is saved").format(points=text)


def points_used(view: RedemptionView, language: Language) -> str:
    """``735 points``."""
    figure = language.format.points(view.points)
    return f"{figure} {selling.points(figure)}"


def pay_next(model: PaymentModel, language: Language) -> str:
    """What the green button of the payment screen says."""
    if model.next in (PayNext.TAKE_PART, PayNext.PAY_VALUE):
        money = language.format.money(model.amount)
        return QCoreApplication.translate("Payment", "Take {money}").format(money=money)
    return {
        PayNext.TO_TERMINAL: QCoreApplication.translate("Payment", "To the terminal"),
        PayNext.SHOW_QR: QCoreApplication.translate("Payment", "Show the code"),
        PayNext.REDEEM: QCoreApplication.translate("Payment", "Use points"),
        PayNext.TRY_VOUCHER: QCoreApplication.translate("Payment", "Use the voucher"),
        PayNext.FIND_CARD: QCoreApplication.translate("Payment", "Look at the card"),
        PayNext.SAVE: QCoreApplication.translate("Payment", "Save the bill"),
        PayNext.APPROVE: QCoreApplication.translate("Payment", "Call the manager"),
        PayNext.ASK_AGAIN: QCoreApplication.translate("Payment", "Ask the bank again")
        if model.state is CheckoutState.UNCLEAR
        else QCoreApplication.translate("Payment", "Ask again"),
        PayNext.WAIT: QCoreApplication.translate("Payment", "Waiting"),
    }.get(model.next, QCoreApplication.translate("Payment", "Done"))
