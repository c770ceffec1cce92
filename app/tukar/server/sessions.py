"""Sessions of managers: opened by their own PIN on an enrolled till, for one shift at most.

A token is ``session.MAC``: nothing of it is stored, and the row says whose it is, on which till, and until when.
Whoever asks with it is looked up each time, so that somebody who left or lost a right is out at once. The till's own
token goes along: a session is worth nothing without it, nor on another till.
"""

from dataclasses import replace
from typing import Final

from sqlalchemy import text

from tukar.domain.people import Action, Right
from tukar.domain.redemption import Refusal
from tukar.server import audit, staff
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.wire.managers import WireDone, WireSession, WireSessionEnd, WireSignIn

SESSION_SECONDS: Final = 12 * 3600.0

_INSERT: Final = text(
    "INSERT INTO manager_sessions (shop_id, session_id, staff_id, till_id, expires_time)"
    " VALUES (:shop_id, :session_id, :staff_id, :till_id, :expires_time)"
    " ON CONFLICT (shop_id, session_id) DO NOTHING"
)
_READ: Final = text("SELECT * FROM manager_sessions WHERE shop_id = :shop_id AND session_id = :session_id")
_END: Final = text(
    "UPDATE manager_sessions SET ended_at = :at WHERE shop_id = :shop_id AND session_id = :session_id"
    " AND till_id = :till_id AND ended_at = ''"
)
_SWEEP: Final = text("DELETE FROM manager_sessions WHERE shop_id = :shop_id AND expires_time <= :time")


def open_session(call: Call, message: WireSignIn) -> WireSession:
    """Opens a session for whoever's PIN the message carries; the same id again is the same session."""
    session_id, member = call.path["session_id"], call.approver
    if member is None:
        raise Refused(Refusal.NOT_ALLOWED)
    key = {"shop_id": call.shop_id, "session_id": session_id}
    values = {**key, "staff_id": message.staff_id, "till_id": call.caller.till_id}
    if call.db.execute(_INSERT, {**values, "expires_time": call.time + SESSION_SECONDS}).rowcount:
        audit.record(call, "manager_signs_in", session_id, call.caller.till_id)
    row = call.db.execute(_READ, key).one()
    if (row.staff_id, row.till_id) != (message.staff_id, call.caller.till_id):
        raise Refused(Refusal.ID_REUSED)
    if row.ended_at or row.expires_time <= call.time:
        raise Refused(Refusal.EXPIRED, "this session is over")
    return WireSession(
        token=f"{session_id}.{_mac(call, session_id)}",
        staff_id=member.staff_id,
        name=member.name,
        role=member.role,
        expires_in=row.expires_time - call.time,
    )


def end(call: Call, _message: WireSessionEnd) -> WireDone:
    """Ends a session of the calling till; one that is over already stays over."""
    session_id = call.path["session_id"]
    values = {"shop_id": call.shop_id, "session_id": session_id, "till_id": call.caller.till_id, "at": call.at}
    if call.db.execute(_END, values).rowcount:
        audit.record(call, "manager_signs_out", session_id)
    return WireDone()


def admitted(call: Call, token: str, action: Action) -> Call:
    """The call with the manager in it; Refused(NOT_SIGNED_IN) without a session in force, NOT_ALLOWED without right."""
    session_id, _, mac = token.rpartition(".")
    if not session_id or not call.equipment.keys.is_mac(mac, "session", call.shop_id, session_id):
        raise Refused(Refusal.NOT_SIGNED_IN, "no manager's session")
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "session_id": session_id}).first()
    if row is None or row.ended_at or row.expires_time <= call.time or row.till_id != call.caller.till_id:
        raise Refused(Refusal.NOT_SIGNED_IN, "the session is over")
    member = staff.member(call, row.staff_id)
    if member is None or not member.active or member.right(action) is not Right.ALLOWED:
        raise Refused(Refusal.NOT_ALLOWED, f"may not {action}")
    return replace(call, manager=member)


def sweep(call: Call) -> None:
    """Forgets sessions that ran out."""
    call.db.execute(_SWEEP, {"shop_id": call.shop_id, "time": call.time})


def _mac(call: Call, session_id: str) -> str:
    return call.equipment.keys.mac("session", call.shop_id, session_id)
