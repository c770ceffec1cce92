"""Rows of redemptions, changed only by guarded updates (redemption.md, "Till: one row per redemption")."""

from fractions import Fraction
from typing import Any, Final

from tukar.domain.points import Points
from tukar.domain.redemption import IllegalMoveError, RedemptionState, checked_move
from tukar.local.columns import currency_text, deadline_from, deadline_text, money_from
from tukar.local.disk import Connection, SqlValue
from tukar.till.ports import Deadline, RedemptionRow, StaleRowError

_COLUMNS: Final = (
    "redemption_id", "bill_id", "member_id", "programme_id", "state", "need", "ceiling", "points_digits", "amount",
    "currency", "challenge_id", "send_id", "attempt_id", "replaces", "fingerprint", "asked_at", "held_until",
    "commit_by", "proof", "note", "on_trust", "approver", "changed_at",
)  # fmt: skip
_READ: Final = ", ".join(_COLUMNS[:-1])
_SELECT: Final = f"SELECT {_READ} FROM redemptions "  # noqa: S608 - our own names, here and below
_INSERT: Final = f"INSERT INTO redemptions ({_READ}, changed_at) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_UPDATE: Final = f"UPDATE redemptions SET {', '.join(f'{name} = ?' for name in _COLUMNS)} "  # noqa: S608
_DROP: Final = f"""UPDATE redemptions SET state = 'dropped', changed_at = ?
    WHERE bill_id = ? AND state IN ('quoted', 'challenged', 'asked', 'held') RETURNING {_READ}"""  # noqa: S608
_ON_TRUST: Final = """SELECT need, points_digits, asked_at, state IN ('held', 'billed') OR changed_at > ?
    FROM redemptions WHERE on_trust = 1 AND NOT (bill_id = ? AND programme_id = ?)
        AND state IN ('held', 'billed', 'settled', 'review')"""
_OF_BILL: Final = _SELECT + "WHERE bill_id = ? ORDER BY redemption_id"
_UNFINISHED: Final = f"""{_SELECT}
    WHERE state IN ('quoted', 'challenged', 'asked', 'held', 'billed', 'dropped') ORDER BY redemption_id"""
_MOVE: Final = _UPDATE + "WHERE redemption_id = ? AND state = ? RETURNING state"


def _values(row: RedemptionRow, at: str) -> tuple[SqlValue, ...]:
    return (
        row.redemption_id, row.bill_id, row.member_id, row.programme_id, row.state.value,
        row.need.units, row.ceiling.units, row.need.digits, row.amount.minor, currency_text(row.amount.currency),
        row.challenge_id, row.send_id, row.attempt_id, row.replaces, row.fingerprint,
        deadline_text(row.asked_at), deadline_text(row.held_until), deadline_text(row.commit_by),
        row.proof, row.note, int(row.on_trust), row.approver, at,
    )  # fmt: skip


def _row(stored: tuple[Any, ...]) -> RedemptionRow:
    (
        redemption_id, bill_id, member_id, programme_id, state, need, ceiling, digits, amount, currency,
        challenge_id, send_id, attempt_id, replaces, fingerprint, asked_at, held_until, commit_by, proof, note,
        on_trust, approver,
    ) = stored  # fmt: skip
    return RedemptionRow(
        redemption_id, bill_id, member_id, programme_id, RedemptionState(state),
        Points(need, digits), Points(ceiling, digits), money_from(amount, currency),
        challenge_id, send_id, attempt_id, replaces, fingerprint,
        deadline_from(asked_at), deadline_from(held_until), deadline_from(commit_by), proof, note,
        bool(on_trust), approver,
    )  # fmt: skip


def insert(db: Connection, row: RedemptionRow, at: str) -> None:
    db.execute(_INSERT, _values(row, at))


def move(db: Connection, old: RedemptionState, row: RedemptionRow, at: str) -> None:
    """Writes ``row`` over the stored one if that is still ``old``.

    Raises IllegalMoveError when the table does not lead there, or to BILLED: only the save of a bill does that.
    """
    checked_move(old, row.state)
    if row.state is RedemptionState.BILLED:
        raise IllegalMoveError("a redemption is billed by saving its bill")
    changed = db.execute(_MOVE, (*_values(row, at), row.redemption_id, old.value)).fetchall()
    if not changed:
        raise StaleRowError(f"redemption {row.redemption_id} is no longer {old}")


def change_state(db: Connection, redemption_id: str, old: RedemptionState, new: RedemptionState, at: str) -> bool:
    """Whether the redemption was ``old`` and is ``new`` now."""
    checked_move(old, new)
    changed = db.execute(
        "UPDATE redemptions SET state = ?, changed_at = ? WHERE redemption_id = ? AND state = ? RETURNING state",
        (new.value, at, redemption_id, old.value),
    ).fetchall()
    return bool(changed)


def of_bill(db: Connection, bill_id: str) -> tuple[RedemptionRow, ...]:
    return tuple(map(_row, db.execute(_OF_BILL, (bill_id,)).fetchall()))


def unfinished(db: Connection) -> tuple[RedemptionRow, ...]:
    """Everything that still waits for a cashier, a bill or the backend; items of review wait for a manager instead."""
    return tuple(map(_row, db.execute(_UNFINISHED).fetchall()))


def points_on_trust(db: Connection, began: Deadline, since: str, bill_id: str, programme_id: str) -> Fraction:
    """Whole points that may still count against this hour at the backend, but for one account's of one bill."""
    rows = db.execute(_ON_TRUST, (since, bill_id, programme_id)).fetchall()
    counted = (Points(units, digits) for units, digits, at, counts in rows if counts or _is_after(at, began))
    return sum((points.exact() for points in counted), Fraction(0))


def _is_after(at: str | None, began: Deadline) -> bool:
    asked = deadline_from(at)
    return asked is not None and asked.boot_id == began.boot_id and asked.at > began.at


def bill(db: Connection, redemption_id: str, bill_id: str, at: str) -> None:
    """HELD to BILLED; StaleRowError when this bill does not hold it."""
    changed = db.execute(
        """UPDATE redemptions SET state = 'billed', changed_at = ?
            WHERE redemption_id = ? AND bill_id = ? AND state = 'held' RETURNING state""",
        (at, redemption_id, bill_id),
    ).fetchall()
    if not changed:
        raise StaleRowError(f"redemption {redemption_id} is not held for bill {bill_id}")


def drop_unbilled(db: Connection, bill_id: str, at: str) -> tuple[RedemptionRow, ...]:
    """Drops what a bill that is being saved does not show, and tells what was dropped."""
    rows = db.execute(
        _DROP,
        (at, bill_id),
    ).fetchall()
    return tuple(map(_row, rows))
