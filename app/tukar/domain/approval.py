"""A word asked for from afar: what a till wants to do, how much it is about, and what a manager answers.

A word is bound to one action, one thing, one amount and 60 s, and is never the actor's own (security.md, "Rights").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tukar.domain.money import Money
    from tukar.domain.people import Action, Role
    from tukar.domain.points import Points

APPROVAL_SECONDS: Final = 60.0
"""So long a request waits for an answer, and so long an answer is good for."""


class ApprovalState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    RUN_OUT = "run_out"
    WITHDRAWN = "withdrawn"


class LimitKind(StrEnum):
    """What a limit is set on; ``right`` is the rights table itself, ``own_doing`` that nobody approves themselves."""

    AMOUNT = "amount"
    PERCENT = "percent"
    POINTS = "points"
    RIGHT = "right"
    OWN_DOING = "own_doing"


@dataclass(frozen=True, slots=True)
class ApprovalSubject:
    """What a word is asked for: the action, the thing it is done to, and how much it is about.

    ``ref`` names the thing and the amount in the till's own way, so that a word given for one is not good for another.
    ``bill`` is what people call the bill, where it has a number yet; ``reason`` is the cashier's.
    """

    action: Action
    ref: str
    bill_id: str = ""
    bill: str = ""
    amount: Money | None = None
    percent: Decimal | None = None
    points: Points | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """A request as the backend keeps it. ``seconds_left`` counts from when the answer was made.

    ``beyond`` is the limit of whoever looks at it that it passes, None where they may give their word.
    """

    request_id: str
    subject: ApprovalSubject
    actor_id: str
    actor_name: str
    till_id: str
    asked_at: datetime
    state: ApprovalState
    seconds_left: float = 0.0
    approver_id: str = ""
    approver_name: str = ""
    note: str = ""
    beyond: LimitKind | None = None


@dataclass(frozen=True, slots=True)
class ApprovalLimits:
    """Up to what one role may give its word; None is no limit. ``amount`` is in minor units of the shop's currency."""

    amount: int | None = None
    percent: Decimal | None = None
    points: int | None = None
    """Whole points."""

    def beyond(self, subject: ApprovalSubject) -> LimitKind | None:
        """The first limit that ``subject`` passes; money of another currency passes any limit on amounts."""
        if self.amount is not None and subject.amount is not None and abs(subject.amount.minor) > self.amount:
            return LimitKind.AMOUNT
        if self.percent is not None and subject.percent is not None and subject.percent > self.percent:
            return LimitKind.PERCENT
        if self.points is not None and subject.points is not None and abs(subject.points.exact()) > self.points:
            return LimitKind.POINTS
        return None


NO_LIMITS: Final = ApprovalLimits()


@dataclass(frozen=True, slots=True)
class LimitTable:
    """The limits of each role; a role that is not named has none beyond its rights."""

    roles: Mapping[Role, ApprovalLimits] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def of(self, role: Role) -> ApprovalLimits:
        return self.roles.get(role, NO_LIMITS)


UNLIMITED: Final = LimitTable()
