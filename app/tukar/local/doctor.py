"""What is wrong with this till's own record, and what only waits: findings with words, for a person to read.

The invariants are those of redemption.md as far as one till can see them: numbers without a gap (I5), one bill for
every redemption taken (I7), bills that add up (I10), the audit chain (I11), money that has a bill, a draft or an item
(I15). What the backend knows otherwise, the digest tells.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.tender import balance_due
from tukar.local import attempts, audit
from tukar.local.disk import Connection
from tukar.local.journal import SqliteJournal
from tukar.local.paths import free_bytes
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.upkeep import LITTLE_SPACE
from tukar.wire.receipts import receipt_from_json

_PAGE: Final = 500
_DELIVERED: Final = """SELECT bill_id FROM receipts WHERE NOT training AND bill_id NOT IN
    (SELECT ref FROM outbox WHERE kind = 'bill' AND state <> 'done')"""


class Weight(StrEnum):
    """Whether a finding is wrong, or only worth knowing."""

    WRONG = "wrong"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: by which rule, about what, and in words. ``mends`` says that ``repair`` puts it right."""

    rule: str
    ref: str
    words: str
    weight: Weight = Weight.WRONG
    mends: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What simply is: bills saved, messages that wait to be sent, items that wait for a manager."""

    bills: int
    unsent: int
    to_review: int


def counts(journal: SqliteJournal) -> Counts:
    with journal.inspect() as db:
        bills: int = db.execute("SELECT count(*) FROM receipts").fetchone()[0]
    return Counts(bills, journal.waiting_count(), len(journal.review_items()))


def delivered(journal: SqliteJournal) -> frozenset[str]:
    """Bills that the backend must have: all but those that wait, were refused or are of practice."""
    with journal.inspect() as db:
        rows = db.execute(_DELIVERED).fetchall()
    return frozenset(bill_id for (bill_id,) in rows)


def examine(journal: SqliteJournal, folder: Path | None = None, anchors: Collection[str] = ()) -> list[Finding]:
    """Everything found, wrong things first. ``anchors`` are hashes of the audit chain that the backend was sent."""
    try:
        found = _examined(journal, anchors)
    except DiskTrouble as trouble:
        if trouble.kind is not DiskTroubleKind.DAMAGED:
            raise
        return [_damage(trouble.detail)]
    if folder is not None:
        found += _space(folder, free_bytes(folder))
    return sorted(found, key=lambda finding: finding.weight is not Weight.WRONG)


def _examined(journal: SqliteJournal, anchors: Collection[str]) -> list[Finding]:
    drafts = {draft.bill.bill_id for draft in journal.drafts()}
    with journal.inspect() as db:
        damage = list(_integrity(db))
        if damage:
            return damage
        return [
            *_numbers(db), *_redemptions(db), *_unshown(db), *_bills(db), *_outbox(db), *_audit_chain(db, anchors),
            *_money(db, drafts), *_waiting(db, drafts),
        ]  # fmt: skip


def repair(journal: SqliteJournal) -> list[Finding]:
    """Puts right what can be put right without a person; tells what that was."""
    mended = [finding for finding in examine(journal) if finding.mends]
    journal.queue_again(finding.ref for finding in mended)
    return mended


def _damage(told: str) -> Finding:
    return Finding("integrity", "journal", f"The journal is damaged: {told}. Restore a back-up.")


def _integrity(db: Connection) -> Iterator[Finding]:
    for (told,) in db.execute("PRAGMA integrity_check(20)").fetchall():
        if told != "ok":
            yield _damage(told)


def _numbers(db: Connection) -> Iterator[Finding]:
    rows = db.execute("SELECT series, count(*), min(n), max(n) FROM receipts GROUP BY series").fetchall()
    for series, count, first, last in rows:
        if (first, last) != (1, count):
            yield Finding("I5", series, f"Numbers of {series} have a gap: {count} bills, from {first} to {last}.")


def _redemptions(db: Connection) -> Iterator[Finding]:
    without_bill = db.execute(
        """SELECT redemption_id FROM redemptions WHERE state IN ('billed', 'settled')
            AND NOT EXISTS (SELECT 1 FROM receipts WHERE receipts.bill_id = redemptions.bill_id)"""
    )
    for (ref,) in without_bill.fetchall():
        yield Finding("I7", ref, f"Points of redemption {ref} were taken for a bill that is not here.")
    shown = db.execute(
        """SELECT receipts.bill_id, json_extract(value, '$.redemption_id'), redemptions.state
            FROM receipts, json_each(receipts.body, '$.redemptions')
            LEFT JOIN redemptions ON redemptions.redemption_id = json_extract(value, '$.redemption_id')
            AND redemptions.bill_id = receipts.bill_id"""
    )
    for bill_id, ref, state in shown.fetchall():
        if state not in ("billed", "settled", "review"):
            told = "has no row" if state is None else f"is {state}"
            yield Finding("I7", ref, f"Bill {bill_id} shows points of redemption {ref}, which {told}.")
    held = db.execute(
        """SELECT redemption_id, bill_id FROM redemptions WHERE state IN ('quoted', 'challenged', 'asked', 'held')
            AND EXISTS (SELECT 1 FROM receipts WHERE receipts.bill_id = redemptions.bill_id)"""
    )
    for ref, bill_id in held.fetchall():
        yield Finding("I7", ref, f"Bill {bill_id} is saved and redemption {ref} of it still open.")


def _unshown(db: Connection) -> Iterator[Finding]:
    unshown = db.execute(
        """SELECT redemption_id, bill_id FROM redemptions WHERE state IN ('billed', 'settled') AND EXISTS
            (SELECT 1 FROM receipts WHERE receipts.bill_id = redemptions.bill_id AND NOT EXISTS
                (SELECT 1 FROM json_each(receipts.body, '$.redemptions')
                    WHERE json_extract(value, '$.redemption_id') = redemptions.redemption_id)
            AND NOT EXISTS (SELECT 1 FROM json_each(receipts.body, '$.tenders')
                    WHERE json_extract(value, '$.value.redemption_id') = redemptions.redemption_id))"""
    )
    for ref, bill_id in unshown.fetchall():
        yield Finding("I7", ref, f"What redemption {ref} held was taken, and its bill {bill_id} does not show it.")


def _bills(db: Connection) -> Iterator[Finding]:
    last = 0
    while rows := db.execute(
        "SELECT rowid, bill_id, body FROM receipts WHERE rowid > ? ORDER BY rowid LIMIT ?", (last, _PAGE)
    ).fetchall():
        for rowid, bill_id, body in rows:
            last = rowid
            try:
                receipt = receipt_from_json(body.encode())
            except ValueError as mistake:
                yield Finding("I10", bill_id, f"Bill {bill_id} cannot be read: {mistake}.")
            else:
                yield from _sums(receipt)


def _sums(receipt: Receipt) -> Iterator[Finding]:
    gross = receipt.currency.total(line.gross for line in receipt.lines)
    goods = receipt.currency.total(line.net for line in receipt.lines)
    off = receipt.currency.total(discount.amount for line in receipt.lines for discount in line.discounts)
    given = receipt.currency.total(redemption.amount for redemption in receipt.redemptions)
    number = receipt.number
    if gross != receipt.before:
        yield Finding("I10", receipt.bill_id, f"The prices on bill {number} do not add up to what it came to at first.")
    if goods != receipt.before - receipt.discount:
        yield Finding("I10", receipt.bill_id, f"The lines of bill {number} do not add up to its goods.")
    for line in receipt.lines:
        if line.gross - receipt.currency.total(discount.amount for discount in line.discounts) != line.net:
            told = f"Line {line.line_id} of bill {number} is not its price less its discounts."
            yield Finding("I10", receipt.bill_id, told)
    if off != receipt.discount:
        yield Finding("I10", receipt.bill_id, f"The discounts on the lines of bill {number} are not its discount.")
    if abs(given.minor) > abs(receipt.discount.minor):  # a return gives its discount back
        yield Finding("I10", receipt.bill_id, f"Bill {number} shows points for more than it took off.")
    if receipt.kind is ReceiptKind.SALE and receipt.total.minor < 0:
        yield Finding("I10", receipt.bill_id, f"Bill {number} is below zero.")
    if balance_due(receipt.total, receipt.tenders):
        yield Finding("I15", receipt.bill_id, f"The payments of bill {number} are not its total.")


def _outbox(db: Connection) -> Iterator[Finding]:
    lost = db.execute(
        """SELECT bill_id FROM receipts WHERE NOT training AND NOT EXISTS
            (SELECT 1 FROM outbox WHERE kind = 'bill' AND ref = receipts.bill_id)"""
    )
    for (bill_id,) in lost.fetchall():
        yield Finding("I8", bill_id, f"Bill {bill_id} was never queued for the backend.", mends=True)
    unsaid = db.execute(
        """SELECT redemption_id FROM redemptions WHERE state = 'dropped' AND NOT EXISTS
            (SELECT 1 FROM outbox WHERE kind = 'void' AND ref = redemptions.redemption_id)"""
    )
    for (ref,) in unsaid.fetchall():
        yield Finding("I8", ref, f"Redemption {ref} was dropped and the backend was never told.")


def _audit_chain(db: Connection, anchors: Collection[str]) -> Iterator[Finding]:
    broken = audit.first_broken(db)
    if broken is not None:
        yield Finding("I11", str(broken), f"The audit chain was changed at row {broken} or before.")
    lost = audit.lost_anchors(db, anchors)
    if lost and audit.restored(db):
        told = f"The backend knows {len(lost)} later rows of the audit than the back-up this till was restored from."
        yield Finding("I11", lost[-1][:12], told, Weight.WAITS)
    elif lost:
        told = f"The backend knows {len(lost)} rows of the audit that are not here: its end was cut off or re-written."
        yield Finding("I11", lost[-1][:12], told)


def _money(db: Connection, drafts: set[str]) -> Iterator[Finding]:
    items = {ref for (ref,) in db.execute("SELECT ref FROM review_items").fetchall()}
    for attempt in attempts.approved_without_bill(db):
        if attempt.bill_id not in drafts and not items & {attempt.bill_id, attempt.tender_id, attempt.reference}:
            told = f"{attempt.mode} took {attempt.amount} for bill {attempt.bill_id}, which is neither saved nor open."
            yield Finding("I15", attempt.tender_id, told)
    for attempt in attempts.unsettled(db):
        told = f"Nobody knows yet whether {attempt.mode} took {attempt.amount}. Ask the terminal."
        yield Finding("unsettled", attempt.tender_id, told, Weight.WAITS)


def _waiting(db: Connection, drafts: set[str]) -> Iterator[Finding]:
    count, oldest = db.execute("SELECT count(*), min(queued_at) FROM outbox WHERE state = 'waiting'").fetchone()
    if count:
        yield Finding(
            "unsent", str(count), f"{count} messages wait to be sent, the oldest since {oldest}.", Weight.WAITS
        )
    for item_id, story in db.execute("SELECT item_id, story FROM review_items WHERE resolved_by = ''").fetchall():
        yield Finding("review", item_id, f"A manager has to look: {story}", Weight.WAITS)
    open_rows = db.execute(
        "SELECT redemption_id, bill_id, state FROM redemptions WHERE state IN ('challenged', 'asked', 'held')"
    )
    for ref, bill_id, state in open_rows.fetchall():
        if bill_id not in drafts:
            told = f"Redemption {ref} is {state} and its sale is gone. The till drops it at its next start."
            yield Finding("unfinished", ref, told, Weight.WAITS)


def _space(folder: Path, free: int) -> list[Finding]:
    if free >= LITTLE_SPACE:
        return []
    told = f"Only {free // 2**20} MB are left on the disk. Make room before bills cannot be saved."
    return [Finding("space", str(folder), told, Weight.WAITS)]
