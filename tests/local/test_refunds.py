from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.local.conftest import Reopen
from tests.local.samples import receipt, rupiah
from tukar.domain.receipt import ReceiptKind
from tukar.local.journal import SqliteJournal
from tukar.till.ports import OutboxKind, RefundLine, RefundRow, RefundState, StaleRowError

S = RefundState
ROW = RefundRow(
    "refund-1", "bill-1", "T1-000001", S.ASKED, (RefundLine("line-1", "KOPI-250", 1000),), "damaged", "sari", "hadi"
)
ACCEPTED = replace(ROW, state=S.ACCEPTED, money=rupiah(65_000))


def voids(journal: SqliteJournal) -> list[str]:
    return [one.ref for one in journal.waiting() if one.kind is OutboxKind.REFUND_VOID]


def test_a_refund_is_there_after_a_restart_as_it_was(reopen: Reopen) -> None:
    reopen().add_refund(ROW)
    journal = reopen()
    assert journal.unfinished_refunds() == (ROW,)
    journal.move_refund(S.ASKED, ACCEPTED)
    assert reopen().unfinished_refunds() == (ACCEPTED,)


def test_dropping_queues_that_the_backend_takes_it_back(journal: SqliteJournal) -> None:
    journal.add_refund(ROW)
    journal.move_refund(S.ASKED, replace(ROW, state=S.DROPPED))
    assert voids(journal) == ["refund-1"]
    assert journal.unfinished_refunds() == ()


def test_a_return_that_was_given_up_can_be_told_again(journal: SqliteJournal) -> None:
    journal.add_refund(ROW)
    journal.move_refund(S.ASKED, replace(ROW, state=S.DROPPED))
    journal.acknowledge(journal.waiting()[0].seq)
    journal.give_up_again(datetime(2100, 1, 1, tzinfo=UTC))
    assert voids(journal) == []
    journal.give_up_again(datetime(2020, 1, 1, tzinfo=UTC))
    assert voids(journal) == ["refund-1"]


def test_the_return_receipt_pays_it_in_the_same_step(journal: SqliteJournal) -> None:
    journal.add_refund(ROW)
    journal.move_refund(S.ASKED, ACCEPTED)
    saved = journal.save_bill(replace(receipt("refund-1", returns="bill-1"), kind=ReceiptKind.RETURN))
    assert journal.unfinished_refunds() == ()
    assert journal.returns_of("bill-1") == (saved,)
    assert journal.returns_of("refund-1") == ()
    with pytest.raises(StaleRowError):
        journal.move_refund(S.ACCEPTED, replace(ACCEPTED, state=S.DROPPED))
    assert voids(journal) == []


@pytest.mark.parametrize("state", [S.ASKED, S.DROPPED])
def test_nothing_is_paid_that_was_not_accepted(journal: SqliteJournal, state: RefundState) -> None:
    journal.add_refund(ROW)
    if state is S.DROPPED:
        journal.move_refund(S.ASKED, replace(ROW, state=state))
    with pytest.raises(StaleRowError):
        journal.save_bill(replace(receipt("refund-1", returns="bill-1"), kind=ReceiptKind.RETURN))
    assert journal.receipt("refund-1") is None
    assert journal.next_number() == "TOKO1-T1-1-1"


def test_once_the_terminal_was_told_it_is_not_simply_dropped(journal: SqliteJournal) -> None:
    journal.add_refund(ROW)
    journal.move_refund(S.ASKED, ACCEPTED)
    paying = replace(ACCEPTED, state=S.PAYING, reference="tender-1")
    journal.move_refund(S.ACCEPTED, paying)
    assert journal.unfinished_refunds() == (paying,)
    with pytest.raises(StaleRowError):
        journal.move_refund(S.PAYING, replace(paying, state=S.DROPPED))
    journal.move_refund(S.PAYING, replace(paying, state=S.REVIEW))
    assert journal.unfinished_refunds() == ()


def test_a_return_without_a_row_is_saved_as_replay_does(journal: SqliteJournal) -> None:
    journal.save_bill(replace(receipt("back-1"), kind=ReceiptKind.RETURN))
    assert journal.receipt("back-1") is not None
