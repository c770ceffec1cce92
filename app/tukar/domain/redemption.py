"""The life of a redemption as tables, and the messages that move it between a till and the backend.

The rules are those of redemption.md. The till coordinates: the local transaction that inserts the bill is the
commit, the hold at the backend is the prepared part, no bill means void. Ids are made by the till and repeated on
every retry; a repeated id gets the stored answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tukar.domain.bill import Bill, Claim
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.pricing.result import CodeBalance

HOLD_SECONDS: Final = 30 * 60
"""How long a hold is granted for; every extension grants as much again."""
EXTEND_EVERY_SECONDS: Final = 5 * 60
HOLD_AT_MOST_SECONDS: Final = 2 * 60 * 60
COMMIT_MARGIN_SECONDS: Final = 10 * 60
"""No tender opens in the last minutes of a hold, so that the bill is saved before the backend lets it go."""
CODE_SECONDS: Final = 5 * 60
CODE_DIGITS: Final = 6
CODE_TRIES: Final = 5
NO_ACCOUNT: Final = ""
"""The programme of a redemption that spends no points: its hold claims limits, coupons and stored value only."""
RESEND_AFTER_SECONDS: Final = (30, 60, 120)
"""How long a cashier waits before the first, second and third sending after the first one (security.md)."""


class RedemptionState(StrEnum):
    """Where a redemption stands on the till."""

    QUOTED = "quoted"
    CHALLENGED = "challenged"
    ASKED = "asked"
    HELD = "held"
    BILLED = "billed"
    SETTLED = "settled"
    DROPPED = "dropped"
    CLOSED = "closed"
    REVIEW = "review"


_S = RedemptionState
TILL_MOVES: Mapping[RedemptionState, frozenset[RedemptionState]] = MappingProxyType(
    {
        _S.QUOTED: frozenset({_S.QUOTED, _S.CHALLENGED, _S.ASKED, _S.DROPPED}),
        _S.CHALLENGED: frozenset({_S.CHALLENGED, _S.ASKED, _S.DROPPED}),
        _S.ASKED: frozenset({_S.ASKED, _S.HELD, _S.CHALLENGED, _S.DROPPED, _S.REVIEW}),
        _S.HELD: frozenset({_S.HELD, _S.BILLED, _S.DROPPED}),
        _S.BILLED: frozenset({_S.SETTLED, _S.REVIEW}),
        _S.DROPPED: frozenset({_S.CLOSED, _S.REVIEW}),
        _S.REVIEW: frozenset({_S.SETTLED, _S.CLOSED}),
        _S.SETTLED: frozenset({_S.REVIEW}),
        _S.CLOSED: frozenset(),
    }
)
"""The till's table (redemption.md, "Till"): every move that is not here is a mistake of ours and raises."""


class IllegalMoveError(RuntimeError):
    """A redemption was asked to go where the table does not lead."""


def checked_move(old: RedemptionState, new: RedemptionState) -> RedemptionState:
    """``new``, when the table leads there from ``old``; IllegalMoveError otherwise."""
    if new not in TILL_MOVES[old]:
        raise IllegalMoveError(f"{old} does not lead to {new}")
    return new


class HoldState(StrEnum):
    """Where a redemption stands at the backend."""

    HELD = "held"
    CAPTURED = "captured"
    EXPIRED = "expired"
    VOIDED = "voided"


class Refusal(StrEnum):
    """Why the backend said no; the till's words for each are in ``ui/wording.py``."""

    INSUFFICIENT = "insufficient"
    WRONG_CODE = "wrong_code"
    CODE_LOCKED = "code_locked"
    CODE_EXPIRED = "code_expired"
    CODE_NEEDED = "code_needed"
    TOO_MANY_CODES = "too_many_codes"
    RESEND_TOO_EARLY = "resend_too_early"
    NO_MOBILE = "no_mobile"
    RULES_CHANGED = "rules_changed"
    PRICES_CHANGED = "prices_changed"
    NOT_ELIGIBLE = "not_eligible"
    ALREADY_HELD = "already_held"
    USED_UP = "used_up"
    """Others were first: too little is left of a limit, coupon, budget or card that the bill uses."""
    ID_REUSED = "id_reused"
    UNKNOWN_MEMBER = "unknown_member"
    MEMBER_EXISTS = "member_exists"
    UNKNOWN_REDEMPTION = "unknown_redemption"
    UNKNOWN_REQUEST = "unknown_request"
    UNKNOWN_CARD = "unknown_card"
    """No gift card of this shop, or one that is not paid for yet."""
    CARD_TAKEN = "card_taken"
    """A gift card to be sold that is somebody's already."""
    CAPTURED = "captured"
    VOIDED = "voided"
    EXPIRED = "expired"
    UNKNOWN_BILL = "unknown_bill"
    OTHER_CONTENT = "other_content"
    NOTHING_TO_REFUND = "nothing_to_refund"
    TAKEN_UP = "taken_up"
    """A bill set aside that another till has taken up, or that was paid or given up."""
    REVOKED = "revoked"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    OUTDATED = "outdated"
    RECOVERING = "recovering"
    TOO_MANY_REQUESTS = "too_many_requests"
    BAD_REQUEST = "bad_request"
    ENROLMENT_CODE = "enrolment_code"
    NOT_SUPPORTED = "not_supported"


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """The six digits a customer reads out. Never logged, never in a ``repr``, never stored on the till."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.digits) != CODE_DIGITS or not (self.digits.isascii() and self.digits.isdigit()):
            raise ValueError("a one-time code has six digits")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the backend counts over all sales and a till cannot know, as ``pricing.Circumstances`` has it."""

    uses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    uses_today: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    budget_used: Mapping[str, Money] = field(default_factory=lambda: MappingProxyType({}))
    cards: Mapping[str, CodeBalance] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """What the backend makes of a bill from its own rules and catalogue; nothing is reserved by it."""

    total: Money
    discount: Money
    spent: Mapping[str, Points]
    available: Mapping[str, Points]
    programme_version: int
    catalogue_version: int
    counted: Counted = field(default_factory=Counted)


@dataclass(frozen=True, slots=True)
class ChallengeRequest:
    """Asks for a one-time code for up to ``ceiling`` points; ``send_id`` names this one sending."""

    challenge_id: str
    send_id: str
    bill_id: str
    member_id: str
    programme_id: str
    ceiling: Points
    amount: Money
    """What the points would take off, for the message to the customer."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ChallengeAnswer:
    """A code is on its way to ``sent_to`` (masked). Seconds count from when the answer was made."""

    challenge_id: str
    sent_to: str
    expires_in: float
    resend_in: float
    sends_left: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class OverrideRequest:
    """A second person answers for the customer's consent where no code comes; their ``pin`` is checked again."""

    challenge_id: str
    approver: str
    pin: str = field(repr=False)
    reason: str
    actor: str


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """A second person lets go what other bills hold of a customer's points; their ``pin`` is checked again."""

    member_id: str
    programme_id: str
    bill_id: str
    """Whose own holds stay."""
    approver: str
    pin: str = field(repr=False)
    reason: str
    actor: str


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """Reserves ``need`` points of one account for one bill; the code travels in it (redemption.md, "Server").

    ``ceiling`` is what the code was asked for; ``replaces`` names the hold that this one takes the place of, in one
    transaction. The versions are those the till priced with.
    """

    redemption_id: str
    bill: Bill
    member_id: str
    programme_id: str
    need: Points
    ceiling: Points
    amount: Money
    programme_version: int
    catalogue_version: int
    challenge_id: str = ""
    attempt_id: str = ""
    code: OneTimeCode | None = None
    replaces: str = ""
    total: Money | None = None
    """What the bill comes to at the till; a backend that makes another sum of it refuses."""
    approver: str = ""
    """Who else said yes, where the programme asks for a second person."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.bill.claims


@dataclass(frozen=True, slots=True)
class HoldAnswer:
    """Where a redemption stands. ``ttl`` seconds are left of a hold, counted from when the answer was made.

    ``proof`` is the backend's MAC over what it granted; the till keeps it and sends it with the bill.
    """

    redemption_id: str
    state: HoldState
    points: Points
    ttl: float = 0.0
    proof: str = ""
    tries_left: int | None = None


class Part(StrEnum):
    """The parts of a saved bill that the backend answers for one by one."""

    BILL = "bill"
    REDEMPTION = "redemption"
    EARNING = "earning"
    ACTIVATION = "activation"
    NUMBER = "number"
    PAYMENT = "payment"
    """Money of a gift card or of store credit."""


HOLDS: Final = frozenset({Part.REDEMPTION, Part.PAYMENT})
"""The parts that tell what became of a hold; ``ref`` is its id."""


class Outcome(StrEnum):
    """How one part of a bill went; everything but DONE and NONE is an item to review."""

    DONE = "done"
    LATE = "late"
    SHORT = "short"
    FLAGGED = "flagged"
    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PartResult:
    """What became of one part. ``points`` were moved; ``short`` points the merchant bears."""

    part: Part
    ref: str
    outcome: Outcome
    programme_id: str = ""
    points: Points | None = None
    short: Points | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BillAnswer:
    """A bill is always stored; each part has its result, and ``balances`` are the customer's afterwards."""

    bill_id: str
    parts: tuple[PartResult, ...]
    balances: Mapping[str, Points] = field(default_factory=lambda: MappingProxyType({}))
    server_seq: int = 0
    epoch: int = 0
