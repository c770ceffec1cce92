"""Shifts in the journal: one open at most, which receipts belong to which, and the count at the end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tukar.domain.people import Action
from tukar.domain.shift import CashMovement, Shift, ShiftClosing
from tukar.local import audit, outbox, receipts
from tukar.local.disk import Connection, Database
from tukar.local.outbox import Envelope
from tukar.till.ports import OutboxKind, StaleRowError
from tukar.till.ports.shifts import ShiftSales
from tukar.wire.shifts import shift_from_json, shift_to_json

_OPEN: Final = "SELECT body FROM shifts WHERE state = 'open'"


class SqliteShifts:
    """``ports.shifts.ShiftBook`` over the journal's own database. ``now`` gives the time as the journal writes it."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def open(self, shift: Shift) -> Shift:
        with self._database.transaction() as db:
            standing = _one(db, _OPEN)
            if standing is not None:
                return standing
            began = audit.head(db).seq
            db.execute(
                "INSERT INTO shifts (shift_id, state, number, audit_from, body) VALUES (?, 'open', 0, ?, ?)",
                (shift.shift_id, began, shift_to_json(shift).decode()),
            )
            audit.append(db, self._now(), shift.opened_by, "open_shift", shift.shift_id, shift.opening_float.decimal())
        return shift

    def in_hand(self) -> Shift | None:
        with self._database.reading() as db:
            return _one(db, _OPEN)

    def admit(self, shift_id: str, staff_id: str) -> Shift:
        with self._database.transaction() as db:
            shift = _standing(db, shift_id)
            if staff_id in shift.people:
                return shift
            return _rewrite(db, replace(shift, people=(*shift.people, staff_id)))

    def move(self, shift_id: str, movement: CashMovement) -> Shift:
        with self._database.transaction() as db:
            shift = _standing(db, shift_id)
            if any(one.movement_id == movement.movement_id for one in shift.movements):
                return shift
            by = f" ({movement.approver})" if movement.approver else ""
            detail = f"{movement.amount.decimal()} {movement.reason}{by}"
            audit.append(db, self._now(), movement.actor, movement.kind.value, shift_id, detail)
            return _rewrite(db, replace(shift, movements=(*shift.movements, movement)))

    def sales(self, shift_id: str) -> ShiftSales:
        with self._database.reading() as db:
            row = db.execute("SELECT audit_from, audit_to FROM shifts WHERE shift_id = ?", (shift_id,)).fetchone()
            if row is None:
                return ShiftSales()
            openings = db.execute(
                "SELECT count(*) FROM audit WHERE action = ? AND seq > ? AND (? = 0 OR seq <= ?)",
                (Action.OPEN_DRAWER.value, row[0], row[1], row[1]),
            ).fetchone()[0]
            return ShiftSales(receipts.of_shift(db, shift_id), openings)

    def close(self, shift_id: str, closing: ShiftClosing) -> Shift:
        with self._database.transaction() as db:
            shift = _standing(db, shift_id)
            now = self._now()
            number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM shifts").fetchone()[0]
            audit.append(db, now, closing.by, Action.CLOSE_SHIFT, shift_id, f"{number} {closing.difference.decimal()}")
            head = audit.head(db)
            closed = replace(shift, closing=replace(closing, number=number, audit_head=head.hash))
            db.execute(
                "UPDATE shifts SET state = 'closed', number = ?, audit_to = ?, body = ? WHERE shift_id = ?",
                (number, head.seq, shift_to_json(closed).decode(), shift_id),
            )
            outbox.put(db, Envelope(OutboxKind.SHIFT, shift_id), now)
        return closed

    def get(self, shift_id: str) -> Shift | None:
        with self._database.reading() as db:
            return _one(db, "SELECT body FROM shifts WHERE shift_id = ?", shift_id)

    def latest(self, limit: int = 20) -> tuple[Shift, ...]:
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT body FROM shifts WHERE state = 'closed' ORDER BY number DESC LIMIT ?", (limit,)
            ).fetchall()
        return tuple(shift_from_json(body.encode()) for (body,) in rows)


def _one(db: Connection, sql: str, *values: str) -> Shift | None:
    row = db.execute(sql, values).fetchone()
    return None if row is None else shift_from_json(row[0].encode())


def _standing(db: Connection, shift_id: str) -> Shift:
    shift = _one(db, f"{_OPEN} AND shift_id = ?", shift_id)
    if shift is None:
        raise StaleRowError(f"shift {shift_id} is not open")
    return shift


def _rewrite(db: Connection, shift: Shift) -> Shift:
    db.execute("UPDATE shifts SET body = ? WHERE shift_id = ?", (shift_to_json(shift).decode(), shift.shift_id))
    return shift
