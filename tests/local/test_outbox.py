from pathlib import Path

from tests.local.samples import AT, held, receipt, redemption
from tukar.domain.points import Points
from tukar.domain.redemption import (
    BillAnswer,
    Outcome,
    Part,
    PartResult,
    RedemptionState,
)
from tukar.local.journal import SqliteJournal
from tukar.till.ports import (
    Enrolment,
    OutboxKind,
)

S = RedemptionState


def test_messages_of_one_bill_or_account_go_in_order_and_hold_up_no_other(journal: SqliteJournal) -> None:
    held(journal, "r-1", bill_id="bill-1", member_id="member-1")
    journal.move_redemption(S.HELD, redemption("r-1", S.DROPPED))
    journal.save_bill(receipt("bill-1"))
    journal.save_bill(receipt("bill-2", member_id="member-1"))
    journal.save_bill(receipt("bill-3", member_id="member-2"))
    journal.save_bill(receipt("bill-4"))
    journal.save_bill(receipt("bill-5", returns="bill-4"))
    assert [message.ref for message in journal.waiting()] == ["r-1", "bill-3", "bill-4"]
    journal.acknowledge(journal.waiting()[0].seq)
    assert {message.ref for message in journal.waiting()} == {"bill-1", "bill-2", "bill-3", "bill-4"}
    assert journal.waiting_count() == 5


def test_a_message_that_never_gets_through_does_not_fill_the_row(journal: SqliteJournal) -> None:
    for n in range(1, 6):
        journal.save_bill(receipt(f"bill-{n}"))
    for message in journal.waiting(limit=3):
        journal.count_try(message.seq)
    assert [message.ref for message in journal.waiting(limit=3)] == ["bill-4", "bill-5", "bill-1"]
    assert [message.tries for message in journal.waiting()] == [0, 0, 1, 1, 1]


def test_an_enrolment_waits_sealed_and_goes_before_the_bills_of_its_member(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    enrolment = Enrolment("member-9", "Sari", "+6281234565678", AT, "CARD-77")
    journal.put_enrolment(enrolment)
    journal.save_bill(receipt(member_id="member-9"))
    (message,) = journal.waiting()
    assert (message.kind, message.ref, message.lane) == (OutboxKind.ENROL, "member-9", "account:member-9")
    assert "+6281234565678" in message.body
    for file in tmp_path.iterdir():
        assert b"6281234565678" not in file.read_bytes()


def test_a_delivered_enrolment_is_forgotten(journal: SqliteJournal) -> None:
    journal.put_enrolment(Enrolment("member-9", "Sari", "+6281234565678", AT))
    journal.acknowledge(journal.waiting()[0].seq)
    with journal.inspect() as db:
        assert db.execute("SELECT body, state FROM outbox").fetchall() == [(b"", "done")]


def answer(outcome: Outcome = Outcome.DONE, *, ref: str = "redemption-1") -> BillAnswer:
    part = PartResult(Part.REDEMPTION, ref, outcome, "points", Points(170), Points(30))
    return BillAnswer("bill-1", (PartResult(Part.BILL, "bill-1", Outcome.DONE), part), server_seq=7, epoch=2)


def billed(journal: SqliteJournal) -> int:
    held(journal)
    journal.save_bill(receipt(redemptions=("redemption-1",)))
    return journal.waiting()[0].seq


def test_a_bill_that_is_acknowledged_settles_its_points(journal: SqliteJournal) -> None:
    seq = billed(journal)
    journal.acknowledge(seq, answer())
    assert [row.state for row in journal.redemptions("bill-1")] == [S.SETTLED]
    assert journal.review_items() == ()
    assert journal.waiting() == ()
    assert journal.server_seen() == (2, 7)


def test_a_part_that_went_otherwise_becomes_an_item(journal: SqliteJournal) -> None:
    seq = billed(journal)
    journal.acknowledge(seq, answer(Outcome.SHORT))
    assert [row.state for row in journal.redemptions("bill-1")] == [S.REVIEW]
    (item,) = journal.review_items()
    assert item.ref == "redemption-1"
    assert "30 points short" in item.story


def test_points_the_backend_said_nothing_of_become_an_item(journal: SqliteJournal) -> None:
    seq = billed(journal)
    journal.acknowledge(seq, answer(ref="another"))
    assert [row.state for row in journal.redemptions("bill-1")] == [S.REVIEW]
    assert [item.ref for item in journal.review_items()] == ["redemption-1"]


def test_a_second_acknowledgement_changes_nothing(journal: SqliteJournal) -> None:
    seq = billed(journal)
    journal.acknowledge(seq, answer())
    journal.acknowledge(seq, answer(Outcome.REFUSED))
    journal.set_aside(seq, "too late")
    assert [row.state for row in journal.redemptions("bill-1")] == [S.SETTLED]
    assert journal.review_items() == ()


def test_a_void_that_is_acknowledged_closes_its_redemption(journal: SqliteJournal) -> None:
    held(journal)
    journal.move_redemption(S.HELD, redemption(state=S.DROPPED))
    journal.acknowledge(journal.waiting()[0].seq)
    assert [row.state for row in journal.redemptions("bill-1")] == [S.CLOSED]


def test_a_message_set_aside_lets_the_next_one_go(journal: SqliteJournal) -> None:
    held(journal, bill_id="bill-1")
    journal.save_bill(receipt("bill-1", ("redemption-1",), "member-1"))
    journal.save_bill(receipt("bill-2", member_id="member-1"))
    journal.set_aside(journal.waiting()[0].seq, "The backend keeps another bill of this id.")
    assert [message.ref for message in journal.waiting()] == ["bill-2"]
    assert [row.state for row in journal.redemptions("bill-1")] == [S.REVIEW]
    assert [item.story for item in journal.review_items()] == ["The backend keeps another bill of this id."]


def test_a_void_set_aside_goes_to_review(journal: SqliteJournal) -> None:
    held(journal)
    journal.move_redemption(S.HELD, redemption(state=S.DROPPED))
    journal.set_aside(journal.waiting()[0].seq, "captured")
    assert [row.state for row in journal.redemptions("bill-1")] == [S.REVIEW]


def test_it_is_known_whether_a_bill_waits(journal: SqliteJournal) -> None:
    journal.save_bill(receipt("bill-1"))
    assert (journal.bill_waits("bill-1"), journal.bill_waits("bill-2")) == (True, False)
    journal.acknowledge(journal.waiting()[0].seq)
    assert not journal.bill_waits("bill-1")


def test_an_enrolment_that_cannot_be_unsealed_is_empty_and_can_be_set_aside(journal: SqliteJournal) -> None:
    journal.put_enrolment(Enrolment("member-9", "Sari", "+6281234565678", AT))
    with journal.inspect() as db:
        db.execute("UPDATE outbox SET body = x'00'")
    (message,) = journal.waiting()
    assert message.body == ""
    journal.set_aside(message.seq, "unreadable")
    assert [(item.kind, item.ref) for item in journal.review_items()] == [("enrol", "member-9")]


def test_only_points_that_are_billed_go_to_review_with_their_bill(journal: SqliteJournal) -> None:
    held(journal, "r-1")
    journal.save_bill(receipt("bill-1", ("r-1",)))
    (message,) = journal.waiting()
    journal.acknowledge(message.seq, BillAnswer("bill-1", (PartResult(Part.REDEMPTION, "r-1", Outcome.DONE),), {}))
    with journal.inspect() as db:
        db.execute("DELETE FROM outbox")
    journal.queue_again(["bill-1", "nobody"])
    (again,) = journal.waiting()
    journal.set_aside(again.seq, "no such thing")
    assert [row.state for row in journal.redemptions("bill-1")] == [S.SETTLED]
    journal.set_aside(again.seq, "once more")
    assert len(journal.review_items()) == 1
