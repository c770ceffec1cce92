"""Bills set aside for every till: a row that one till at a time leases (till.md, "Also").

A till that takes a bill up leases its row by a PUT, and repeats it while it has the bill in hand; a lease that stays
silent for two minutes is free again. The row ends when its bill is stored, when the till that has it gives it up, or
when another row takes its place. Ids are for ever: one that has ended stays so, and an id that nobody knew when it was
given up never becomes a bill.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import bindparam, literal_column, select, text

from tukar.domain.money import Money
from tukar.domain.redemption import Refusal
from tukar.server import buyers, shops
from tukar.server.call import Call
from tukar.server.keys import content_hash
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Row
from tukar.server.storage.tables import HELD_BILLS
from tukar.wire.amounts import wire_currency
from tukar.wire.bills import WireBill, bill_of
from tukar.wire.held import (
    HELD_AT_MOST,
    HeldState,
    WireHeldBill,
    WireHeldBills,
    WireHeldEnd,
    WireHeldRow,
    WireHeldStanding,
    WireLease,
    WireLeased,
)
from tukar.wire.message import read_answer, write

LEASE_SECONDS: Final = 120.0

_FIND: Final = (
    select(HELD_BILLS)
    .where(HELD_BILLS.c.shop_id == bindparam("shop_id"), HELD_BILLS.c.held_id == bindparam("held_id"))
    .with_for_update()
)
_OF_BILL: Final = (
    select(HELD_BILLS)
    .where(
        HELD_BILLS.c.shop_id == bindparam("shop_id"),
        HELD_BILLS.c.bill_id == bindparam("bill_id"),
        literal_column("held_bills.state = 'waiting'"),
    )
    .order_by(HELD_BILLS.c.held_id.concat(literal_column("''")))
    .with_for_update()
)
"""The state as a word and an order that no index has: SQLite takes the index of what waits only so."""
_WAITING: Final = text(
    "SELECT * FROM held_bills WHERE shop_id = :shop_id AND state = 'waiting' ORDER BY held_at, held_id LIMIT :most"
)
_INSERT: Final = text(
    "INSERT INTO held_bills (shop_id, held_id, state, bill_id, member_id, fingerprint, till_id, cashier, customer,"
    " note, pieces, total, held_at, body) VALUES (:shop_id, :held_id, :state, :bill_id, :member_id, :fingerprint,"
    " :till_id, :cashier, :customer, :note, :pieces, :total, :held_at, :body)"
)
_LEASE: Final = text(
    "UPDATE held_bills SET leased_to = :till_id, lease_time = :until WHERE shop_id = :shop_id AND held_id = :held_id"
)
_END: Final = text(
    "UPDATE held_bills SET state = 'ended', customer = '', note = '', body = ''"
    " WHERE shop_id = :shop_id AND held_id = :held_id"
)
_END_BILL: Final = text(
    "UPDATE held_bills SET state = 'ended', customer = '', note = '', body = ''"
    " WHERE shop_id = :shop_id AND state = 'waiting' AND bill_id = :bill_id"
)
_END_MEMBER: Final = text(
    "UPDATE held_bills SET state = 'ended', customer = '', note = '', body = ''"
    " WHERE shop_id = :shop_id AND state = 'waiting' AND member_id = :member_id"
)
_IS_STORED: Final = text("SELECT 1 FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id")


def hold(call: Call, message: WireHeldBill) -> WireHeldStanding:
    """Sets a bill aside, in place of every other row of it.

    It has ended at once when the bill is paid already, or when another till has it in hand: then the caller's copy is
    the stale one.
    """
    held_id, bill = call.path["held_id"], bill_of(message.bill)
    compared = replace(message, bill=buyers.bill_to_compare(call, message.bill))
    fingerprint = content_hash(write(compared) + call.caller.till_id.encode())
    known = _find(call, held_id)
    if known is not None:
        if known.fingerprint not in ("", fingerprint):
            raise Refused(Refusal.ID_REUSED)
        return _standing(call, known)
    earlier = call.db.execute(_OF_BILL, {"shop_id": call.shop_id, "bill_id": bill.bill_id}).all()
    is_elsewhere = any(_holder(call, row) not in ("", call.caller.till_id) for row in earlier)
    is_paid = call.db.execute(_IS_STORED, {"shop_id": call.shop_id, "bill_id": bill.bill_id}).first() is not None
    state = HeldState.ENDED if is_elsewhere or is_paid else HeldState.WAITING
    if state is HeldState.WAITING:
        for row in earlier:
            _end(call, row)
    _insert(call, held_id, state, _values(call, message, fingerprint, with_body=state is HeldState.WAITING))
    return WireHeldStanding(held_id=held_id, state=state)


def waiting(call: Call, _message: None) -> WireHeldBills:
    """All bills that wait, those in hand at some till too."""
    shop = shops.load(call)
    rows = call.db.execute(_WAITING, {"shop_id": call.shop_id, "most": HELD_AT_MOST}).all()
    bills = tuple(
        WireHeldRow(
            held_id=row.held_id,
            bill_id=row.bill_id,
            total=Money(row.total, shop.currency).decimal(),
            pieces=row.pieces,
            customer=row.customer,
            cashier=row.cashier,
            till_id=row.till_id,
            held_at=datetime.fromisoformat(row.held_at),
            leased_to=_holder(call, row),
            note=row.note,
        )
        for row in rows
    )
    return WireHeldBills(currency=wire_currency(shop.currency), bills=bills)


def lease(call: Call, _message: WireLease) -> WireLeased:
    """The bill for the calling till alone. Refused(TAKEN_UP) while another till has it, and for good once it ended."""
    row = _find(call, call.path["held_id"])
    if row is None:
        raise Refused(Refusal.UNKNOWN_BILL)
    _demand_free(call, row)
    key = {"shop_id": call.shop_id, "held_id": row.held_id}
    call.db.execute(_LEASE, {**key, "till_id": call.caller.till_id, "until": call.time + LEASE_SECONDS})
    bill = buyers.bill_for_a_till(call, read_answer(row.body.encode(), WireBill))
    return WireLeased(held_id=row.held_id, bill=bill, ttl=LEASE_SECONDS)


def end(call: Call, _message: WireHeldEnd) -> WireHeldStanding:
    """Ends a row for good; Refused(TAKEN_UP) while another till has it in hand."""
    held_id = call.path["held_id"]
    row = _find(call, held_id)
    if row is None:
        nothing = {"bill_id": "", "member_id": "", "fingerprint": "", "cashier": "", "customer": "", "body": ""}
        _insert(call, held_id, HeldState.ENDED, {**nothing, "note": "", "pieces": 0, "total": 0})
    elif row.state == HeldState.WAITING:
        _demand_free(call, row)
        _end(call, row)
    return WireHeldStanding(held_id=held_id, state=HeldState.ENDED)


def bill_stored(call: Call, bill_id: str) -> None:
    """A bill that is paid waits nowhere any more."""
    call.db.execute(_END_BILL, {"shop_id": call.shop_id, "bill_id": bill_id})


def member_erased(call: Call, member_id: str) -> None:
    """Whoever is forgotten is forgotten in bills set aside too."""
    call.db.execute(_END_MEMBER, {"shop_id": call.shop_id, "member_id": member_id})


def _find(call: Call, held_id: str) -> Row | None:
    return call.db.execute(_FIND, {"shop_id": call.shop_id, "held_id": held_id}).first()


def _holder(call: Call, row: Row) -> str:
    """The till that has the bill in hand; empty when none does, or none that was heard of lately."""
    return str(row.leased_to) if row.state == HeldState.WAITING and row.lease_time > call.time else ""


def _demand_free(call: Call, row: Row) -> None:
    if row.state != HeldState.WAITING or _holder(call, row) not in ("", call.caller.till_id):
        raise Refused(Refusal.TAKEN_UP)


def _standing(call: Call, row: Row) -> WireHeldStanding:
    return WireHeldStanding(held_id=row.held_id, state=HeldState(row.state), leased_to=_holder(call, row))


def _end(call: Call, row: Row) -> None:
    call.db.execute(_END, {"shop_id": call.shop_id, "held_id": row.held_id})


def _insert(call: Call, held_id: str, state: HeldState, values: Mapping[str, Any]) -> None:
    key = {"shop_id": call.shop_id, "held_id": held_id, "till_id": call.caller.till_id, "held_at": call.at}
    call.db.execute(_INSERT, {**key, **values, "state": str(state)})


def _values(call: Call, message: WireHeldBill, fingerprint: str, *, with_body: bool) -> Mapping[str, Any]:
    bill = message.bill
    return {
        "bill_id": bill.bill_id,
        "member_id": bill.customer.member_id if bill.customer is not None else "",
        "fingerprint": fingerprint,
        "cashier": message.cashier,
        "customer": bill.customer.name if bill.customer is not None and with_body else "",
        "note": bill.note if with_body else "",
        "pieces": message.pieces,
        "total": shops.load(call).currency.money(message.total).minor,
        "body": write(buyers.bill_at_rest(call, bill)).decode() if with_body else "",
    }
