"""The journeys beyond the two articles: what a counter sees every day, a line that is cut and a till next door.

They follow ``journeys.JOURNEYS`` in one tour, and take back goods of the bills saved there.
"""

from typing import Final

from tukar.ui.journeys import (
    At,
    Happens,
    Journey,
    Press,
    Scan,
    Seen,
    TourStep,
    Type,
    World,
    customer,
    end,
    item,
    redeem,
    save_cash,
    send_code,
    signed_in,
)

_ENTER: Final = Press("Return")
_PAYMENT: Final = TourStep("Payment", (Press("F9"),), Seen.PAYMENT)
_RICE: Final = "8999515237914"
_GIFT_CARD: Final = "KADO-3QRT"
"""A card of the demo's with Rp 35.000 on it."""


def _take_back(number: str) -> tuple[TourStep, ...]:
    """One piece of the first line of a receipt, agreed with the backend; no money has left."""
    return (
        TourStep("More", (Press("F1"),), Seen.MORE),
        TourStep("Goods come back", (Type("1"),), Seen.RETURN),
        TourStep("The receipt", (Type(number), _ENTER), Seen.RETURN_LINES),
        TourStep("One of it, money and points both ways", (Type("+"), _ENTER), Seen.RETURN_AGREED),
    )


COUNTER_JOURNEYS: Final = (
    Journey(
        "A, signed in, scanned",
        "dewi",
        "reward",
        (
            TourStep("Item scanned", (Scan(_RICE),), Seen.LINE),
            *customer("081234565678"),
            _PAYMENT,
            *send_code(),
            *redeem(),
            *save_cash(),
            *end(),
        ),
    ),
    Journey(
        "New customer",
        "Nita Anjani",
        "poin",
        (
            TourStep("Item scanned", (Scan(_RICE),), Seen.LINE),
            TourStep("Customer by mobile number", (Press("F3"),), Seen.CUSTOMERS),
            TourStep("Nobody has this number", (Type("081298765432"), _ENTER), Seen.NOBODY),
            TourStep("A new member", (_ENTER,), Seen.ENROLMENT),
            TourStep("Name typed, the customer agrees", (Type("Nita Anjani"), _ENTER, _ENTER), Seen.ENROLMENT),
            TourStep("Enrolled", (_ENTER,), Seen.PROFILE),
            TourStep("On the bill", (_ENTER,), Seen.CUSTOMER),
            _PAYMENT,
            *save_cash(),
            *end(),
        ),
    ),
    Journey(
        "Part return with points",
        "fitri",
        "reward",
        (
            *_take_back("2-000001"),
            TourStep("Paid out, saved", (_ENTER,), Seen.RETURNED),
            TourStep("Next customer", (_ENTER,), Seen.SALE, counts=False),
            TourStep("Sent to the backend", (), Seen.SENT, counts=False),
        ),
    ),
    Journey(
        "Exchange",
        "budi",
        "poin",
        (
            *_take_back("2-000003"),
            TourStep("For new goods", (Press("Down"), _ENTER), Seen.SALE),
            *item("2*beras ramos"),
            TourStep("The difference to pay", (Press("F9"),), Seen.PAYMENT),
            *save_cash(),
            *end(),
        ),
    ),
    Journey(
        "Split, card declined",
        "eko",
        "poin",
        (
            *item("2*beras ramos"),
            *customer("081394028851", Seen.OFFER),
            TourStep("Points applied", (_ENTER,), Seen.NO_OFFER),
            _PAYMENT,
            TourStep("A part in cash", (Type("50000"), _ENTER), Seen.PART_PAID),
            TourStep("The rest by card", (Press("Right"),), Seen.CARD),
            TourStep("Declined, the reward stays", (Happens(World.CARD_DECLINED), _ENTER), Seen.DECLINED),
            TourStep("Another card, saved", (_ENTER,), Seen.SAVED),
            *end(),
        ),
    ),
    Journey(
        "Split, gift card and cash",
        "joko",
        "poin",
        (
            TourStep("Item scanned", (Scan(_RICE),), Seen.LINE),
            *customer("081394476205"),
            _PAYMENT,
            TourStep("Gift card scanned, its balance is there", (Scan(_GIFT_CARD),), Seen.GIFT_CARD),
            TourStep("All of it taken", (_ENTER,), Seen.PART_PAID),
            *save_cash(),
            *end(),
        ),
    ),
    Journey(
        "Held, taken up at another till",
        "lina",
        "poin",
        (
            TourStep("Item scanned", (Scan(_RICE),), Seen.LINE),
            *customer("085294417360"),
            TourStep("Set aside", (Press("F4"),), Seen.EMPTY),
            TourStep("The till next door", (At(second=True),), Seen.SIGN_IN, counts=False),
            *signed_in("2", "253647"),
            TourStep("Bills of all tills", (Press("F4"),), Seen.HELD),
            TourStep("Taken up", (_ENTER,), Seen.BILL),
            _PAYMENT,
            *save_cash(),
            TourStep("Next customer", (_ENTER,), Seen.SALE, counts=False),
            TourStep("Sent to the backend", (), Seen.SENT, counts=False),
            TourStep("Back at the first till", (At(second=False),), Seen.SENT, counts=False),
        ),
    ),
    Journey(
        "Offline, then online",
        "nur",
        "poin",
        (
            TourStep("Item scanned", (Scan(_RICE),), Seen.LINE),
            *customer("087722956403"),
            TourStep("The line is cut", (Happens(World.LINE_CUT), Press("F9")), Seen.PAYMENT),
            *save_cash(),
            TourStep("Next customer, one bill waits", (_ENTER,), Seen.WAITING, counts=False),
            TourStep("The line is back, the bill is sent", (Happens(World.LINE_MENDED),), Seen.SENT, counts=False),
        ),
    ),
    Journey(
        "Approval",
        "wayan",
        "poin",
        (
            TourStep("Item scanned", (Scan(_RICE),), Seen.LINE),
            TourStep("The line", (Type("*"),), Seen.LINE_WORK),
            TourStep("A discount", (Press("Down"), Press("Down"), Type("10"), _ENTER), Seen.REASON),
            TourStep("Why, and who says yes", (Type("penyok"), _ENTER), Seen.APPROVAL),
            TourStep("A second person's PIN", (Type("475869"), _ENTER), Seen.SALE),
            *customer("081236609912"),
            _PAYMENT,
            *save_cash(),
            *end(),
        ),
    ),
)
