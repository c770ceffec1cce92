import sqlite3
from dataclasses import replace

import pytest

from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import held, redemption
from tukar.domain.points import Points
from tukar.domain.redemption import (
    IllegalMoveError,
    RedemptionState,
)
from tukar.local.journal import SqliteJournal
from tukar.till.ports import (
    Deadline,
    DiskTrouble,
    OutboxKind,
    StaleRowError,
)

S = RedemptionState


def kinds_waiting(journal: SqliteJournal) -> list[tuple[OutboxKind, str]]:
    return sorted((message.kind, message.ref) for message in journal.waiting())


def test_a_redemption_reads_back_whole(journal: SqliteJournal) -> None:
    row = redemption()
    bare = replace(row, redemption_id="bare", asked_at=None, held_until=None, commit_by=None, need=Points(20, 1))
    journal.add_redemption(row)
    journal.add_redemption(replace(bare, ceiling=Points(30, 1)))
    assert journal.redemptions("bill-1") == (replace(bare, ceiling=Points(30, 1)), row)


def test_a_guarded_move_needs_the_state_it_names(journal: SqliteJournal) -> None:
    journal.add_redemption(redemption())
    asked = replace(redemption(), state=S.ASKED, asked_at=Deadline("boot-9", 0.125))
    journal.move_redemption(S.QUOTED, asked)
    assert journal.redemptions("bill-1") == (asked,)
    with pytest.raises(StaleRowError):
        journal.move_redemption(S.QUOTED, replace(asked, state=S.CHALLENGED))
    assert journal.redemptions("bill-1") == (asked,)


def test_an_illegal_move_raises_and_only_a_save_bills(journal: SqliteJournal) -> None:
    held(journal)
    with pytest.raises(IllegalMoveError):
        journal.move_redemption(S.HELD, redemption(state=S.SETTLED))
    with pytest.raises(IllegalMoveError):
        journal.move_redemption(S.HELD, redemption(state=S.BILLED))


def test_dropping_queues_the_void_in_the_same_transaction(journal: SqliteJournal, disk: FaultyDisk) -> None:
    held(journal)
    disk.fail_on("INSERT INTO outbox", sqlite_error(sqlite3.SQLITE_IOERR, "disk I/O error"))
    with pytest.raises(DiskTrouble):
        journal.move_redemption(S.HELD, redemption(state=S.DROPPED))
    disk.heal()
    assert [row.state for row in journal.redemptions("bill-1")] == [S.HELD]
    journal.move_redemption(S.HELD, redemption(state=S.DROPPED))
    assert kinds_waiting(journal) == [(OutboxKind.VOID, "redemption-1")]


def test_unfinished_redemptions_are_those_that_still_wait(journal: SqliteJournal) -> None:
    for state in S:
        journal.add_redemption(redemption(f"in-{state}", state))
    assert {row.state for row in journal.unfinished_redemptions()} == set(S) - {S.SETTLED, S.CLOSED, S.REVIEW}


def test_no_proof_is_shown_in_words(journal: SqliteJournal) -> None:
    assert "proof" not in repr(redemption())
