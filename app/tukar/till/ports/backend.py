"""The remote loyalty backend: what it can do, what it is asked and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from tukar.domain.bill import Bill
from tukar.domain.item import Item
from tukar.domain.money import Money
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
    OverrideRequest,
    QuoteAnswer,
    ReleaseRequest,
)
from tukar.domain.shift import Shift
from tukar.domain.shop import ShopProfile


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
    holds_limits: bool = True
    """Whether a hold claims what a bill uses of limits, coupons and budgets, also where it reserves no points."""
    held_bills: bool = False
    """Whether it keeps bills set aside for all tills: then it is a ``HeldBills`` too."""
    stored_value: bool = False
    """Whether it keeps gift cards and store credit: then it is ``StoredValues`` too."""


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
    """A new member as the till enters one; ``mobile`` in E.164. ``consent_at`` is when they agreed.

    ``offline`` is one that nobody answered when it was made: where its number is known, the two become one member.
    """

    member_id: str
    name: str
    mobile: str = field(repr=False)
    consent_at: datetime
    card: str = field(default="", repr=False)
    offline: bool = False


@dataclass(frozen=True, slots=True)
class RefundLine:
    """Goods given back: which line of the sale, and how many thousandths of it."""

    line_id: str
    sku: str
    thousandths: int


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Asks before money leaves: reserves the quantities and takes back points in one transaction.

    ``actor`` is the member of staff who takes the goods back, for the backend's audit.
    """

    refund_id: str
    bill_id: str
    lines: tuple[RefundLine, ...]
    reason: str
    actor: str = ""


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
    unspent_only: bool = False
    """A gift card that was sold has been spent since: that is part of what lowered the money."""
    paid_back: Mapping[str, Money] = field(default_factory=lambda: MappingProxyType({}))
    """The part of ``money`` that goes back to gift cards and store credit, by the hold that took it."""

    @property
    def to_pay(self) -> Money:
        """What is left to pay out once stored value has gone back where it came from."""
        return self.money - self.money.currency.total(self.paid_back.values())


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

    def sign_in(self, staff_id: str, password: str) -> None:
        """Checks a password; NOT_ALLOWED when it is not this person's, NOT_SUPPORTED where no staff is kept.

        TOO_MANY_REQUESTS with how long to ``wait`` after too many wrong ones at any till of the shop.
        """
        ...

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        """A manager's PIN lets somebody try again; NOT_ALLOWED when it is not theirs to do, else as ``sign_in``."""
        ...

    def salespeople(self) -> tuple[Salesperson, ...]: ...

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]: ...

    def member(self, member_id: str) -> LoyaltyAccount: ...

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount: ...

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]: ...

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer: ...

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer: ...

    def override_code(self, request: OverrideRequest) -> ChallengeAnswer:
        """A challenge counts as confirmed without its code; NOT_ALLOWED, or TOO_MANY_CODES after a few a day."""
        ...

    def release_holds(self, request: ReleaseRequest) -> LoyaltyAccount:
        """Lets go what other bills hold of an account, and tells how it stands; NOT_ALLOWED where the PIN is not right.

        NOT_SUPPORTED where a backend reserves nothing for others to be in the way.
        """
        ...

    def hold(self, request: HoldRequest) -> HoldAnswer: ...

    def extend(self, redemption_id: str) -> HoldAnswer: ...

    def redemption(self, redemption_id: str) -> HoldAnswer: ...

    def void(self, redemption_id: str) -> HoldAnswer: ...

    def put_bill(self, receipt: Receipt) -> BillAnswer: ...

    def put_refund(self, request: RefundRequest) -> RefundAnswer: ...

    def void_refund(self, refund_id: str) -> RefundAnswer: ...

    def bill(self, number: str) -> Receipt: ...

    def put_shift(self, shift: Shift) -> None:
        """Stores a closed shift; NOT_SUPPORTED where a backend keeps none."""
        ...

    def close(self) -> None:
        """Closes sockets, so that threads that wait in them end."""
        ...
