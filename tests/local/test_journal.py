import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.conftest import Reopen
from tests.local.faulty_disk import FaultyConnection, FaultyDisk, sqlite_error
from tests.local.samples import AT, bill, held, receipt
from tukar.domain.redemption import (
    RedemptionState,
)
from tukar.local.disk import Connection, Cursor, SqlValue, open_file, trouble_of
from tukar.local.journal import JOURNAL_FILE, SqliteJournal, has_journal
from tukar.local.receipts import Numbering
from tukar.till.ports import (
    DiskTrouble,
    DiskTroubleKind,
    Draft,
)

S = RedemptionState


FAILURES = [
    (sqlite3.SQLITE_FULL, DiskTroubleKind.FULL),
    (sqlite3.SQLITE_READONLY_DBMOVED, DiskTroubleKind.READ_ONLY),
    (sqlite3.SQLITE_IOERR_FSYNC, DiskTroubleKind.FAILED),
    (sqlite3.SQLITE_CORRUPT, DiskTroubleKind.DAMAGED),
]


@pytest.mark.parametrize(("code", "kind"), FAILURES)
@pytest.mark.parametrize(
    "statement", ["BEGIN", "UPDATE redemptions", "INSERT INTO receipts", "INSERT INTO outbox", "COMMIT"]
)
def test_when_the_disk_fails_nothing_was_changed(
    journal: SqliteJournal, disk: FaultyDisk, code: int, kind: DiskTroubleKind, statement: str
) -> None:
    held(journal)
    journal.save_draft(Draft(bill()))
    disk.fail_on(statement, sqlite_error(code, "as the disk says"))
    with pytest.raises(DiskTrouble) as trouble:
        journal.save_bill(receipt(redemptions=("redemption-1",)))
    assert trouble.value.kind is kind
    disk.heal()
    assert journal.receipt("bill-1") is None
    assert [row.state for row in journal.redemptions("bill-1")] == [S.HELD]
    assert journal.waiting() == ()
    assert [draft.bill.bill_id for draft in journal.drafts()] == ["bill-1"]
    assert journal.save_bill(receipt(redemptions=("redemption-1",))).number.n == 1


def save_until_full(journal: SqliteJournal) -> None:
    for number in range(1000):
        journal.save_bill(receipt(f"bill-{number}"))


def test_a_disk_that_is_really_full_says_so(journal: SqliteJournal) -> None:
    with journal.inspect() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(DiskTrouble) as trouble:
        save_until_full(journal)
    assert trouble.value.kind is DiskTroubleKind.FULL
    saved = len(journal.recent_receipts(1000))
    assert saved > 1
    with journal.inspect() as db:
        db.execute(f"PRAGMA max_page_count = {pages + 2000}")
    assert journal.save_bill(receipt("after")).number.n == saved + 1


def test_a_second_program_on_the_same_folder_is_told_so(journal: SqliteJournal, tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble) as trouble:
        SqliteJournal(tmp_path, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
    assert trouble.value.kind is DiskTroubleKind.IN_USE
    assert "another Tukar program is using" in trouble.value.detail
    assert journal.save_bill(receipt()).number.n == 1


def test_T38_a_damaged_journal_is_not_opened(reopen: Reopen, tmp_path: Path) -> None:
    reopen().close()
    (tmp_path / JOURNAL_FILE).write_bytes(b"this is no database" * 500)
    with pytest.raises(DiskTrouble) as trouble:
        reopen()
    assert trouble.value.kind is DiskTroubleKind.DAMAGED
    assert (tmp_path / JOURNAL_FILE).read_bytes().startswith(b"this is no database")


def test_a_journal_of_a_newer_program_is_not_opened(reopen: Reopen) -> None:
    journal = reopen()
    with journal.inspect() as db:
        db.execute("PRAGMA user_version = 99")
    journal.close()
    with pytest.raises(DiskTrouble, match="newer Tukar"):
        reopen()


@pytest.mark.parametrize("pragma", ["journal_mode", "synchronous", "locking_mode"])
def test_it_does_not_start_when_the_file_answers_otherwise(reopen: Reopen, disk: FaultyDisk, pragma: str) -> None:
    class Otherwise:
        def fetchone(self) -> tuple[str]:
            return ("otherwise",)

        def fetchall(self) -> list[tuple[str]]:
            return [("otherwise",)]

    disk.answers[f"PRAGMA {pragma}"] = Otherwise()
    with pytest.raises(DiskTrouble, match=f"{pragma} is otherwise"):
        reopen()


@pytest.mark.needs("strace")
def test_a_bill_costs_one_fdatasync_also_after_a_checkpoint(tmp_path: Path) -> None:
    program = f"""
import os
from pathlib import Path
from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import receipt, redemption
from tukar.domain.redemption import RedemptionState
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering
journal = SqliteJournal(Path({str(tmp_path)!r}), Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
for n in range(6):
    journal.add_redemption(redemption(f"r-{{n}}", RedemptionState.HELD, bill_id=f"bill-{{n}}"))
    if n % 2:
        journal.checkpoint()
    os.access("/begin", os.F_OK)
    journal.save_bill(receipt(f"bill-{{n}}", (f"r-{{n}}",)))
    os.access("/end", os.F_OK)
"""
    traced = subprocess.run(
        ["strace", "-f", "-e", "trace=fdatasync,fsync,access,faccessat,faccessat2", sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"},
    ).stderr
    saves = [part.split('"/end"')[0] for part in traced.split('"/begin"')[1:]]
    assert [part.count("sync(") for part in saves] == [1] * 6


def test_moments_are_kept_in_utc_so_that_they_sort(journal: SqliteJournal) -> None:
    journal.save_bill(receipt())
    with journal.inspect() as db:
        assert db.execute("SELECT at FROM receipts").fetchone()[0] == "2026-11-21T16:30:00.000000+00:00"
    assert datetime(2026, 11, 21, 16, 30, tzinfo=UTC) == AT


def test_a_folder_is_a_tills_once_it_has_a_journal(reopen: Reopen, tmp_path: Path) -> None:
    assert not has_journal(tmp_path)
    reopen()
    assert has_journal(tmp_path)


def test_a_series_whose_numbers_were_seen_before_is_spent_until_another_begins(reopen: Reopen) -> None:
    journal = reopen()
    assert not journal.series_spent
    journal.save_bill(receipt("bill-1"))
    for ref in ("bill-1", "bill-2"):
        journal.spend_series("tukar", "number_seen_before", ref)
    assert reopen().series_spent
    journal = reopen()
    journal.begin_series(2)
    assert (journal.series_spent, str(journal.save_bill(receipt("bill-3")).number)) == (False, "TOKO1-T1-2-1")


class Ended(FaultyDisk):
    """A disk that is full when a transaction ends: SQLite has undone it already when it says so."""

    full = False

    def __call__(self, path: Path) -> Connection:
        return _EndedConnection(open_file(path), self)


class _EndedConnection(FaultyConnection):
    def execute(self, sql: str, parameters: Sequence[SqlValue] = (), /) -> Cursor:
        if sql == "COMMIT" and cast("Ended", self._disk).full:
            super().execute("ROLLBACK")
            raise sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full")
        return super().execute(sql, parameters)


def test_what_sqlite_has_undone_by_itself_is_not_undone_twice(tmp_path: Path) -> None:
    disk = Ended()
    journal = SqliteJournal(tmp_path, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal(), connect=disk)
    disk.full = True
    with pytest.raises(DiskTrouble) as trouble:
        journal.save_bill(receipt())
    assert (trouble.value.kind, journal.receipt("bill-1")) == (DiskTroubleKind.FULL, None)
    disk.full = False
    assert journal.save_bill(receipt()).number.n == 1
    journal.close()


def test_a_disk_that_fails_where_nobody_may_write_is_read_only(tmp_path: Path) -> None:
    failed = sqlite_error(sqlite3.SQLITE_IOERR_WRITE, "disk I/O error")
    gone = trouble_of(failed, tmp_path / "no folder" / JOURNAL_FILE)
    there = trouble_of(failed, tmp_path / JOURNAL_FILE)
    assert gone is not None
    assert there is not None
    assert (gone.kind, there.kind) == (DiskTroubleKind.READ_ONLY, DiskTroubleKind.FAILED)


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "COMMIT"])
def test_what_interrupts_a_transaction_passes_and_leaves_the_journal_to_others(
    journal: SqliteJournal, disk: FaultyDisk, statement: str
) -> None:
    disk.fault = lambda sql: KeyboardInterrupt() if sql == statement else None
    with pytest.raises(KeyboardInterrupt):
        journal.save_bill(receipt())
    disk.heal()
    assert journal.receipt("bill-1") is None
    with ThreadPoolExecutor(1) as another:
        assert another.submit(journal.save_bill, receipt()).result().number.n == 1


def test_the_folder_of_a_journal_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "till"
    SqliteJournal(folder, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal()).close()
    assert folder.stat().st_mode & 0o077 == 0
