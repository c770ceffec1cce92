"""The audit: an append-only chain in which every row holds the hash of the one before (security.md, "Audit")."""

import hashlib
import json
from typing import Final

from sqlalchemy import text

from tukar.server.call import Call
from tukar.wire.upkeep import WireVerification

_NEXT: Final = text(
    "UPDATE shops SET audit_seq = audit_seq + 1 WHERE shop_id = :shop_id RETURNING audit_seq, audit_head"
)
_HEAD: Final = text("UPDATE shops SET audit_head = :head WHERE shop_id = :shop_id")
_INSERT: Final = text(
    "INSERT INTO audit (shop_id, seq, at, actor, action, ref, detail, hash)"
    " VALUES (:shop_id, :seq, :at, :actor, :action, :ref, :detail, :hash)"
)
_ALL: Final = text(
    "SELECT seq, at, actor, action, ref, detail, hash FROM audit WHERE shop_id = :shop_id AND seq > :after"
    " ORDER BY seq LIMIT 1000"
)
_SHOP: Final = text("SELECT audit_seq, audit_head FROM shops WHERE shop_id = :shop_id")
_ANCHOR: Final = text(
    "INSERT INTO anchors (shop_id, till_id, head, seen_at) VALUES (:shop_id, :till_id, :head, :at)"
    " ON CONFLICT (shop_id, till_id, head) DO NOTHING"
)
_TILL_HEAD: Final = text("UPDATE tills SET audit_head = :head WHERE shop_id = :shop_id AND till_id = :till_id")


def _hash(before: str, seq: int, *parts: str) -> str:
    return hashlib.sha256(json.dumps([before, seq, *parts], ensure_ascii=False).encode()).hexdigest()


def record(call: Call, action: str, ref: str, detail: str = "", *, actor: str = "") -> None:
    """Adds a row. ``detail`` never holds a number, a code, a PIN or a token."""
    person = call.approver or call.manager
    who = actor or (person.staff_id if person else call.caller.till_id or str(call.caller.kind))
    seq, before = call.db.execute(_NEXT, {"shop_id": call.shop_id}).one()
    head = _hash(before, seq, call.at, who, action, ref, detail)
    call.db.execute(
        _INSERT,
        {
            "shop_id": call.shop_id,
            "seq": seq,
            "at": call.at,
            "actor": who,
            "action": action,
            "ref": ref,
            "detail": detail,
            "hash": head,
        },
    )
    call.db.execute(_HEAD, {"shop_id": call.shop_id, "head": head})


def anchor(call: Call, head: str) -> None:
    """Keeps the head of a till's own chain as it came in with a write; one that it told before is kept already."""
    if head == call.caller.audit_head:
        return
    values = {"shop_id": call.shop_id, "till_id": call.caller.till_id, "head": head, "at": call.at}
    call.db.execute(_ANCHOR, values)
    call.db.execute(_TILL_HEAD, {name: values[name] for name in ("shop_id", "till_id", "head")})


def verify(call: Call, _message: None = None) -> WireVerification:
    """Follows the chain: finds a changed byte, a removed tail and a row put in between."""
    before, seq = "", 0
    while rows := call.db.execute(_ALL, {"shop_id": call.shop_id, "after": seq}).all():
        for row in rows:
            expected = _hash(before, seq + 1, row.at, row.actor, row.action, row.ref, row.detail)
            if row.seq != seq + 1 or row.hash != expected:
                return WireVerification(rows=seq, head=before, broken_at=seq + 1)
            before, seq = row.hash, row.seq
    last = call.db.execute(_SHOP, {"shop_id": call.shop_id}).one()
    is_whole = (last.audit_seq, last.audit_head) == (seq, before)
    return WireVerification(rows=seq, head=before, broken_at=None if is_whole else seq + 1)
