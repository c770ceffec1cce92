"""Every notice as a sentence: what happened, and then what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from tukar.till.notices import Say
from tukar.ui.wording.later import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from tukar.till.notices import Notice
    from tukar.ui.translations import Language

_SENTENCES: Final[Mapping[Say, str]] = MappingProxyType(
    {
        Say.UNKNOWN_ITEM: QT_TRANSLATE_NOOP("Notice", "No item “{text}”. Type its name, or scan it again."),
        Say.WHICH_ITEM: QT_TRANSLATE_NOOP("Notice", "{count} items have the code {text}. Choose one."),
        Say.ITEM_NOT_SOLD: QT_TRANSLATE_NOOP("Notice", "{text} is not sold any more. Choose another item."),
        Say.SOLD_BY_PIECE: QT_TRANSLATE_NOOP("Notice", "{text} is sold by the piece. Type a whole number."),
        Say.BARCODE_MISREAD: QT_TRANSLATE_NOOP("Notice", "The barcode {text} was misread. Scan it again."),
        Say.NUMBER_TOO_SHORT: QT_TRANSLATE_NOOP("Notice", "{text} is too short for a mobile number. Type all of it."),
        Say.NUMBER_NOT_MOBILE: QT_TRANSLATE_NOOP(
            "Notice", "{text} is not a mobile number. Check it, or search by name or card."
        ),
        Say.NUMBER_FOREIGN: QT_TRANSLATE_NOOP(
            "Notice", "Nobody has this number from abroad ({text}). Check it, or enrol the customer."
        ),
        Say.CUSTOMER_NOT_FOUND: QT_TRANSLATE_NOOP("Notice", "Nobody found. Search again, or enrol the customer."),
        Say.CUSTOMER_ENROLLED: QT_TRANSLATE_NOOP("Notice", "{text} is enrolled. This bill earns points already."),
        Say.CUSTOMER_ENROLLED_OFFLINE: QT_TRANSLATE_NOOP(
            "Notice", "{text} is noted and earns points. Enrolling ends when the line is back."
        ),
        Say.CUSTOMER_EXISTS: QT_TRANSLATE_NOOP("Notice", "That number is enrolled already. Search for it instead."),
        Say.OFFLINE_FIND: QT_TRANSLATE_NOOP(
            "Notice", "No line, so nobody can be looked up. Selling works, and a new customer can be noted."
        ),
        Say.OFFLINE_REDEEM: QT_TRANSLATE_NOOP("Notice", "No line, so points stay where they are. Selling works."),
        Say.OFFLINE_SELLING: QT_TRANSLATE_NOOP("Notice", "Selling works. Points wait for the line."),
        Say.BACKEND_NONSENSE: QT_TRANSLATE_NOOP(
            "Notice", "The points service gave an answer that makes no sense. Selling works, try points again later."
        ),
        Say.BACKEND_SLOW: QT_TRANSLATE_NOOP("Notice", "The points service is busy. Try again in a moment."),
        Say.BACKEND_RECOVERING: QT_TRANSLATE_NOOP(
            "Notice", "The points service is being restored. Selling works, points wait."
        ),
        Say.TILL_REVOKED: QT_TRANSLATE_NOOP("Notice", "This till was signed off by the shop. Call the manager."),
        Say.TILL_OUTDATED: QT_TRANSLATE_NOOP("Notice", "This till is too old for the points service. Update it."),
        Say.SIGN_IN_AGAIN: QT_TRANSLATE_NOOP("Notice", "Your sign-in ran out. Sign in again."),
        Say.WRONG_PIN: QT_TRANSLATE_NOOP("Notice", "That PIN is not right. Type it again."),
        Say.WRONG_PASSWORD: QT_TRANSLATE_NOOP("Notice", "That password is not right. Type it again."),
        Say.PIN_LOCKED: QT_TRANSLATE_NOOP("Notice", "Too many wrong PINs. Wait {time}, or call the manager."),
        Say.SHUT_OUT: QT_TRANSLATE_NOOP("Notice", "Too many wrong tries. Only a manager can let {text} in."),
        Say.NOBODY_LETS_IN: QT_TRANSLATE_NOOP(
            "Notice", "Too many wrong tries, and nobody else here may let {text} in. Ask the office to add a manager."
        ),
        Say.LET_IN_AGAIN: QT_TRANSLATE_NOOP("Notice", "{text} can sign in again."),
        Say.CODE_SENT: QT_TRANSLATE_NOOP("Notice", "The code is on its way to {text}. Type it here."),
        Say.CODE_WRONG: QT_TRANSLATE_NOOP("Notice", "That code is not right. Type it again or send a new one."),
        Say.CODE_LOCKED: QT_TRANSLATE_NOOP("Notice", "Too many wrong codes. Send a new one, or go on without points."),
        Say.CODE_EXPIRED: QT_TRANSLATE_NOOP("Notice", "That code has run out. Send a new one."),
        Say.CODE_TOO_MANY: QT_TRANSLATE_NOOP(
            "Notice", "No more codes can be sent to this number today. Call the manager, or go on without points."
        ),
        Say.OVERRIDES_USED_UP: QT_TRANSLATE_NOOP(
            "Notice", "This till has gone without a code often enough today. Send a code, or go on without points."
        ),
        Say.CODE_RESEND_EARLY: QT_TRANSLATE_NOOP("Notice", "A code is on its way. Send a new one in {time}."),
        Say.NO_MOBILE: QT_TRANSLATE_NOOP("Notice", "The customer has no mobile number. Go on without points."),
        Say.TOO_FEW_POINTS: QT_TRANSLATE_NOOP("Notice", "There are only {points} points. Use fewer."),
        Say.POINTS_SPENT_ELSEWHERE: QT_TRANSLATE_NOOP(
            "Notice", "Points were spent elsewhere, {points} are left. Choose again."
        ),
        Say.RULES_CHANGED: QT_TRANSLATE_NOOP(
            "Notice", "The promotions have changed. Look at the bill and apply again."
        ),
        Say.PRICES_CHANGED: QT_TRANSLATE_NOOP("Notice", "A price has changed. Look at the bill and go on."),
        Say.OFFER_GONE: QT_TRANSLATE_NOOP("Notice", "That does not fit this bill now. Nothing was changed."),
        Say.OFFER_ASKED: QT_TRANSLATE_NOOP("Notice", "Checking whether the offer is still there. The bill waits."),
        Say.OFFER_UNKNOWN: QT_TRANSLATE_NOOP(
            "Notice", "No answer whether the offer is still there. Ask again, or go on without it."
        ),
        Say.OFFER_USED_UP: QT_TRANSLATE_NOOP(
            "Notice", "{name} is used up, somebody else was first. Look at the bill and go on."
        ),
        Say.OFFER_RAN_OUT: QT_TRANSLATE_NOOP(
            "Notice", "The reserved offer ran out of time. Apply it again, or go on without."
        ),
        Say.VOUCHER_NOT_TAKEN: QT_TRANSLATE_NOOP(
            "Notice", "The code {text} gives nothing on this bill. Check it, or go on without."
        ),
        Say.POINTS_ASKED: QT_TRANSLATE_NOOP("Notice", "The points are being asked for. The bill waits for the answer."),
        Say.POINTS_RESERVED: QT_TRANSLATE_NOOP("Notice", "{points} points are reserved for {time}."),
        Say.POINTS_RELEASED: QT_TRANSLATE_NOOP("Notice", "{points} points are free again. Choose how many to use."),
        Say.POINTS_ON_TRUST: QT_TRANSLATE_NOOP(
            "Notice", "{points} points are taken on trust. Nobody could ask whether they are still there."
        ),
        Say.POINTS_UNKNOWN: QT_TRANSLATE_NOOP(
            "Notice", "No answer about the points yet. Ask again, or go on without them."
        ),
        Say.POINTS_TAKEN: QT_TRANSLATE_NOOP("Notice", "Points taken, {points} left."),
        Say.POINTS_RETURNING: QT_TRANSLATE_NOOP("Notice", "The points go back to the customer when the line is there."),
        Say.POINTS_RETURNED: QT_TRANSLATE_NOOP("Notice", "The points are back with the customer."),
        Say.HOLD_RAN_OUT: QT_TRANSLATE_NOOP(
            "Notice", "The reserved points ran out of time. Redeem again, or go on without."
        ),
        Say.NEEDS_MANAGER: QT_TRANSLATE_NOOP("Notice", "A manager has to look at this. The bill stays as it is."),
        Say.CARD_DECLINED: QT_TRANSLATE_NOOP(
            "Notice", "The card was declined. Try another card or another way to pay."
        ),
        Say.CARD_CANCELLED: QT_TRANSLATE_NOOP("Notice", "The payment was stopped. Nothing was taken. Choose again."),
        Say.CARD_UNKNOWN: QT_TRANSLATE_NOOP(
            "Notice", "The bank has not answered. Ask again before anything else is paid."
        ),
        Say.CARD_APPROVED_AFTER_ALL: QT_TRANSLATE_NOOP("Notice", "The payment came after all: {money}. It counts."),
        Say.GIFT_CARD_UNKNOWN: QT_TRANSLATE_NOOP(
            "Notice", "No gift card has this code. Scan it again, or take another payment."
        ),
        Say.GIFT_CARD_EMPTY: QT_TRANSLATE_NOOP("Notice", "Nothing is left on card {text}. Take another payment."),
        Say.GIFT_CARD_ON_BILL: QT_TRANSLATE_NOOP(
            "Notice", "{text} pays for this bill already. Take it off first, or use another payment."
        ),
        Say.GIFT_CARD_TAKEN: QT_TRANSLATE_NOOP("Notice", "That gift card is sold already. Scan another one."),
        Say.GIFT_CARD_ADDED: QT_TRANSLATE_NOOP(
            "Notice", "Scan the gift card that is sold, or go on: the receipt prints a new code."
        ),
        Say.GIFT_CARD_NAMED: QT_TRANSLATE_NOOP("Notice", "Card {text} is sold with this bill."),
        Say.VALUE_ASKED: QT_TRANSLATE_NOOP("Notice", "Reserving {money}."),
        Say.VALUE_UNKNOWN: QT_TRANSLATE_NOOP("Notice", "No answer yet. Ask again, or cancel and take another payment."),
        Say.VALUE_RETURNING: QT_TRANSLATE_NOOP("Notice", "{money} are not taken, and stay on the card."),
        Say.VALUE_NOT_ENOUGH: QT_TRANSLATE_NOOP("Notice", "{text} has only {money}. Type less, and split the rest."),
        Say.VALUE_SPENT_ELSEWHERE: QT_TRANSLATE_NOOP(
            "Notice", "{text} was used elsewhere meanwhile, {money} are left. Use that, or another payment."
        ),
        Say.VALUE_RAN_OUT: QT_TRANSLATE_NOOP(
            "Notice", "What was reserved of a gift card or credit ran out of time. Take it off, or call the manager."
        ),
        Say.OFFLINE_VALUE: QT_TRANSLATE_NOOP(
            "Notice", "No line, so gift cards and store credit wait. Take another payment."
        ),
        Say.NOT_ENOUGH_MONEY: QT_TRANSLATE_NOOP("Notice", "{money} are missing. Take more, or add another payment."),
        Say.ONLY_CASH_CHANGE: QT_TRANSLATE_NOOP("Notice", "Only cash gives change. Type {money} or less."),
        Say.KIOSK_STAYS: QT_TRANSLATE_NOOP("Notice", "This till stays open. A manager signs in to close it."),
        Say.SUPPORT_GATHERED: QT_TRANSLATE_NOOP("Notice", "The file for support is being made. Go on selling."),
        Say.SUPPORT_FILE: QT_TRANSLATE_NOOP(
            "Notice", "Send {text} to support. It holds no bills, members, codes or keys."
        ),
        Say.SUPPORT_FAILED: QT_TRANSLATE_NOOP("Notice", "The file for support was not made: {text}. Try again later."),
        Say.TAX_NUMBER_LENGTH: QT_TRANSLATE_NOOP(
            "Notice", "That {text} is too long or too short. Count its digits and type it again."
        ),
        Say.TAX_NUMBER_FORM: QT_TRANSLATE_NOOP("Notice", "That is not a tax number. Read it again from the card."),
        Say.TAX_NUMBER_CHECK: QT_TRANSLATE_NOOP(
            "Notice", "One sign of that {text} is wrong, its check digit says so. Read it again from the card."
        ),
        Say.CARD_NUMBER_TYPED: QT_TRANSLATE_NOOP(
            "Notice", "That looks like a card number. It is not kept, type something else."
        ),
        Say.BILL_SAVED: QT_TRANSLATE_NOOP("Notice", "Bill {text} is saved."),
        Say.BILL_SAVED_OFFLINE: QT_TRANSLATE_NOOP("Notice", "Bill {text} is saved and waits to be sent."),
        Say.BILL_NOT_SAVED_DISK: QT_TRANSLATE_NOOP(
            "Notice", "The disk did not take the bill. It is still here: make room, then save again."
        ),
        Say.BILL_EMPTY: QT_TRANSLATE_NOOP("Notice", "The bill is empty. Add an item first."),
        Say.BILL_RESUMED: QT_TRANSLATE_NOOP("Notice", "The last bill is back. Nothing was paid yet."),
        Say.BILL_RESUMED_PAID: QT_TRANSLATE_NOOP("Notice", "The last bill is back. {money} are paid, save it."),
        Say.BILL_WAS_SAVED: QT_TRANSLATE_NOOP("Notice", "The last bill was saved as {text}. Print it again if needed."),
        Say.SALESPERSON_NEEDED: QT_TRANSLATE_NOOP("Notice", "Choose a salesperson first, then go on."),
        Say.PRINTER_MISSING: QT_TRANSLATE_NOOP(
            "Notice", "No printer. The receipt is on the screen and can be printed later."
        ),
        Say.PRINTER_PAPER: QT_TRANSLATE_NOOP("Notice", "The printer is out of paper. Put some in, then print again."),
        Say.PRINTER_FAILED: QT_TRANSLATE_NOOP(
            "Notice", "The receipt did not print. The bill is saved, print it again."
        ),
        Say.SETTINGS_DAMAGED: QT_TRANSLATE_NOOP(
            "Notice", "The settings file is damaged. The last good settings are used."
        ),
        Say.ALREADY_RUNNING: QT_TRANSLATE_NOOP("Notice", "The till is running already. Use the window that is open."),
        Say.DISK_FULL: QT_TRANSLATE_NOOP("Notice", "The disk is full. Make room before the next bill."),
        Say.DISK_NEARLY_FULL: QT_TRANSLATE_NOOP(
            "Notice", "The disk is nearly full, {count} MB are left. Make room soon."
        ),
        Say.DISK_FAILED: QT_TRANSLATE_NOOP("Notice", "The disk does not work as it should. Call the manager."),
        Say.NO_KEYRING: QT_TRANSLATE_NOOP(
            "Notice", "This computer has no safe place for the till's key. Choose where to keep it."
        ),
        Say.NOT_ALLOWED: QT_TRANSLATE_NOOP("Notice", "You may not do this. Ask somebody who may."),
        Say.BEYOND_LIMIT: QT_TRANSLATE_NOOP(
            "Notice", "This is more than {text} may allow. Ask somebody who may allow more."
        ),
        Say.NOTHING_HELD: QT_TRANSLATE_NOOP("Notice", "No bill is on hold."),
        Say.REASON_NEEDED: QT_TRANSLATE_NOOP("Notice", "Say why first. The reason goes on the receipt."),
        Say.DISCOUNT_TOO_MUCH: QT_TRANSLATE_NOOP("Notice", "That is more than the price. Type less."),
        Say.MONEY_TAKEN: QT_TRANSLATE_NOOP(
            "Notice", "Money was taken for this bill. Give it back at the payment first."
        ),
        Say.RECEIPT_NOT_FOUND: QT_TRANSLATE_NOOP("Notice", "No receipt of that number. Check it, or scan its code."),
        Say.NOT_RETURNABLE: QT_TRANSLATE_NOOP("Notice", "{text} is a return itself. Take the receipt of the sale."),
        Say.ALL_RETURNED: QT_TRANSLATE_NOOP("Notice", "Everything on {text} came back already."),
        Say.TOO_MUCH_RETURNED: QT_TRANSLATE_NOOP(
            "Notice", "Some of this came back already, maybe at another till. Take back less."
        ),
        Say.OFFLINE_RETURN: QT_TRANSLATE_NOOP(
            "Notice", "No answer, so no money leaves yet. Try again, or ask the customer to come back later."
        ),
        Say.REFUND_DECLINED: QT_TRANSLATE_NOOP(
            "Notice", "The card did not take {money} back. Give it back another way."
        ),
        Say.REFUND_UNCLEAR: QT_TRANSLATE_NOOP(
            "Notice", "Nobody knows yet whether {money} went back to the card. Give no cash, a manager looks at it."
        ),
        Say.RETURN_GIVEN_UP: QT_TRANSLATE_NOOP(
            "Notice", "The return for {text} was not finished, and no money left. Begin it again."
        ),
        Say.RETURN_MUST_BE_SAVED: QT_TRANSLATE_NOOP(
            "Notice", "Money went back to the card already. Save the return first."
        ),
        Say.NO_RECEIPTS: QT_TRANSLATE_NOOP("Notice", "Nothing was sold at this till yet."),
        Say.DRAWER_REASON: QT_TRANSLATE_NOOP("Notice", "Say why first. The manager reads it."),
        Say.NOT_PAID_YET: QT_TRANSLATE_NOOP("Notice", "Nothing was paid yet. The code stays good."),
        Say.QR_RAN_OUT: QT_TRANSLATE_NOOP("Notice", "The code ran out, and nothing was paid. Show a new one."),
        Say.EXCHANGE_BEGUN: QT_TRANSLATE_NOOP(
            "Notice", "{money} for the goods of {text} pays for this bill. Sell the new goods, then take payment."
        ),
        Say.BILL_TAKEN_UP: QT_TRANSLATE_NOOP(
            "Notice", "Another till has taken this bill up, or it is paid. Choose another one."
        ),
        Say.BILL_TAKEN_AWAY: QT_TRANSLATE_NOOP(
            "Notice", "Another till has taken that bill up. It was taken off here, nothing is sold twice."
        ),
        Say.BILL_ALSO_ELSEWHERE: QT_TRANSLATE_NOOP(
            "Notice", "Another till has taken this bill up too. Finish it here, and tell the other till to clear it."
        ),
        Say.OFFLINE_HELD: QT_TRANSLATE_NOOP(
            "Notice", "No line: only bills set aside here. Ask whether another till has one before you take it up."
        ),
        Say.OFFLINE_MANAGER: QT_TRANSLATE_NOOP(
            "Notice", "No answer from the shop. What you see came before; it asks again by itself."
        ),
        Say.NO_MANAGER: QT_TRANSLATE_NOOP(
            "Notice", "Nobody here may see the figures. Ask the office to add a manager."
        ),
        Say.EXPORTED: QT_TRANSLATE_NOOP("Notice", "{count} rows are in {text}."),
        Say.SHEET_PRINTED: QT_TRANSLATE_NOOP("Notice", "Printed on {text}."),
        Say.SHEET_AS_PDF: QT_TRANSLATE_NOOP("Notice", "There is no office printer, so it is a PDF: {text}."),
        Say.EXPORT_PLANNED: QT_TRANSLATE_NOOP("Notice", "From now on the figures go to {text} every day."),
        Say.EXPORT_UNPLANNED: QT_TRANSLATE_NOOP("Notice", "Nothing is exported by itself any more."),
        Say.REQUEST_GIVEN: QT_TRANSLATE_NOOP("Notice", "{text} may go on. Your yes is written down."),
        Say.REQUEST_REFUSED: QT_TRANSLATE_NOOP("Notice", "{text} reads your no now."),
        Say.REQUEST_GONE: QT_TRANSLATE_NOOP("Notice", "That request is over. Nothing was changed."),
        Say.NOTE_NEEDED: QT_TRANSLATE_NOOP("Notice", "Write down why first. Whoever follows it up reads it."),
        Say.CASE_APPROVED: QT_TRANSLATE_NOOP("Notice", "In order. Your name stands with it."),
        Say.CASE_FLAGGED: QT_TRANSLATE_NOOP("Notice", "Flagged, with your note."),
        Say.CASE_REOPENED: QT_TRANSLATE_NOOP("Notice", "It waits again."),
        Say.REPAIRED: QT_TRANSLATE_NOOP("Notice", "Put right. Compare again to see that it adds up."),
        Say.TILL_ASKED: QT_TRANSLATE_NOOP("Notice", "Till {text} sends the bill again as soon as it is on."),
        Say.SHIFT_BILL_IN_HAND: QT_TRANSLATE_NOOP(
            "Notice", "A bill is in hand. Finish it or set it aside, then count."
        ),
        Say.AMOUNT_NEEDED: QT_TRANSLATE_NOOP("Notice", "Type how much first."),
        Say.BILL_HELD: QT_TRANSLATE_NOOP("Notice", "The bill is on hold. Take it up again with the same key."),
    }
)


_BARE: Final[Mapping[Say, str]] = MappingProxyType(
    {
        Say.PIN_LOCKED: QT_TRANSLATE_NOOP("Notice", "Too many wrong PINs. Wait a little, or call the manager."),
        Say.DISK_NEARLY_FULL: QT_TRANSLATE_NOOP("Notice", "The disk is nearly full. Make room soon."),
        Say.CODE_SENT: QT_TRANSLATE_NOOP("Notice", "The customer has to confirm. Send a code and type it here."),
        Say.CODE_RESEND_EARLY: QT_TRANSLATE_NOOP("Notice", "A code is on its way. Wait a little for a new one."),
        Say.TOO_FEW_POINTS: QT_TRANSLATE_NOOP("Notice", "There are not enough points. Use fewer."),
        Say.POINTS_SPENT_ELSEWHERE: QT_TRANSLATE_NOOP("Notice", "Points were spent elsewhere. Choose again."),
        Say.POINTS_RESERVED: QT_TRANSLATE_NOOP("Notice", "The points are reserved."),
        Say.OFFER_USED_UP: QT_TRANSLATE_NOOP(
            "Notice", "An offer is used up, somebody else was first. Look at the bill and go on."
        ),
        Say.POINTS_TAKEN: QT_TRANSLATE_NOOP("Notice", "Points taken."),
        Say.CARD_APPROVED_AFTER_ALL: QT_TRANSLATE_NOOP("Notice", "The payment came after all. It counts."),
        Say.NOT_ENOUGH_MONEY: QT_TRANSLATE_NOOP("Notice", "That is not enough. Take more, or add another payment."),
        Say.ONLY_CASH_CHANGE: QT_TRANSLATE_NOOP("Notice", "Only cash gives change. Type less."),
        Say.BILL_SAVED: QT_TRANSLATE_NOOP("Notice", "The bill is saved."),
        Say.BILL_SAVED_OFFLINE: QT_TRANSLATE_NOOP("Notice", "The bill is saved and waits to be sent."),
        Say.BILL_RESUMED_PAID: QT_TRANSLATE_NOOP("Notice", "The last bill is back and partly paid. Save it."),
        Say.BILL_WAS_SAVED: QT_TRANSLATE_NOOP("Notice", "The last bill was saved. Print it again if needed."),
    }
)
"""What is said where the figure that belongs to a sentence is not known."""


def sentence(notice: Notice, language: Language) -> str:
    """The notice in words."""
    write = language.format
    figures = {
        "text": notice.text,
        "money": "" if notice.money is None else write.money(notice.money),
        "points": "" if notice.points is None else write.points(notice.points),
        "name": "" if notice.name is None else language.name(notice.name),
        "count": "" if notice.count is None else write.number(notice.count),
        "time": "" if notice.seconds is None else write.countdown(notice.seconds),
    }
    source = _SENTENCES[notice.say]
    if notice.say in _BARE and any(not figure and f"{{{name}}}" in source for name, figure in figures.items()):
        source = _BARE[notice.say]
    return QCoreApplication.translate("Notice", source).format(**figures)
