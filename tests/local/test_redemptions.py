import sqlite3
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.fakes.clock import FakeClock
from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import held, receipt, redemption
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


def test_points_on_trust_read_back_and_are_counted_from_their_rows(journal: SqliteJournal, clock: FakeClock) -> None:
    """By what was taken within the hour on either clock, and by what the backend has not heard of."""
    began, since = Deadline("boot-1", 100.0), clock.now()
    row = replace(redemption(), state=S.HELD, on_trust=True, approver="hendra", asked_at=Deadline("boot-0", 500.0))
    journal.add_redemption(row)
    assert journal.redemptions("bill-1") == (row,)
    assert journal.points_on_trust(began, since, "other", row.programme_id) == row.need.exact()
    assert journal.points_on_trust(began, since, "bill-1", "other") == row.need.exact()
    assert journal.points_on_trust(began, since, "bill-1", row.programme_id) == 0
    part = replace(row, redemption_id="r-part", bill_id="bill-2", need=Points(15, 1), ceiling=Points(15, 1))
    journal.add_redemption(part)
    real = replace(row, redemption_id="r-real", bill_id="bill-3", on_trust=False, proof="mac")
    journal.add_redemption(real)
    both = row.need.exact() + Fraction(3, 2)
    assert journal.points_on_trust(began, since, "", "") == both
    journal.move_redemption(S.HELD, replace(part, state=S.DROPPED))
    assert journal.points_on_trust(began, since, "", "") == row.need.exact()


@pytest.mark.parametrize(
    ("asked_at", "hours", "counts"),
    [("boot-1", 2, True), ("boot-0", 2, False), ("boot-0", 0, True)],
    ids=["lately on this boot", "told long ago", "told just now"],
)
def test_what_the_backend_was_told_counts_for_an_hour(
    journal: SqliteJournal, clock: FakeClock, asked_at: str, hours: int, *, counts: bool
) -> None:
    row = replace(redemption("r-1"), state=S.HELD, on_trust=True, asked_at=Deadline(asked_at, 500.0))
    journal.add_redemption(row)
    journal.save_bill(receipt("bill-1", ("r-1",)))
    (sent,) = journal.waiting()
    journal.acknowledge(sent.seq)
    clock.advance(hours * 3600)
    since = clock.now() - timedelta(hours=1)
    counted = journal.points_on_trust(Deadline("boot-1", 100.0), since, "", "")
    assert counted == (row.need.exact() if counts else 0)
