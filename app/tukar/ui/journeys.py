"""The journeys of the demo as data: what a cashier types, and what must be on the screen before the next key.

They tell the two articles of promotions.md step by step. A step names what is to be seen afterwards; how that is
looked for is the business of ``tour_eyes``. Names of goods, people and rules are the demo shop's.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Seen(StrEnum):
    """What a cashier can see on the screen, or on the customer's phone."""

    SIGN_IN = "sign_in"
    CHOSEN = "chosen"
    SALE = "sale"
    CUSTOMERS = "customers"
    CUSTOMER_TYPED = "customer_typed"
    CUSTOMER = "customer"
    PROFILE = "profile"
    HITS = "hits"
    LINE = "line"
    SALESPEOPLE = "salespeople"
    OFFER = "offer"
    NO_OFFER = "no_offer"
    PROMOTIONS = "promotions"
    PAYMENT = "payment"
    CARD = "card"
    GIFT_CARD = "gift_card"
    REDEEM = "redeem"
    CODE_WAITED_FOR = "code_waited_for"
    CODE_COMPLETE = "code_complete"
    CODE_WRONG = "code_wrong"
    SAVED = "saved"
    SENT = "sent"
    NOBODY = "nobody"
    ENROLMENT = "enrolment"
    EMPTY = "empty"
    MORE = "more"
    RETURN = "return"
    RETURN_LINES = "return_lines"
    RETURN_AGREED = "return_agreed"
    RETURNED = "returned"
    PART_PAID = "part_paid"
    DECLINED = "declined"
    HELD = "held"
    BILL = "bill"
    WAITING = "waiting"
    LINE_WORK = "line_work"
    REASON = "reason"
    APPROVAL = "approval"


class World(StrEnum):
    """What happens around a till, and is nobody's key."""

    LINE_CUT = "line_cut"
    LINE_MENDED = "line_mended"
    CARD_DECLINED = "card_declined"


@dataclass(frozen=True, slots=True)
class Press:
    """One key by its name (``F3``, ``Return``, ``Space``)."""

    key: str


@dataclass(frozen=True, slots=True)
class Type:
    """A text, key by key."""

    text: str


@dataclass(frozen=True, slots=True)
class TypeCode:
    """The six digits last read on the customer's phone; ``wrong`` makes a slip in the last one."""

    wrong: bool = False


@dataclass(frozen=True, slots=True)
class WalkTo:
    """Arrow down to the promotion of this rule, as many times as it takes."""

    rule_id: str


@dataclass(frozen=True, slots=True)
class TabTo:
    """Tab to the button of this name (English), as many times as it takes."""

    name: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A barcode, as a scanner types it; no hand presses a key."""

    code: str


@dataclass(frozen=True, slots=True)
class At:
    """The cashier walks to the other till of the shop, or back to the first."""

    second: bool


@dataclass(frozen=True, slots=True)
class Happens:
    """Something that no key does."""

    what: World


Action = Press | Type | TypeCode | WalkTo | TabTo | Scan | At | Happens


@dataclass(frozen=True, slots=True)
class TourStep:
    """What is done, and what is seen then. ``counts`` is False for keys that are not part of the sale.

    ``signs_in`` marks those of signing in, which are counted apart.
    """

    name: str
    does: tuple[Action, ...]
    then: Seen
    counts: bool = True
    signs_in: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """One customer from greeting to receipt; the points of ``programme_id`` of ``member_id`` are looked at.

    A customer who is new has no id yet, and is looked up by name.
    """

    name: str
    member_id: str
    programme_id: str
    steps: tuple[TourStep, ...]


_ENTER: Final = Press("Return")


def signed_in(person: str, pin: str) -> tuple[TourStep, ...]:
    return (
        TourStep("Who is at the till", (), Seen.SIGN_IN, signs_in=True),
        TourStep("Chosen, PIN typed", (Type(person), Type(pin)), Seen.CHOSEN, signs_in=True),
        TourStep("Signed in", (_ENTER,), Seen.SALE, signs_in=True),
    )


def customer(mobile: str, then: Seen = Seen.CUSTOMER) -> tuple[TourStep, ...]:
    return (
        TourStep("Customer by mobile number", (Press("F3"),), Seen.CUSTOMERS),
        TourStep("Number typed", (Type(mobile),), Seen.CUSTOMER_TYPED),
        TourStep("Customer on the bill", (_ENTER,), then),
    )


def item(words: str) -> tuple[TourStep, ...]:
    return (
        TourStep("Item by name", (Press("F2"), Type(words)), Seen.HITS),
        TourStep("Item on the bill", (_ENTER,), Seen.LINE),
    )


def send_code() -> tuple[TourStep, ...]:
    return (
        TourStep("Points to redeem", (Press("F8"),), Seen.REDEEM),
        TourStep("Code sent", (_ENTER,), Seen.CODE_WAITED_FOR),
    )


def redeem() -> tuple[TourStep, ...]:
    return (
        TourStep("Code typed", (TypeCode(),), Seen.CODE_COMPLETE),
        TourStep("Redeemed, the rest is left to pay", (_ENTER,), Seen.PAYMENT),
    )


def save_cash() -> tuple[TourStep, ...]:
    return (TourStep("Paid in cash, saved", (_ENTER,), Seen.SAVED),)


def end() -> tuple[TourStep, ...]:
    """What comes after the sale: nothing of it counts."""
    return (
        TourStep("Receipt as PDF", (Type("s"),), Seen.SAVED, counts=False),
        TourStep("Next customer", (_ENTER,), Seen.SALE, counts=False),
        TourStep("Sent to the backend", (), Seen.SENT, counts=False),
    )


_PROFILE: Final = (
    TourStep("Profile and balance", (Press("F3"),), Seen.PROFILE),
    TourStep("Back at the bill", (Press("Escape"),), Seen.SALE),
)
_SALESPERSON: Final = (
    TourStep("Who served", (Press("F6"),), Seen.SALESPEOPLE),
    TourStep("Salesperson on the bill", (Type("2"),), Seen.SALE),
)
_POINTS: Final = WalkTo("poin-nota")
_SPACE: Final = Press("Space")

JOURNEYS: Final = (
    Journey(
        "A",
        "fitri",
        "reward",
        (
            *signed_in("3", "142536"),
            *customer("085861124790"),
            *_PROFILE,
            *item("2*beras ramos"),
            *_SALESPERSON,
            TourStep("Payment", (Press("F9"),), Seen.PAYMENT),
            *send_code(),
            *redeem(),
            *save_cash(),
            *end(),
        ),
    ),
    Journey(
        "A, wrong code, card",
        "desi",
        "reward",
        (
            *customer("085795028834"),
            *item("beras ramos"),
            TourStep("Payment", (Press("F9"),), Seen.PAYMENT),
            *send_code(),
            TourStep("Wrong code typed", (TypeCode(wrong=True),), Seen.CODE_COMPLETE),
            TourStep("The code is wrong", (_ENTER,), Seen.CODE_WRONG),
            *redeem(),
            TourStep("Card chosen", (Press("Right"),), Seen.CARD),
            TourStep("Paid by card, saved", (_ENTER,), Seen.SAVED),
            *end(),
        ),
    ),
    Journey(
        "B by order",
        "budi",
        "poin",
        (
            *item("3*beras ramos"),
            *customer("081322104471", Seen.OFFER),
            TourStep("Cancelled for now", (Press("Escape"),), Seen.NO_OFFER),
            TourStep("Promotions", (Press("F7"),), Seen.PROMOTIONS),
            TourStep("Points as a promotion, with the others", (_POINTS, _SPACE), Seen.PROMOTIONS),
            TourStep("Applied", (_ENTER,), Seen.SALE),
            TourStep("Promotions, what is applied", (Press("F7"),), Seen.PROMOTIONS),
            TourStep("Replace: all unticked", (TabTo("Replace"), _SPACE), Seen.PROMOTIONS),
            TourStep("Left as it was", (Press("Escape"),), Seen.SALE),
            TourStep("Promotions once more", (Press("F7"),), Seen.PROMOTIONS),
            TourStep("All removed", (TabTo("Remove all"), _SPACE), Seen.SALE),
            TourStep("Promotions again", (Press("F7"),), Seen.PROMOTIONS),
            TourStep("Both chosen again", (WalkTo("hemat-10"), _SPACE, _POINTS, _SPACE), Seen.PROMOTIONS),
            TourStep("Applied again", (_ENTER,), Seen.SALE),
            TourStep("Payment", (Press("F9"),), Seen.PAYMENT),
            *save_cash(),
            *end(),
        ),
    ),
    Journey(
        "B free product",
        "maya",
        "poin",
        (
            *item("kopi susu gula aren"),
            *customer("082116670838", Seen.OFFER),
            TourStep("Applied: the coffee costs nothing", (_ENTER,), Seen.NO_OFFER),
            TourStep("Payment mode", (Press("F9"),), Seen.PAYMENT),
            TourStep("Order complete", (_ENTER,), Seen.SAVED),
            *end(),
        ),
    ),
)
