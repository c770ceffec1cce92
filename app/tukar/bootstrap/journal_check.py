"""Looks at a till's journal as a doctor does: whether the file is whole and its rows keep the invariants."""

from collections.abc import Iterator
from dataclasses import dataclass

from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.local import attempts, audit, receipts
from tukar.local.disk import Connection
from tukar.local.journal import SqliteJournal

_ANSWERED = ("billed", "settled", "review")
"""States of a redemption that a saved bill may show."""

_DELIVERED = """SELECT bill_id FROM receipts WHERE NOT training AND bill_id NOT IN
    (SELECT ref FROM outbox WHERE kind = 'bill' AND state <> 'done')"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not in order: the invariant it breaks, where, and what it looks like to a person."""

    invariant: str
    where: str
    story: str


@dataclass(frozen=True, slots=True)
class JournalState:
    """What was found, and what simply is: bills saved, messages that wait, items that wait for a manager."""

    findings: tuple[Finding, ...]
    bills: int
    unsent: int
    to_review: int
    delivered: frozenset[str] = frozenset()
    """Bills that the backend must have: all but those that wait and those of practice."""


def examine_journal(journal: SqliteJournal) -> JournalState:
    """Reads the whole journal; nothing is changed. Raises DiskTrouble when it cannot be read."""
    kept = {draft.bill.bill_id for draft in journal.drafts()}
    items = {item.ref for item in journal.review_items()}
    with journal.inspect() as db:
        findings = (
            *_file(db),
            *_numbers(db),
            *_sums(db),
            *_redemptions(db),
            *_money(db, kept | items),
            *_audit(db),
        )
        bills: int = db.execute("SELECT count(*) FROM receipts").fetchone()[0]
        delivered = frozenset(row[0] for row in db.execute(_DELIVERED).fetchall())
    return JournalState(findings, bills, journal.waiting_count(), len(items), delivered)


def _file(db: Connection) -> Iterator[Finding]:
    for (line,) in db.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield Finding("file", "journal.sqlite3", str(line))


def _numbers(db: Connection) -> Iterator[Finding]:
    """I5: no gap in the numbers of one till and epoch."""
    rows = db.execute("SELECT series, count(*), min(n), max(n) FROM receipts GROUP BY series").fetchall()
    for series, count, first, last in rows:
        if first != 1 or last != count:
            yield Finding("I5", series, f"numbers {first} to {last} are there, but only {count} bills")


def _sums(db: Connection) -> Iterator[Finding]:
    """I10: a bill is the sum of its lines less its discounts, never below zero on a sale, and paid for."""
    # By row number, so that no more than one bill is in memory at a time.
    last = 0
    while row := db.execute(
        "SELECT rowid, bill_id FROM receipts WHERE rowid > ? ORDER BY rowid LIMIT 1", (last,)
    ).fetchone():
        last, bill_id = row
        receipt = receipts.by_bill(db, bill_id)
        if receipt is not None:
            yield from (Finding("I10", str(receipt.number), story) for story in _wrong_sums(receipt))


def _wrong_sums(receipt: Receipt) -> Iterator[str]:
    zero = receipt.currency.zero()
    gross = sum((line.gross for line in receipt.lines), zero)
    net = sum((line.net for line in receipt.lines), zero)
    if gross != receipt.before:
        yield f"its lines come to {gross}, it says {receipt.before}"
    if net != receipt.before - receipt.discount:
        yield f"its lines less discounts come to {net}, it says {receipt.before - receipt.discount}"
    for line in receipt.lines:
        off = sum((one.amount for one in line.discounts), zero)
        if line.gross - off != line.net:
            yield f"line {line.line_id} of {line.gross} less {off} is not {line.net}"
    if receipt.kind is ReceiptKind.SALE and receipt.total.minor < 0:
        yield f"it comes to {receipt.total}"


def _redemptions(db: Connection) -> Iterator[Finding]:
    """I6 on the till: a redemption that a saved bill shows was billed, and one that was billed has its bill."""
    rows = db.execute(
        "SELECT redemption_id, bill_id, state, EXISTS (SELECT 1 FROM receipts WHERE bill_id = r.bill_id) "
        "FROM redemptions AS r"
    ).fetchall()
    for redemption_id, bill_id, state, saved in rows:
        receipt = receipts.by_bill(db, bill_id) if saved else None
        shown = receipt is not None and any(one.redemption_id == redemption_id for one in receipt.redemptions)
        if shown and state not in _ANSWERED:
            yield Finding("I6", redemption_id, f"bill {bill_id} shows it, and it stands as {state}")
        if state in ("billed", "settled") and not shown:
            yield Finding("I6", redemption_id, f"it stands as {state}, and no saved bill shows it")


def _money(db: Connection, accounted_for: set[str]) -> Iterator[Finding]:
    """I15: money that the terminal approved belongs to a saved bill, a sale in hand, or an item of review."""
    for attempt in attempts.approved_without_bill(db):
        if not {attempt.bill_id, attempt.tender_id} & accounted_for:
            yield Finding(
                "I15", attempt.tender_id, f"{attempt.amount} was taken for bill {attempt.bill_id}, which is gone"
            )


def _audit(db: Connection) -> Iterator[Finding]:
    """I11: the audit chain verifies."""
    broken = audit.first_broken(db)
    if broken is not None:
        yield Finding("I11", f"audit row {broken}", "it does not follow from the rows before it")
