"""A journal in memory that keeps the promises of the real one, with a point to fail or die at around every write."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from tests.fakes.clock import FakeClock
from tests.fakes.shift_book import FakeShiftBook
from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptNumber, ReceiptOffer
from tukar.domain.redemption import HOLDS, BillAnswer, Outcome, RedemptionState, checked_move
from tukar.till.ports import (
    AttemptState,
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
    StaleRowError,
)

_S = RedemptionState
_PAYABLE = (RefundState.ACCEPTED, RefundState.PAYING)
OPEN_STATES = (_S.QUOTED, _S.CHALLENGED, _S.ASKED, _S.HELD)

Point = Callable[[str], None]


class FakeJournal:
    """``ports.Journal``. ``point`` is called with a name before and after every write: a test dies or counts there.

    ``trouble`` makes the next writes fail as a disk does, with nothing changed.
    """

    def __init__(self, clock: FakeClock, point: Point = lambda _: None) -> None:
        self.clock = clock
        self.point = point
        self.trouble: DiskTrouble | None = None
        self.written: list[str] = []
        self._drafts: dict[str, Draft] = {}
        self.rows: dict[str, RedemptionRow] = {}
        self.settled_at: dict[str, datetime] = {}
        self._attempts: dict[str, PaymentAttempt] = {}
        self.saved: dict[str, Receipt] = {}
        self.outbox: dict[int, OutboxMessage] = {}
        self._accounts: dict[int, tuple[str, str]] = {}
        self.items: dict[str, ReviewItem] = {}
        self.trail: list[tuple[str, str, str, str]] = []
        self.offers: dict[str, dict[OfferKey, ReceiptOffer]] = {}
        self.enrolments: dict[str, Enrolment] = {}
        self.refunds: dict[str, RefundRow] = {}
        self.shifts = FakeShiftBook(self)

    # Drafts

    def save_draft(self, draft: Draft) -> None:
        with self._write("save_draft"):
            if draft.bill.bill_id not in self.saved:
                self._drafts[draft.bill.bill_id] = draft

    def drafts(self) -> tuple[Draft, ...]:
        return tuple(reversed(self._drafts.values()))

    def delete_draft(self, bill_id: str) -> None:
        with self._write("delete_draft"):
            self._drafts.pop(bill_id, None)

    # Redemptions

    def add_redemption(self, row: RedemptionRow) -> None:
        with self._write(f"add_redemption:{row.state}"):
            if row.redemption_id in self.rows:
                raise StaleRowError(row.redemption_id)
            self.rows[row.redemption_id] = row

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        with self._write(f"move_redemption:{row.state}"):
            checked_move(old, row.state)
            if self.rows[row.redemption_id].state is not old:
                raise StaleRowError(row.redemption_id)
            self.rows[row.redemption_id] = row
            if row.state is _S.DROPPED:
                self._queue(OutboxKind.VOID, row.redemption_id, row.bill_id, row.member_id)

    def redemptions(self, bill_id: str) -> tuple[RedemptionRow, ...]:
        return tuple(row for row in self.rows.values() if row.bill_id == bill_id)

    def unfinished_redemptions(self) -> tuple[RedemptionRow, ...]:
        unfinished = (*OPEN_STATES, _S.BILLED, _S.DROPPED)
        return tuple(row for row in self.rows.values() if row.state in unfinished)

    def points_on_trust(self, began: Deadline, since: datetime, bill_id: str, programme_id: str) -> Fraction:
        def counts(row: RedemptionRow) -> bool:
            if (row.bill_id, row.programme_id) == (bill_id, programme_id) or not row.on_trust:
                return False
            asked, told = row.asked_at, self.settled_at.get(row.redemption_id, since) > since
            lately = asked is not None and asked.boot_id == began.boot_id and asked.at > began.at
            return row.state in (_S.HELD, _S.BILLED) or (row.state in (_S.SETTLED, _S.REVIEW) and (told or lately))

        return sum((row.need.exact() for row in self.rows.values() if counts(row)), Fraction(0))

    # Money

    def record_attempt(self, attempt: PaymentAttempt) -> None:
        with self._write(f"record_attempt:{attempt.state}"):
            old = self._attempts.get(attempt.tender_id)
            if old is not None and old.state is AttemptState.APPROVED:
                assert attempt.state in (AttemptState.APPROVED, AttemptState.REFUNDED)
            self._attempts[attempt.tender_id] = attempt

    def attempts(self, bill_id: str) -> tuple[PaymentAttempt, ...]:
        return tuple(attempt for attempt in self._attempts.values() if attempt.bill_id == bill_id)

    def unsettled_attempts(self) -> tuple[PaymentAttempt, ...]:
        asked = (AttemptState.OPEN, AttemptState.UNKNOWN)
        return tuple(attempt for attempt in self._attempts.values() if attempt.state in asked)

    # Goods on their way back

    def add_refund(self, row: RefundRow) -> None:
        with self._write(f"add_refund:{row.state}"):
            self.refunds[row.refund_id] = row

    def move_refund(self, old: RefundState, row: RefundRow) -> None:
        with self._write(f"move_refund:{row.state}"):
            if self.refunds[row.refund_id].state is not old:
                raise StaleRowError(row.refund_id)
            self.refunds[row.refund_id] = row
            if row.state is RefundState.DROPPED:
                self._queue(OutboxKind.REFUND_VOID, row.refund_id, row.bill_id, "")

    def unfinished_refunds(self) -> tuple[RefundRow, ...]:
        asked = (RefundState.ASKED, RefundState.ACCEPTED, RefundState.PAYING)
        return tuple(row for row in self.refunds.values() if row.state in asked)

    def returns_of(self, bill_id: str) -> tuple[Receipt, ...]:
        return tuple(kept for kept in self.saved.values() if kept.returns and kept.returns == bill_id)

    def bill_waits(self, bill_id: str) -> bool:
        asked = (OutboxKind.BILL, bill_id, OutboxState.WAITING)
        return any((one.kind, one.ref, one.state) == asked for one in self.outbox.values())

    # Bills

    def save_bill(self, receipt: Receipt) -> Receipt:
        if receipt.bill_id in self.saved:
            return self.saved[receipt.bill_id]
        with self._write("save_bill"):
            offers = tuple(self.offers.get(receipt.bill_id, {}).values())
            stored = replace(receipt, number=replace(receipt.number, n=len(self.saved) + 1), offers=offers)
            for redemption_id in receipt.holds:
                row = self.rows[redemption_id]
                if row.state is not _S.HELD or row.bill_id != receipt.bill_id:
                    raise StaleRowError(row.redemption_id)
            for redemption_id in receipt.holds:
                self._to(redemption_id, _S.BILLED)
            for row in self.redemptions(receipt.bill_id):
                if row.state in OPEN_STATES:
                    self._to(row.redemption_id, _S.DROPPED)
                    self._queue(OutboxKind.VOID, row.redemption_id, row.bill_id, row.member_id)
            refund = self.refunds.get(receipt.bill_id)
            if receipt.kind is ReceiptKind.RETURN and refund is not None:
                if refund.state not in (RefundState.ACCEPTED, RefundState.PAYING):
                    raise StaleRowError(refund.refund_id)
                self.refunds[refund.refund_id] = replace(refund, state=RefundState.PAID)
            self.saved[receipt.bill_id] = stored
            self.shifts.sold(stored)
            member = receipt.customer.member_id if receipt.customer else ""
            self._queue(OutboxKind.BILL, receipt.bill_id, receipt.bill_id, member)
        self.point("before:forget_draft")
        self._drafts.pop(receipt.bill_id, None)
        return stored

    def save_exchange(self, receipt: Receipt, back: Receipt | None) -> tuple[Receipt, Receipt | None]:
        if back is not None and back.bill_id not in self.saved and self.refunds[back.bill_id].state not in _PAYABLE:
            raise StaleRowError(back.bill_id)
        stored = self.save_bill(receipt)
        return stored, None if back is None else self.save_bill(back)

    def receipt(self, bill_id: str) -> Receipt | None:
        return self.saved.get(bill_id)

    def receipt_by_number(self, number: str) -> Receipt | None:
        return next((kept for kept in self.saved.values() if number in (str(kept.number), kept.number.short)), None)

    def recent_receipts(self, limit: int = 50) -> tuple[Receipt, ...]:
        return tuple(reversed(self.saved.values()))[:limit]

    def next_number(self) -> str:
        return str(ReceiptNumber("SHOP", "T1", 1, len(self.saved) + 1))

    # Outbox

    def put_enrolment(self, enrolment: Enrolment) -> None:
        with self._write("put_enrolment"):
            self.enrolments[enrolment.member_id] = enrolment
            self._queue(OutboxKind.ENROL, enrolment.member_id, "", enrolment.member_id)

    def waiting(self, limit: int = 100) -> tuple[OutboxMessage, ...]:
        waiting = [one for one in self.outbox.values() if one.state is OutboxState.WAITING]
        free = [one for one in waiting if not any(self._before(earlier, one) for earlier in waiting)]
        return tuple(sorted(free, key=lambda one: (one.tries, one.seq))[:limit])

    def waiting_count(self) -> int:
        return sum(one.state is OutboxState.WAITING for one in self.outbox.values())

    def acknowledge(self, seq: int, answer: BillAnswer | None = None) -> None:
        with self._write("acknowledge"):
            message = self.outbox[seq]
            self.outbox[seq] = replace(message, state=OutboxState.DONE)
            if message.kind is OutboxKind.VOID and self.rows[message.ref].state is _S.DROPPED:
                self._to(message.ref, _S.CLOSED)
            if message.kind is OutboxKind.BILL and answer is not None:
                outcomes = {part.ref: part.outcome for part in answer.parts if part.part in HOLDS}
                for row in self.redemptions(message.ref):
                    if row.state is _S.BILLED:
                        done = outcomes.get(row.redemption_id) is Outcome.DONE
                        self._to(row.redemption_id, _S.SETTLED if done else _S.REVIEW)

    def set_aside(self, seq: int, story: str) -> None:
        with self._write("set_aside"):
            message = self.outbox[seq]
            self.outbox[seq] = replace(message, state=OutboxState.REVIEW)
            item_id = f"outbox:{seq}"
            self.items[item_id] = ReviewItem(item_id, message.kind.value, message.ref, self.clock.now(), story)

    def count_try(self, seq: int) -> None:
        with self._write("count_try"):
            self.outbox[seq] = replace(self.outbox[seq], tries=self.outbox[seq].tries + 1)

    # For the manager

    def add_review_item(self, item: ReviewItem) -> None:
        with self._write("add_review_item"):
            self.items.setdefault(item.item_id, item)

    def review_items(self) -> tuple[ReviewItem, ...]:
        return tuple(self.items.values())

    def record_offer(self, bill_id: str, key: OfferKey, outcome: PromotionOutcome, note: str = "") -> None:
        with self._write("record_offer"):
            told = self.offers.setdefault(bill_id, {})
            if outcome is not PromotionOutcome.OPEN or key not in told:
                told[key] = ReceiptOffer(key, outcome, note)

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None:
        with self._write("audit"):
            self.trail.append((actor, action, ref, detail))

    def close(self) -> None:
        pass

    @contextmanager
    def _write(self, name: str) -> Iterator[None]:
        self.point(f"before:{name}")
        if self.trouble is not None:
            raise self.trouble
        yield
        self.written.append(name)
        self.point(f"after:{name}")

    def _to(self, redemption_id: str, state: RedemptionState) -> None:
        row = self.rows[redemption_id]
        self.rows[redemption_id] = replace(row, state=checked_move(row.state, state))
        self.settled_at[redemption_id] = self.clock.now()

    def queue_shift(self, shift_id: str) -> None:
        self._queue(OutboxKind.SHIFT, shift_id, "", "")

    def write(self, name: str) -> AbstractContextManager[None]:
        """Around a write of a book that is kept beside the bills."""
        return self._write(name)

    def _queue(self, kind: OutboxKind, ref: str, bill_id: str, account: str) -> None:
        if any((one.kind, one.ref) == (kind, ref) for one in self.outbox.values()):
            return
        seq = len(self.outbox) + 1
        self.outbox[seq] = OutboxMessage(seq, kind, ref, account or bill_id, "")
        self._accounts[seq] = (bill_id, account)

    def _before(self, earlier: OutboxMessage, message: OutboxMessage) -> bool:
        bill, account = self._accounts[message.seq]
        other_bill, other_account = self._accounts[earlier.seq]
        together = (bill and bill == other_bill) or (account and account == other_account)
        return earlier.seq < message.seq and bool(together)
