"""Writes down what became of each promotion, in the transaction that books it, and keeps the sums of each day.

One row is one promotion on one bill, one the points a bill earned in one programme, one what a refund took back. Points
are those that the ledger was booked with, never those that a till shows: for every bill the rows come to what its
ledger entries come to (``reconciliation`` looks). Sums are kept for the shop, each till, cashier and salesperson.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import text

from tukar.domain.applied import PromotionOutcome, Settlement
from tukar.domain.bill import OfferKey
from tukar.domain.pricing.result import AppliedPromotion
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import Outcome, Part, PartResult
from tukar.server.call import Call
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row

UNBOOKED: Final = "no redemption"
"""The note of a part that was refused and all the same charged to the merchant."""

_INSERT: Final = text(
    "INSERT INTO applied_promotions (shop_id, sold_at, sold_on, till_id, bill_id, ref, number, rule_id, reward_id,"
    " outcome, settlement, currency, discount, cashier_id, cashier_name, salesperson_id, salesperson_name, member_id,"
    " programme_id, digits, spent, short, earned, programme_version, note) VALUES (:shop_id, :sold_at, :sold_on,"
    " :till_id, :bill_id, :ref, :number, :rule_id, :reward_id, :outcome, :settlement, :currency, :discount,"
    " :cashier_id, :cashier_name, :salesperson_id, :salesperson_name, :member_id, :programme_id, :digits, :spent,"
    " :short, :earned, :programme_version, :note)"
)
_ADD: Final = text(
    "INSERT INTO applied_sums (shop_id, dimension, value, sold_on, rule_id, programme_id, currency, outcome, digits,"
    " times, discount, spent, short, earned) VALUES (:shop_id, :dimension, :value, :sold_on, :rule_id, :programme_id,"
    " :currency, :outcome, :digits, :times, :discount, :spent, :short, :earned)"
    " ON CONFLICT (shop_id, dimension, value, sold_on, rule_id, programme_id, currency, outcome) DO UPDATE SET"
    " times = applied_sums.times + excluded.times, discount = applied_sums.discount + excluded.discount,"
    " spent = applied_sums.spent + excluded.spent, short = applied_sums.short + excluded.short,"
    " earned = applied_sums.earned + excluded.earned"
)
_OF_BILL: Final = text(
    "SELECT * FROM applied_promotions WHERE shop_id = :shop_id AND bill_id = :bill_id ORDER BY entry"
)
_DELETE: Final = text("DELETE FROM applied_promotions WHERE shop_id = :shop_id AND entry = :entry")
_SETTLE: Final = text(
    "UPDATE applied_promotions SET settlement = :settlement, spent = :spent, short = :short"
    " WHERE shop_id = :shop_id AND entry = :entry"
)
_KEY: Final = ("dimension", "value", "sold_on", "rule_id", "programme_id", "currency", "outcome")
_NOTHING: Final = {"times": 0, "discount": 0, "spent": 0, "short": 0, "earned": 0}


@dataclass(frozen=True, slots=True)
class Applied:
    """A row of ``applied_promotions``; amounts in minor units, points in units of the programme."""

    shop_id: str
    sold_at: str
    sold_on: str
    till_id: str
    bill_id: str
    number: str
    currency: str
    cashier_id: str = ""
    cashier_name: str = ""
    salesperson_id: str = ""
    salesperson_name: str = ""
    member_id: str = ""
    programme_version: int = 0
    ref: str = ""
    rule_id: str = ""
    reward_id: str = ""
    outcome: str = ""
    settlement: str = Settlement.SETTLED.value
    discount: int = 0
    programme_id: str = ""
    digits: int = 0
    spent: int = 0
    short: int = 0
    earned: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sold:
    """Which bill rows are written for, when it was sold as the backend counts, and to whom."""

    receipt: Receipt
    at: datetime
    member_id: str
    till_id: str
    programme_version: int = 0


def of_bill(
    call: Call,
    shop: Shop,
    sold: Sold,
    promotions: Sequence[AppliedPromotion],
    results: Sequence[PartResult],
    paid_with: Iterable[OfferKey] = (),
) -> None:
    """Writes the rows of a sale from the backend's own figures and what became of its parts.

    ``paid_with`` are gift cards and wallets: offers of theirs that came into force without being a promotion.
    """
    bare = replace(_bare(call, shop, sold), programme_version=sold.programme_version)
    in_force = {*paid_with, *(promotion.key for promotion in promotions)}
    taken, offered = _applied(bare, promotions, results), _offered(bare, sold.receipt, in_force)
    write_rows(call, [*taken, *offered, *_earned(bare, results)])


def of_return(call: Call, shop: Shop, sold: Sold, results: Sequence[PartResult]) -> None:
    """Writes what goods without a receipt took back of what such a purchase earns."""
    bare = replace(_bare(call, shop, sold), outcome=PromotionOutcome.RETURNED.value)
    write_rows(call, [row for row in _earned(bare, results) if row.earned])


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What one refund of a sale moved: its share of the discount, and units per programme with their digits."""

    refund_id: str
    discount: int
    returned: Mapping[str, tuple[int, int]]
    reversed: Mapping[str, tuple[int, int]]
    actor: str
    actor_name: str
    is_last: bool


def of_refund(call: Call, shop: Shop, bill: Receipt, member_id: str, back: TakenBack) -> None:
    """Writes what a refund took back, in figures below zero, and marks a bill of which nothing is left."""
    sold = Sold(bill, call.now, member_id, call.caller.till_id)
    bare = replace(
        _bare(call, shop, sold),
        ref=back.refund_id,
        outcome=PromotionOutcome.RETURNED.value,
        cashier_id=back.actor,
        cashier_name=back.actor_name,
    )
    rows = []
    for programme_id in sorted({*back.returned, *back.reversed}):
        spent, digits = back.returned.get(programme_id, (0, 0))
        earned, other = back.reversed.get(programme_id, (0, 0))
        if spent or earned:
            most = max(digits, other)
            rows.append(replace(bare, programme_id=programme_id, digits=most, spent=-spent, earned=-earned))
    if back.discount:
        first = rows.pop(0) if rows else bare
        rows.insert(0, replace(first, discount=-back.discount))
    write_rows(call, rows)
    if back.is_last:
        _mark(call, bill.bill_id, Settlement.GIVEN_BACK)


def of_refund_void(call: Call, bill_id: str, refund_id: str, borne: Mapping[str, int]) -> None:
    """Takes the rows of a refund away; what the customer keeps of it, ``borne`` by the shop, stays."""
    rows = [row for row in _rows(call, bill_id) if row.ref == refund_id]
    _delete(call, rows)
    left = [
        replace(_of(row), discount=0, earned=0, spent=-borne[row.programme_id], short=borne[row.programme_id])
        for row in rows
        if borne.get(row.programme_id)
    ]
    write_rows(call, left)
    _mark(call, bill_id, Settlement.SETTLED)


def settled_later(call: Call, bill_id: str, programme_id: str, units: int) -> None:
    """Points that the shop bore for a bill were taken from the customer after all."""
    left = units
    for row in _rows(call, bill_id):
        part = min(left, row.short) if row.programme_id == programme_id and row.ref == "" else 0
        if part > 0:
            state = Settlement.SETTLED if part == row.short else Settlement.SHORT
            _change(
                call, row, replace(_of(row), spent=row.spent + part, short=row.short - part, settlement=state.value)
            )
            left -= part


def approved(call: Call, bill_id: str) -> None:
    """A manager has looked at what needed one."""
    for row in _rows(call, bill_id):
        if row.settlement == Settlement.NEEDS_MANAGER:
            _change(call, row, replace(_of(row), settlement=_settled(row).value))


def forget(call: Call, bill_id: str) -> None:
    """Takes all rows of a bill away, for writing them anew."""
    _delete(call, _rows(call, bill_id))


def add_sums(call: Call, rows: Sequence[Row]) -> None:
    """Adds rows to the sums of their days, whose earlier sums are gone."""
    if rows:
        call.db.execute(_ADD, add_up(map(_of, rows)))


def add_up(rows: Iterable[Applied], sign: int = 1) -> list[dict[str, Any]]:
    """The sums that rows add to, one for each key, in the order in which they are locked."""
    sums: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        for dimension, value in (
            ("", ""), ("till", row.till_id), ("cashier", row.cashier_id), ("salesperson", row.salesperson_id)
        ):  # fmt: skip
            if dimension and not value:
                continue
            key = (dimension, value, row.sold_on, row.rule_id, row.programme_id, row.currency, row.outcome)
            found = sums.get(key)
            if found is None:
                found = sums[key] = dict(zip(_KEY, key, strict=True))
                found |= {"shop_id": row.shop_id, "digits": row.digits, **_NOTHING}
            found["times"] += sign
            found["discount"] += sign * row.discount
            found["spent"] += sign * row.spent
            found["short"] += sign * row.short
            found["earned"] += sign * row.earned
    return [sums[key] for key in sorted(sums)]


# Rows of a sale


def _bare(call: Call, shop: Shop, sold: Sold) -> Applied:
    receipt = sold.receipt
    return Applied(
        shop_id=call.shop_id,
        sold_at=sold.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        sold_on=_day(shop, sold.at).isoformat(),
        till_id=sold.till_id,
        bill_id=receipt.bill_id,
        number=str(receipt.number),
        currency=receipt.currency.code,
        cashier_id=receipt.cashier_id,
        cashier_name=receipt.cashier_name,
        salesperson_id=receipt.salesperson_id,
        salesperson_name=receipt.salesperson_name,
        member_id=sold.member_id,
    )


def _day(shop: Shop, at: datetime) -> date:
    return shop.local(at).date()


def _applied(bare: Applied, promotions: Iterable[AppliedPromotion], results: Iterable[PartResult]) -> Iterable[Applied]:
    """What is in force on the bill, with the points that were really taken, first come first served."""
    parts = [part for part in results if part.part is Part.REDEMPTION]
    debited: dict[str, int] = {}
    short: dict[str, int] = {}
    troubled = set()
    for part in parts:
        name = part.programme_id
        debited[name] = debited.get(name, 0) + (part.points.units if part.points is not None else 0)
        is_borne = part.outcome is not Outcome.REFUSED or part.note == UNBOOKED
        short[name] = short.get(name, 0) + (part.short.units if part.short is not None and is_borne else 0)
        if part.outcome in (Outcome.REFUSED, Outcome.FLAGGED):
            troubled.add(name)
    for applied in promotions:
        name = applied.programme_id if applied.spent is not None else ""
        cost = applied.spent.units if applied.spent is not None else 0
        taken = min(cost, debited.get(name, 0))
        borne = min(cost - taken, short.get(name, 0))
        if name:
            debited[name], short[name] = debited.get(name, 0) - taken, short.get(name, 0) - borne
        state = Settlement.NEEDS_MANAGER if name in troubled else Settlement.SHORT if borne else Settlement.SETTLED
        yield replace(
            bare,
            rule_id=applied.key.rule_id,
            reward_id=applied.key.reward_id,
            outcome=(PromotionOutcome.TAKEN if applied.claimed else PromotionOutcome.BY_ITSELF).value,
            settlement=state.value,
            discount=applied.amount.minor,
            programme_id=name,
            digits=applied.spent.digits if applied.spent is not None else 0,
            spent=taken,
            short=borne,
        )


def _offered(bare: Applied, receipt: Receipt, in_force: set[OfferKey]) -> Iterable[Applied]:
    """Offers that did not come into force: the till tells what became of them."""
    told: dict[OfferKey, tuple[PromotionOutcome, str]] = {
        offer.key: (offer.outcome, offer.note) for offer in receipt.offers
    }
    for key in receipt.declined:
        told[key] = (PromotionOutcome.DECLINED, "")
    for key, (outcome, note) in sorted(told.items(), key=lambda one: (one[0].rule_id, one[0].reward_id)):
        if key not in in_force:
            became = PromotionOutcome.OPEN if outcome is PromotionOutcome.TAKEN else outcome
            yield replace(bare, rule_id=key.rule_id, reward_id=key.reward_id, outcome=became.value, note=note)


def _earned(bare: Applied, results: Iterable[PartResult]) -> Iterable[Applied]:
    for part in results:
        if part.part is Part.EARNING and part.points is not None:
            flagged = part.outcome is not Outcome.DONE
            yield replace(
                bare,
                outcome=bare.outcome or PromotionOutcome.BY_ITSELF.value,
                settlement=(Settlement.NEEDS_MANAGER if flagged else Settlement.SETTLED).value,
                programme_id=part.programme_id,
                digits=part.points.digits,
                earned=part.points.units,
                note=part.note,
            )


# Rows in the database


def _rows(call: Call, bill_id: str) -> Sequence[Row]:
    return call.db.execute(_OF_BILL, {"shop_id": call.shop_id, "bill_id": bill_id}).all()


def _of(row: Row) -> Applied:
    values = row.by_name()
    del values["entry"]
    return Applied(**values)


def _values(row: Applied) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Applied.__slots__}


def _settled(row: Row) -> Settlement:
    return Settlement.SHORT if row.short else Settlement.SETTLED


def write_rows(call: Call, rows: Sequence[Applied]) -> None:
    """Adds rows and what they add to the sums of their days."""
    if rows:
        call.db.execute(_INSERT, [_values(row) for row in rows])
        call.db.execute(_ADD, add_up(rows))


def _delete(call: Call, rows: Sequence[Row]) -> None:
    if rows:
        call.db.execute(_DELETE, [{"shop_id": call.shop_id, "entry": row.entry} for row in rows])
        call.db.execute(_ADD, add_up(map(_of, rows), -1))


def _change(call: Call, row: Row, new: Applied) -> None:
    values = {"settlement": new.settlement, "spent": new.spent, "short": new.short}
    call.db.execute(_SETTLE, {"shop_id": call.shop_id, "entry": row.entry, **values})
    if (new.spent, new.short) != (row.spent, row.short):
        more = replace(new, discount=0, earned=0, spent=new.spent - row.spent, short=new.short - row.short)
        call.db.execute(_ADD, [{**one, "times": 0} for one in add_up([more])])


def _mark(call: Call, bill_id: str, state: Settlement) -> None:
    """Marks what a bill's own rows moved as given back, or as settled again."""
    for row in _rows(call, bill_id):
        is_own = row.ref == "" and (row.spent or row.earned or row.discount)
        if is_own and row.settlement != Settlement.NEEDS_MANAGER:
            wanted = _settled(row) if state is Settlement.SETTLED else state
            _change(call, row, replace(_of(row), settlement=wanted.value))
