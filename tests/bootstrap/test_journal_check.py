"""The doctor's look at a journal: nothing to say of a good one, and the right words for each way it can be wrong."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import bill, held, receipt, rupiah
from tukar.bootstrap.journal_check import JournalState, examine_journal
from tukar.local.journal import JOURNAL_FILE, SqliteJournal
from tukar.local.receipts import Numbering
from tukar.till.ports import AttemptState, Draft, PaymentAttempt

Wound = Callable[[sqlite3.Connection], object]


@contextmanager
def journal_in(folder: Path) -> Iterator[SqliteJournal]:
    journal = SqliteJournal(folder, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
    try:
        yield journal
    finally:
        journal.close()


def examined(folder: Path, wound: Wound = lambda _db: None) -> JournalState:
    """The state after somebody meddled with the file."""
    db = sqlite3.connect(folder / JOURNAL_FILE)
    with db:
        wound(db)
    db.close()
    with journal_in(folder) as journal:
        return examine_journal(journal)


def attempt(bill_id: str) -> PaymentAttempt:
    return PaymentAttempt("t-1", bill_id, "card", rupiah(5_000), AttemptState.APPROVED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal with three bills, one of them with points."""
    with journal_in(tmp_path) as journal:
        held(journal, bill_id="bill-2")
        for saved in (receipt(), receipt("bill-2", ("redemption-1",), "member-1"), receipt("bill-3")):
            journal.save_bill(saved)
    return tmp_path


def test_a_good_journal_has_nothing_to_find(folder: Path) -> None:
    assert examined(folder) == JournalState((), bills=3, unsent=3, to_review=0)


def test_a_bill_counts_as_delivered_once_the_backend_took_it(folder: Path) -> None:
    with journal_in(folder) as journal:
        journal.acknowledge(next(one.seq for one in journal.waiting() if one.ref == "bill-1"))
    assert examined(folder).delivered == {"bill-1"}


@pytest.mark.parametrize(
    ("statement", "invariant", "story"),
    [
        ("DELETE FROM receipts WHERE bill_id = 'bill-1'", "I5", "numbers 2 to 3 are there, but only 2 bills"),
        (
            """UPDATE receipts SET body = replace(body, '"before":"130000"', '"before":"130001"') WHERE n = 1""",
            "I10",
            "its lines come to 130000, it says 130001",
        ),
        ("UPDATE redemptions SET state = 'held'", "I6", "bill bill-2 shows it, and it stands as held"),
        ("UPDATE redemptions SET bill_id = 'bill-9'", "I6", "it stands as billed, and no saved bill shows it"),
        ("UPDATE audit SET detail = 'nothing' WHERE seq = 2", "I11", "it does not follow from the rows before it"),
    ],
)
def test_what_breaks_an_invariant_is_named(folder: Path, statement: str, invariant: str, story: str) -> None:
    found = examined(folder, lambda db: db.execute(statement)).findings
    assert (invariant, story) in [(one.invariant, one.story) for one in found]


def test_money_taken_needs_a_bill_a_sale_in_hand_or_an_item(folder: Path) -> None:
    with journal_in(folder) as journal:
        journal.record_attempt(replace(attempt("bill-7"), state=AttemptState.OPEN))
        journal.record_attempt(attempt("bill-7"))
    lost = examined(folder).findings
    assert [(one.invariant, one.where, one.story) for one in lost] == [
        ("I15", "t-1", "5000 was taken for bill bill-7, which is gone")
    ]
    with journal_in(folder) as journal:
        journal.save_draft(Draft(bill("bill-7"), at_payment=True))
    assert not examined(folder).findings
