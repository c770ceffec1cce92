import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.conftest import Reopen
from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import bill, held, receipt, redemption
from tukar.domain.receipt import ReceiptNumber
from tukar.domain.redemption import (
    RedemptionState,
)
from tukar.local.journal import JOURNAL_FILE, SqliteJournal
from tukar.local.outbox import SealBrokenError
from tukar.local.receipts import Numbering
from tukar.till.ports import (
    DiskTrouble,
    DiskTroubleKind,
    Draft,
    OutboxKind,
    StaleRowError,
)

S = RedemptionState


def kinds_waiting(journal: SqliteJournal) -> list[tuple[OutboxKind, str]]:
    return sorted((message.kind, message.ref) for message in journal.waiting())


def test_a_plain_cash_sale_is_saved_with_its_number_and_queued(journal: SqliteJournal) -> None:
    saved = journal.save_bill(receipt())
    assert str(saved.number) == "TOKO1-T1-1-1"
    assert journal.receipt("bill-1") == saved
    assert kinds_waiting(journal) == [(OutboxKind.BILL, "bill-1")]


def test_a_saved_receipt_reads_back_whole(journal: SqliteJournal) -> None:
    held(journal)
    saved = journal.save_bill(receipt(redemptions=("redemption-1",), member_id="member-1"))
    assert saved == receipt(redemptions=("redemption-1",), member_id="member-1")
    assert journal.receipt("bill-1") == saved


def test_numbers_have_no_gap_over_restarts_and_failures(reopen: Reopen, disk: FaultyDisk) -> None:
    journal = reopen()
    journal.save_bill(receipt("bill-1"))
    with pytest.raises(StaleRowError):
        journal.save_bill(receipt("bill-2", redemptions=("nobody",)))
    disk.fail_on("COMMIT", sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full"))
    with pytest.raises(DiskTrouble):
        journal.save_bill(receipt("bill-3"))
    disk.heal()
    assert journal.next_number() == "TOKO1-T1-1-2"
    journal = reopen()
    assert [journal.save_bill(receipt(f"bill-{n}")).number.n for n in (4, 5)] == [2, 3]


def test_T26_what_lies_on_the_disk_after_a_save_has_the_bill_and_its_number(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    """The power goes in the moment in which the cashier reads "Saved": no close, no checkpoint."""
    saved = [journal.save_bill(receipt(f"bill-{n}")) for n in range(3)]
    left = tmp_path / "left"
    left.mkdir()
    for part in tmp_path.glob(f"{JOURNAL_FILE}*"):
        shutil.copy(part, left)
    after = SqliteJournal(left, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
    assert [after.receipt(bill.bill_id) for bill in saved] == saved
    assert after.next_number() == "TOKO1-T1-1-4"
    assert after.waiting_count() == 3
    after.close()


def test_saving_the_same_bill_again_returns_what_is_stored(journal: SqliteJournal) -> None:
    held(journal)
    first = journal.save_bill(receipt(redemptions=("redemption-1",)))
    again = journal.save_bill(replace(receipt(redemptions=("redemption-1",)), cashier_name="Somebody else"))
    assert again == first
    assert journal.next_number() == "TOKO1-T1-1-2"
    assert journal.waiting_count() == 1


def test_saving_moves_what_is_held_to_billed(journal: SqliteJournal) -> None:
    held(journal)
    journal.save_bill(receipt(redemptions=("redemption-1",)))
    assert [row.state for row in journal.redemptions("bill-1")] == [S.BILLED]


@pytest.mark.parametrize("state", [state for state in S if state is not S.HELD])
def test_a_bill_whose_points_are_not_held_is_not_saved(journal: SqliteJournal, state: RedemptionState) -> None:
    journal.add_redemption(redemption(state=state))
    with pytest.raises(StaleRowError):
        journal.save_bill(receipt(redemptions=("redemption-1",)))
    assert journal.receipt("bill-1") is None
    assert journal.waiting() == ()
    assert [row.state for row in journal.redemptions("bill-1")] == [state]


def test_points_held_for_another_bill_do_not_count(journal: SqliteJournal) -> None:
    held(journal, bill_id="another")
    with pytest.raises(StaleRowError):
        journal.save_bill(receipt(redemptions=("redemption-1",)))


def test_what_the_bill_does_not_show_is_dropped_with_its_void(journal: SqliteJournal) -> None:
    held(journal, "shown")
    journal.add_redemption(redemption("forgotten", S.ASKED))
    journal.save_bill(receipt(redemptions=("shown",)))
    assert {row.redemption_id: row.state for row in journal.redemptions("bill-1")} == {
        "shown": S.BILLED,
        "forgotten": S.DROPPED,
    }
    assert journal.waiting_count() == 2


def test_a_practice_bill_has_its_own_series_and_is_never_sent(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("bill-1"))
    practice = journal.save_bill(receipt("bill-2", training=True))
    assert str(practice.number) == "TOKO1-T1-0-1"
    assert journal.next_number() == "TOKO1-T1-1-2"
    assert kinds_waiting(journal) == [(OutboxKind.BILL, "bill-1")]


def test_another_epoch_starts_another_series(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("bill-1"))
    journal.numbering = Numbering("TOKO1", "T1", 2)
    assert journal.save_bill(receipt("bill-2")).number == ReceiptNumber("TOKO1", "T1", 2, 1)


def test_a_series_begun_by_another_thread_counts_from_its_commit_on(journal: SqliteJournal) -> None:
    """What a thread remembers of the numbering may be older than the row."""
    remembered = journal.numbering
    journal.begin_series(3)
    assert journal.series_epoch == 3
    journal.numbering = remembered
    assert str(journal.save_bill(receipt("bill-1")).number) == "TOKO1-T1-3-1"


def test_a_receipt_is_found_by_its_whole_and_its_short_number(journal: SqliteJournal) -> None:
    saved = journal.save_bill(receipt())
    for text in ("TOKO1-T1-1-1", " toko1-t1-1-1 ", saved.number.short, "T1-1"):
        assert journal.receipt_by_number(text) == saved
    for text in ("TOKO1-T1-1-2", "T2-000001", "nonsense", "", "T1-"):
        assert journal.receipt_by_number(text) is None


def test_recent_receipts_come_newest_first(journal: SqliteJournal) -> None:
    for n in range(1, 4):
        journal.save_bill(receipt(f"bill-{n}"))
    assert [saved.bill_id for saved in journal.recent_receipts(2)] == ["bill-3", "bill-2"]


def test_a_tender_pays_one_bill_only(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("bill-1"))
    with pytest.raises(sqlite3.IntegrityError):
        journal.save_bill(replace(receipt("bill-2"), tenders=receipt("bill-1").tenders))
    assert journal.receipt("bill-2") is None


def test_many_threads_save_without_a_gap(journal: SqliteJournal) -> None:
    threads = [threading.Thread(target=journal.save_bill, args=(receipt(f"bill-{n}"),)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(saved.number.n for saved in journal.recent_receipts()) == list(range(1, 21))


def test_the_buyers_tax_number_is_sealed_at_rest_and_whole_in_hand(
    tmp_path: Path, reopen: Reopen, journal: SqliteJournal
) -> None:
    number = "01.234.567.8-901.000"
    sold = journal.save_bill(replace(receipt(), buyer_tax_number=number, note="Gift"))
    assert sold.buyer_tax_number == number
    again = replace(receipt("bill-2"), returns="bill-1", buyer_tax_number=number)
    journal.save_bill(again)
    found = (
        journal.receipt("bill-1"),
        journal.receipt_by_number("T1-000001"),
        *journal.recent_receipts(),
        *journal.returns_of("bill-1"),
        journal.save_bill(replace(receipt(), buyer_tax_number=number)),
    )
    assert [one.buyer_tax_number for one in found if one is not None] == [number] * 6
    journal.save_draft(Draft(replace(bill("bill-3"), buyer_tax_number=number)))
    assert reopen().drafts()[0].bill.buyer_tax_number == number
    reopen().close()
    kept = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert not any(number.encode() in content for content in kept)


def test_with_the_key_gone_a_bill_is_whole_but_for_the_number(tmp_path: Path, clock: FakeClock) -> None:
    class LostSeal(PlainSeal):
        def open(self, sealed: bytes) -> str:
            raise SealBrokenError("another key")

    class NoStore(PlainSeal):
        def seal(self, text: str) -> bytes:
            raise DiskTrouble(DiskTroubleKind.NO_KEY_STORE, "locked")

    numbered = replace(receipt(), buyer_tax_number="01.234.567.8-901.000")
    for seal in (LostSeal(), NoStore()):
        folder = tmp_path / type(seal).__name__
        folder.mkdir()
        kept = SqliteJournal(folder, Numbering("TOKO1", "T1", 1), clock=clock, seal=seal)
        kept.save_bill(numbered)
        assert kept.receipt("bill-1") == receipt()
        kept.close()
