"""Who is at the till: staff with roles and rights, salespeople, and the customer's loyalty account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tukar.domain.money import Money
    from tukar.domain.points import Points

PIN_DIGITS: Final = 6
PASSWORD_LETTERS: Final = 8
"""At least; nothing else is asked of a password (security.md, "Staff sign-in")."""


class Role(StrEnum):
    """What a member of staff is to the shop; rights hang on it (security.md, "Rights")."""

    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    TECHNICIAN = "technician"


class Action(StrEnum):
    """Everything that somebody may be allowed, denied, or allowed with a second person's approval."""

    SELL = "sell"
    ENROL_CUSTOMER = "enrol_customer"
    REDEEM = "redeem"
    OVERRIDE_PRICE = "override_price"
    DISCOUNT_LINE = "discount_line"
    DISCOUNT_BILL = "discount_bill"
    VOID_LINE = "void_line"
    VOID_BILL = "void_bill"
    OPEN_DRAWER = "open_drawer"
    MOVE_CASH = "move_cash"
    RETURN_WITH_RECEIPT = "return_with_receipt"
    RETURN_WITHOUT_RECEIPT = "return_without_receipt"
    REPRINT = "reprint"
    OVERRIDE_CODE = "override_code"
    REDEEM_OFFLINE = "redeem_offline"
    """Points beyond what the shop lets a till take while the backend cannot be reached, or without their code."""
    RELEASE_HOLD = "release_hold"
    SAVE_LATE = "save_late"
    RESOLVE_REVIEW = "resolve_review"
    CLOSE_SHIFT = "close_shift"
    SEE_REPORTS = "see_reports"
    CHANGE_SETTINGS = "change_settings"
    CHANGE_RULES = "change_rules"
    MANAGE_STAFF = "manage_staff"


class Right(StrEnum):
    """The answer of the roles × actions table."""

    ALLOWED = "allowed"
    NEEDS_APPROVAL = "needs_approval"
    DENIED = "denied"


def _table() -> Mapping[tuple[Role, Action], Right]:
    ask, may = Right.NEEDS_APPROVAL, Right.ALLOWED
    everyday = {
        Action.SELL: may, Action.ENROL_CUSTOMER: may, Action.REDEEM: may, Action.VOID_LINE: may,
        Action.REPRINT: may, Action.CLOSE_SHIFT: may, Action.RETURN_WITH_RECEIPT: may,
        Action.OVERRIDE_PRICE: ask, Action.DISCOUNT_LINE: ask, Action.DISCOUNT_BILL: ask, Action.VOID_BILL: ask,
        Action.OPEN_DRAWER: ask, Action.MOVE_CASH: ask, Action.RETURN_WITHOUT_RECEIPT: ask, Action.OVERRIDE_CODE: ask,
        Action.REDEEM_OFFLINE: ask, Action.RELEASE_HOLD: ask, Action.SAVE_LATE: ask,
    }  # fmt: skip
    supervisor = {**everyday, **dict.fromkeys(
        (Action.OVERRIDE_PRICE, Action.DISCOUNT_LINE, Action.DISCOUNT_BILL, Action.VOID_BILL, Action.OPEN_DRAWER,
         Action.MOVE_CASH, Action.RETURN_WITHOUT_RECEIPT, Action.SEE_REPORTS), may)}  # fmt: skip
    technician = {Action.CHANGE_SETTINGS: may}
    rights: dict[tuple[Role, Action], Right] = dict.fromkeys(
        ((role, action) for role in Role for action in Action), Right.DENIED
    )
    for role, row in ((Role.CASHIER, everyday), (Role.SUPERVISOR, supervisor), (Role.TECHNICIAN, technician)):
        rights.update({(role, action): right for action, right in row.items()})
    rights.update({(Role.MANAGER, action): may for action in Action})
    return MappingProxyType(rights)


RIGHTS: Mapping[tuple[Role, Action], Right] = _table()
"""The one table of roles × actions; the till asks it and the server asks it again (security.md, "Rights")."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who signs in. ``pin_hash`` is an argon2id hash, never the PIN; empty where the till holds none."""

    staff_id: str
    name: str
    role: Role
    pin_hash: str = field(default="", repr=False)
    password_hash: str = field(default="", repr=False)
    active: bool = True

    def right(self, action: Action) -> Right:
        return RIGHTS[self.role, action]


@dataclass(frozen=True, slots=True)
class Salesperson:
    """Who served the customer; the bill or a line is credited to them."""

    salesperson_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ExpiringPoints:
    """Points of the next lot that runs out, and its last usable day."""

    points: Points
    last_day: date


@dataclass(frozen=True, slots=True)
class PointsBalance:
    """What an account holds in one programme. ``available`` is what may be spent now: posted less held."""

    programme_id: str
    posted: Points
    held: Points
    expiring: ExpiringPoints | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.held.units <= self.posted.units:
            raise ValueError("held points are part of the posted ones")

    @property
    def available(self) -> Points:
        return self.posted - self.held


@dataclass(frozen=True, slots=True)
class LoyaltyAccount:
    """The customer as the backend shows them to a till: never the whole number, only its mask.

    ``seen_at`` is when the backend said so; figures may be older than the customer's last purchase elsewhere.
    ``pending`` marks a member enrolled on this till whose enrolment the backend has not confirmed yet.
    """

    member_id: str
    name: str
    masked_mobile: str = ""
    masked_card: str = ""
    group: str = ""
    tier: str = ""
    balances: tuple[PointsBalance, ...] = ()
    wallet: Money | None = None
    lifetime_spend: Money | None = None
    orders_placed: int = 0
    orders_cancelled: int = 0
    rule_uses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """Completed sales in which this customer used a rule, per rule id: for limits per customer."""
    coupons: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """Credits of coupons that earlier sales gave for a next one, per rule id."""
    pending: bool = False
    seen_at: datetime | None = None

    def balance(self, programme_id: str) -> PointsBalance | None:
        for held in self.balances:
            if held.programme_id == programme_id:
                return held
        return None


def masked(number: str) -> str:
    """The last four characters of a mobile or card number behind an ellipsis: ``…5678`` (security.md)."""
    return f"\N{HORIZONTAL ELLIPSIS}{number[-4:]}" if number else ""
