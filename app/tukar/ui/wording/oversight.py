"""What a manager looks into, in words: why a case looks odd, what differs, who asks for a word and for what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from tukar.domain.approval import ApprovalSubject, LimitKind
from tukar.domain.oversight import (
    Difference,
    DifferenceKind,
    DifferenceState,
    Repair,
    ReviewCase,
    ReviewReason,
    ReviewState,
)
from tukar.domain.people import Action
from tukar.ui.translations import Language
from tukar.ui.wording import receipts
from tukar.ui.wording.later import QT_TRANSLATE_NOOP

_REASONS: Final[Mapping[ReviewReason, str]] = MappingProxyType(
    {
        ReviewReason.WRONG_CODES: QT_TRANSLATE_NOOP("Oversight", "Many wrong codes"),
        ReviewReason.MANY_BILLS: QT_TRANSLATE_NOOP("Oversight", "Many bills on one number"),
        ReviewReason.CASHIER_IS_CUSTOMER: QT_TRANSLATE_NOOP("Oversight", "Cashier is the customer"),
        ReviewReason.REDEEM_THEN_VOID: QT_TRANSLATE_NOOP("Oversight", "Redeemed, then taken back"),
        ReviewReason.PRICE_OVERRIDE: QT_TRANSLATE_NOOP("Oversight", "Price by hand"),
        ReviewReason.BIG_DISCOUNT: QT_TRANSLATE_NOOP("Oversight", "Large discount"),
        ReviewReason.NO_RECEIPT: QT_TRANSLATE_NOOP("Oversight", "Return without receipt"),
        ReviewReason.BACK_DATED: QT_TRANSLATE_NOOP("Oversight", "Back-dated bill"),
        ReviewReason.SHORT: QT_TRANSLATE_NOOP("Oversight", "Points short"),
        ReviewReason.CAPTURE: QT_TRANSLATE_NOOP("Oversight", "Redemption did not settle"),
        ReviewReason.OFFLINE_APPROVAL: QT_TRANSLATE_NOOP("Oversight", "Points taken on trust"),
        ReviewReason.EARNING: QT_TRANSLATE_NOOP("Oversight", "Points earned differ"),
        ReviewReason.BILL: QT_TRANSLATE_NOOP("Oversight", "Bill worked out otherwise"),
        ReviewReason.NUMBER: QT_TRANSLATE_NOOP("Oversight", "Receipt number twice"),
        ReviewReason.OTHER: QT_TRANSLATE_NOOP("Oversight", "Something else"),
    }
)

_STORIES: Final[Mapping[ReviewReason, str]] = MappingProxyType(
    {
        ReviewReason.WRONG_CODES: QT_TRANSLATE_NOOP(
            "Oversight", "{count} wrong codes for {customer} in {hours} hours; {limit} are usual at most."
        ),
        ReviewReason.MANY_BILLS: QT_TRANSLATE_NOOP(
            "Oversight", "{count} bills for {customer} in {hours} hours; {limit} are usual at most."
        ),
        ReviewReason.CASHIER_IS_CUSTOMER: QT_TRANSLATE_NOOP(
            "Oversight", "{cashier} sold to their own number and earned or spent points."
        ),
        ReviewReason.REDEEM_THEN_VOID: QT_TRANSLATE_NOOP(
            "Oversight", "{cashier} redeemed points and took them back {count} times in {hours} hours."
        ),
        ReviewReason.PRICE_OVERRIDE: QT_TRANSLATE_NOOP(
            "Oversight", "{cashier} set a price by hand; it came to {amount} less."
        ),
        ReviewReason.BIG_DISCOUNT: QT_TRANSLATE_NOOP("Oversight", "{amount} off by hand; up to {allowed} is usual."),
        ReviewReason.NO_RECEIPT: QT_TRANSLATE_NOOP("Oversight", "{cashier} gave {amount} back without a receipt."),
        ReviewReason.BACK_DATED: QT_TRANSLATE_NOOP("Oversight", "The bill arrived {hours} hours after the time on it."),
        ReviewReason.SHORT: QT_TRANSLATE_NOOP(
            "Oversight", "{customer} had {points} points less than the bill used. The shop bears them."
        ),
    }
)

_DIFFERENCES: Final[Mapping[DifferenceKind, str]] = MappingProxyType(
    {
        DifferenceKind.BALANCE: QT_TRANSLATE_NOOP("Oversight", "Balance and ledger"),
        DifferenceKind.LOTS: QT_TRANSLATE_NOOP("Oversight", "Balance and expiry dates"),
        DifferenceKind.HELD: QT_TRANSLATE_NOOP("Oversight", "Reserved points"),
        DifferenceKind.HOLD_LEFT: QT_TRANSLATE_NOOP("Oversight", "Forgotten reservation"),
        DifferenceKind.BILL_NOT_BOOKED: QT_TRANSLATE_NOOP("Oversight", "Bill not booked"),
        DifferenceKind.BOOKED_NO_BILL: QT_TRANSLATE_NOOP("Oversight", "Booked without a bill"),
        DifferenceKind.RECORDS: QT_TRANSLATE_NOOP("Oversight", "Promotions of a bill"),
        DifferenceKind.SUMMARY: QT_TRANSLATE_NOOP("Oversight", "Sums of a day"),
        DifferenceKind.NUMBER_MISSING: QT_TRANSLATE_NOOP("Oversight", "Missing bill"),
        DifferenceKind.REFUND_LEFT: QT_TRANSLATE_NOOP("Oversight", "Unfinished return"),
    }
)

_DIFFERENCE_STORIES: Final[Mapping[DifferenceKind, str]] = MappingProxyType(
    {
        DifferenceKind.BALANCE: QT_TRANSLATE_NOOP(
            "Oversight", "{who} sees {found} points. All bookings together come to {expected}."
        ),
        DifferenceKind.LOTS: QT_TRANSLATE_NOOP(
            "Oversight", "{who} has {expected} points, but those with an expiry date come to {found}."
        ),
        DifferenceKind.HELD: QT_TRANSLATE_NOOP(
            "Oversight", "{found} points of {who} are reserved. Bills in hand reserve {expected}."
        ),
        DifferenceKind.HOLD_LEFT: QT_TRANSLATE_NOOP(
            "Oversight", "A bill that never came still reserves {found} points of {who}."
        ),
        DifferenceKind.BILL_NOT_BOOKED: QT_TRANSLATE_NOOP(
            "Oversight", "Bill {number} moves {expected} points of {who}. {found} are booked."
        ),
        DifferenceKind.BOOKED_NO_BILL: QT_TRANSLATE_NOOP(
            "Oversight", "{found} points of {who} are booked for a bill that no till has sent."
        ),
        DifferenceKind.RECORDS: QT_TRANSLATE_NOOP(
            "Oversight", "The list of promotions says {found} points for bill {number}. Booked are {expected}."
        ),
        DifferenceKind.SUMMARY: QT_TRANSLATE_NOOP(
            "Oversight", "The sums of a day are not those of its promotions. Bills and points are right."
        ),
        DifferenceKind.NUMBER_MISSING: QT_TRANSLATE_NOOP(
            "Oversight", "Till {till} gave out number {number}, and that bill has not come."
        ),
        DifferenceKind.REFUND_LEFT: QT_TRANSLATE_NOOP(
            "Oversight", "Till {till} agreed to take goods of bill {number} back and never said that it paid."
        ),
    }
)

_REPAIRS: Final[Mapping[Repair, tuple[str, str]]] = MappingProxyType(
    {
        Repair.TAKE_LEDGER: (
            QT_TRANSLATE_NOOP("Oversight", "Set to the bookings"),
            QT_TRANSLATE_NOOP("Oversight", "The balance becomes what the bookings come to. No booking changes."),
        ),
        Repair.TAKE_BALANCE: (
            QT_TRANSLATE_NOOP("Oversight", "Set to the balance"),
            QT_TRANSLATE_NOOP("Oversight", "Expiry dates are shared out anew. The balance stays."),
        ),
        Repair.RECOUNT_HOLDS: (
            QT_TRANSLATE_NOOP("Oversight", "Count anew"),
            QT_TRANSLATE_NOOP("Oversight", "Only what bills in hand reserve stays reserved."),
        ),
        Repair.RELEASE_HOLD: (
            QT_TRANSLATE_NOOP("Oversight", "Release the points"),
            QT_TRANSLATE_NOOP("Oversight", "The customer can use them again."),
        ),
        Repair.BOOK_BILL: (
            QT_TRANSLATE_NOOP("Oversight", "Book the bill"),
            QT_TRANSLATE_NOOP("Oversight", "What the receipt shows is booked, once."),
        ),
        Repair.ASK_TILL: (
            QT_TRANSLATE_NOOP("Oversight", "Ask the till"),
            QT_TRANSLATE_NOOP("Oversight", "The till sends the bill again as soon as it is on."),
        ),
        Repair.REBUILD: (
            QT_TRANSLATE_NOOP("Oversight", "Write anew"),
            QT_TRANSLATE_NOOP("Oversight", "The list is made anew from bills and bookings. Neither changes."),
        ),
        Repair.GIVE_UP_REFUND: (
            QT_TRANSLATE_NOOP("Oversight", "Give it up"),
            QT_TRANSLATE_NOOP(
                "Oversight", "Only if no money was paid: the goods can come back again. If it was, approve its case."
            ),
        ),
    }
)

_ACTIONS: Final[Mapping[Action, str]] = MappingProxyType(
    {
        Action.OVERRIDE_PRICE: QT_TRANSLATE_NOOP("Oversight", "Price by hand"),
        Action.DISCOUNT_LINE: QT_TRANSLATE_NOOP("Oversight", "Discount on a line"),
        Action.DISCOUNT_BILL: QT_TRANSLATE_NOOP("Oversight", "Discount on the bill"),
        Action.VOID_LINE: QT_TRANSLATE_NOOP("Oversight", "Take a line off"),
        Action.VOID_BILL: QT_TRANSLATE_NOOP("Oversight", "Clear the bill"),
        Action.OPEN_DRAWER: QT_TRANSLATE_NOOP("Oversight", "Open the drawer"),
        Action.RETURN_WITH_RECEIPT: QT_TRANSLATE_NOOP("Oversight", "Return with receipt"),
        Action.RETURN_WITHOUT_RECEIPT: QT_TRANSLATE_NOOP("Oversight", "Return without receipt"),
        Action.REPRINT: QT_TRANSLATE_NOOP("Oversight", "Print a receipt again"),
        Action.OVERRIDE_CODE: QT_TRANSLATE_NOOP("Oversight", "Redeem without a code"),
        Action.REDEEM_OFFLINE: QT_TRANSLATE_NOOP("Oversight", "Take points on trust"),
        Action.RELEASE_HOLD: QT_TRANSLATE_NOOP("Oversight", "Release reserved points"),
        Action.SAVE_LATE: QT_TRANSLATE_NOOP("Oversight", "Save after the reservation ran out"),
    }
)

_LIMITS: Final[Mapping[LimitKind, str]] = MappingProxyType(
    {
        LimitKind.AMOUNT: QT_TRANSLATE_NOOP(
            "Oversight", "The amount is above your limit. Refuse it, or call the owner."
        ),
        LimitKind.PERCENT: QT_TRANSLATE_NOOP(
            "Oversight", "The percentage is above your limit. Refuse it, or call the owner."
        ),
        LimitKind.POINTS: QT_TRANSLATE_NOOP(
            "Oversight", "The points are above your limit. Refuse it, or call the owner."
        ),
        LimitKind.RIGHT: QT_TRANSLATE_NOOP("Oversight", "You may not approve this. Refuse it, or call the owner."),
        LimitKind.OWN_DOING: QT_TRANSLATE_NOOP("Oversight", "This is your own. Somebody else has to approve it."),
    }
)


def reason(one: ReviewReason) -> str:
    return QCoreApplication.translate("Oversight", _REASONS[one])


def story(case: ReviewCase, language: Language) -> str:
    """What looks odd, with its figures; the backend's own sentence where there is no other."""
    source = _STORIES.get(case.reason)
    if source is None:
        return case.story or reason(case.reason)
    write = language.format
    somebody = QCoreApplication.translate("Oversight", "a customer")
    return QCoreApplication.translate("Oversight", source).format(
        count=write.number(case.count),
        limit=write.number(case.limit),
        hours=write.number(case.hours),
        customer=case.customer_name or case.masked_mobile or somebody,
        cashier=case.cashier_name or QCoreApplication.translate("Oversight", "Somebody"),
        amount="" if case.amount is None else write.money(case.amount),
        allowed="" if case.limit_amount is None else write.money(case.limit_amount),
        points="" if case.points is None else write.points(case.points),
    )


def review_state(one: ReviewState | None) -> str:
    """Also what the choice of a state says; None is all of them."""
    if one is None:
        return QCoreApplication.translate("Oversight", "All")
    return {
        ReviewState.OPEN: QCoreApplication.translate("Oversight", "Waiting"),
        ReviewState.APPROVED: QCoreApplication.translate("Oversight", "In order"),
        ReviewState.FLAGGED: QCoreApplication.translate("Oversight", "Flagged"),
    }[one]


def difference(one: Difference) -> str:
    return QCoreApplication.translate("Oversight", _DIFFERENCES[one.kind])


def difference_story(one: Difference, language: Language) -> str:
    """What each side says."""
    write = language.format
    return QCoreApplication.translate("Oversight", _DIFFERENCE_STORIES[one.kind]).format(
        who=one.customer_name or one.masked_mobile or QCoreApplication.translate("Oversight", "a customer"),
        found="0" if one.found is None else write.points(one.found),
        expected="0" if one.expected is None else write.points(one.expected),
        number=receipts.short_number(one.number),
        till=one.till_id,
    )


def difference_state(one: DifferenceState) -> str:
    return {
        DifferenceState.OPEN: QCoreApplication.translate("Oversight", "Differs"),
        DifferenceState.ASKED: QCoreApplication.translate("Oversight", "Till was asked"),
        DifferenceState.REPAIRED: QCoreApplication.translate("Oversight", "Put right"),
    }[one]


def repair(one: Repair) -> str:
    """The verb of the one safe thing."""
    return QCoreApplication.translate("Oversight", _REPAIRS[one][0])


def repair_means(one: Repair) -> str:
    """What it changes, and what it leaves alone."""
    return QCoreApplication.translate("Oversight", _REPAIRS[one][1])


def action(one: Action) -> str:
    """What a till asks a word for."""
    source = _ACTIONS.get(one)
    return str(one) if source is None else QCoreApplication.translate("Oversight", source)


def how_much(subject: ApprovalSubject, language: Language) -> str:
    """``15%  Rp 9.750``: every figure that the request is about."""
    write = language.format
    parts = (
        "" if subject.percent is None else write.percent(f"{subject.percent:f}"),
        "" if subject.amount is None else write.money(subject.amount),
        "" if subject.points is None else _points(write.points(subject.points)),
    )
    return "  ".join(filter(None, parts))


def beyond(one: LimitKind) -> str:
    """Why somebody may not approve, and what to do instead."""
    return QCoreApplication.translate("Oversight", _LIMITS[one])


def _points(figure: str) -> str:
    return QCoreApplication.translate("Oversight", "{points} points").format(points=figure)
