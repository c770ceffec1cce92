"""Staff, salespeople and members as messages. A till never gets a whole number, only its mask."""

from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

from tukar.domain.money import Currency
from tukar.domain.people import (
    ExpiringPoints,
    LoyaltyAccount,
    PointsBalance,
    Role,
    Salesperson,
    StaffMember,
)
from tukar.wire.amounts import (
    AmountText,
    CodeOrNone,
    Count,
    Key,
    Moment,
    PointsText,
    Text,
    Version,
    WireCurrency,
    Word,
    optional_amount,
    optional_money,
    points_of,
)
from tukar.wire.message import Message
from tukar.wire.strict import number_text

RuleUses = Annotated[dict[Key, Count], Meta(max_length=2000)]
Coupons = Annotated[dict[Key, PointsText], Meta(max_length=200)]
"""Credits of coupons for a next order, by rule."""


class WireStaffMember(Message):
    """Somebody who signs in; hashes are argon2id, never a PIN or password."""

    staff_id: Key
    name: Word
    role: Role
    pin_hash: Word = ""
    password_hash: Word = ""
    active: bool = True


class WireSalesperson(Message):
    """Who serves customers."""

    salesperson_id: Key
    name: Word


class WirePassword(Message):
    """A member of staff begins a shift with their password."""

    staff_id: Key
    password: Annotated[str, Meta(min_length=1, max_length=200)]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.staff_id!r})"


class WirePasswordAnswer(Message):
    """Who it is."""

    staff_id: Key
    name: Word
    role: Role


class WireStaff(Message):
    """All staff of the shop."""

    version: Version
    staff: tuple[WireStaffMember, ...] = ()


class WireSalespeople(Message):
    """All salespeople of the shop."""

    version: Version
    salespeople: tuple[WireSalesperson, ...] = ()


class WireExpiring(Message):
    """Points of the next lot that runs out, and its last usable day."""

    points: PointsText
    last_day: date


class WireBalance(Message):
    """What an account holds in one programme."""

    programme_id: Key
    posted: PointsText
    held: PointsText
    expiring: WireExpiring | None = None


class WireAccount(Message):
    """A member as tills see one."""

    member_id: Key
    name: Word
    masked_mobile: Word = ""
    masked_card: Word = ""
    group: Word = ""
    tier: Word = ""
    balances: Annotated[tuple[WireBalance, ...], Meta(max_length=50)] = ()
    wallet: AmountText | None = None
    lifetime_spend: AmountText | None = None
    orders_placed: Count = 0
    orders_cancelled: Count = 0
    rule_uses: RuleUses = {}  # noqa: RUF012 - msgspec copies it
    coupons: Coupons = {}  # noqa: RUF012 - msgspec copies it
    pending: bool = False
    seen_at: Moment | None = None


class WireFind(Message):
    """Looks members up. It travels in a body, never in an address, so that no log holds a number."""

    by: Annotated[str, Meta(pattern="^(mobile|name|card)$")]
    text: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]

    def __repr__(self) -> str:
        return f"WireFind(by={self.by!r})"


class WireMembers(Message):
    """Members found, best first."""

    currency: WireCurrency
    members: tuple[WireAccount, ...] = ()


class WireMember(Message):
    """One member."""

    currency: WireCurrency
    member: WireAccount


class WireEnrolment(Message):
    """A new member: ``mobile`` in E.164, empty where there is only a card."""

    name: Word
    mobile: Annotated[str, Meta(max_length=16, pattern=r"^(\+[1-9][0-9]{5,14})?$")] = ""
    consent_at: Moment
    card: CodeOrNone = ""
    language: Annotated[str, Meta(max_length=12)] = ""
    merge: bool = False
    """Made offline: where the number is known already, join the two in place of refusing."""

    def __repr__(self) -> str:
        return f"WireEnrolment(consent_at={self.consent_at!r})"


class WireMovement(Message):
    """One movement on a member's account."""

    at: Moment
    kind: Word
    programme_id: Key
    points: PointsText
    ref: Annotated[str, Meta(max_length=200)]
    receipt_number: Word = ""


class WireHistory(Message):
    """Movements, newest first."""

    entries: tuple[WireMovement, ...] = ()


class WireErasure(Message):
    """Asks that a member's name and numbers be forgotten; the ledger stays."""

    staff_id: Key
    pin: Annotated[str, Meta(min_length=1, max_length=128)]
    reason: Text

    def __repr__(self) -> str:
        return f"WireErasure(staff_id={self.staff_id!r})"


def wire_staff_member(member: StaffMember) -> WireStaffMember:
    return WireStaffMember(
        staff_id=member.staff_id,
        name=member.name,
        role=member.role,
        pin_hash=member.pin_hash,
        password_hash=member.password_hash,
        active=member.active,
    )


def staff_member_of(message: WireStaffMember) -> StaffMember:
    return StaffMember(
        message.staff_id, message.name, message.role, message.pin_hash, message.password_hash, message.active
    )


def wire_salesperson(salesperson: Salesperson) -> WireSalesperson:
    return WireSalesperson(salesperson_id=salesperson.salesperson_id, name=salesperson.name)


def salesperson_of(message: WireSalesperson) -> Salesperson:
    return Salesperson(message.salesperson_id, message.name)


def wire_expiring(expiring: ExpiringPoints | None) -> WireExpiring | None:
    if expiring is None:
        return None
    return WireExpiring(points=expiring.points.decimal(), last_day=expiring.last_day)


def expiring_of(message: WireExpiring | None) -> ExpiringPoints | None:
    return None if message is None else ExpiringPoints(points_of(message.points), message.last_day)


def wire_balance(balance: PointsBalance) -> WireBalance:
    return WireBalance(
        programme_id=balance.programme_id,
        posted=balance.posted.decimal(),
        held=balance.held.decimal(),
        expiring=wire_expiring(balance.expiring),
    )


def balance_of(message: WireBalance) -> PointsBalance:
    return PointsBalance(
        message.programme_id, points_of(message.posted), points_of(message.held), expiring_of(message.expiring)
    )


def wire_account(account: LoyaltyAccount) -> WireAccount:
    return WireAccount(
        member_id=account.member_id,
        name=account.name,
        masked_mobile=account.masked_mobile,
        masked_card=account.masked_card,
        group=account.group,
        tier=account.tier,
        balances=tuple(map(wire_balance, account.balances)),
        wallet=optional_amount(account.wallet),
        lifetime_spend=optional_amount(account.lifetime_spend),
        orders_placed=account.orders_placed,
        orders_cancelled=account.orders_cancelled,
        rule_uses=dict(account.rule_uses),
        coupons={rule_id: number_text(credits_) for rule_id, credits_ in account.coupons.items()},
        pending=account.pending,
        seen_at=account.seen_at,
    )


def account_of(message: WireAccount, currency: Currency) -> LoyaltyAccount:
    return LoyaltyAccount(
        member_id=message.member_id,
        name=message.name,
        masked_mobile=message.masked_mobile,
        masked_card=message.masked_card,
        group=message.group,
        tier=message.tier,
        balances=tuple(map(balance_of, message.balances)),
        wallet=optional_money(message.wallet, currency),
        lifetime_spend=optional_money(message.lifetime_spend, currency),
        orders_placed=message.orders_placed,
        orders_cancelled=message.orders_cancelled,
        rule_uses=MappingProxyType(dict(message.rule_uses)),
        coupons=MappingProxyType({rule_id: Fraction(credits_) for rule_id, credits_ in message.coupons.items()}),
        pending=message.pending,
        seen_at=message.seen_at,
    )
