import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.local.conftest import Reopen
from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import AT, bill, held, receipt, redemption, rupiah, tender
from tukar.domain.money import Quantity
from tukar.domain.receipt import ReceiptKind
from tukar.domain.redemption import BillAnswer, Outcome, Part, PartResult, RedemptionState
from tukar.local.audit import RESTORED, START
from tukar.local.doctor import Counts, Weight, _space, counts, delivered, examine, repair
from tukar.local.journal import SqliteJournal
from tukar.till.ports import AttemptState, DiskTrouble, DiskTroubleKind, Draft, PaymentAttempt, ReviewItem
from tukar.till.upkeep import LITTLE_SPACE

S = RedemptionState


def wrong(journal: SqliteJournal) -> list[tuple[str, str]]:
    return [(finding.rule, finding.ref) for finding in examine(journal) if finding.weight is Weight.WRONG]


def waiting(journal: SqliteJournal) -> list[str]:
    return [finding.rule for finding in examine(journal) if finding.weight is Weight.WAITS]


def a_good_day(journal: SqliteJournal) -> None:
    """Sales with and without points, one delivered, one cancelled, one practised."""
    held(journal, "r-1")
    journal.save_bill(receipt("bill-1", ("r-1",), "member-1"))
    part = PartResult(Part.REDEMPTION, "r-1", Outcome.DONE)
    journal.acknowledge(journal.waiting()[0].seq, BillAnswer("bill-1", (part,)))
    held(journal, "r-2", bill_id="bill-2")
    journal.move_redemption(S.HELD, redemption("r-2", S.DROPPED, bill_id="bill-2"))
    journal.acknowledge(journal.waiting()[0].seq)
    journal.save_bill(receipt("bill-3"))
    journal.acknowledge(journal.waiting()[0].seq)
    journal.save_bill(receipt("bill-4", training=True))


def test_a_good_day_has_no_findings(journal: SqliteJournal, tmp_path: Path) -> None:
    assert examine(journal) == []
    a_good_day(journal)
    assert [finding for finding in examine(journal, tmp_path) if finding.rule != "space"] == []


def test_a_return_of_what_points_paid_for_has_no_findings(journal: SqliteJournal) -> None:
    """It gives the discount back and shows no points of its own."""
    sale = receipt("back", ("r-1",), "member-1", returns="bill-1")
    given = sale.lines[0].discounts[0]
    line = replace(
        sale.lines[0], quantity=Quantity.of(-2), gross=-sale.lines[0].gross, net=-sale.lines[0].net,
        discounts=(replace(given, amount=-given.amount),),
    )  # fmt: skip
    back = replace(
        sale, kind=ReceiptKind.RETURN, lines=(line,), before=-sale.before, discount=-sale.discount, total=-sale.total,
        tenders=(replace(sale.tenders[0], amount=-sale.total, given=-sale.total),), redemptions=(),
    )  # fmt: skip
    journal.save_bill(back)
    assert wrong(journal) == []


def test_a_gap_in_the_numbers_is_found(journal: SqliteJournal) -> None:
    a_good_day(journal)
    with journal.inspect() as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM receipts WHERE bill_id = 'bill-1'")
    assert ("I5", "TOKO1-T1-1") in wrong(journal)
    assert ("I7", "r-1") in wrong(journal)


@pytest.mark.parametrize("state", ["held", "dropped", "closed", "quoted"])
def test_points_on_a_bill_that_were_not_taken_are_found(journal: SqliteJournal, state: str) -> None:
    a_good_day(journal)
    with journal.inspect() as db:
        db.execute("UPDATE redemptions SET state = ? WHERE redemption_id = 'r-1'", (state,))
    assert ("I7", "r-1") in wrong(journal)


def test_points_on_a_bill_that_have_no_row_are_found(journal: SqliteJournal) -> None:
    a_good_day(journal)
    with journal.inspect() as db:
        db.execute("DELETE FROM redemptions WHERE redemption_id = 'r-1'")
    assert wrong(journal) == [("I7", "r-1")]


@pytest.mark.parametrize(
    ("find", "instead", "rule"),
    [
        ('"net":"110000"', '"net":"109000"', "I10"),
        ('"discount":"20000"', '"discount":"19000"', "I10"),
        ('"before":"130000"', '"before":"130001"', "I10"),
        ('"total":"110000"', '"total":"-110000"', "I10"),
        ('"total":"110000"', '"total":"100000"', "I15"),
        ('"kind":"sale"', '"kind":"nonsense"', "I10"),
    ],
)
def test_a_bill_that_does_not_add_up_is_found(journal: SqliteJournal, find: str, instead: str, rule: str) -> None:
    a_good_day(journal)
    with journal.inspect() as db:
        db.execute("UPDATE receipts SET body = replace(body, ?, ?) WHERE bill_id = 'bill-1'", (find, instead))
    assert (rule, "bill-1") in wrong(journal)


def test_a_bill_that_was_never_queued_is_found_and_queued(journal: SqliteJournal) -> None:
    a_good_day(journal)
    with journal.inspect() as db:
        db.execute("DELETE FROM outbox WHERE ref = 'bill-3'")
    assert wrong(journal) == [("I8", "bill-3")]
    assert [finding.ref for finding in repair(journal)] == ["bill-3"]
    assert [message.ref for message in journal.waiting()] == ["bill-3"]
    assert wrong(journal) == []


def test_a_drop_the_backend_never_hears_of_is_found(journal: SqliteJournal) -> None:
    journal.add_redemption(redemption("r-1", S.DROPPED))
    assert wrong(journal) == [("I8", "r-1")]


def test_a_changed_audit_row_is_found(journal: SqliteJournal) -> None:
    a_good_day(journal)
    head = journal.audit_head()
    assert examine(journal, anchors=(START, head.hash)) == []
    assert wrong_with(journal, "f" * 64) == ["I11"]
    with journal.inspect() as db:
        db.execute("UPDATE audit SET detail = 'nothing' WHERE seq = 1")
    assert wrong(journal) == [("I11", "1")]


def wrong_with(journal: SqliteJournal, anchor: str) -> list[str]:
    return [finding.rule for finding in examine(journal, anchors=(anchor,)) if finding.weight is Weight.WRONG]


def test_rows_that_a_restore_took_back_are_known_to_be_lost(journal: SqliteJournal) -> None:
    journal.audit("till", RESTORED, "", "")
    assert wrong_with(journal, "f" * 64) == []
    assert [finding.rule for finding in examine(journal, anchors=("f" * 64,))] == ["I11"]


def test_what_simply_is_can_be_counted(journal: SqliteJournal) -> None:
    assert (counts(journal), delivered(journal)) == (Counts(0, 0, 0), frozenset())
    a_good_day(journal)
    journal.save_bill(receipt("bill-5"))
    assert counts(journal) == Counts(bills=4, unsent=1, to_review=0)
    assert delivered(journal) == {"bill-1", "bill-3"}


def test_points_taken_that_the_bill_does_not_show_are_found(journal: SqliteJournal) -> None:
    a_good_day(journal)
    with journal.inspect() as db:
        db.execute("UPDATE redemptions SET bill_id = 'bill-3' WHERE redemption_id = 'r-1'")
    assert [finding.words for finding in examine(journal) if "does not show" in finding.words] == [
        "What redemption r-1 held was taken, and its bill bill-3 does not show it."
    ]


def card(state: AttemptState) -> PaymentAttempt:
    return PaymentAttempt("tender-9", "bill-9", "card", rupiah(110_000), state, "ref-9")


def test_money_without_a_bill_needs_a_draft_or_an_item(journal: SqliteJournal) -> None:
    journal.record_attempt(card(AttemptState.APPROVED))
    assert wrong(journal) == [("I15", "tender-9")]
    journal.save_draft(Draft(bill("bill-9"), (tender("tender-9"),), at_payment=True))
    assert wrong(journal) == []
    journal.delete_draft("bill-9")
    journal.add_review_item(ReviewItem("i-1", "money", "bill-9", AT, "Money without a bill."))
    assert wrong(journal) == []


def test_what_only_waits_is_told_and_is_not_wrong(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("bill-1"))
    journal.record_attempt(card(AttemptState.UNKNOWN))
    journal.add_review_item(ReviewItem("i-1", "redemption", "r-1", AT, "30 points short"))
    held(journal, "r-1", bill_id="bill-8")
    assert waiting(journal) == ["unsettled", "unsent", "review", "unfinished"]
    assert wrong(journal) == []
    journal.save_draft(Draft(bill("bill-8")))
    assert "unfinished" not in waiting(journal)


def test_T38_damage_in_the_middle_is_found_and_nothing_else_is_asked(reopen: Reopen, tmp_path: Path) -> None:
    journal = reopen()
    for number in range(200):
        journal.save_bill(receipt(f"bill-{number}"))
    journal.close()
    file = tmp_path / "journal.sqlite3"
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    findings = examine(reopen())
    assert {finding.rule for finding in findings} == {"integrity"}
    assert "Restore a back-up." in findings[0].words


def test_T38_a_row_that_breaks_its_own_table_is_damage_too(reopen: Reopen, tmp_path: Path) -> None:
    journal = reopen()
    journal.save_bill(receipt())
    journal.close()
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as broken, broken:
        broken.execute("PRAGMA ignore_check_constraints = ON")
        broken.execute("UPDATE receipts SET n = -1")
    (finding,) = examine(reopen())
    assert (finding.rule, finding.weight) == ("integrity", Weight.WRONG)


def test_a_disk_that_cannot_be_read_is_no_damage(reopen: Reopen, disk: FaultyDisk) -> None:
    journal = reopen()
    disk.fail_on("SELECT", sqlite_error(sqlite3.SQLITE_IOERR_READ, "disk I/O error"))
    with pytest.raises(DiskTrouble) as trouble:
        examine(journal)
    assert trouble.value.kind is DiskTroubleKind.FAILED
    disk.heal()
    assert examine(journal) == []


def test_little_space_is_told_before_the_journal_fails(tmp_path: Path) -> None:
    assert _space(tmp_path, LITTLE_SPACE) == []
    (finding,) = _space(tmp_path, 5 * 2**20)
    assert finding.words.startswith("Only 5 MB are left")


def test_a_copy_of_a_running_journal_is_whole(journal: SqliteJournal, reopen: Reopen, tmp_path: Path) -> None:
    a_good_day(journal)
    (tmp_path / "copy").mkdir()
    journal.save_draft(Draft(bill("bill-8")))
    journal.copy_into(tmp_path / "copy")
    journal.save_bill(receipt("bill-5"))
    journal.delete_draft("bill-8")
    journal.close()
    for file in (tmp_path / "copy").iterdir():
        file.replace(tmp_path / file.name)
    restored = reopen()
    assert [draft.bill.bill_id for draft in restored.drafts()] == ["bill-8"]
    assert [saved.bill_id for saved in restored.recent_receipts()] == ["bill-4", "bill-3", "bill-1"]
    assert examine(restored) == []
