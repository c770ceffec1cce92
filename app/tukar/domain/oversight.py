"""What a manager looks into: cases that look odd, and figures that do not add up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tukar.domain.money import Money
from tukar.domain.points import Points


class ReviewReason(StrEnum):
    """Why something is on the review list: found by a rule of its own, or a part of a bill that did not work out."""

    WRONG_CODES = "wrong_codes"
    MANY_BILLS = "many_bills"
    CASHIER_IS_CUSTOMER = "cashier_is_customer"
    REDEEM_THEN_VOID = "redeem_then_void"
    PRICE_OVERRIDE = "price_override"
    BIG_DISCOUNT = "big_discount"
    NO_RECEIPT = "no_receipt"
    BACK_DATED = "back_dated"
    SHORT = "short"
    CAPTURE = "capture"
    OFFLINE_APPROVAL = "offline_approval"
    EARNING = "earning"
    BILL = "bill"
    NUMBER = "number"
    OTHER = "other"


class ReviewState(StrEnum):
    """Where a case stands: nobody has looked, found in order, or marked as one to follow up."""

    OPEN = "open"
    APPROVED = "approved"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What somebody wrote down about a case."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """One thing to look at: the reason with its figures, whom and which bill it concerns, and what was said of it.

    ``count`` and ``limit`` belong together: so many within ``hours``, where so many are the most (five wrong codes in
    an hour). ``amount`` or ``points`` is what it is about where that is known, ``limit_amount`` the money allowed.
    ``story`` is the backend's own sentence, in English: for reasons without figures, and for engineers.
    """

    review_id: str
    reason: ReviewReason
    found_at: datetime
    state: ReviewState
    story: str
    bill_id: str = ""
    number: str = ""
    till_id: str = ""
    cashier_id: str = ""
    cashier_name: str = ""
    member_id: str = ""
    customer_name: str = ""
    masked_mobile: str = ""
    count: int = 0
    limit: int = 0
    hours: int = 0
    amount: Money | None = None
    limit_amount: Money | None = None
    points: Points | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    notes: tuple[ReviewNote, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which cases to list; None does not narrow."""

    state: ReviewState | None = ReviewState.OPEN
    reason: ReviewReason | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Cases newest first; ``open`` counts all that wait, whatever the filter."""

    cases: tuple[ReviewCase, ...]
    open: int
    next_page: str = ""


class DifferenceKind(StrEnum):
    """What does not add up, between bills, ledger and balances."""

    BALANCE = "balance"
    """An account's balance is not the sum of its ledger."""
    LOTS = "lots"
    """An account's balance is not the sum of its lots."""
    HELD = "held"
    """The points reserved on an account are not the sum of its live holds."""
    HOLD_LEFT = "hold_left"
    """A hold ran out long ago and still reserves points."""
    BILL_NOT_BOOKED = "bill_not_booked"
    """A saved bill shows points that the ledger does not have."""
    BOOKED_NO_BILL = "booked_no_bill"
    """The ledger has points of a bill that nobody has delivered."""
    RECORDS = "records"
    """The manager's records of a bill are not what the ledger has for it."""
    SUMMARY = "summary"
    """A day's sums are not those of its records."""
    NUMBER_MISSING = "number_missing"
    """A till's receipt numbers have a gap: a bill that was not delivered."""
    REFUND_LEFT = "refund_left"
    """A till agreed to take goods back a day ago, and has not said whether the money was paid."""


class Repair(StrEnum):
    """The one safe thing to do about a difference; none takes points from a customer that a bill does not show."""

    TAKE_LEDGER = "take_ledger"
    """Set the balance to what the ledger comes to."""
    TAKE_BALANCE = "take_balance"
    """Set the lots to what the balance is."""
    RECOUNT_HOLDS = "recount_holds"
    """Set what is reserved to the live holds."""
    RELEASE_HOLD = "release_hold"
    """Let go of the hold."""
    BOOK_BILL = "book_bill"
    """Book the points that the bill shows."""
    ASK_TILL = "ask_till"
    """Have the till send the bill again."""
    REBUILD = "rebuild"
    """Write records and sums anew from bills and ledger."""
    GIVE_UP_REFUND = "give_up_refund"
    """No money was paid: what the return moved goes back, and the goods may be returned again."""


class DifferenceState(StrEnum):
    """Where a difference stands; ``asked`` waits for a till to send."""

    OPEN = "open"
    ASKED = "asked"
    REPAIRED = "repaired"


_WITHOUT_BILL: Final = (DifferenceKind.HOLD_LEFT, DifferenceKind.BOOKED_NO_BILL)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not the same in two places: what each says, its story, and what may be done about it.

    ``expected`` is what it ought to be by the source that is believed, ``found`` what stands there.
    """

    difference_id: str
    kind: DifferenceKind
    repair: Repair
    state: DifferenceState
    ref: str
    expected: Points | None = None
    found: Points | None = None
    programme_id: str = ""
    bill_id: str = ""
    number: str = ""
    till_id: str = ""
    member_id: str = ""
    customer_name: str = ""
    masked_mobile: str = ""
    since: datetime | None = None

    @property
    def has_bill(self) -> bool:
        """Whether the bill behind it is there to be looked at; some differ because theirs never came."""
        return bool(self.bill_id) and self.kind not in _WITHOUT_BILL


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was compared, and what of it differs; no differences is the normal state.

    ``checked`` counts what was looked at: ``bills``, ``entries`` of the ledger, ``accounts``, ``records``.
    """

    at: datetime
    differences: tuple[Difference, ...]
    checked: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
