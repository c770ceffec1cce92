"""Tells the truth after a crash: what was saved, what the bank took, what was reserved, and where the cashier goes on.

The order is redemption.md, "Till": drafts of saved bills go first, whatever money stands on them; then the terminal is
asked about every attempt that is not plain; a draft with money is resumed at payment with its holds, to be finished or
refunded; the draft in hand without is offered again and its points are given back; bills that were set aside wait in
their list. A redemption that was asked for and has no
money behind it is presumed aborted: no bill means void. Every step writes down what it found, so that a crash in the
middle of it only begins it again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from tukar.domain.receipt import Receipt
from tukar.domain.redemption import NO_ACCOUNT, HoldAnswer, HoldState, RedemptionState
from tukar.domain.stored_value import is_value
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.deadlines import deadlines_of
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import (
    AttemptState,
    Deadline,
    DiskTrouble,
    Draft,
    PaymentAttempt,
    RedemptionRow,
    Refused,
    ReviewItem,
    TerminalAnswer,
    TerminalOutcome,
    Unreachable,
)
from tukar.till.rows import LIVE
from tukar.till.terminals import Terminals, after, tender_of
from tukar.till.unfinished_refunds import settle_refunds

TOLD_WITHIN: Final = timedelta(minutes=15)
"""A bill saved this short a time before the start is named: its customer may still stand there without a receipt."""

_ASK: Final = (AttemptState.OPEN, AttemptState.UNKNOWN)
_NOT_TAKEN: Final = (TerminalOutcome.DECLINED, TerminalOutcome.CANCELLED)


@dataclass(frozen=True, slots=True)
class Resumable:
    """A bill to go on with. ``rows`` are its holds; ``unclear`` a payment that nobody knows the end of."""

    draft: Draft
    rows: tuple[RedemptionRow, ...] = ()
    unclear: PaymentAttempt | None = None

    @property
    def has_money(self) -> bool:
        return bool(self.draft.tenders) or self.unclear is not None


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was found: the bill to take up, others that were set aside, and everything the cashier must know."""

    resume: Resumable | None = None
    aside: tuple[Draft, ...] = ()
    notices: tuple[Notice, ...] = ()


class Recovery:
    """One look at the journal before the till sells. ``look`` blocks: it asks terminal and backend."""

    def __init__(self, gear: Gear, terminals: Terminals) -> None:
        self._gear = gear
        self._terminals = terminals
        self._notices: list[Notice] = []

    def start(self, found: Callable[[Recovered], None], failed: Callable[[DiskTrouble], None]) -> None:
        """Looks in the background; ``found`` on the caller's thread."""
        self._gear.background.run(self.look, found, lambda trouble: _told(trouble, failed))

    def look(self) -> Recovered:
        """Puts journal, terminal and backend in order and says what was found. Raises DiskTrouble."""
        self._notices = []
        drafts = [draft for draft in self._gear.journal.drafts() if not self._was_saved(draft)]
        bills = [self._sort_out(draft) for draft in drafts]
        drafted = {draft.bill.bill_id for draft in drafts}
        self._drop_strays(drafted)
        self._ask_about_strays(drafted)
        self._notices.extend(settle_refunds(self._gear))
        in_hand = (bill for bill in bills if not bill.draft.held)
        resume = next((bill for bill in bills if bill.has_money), None) or next(in_hand, None)
        if resume is None:
            self._name_last_bill()
        else:
            say = Say.BILL_RESUMED_PAID if resume.has_money else Say.BILL_RESUMED
            tenders = resume.draft.tenders
            paid = resume.draft.bill.currency.total(tender.amount for tender in tenders) if tenders else None
            self._notices.insert(0, Notice(say, money=paid, count=len(resume.draft.bill.lines)))
        aside = tuple(bill.draft for bill in bills if bill is not resume)
        return Recovered(resume, aside, tuple(self._notices))

    # Drafts

    def _was_saved(self, draft: Draft) -> bool:
        saved = self._gear.journal.receipt(draft.bill.bill_id)
        if saved is None:
            return False
        self._gear.journal.delete_draft(draft.bill.bill_id)
        self._name(saved)
        return True

    def _name_last_bill(self) -> None:
        for receipt in self._gear.journal.recent_receipts(1):
            if self._gear.clock.now() - receipt.at < TOLD_WITHIN:
                self._name(receipt)

    def _name(self, receipt: Receipt) -> None:
        told = any(notice.say is Say.BILL_WAS_SAVED for notice in self._notices)
        if not told:
            self._notices.append(Notice(Say.BILL_WAS_SAVED, text=receipt.number.short, money=receipt.total))

    def _sort_out(self, draft: Draft) -> Resumable:
        rows = [row for row in self._gear.journal.redemptions(draft.bill.bill_id) if row.state in LIVE]
        standing, rows = self._values(draft, rows)
        sorted_out, unclear = self._money(standing)
        if sorted_out != draft:
            self._gear.journal.save_draft(sorted_out)
        bill = Resumable(sorted_out, (), unclear)
        if not bill.has_money:
            self._drop(rows)
            return bill
        return replace(bill, rows=self._holds(rows))

    # Money

    def _values(self, draft: Draft, rows: list[RedemptionRow]) -> tuple[Draft, list[RedemptionRow]]:
        """Stored value is a tender only with its hold, and a hold of it is kept only with its tender."""
        held = {row.redemption_id for row in rows if row.state is RedemptionState.HELD and is_value(row.programme_id)}
        tenders = tuple(one for one in draft.tenders if one.value is None or one.value.redemption_id in held)
        paid = {one.value.redemption_id for one in tenders if one.value is not None}
        self._drop(row for row in rows if is_value(row.programme_id) and row.redemption_id not in paid)
        kept = [row for row in rows if not is_value(row.programme_id) or row.redemption_id in paid]
        return replace(draft, tenders=tenders), kept

    def _money(self, draft: Draft) -> tuple[Draft, PaymentAttempt | None]:
        """The draft with the tenders that really stand, and the attempt that stays unclear."""
        tenders = {tender.tender_id: tender for tender in draft.tenders}
        unclear: list[PaymentAttempt] = []
        for attempt in self._gear.journal.attempts(draft.bill.bill_id):
            self._attempt(attempt, tenders, unclear)
        for another in unclear[1:]:
            self._set_aside(another)
        standing = tuple(tenders.values())
        at_payment = draft.at_payment or bool(standing) or bool(unclear)
        return replace(draft, tenders=standing, at_payment=at_payment), unclear[0] if unclear else None

    def _attempt(self, attempt: PaymentAttempt, tenders: dict[str, Tender], unclear: list[PaymentAttempt]) -> None:
        shown = attempt.tender_id in tenders
        if attempt.state is not AttemptState.APPROVED and attempt.state not in _ASK:
            tenders.pop(attempt.tender_id, None)
            return
        answer = self._query(attempt)
        if attempt.state is AttemptState.APPROVED and shown and answer.outcome not in _NOT_TAKEN:
            return
        now = after(attempt, answer)
        if now != attempt:
            self._gear.journal.record_attempt(now)
        if answer.outcome is TerminalOutcome.APPROVED:
            tenders[now.tender_id] = tender_of(now, self._gear)
            self._notices.append(Notice(Say.CARD_APPROVED_AFTER_ALL, money=now.amount, text=now.label))
        elif answer.outcome is TerminalOutcome.UNKNOWN:
            unclear.append(now)
            self._notices.append(Notice(Say.CARD_UNKNOWN, Level.DANGER, money=now.amount))
        else:
            tenders.pop(now.tender_id, None)
            self._notices.append(Notice(Say.CARD_CANCELLED, Level.WARN, money=now.amount))

    def _query(self, attempt: PaymentAttempt) -> TerminalAnswer:
        try:
            return self._terminals.of(PaymentMode(attempt.mode)).query(attempt.reference)
        except (Refused, Unreachable, LookupError):
            return TerminalAnswer(TerminalOutcome.UNKNOWN, attempt.reference)

    def _ask_about_strays(self, drafted: set[str]) -> None:
        """Payments whose end the disk did not take, of bills that are saved or gone."""
        for attempt in self._gear.journal.unsettled_attempts():
            if attempt.bill_id in drafted:
                continue
            now = after(attempt, self._query(attempt))
            self._gear.journal.record_attempt(now)
            saved = self._gear.journal.receipt(now.bill_id)
            is_billed = saved is not None and any(tender.tender_id == now.tender_id for tender in saved.tenders)
            if now.state in (*_ASK, AttemptState.APPROVED) and not is_billed:
                self._set_aside(now)

    def _set_aside(self, attempt: PaymentAttempt) -> None:
        story = f"{attempt.mode} {attempt.amount.decimal()} under reference {attempt.reference}: no clear answer"
        item_id = f"payment:{attempt.tender_id}"
        at = self._gear.clock.now()
        self._gear.journal.add_review_item(ReviewItem(item_id, "payment_unclear", attempt.bill_id, at, story))

    # Points

    def _holds(self, rows: list[RedemptionRow]) -> tuple[RedemptionRow, ...]:
        """The holds of a bill with money on it.

        What was being asked is looked up: a hold that took another's place does so here too; else it is given back,
        and the other one must be asked for again before it is relied on.
        """
        held = {row.redemption_id: row for row in rows if row.state is RedemptionState.HELD}
        for row in rows:
            if row.state is RedemptionState.HELD:
                continue
            answer, sent_at = self._look_up(row) if row.state is RedemptionState.ASKED else (None, 0.0)
            older = held.pop(row.replaces, None)
            if answer is not None and answer.state is HoldState.HELD:
                held[row.redemption_id] = self._granted(row, answer, sent_at)
                self._drop([older] if older else [])
            else:
                self._drop([row])
                if older is not None:
                    held[older.redemption_id] = self._lapsed(older)
        return tuple(held.values())

    def _look_up(self, row: RedemptionRow) -> tuple[HoldAnswer | None, float]:
        sent_at = self._gear.clock.monotonic()
        try:
            return self._gear.backend.redemption(row.redemption_id), sent_at
        except (Refused, Unreachable):
            return None, sent_at

    def _granted(self, row: RedemptionRow, answer: HoldAnswer, sent_at: float) -> RedemptionRow:
        held_until, commit_by = deadlines_of(self._gear, sent_at, answer)
        held = replace(
            row,
            state=RedemptionState.HELD,
            need=answer.points,
            proof=answer.proof,
            held_until=held_until,
            commit_by=commit_by,
        )
        self._gear.journal.move_redemption(row.state, held)
        return held

    def _lapsed(self, row: RedemptionRow) -> RedemptionRow:
        passed = Deadline(self._gear.clock.boot_id, 0.0)
        lapsed = replace(row, held_until=passed, commit_by=passed)
        self._gear.journal.move_redemption(row.state, lapsed)
        return lapsed

    def _drop(self, rows: Iterable[RedemptionRow]) -> None:
        for row in rows:
            dropped = replace(row, state=RedemptionState.DROPPED, note="till restarted")
            self._gear.journal.move_redemption(row.state, dropped)
            if is_value(row.programme_id):
                self._notices.append(Notice(Say.VALUE_RETURNING, money=row.amount))
            elif row.state is not RedemptionState.CHALLENGED and row.programme_id != NO_ACCOUNT:
                self._notices.append(Notice(Say.POINTS_RETURNING, points=row.need))

    def _drop_strays(self, drafted: set[str]) -> None:
        """Redemptions of bills that left neither draft nor receipt."""
        live = [row for row in self._gear.journal.unfinished_redemptions() if row.state in LIVE]
        self._drop(row for row in live if row.bill_id not in drafted)


def _told(trouble: Exception, failed: Callable[[DiskTrouble], None]) -> None:
    if not isinstance(trouble, DiskTrouble):
        raise trouble
    failed(trouble)
