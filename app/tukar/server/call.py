"""What an operation is given: who calls, the open transaction, the time, and the equipment of the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from tukar.domain.bill import Bill
from tukar.domain.item import Item
from tukar.domain.money import Currency
from tukar.domain.people import StaffMember
from tukar.domain.pricing import PricedBill, RuleBook
from tukar.domain.programme import Programme
from tukar.server.storage.statements import Statements

if TYPE_CHECKING:
    from tukar.server.chance import Chance
    from tukar.server.keys import Keys
    from tukar.server.passwords import Passwords


def stored_moment(at: datetime) -> str:
    """A moment in UTC as rows keep it."""
    return at.isoformat(timespec="milliseconds")


class CallerKind(StrEnum):
    """Who may call. The operator runs the backend itself; nobody has not said who they are."""

    TILL = "till"
    CHANNEL = "channel"
    OPERATOR = "operator"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, from a token that was checked. ``revoked`` is a till that may only deliver what it still has."""

    kind: CallerKind
    shop_id: str = ""
    till_id: str = ""
    till_epoch: int = 1
    revoked_at: str = ""
    audit_head: str = ""
    """Of the till's own audit chain, as it last told it."""
    is_signed: bool = False
    """Whether the body carries a signature of the till's own key."""

    @property
    def is_revoked(self) -> bool:
        return bool(self.revoked_at)


NOBODY: Final = Caller(CallerKind.NOBODY)


@dataclass(frozen=True, slots=True)
class Versions:
    """Which rules and which prices a bill is worked out with."""

    programme: int
    catalogue: int


@dataclass(frozen=True, slots=True)
class HeldBill:
    """What a hold was granted for: the bill without its customer, whom the row has, and what it came to."""

    bill: Bill
    versions: Versions
    priced: PricedBill


class Library(Protocol):
    """Programmes, items and compiled rules, read from the database once (``reckoning.Books``)."""

    def programme(self, call: "Call", version: int) -> Programme | None: ...

    def keep_held(self, call: "Call", redemption_id: str, held: HeldBill) -> None: ...

    def held(self, call: "Call", redemption_id: str) -> HeldBill | None: ...

    def item(self, body: str, currency: Currency) -> Item: ...

    def book(self, call: "Call", programme: Programme, catalogue_version: int) -> RuleBook: ...

    def forget(self) -> None:
        """A commit failed: what was read beside it may never have been, and its version will mean something else."""
        ...


@dataclass(frozen=True, slots=True)
class Equipment:
    """What all operations share; nothing of it changes what a message means."""

    keys: "Keys"
    chance: "Chance"
    passwords: "Passwords"
    books: Library


@dataclass(frozen=True, slots=True)
class Call:
    """One message in its transaction. ``time`` is in seconds that never jump, ``now`` the wall's time in UTC.

    ``path`` holds the ids of the address, ``query`` what stands behind the question mark. ``approver`` is the member
    of staff whose credential the message carried, once it was found right.
    """

    db: Statements
    time: float
    now: datetime
    caller: Caller
    equipment: Equipment
    path: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    query: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    approver: StaffMember | None = None
    manager: StaffMember | None = None
    """Whose session the message came in, where its route wants one."""

    @property
    def shop_id(self) -> str:
        return self.caller.shop_id

    @property
    def at(self) -> str:
        """The present as rows keep it."""
        return stored_moment(self.now)
