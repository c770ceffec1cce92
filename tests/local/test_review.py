from dataclasses import replace

from tests.local.samples import AT
from tukar.local import audit
from tukar.local.journal import SqliteJournal
from tukar.till.ports import (
    ReviewItem,
)


def test_an_item_is_resolved_once(journal: SqliteJournal) -> None:
    item = ReviewItem("i-1", "redemption", "r-1", AT, "short")
    journal.add_review_item(item)
    journal.add_review_item(item)
    assert journal.review_items() == (item,)
    journal.add_review_item(replace(item, resolved_by="m-1", resolution="written off"))
    journal.add_review_item(replace(item, resolved_by="m-2", resolution="another"))
    assert journal.review_items() == ()
    with journal.inspect() as db:
        assert db.execute("SELECT resolved_by, story FROM review_items").fetchall() == [("m-1", "short")]


def test_the_audit_chain_shows_what_was_changed(journal: SqliteJournal) -> None:
    for number in range(4):
        journal.audit("c-1", "open_drawer", f"drawer-{number}", "change")
    head = journal.audit_head()
    with journal.inspect() as db:
        assert audit.first_broken(db) is None
        assert audit.lost_anchors(db, (head.hash,)) == ()
        db.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 3")
        assert audit.first_broken(db) == 3


def test_a_tail_cut_off_and_a_chain_written_anew_show_by_their_anchor(journal: SqliteJournal) -> None:
    for number in range(4):
        journal.audit("c-1", "open_drawer", f"drawer-{number}")
    head = journal.audit_head()
    with journal.inspect() as db:
        db.execute("DELETE FROM audit WHERE seq > 2")
        assert audit.first_broken(db) is None
        assert audit.lost_anchors(db, (head.hash,)) == (head.hash,)
        for number in range(2):
            audit.append(db, "2026", "somebody", "other", str(number))
        assert audit.first_broken(db) is None
        assert audit.lost_anchors(db, (head.hash,)) == (head.hash,)
