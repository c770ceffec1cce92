"""Words asked for from afar as messages: from the till that asks, to the manager who answers."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from tukar.domain.approval import ApprovalLimits, ApprovalRequest, ApprovalState, ApprovalSubject, LimitKind, LimitTable
from tukar.domain.money import Currency, Money
from tukar.domain.people import Action, Role
from tukar.wire.amounts import (
    AmountText,
    Count,
    Key,
    KeyOrNone,
    Moment,
    PointsText,
    RateText,
    Seconds,
    WireCurrency,
    Word,
    currency_of,
    optional_amount,
    optional_money,
    points_of,
    wire_currency,
)
from tukar.wire.message import Message

Ref = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")]
Note = Annotated[str, Meta(max_length=400, pattern=r"^[^\x00]*$")]


class WireSubject(Message):
    """What a word is asked for."""

    action: Action
    ref: Ref
    currency: WireCurrency
    bill_id: KeyOrNone = ""
    bill: Word = ""
    amount: AmountText | None = None
    percent: RateText | None = None
    points: PointsText | None = None
    reason: Note = ""


class WireApprovalAsk(Message):
    """A till asks for a word; the id of the request is in the address."""

    actor_id: Key
    subject: WireSubject


class WireApprovalRequest(Message):
    """A request as it stands."""

    request_id: Key
    subject: WireSubject
    actor_id: Key
    actor_name: Word
    till_id: Key
    asked_at: Moment
    state: ApprovalState
    seconds_left: Seconds = 0.0
    approver_id: KeyOrNone = ""
    approver_name: Word = ""
    note: Note = ""
    beyond: LimitKind | None = None


class WireApprovalRequests(Message):
    """What waits for a word, oldest first."""

    requests: Annotated[tuple[WireApprovalRequest, ...], Meta(max_length=200)] = ()
    version: Count = 0


class WireApprovalWord(Message):
    """A manager's answer, by their own PIN."""

    staff_id: Key
    pin: Annotated[str, Meta(min_length=1, max_length=128)]
    give: bool
    note: Note = ""

    def __repr__(self) -> str:
        return f"WireApprovalWord(staff_id={self.staff_id!r}, give={self.give!r})"


class WireWithdrawal(Message):
    """The cashier waits no longer."""


class WireRoleLimits(Message):
    """Up to what a role may give its word; ``points`` are whole ones, what is left out has no limit."""

    role: Role
    amount: AmountText | None = None
    percent: RateText | None = None
    points: Count | None = None


def wire_subject(subject: ApprovalSubject, currency: Currency) -> WireSubject:
    return WireSubject(
        action=subject.action,
        ref=subject.ref,
        currency=wire_currency(currency),
        bill_id=subject.bill_id,
        bill=subject.bill,
        amount=optional_amount(subject.amount),
        percent=None if subject.percent is None else format(subject.percent, "f"),
        points=None if subject.points is None else subject.points.decimal(),
        reason=subject.reason,
    )


def subject_of(message: WireSubject) -> ApprovalSubject:
    return ApprovalSubject(
        message.action,
        message.ref,
        message.bill_id,
        message.bill,
        optional_money(message.amount, currency_of(message.currency)),
        None if message.percent is None else Decimal(message.percent),
        None if message.points is None else points_of(message.points),
        message.reason,
    )


def request_of(message: WireApprovalRequest) -> ApprovalRequest:
    return ApprovalRequest(
        message.request_id,
        subject_of(message.subject),
        message.actor_id,
        message.actor_name,
        message.till_id,
        message.asked_at,
        message.state,
        message.seconds_left,
        message.approver_id,
        message.approver_name,
        message.note,
        message.beyond,
    )


def wire_limits(table: LimitTable, currency: Currency) -> tuple[WireRoleLimits, ...]:
    return tuple(
        WireRoleLimits(
            role=role,
            amount=None if limits.amount is None else Money(limits.amount, currency).decimal(),
            percent=None if limits.percent is None else format(limits.percent, "f"),
            points=limits.points,
        )
        for role, limits in sorted(table.roles.items())
    )


def limits_of(messages: tuple[WireRoleLimits, ...], currency: Currency) -> LimitTable:
    return LimitTable(
        {
            message.role: ApprovalLimits(
                None if message.amount is None else currency.money(message.amount).minor,
                None if message.percent is None else Decimal(message.percent),
                message.points,
            )
            for message in messages
        }
    )
