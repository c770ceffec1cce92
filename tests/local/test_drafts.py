import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.conftest import Reopen
from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import AT, bill, receipt, rupiah, tender
from tukar.local.disk import Connection, open_file
from tukar.local.journal import DRAFTS_FILE, SqliteJournal
from tukar.local.receipts import Numbering
from tukar.till.ports import (
    AttemptState,
    DiskTrouble,
    Draft,
    PaymentAttempt,
    SetAside,
    StaleRowError,
)


def test_a_draft_survives_a_restart_whole(reopen: Reopen) -> None:
    draft = Draft(bill(), (tender(),), at_payment=True, cashier_id="c-1")
    reopen().save_draft(draft)
    assert reopen().drafts() == (draft,)


def test_a_bill_set_aside_waits_as_it_was_told_to_others(reopen: Reopen) -> None:
    aside = SetAside("held-2", AT, rupiah(110_000), 3, "Sari", replaces="held-1")
    draft = Draft(bill(), held_id="held-1", aside=aside)
    reopen().save_draft(draft)
    assert reopen().drafts() == (draft,)


def test_a_draft_that_changes_line_by_line_is_kept_as_it_stands(reopen: Reopen) -> None:
    whole = bill()
    first, *others = whole.lines
    changed = replace(first, quantity=first.quantity + first.quantity)
    journal = reopen()
    for lines in (whole.lines, (changed, *others), tuple(others), (*others, first), (*others, changed)):
        draft = Draft(replace(whole, lines=lines))
        journal.save_draft(draft)
        assert journal.drafts() == (draft,)


def test_the_last_word_of_a_draft_counts_and_the_latest_draft_is_first(
    journal: SqliteJournal, clock: FakeClock
) -> None:
    for bill_id in ("bill-1", "bill-2", "bill-1"):
        clock.advance(1)
        journal.save_draft(Draft(bill(bill_id)))
    assert [draft.bill.bill_id for draft in journal.drafts()] == ["bill-1", "bill-2"]


def test_a_draft_whose_bill_is_saved_is_deleted_whatever_its_tenders(journal: SqliteJournal, disk: FaultyDisk) -> None:
    journal.save_draft(Draft(bill(), (tender(),), at_payment=True))
    disk.fail_on("DELETE FROM drafts", sqlite_error(sqlite3.SQLITE_IOERR, "disk I/O error"))
    assert journal.save_bill(receipt()).number.n == 1
    disk.heal()
    assert journal.drafts() == ()


def test_a_word_about_a_sale_that_comes_after_its_save_is_ignored(journal: SqliteJournal) -> None:
    journal.save_bill(receipt())
    journal.save_draft(Draft(bill()))
    assert journal.drafts() == ()


def test_drafts_that_cannot_be_read_are_kept_and_told_of(reopen: Reopen, tmp_path: Path) -> None:
    journal = reopen()
    journal.save_bill(receipt("bill-9"))
    journal.save_draft(Draft(bill()))
    journal.close()
    (tmp_path / DRAFTS_FILE).write_bytes(b"not a database" * 1000)
    again = reopen()
    assert again.drafts() == ()
    assert (tmp_path / "drafts.damaged-1.sqlite3").read_bytes().startswith(b"not a database")
    assert [item.kind for item in again.review_items()] == ["drafts_damaged"]
    assert again.receipt("bill-9") is not None


def test_one_draft_that_cannot_be_read_leaves_the_others_and_is_told_of(reopen: Reopen, tmp_path: Path) -> None:
    journal = reopen()
    for bill_id in ("bill-1", "bill-2"):
        journal.save_draft(Draft(bill(bill_id)))
    journal.close()
    with sqlite3.connect(tmp_path / DRAFTS_FILE) as db:
        db.execute("UPDATE drafts SET body = '{\"bill\": 7}' WHERE bill_id = 'bill-1'")
    db.close()
    for _ in range(2):
        again = reopen()
        assert [draft.bill.bill_id for draft in again.drafts()] == ["bill-2"]
        assert [(item.kind, item.ref) for item in again.review_items()] == [("draft_unreadable", "bill-1")]


def attempt(state: AttemptState, tender_id: str = "tender-1") -> PaymentAttempt:
    return PaymentAttempt(tender_id, "bill-1", "card", rupiah(110_000), state, "ref-1", "Debit …4417")


def test_an_attempt_is_kept_with_its_last_state(journal: SqliteJournal) -> None:
    journal.record_attempt(attempt(AttemptState.OPEN))
    assert journal.unsettled_attempts() == (attempt(AttemptState.OPEN),)
    journal.record_attempt(attempt(AttemptState.APPROVED))
    assert journal.attempts("bill-1") == (attempt(AttemptState.APPROVED),)
    assert journal.unsettled_attempts() == ()


@pytest.mark.parametrize("late", [AttemptState.OPEN, AttemptState.DECLINED, AttemptState.UNKNOWN])
def test_money_that_was_taken_is_not_forgotten_by_a_late_word(journal: SqliteJournal, late: AttemptState) -> None:
    journal.record_attempt(attempt(AttemptState.APPROVED))
    with pytest.raises(StaleRowError):
        journal.record_attempt(attempt(late))
    assert journal.attempts("bill-1") == (attempt(AttemptState.APPROVED),)


def test_an_attempt_keeps_its_bill_and_amount(journal: SqliteJournal) -> None:
    journal.record_attempt(attempt(AttemptState.OPEN))
    with pytest.raises(StaleRowError):
        journal.record_attempt(replace(attempt(AttemptState.APPROVED), amount=rupiah(1)))


def test_the_draft_reaches_the_disk_before_the_attempt_is_opened(journal: SqliteJournal, disk: FaultyDisk) -> None:
    journal.save_draft(Draft(bill()))
    disk.statements.clear()
    journal.record_attempt(attempt(AttemptState.OPEN))
    synced = disk.statements.index("PRAGMA synchronous = FULL")
    written = next(i for i, sql in enumerate(disk.statements) if sql.startswith("INSERT INTO attempts"))
    assert synced < written


def test_a_draft_with_money_reaches_the_disk_in_its_own_commit(journal: SqliteJournal, disk: FaultyDisk) -> None:
    """And with it those before, so that an attempt that is opened then waits for no more of the drafts."""
    journal.save_draft(Draft(bill("bill-2")))
    disk.statements.clear()
    journal.save_draft(Draft(bill(), (tender(),), at_payment=True))
    journal.record_attempt(attempt(AttemptState.OPEN))
    told = [sql for sql in disk.statements if sql.startswith(("PRAGMA synchronous", "INSERT INTO drafts", "COMMIT"))]
    kept = next(sql for sql in told if sql.startswith("INSERT"))
    assert told == ["PRAGMA synchronous = FULL", kept, "COMMIT", "PRAGMA synchronous = NORMAL", "COMMIT"]


def test_a_second_file_of_drafts_that_cannot_be_read_is_kept_beside_the_first(reopen: Reopen, tmp_path: Path) -> None:
    for number in (1, 2):
        reopen().close()
        (tmp_path / DRAFTS_FILE).write_bytes(b"not a database" * 1000)
        assert len(reopen().review_items()) == number
    assert len(list(tmp_path.glob("drafts.damaged-*.sqlite3"))) == 2


def test_drafts_that_are_only_out_of_reach_keep_the_till_from_starting(tmp_path: Path) -> None:
    """Nothing is put aside that may be whole: the cashier is told instead."""
    within_reach: list[bool] = [False]

    def connect(path: Path) -> Connection:
        if path.name == DRAFTS_FILE and not within_reach[0]:
            raise sqlite_error(sqlite3.SQLITE_IOERR, "disk I/O error")
        return open_file(path)

    def start() -> SqliteJournal:
        numbering = Numbering("TOKO1", "T1", 1)
        return SqliteJournal(tmp_path, numbering, clock=FakeClock(), seal=PlainSeal(), connect=connect)

    with pytest.raises(DiskTrouble):
        start()
    within_reach[0] = True
    journal = start()
    assert (journal.drafts(), journal.review_items()) == ((), ())
    journal.close()


def test_the_log_of_the_drafts_is_moved_too(journal: SqliteJournal, tmp_path: Path) -> None:
    journal.save_draft(Draft(bill()))
    journal.checkpoint()
    alone = tmp_path / "alone.sqlite3"
    shutil.copy(tmp_path / DRAFTS_FILE, alone)
    with closing(sqlite3.connect(alone)) as db:
        assert db.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
