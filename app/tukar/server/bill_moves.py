"""What one bill uses up of limits, takes of stored values and leaves for later bills, written down move by move.

Every move is kept with its bill, so that goods that come back give back what they used: money on cards and in wallets
in proportion, uses and coupons with the last of the goods. What was left for later is taken back as far as it is still
there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from sqlalchemy import bindparam, text

from tukar.domain.pricing import LeftForLater, PricedBill
from tukar.domain.programme import Programme
from tukar.domain.rule import Family
from tukar.domain.stored_value import ValueAccount
from tukar.server import values
from tukar.server.accounts import Entry
from tukar.server.call import Call

ANYBODY: Final = ""
"""Under this name all uses are counted, also those of customers nobody knows."""
CREDIT_UNITS: Final = 1_000_000
"""So many units are one credit of a coupon or code."""

_COUNT: Final = text(
    "INSERT INTO rule_uses (shop_id, rule_id, member_id, uses) VALUES (:shop_id, :rule_id, :holder, :amount)"
    " ON CONFLICT (shop_id, rule_id, member_id) DO UPDATE SET uses = rule_uses.uses + excluded.uses"
)
_ADD: Final = text(
    "INSERT INTO counters (shop_id, name, span, times) VALUES (:shop_id, :name, :span, :amount)"
    " ON CONFLICT (shop_id, name, span) DO UPDATE SET times = counters.times + excluded.times"
)
_SPEND_CARD: Final = text(
    "INSERT INTO cards (shop_id, code, rule_id, spent) VALUES (:shop_id, :holder, :rule_id, :amount)"
    " ON CONFLICT (shop_id, code) DO UPDATE SET spent = cards.spent + excluded.spent"
)
_STORE: Final = text(
    "INSERT INTO stored_values (shop_id, sort, rule_id, holder, units)"
    " VALUES (:shop_id, :kind, :rule_id, :holder, CASE WHEN :amount < 0 THEN 0 ELSE :amount END)"
    " ON CONFLICT (shop_id, sort, rule_id, holder) DO UPDATE SET units ="
    " CASE WHEN stored_values.units + :amount < 0 THEN 0 ELSE stored_values.units + :amount END"
)
_STORED: Final = text(
    "SELECT sort, rule_id, holder, units FROM stored_values WHERE shop_id = :shop_id AND holder IN :holders"
).bindparams(bindparam("holders", expanding=True))
_HAND_OVER: Final = text(
    "INSERT INTO stored_values (shop_id, sort, rule_id, holder, units)"
    " SELECT shop_id, sort, rule_id, :target, units FROM stored_values"
    " WHERE shop_id = :shop_id AND holder = :member_id"
    " ON CONFLICT (shop_id, sort, rule_id, holder) DO UPDATE SET units = stored_values.units + excluded.units"
)
_LEAVE: Final = text("DELETE FROM stored_values WHERE shop_id = :shop_id AND holder = :member_id")
_KEEP: Final = text(
    "INSERT INTO bill_moves (shop_id, bill_id, ref, sort, rule_id, holder, span, amount)"
    " VALUES (:shop_id, :bill_id, :ref, :sort, :rule_id, :holder, :span, :amount)"
)
_OF_BILL: Final = text(
    "SELECT ref, sort, rule_id, holder, span, amount FROM bill_moves WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " ORDER BY ref, sort, rule_id, holder, span"
)
_FORGET: Final = text("DELETE FROM bill_moves WHERE shop_id = :shop_id AND bill_id = :bill_id AND ref = :ref")


class Sort(StrEnum):
    """What a move is of. The last three leave something for later bills, the others take something."""

    USE = "use"
    DAY = "day"
    BUDGET = "budget"
    CARD = "card"
    CODE = "code"
    WALLET = "wallet"
    COUPON = "coupon"
    LEFT_CARD = "left_card"
    LEFT_COUPON = "left_coupon"
    LEFT_WALLET = "left_wallet"


_VALUE: Final[Mapping[Sort, ValueAccount]] = {
    Sort.CARD: ValueAccount.GIFT_CARD,
    Sort.LEFT_CARD: ValueAccount.GIFT_CARD,
    Sort.WALLET: ValueAccount.STORE_CREDIT,
    Sort.LEFT_WALLET: ValueAccount.STORE_CREDIT,
}
"""The moves of stored value, and the accounts they are on."""
LOADS: Final = frozenset({Sort.LEFT_CARD, Sort.LEFT_WALLET})
_IN_PROPORTION: Final = frozenset({Sort.BUDGET, *_VALUE})
_LEFT: Final[Mapping[Family, Sort]] = {
    Family.GIFT_CARD: Sort.LEFT_CARD,
    Family.WALLET: Sort.LEFT_WALLET,
    Family.NEXT_ORDER_COUPON: Sort.LEFT_COUPON,
}


@dataclass(frozen=True, slots=True)
class Move:
    """``amount`` of something: uses, minor units, or millionths of credits. ``span`` is the day of a daily limit."""

    sort: Sort
    rule_id: str
    holder: str
    amount: int
    span: int = 0
    comes_back: bool = True
    """False for uses that a return does not give back (``reusable_after_void``)."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A move as it was carried out: ``missing`` of it could not be, because the money was gone."""

    move: Move
    missing: int = 0

    @property
    def account(self) -> ValueAccount:
        """The account of stored value that it was on; KeyError for a move of anything else."""
        return _VALUE[self.move.sort]


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands under a name: units of a coupon or gift card."""

    is_card: bool
    rule_id: str
    holder: str
    units: int


def of(call: Call, holders: Iterable[str]) -> list[Stored]:
    """What members and codes hold."""
    names = sorted({holder for holder in holders if holder})
    if not names:
        return []
    rows = call.db.execute(_STORED, {"shop_id": call.shop_id, "holders": names})
    return [Stored(row.sort == "card", row.rule_id, row.holder, int(row.units)) for row in rows if row.units]


def book(call: Call, programme: Programme, priced: PricedBill, member_id: str, today: date) -> tuple[Booked, ...]:
    """Books all moves of a completed sale, and tells those of stored value."""
    booked = []
    on = _On(priced.bill.bill_id, priced.bill.bill_id, priced.bill.currency.minor_digits)
    for move in _moves(call, programme, priced, member_id, today):
        if call.caller.is_revoked and move.sort in LOADS:
            # What such a till sells or gives away waits for the manager (redemption.md, "Restore").
            booked.append(Booked(replace(move, amount=0), move.amount))
            continue
        done = _carry_out(call, on, move, programme)
        if move.comes_back and done.move.amount:
            _keep(call, on, done.move)
        if move.sort in _VALUE:
            booked.append(done)
    return tuple(booked)


def given(priced: PricedBill) -> dict[str, int]:
    """What every rule took off, in minor units; 0 for one that gave pieces on top."""
    sums: dict[str, int] = {}
    for applied in priced.applied:
        sums[applied.key.rule_id] = sums.get(applied.key.rule_id, 0) + applied.amount.minor
    return sums


def _moves(call: Call, programme: Programme, priced: PricedBill, member_id: str, today: date) -> Iterator[Move]:
    off = given(priced)
    for rule_id in sorted({*off, *(payment.key.rule_id for payment in priced.stored_value)}):
        rule = programme.rule(rule_id)
        again = rule is None or rule.limits.reusable_after_void
        for who in (ANYBODY, member_id) if member_id else (ANYBODY,):
            yield Move(Sort.USE, rule_id, who, 1, comes_back=again)
        if rule is not None and rule.limits.per_customer_and_day is not None and member_id:
            yield Move(Sort.DAY, rule_id, member_id, 1, today.toordinal(), comes_back=again)
        if rule is not None and rule.limits.budget is not None:
            yield Move(Sort.BUDGET, rule_id, ANYBODY, off.get(rule_id, 0))
    for payment in priced.stored_value:
        if payment.code:
            yield Move(Sort.CARD, payment.key.rule_id, values.holder_of(call, payment.code), payment.amount.minor)
        else:
            yield Move(Sort.WALLET, payment.key.rule_id, member_id, payment.amount.minor)
    yield from credits_taken(call, priced, member_id)
    for left in priced.left:
        yield _leaving(call, priced, left, member_id)


def credits_taken(call: Call, priced: PricedBill, member_id: str) -> Iterator[Move]:
    """Which code, and which coupons, the credits that a bill spends come off: the customer's own first."""
    for spent in priced.credits_spent:
        units = int(spent.credits * CREDIT_UNITS)
        if spent.code:
            yield Move(Sort.CODE, spent.rule_id, spent.code, units)
            continue
        held = [one for one in of(call, (member_id, *priced.bill.codes)) if one.rule_id == spent.rule_id]
        for one in sorted(held, key=lambda one: one.holder != member_id):
            part = min(units, one.units)
            units -= part
            if part:
                yield Move(Sort.COUPON, spent.rule_id, one.holder, part)


def _leaving(call: Call, priced: PricedBill, left: LeftForLater, member_id: str) -> Move:
    """The wallet is the customer's, a card has a code, and a coupon has one where nobody is there to keep it."""
    sort = _LEFT[left.family]
    scale = CREDIT_UNITS if sort is Sort.LEFT_COUPON else 10**priced.bill.currency.minor_digits
    units = int(left.credits * scale)
    holder = values.holder_of(call, left.code) if sort is Sort.LEFT_CARD else left.code or member_id
    return Move(sort, left.rule_id, holder, units)


@dataclass(frozen=True, slots=True)
class _On:
    """What moves are made for: a bill, by itself or by one of its refunds, in a currency of so many digits."""

    bill_id: str
    ref: str
    digits: int = 0
    is_undone: bool = False
    """Whether a refund is taken back."""

    def moving(self, move: Move) -> values.Moving:
        """The ledger's name for it: unique for what, by which rule, and in which direction."""
        if self.is_undone:
            kind = "refund_void"
        elif self.ref != self.bill_id:
            kind = "refund_reverse" if move.sort in LOADS else "refund_return"
        else:
            kind = "load" if move.sort in LOADS else "pay"
        entry = Entry(kind, f"{self.ref}.{move.rule_id}.{move.sort}", self.bill_id)
        return values.Moving(_VALUE[move.sort], move.holder, self.digits, entry)


def _carry_out(call: Call, on: _On, move: Move, programme: Programme | None = None) -> Booked:
    if move.sort in _VALUE:
        return _move_value(call, on, move, programme)
    row = {"shop_id": call.shop_id, "rule_id": move.rule_id, "holder": move.holder, "amount": move.amount}
    match move.sort:
        case Sort.USE:
            call.db.execute(_COUNT, row)
        case Sort.DAY | Sort.BUDGET:
            name = f"day.{move.rule_id}.{move.holder}" if move.sort is Sort.DAY else f"budget.{move.rule_id}"
            call.db.execute(_ADD, {**_only(row, "shop_id", "amount"), "name": name, "span": move.span})
        case Sort.CODE:
            call.db.execute(_SPEND_CARD, row)
        case _:
            units = -move.amount if move.sort is Sort.COUPON else move.amount
            call.db.execute(_STORE, {**row, "amount": units, "kind": "coupon"})
    return Booked(move)


def _move_value(call: Call, on: _On, move: Move, programme: Programme | None) -> Booked:
    """Money onto a card or into the store credit, or off it; what comes off is never more than is there."""
    moving = on.moving(move)
    units = move.amount if move.sort in LOADS else -move.amount
    if units >= 0:
        values.give(call, moving, units)
        return Booked(move)
    if move.sort in LOADS:
        moved = values.take_back(call, moving, -units)
        return Booked(replace(move, amount=-moved), -units - moved)
    if programme is not None:
        values.open_held(call, programme, moving)
    moved = values.take(call, moving, -units)
    return Booked(replace(move, amount=moved), -units - moved)


def _only(values_: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: values_[name] for name in names}


def _keep(call: Call, on: _On, move: Move) -> None:
    row = {"sort": str(move.sort), "rule_id": move.rule_id, "holder": move.holder, "span": move.span}
    key = {"shop_id": call.shop_id, "bill_id": on.bill_id, "ref": on.ref}
    call.db.execute(_KEEP, {**key, **row, "amount": move.amount})


def _kept(call: Call, bill_id: str) -> Iterator[tuple[str, Move]]:
    for row in call.db.execute(_OF_BILL, {"shop_id": call.shop_id, "bill_id": bill_id}).all():
        yield row.ref, Move(Sort(row.sort), row.rule_id, row.holder, int(row.amount), int(row.span))


def give_back(
    call: Call, bill_id: str, refund_id: str, part_of: Callable[[Move], int], *, is_last: bool
) -> tuple[Booked, ...]:
    """Gives back what goods of a bill used that are taken back now; ``part_of`` tells their share of a move.

    Tells what was put onto cards or into store credit and went back, as far as nobody had spent it.
    """
    taken = []
    on = _On(bill_id, refund_id)
    for ref, move in list(_kept(call, bill_id)):
        if ref != bill_id or not (is_last or move.sort in _IN_PROPORTION):
            continue
        back = replace(move, amount=-(part_of(move) if move.sort in _IN_PROPORTION else move.amount))
        if not back.amount:
            continue
        done = _carry_out(call, on, _named(call, back))
        if done.move.amount:
            _keep(call, on, done.move)
        if move.sort in LOADS:
            taken.append(done)
    return tuple(taken)


def _named(call: Call, move: Move) -> Move:
    """A gift card by the name of its account; older rows have its code."""
    is_card = _VALUE.get(move.sort) is ValueAccount.GIFT_CARD
    return replace(move, holder=values.holder_of(call, move.holder)) if is_card else move


def take_again(call: Call, bill_id: str, refund_id: str) -> frozenset[str]:
    """A refund was voided: what it gave back is used again, whatever others have used since. Tells by which rules."""
    on = _On(bill_id, refund_id, is_undone=True)
    again = [move for ref, move in _kept(call, bill_id) if ref == refund_id]
    for move in again:
        _carry_out(call, on, replace(move, amount=-move.amount))
    call.db.execute(_FORGET, {"shop_id": call.shop_id, "bill_id": bill_id, "ref": refund_id})
    return frozenset(move.rule_id for move in again)


def hand_over(call: Call, member_id: str, target: str) -> None:
    """The coupons of a member who turned out to be another one are the other's."""
    call.db.execute(_HAND_OVER, {"shop_id": call.shop_id, "member_id": member_id, "target": target})
    call.db.execute(_LEAVE, {"shop_id": call.shop_id, "member_id": member_id})


def coupons(held: Iterable[Stored], member_id: str) -> dict[str, Fraction]:
    """The credits of a member's coupons, per rule."""
    return {
        one.rule_id: Fraction(one.units, CREDIT_UNITS) for one in held if one.holder == member_id and not one.is_card
    }
