"""Everything outside the till's own rules that a sale needs, as protocols: backend, disk, devices, clock, ids.

Calls of ``LoyaltyBackend``, ``Terminal`` and ``Printer`` block and are made in the background; so are the journal's
writes, because 0.3 ms here may be 30 ms on a shop's disk (redemption.md, "Disk"). The port speaks domain values, so
that backends other than ours fit behind it; what a backend cannot do its ``Capabilities`` say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from tukar.domain.bill import Bill
from tukar.domain.item import Item
from tukar.domain.money import Currency, Money
from tukar.domain.people import LoyaltyAccount, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.programme import Programme
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import (
    BillAnswer,
    ChallengeAnswer,
    ChallengeRequest,
    HoldAnswer,
    HoldRequest,
    QuoteAnswer,
    RedemptionState,
    Refusal,
)
from tukar.domain.tender import Tender


class Refused(Exception):
    """The backend understood and said no.

    ``points`` is what there is instead, ``wait`` seconds until it makes sense to ask again, ``tries_left`` the tries
    a code has left; ``detail`` is for the engineer, never for the screen.
    """

    def __init__(
        self,
        refusal: Refusal,
        *,
        points: Points | None = None,
        wait: float | None = None,
        tries_left: int | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(f"{refusal}: {detail}" if detail else str(refusal))
        self.refusal = refusal
        self.points = points
        self.wait = wait
        self.tries_left = tries_left
        self.detail = detail


class Trouble(StrEnum):
    """What kept an answer from coming, in the engineer's words."""

    NO_CONNECTION = "no_connection"
    TIMED_OUT = "timed_out"
    BROKEN_ANSWER = "broken_answer"
    SERVER_FAULT = "server_fault"
    UNTRUSTED = "untrusted"


class Unreachable(Exception):
    """No usable answer came. What was asked may or may not have happened: unknown, never failed.

    ``sent`` is False only when the request certainly never left, so that nothing can have happened.
    """

    def __init__(self, trouble: Trouble, *, sent: bool = True, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble
        self.sent = sent
        self.detail = detail


class Otp(StrEnum):
    """Whether the backend knows one-time codes."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Hold(StrEnum):
    """How the backend reserves points: not at all, by locking the account's points, or by a hold that runs out."""

    NONE = "none"
    LOCK = "lock"
    TENTATIVE = "tentative"


class Reverse(StrEnum):
    """Whether a redemption can be taken back."""

    NONE = "none"
    FULL = "full"
    PARTIAL = "partial"


class Idempotency(StrEnum):
    """What happens to a message sent twice: known by its id, harmless by nature, or done twice."""

    KEY = "key"
    NATURAL = "natural"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend can do (redemption.md, "Backends differ")."""

    otp: Otp = Otp.OPTIONAL
    hold: Hold = Hold.TENTATIVE
    hold_seconds: float = 0.0
    partial: bool = True
    several_rewards: bool = True
    free_item: bool = True
    reverse: Reverse = Reverse.PARTIAL
    earn_by_server: bool = True
    idempotency: Idempotency = Idempotency.KEY
    offline_earn: bool = True
    why_not: bool = True
    catalogue: bool = True


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """The shop as its receipts and screens show it."""

    shop_id: str
    name: str
    address: str
    tax_number: str
    tax_number_name: str
    currency: Currency
    country: str
    """ISO 3166 alpha-2: how a mobile number typed without a country code is read."""
    language: str
    time_zone: str
    notes: tuple[int, ...] = ()
    """Bank notes in minor units, for the quick cash buttons."""


@dataclass(frozen=True, slots=True)
class BackendState:
    """What the backend says of itself: versions to compare with the till's copies, its epoch and its clock."""

    shop: ShopProfile
    epoch: int
    server_seq: int
    now: datetime
    programme_version: int
    catalogue_version: int
    staff_version: int
    recovering: bool = False
    till_id: str = ""
    till_epoch: int = 1


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Some items that changed after the version asked for; ``next_page`` is empty on the last page."""

    version: int
    items: tuple[Item, ...]
    removed: tuple[str, ...] = ()
    next_page: str = ""


class FindBy(StrEnum):
    """What a customer is looked up by."""

    MOBILE = "mobile"
    NAME = "name"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new member as the till enters one; ``mobile`` in E.164. ``consent_at`` is when they agreed."""

    member_id: str
    name: str
    mobile: str = field(repr=False)
    consent_at: datetime
    card: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RefundLine:
    """Goods given back: which line of the sale, and how many thousandths of it."""

    line_id: str
    sku: str
    thousandths: int


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Asks before money leaves: reserves the quantities and takes back points in one transaction."""

    refund_id: str
    bill_id: str
    lines: tuple[RefundLine, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What a refund moves: ``money`` to pay out, points given back and taken back per programme.

    ``short`` is what was earned and already spent elsewhere; ``reduced_by`` the money it lowered the refund by.
    """

    refund_id: str
    accepted: bool
    money: Money
    returned: Mapping[str, Points]
    reversed: Mapping[str, Points]
    short: Mapping[str, Points] = field(default_factory=lambda: MappingProxyType({}))
    reduced_by: Money | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One movement on a member's account, newest first."""

    at: datetime
    kind: str
    programme_id: str
    points: Points
    ref: str
    receipt_number: str = ""


class LoyaltyBackend(Protocol):
    """A remote loyalty backend. Every method blocks and raises ``Refused`` or ``Unreachable``, nothing else."""

    @property
    def capabilities(self) -> Capabilities: ...

    def state(self) -> BackendState: ...

    def programme(self) -> Programme: ...

    def catalogue_page(self, since: int, page: str = "") -> CataloguePage: ...

    def staff(self) -> tuple[StaffMember, ...]: ...

    def salespeople(self) -> tuple[Salesperson, ...]: ...

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]: ...

    def member(self, member_id: str) -> LoyaltyAccount: ...

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount: ...

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]: ...

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer: ...

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer: ...

    def hold(self, request: HoldRequest) -> HoldAnswer: ...

    def extend(self, redemption_id: str) -> HoldAnswer: ...

    def redemption(self, redemption_id: str) -> HoldAnswer: ...

    def void(self, redemption_id: str) -> HoldAnswer: ...

    def put_bill(self, receipt: Receipt) -> BillAnswer: ...

    def put_refund(self, request: RefundRequest) -> RefundAnswer: ...

    def void_refund(self, refund_id: str) -> RefundAnswer: ...

    def bill(self, number: str) -> Receipt: ...

    def close(self) -> None:
        """Closes sockets, so that threads that wait in them end."""
        ...


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the clock that runs on in suspend, bound to one boot of the machine (redemption.md, 5)."""

    boot_id: str
    at: float
    """Seconds of ``Clock.monotonic``."""


class Clock(Protocol):
    """Time. ``monotonic`` runs on in suspend and never jumps; ``boot_id`` changes when it starts anew."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    @property
    def boot_id(self) -> str: ...


def seconds_left(clock: Clock, deadline: Deadline) -> float:
    """Until ``deadline``; 0 once it has passed, and always 0 after another boot, where it cannot be known."""
    return 0.0 if deadline.boot_id != clock.boot_id else max(0.0, deadline.at - clock.monotonic())


class Ids(Protocol):
    """New ids that sort by time (UUIDv7)."""

    def new(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RedemptionRow:
    """One redemption as the journal holds it; changed only by guarded updates (redemption.md, "Till")."""

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


class StaleRowError(RuntimeError):
    """A guarded update found the row in another state than expected; nothing was changed."""


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


@dataclass(frozen=True, slots=True)
class Draft:
    """The sale in hand as it survives a crash: the bill without any discount, and the tenders taken so far."""

    bill: Bill
    tenders: tuple[Tender, ...] = ()
    at_payment: bool = False
    cashier_id: str = ""


class OutboxKind(StrEnum):
    """What waits to be sent."""

    BILL = "bill"
    VOID = "void"
    ENROL = "enrol"
    REFUND_VOID = "refund_void"


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

    def record_attempt(self, attempt: PaymentAttempt) -> None: ...

    def attempts(self, bill_id: str) -> tuple[PaymentAttempt, ...]: ...

    def save_bill(self, receipt: Receipt) -> Receipt:
        """The commit: number, bill, lines, tenders, redemptions HELD → BILLED and outbox in one transaction.

        The receipt's number is replaced by the next one without a gap; saving the same bill again returns what is
        stored. The draft is deleted afterwards. Raises StaleRowError when a redemption is no longer held.
        """
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

    def record_declined(self, bill_id: str, rule_id: str, outcome: str) -> None:
        """Counts for the manager: offered, taken, declined, lost to a technical reason."""
        ...

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None: ...


class DiskTroubleKind(StrEnum):
    """What is wrong with the disk."""

    FULL = "full"
    READ_ONLY = "read_only"
    IN_USE = "in_use"
    DAMAGED = "damaged"
    FAILED = "failed"


class DiskTrouble(Exception):
    """The till's own disk did not do as asked; what was to be written is not written."""

    def __init__(self, kind: DiskTroubleKind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found, and where the typed text matched its name: (start, length) pairs."""

    item: Item
    matched: tuple[tuple[int, int], ...] = ()


class ItemIndex(Protocol):
    """The till's copy of the catalogue. Quick enough for the Qt thread: one indexed statement a call."""

    @property
    def version(self) -> int: ...

    def by_sku(self, sku: str) -> Item | None: ...

    def by_code(self, code: str) -> tuple[Item, ...]:
        """Items with that barcode or code: the exact match alone, else all that differ only in case."""
        ...

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]: ...

    def often_sold(self, limit: int = 12) -> tuple[Item, ...]: ...


class TerminalOutcome(StrEnum):
    """What the card terminal or QR service says of one payment."""

    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """No answer, or an ambiguous one: ask again by reference."""
    NOT_FOUND = "not_found"
    """It never heard of the reference: nothing was taken."""


@dataclass(frozen=True, slots=True)
class TerminalAnswer:
    """``label`` is for receipt and ledger, such as ``Debit BCA …4417``; never a whole card number."""

    outcome: TerminalOutcome
    reference: str
    label: str = ""
    reason: str = ""


class Terminal(Protocol):
    """A card terminal or QR service. ``pay`` blocks until the bank has answered or the wait is over."""

    name: str

    def pay(self, reference: str, amount: Money) -> TerminalAnswer: ...

    def query(self, reference: str) -> TerminalAnswer: ...

    def cancel(self, reference: str) -> None:
        """Asks the terminal to stop waiting; ``pay`` then returns what came of it."""
        ...

    def refund(self, reference: str, amount: Money) -> TerminalAnswer: ...


class QrService(Terminal, Protocol):
    """A payment that the customer makes by scanning; ``payload`` is what the code says."""

    def payload(self, reference: str, amount: Money) -> str: ...


class PrinterState(StrEnum):
    """What the status strip says of the printer."""

    READY = "ready"
    MISSING = "missing"
    OUT_OF_PAPER = "out_of_paper"
    FAILED = "failed"


class ReceiptPrinter(Protocol):
    """Prints a saved receipt; a failure never touches the bill, which is already in the journal."""

    def state(self) -> PrinterState: ...

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState: ...

    def open_drawer(self) -> None: ...


class Secrets(Protocol):
    """Where the till's token lives. ``kind`` names it in plain words for the cashier's choice."""

    kind: str

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What this till was told about itself; a damaged file leaves the last good one in force."""

    backend_url: str = ""
    shop_id: str = ""
    till_id: str = ""
    till_epoch: int = 1
    language: str = "en"
    theme: str = "light"
    scale_percent: int = 100
    full_screen: bool = False
    reduced_motion: bool = False
    scanner_gap_ms: int = 30
    scanner_prefix: str = ""
    lock_after_minutes: int = 10
    salesperson_required: str = ""
    """Ginesys' strict modes: empty, ``bill`` (none is saved without one) or ``line`` (none is added without)."""
    printer: str = ""
    paper: str = "80mm"
    receipt_folder: str = ""
    ca_file: str = ""
    proxy: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class SettingsStore(Protocol):
    """Reads and writes the settings file; ``trouble`` says in one line what was wrong with it, or is empty."""

    trouble: str

    def load(self) -> Settings: ...

    def save(self, settings: Settings) -> None: ...


class StaffDirectory(Protocol):
    """The till's copy of staff and salespeople, for signing in when the line is down."""

    def staff(self) -> Sequence[StaffMember]: ...

    def salespeople(self) -> Sequence[Salesperson]: ...


class CredentialCheck(Protocol):
    """Checks a PIN or password against a stored hash, in constant time; slow on purpose, never on the Qt thread."""

    def matches(self, stored_hash: str, typed: str) -> bool: ...
