"""Goods on their way back, one row each, so that a crash between asking and paying out is told truthfully."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tukar.local.columns import currency_text, money_from
from tukar.local.disk import Connection
from tukar.till.ports import RefundLine, RefundRow, RefundState, StaleRowError

_COLUMNS: Final = "refund_id, bill_id, number, state, lines, reason, actor, approver, money, currency, reference"
_S = RefundState
MOVES: Final[Mapping[RefundState, frozenset[RefundState]]] = MappingProxyType(
    {
        _S.ASKED: frozenset({_S.ACCEPTED, _S.DROPPED}),
        _S.ACCEPTED: frozenset({_S.PAYING, _S.PAID, _S.DROPPED}),
        _S.PAYING: frozenset({_S.ACCEPTED, _S.PAID, _S.REVIEW}),
        _S.PAID: frozenset(),
        _S.DROPPED: frozenset(),
        _S.REVIEW: frozenset(),
    }
)
"""Once the terminal was told to pay, the refund is never simply given up."""


def insert(db: Connection, row: RefundRow, at: str) -> None:
    db.execute(
        f"INSERT INTO refunds ({_COLUMNS}, first_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
        (*_values(row), at, at),
    )


def move(db: Connection, old: RefundState, row: RefundRow, at: str) -> None:
    """Writes ``row`` in place of the one in state ``old``; StaleRowError when there is none, or no way leads there."""
    if row.state not in MOVES[old]:
        raise StaleRowError(f"refund {row.refund_id} is {old} and does not become {row.state}")
    money, currency = _money(row)
    changed = db.execute(
        """UPDATE refunds SET state = ?, money = ?, currency = ?, reference = ?, changed_at = ?
            WHERE refund_id = ? AND state = ? RETURNING refund_id""",
        (row.state.value, money, currency, row.reference, at, row.refund_id, old.value),
    ).fetchall()
    if not changed:
        raise StaleRowError(f"refund {row.refund_id} is not {old}")


def pay(db: Connection, refund_id: str, at: str) -> None:
    """The return receipt is being saved. A return that was never asked for has no row, and needs none."""
    found = db.execute("SELECT state FROM refunds WHERE refund_id = ?", (refund_id,)).fetchone()
    if found is None:
        return
    if _S.PAID not in MOVES[_S(found[0])]:
        raise StaleRowError(f"refund {refund_id} is {found[0]} and is not paid")
    db.execute("UPDATE refunds SET state = 'paid', changed_at = ? WHERE refund_id = ?", (at, refund_id))


def unfinished(db: Connection) -> tuple[RefundRow, ...]:
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM refunds WHERE state IN ('asked', 'accepted', 'paying') ORDER BY refund_id"  # noqa: S608 - our own names
    )
    return tuple(map(_row, rows.fetchall()))


def _values(row: RefundRow) -> tuple[Any, ...]:
    lines = json.dumps([[line.line_id, line.sku, line.thousandths] for line in row.lines])
    return (
        row.refund_id, row.bill_id, row.number, row.state.value, lines, row.reason, row.actor, row.approver,
        *_money(row), row.reference,
    )  # fmt: skip


def _money(row: RefundRow) -> tuple[int | None, str]:
    return (None, "") if row.money is None else (row.money.minor, currency_text(row.money.currency))


def _row(stored: tuple[Any, ...]) -> RefundRow:
    refund_id, bill_id, number, state, lines, reason, actor, approver, money, currency, reference = stored
    return RefundRow(
        refund_id,
        bill_id,
        number,
        _S(state),
        tuple(RefundLine(*line) for line in json.loads(lines)),
        reason,
        actor,
        approver,
        None if money is None else money_from(money, currency),
        reference,
    )
