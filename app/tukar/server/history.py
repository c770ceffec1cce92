"""What moved on a member's accounts, newest first."""

from datetime import datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.points import Points
from tukar.server import members
from tukar.server.call import Call
from tukar.wire.people import WireHistory, WireMovement

_READ: Final = text(
    "SELECT l.made_at, l.kind, l.programme_id, l.units, l.ref, l.receipt_number, a.digits FROM ledger l"
    " JOIN accounts a ON a.shop_id = l.shop_id AND a.member_id = l.member_id AND a.programme_id = l.programme_id"
    " WHERE l.shop_id = :shop_id AND l.member_id = :member_id ORDER BY l.entry DESC LIMIT 100"
)


def read(call: Call, _message: None) -> WireHistory:
    """The last hundred movements."""
    row = members.required(call, call.path["member_id"])
    found = call.db.execute(_READ, {"shop_id": call.shop_id, "member_id": row.member_id})
    return WireHistory(
        entries=tuple(
            WireMovement(
                at=datetime.fromisoformat(entry.made_at),
                kind=entry.kind,
                programme_id=entry.programme_id,
                points=Points(entry.units, entry.digits).decimal(),
                ref=entry.ref,
                receipt_number=entry.receipt_number,
            )
            for entry in found
        )
    )
