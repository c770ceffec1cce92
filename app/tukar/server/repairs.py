"""The repairs of accounts: each sets one figure to what a more trustworthy one says, and none moves goods or money."""

from typing import Final

from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.server import accounts, shops
from tukar.server.accounts import NEVER
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Row

_ACCOUNT: Final = text(
    "SELECT * FROM accounts WHERE shop_id = :shop_id AND member_id = :member_id AND programme_id = :programme_id"
)
_LEDGER_SUM: Final = text(
    "SELECT COALESCE(SUM(units), 0) FROM ledger WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id"
)
_BILL_SUM: Final = text(
    "SELECT COALESCE(SUM(units), 0) FROM ledger WHERE shop_id = :shop_id AND member_id <> '' AND bill_id = :bill_id"
    " AND programme_id = :programme_id"
)
_HOLDS_SUM: Final = text(
    "SELECT COALESCE(SUM(need), 0) FROM redemptions WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id AND state = 'held'"
)
_SET_POSTED: Final = text(
    "UPDATE accounts SET posted = :units WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id"
)
_SET_HELD: Final = text(
    "UPDATE accounts SET held = :units WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id"
)
_LOTS: Final = text(
    "SELECT lot_id, units, pinned FROM lots WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id AND units > 0 ORDER BY lot_id DESC"
)
_SHRINK_LOT: Final = text("UPDATE lots SET units = units - :units WHERE shop_id = :shop_id AND lot_id = :lot_id")
_ADD_LOT: Final = text(
    "INSERT INTO lots (shop_id, member_id, programme_id, ref, units, last_on)"
    " VALUES (:shop_id, :member_id, :programme_id, 'repair', :units, :last_on)"
)
_BOOK: Final = text(
    "INSERT INTO ledger (shop_id, ref, kind, member_id, programme_id, units, made_at, bill_id, receipt_number, till_id)"
    " VALUES (:shop_id, :ref, :kind, :member_id, :programme_id, :units, :at, :bill_id, '', '')"
)
_NOT_TAKEN: Final = text(
    "SELECT r.redemption_id AS ref, r.captured AS units FROM redemptions r WHERE r.shop_id = :shop_id"
    " AND r.bill_id = :bill_id AND r.programme_id = :programme_id AND r.state = 'captured' AND r.captured > 0"
    " AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.shop_id = r.shop_id AND l.ref = r.redemption_id"
    " AND l.kind = 'redeem') ORDER BY r.redemption_id"
)
_EARNED: Final = text(
    "SELECT 1 FROM ledger WHERE shop_id = :shop_id AND ref = :bill_id AND kind = 'earn'"
    " AND programme_id = :programme_id"
)
_MEMBER_OF_BILL: Final = text(
    "SELECT member_id FROM ledger WHERE shop_id = :shop_id AND bill_id = :bill_id AND member_id <> ''"
    " AND programme_id = :programme_id LIMIT 1"
)


def take_ledger(call: Call, member_id: str, programme_id: str) -> None:
    """The balance becomes what the ledger comes to, and the lots what the balance is."""
    key = _key(call, member_id, programme_id)
    units = int(call.db.execute(_LEDGER_SUM, key).scalar_one())
    row = _account(call, key)
    if member_id and units < row.held:
        raise Refused(Refusal.ALREADY_HELD, "points are reserved just now; try again once the sale is over")
    call.db.execute(_SET_POSTED, {**key, "units": units})
    if member_id:
        take_balance(call, member_id, programme_id)


def take_balance(call: Call, member_id: str, programme_id: str) -> None:
    """The lots become what the balance is: the newest shrink, or one without an end is added."""
    key = _key(call, member_id, programme_id)
    lots = call.db.execute(_LOTS, key).all()
    missing = _account(call, key).posted - sum(lot.units for lot in lots)
    if missing > 0:
        call.db.execute(_ADD_LOT, {**key, "units": missing, "last_on": NEVER.isoformat()})
    for lot in lots:
        part = min(-missing, lot.units - lot.pinned)
        if part > 0:
            call.db.execute(_SHRINK_LOT, {"shop_id": call.shop_id, "lot_id": lot.lot_id, "units": part})
            missing += part


def recount_holds(call: Call, member_id: str, programme_id: str) -> None:
    """What is reserved becomes what live holds reserve."""
    key = _key(call, member_id, programme_id)
    units = int(call.db.execute(_HOLDS_SUM, key).scalar_one())
    if units > _account(call, key).posted:
        raise Refused(Refusal.INSUFFICIENT, "holds reserve more than there is; put the balance right first")
    call.db.execute(_SET_HELD, {**key, "units": units})


def release(call: Call, member_id: str, programme_id: str) -> None:
    """Holds of the account that ran out are let go, as with every message about it."""
    row = _account(call, _key(call, member_id, programme_id))
    accounts.lock(call, member_id, programme_id, row.digits, shops.load(call).today(call.now))


def book_bill(call: Call, bill_id: str, member_id: str, programme_id: str, answered: int) -> None:
    """Books what the ledger lacks of a bill. A balance that already has it stays; else it moves, never below zero."""
    bill = {"shop_id": call.shop_id, "bill_id": bill_id, "programme_id": programme_id}
    known = call.db.execute(_MEMBER_OF_BILL, bill).first()
    owner = known.member_id if known is not None else member_id
    key = _key(call, owner, programme_id)
    missing = answered - int(call.db.execute(_BILL_SUM, bill).scalar_one())
    row = _account(call, key)
    is_moved = row.posted - int(call.db.execute(_LEDGER_SUM, key).scalar_one()) == missing
    posted = row.posted if is_moved else row.posted + missing
    if posted < row.held:
        raise Refused(Refusal.INSUFFICIENT, "the customer has spent these points since")
    left = missing
    for row_of in call.db.execute(_NOT_TAKEN, bill).all():
        call.db.execute(
            _BOOK, {**bill, **key, "kind": "redeem", "ref": row_of.ref, "units": -row_of.units, "at": call.at}
        )
        left += row_of.units
    if left:
        is_earning = call.db.execute(_EARNED, bill).first() is None
        kind, ref = ("earn", bill_id) if is_earning else ("repair", f"{bill_id}.{left}")
        call.db.execute(_BOOK, {**bill, **key, "kind": kind, "ref": ref, "units": left, "at": call.at})
    call.db.execute(_SET_POSTED, {**key, "units": posted})
    take_balance(call, owner, programme_id)


def _key(call: Call, member_id: str, programme_id: str) -> dict[str, str]:
    return {"shop_id": call.shop_id, "member_id": member_id, "programme_id": programme_id}


def _account(call: Call, key: dict[str, str]) -> Row:
    row = call.db.execute(_ACCOUNT, key).first()
    if row is None:
        raise Refused(Refusal.BAD_REQUEST, "no such account")
    return row
