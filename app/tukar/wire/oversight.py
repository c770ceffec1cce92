"""Cases to review and differences to repair as messages."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.money import Currency
from tukar.domain.oversight import (
    Difference,
    DifferenceKind,
    DifferenceState,
    Reconciliation,
    Repair,
    ReviewCase,
    ReviewNote,
    ReviewPage,
    ReviewReason,
    ReviewState,
)
from tukar.wire.amounts import (
    AmountText,
    Count,
    Key,
    KeyOrNone,
    Moment,
    PointsText,
    Text,
    WireCurrency,
    Word,
    currency_of,
    optional_money,
    points_of,
)
from tukar.wire.message import Message
from tukar.wire.promotions import Cursor, Number

ReviewId = Annotated[str, Meta(min_length=1, max_length=200)]
Note = Annotated[str, Meta(max_length=400, pattern=r"^[^\x00]*$")]


class WireReviewFilter(Message):
    """Which cases to list; what is left out does not narrow."""

    state: ReviewState | None = None
    reason: ReviewReason | None = None
    page: Cursor = ""


class WireReviewNote(Message):
    """What somebody wrote down about a case."""

    at: Moment
    by: Word
    text: Note


class WireReviewCase(Message):
    """One thing to look at."""

    review_id: ReviewId
    reason: ReviewReason
    found_at: Moment
    state: ReviewState
    story: Text = ""
    bill_id: KeyOrNone = ""
    number: Number = ""
    till_id: KeyOrNone = ""
    cashier_id: KeyOrNone = ""
    cashier_name: Word = ""
    member_id: KeyOrNone = ""
    customer_name: Word = ""
    masked_mobile: Word = ""
    count: Count = 0
    limit: Count = 0
    hours: Count = 0
    currency: WireCurrency | None = None
    amount: AmountText | None = None
    limit_amount: AmountText | None = None
    points: PointsText | None = None
    decided_by: Word = ""
    decided_at: Moment | None = None
    notes: Annotated[tuple[WireReviewNote, ...], Meta(max_length=200)] = ()


class WireReviewPage(Message):
    """Cases newest first; ``open`` counts all that wait."""

    cases: Annotated[tuple[WireReviewCase, ...], Meta(max_length=200)] = ()
    open: Count = 0
    next_page: Cursor = ""


class WireDecision(Message):
    """A manager decides about a case; the same decision id again is the same word."""

    decision_id: Key
    state: ReviewState
    note: Note = ""


class WireNote(Message):
    """A manager writes something down."""

    note: Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]


class WireLedgerDifference(Message):
    """One figure that is not the same in two places."""

    difference_id: ReviewId
    kind: DifferenceKind
    repair: Repair
    state: DifferenceState
    ref: Text
    expected: PointsText | None = None
    found: PointsText | None = None
    programme_id: KeyOrNone = ""
    bill_id: KeyOrNone = ""
    number: Number = ""
    till_id: KeyOrNone = ""
    member_id: KeyOrNone = ""
    customer_name: Word = ""
    masked_mobile: Word = ""
    since: Moment | None = None


class WireReconciliation(Message):
    """What was compared, and what differs."""

    at: Moment
    differences: Annotated[tuple[WireLedgerDifference, ...], Meta(max_length=500)] = ()
    checked: Annotated[dict[Word, Count], Meta(max_length=50)] = {}  # noqa: RUF012 - msgspec copies it


class WireRepair(Message):
    """Do the one safe thing about a difference."""


def case_of(message: WireReviewCase) -> ReviewCase:
    currency: Currency | None = None if message.currency is None else currency_of(message.currency)
    return ReviewCase(
        review_id=message.review_id,
        reason=message.reason,
        found_at=message.found_at,
        state=message.state,
        story=message.story,
        bill_id=message.bill_id,
        number=message.number,
        till_id=message.till_id,
        cashier_id=message.cashier_id,
        cashier_name=message.cashier_name,
        member_id=message.member_id,
        customer_name=message.customer_name,
        masked_mobile=message.masked_mobile,
        count=message.count,
        limit=message.limit,
        hours=message.hours,
        amount=None if currency is None else optional_money(message.amount, currency),
        limit_amount=None if currency is None else optional_money(message.limit_amount, currency),
        points=None if message.points is None else points_of(message.points),
        decided_by=message.decided_by,
        decided_at=message.decided_at,
        notes=tuple(ReviewNote(note.at, note.by, note.text) for note in message.notes),
    )


def review_page_of(message: WireReviewPage) -> ReviewPage:
    return ReviewPage(tuple(map(case_of, message.cases)), message.open, message.next_page)


def difference_of(message: WireLedgerDifference) -> Difference:
    return Difference(
        difference_id=message.difference_id,
        kind=message.kind,
        repair=message.repair,
        state=message.state,
        ref=message.ref,
        expected=None if message.expected is None else points_of(message.expected),
        found=None if message.found is None else points_of(message.found),
        programme_id=message.programme_id,
        bill_id=message.bill_id,
        number=message.number,
        till_id=message.till_id,
        member_id=message.member_id,
        customer_name=message.customer_name,
        masked_mobile=message.masked_mobile,
        since=message.since,
    )


def reconciliation_of(message: WireReconciliation) -> Reconciliation:
    return Reconciliation(message.at, tuple(map(difference_of, message.differences)), message.checked)
