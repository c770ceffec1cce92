"""What is spoiled in the seeded shop's accounts is seen, and named by its invariant."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.simulation.invariants.balances import balances
from tests.simulation.server import installation


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """The seeded shop, without what keeps its database from being spoiled."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    installation().template.backup(copy)
    unique = "SELECT name FROM sqlite_master WHERE tbl_name = 'redemptions' AND sql LIKE 'CREATE UNIQUE INDEX%'"
    for (name,) in copy.execute(unique).fetchall():
        copy.execute(f"DROP INDEX {name}")
    copy.execute("PRAGMA ignore_check_constraints = ON")
    yield copy
    copy.close()


def hold(db: sqlite3.Connection, redemption_id: str, state: str) -> None:
    """A redemption of ten points on one bill, with nothing behind it but what the table asks for."""
    columns = {
        name: "" if sort == "TEXT" else 0
        for _, name, sort, needed, default, _ in db.execute("PRAGMA table_info(redemptions)")
        if needed and default is None
    }
    member = db.execute("SELECT shop_id, member_id, programme_id FROM accounts WHERE kind = 'member'").fetchone()
    columns |= dict(zip(("shop_id", "member_id", "programme_id"), member, strict=True))
    columns |= {"redemption_id": redemption_id, "bill_id": "bill-1", "state": state, "need": 10}
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    statement = f"INSERT INTO redemptions ({names}) VALUES ({marks})"  # noqa: S608 - names of the table itself
    db.execute(statement, tuple(columns.values()))


def test_a_shop_as_it_was_seeded_adds_up(db: sqlite3.Connection) -> None:
    assert list(balances(db)) == []


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        ("UPDATE ledger SET units = units + 1 WHERE rowid = 1", ["I1"]),
        ("UPDATE lots SET units = units + 1 WHERE rowid = 1", ["I1"]),
        ("UPDATE lots SET pinned = pinned + 1 WHERE rowid = 1", ["I3"]),
        ("UPDATE accounts SET held = posted + 1 WHERE kind = 'member' AND rowid = 1", ["I3", "I2", "I3"]),
        ("UPDATE accounts SET posted = -1 WHERE kind = 'member' AND rowid = 1", ["I1", "I1", "I2"]),
    ],
)
def test_what_is_spoiled_is_seen(db: sqlite3.Connection, damage: str, seen: list[str]) -> None:
    db.execute(damage)
    assert [words.partition(" ")[0] for words in balances(db)] == seen


def test_two_holds_of_one_account_on_a_bill_are_seen(db: sqlite3.Connection) -> None:
    hold(db, "one", "held")
    hold(db, "two", "held")
    found = list(balances(db))
    assert "I16 2 live holds of one account on bill bill-1" in found
    assert any(words.startswith("I3 ") and words.endswith("holds come to 20") for words in found)


def test_two_captures_of_one_account_on_a_bill_are_seen(db: sqlite3.Connection) -> None:
    hold(db, "one", "captured")
    assert list(balances(db)) == []
    hold(db, "two", "captured")
    assert list(balances(db)) == ["I6 2 captures of one account on bill bill-1"]
