"""The backend's epoch, and what happens after its database was restored (redemption.md, "Restore of the server").

The epoch is kept in the database and in a file beside it, and so is how far the database had come. When the two differ,
or a till has seen another epoch or a later message than we have, the database is an older one: a new epoch begins, and
until every till has sent again what it holds, nothing is held, adjusted or refunded, and other channels may not spend.
The tills' word alone would not do: new messages soon bring the older database as far as they had seen it.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import bindparam, text

from tukar.domain.redemption import HoldState, Refusal
from tukar.server import audit, shops
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Statements
from tukar.wire.redemptions import WireApproval
from tukar.wire.upkeep import WireDifference, WireDigest, WireDigestAnswer, WireRecovery, WireRecoveryAnswer

PHASES: Final = 2
MEMORY_DAYS: Final = 35

_EPOCH: Final = text("SELECT value FROM meta WHERE name = 'epoch'")
_REACHED: Final = text(
    "SELECT (SELECT value FROM meta WHERE name = 'epoch') AS epoch, server_seq FROM shops WHERE shop_id = :shop_id"
)
_SET_EPOCH: Final = text(
    "INSERT INTO meta (name, value) VALUES ('epoch', :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_RECOVER_ALL: Final = text("UPDATE shops SET recovering = 1")
_DONE: Final = text("UPDATE shops SET recovering = 0 WHERE shop_id = :shop_id")
_WAITING_FOR: Final = text(
    "SELECT till_id FROM tills WHERE shop_id = :shop_id AND kind = 'till' AND serial > 0 AND last_seen_at >= :since"
    " AND (recovered_epoch <> :epoch OR recovered_phase < 2) ORDER BY till_id"
)
_PHASE: Final = text(
    "UPDATE tills SET recovered_epoch = :epoch, recovered_phase = :phase, last_seen_at = :at"
    " WHERE shop_id = :shop_id AND till_id = :till_id"
)
_BILLS: Final = text(
    "SELECT bill_id FROM bills WHERE shop_id = :shop_id AND bill_id IN :ids AND (till_id = :till_id OR EXISTS"
    " (SELECT 1 FROM bill_copies WHERE bill_copies.shop_id = bills.shop_id AND bill_copies.bill_id = bills.bill_id"
    " AND bill_copies.till_id = :till_id))"
).bindparams(bindparam("ids", expanding=True))
"""What has come from this till. A bill in hand at two tills may have come from the other alone, after a restore."""
_REDEMPTIONS: Final = text(
    "SELECT redemption_id, state, bill_id FROM redemptions WHERE shop_id = :shop_id AND redemption_id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_CHUNK: Final = 400

_AGREES: Final[Mapping[str, frozenset[str]]] = {
    "held": frozenset({"held"}),
    "billed": frozenset({"held", "captured", "expired"}),
    "settled": frozenset({"captured"}),
    "dropped": frozenset({"held", "voided", "expired", "refused"}),
    "closed": frozenset({"voided", "refused"}),
}
"""The backend's states that go with a till's."""


def epoch_of(connection: Statements) -> int:
    """The epoch that the database names; 0 for a new one."""
    row = connection.execute(_EPOCH).first()
    return _epoch_in(row.value if row is not None else None)


def _epoch_in(stored: str | None) -> int:
    return 0 if stored is None else int(json.loads(stored)["epoch"])


def begin(connection: Statements, outside: int, *, is_older: bool = False) -> int:
    """Compares with the epoch kept outside the database and returns the one that counts from now on.

    ``outside`` is 0 where nothing was kept; ``is_older`` where the database of that same epoch had come further. One
    that is not the one last seen begins a new epoch, RECOVERING.
    """
    inside = epoch_of(connection)
    if inside == outside and inside and not is_older:
        return inside
    epoch = max(inside, outside) + 1
    connection.execute(_SET_EPOCH, {"value": json.dumps({"epoch": epoch})})
    if outside:
        connection.execute(_RECOVER_ALL)
    return epoch


def observe(call: Call, seen: str) -> None:
    """A till says what it has seen of us, as ``epoch.server_seq``: more than we know means that we were set back."""
    epoch, _, seq = seen.partition(".")
    if not (epoch.isascii() and epoch.isdigit() and seq.isascii() and seq.isdigit() and len(seen) < 40):  # noqa: PLR2004
        raise Refused(Refusal.BAD_REQUEST, "seen is epoch.server_seq")
    reached = call.db.execute(_REACHED, {"shop_id": call.shop_id}).first()
    if reached is None:
        raise Refused(Refusal.NOT_SIGNED_IN, "no such shop")
    ours = _epoch_in(reached.epoch)
    if int(epoch) > ours or (int(epoch) == ours and int(seq) > reached.server_seq):
        new = max(int(epoch), ours) + 1
        call.db.execute(_SET_EPOCH, {"value": json.dumps({"epoch": new})})
        call.db.execute(_RECOVER_ALL)
        audit.record(call, "new_epoch", str(new), f"{call.caller.till_id} has seen {seen}")


def _waiting_for(call: Call) -> list[str]:
    since = (call.now - timedelta(days=MEMORY_DAYS)).isoformat(timespec="milliseconds")
    values = {"shop_id": call.shop_id, "epoch": epoch_of(call.db), "since": since}
    return list(call.db.execute(_WAITING_FOR, values).scalars())


def phase(call: Call, message: WireRecovery) -> WireRecoveryAnswer:
    """A till has sent again: phase 1 enrolments and earning, phase 2 captures and refunds of 35 days."""
    if message.epoch != epoch_of(call.db):
        raise Refused(Refusal.RECOVERING, "another epoch has begun")
    values = {"shop_id": call.shop_id, "till_id": call.caller.till_id, "at": call.at}
    call.db.execute(_PHASE, {**values, "epoch": message.epoch, "phase": message.phase})
    return _answer(call)


def write_off(call: Call, message: WireApproval) -> WireRecoveryAnswer:
    """A manager names a till that will never send again."""
    values = {"shop_id": call.shop_id, "till_id": call.path["till_id"], "at": call.at}
    call.db.execute(_PHASE, {**values, "epoch": epoch_of(call.db), "phase": PHASES})
    audit.record(call, "write_off_till", call.path["till_id"], message.reason)
    return _answer(call)


def _answer(call: Call) -> WireRecoveryAnswer:
    waiting = _waiting_for(call)
    if shops.load(call).is_recovering and not waiting:
        call.db.execute(_DONE, {"shop_id": call.shop_id})
        audit.record(call, "recovered", str(epoch_of(call.db)))
    return WireRecoveryAnswer(recovering=shops.load(call).is_recovering, waiting_for=tuple(waiting))


def digest(call: Call, message: WireDigest) -> WireDigestAnswer:
    """What a till holds and we do not, or hold otherwise; nothing is changed by asking."""
    bills = _found(call, message.bills)
    theirs = {one.redemption_id: one for one in message.redemptions}
    ours = _redemptions(call, list(theirs))
    differences = []
    for redemption_id, one in theirs.items():
        row = ours.get(redemption_id)
        if row is not None and row.state in _AGREES.get(one.state, frozenset((row.state,))):
            continue
        if row is None and one.state in ("quoted", "challenged", "asked", "dropped", "closed"):
            continue
        is_known = row is not None and row.state != "refused"
        differences.append(
            WireDifference(
                redemption_id=redemption_id,
                state=HoldState(row.state) if row is not None and is_known else None,
                bill_id=row.bill_id if row is not None else "",
            )
        )
    missing = tuple(bill_id for bill_id in message.bills if bill_id not in bills)
    return WireDigestAnswer(missing_bills=missing, differences=tuple(differences))


def _found(call: Call, ids: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        values = {"shop_id": call.shop_id, "till_id": call.caller.till_id, "ids": ids[start : start + _CHUNK]}
        found.update(call.db.execute(_BILLS, values).scalars())
    return found


def _redemptions(call: Call, ids: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = call.db.execute(_REDEMPTIONS, {"shop_id": call.shop_id, "ids": ids[start : start + _CHUNK]})
        found.update((row.redemption_id, row) for row in rows)
    return found
