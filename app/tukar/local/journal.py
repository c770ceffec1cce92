"""The till's own durable record: ``ports.Journal`` over one SQLite file, and the drafts beside it."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Final

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.redemption import HOLDS, BillAnswer, Outcome, RedemptionState
from tukar.local import attempts, audit, buyers, offers, outbox, receipts, redemptions, refunds, review, schema, told
from tukar.local.audit import AuditHead
from tukar.local.columns import moment_text
from tukar.local.disk import Connect, Connection, Database, open_file
from tukar.local.drafts import Drafts
from tukar.local.outbox import Envelope, Seal
from tukar.local.receipts import Numbering
from tukar.local.shifts import SqliteShifts
from tukar.local.stored import enrolment_to_json
from tukar.till.ports import (
    AttemptState,
    Clock,
    Deadline,
    DiskTrouble,
    Draft,
    Enrolment,
    OutboxKind,
    OutboxMessage,
    OutboxState,
    PaymentAttempt,
    RedemptionRow,
    RefundRow,
    RefundState,
    ReviewItem,
)
from tukar.till.ports.records import Told

JOURNAL_FILE: Final = "journal.sqlite3"
DRAFTS_FILE: Final = "drafts.sqlite3"

_S = RedemptionState


def has_journal(folder: Path) -> bool:
    """Whether a till ever sold from this folder."""
    return (folder / JOURNAL_FILE).exists()


class SqliteJournal:
    """``ports.Journal`` in ``folder``; calls come from any thread and take turns.

    A method that returns has reached the disk, but for ``save_draft`` of a draft without money and ``delete_draft``.
    Raises DiskTrouble, at the start too: IN_USE when another program has the folder, DAMAGED when the journal is no
    longer readable. ``connect`` opens the files; tests and the simulation hand in disks that fail.
    """

    def __init__(
        self, folder: Path, numbering: Numbering, *, clock: Clock, seal: Seal, connect: Connect = open_file
    ) -> None:
        self.numbering = numbering
        """Of the next bill; see ``use_numbering``."""
        self._clock = clock
        self._seal = seal
        self._database = Database(folder / JOURNAL_FILE, schema.JOURNAL, connect=connect)
        try:
            self._drafts = Drafts(folder / DRAFTS_FILE, seal, connect)
        except DiskTrouble:
            self._database.close()
            raise
        self.shifts = SqliteShifts(self._database, self._now)
        self.use_numbering(numbering)
        if self._drafts.set_aside:
            story = f"The sales in hand could not be read and are kept in {self._drafts.set_aside}."
            item_id = f"drafts:{self._drafts.set_aside}"
            self.add_review_item(ReviewItem(item_id, "drafts_damaged", "", clock.now(), story))

    # --- drafts

    def save_draft(self, draft: Draft) -> None:
        """Keeps the sale in hand; a word that comes after its bill was saved is ignored."""
        with self._database.reading() as db:
            if receipts.is_saved(db, draft.bill.bill_id):
                return
        self._drafts.save(draft, self._now())

    def drafts(self) -> tuple[Draft, ...]:
        """Sales that were not finished, latest first; those whose bill is saved are deleted before anything else.

        One that cannot be read becomes an item and stays on the disk.
        """
        kept: list[Draft] = []
        for draft in self._drafts.all():
            with self._database.reading() as db:
                saved = receipts.is_saved(db, draft.bill.bill_id)
            if saved:
                self._drafts.delete(draft.bill.bill_id)
            else:
                kept.append(draft)
        for bill_id in self._drafts.unreadable():
            story = "A sale in hand could not be read after a restart. Its draft is kept."
            self.add_review_item(ReviewItem(f"draft:{bill_id}", "draft_unreadable", bill_id, self._clock.now(), story))
        return tuple(kept)

    def delete_draft(self, bill_id: str) -> None:
        self._drafts.delete(bill_id)

    # --- redemptions

    def add_redemption(self, row: RedemptionRow) -> None:
        with self._database.transaction() as db:
            redemptions.insert(db, row, self._now())

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        with self._database.transaction() as db:
            now = self._now()
            redemptions.move(db, old, row, now)
            if row.state is _S.DROPPED and old is not _S.DROPPED:
                outbox.put(db, _void(row), now)

    def redemptions(self, bill_id: str) -> tuple[RedemptionRow, ...]:
        with self._database.reading() as db:
            return redemptions.of_bill(db, bill_id)

    def unfinished_redemptions(self) -> tuple[RedemptionRow, ...]:
        with self._database.reading() as db:
            return redemptions.unfinished(db)

    def points_on_trust(self, began: Deadline, since: datetime, bill_id: str, programme_id: str) -> Fraction:
        with self._database.reading() as db:
            return redemptions.points_on_trust(db, began, moment_text(since), bill_id, programme_id)

    # --- money outside the drawer

    def record_attempt(self, attempt: PaymentAttempt) -> None:
        """Before an attempt is opened the drafts reach the disk, so that money taken finds its sale again."""
        if attempt.state is AttemptState.OPEN:
            self._drafts.sync()
        with self._database.transaction() as db:
            attempts.record(db, attempt, self._now())

    def attempts(self, bill_id: str) -> tuple[PaymentAttempt, ...]:
        with self._database.reading() as db:
            return attempts.of_bill(db, bill_id)

    def unsettled_attempts(self) -> tuple[PaymentAttempt, ...]:
        """Attempts of any bill whose outcome nobody knows yet: the terminal is asked about them after a crash."""
        with self._database.reading() as db:
            return attempts.unsettled(db)

    # --- goods on their way back

    def add_refund(self, row: RefundRow) -> None:
        with self._database.transaction() as db:
            refunds.insert(db, row, self._now())

    def move_refund(self, old: RefundState, row: RefundRow) -> None:
        with self._database.transaction() as db:
            now = self._now()
            refunds.move(db, old, row, now)
            if row.state is RefundState.DROPPED:
                outbox.put(db, Envelope(OutboxKind.REFUND_VOID, row.refund_id, bill=row.bill_id), now)

    def unfinished_refunds(self) -> tuple[RefundRow, ...]:
        with self._database.reading() as db:
            return refunds.unfinished(db)

    def returns_of(self, bill_id: str) -> tuple[Receipt, ...]:
        with self._database.reading() as db:
            found = receipts.returns_of(db, bill_id)
        return tuple(buyers.receipt_in_hand(receipt, self._seal) for receipt in found)

    def bill_waits(self, bill_id: str) -> bool:
        with self._database.reading() as db:
            return outbox.waits(db, OutboxKind.BILL, bill_id)

    # --- bills

    def save_bill(self, receipt: Receipt) -> Receipt:
        """The commit (redemption.md, principle 1). What the bill does not show is dropped with it, void and all."""
        return self.save_exchange(receipt, None)[0]

    def save_exchange(self, receipt: Receipt, back: Receipt | None) -> tuple[Receipt, Receipt | None]:
        """Sale and return in one commit: neither is ever there without the other."""
        with self._database.transaction() as db:
            now = self._now()
            stored = self._by_bill(db, receipt.bill_id) or self._insert_bill(db, receipt, now)
            returned = back and (self._by_bill(db, back.bill_id) or self._insert_bill(db, back, now))
        # The bill is safe; a draft that stays behind is deleted at the next start.
        with suppress(DiskTrouble):
            self._drafts.delete(receipt.bill_id)
        return stored, returned

    def _insert_bill(self, db: Connection, receipt: Receipt, now: str) -> Receipt:
        # From the row, not from memory: another thread may have begun a series since (``begin_series``).
        numbering = receipts.present_series(db, self.numbering)
        number = receipts.next_number(db, numbering, training=receipt.training)
        saved = replace(receipt, number=number, offers=offers.of_bill(db, receipt.bill_id))
        for redemption_id in saved.holds:
            redemptions.bill(db, redemption_id, saved.bill_id, now)
        for dropped in redemptions.drop_unbilled(db, saved.bill_id, now):
            outbox.put(db, _void(dropped), now)
        if saved.kind is ReceiptKind.RETURN:
            refunds.pay(db, saved.bill_id, now)
        receipts.insert(db, buyers.receipt_at_rest(saved, self._seal))
        if not saved.training:
            outbox.put(db, _of_bill(saved), now)
        audit.append(db, now, saved.cashier_id, "save_bill", saved.bill_id, f"{saved.number} {saved.total}")
        return saved

    def receipt(self, bill_id: str) -> Receipt | None:
        with self._database.reading() as db:
            return self._by_bill(db, bill_id)

    def receipt_by_number(self, number: str) -> Receipt | None:
        """By its whole number, or the short one that people say."""
        with self._database.reading() as db:
            found = receipts.by_number(db, number.strip().upper())
        return found and buyers.receipt_in_hand(found, self._seal)

    def recent_receipts(self, limit: int = 50) -> tuple[Receipt, ...]:
        with self._database.reading() as db:
            found = receipts.recent(db, limit)
        return tuple(buyers.receipt_in_hand(receipt, self._seal) for receipt in found)

    def next_number(self) -> str:
        with self._database.reading() as db:
            return str(receipts.next_number(db, self.numbering))

    # --- what waits to be sent

    def put_enrolment(self, enrolment: Enrolment) -> None:
        body = self._seal.seal(enrolment_to_json(enrolment))
        with self._database.transaction() as db:
            member = enrolment.member_id
            outbox.put(db, Envelope(OutboxKind.ENROL, member, account=member, body=body), self._now())

    def waiting(self, limit: int = 100) -> tuple[OutboxMessage, ...]:
        """Messages that may go now: no earlier one of the same bill or account waits before them."""
        with self._database.reading() as db:
            return outbox.free_to_go(db, limit, self._seal)

    def waiting_count(self) -> int:
        with self._database.reading() as db:
            return outbox.count_waiting(db)

    def acknowledge(self, seq: int, answer: BillAnswer | None = None) -> None:
        """Marks a message as delivered, with all that follows from it; a second acknowledgement changes nothing.

        A redemption that the backend's answer does not speak of goes to REVIEW.
        """
        with self._database.transaction() as db:
            now = self._now()
            delivered = outbox.finish(db, seq, OutboxState.DONE, now)
            if delivered is None:
                return
            kind, ref = delivered
            if kind is OutboxKind.BILL:
                self._settle(db, ref, answer, now)
            elif kind is OutboxKind.VOID:
                redemptions.change_state(db, ref, _S.DROPPED, _S.CLOSED, now)

    def _settle(self, db: Connection, bill_id: str, answer: BillAnswer | None, now: str) -> None:
        outcomes = {} if answer is None else {p.ref: p.outcome for p in answer.parts if p.part in HOLDS}
        for row in redemptions.of_bill(db, bill_id):
            if row.state is not _S.BILLED:
                continue
            outcome = Outcome.DONE if answer is None else outcomes.get(row.redemption_id)
            settled = outcome is Outcome.DONE
            redemptions.change_state(db, row.redemption_id, _S.BILLED, _S.SETTLED if settled else _S.REVIEW, now)
            if outcome is None:
                story = "The backend stored the bill and said nothing of what it held."
                self._put_item(db, f"{bill_id}:unanswered:{row.redemption_id}", "redemption", row.redemption_id, story)
        if answer is not None:
            for item in review.items_of(answer, self._clock.now()):
                review.put(db, item)
            _note_server(db, answer)

    def set_aside(self, seq: int, story: str) -> None:
        with self._database.transaction() as db:
            now = self._now()
            refused = outbox.finish(db, seq, OutboxState.REVIEW, now)
            if refused is None:
                return
            kind, ref = refused
            if kind is OutboxKind.BILL:
                for row in redemptions.of_bill(db, ref):
                    if row.state is _S.BILLED:
                        redemptions.change_state(db, row.redemption_id, _S.BILLED, _S.REVIEW, now)
            elif kind is OutboxKind.VOID:
                redemptions.change_state(db, ref, _S.DROPPED, _S.REVIEW, now)
            self._put_item(db, f"outbox:{seq}", kind.value, ref, story)

    def count_try(self, seq: int) -> None:
        with self._database.transaction() as db:
            outbox.count_try(db, seq, self._now())

    def server_seen(self) -> tuple[int, int]:
        """The backend's epoch and the highest sequence it has told this till: a lower one later is a restore."""
        with self._database.reading() as db:
            return _server_seen(db)

    # --- for the manager

    def add_review_item(self, item: ReviewItem) -> None:
        """Adds an item; one that is there already takes over how it was resolved, once."""
        with self._database.transaction() as db:
            review.put(db, item)

    def review_items(self) -> tuple[ReviewItem, ...]:
        """Those that nobody has resolved."""
        with self._database.reading() as db:
            return review.unresolved(db)

    def record_offer(self, bill_id: str, key: OfferKey, outcome: PromotionOutcome, note: str = "") -> None:
        with self._database.transaction() as db:
            offers.record(db, bill_id, key, outcome, note, self._now())

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None:
        with self._database.transaction() as db:
            audit.append(db, self._now(), actor, action, ref, detail)

    def audit_head(self) -> AuditHead:
        with self._database.reading() as db:
            return audit.head(db)

    # --- the series of numbers

    def spend_series(self, actor: str, action: str, ref: str) -> None:
        """Notes that numbers of this series may have been given out twice, and why: the next bill needs a new one."""
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO facts VALUES ('spent_series', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (str(self.numbering.epoch),),
            )
            audit.append(db, self._now(), actor, action, ref, f"epoch {self.numbering.epoch}")

    @property
    def series_spent(self) -> bool:
        """Whether the backend has to give a new series before the next bill."""
        with self._database.reading() as db:
            return db.execute("SELECT 1 FROM facts WHERE name = 'spent_series'").fetchone() is not None

    def begin_series(self, epoch: int) -> None:
        """The next bill gets a number of the series that the backend has given: this one, or a later one."""
        series = replace(self.numbering, epoch=epoch)
        with self._database.transaction() as db:
            db.execute("DELETE FROM facts WHERE name = 'spent_series'")
            receipts.begin_series(db, series)
        self.numbering = series

    def use_numbering(self, numbering: Numbering) -> None:
        """Whose numbers the next bill gets, as the settings say; a series of this till that began later goes on."""
        with self._database.reading() as db:
            self.numbering = receipts.present_series(db, numbering)

    @property
    def series_epoch(self) -> int:
        return self.numbering.epoch

    # --- upkeep

    def damage(self) -> str:
        """What SQLite finds broken in the file; empty when it is whole. Reads all of it, and saving waits meanwhile."""
        with self._database.reading() as db:
            found = [told for (told,) in db.execute("PRAGMA quick_check(3)").fetchall() if told != "ok"]
        return "; ".join(found)

    def told_since(self, moment: datetime) -> Told:
        """What the backend has acknowledged since ``moment``, to be compared with what it holds."""
        with self._database.reading() as db:
            return told.since(db, moment_text(moment))

    def send_again(self, bills: Collection[str], redemptions: Collection[str]) -> None:
        """Queues what was delivered before; the backend knows it by its id, or has lost it."""
        with self._database.transaction() as db:
            now = self._now()
            for kind, refs in ((OutboxKind.BILL, bills), (OutboxKind.VOID, redemptions)):
                for ref in refs:
                    outbox.send_again(db, kind, ref, now)

    def give_up_again(self, since: datetime) -> None:
        """Queues once more that returns were given up; a backend that was restored may think of them as agreed."""
        with self._database.transaction() as db:
            outbox.send_all_again(db, OutboxKind.REFUND_VOID, moment_text(since), self._now())

    def inspect(self) -> AbstractContextManager[Connection]:
        """Reads the journal as it lies there, for ``doctor`` and ``backup``; nobody writes meanwhile."""
        return self._database.reading()

    def copy_into(self, folder: Path) -> None:
        """Writes whole copies of journal and drafts, of one moment, where none are yet; saving waits meanwhile."""
        with self._database.reading() as db:
            # A bill that is saved drops its draft, so the draft must not be the later one of the two.
            self._drafts.copy_to(folder / DRAFTS_FILE)
            db.execute("VACUUM INTO ?", (str(folder / JOURNAL_FILE),))

    def queue_again(self, bill_ids: Iterable[str]) -> None:
        """Queues saved bills that the outbox has lost; the backend knows those it has by their ids."""
        with self._database.transaction() as db:
            now = self._now()
            for bill_id in bill_ids:
                receipt = receipts.by_bill(db, bill_id)
                if receipt is not None and not receipt.training:
                    outbox.put(db, _of_bill(receipt), now)

    def checkpoint(self) -> None:
        """Moves the logs into their files; for moments when nobody waits."""
        self._database.checkpoint()
        self._drafts.checkpoint()

    def close(self) -> None:
        self._drafts.close()
        self._database.close()

    def _by_bill(self, db: Connection, bill_id: str) -> Receipt | None:
        found = receipts.by_bill(db, bill_id)
        return found and buyers.receipt_in_hand(found, self._seal)

    def _now(self) -> str:
        return moment_text(self._clock.now())

    def _put_item(self, db: Connection, item_id: str, kind: str, ref: str, story: str) -> None:
        review.put(db, ReviewItem(item_id, kind, ref, self._clock.now(), story))


def _of_bill(receipt: Receipt) -> Envelope:
    account = "" if receipt.customer is None else receipt.customer.member_id
    return Envelope(OutboxKind.BILL, receipt.bill_id, bill=receipt.returns or receipt.bill_id, account=account)


def _void(row: RedemptionRow) -> Envelope:
    return Envelope(OutboxKind.VOID, row.redemption_id, bill=row.bill_id, account=row.member_id)


def _server_seen(db: Connection) -> tuple[int, int]:
    row = db.execute("SELECT value FROM facts WHERE name = 'server'").fetchone()
    if row is None:
        return 0, 0
    epoch, seq = row[0].split()
    return int(epoch), int(seq)


def _note_server(db: Connection, answer: BillAnswer) -> None:
    seen = max(_server_seen(db), (answer.epoch, answer.server_seq))
    text = f"{seen[0]} {seen[1]}"
    db.execute("INSERT INTO facts VALUES ('server', ?) ON CONFLICT DO UPDATE SET value = excluded.value", (text,))
