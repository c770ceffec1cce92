from datetime import UTC, datetime

from tests.local.samples import held, receipt, redemption
from tukar.domain.redemption import BillAnswer, Outcome, Part, PartResult, RedemptionState
from tukar.local.journal import SqliteJournal
from tukar.till.ports import OutboxKind
from tukar.till.ports.records import Told, ToldRedemption

S = RedemptionState
EVER = datetime(2020, 1, 1, tzinfo=UTC)


def test_only_what_was_acknowledged_is_told(journal: SqliteJournal) -> None:
    held(journal, "r-1")
    journal.save_bill(receipt("bill-1", ("r-1",), "member-1"))
    held(journal, "r-2", bill_id="bill-2")
    journal.move_redemption(S.HELD, redemption("r-2", S.DROPPED, bill_id="bill-2"))
    journal.save_bill(receipt("bill-3", training=True))
    assert journal.told_since(EVER) == Told()
    for message in journal.waiting():
        part = PartResult(Part.REDEMPTION, "r-1", Outcome.DONE)
        journal.acknowledge(message.seq, BillAnswer("bill-1", (part,)) if message.kind is OutboxKind.BILL else None)
    while journal.waiting():
        journal.acknowledge(journal.waiting()[0].seq)
    told = journal.told_since(EVER)
    assert told.bills == ("bill-1",)
    assert told.redemptions == (
        ToldRedemption("r-1", S.SETTLED, "bill-1"), ToldRedemption("r-2", S.CLOSED, "bill-2")
    )  # fmt: skip


def test_what_was_delivered_can_be_sent_again_and_changes_nothing_twice(journal: SqliteJournal) -> None:
    held(journal, "r-2", bill_id="bill-2")
    journal.move_redemption(S.HELD, redemption("r-2", S.DROPPED, bill_id="bill-2"))
    journal.save_bill(receipt("bill-1"))
    while journal.waiting():
        journal.acknowledge(journal.waiting()[0].seq)
    before = journal.told_since(EVER)
    journal.send_again(["bill-1", "unknown"], ["r-2"])
    assert {(one.kind, one.ref) for one in journal.waiting()} == {(OutboxKind.BILL, "bill-1"), (OutboxKind.VOID, "r-2")}
    assert journal.told_since(EVER) == Told(), "what waits once more tells of itself: else every look finds it strange"
    while journal.waiting():
        journal.acknowledge(journal.waiting()[0].seq)
    assert journal.told_since(EVER) == before


def test_a_whole_journal_has_no_damage(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("bill-1"))
    assert journal.damage() == ""
