"""Tries to take money outside the drawer, written before the terminal hears of them (redemption.md, "Till")."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tukar.local.columns import currency_text, money_from
from tukar.local.disk import Connection
from tukar.till.ports import AttemptState, PaymentAttempt, StaleRowError

_BILL_IS_SAVED: Final = "EXISTS (SELECT 1 FROM receipts WHERE receipts.bill_id = attempts.bill_id)"
_SELECT: Final = "SELECT tender_id, bill_id, mode, amount, currency, state, reference, label FROM attempts "

_S = AttemptState
MOVES: Final[Mapping[AttemptState, frozenset[AttemptState]]] = MappingProxyType(
    {
        _S.OPEN: frozenset(_S),
        _S.UNKNOWN: frozenset(_S) - {_S.OPEN},
        _S.APPROVED: frozenset({_S.APPROVED, _S.REFUNDED}),
        _S.DECLINED: frozenset({_S.DECLINED}),
        _S.CANCELLED: frozenset({_S.CANCELLED}),
        _S.REFUNDED: frozenset({_S.REFUNDED}),
    }
)
"""Money that the bank took is never forgotten by a late or repeated word of the terminal."""


def record(db: Connection, attempt: PaymentAttempt, at: str) -> None:
    """Stores the attempt or its next state; StaleRowError when what is stored does not lead there."""
    stored = db.execute(_SELECT + "WHERE tender_id = ?", (attempt.tender_id,)).fetchone()
    if stored is not None:
        old = _attempt(stored)
        same = (old.bill_id, old.mode, old.amount) == (attempt.bill_id, attempt.mode, attempt.amount)
        if not same or attempt.state not in MOVES[old.state]:
            raise StaleRowError(f"attempt {attempt.tender_id} is {old.state} and does not become {attempt.state}")
    db.execute(
        """INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tender_id) DO UPDATE SET state = excluded.state, reference = excluded.reference,
            label = excluded.label, changed_at = excluded.changed_at""",
        (
            attempt.tender_id,
            attempt.bill_id,
            attempt.mode,
            attempt.amount.minor,
            currency_text(attempt.amount.currency),
            attempt.state.value,
            attempt.reference,
            attempt.label,
            at,
            at,
        ),
    )


def of_bill(db: Connection, bill_id: str) -> tuple[PaymentAttempt, ...]:
    rows = db.execute(_SELECT + "WHERE bill_id = ? ORDER BY tender_id", (bill_id,))
    return tuple(map(_attempt, rows.fetchall()))


def unsettled(db: Connection) -> tuple[PaymentAttempt, ...]:
    """Attempts whose outcome nobody knows yet."""
    rows = db.execute(_SELECT + "WHERE state IN ('open', 'unknown') ORDER BY tender_id")
    return tuple(map(_attempt, rows.fetchall()))


def approved_without_bill(db: Connection) -> tuple[PaymentAttempt, ...]:
    """Money taken for bills that are not saved: each must have a draft or an item of review (invariant I15)."""
    rows = db.execute(f"{_SELECT} WHERE state = 'approved' AND NOT {_BILL_IS_SAVED} ORDER BY tender_id")
    return tuple(map(_attempt, rows.fetchall()))


def _attempt(stored: tuple[Any, ...]) -> PaymentAttempt:
    tender_id, bill_id, mode, amount, currency, state, reference, label = stored
    money = money_from(amount, currency)
    return PaymentAttempt(tender_id, bill_id, mode, money, AttemptState(state), reference, label)
