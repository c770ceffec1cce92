"""Closed shifts of the tills: stored once, as they stood on the paper, for reports across tills."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.domain.shift import Shift, ShiftClosing
from tukar.server import audit, reviews, shops
from tukar.server.call import Call
from tukar.server.keys import content_hash
from tukar.server.refusing import Refused
from tukar.wire.message import write
from tukar.wire.redemptions import WireRefusal
from tukar.wire.shifts import WireShift, WireShiftAnswer, shift_of

_READ: Final = text("SELECT content_hash, server_seq FROM shifts WHERE shop_id = :shop_id AND shift_id = :shift_id")
_INSERT: Final = text(
    "INSERT INTO shifts (shop_id, shift_id, content_hash, till_id, number, opened_at, opened_by, closed_at, closed_by,"
    " currency, sold, refunded, expected, counted, difference, stored_at, server_seq, body)"
    " VALUES (:shop_id, :shift_id, :content_hash, :till_id, :number, :opened_at, :opened_by, :closed_at, :closed_by,"
    " :currency, :sold, :refunded, :expected, :counted, :difference, :at, :server_seq, :body)"
)


def put(call: Call, message: WireShift) -> WireShiftAnswer | WireRefusal:
    """Stores a closed shift; the same one again gets the same answer, another one under its id goes to review."""
    if message.shift_id != call.path["shift_id"]:
        raise Refused(Refusal.BAD_REQUEST, "the address names another shift")
    if message.till_id != call.caller.till_id:
        raise Refused(Refusal.NOT_ALLOWED, "a till tells of its own shifts")
    shift = shift_of(message)
    closing = shift.closing
    if closing is None:
        raise Refused(Refusal.BAD_REQUEST, "an open shift is the till's own affair")
    body = write(message)
    digest = content_hash(body)
    stored = call.db.execute(_READ, {"shop_id": call.shop_id, "shift_id": shift.shift_id}).first()
    if stored is not None and stored.content_hash == digest:
        return WireShiftAnswer(shift_id=shift.shift_id, server_seq=stored.server_seq)
    if stored is not None:
        reviews.add(call, "other_shift", f"{shift.shift_id}.{digest[:12]}", f"Shift {closing.number} came twice")
        return WireRefusal(refusal=Refusal.OTHER_CONTENT)
    audit.record(call, "close_shift", shift.shift_id, f"{closing.number} {closing.difference}", actor=closing.by)
    seq = shops.next_seq(call)
    call.db.execute(_INSERT, {**_columns(call, shift, closing), "content_hash": digest, "server_seq": seq,
                              "body": body.decode()})  # fmt: skip
    return WireShiftAnswer(shift_id=shift.shift_id, server_seq=seq)


def _columns(call: Call, shift: Shift, closing: ShiftClosing) -> dict[str, str | int]:
    return {
        "shop_id": call.shop_id,
        "shift_id": shift.shift_id,
        "till_id": shift.till_id,
        "number": closing.number,
        "opened_at": _utc(shift.opened_at),
        "opened_by": shift.opened_by,
        "closed_at": _utc(closing.at),
        "closed_by": closing.by,
        "currency": shift.currency.code,
        "sold": closing.report.sold.minor,
        "refunded": closing.report.refunded.minor,
        "expected": closing.report.cash.minor,
        "counted": closing.in_drawer.minor,
        "difference": closing.difference.minor,
        "at": call.at,
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
