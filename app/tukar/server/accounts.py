"""Points as accounts, lots and an append-only ledger (redemption.md, "Server").

``posted`` is what an account holds, ``held`` the part that live holds reserve; what may be spent is the rest. Points
lie in lots with a last usable day; a hold pins the oldest ones, and a pinned lot expires only once it is released.
Every change of ``posted`` is one ledger entry, unique by reference, kind and account, so that nothing is booked twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select, text

from tukar.domain.points import Points
from tukar.domain.programme import PointsAccount
from tukar.server.call import Call
from tukar.server.storage.statements import Row
from tukar.server.storage.tables import ACCOUNTS

NEVER: Final = date(9999, 12, 31)
"""The last day of points that do not expire."""
_NEVER: Final = NEVER.isoformat()
MERCHANT: Final = ""
"""Whose account bears what was given without points."""

_INSERT: Final = text(
    "INSERT INTO accounts (shop_id, member_id, programme_id, kind, digits)"
    " VALUES (:shop_id, :member_id, :programme_id, :kind, :digits)"
    " ON CONFLICT (shop_id, member_id, programme_id) DO NOTHING"
)
_MOVE: Final = text(
    "UPDATE accounts SET posted = posted + :posted, held = held + :held"
    " WHERE shop_id = :shop_id AND member_id = :member_id AND programme_id = :programme_id"
)
_LEDGER: Final = text(
    "INSERT INTO ledger (shop_id, ref, kind, member_id, programme_id, units, made_at, bill_id, receipt_number, till_id)"
    " VALUES (:shop_id, :ref, :kind, :member_id, :programme_id, :units, :at, :bill_id, :receipt_number, :till_id)"
)
_LOTS: Final = text(
    "SELECT lot_id, ref, units, pinned, last_on FROM lots WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id AND units > 0 ORDER BY lot_id"
)
_ALL_LOTS: Final = text(
    "SELECT programme_id, lot_id, ref, units, pinned, last_on FROM lots WHERE shop_id = :shop_id"
    " AND member_id = :member_id AND units > 0 ORDER BY programme_id, lot_id"
)
_LOT: Final = text("SELECT lot_id, units, pinned, last_on FROM lots WHERE lot_id = :lot_id")
_NEW_LOT: Final = text(
    "INSERT INTO lots (shop_id, member_id, programme_id, ref, units, last_on)"
    " VALUES (:shop_id, :member_id, :programme_id, :ref, :units, :last_on)"
)
_CHANGE_LOT: Final = text("UPDATE lots SET units = units + :units, pinned = pinned + :pinned WHERE lot_id = :lot_id")
_PIN: Final = text(
    "INSERT INTO pins (shop_id, redemption_id, lot_id, units) VALUES (:shop_id, :redemption_id, :lot_id, :units)"
)
_PINS: Final = text(
    "SELECT lot_id, units FROM pins WHERE shop_id = :shop_id AND redemption_id = :redemption_id ORDER BY lot_id"
)
_UNPIN: Final = text("DELETE FROM pins WHERE shop_id = :shop_id AND redemption_id = :redemption_id")
_LIVE: Final = text(
    "SELECT redemption_id, bill_id, expires_time FROM redemptions WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id AND state = 'held' ORDER BY redemption_id || ''"
)
"""In an order that no index has: SQLite would go through all redemptions of the shop in place of sorting a few."""
_EXPIRE: Final = text(
    "UPDATE redemptions SET state = 'expired'"
    " WHERE shop_id = :shop_id AND redemption_id = :redemption_id AND state = 'held'"
)
_USE: Final = text("INSERT INTO lot_uses (shop_id, ref, lot_id, units) VALUES (:shop_id, :ref, :lot_id, :units)")
_USES: Final = text(
    "SELECT lot_id, units, returned FROM lot_uses WHERE shop_id = :shop_id AND ref = :ref AND units > returned"
    " ORDER BY lot_id DESC"
)
_RETURNED_USES: Final = text(
    "SELECT lot_id, returned FROM lot_uses WHERE shop_id = :shop_id AND ref = :ref AND returned > 0 ORDER BY lot_id"
)
_RETURN_USE: Final = text(
    "UPDATE lot_uses SET returned = returned + :units WHERE shop_id = :shop_id AND ref = :ref AND lot_id = :lot_id"
)
_SELECT: Final = (
    select(ACCOUNTS.c.kind, ACCOUNTS.c.digits, ACCOUNTS.c.posted, ACCOUNTS.c.held)
    .where(
        ACCOUNTS.c.shop_id == bindparam("shop_id"),
        ACCOUNTS.c.member_id == bindparam("member_id"),
        ACCOUNTS.c.programme_id == bindparam("programme_id"),
    )
    .with_for_update()
)
_SELECT_ALL: Final = (
    select(ACCOUNTS.c.programme_id, ACCOUNTS.c.digits, ACCOUNTS.c.posted, ACCOUNTS.c.held)
    .where(ACCOUNTS.c.shop_id == bindparam("shop_id"), ACCOUNTS.c.member_id == bindparam("member_id"))
    .order_by(ACCOUNTS.c.programme_id)
    .with_for_update()
)
_SELECT_SEVERAL: Final = _SELECT_ALL.where(ACCOUNTS.c.programme_id.in_(bindparam("programmes", expanding=True)))


class NotEnoughError(RuntimeError):
    """More was to be taken from an account than is available; the caller had to look first."""


@dataclass(frozen=True, slots=True)
class LiveHold:
    """A hold that reserves points of an account."""

    redemption_id: str
    bill_id: str


@dataclass(slots=True)
class Account:
    """One customer's points of one programme, locked for this transaction, as they stand now.

    ``live`` are the holds that reserved points of it when it was locked.
    """

    shop_id: str
    member_id: str
    programme_id: str
    digits: int
    posted: int
    held: int
    live: tuple[LiveHold, ...] = ()
    _lots: Sequence[Row] | None = None
    """As read while locking; forgotten with the first change."""

    @property
    def available(self) -> int:
        return self.posted - self.held

    @property
    def key(self) -> dict[str, Any]:
        return {"shop_id": self.shop_id, "member_id": self.member_id, "programme_id": self.programme_id}

    def points(self, units: int) -> Points:
        return Points(units, self.digits)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a movement is booked under."""

    kind: str
    ref: str
    bill_id: str = ""
    receipt_number: str = ""


def lock(call: Call, member_id: str, programme_id: str, digits: int, today: date) -> Account:
    """The account, made when there is none, after what ran out was let go. Locked until the transaction ends.

    Several accounts of one message are locked in the order of their ids.
    """
    account = _locked(call, member_id, programme_id, digits)
    _expire_holds(call, account)
    _expire_lots(call, account, today)
    return account


def lock_all(call: Call, member_id: str, today: date) -> dict[str, Account]:
    """All accounts that a customer has, as ``lock`` has one, by the ids of their programmes and in their order."""
    key = {"shop_id": call.shop_id, "member_id": member_id}
    found = {row.programme_id: _account(call, member_id, row) for row in call.db.execute(_SELECT_ALL, key)}
    return _let_run_out(call, member_id, found, today)


def lock_several(call: Call, member_id: str, wanted: Mapping[str, int], today: date) -> dict[str, Account]:
    """The same for those ``wanted``, with their digits; made where there is none."""
    key = {"shop_id": call.shop_id, "member_id": member_id, "programmes": sorted(wanted)}
    rows = {row.programme_id: row for row in call.db.execute(_SELECT_SEVERAL, key)} if wanted else {}
    found = {
        programme_id: _account(call, member_id, rows[programme_id])
        if programme_id in rows
        else _locked(call, member_id, programme_id, wanted[programme_id])
        for programme_id in sorted(wanted)
    }
    return _let_run_out(call, member_id, found, today)


def _account(call: Call, member_id: str, row: Row) -> Account:
    return Account(call.shop_id, member_id, row.programme_id, row.digits, row.posted, row.held)


def _let_run_out(call: Call, member_id: str, found: dict[str, Account], today: date) -> dict[str, Account]:
    """The locked accounts without what ran out, by one look at all lots of the customer."""
    key = {"shop_id": call.shop_id, "member_id": member_id}
    lots: dict[str, list[Row]] = {}
    for lot in call.db.execute(_ALL_LOTS, key) if found else ():
        lots.setdefault(lot.programme_id, []).append(lot)
    for programme_id, account in found.items():
        account._lots = lots.get(programme_id, ())  # noqa: SLF001 - the account is this module's own
        _expire_holds(call, account)
        _expire_lots(call, account, today)
    return found


def runs_out_next(call: Call, account: Account) -> tuple[int, date] | None:
    """How many units have the earliest last day of an account, pinned ones too, and that day; None without one."""
    lots = _lots(call, account)
    last_on = min((lot.last_on for lot in lots), default=_NEVER)
    if last_on >= _NEVER:
        return None
    return sum(lot.units for lot in lots if lot.last_on == last_on), date.fromisoformat(last_on)


def _locked(call: Call, member_id: str, programme_id: str, digits: int) -> Account:
    key = {"shop_id": call.shop_id, "member_id": member_id, "programme_id": programme_id}
    row = call.db.execute(_SELECT, key).first()
    if row is None:
        kind = "merchant" if member_id == MERCHANT else "member"
        call.db.execute(_INSERT, {**key, "kind": kind, "digits": digits})
        row = call.db.execute(_SELECT, key).one()
    return Account(call.shop_id, member_id, programme_id, row.digits, row.posted, row.held)


def _move(call: Call, account: Account, *, posted: int = 0, held: int = 0) -> None:
    call.db.execute(_MOVE, {**account.key, "posted": posted, "held": held})
    account.posted += posted
    account.held += held


def _book(call: Call, account: Account, units: int, entry: Entry) -> None:
    call.db.execute(
        _LEDGER,
        {
            **account.key,
            "ref": entry.ref,
            "kind": entry.kind,
            "units": units,
            "at": call.at,
            "bill_id": entry.bill_id,
            "receipt_number": entry.receipt_number,
            "till_id": call.caller.till_id,
        },
    )


def _lots(call: Call, account: Account) -> Sequence[Row]:
    if account._lots is None:  # noqa: SLF001 - the account is this module's own
        account._lots = call.db.execute(_LOTS, account.key).all()  # noqa: SLF001
    return account._lots  # noqa: SLF001


def _change_lot(call: Call, account: Account, lot_id: int, *, units: int = 0, pinned: int = 0) -> None:
    call.db.execute(_CHANGE_LOT, {"lot_id": lot_id, "units": units, "pinned": pinned})
    account._lots = None  # noqa: SLF001


def _expire_holds(call: Call, account: Account) -> None:
    if not account.held:
        return
    live = []
    for row in call.db.execute(_LIVE, account.key).all():
        if row.expires_time <= call.time:
            call.db.execute(_EXPIRE, {"shop_id": call.shop_id, "redemption_id": row.redemption_id})
            release(call, account, row.redemption_id)
        else:
            live.append(LiveHold(row.redemption_id, row.bill_id))
    account.live = tuple(live)


def _expire_lots(call: Call, account: Account, today: date) -> None:
    """Writes off what nobody pins of lots whose last day is over; never below what is held."""
    if not account.available:
        return
    for lot in _lots(call, account):
        free = lot.units - lot.pinned
        if free and lot.last_on < today.isoformat():
            _change_lot(call, account, lot.lot_id, units=-free)
            _move(call, account, posted=-free)
            _book(call, account, -free, Entry("expire", f"lot-{lot.lot_id}-{lot.units}"))


def pin(call: Call, account: Account, redemption_id: str, units: int) -> None:
    """Reserves ``units`` of the oldest lots; NotEnoughError when there are not so many."""
    left = units
    for lot in _lots(call, account):
        part = min(left, lot.units - lot.pinned)
        if part > 0:
            _change_lot(call, account, lot.lot_id, pinned=part)
            call.db.execute(
                _PIN,
                {"shop_id": call.shop_id, "redemption_id": redemption_id, "lot_id": lot.lot_id, "units": part},
            )
            left -= part
    if left:
        raise NotEnoughError(redemption_id)
    _move(call, account, held=units)


def release(call: Call, account: Account, redemption_id: str) -> None:
    """Lets the pinned lots of a hold go."""
    key = {"shop_id": call.shop_id, "redemption_id": redemption_id}
    pins = call.db.execute(_PINS, key).all()
    for row in pins:
        _change_lot(call, account, row.lot_id, pinned=-row.units)
    call.db.execute(_UNPIN, key)
    _move(call, account, held=-sum(row.units for row in pins))


def debit_held(call: Call, account: Account, redemption_id: str, units: int, entry: Entry) -> None:
    """Takes ``units`` of what the hold pins, oldest first, and lets the rest go."""
    pins = call.db.execute(_PINS, {"shop_id": call.shop_id, "redemption_id": redemption_id}).all()
    release(call, account, redemption_id)
    wanted = [(row.lot_id, row.units) for row in pins]
    _take(call, account, wanted, units, entry)


def debit(call: Call, account: Account, units: int, entry: Entry, *, first_ref: str = "") -> None:
    """Takes ``units`` of what is available, oldest first; lots that ``first_ref`` brought before all others."""
    lots = sorted(_lots(call, account), key=lambda lot: (lot.ref != first_ref, lot.lot_id))
    _take(call, account, [(lot.lot_id, lot.units - lot.pinned) for lot in lots], units, entry)


def _take(call: Call, account: Account, lots: Sequence[tuple[int, int]], units: int, entry: Entry) -> None:
    left = units
    for lot_id, free in lots:
        part = min(left, free)
        if part > 0:
            _change_lot(call, account, lot_id, units=-part)
            call.db.execute(
                _USE, {"shop_id": call.shop_id, "ref": f"{entry.kind}.{entry.ref}", "lot_id": lot_id, "units": part}
            )
            left -= part
    if left:
        raise NotEnoughError(entry.ref)
    _move(call, account, posted=-units)
    _book(call, account, -units, entry)


def last_day(sort: PointsAccount | None, given_on: date) -> date:
    """Through which day points that are given then can be used (FORMAT.md, ``expire_after_days``)."""
    days = None if sort is None else sort.expire_after_days
    return NEVER if days is None else given_on + timedelta(days=days)


def credit(call: Call, account: Account, units: int, entry: Entry, last_on: date = NEVER) -> None:
    """Gives ``units`` as a lot of their own."""
    if units:
        _add_lot(call, account, units, entry.ref, last_on)
    _move(call, account, posted=units)
    _book(call, account, units, entry)


def _add_lot(call: Call, account: Account, units: int, ref: str, last_on: date) -> None:
    account._lots = None  # noqa: SLF001
    call.db.execute(_NEW_LOT, {**account.key, "ref": ref, "units": units, "last_on": last_on.isoformat()})


def give_back(call: Call, account: Account, units: int, taken_by: Entry, entry: Entry, at_least_to: date) -> None:
    """Returns ``units`` of an earlier debit to the lots they came from, usable at least through ``at_least_to``.

    NotEnoughError when the debit was not of so many, or they were returned already.
    """
    left = units
    ref = f"{taken_by.kind}.{taken_by.ref}"
    for use in call.db.execute(_USES, {"shop_id": call.shop_id, "ref": ref}).all():
        part = min(left, use.units - use.returned)
        if part <= 0:
            break
        call.db.execute(_RETURN_USE, {"shop_id": call.shop_id, "ref": ref, "lot_id": use.lot_id, "units": part})
        lot = call.db.execute(_LOT, {"lot_id": use.lot_id}).one()
        if lot.last_on >= at_least_to.isoformat():
            _change_lot(call, account, use.lot_id, units=part)
        else:
            _add_lot(call, account, part, entry.ref, at_least_to)
        left -= part
    if left:
        raise NotEnoughError(entry.ref)
    _move(call, account, posted=units)
    _book(call, account, units, entry)


def forget_return(call: Call, units: int, taken_by: Entry) -> None:
    """A return of ``units`` to an earlier debit did not stand: they can be returned again."""
    left = units
    ref = f"{taken_by.kind}.{taken_by.ref}"
    for use in call.db.execute(_RETURNED_USES, {"shop_id": call.shop_id, "ref": ref}).all():
        part = min(left, use.returned)
        values = {"shop_id": call.shop_id, "ref": ref, "lot_id": use.lot_id, "units": -part}
        call.db.execute(_RETURN_USE, values)
        left -= part


def charge_merchant(call: Call, programme_id: str, digits: int, units: int, entry: Entry) -> None:
    """Books on the merchant what a customer got without points; negative ``units`` are borne, positive settled."""
    merchant = _locked(call, MERCHANT, programme_id, digits)
    _move(call, merchant, posted=units)
    _book(call, merchant, units, entry)


def move_all(call: Call, source: Account, target: Account, ref: str) -> None:
    """Moves every lot of an account without holds to another one, each with its last day."""
    lots = _lots(call, source)
    units = sum(lot.units for lot in lots)
    for lot in lots:
        _change_lot(call, source, lot.lot_id, units=-lot.units)
        _add_lot(call, target, lot.units, lot.ref, date.fromisoformat(lot.last_on))
    if units:
        _move(call, source, posted=-units)
        _book(call, source, -units, Entry("merge_out", ref))
        _move(call, target, posted=units)
        _book(call, target, units, Entry("merge_in", ref))
