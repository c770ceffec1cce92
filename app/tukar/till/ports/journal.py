"""This till's own durable record, and the rows it holds."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import BillAnswer, RedemptionState
from tukar.domain.tender import Tender
from tukar.till.ports.backend import Enrolment, RefundLine
from tukar.till.ports.clock import Deadline
from tukar.till.ports.shifts import ShiftBook


@dataclass(frozen=True, slots=True)
class RedemptionRow:
    """One redemption as the journal holds it; changed only by guarded updates (redemption.md, "Till").

    ``on_trust``: HELD here without the backend's word, because it could not be reached ("Offline"); ``approver`` is
    who else said yes to that, where somebody had to.
    """

    redemption_id: str
    bill_id: str
    member_id: str
    programme_id: str
    state: RedemptionState
    need: Points
    ceiling: Points
    amount: Money
    challenge_id: str = ""
    send_id: str = ""
    attempt_id: str = ""
    replaces: str = ""
    fingerprint: str = ""
    asked_at: Deadline | None = None
    held_until: Deadline | None = None
    commit_by: Deadline | None = None
    proof: str = field(default="", repr=False)
    note: str = ""
    on_trust: bool = False
    approver: str = ""


class AttemptState(StrEnum):
    """Where one try at the card terminal or QR service stands."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class PaymentAttempt:
    """One try to take money outside the drawer, journalled before the terminal hears of it."""

    tender_id: str
    bill_id: str
    mode: str
    amount: Money
    state: AttemptState
    reference: str = ""
    label: str = ""


class RefundState(StrEnum):
    """Where goods on their way back stand (redemption.md, "Refund").

    No money has left while it is ASKED or ACCEPTED. PAYING: the terminal was told to give money back, and may have.
    PAID: the return receipt is saved. REVIEW: nobody knows whether money left; a manager looks.
    """

    ASKED = "asked"
    ACCEPTED = "accepted"
    PAYING = "paying"
    PAID = "paid"
    DROPPED = "dropped"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class RefundRow:
    """One return as the journal holds it; changed only by guarded updates.

    ``bill_id`` and ``number`` are those of the sale; the return receipt will have ``refund_id`` as its bill id.
    ``money`` is what the backend accepted, None before, and while PAYING what of it goes back to cards.
    ``reference`` are the card payments it goes back to, between blanks.
    """

    refund_id: str
    bill_id: str
    number: str
    state: RefundState
    lines: tuple[RefundLine, ...]
    reason: str = ""
    actor: str = ""
    approver: str = ""
    money: Money | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """How a bill was set aside: under which id, by whom, and what the list of such bills says of it.

    ``replaces`` is the id that it was taken up under before.
    """

    held_id: str
    at: datetime
    total: Money
    pieces: int
    cashier: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The sale in hand as it survives a crash: the bill without any discount, and the tenders taken so far.

    ``held`` is a bill that a cashier set aside: it waits in the list of those, also after a crash; ``aside`` is what
    the list says of it. ``held_id`` is what this till leased it under while it has it in hand again.
    """

    bill: Bill
    tenders: tuple[Tender, ...] = ()
    at_payment: bool = False
    cashier_id: str = ""
    held: bool = False
    held_id: str = ""
    aside: SetAside | None = None


class OutboxKind(StrEnum):
    """What waits to be sent."""

    BILL = "bill"
    VOID = "void"
    ENROL = "enrol"
    REFUND_VOID = "refund_void"
    SHIFT = "shift"


class OutboxState(StrEnum):
    """Where a waiting message stands."""

    WAITING = "waiting"
    DONE = "done"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message, ordered per bill and per account, never head-of-line across them."""

    seq: int
    kind: OutboxKind
    ref: str
    """The bill, redemption, member or refund that it is about."""
    lane: str
    """Messages of one lane go in order; others do not wait for them."""
    body: str
    """JSON in the wire's form; empty where ``ref`` says it all."""
    tries: int = 0
    state: OutboxState = OutboxState.WAITING


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Something that does not add up and that a manager looks at. Nothing is ever silently deleted."""

    item_id: str
    kind: str
    ref: str
    at: datetime
    story: str
    resolved_by: str = ""
    resolution: str = ""


class Journal(Protocol):
    """This till's own durable record. A method that returns has reached the disk.

    Raises ``DiskTrouble`` when the disk is full or fails; then nothing was changed.
    """

    @property
    def shifts(self) -> ShiftBook: ...

    def save_draft(self, draft: Draft) -> None: ...

    def drafts(self) -> tuple[Draft, ...]: ...

    def delete_draft(self, bill_id: str) -> None: ...

    def add_redemption(self, row: RedemptionRow) -> None: ...

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        """Writes ``row`` over the stored one if that is still in state ``old``, else raises StaleRowError.

        A move to DROPPED also puts the void into the outbox, in the same transaction.
        """
        ...

    def redemptions(self, bill_id: str) -> tuple[RedemptionRow, ...]: ...

    def unfinished_redemptions(self) -> tuple[RedemptionRow, ...]: ...

    def points_on_trust(self, began: Deadline, since: datetime, bill_id: str, programme_id: str) -> Fraction:
        """Whole points taken on trust after ``began``, that the backend heard of after ``since``, or not at all yet.

        What the bill named takes of that account is left out. They are counted from the rows, so a restart changes
        nothing; nor does a wall clock that jumps while the machine runs.
        """
        ...

    def record_attempt(self, attempt: PaymentAttempt) -> None: ...

    def attempts(self, bill_id: str) -> tuple[PaymentAttempt, ...]: ...

    def unsettled_attempts(self) -> tuple[PaymentAttempt, ...]:
        """Attempts of any bill whose outcome nobody knows yet."""
        ...

    def add_refund(self, row: RefundRow) -> None:
        """Before the backend is asked."""
        ...

    def move_refund(self, old: RefundState, row: RefundRow) -> None:
        """Writes ``row`` over the stored one if that is still in state ``old``, else raises StaleRowError.

        A move to DROPPED also queues that the backend takes the refund back, in the same transaction.
        """
        ...

    def unfinished_refunds(self) -> tuple[RefundRow, ...]:
        """Those ASKED, ACCEPTED or PAYING."""
        ...

    def returns_of(self, bill_id: str) -> tuple[Receipt, ...]:
        """The return receipts this till saved for goods of a sale."""
        ...

    def bill_waits(self, bill_id: str) -> bool:
        """Whether the backend cannot know a saved bill yet, because it still waits to be sent."""
        ...

    def save_bill(self, receipt: Receipt) -> Receipt:
        """The commit: number, bill, lines, tenders, redemptions HELD → BILLED and outbox in one transaction.

        The receipt's number is replaced by the next one without a gap; saving the same bill again returns what is
        stored. The draft is deleted afterwards. Raises StaleRowError when a redemption is no longer held. A return
        receipt moves its refund ACCEPTED or PAYING → PAID, and is not saved when that was given up.
        """
        ...

    def save_exchange(self, receipt: Receipt, back: Receipt | None) -> tuple[Receipt, Receipt | None]:
        """``save_bill``, and in the same transaction the return receipt that pays for part of it, if there is one."""
        ...

    def receipt(self, bill_id: str) -> Receipt | None: ...

    def receipt_by_number(self, number: str) -> Receipt | None: ...

    def recent_receipts(self, limit: int = 50) -> tuple[Receipt, ...]: ...

    def next_number(self) -> str:
        """The number the next bill would get, for the screen; only saving takes it."""
        ...

    def put_enrolment(self, enrolment: Enrolment) -> None:
        """Stores an enrolment made offline and queues it."""
        ...

    def waiting(self, limit: int = 100) -> tuple[OutboxMessage, ...]: ...

    def waiting_count(self) -> int: ...

    def acknowledge(self, seq: int, answer: BillAnswer | None = None) -> None:
        """Marks a message as delivered; a bill's answer moves its redemptions to SETTLED or REVIEW."""
        ...

    def set_aside(self, seq: int, story: str) -> None:
        """A message the backend will never take: to REVIEW with its story, so that the next one goes on."""
        ...

    def count_try(self, seq: int) -> None: ...

    def add_review_item(self, item: ReviewItem) -> None: ...

    def review_items(self) -> tuple[ReviewItem, ...]: ...

    def record_offer(self, bill_id: str, key: OfferKey, outcome: PromotionOutcome, note: str = "") -> None:
        """What became of an offer so far, for the manager; ``save_bill`` puts the last word of each on the receipt."""
        ...

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None: ...
