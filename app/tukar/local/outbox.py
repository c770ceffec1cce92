"""What waits to be sent: in order for each bill and each account, and never held up by another one's trouble.

A message belongs to a bill, to an account, or to both. It may go once no earlier message of its bill or of its
account waits; ``waiting`` gives just those that may go. So whoever sends may take them in any order, skip one, and
ask again afterwards.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from tukar.local.disk import Connection
from tukar.till.ports import OutboxKind, OutboxMessage, OutboxState

_FREE_TO_GO: Final = """SELECT seq, kind, ref, bill, account, body, tries, state FROM outbox AS this
    WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
        WHERE earlier.state = 'waiting' AND earlier.bill <> '' AND earlier.bill = this.bill AND earlier.seq < this.seq)
    AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
        WHERE earlier.state = 'waiting' AND earlier.account <> '' AND earlier.account = this.account
        AND earlier.seq < this.seq)
    ORDER BY tries, seq LIMIT ?"""


class SealBrokenError(ValueError):
    """What was sealed cannot be opened with the key there is now."""


class Seal(Protocol):
    """Makes text unreadable at rest and readable again: what is queued about a new member holds their number.

    ``open`` raises SealBrokenError; the message then waits with an empty body, for whoever sends to set aside.
    """

    def seal(self, text: str) -> bytes: ...

    def open(self, sealed: bytes) -> str: ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message to be queued. ``bill`` and ``account`` say what it waits for; ``body`` is already sealed."""

    kind: OutboxKind
    ref: str
    bill: str = ""
    account: str = ""
    body: bytes = b""


def put(db: Connection, envelope: Envelope, at: str) -> None:
    """Queues it once: the same kind of message about the same thing is never queued twice."""
    db.execute(
        """INSERT INTO outbox (kind, ref, bill, account, body, queued_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, ref) DO NOTHING""",
        (envelope.kind.value, envelope.ref, envelope.bill, envelope.account, envelope.body, at, at),
    )


def free_to_go(db: Connection, limit: int, seal: Seal) -> tuple[OutboxMessage, ...]:
    """Those tried least first, so that messages that never get through do not fill the row of those that may go."""
    return tuple(_message(row, seal) for row in db.execute(_FREE_TO_GO, (limit,)).fetchall())


def count_waiting(db: Connection) -> int:
    count: int = db.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0]
    return count


def waits(db: Connection, kind: OutboxKind, ref: str) -> bool:
    sql = "SELECT 1 FROM outbox WHERE kind = ? AND ref = ? AND state = 'waiting'"
    return db.execute(sql, (kind.value, ref)).fetchone() is not None


def finish(db: Connection, seq: int, state: OutboxState, at: str) -> tuple[OutboxKind, str] | None:
    """Ends a waiting message and forgets its body; its kind and what it was about, or None when it had ended."""
    ended = db.execute(
        """UPDATE outbox SET state = ?, body = CASE ? WHEN 'done' THEN x'' ELSE body END, changed_at = ?
            WHERE seq = ? AND state = 'waiting' RETURNING kind, ref""",
        (state.value, state.value, at, seq),
    ).fetchall()
    return (OutboxKind(ended[0][0]), ended[0][1]) if ended else None


def send_again(db: Connection, kind: OutboxKind, ref: str, at: str) -> None:
    """A message that was delivered waits once more, as if it had never been tried."""
    db.execute(
        "UPDATE outbox SET state = 'waiting', tries = 0, changed_at = ? WHERE kind = ? AND ref = ? AND state = 'done'",
        (at, kind.value, ref),
    )


def send_all_again(db: Connection, kind: OutboxKind, since: str, at: str) -> None:
    """All messages of a kind that were delivered since then wait once more."""
    db.execute(
        """UPDATE outbox SET state = 'waiting', tries = 0, changed_at = ?
            WHERE kind = ? AND changed_at >= ? AND state = 'done'""",
        (at, kind.value, since),
    )


def count_try(db: Connection, seq: int, at: str) -> None:
    db.execute("UPDATE outbox SET tries = tries + 1, changed_at = ? WHERE seq = ?", (at, seq))


def _message(row: tuple[Any, ...], seal: Seal) -> OutboxMessage:
    seq, kind, ref, bill, account, body, tries, state = row
    lane = f"account:{account}" if account else f"bill:{bill}"
    try:
        text = seal.open(body) if body else ""
    except SealBrokenError:
        text = ""
    return OutboxMessage(seq, OutboxKind(kind), ref, lane, text, tries, OutboxState(state))
