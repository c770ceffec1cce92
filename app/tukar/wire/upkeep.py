"""Digest, recovery, review items and other channels as messages."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.redemption import HoldState
from tukar.wire.amounts import (
    AmountText,
    Count,
    Key,
    KeyOrNone,
    Moment,
    PointsByProgramme,
    PointsText,
    Text,
    WireCurrency,
    Word,
)
from tukar.wire.message import Message

DIGEST_AT_MOST = 2000


class WireDigestRedemption(Message):
    """One redemption as the till holds it: the till's state in its own word."""

    redemption_id: Key
    state: Word
    bill_id: Key


class WireDigest(Message):
    """What the till holds of the last 35 days, or a part of it."""

    bills: Annotated[tuple[Key, ...], Meta(max_length=DIGEST_AT_MOST)] = ()
    redemptions: Annotated[tuple[WireDigestRedemption, ...], Meta(max_length=DIGEST_AT_MOST)] = ()


class WireDifference(Message):
    """A redemption that stands otherwise here; ``state`` is None where it is unknown."""

    redemption_id: Key
    state: HoldState | None = None
    bill_id: KeyOrNone = ""


class WireDigestAnswer(Message):
    """What differs: bills that are not here, redemptions that stand otherwise."""

    missing_bills: tuple[Key, ...] = ()
    differences: tuple[WireDifference, ...] = ()


class WireRecovery(Message):
    """A till says that it has re-sent a phase: 1 = enrolments and earning, 2 = captures and refunds."""

    epoch: Count
    phase: Annotated[int, Meta(ge=1, le=2)]


class WireRecoveryAnswer(Message):
    """Whether the backend still waits, and for whom."""

    recovering: bool
    waiting_for: tuple[Key, ...] = ()


class WireReview(Message):
    """Something that does not add up and that a manager looks at."""

    review_id: Annotated[str, Meta(max_length=200)]
    kind: Word
    ref: KeyOrNone
    at: Moment
    story: Text
    resolved_by: KeyOrNone = ""
    resolution: Text = ""


class WireReviews(Message):
    """Items, oldest first."""

    items: tuple[WireReview, ...] = ()


class WireOrder(Message):
    """An order of another channel, such as a web shop: what it earns and spends on a member's account.

    All or nothing; the order's id is in the address. ``spend`` is refused when it is more than what is available.
    """

    member_id: Key
    currency: WireCurrency
    amount: AmountText
    earn: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    spend: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    label: Word = ""


class WireOrderAnswer(Message):
    """The balances after an order."""

    order_id: Key
    state: Annotated[str, Meta(max_length=12)] = "done"
    balances: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it


class WireAdjustment(Message):
    """A manager gives or takes points, with a reason; never below what is available."""

    member_id: Key
    programme_id: Key
    points: PointsText
    staff_id: Key
    pin: Annotated[str, Meta(min_length=1, max_length=128)]
    reason: Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]

    def __repr__(self) -> str:
        return f"WireAdjustment(member_id={self.member_id!r}, staff_id={self.staff_id!r})"


class WireVerification(Message):
    """What following the audit chain found: how many rows, the head, and the first row that does not fit."""

    rows: Count
    head: Word
    broken_at: Count | None = None


class WireFinding(Message):
    """One thing that the backend's doctor found wrong: which invariant, about what."""

    invariant: Word
    ref: Text
    story: Text


class WireFindings(Message):
    """All that is wrong; nothing when ``findings`` is empty. ``checked`` says how many rows were looked at."""

    findings: tuple[WireFinding, ...] = ()
    checked: Annotated[dict[Word, Count], Meta(max_length=50)] = {}  # noqa: RUF012 - msgspec copies it
    open_reviews: Count = 0
