"""The audit chain: who did what, each row sealed by the hash of all rows before it (security.md, "Audit")."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from tukar.local.disk import Connection

START: Final = "0" * 64
"""The hash before the first row."""

RESTORED: Final = "restore_till"
"""The deed that a restored journal begins with."""


@dataclass(frozen=True, slots=True)
class AuditHead:
    """How far the chain goes. The backend keeps heads as anchors, so that a tail cut off or re-written shows."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One deed. ``detail`` never holds a number, code or token."""

    seq: int
    at: str
    actor: str
    action: str
    ref: str
    detail: str

    def hash_after(self, before: str) -> str:
        told = json.dumps([before, self.seq, self.at, self.actor, self.action, self.ref, self.detail])
        return hashlib.sha256(told.encode()).hexdigest()


def head(db: Connection) -> AuditHead:
    row = db.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return AuditHead(0, START) if row is None else AuditHead(*row)


def append(db: Connection, at: str, actor: str, action: str, ref: str, detail: str = "") -> None:
    last = head(db)
    row = AuditRow(last.seq + 1, at, actor, action, ref, detail)
    db.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row.seq, at, actor, action, ref, detail, row.hash_after(last.hash)),
    )


def first_broken(db: Connection) -> int | None:
    """The number of the first row that does not follow from those before it; None when all do."""
    before, expected = START, 1
    for *fields, stored in db.execute("SELECT * FROM audit ORDER BY seq").fetchall():
        row = AuditRow(*fields)
        before = row.hash_after(before)
        if row.seq != expected or stored != before:
            return expected
        expected += 1
    return None


def lost_anchors(db: Connection, anchors: Collection[str]) -> tuple[str, ...]:
    """Those heads that the backend was sent and that are in the chain no more: its tail was cut off or re-written."""
    known = {START, *(stored for (stored,) in db.execute("SELECT hash FROM audit").fetchall())}
    return tuple(anchor for anchor in anchors if anchor not in known)


def restored(db: Connection) -> bool:
    """Whether this chain goes on from a back-up: what was added after the back-up is lost, and known to be."""
    return db.execute("SELECT 1 FROM audit WHERE action = ? LIMIT 1", (RESTORED,)).fetchone() is not None
