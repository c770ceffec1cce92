import sqlite3
from dataclasses import replace

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.shifts import NINE, a_shift, an_open_shift, rupiah
from tests.local.conftest import Reopen
from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import receipt
from tukar.domain.shift import CashMovement, MovementKind, ShiftClosing
from tukar.local.journal import SqliteJournal
from tukar.till.ports import DiskTrouble, OutboxKind, StaleRowError

ICE = CashMovement("move-1", MovementKind.PAY_OUT, rupiah(15_000), "Ice", NINE, "sari", "hendra")


def closing() -> ShiftClosing:
    told = a_shift().closing
    assert told is not None
    return told


def deeds(journal: SqliteJournal) -> list[tuple[str, str, str]]:
    with journal.inspect() as db:
        return [tuple(row) for row in db.execute("SELECT actor, action, detail FROM audit ORDER BY seq").fetchall()]


def test_an_open_shift_is_there_after_a_crash(reopen: Reopen) -> None:
    reopen().shifts.open(an_open_shift())
    journal = reopen()
    assert journal.shifts.in_hand() == an_open_shift()
    assert journal.shifts.latest() == ()


def test_only_one_is_open(journal: SqliteJournal) -> None:
    journal.shifts.open(an_open_shift())
    assert journal.shifts.open(an_open_shift(shift_id="shift-2")).shift_id == "shift-1"
    assert journal.shifts.get("shift-2") is None


def test_it_has_the_receipts_saved_while_it_was_open(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("before"))
    journal.shifts.open(an_open_shift())
    journal.save_bill(receipt("first"))
    journal.save_bill(receipt("second"))
    journal.shifts.close("shift-1", closing())
    journal.save_bill(receipt("after"))
    assert [one.bill_id for one in journal.shifts.sales("shift-1").receipts] == ["first", "second"]
    assert journal.shifts.sales("unknown").receipts == ()


def test_it_counts_the_drawer_opened_without_a_sale(journal: SqliteJournal) -> None:
    journal.audit("sari", "open_drawer", "no sale", "Coins")
    journal.shifts.open(an_open_shift())
    journal.audit("sari", "open_drawer", "no sale", "Coins")
    assert journal.shifts.sales("shift-1").openings == 1
    journal.shifts.close("shift-1", closing())
    journal.audit("sari", "open_drawer", "no sale", "Coins")
    assert journal.shifts.sales("shift-1").openings == 1


def test_cash_moves_once_and_is_in_the_audit(journal: SqliteJournal) -> None:
    journal.shifts.open(an_open_shift())
    for _ in range(2):
        assert journal.shifts.move("shift-1", ICE).movements == (ICE,)
    assert deeds(journal) == [("sari", "open_shift", "200000"), ("sari", "pay_out", "15000 Ice (hendra)")]


def test_people_are_admitted_once(journal: SqliteJournal) -> None:
    journal.shifts.open(an_open_shift())
    for _ in range(2):
        assert journal.shifts.admit("shift-1", "rizky").people == ("sari", "rizky")


def test_closing_numbers_seals_and_queues_it(journal: SqliteJournal, clock: FakeClock) -> None:
    journal.shifts.open(an_open_shift())
    closed = journal.shifts.close("shift-1", replace(closing(), number=99))
    assert closed.closing is not None
    assert (closed.closing.number, closed.closing.audit_head) == (1, journal.audit_head().hash)
    assert journal.shifts.in_hand() is None
    assert journal.shifts.latest() == (closed,)
    assert [(one.kind, one.ref) for one in journal.waiting()] == [(OutboxKind.SHIFT, "shift-1")]
    clock.advance(60)
    journal.shifts.open(an_open_shift(shift_id="shift-2"))
    second = journal.shifts.close("shift-2", closing()).closing
    assert second is not None
    assert second.number == 2
    assert [one.shift_id for one in journal.shifts.latest()] == ["shift-2", "shift-1"]


def test_a_closed_shift_stays_as_it_is(journal: SqliteJournal) -> None:
    journal.shifts.open(an_open_shift())
    journal.shifts.close("shift-1", closing())
    with pytest.raises(StaleRowError):
        journal.shifts.close("shift-1", closing())
    with pytest.raises(StaleRowError):
        journal.shifts.move("shift-1", ICE)
    with pytest.raises(StaleRowError):
        journal.shifts.admit("shift-1", "rizky")


def test_a_full_disk_leaves_the_shift_open(journal: SqliteJournal, disk: FaultyDisk) -> None:
    journal.shifts.open(an_open_shift())
    disk.fail_on("UPDATE shifts", sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full"))
    with pytest.raises(DiskTrouble):
        journal.shifts.close("shift-1", closing())
    disk.heal()
    assert journal.shifts.in_hand() == an_open_shift()
    assert journal.waiting_count() == 0
