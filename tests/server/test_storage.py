"""Transactions that answer only what is durable, migrations, keys and the folder beside the database."""

import sqlite3
import threading
from concurrent.futures import Future, wait
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, TextClause, bindparam, create_engine, inspect, select, text
from sqlalchemy.exc import OperationalError

from tests.server.databases import emptied
from tests.server.world import SeededChance
from tukar.server.chance import SystemChance
from tukar.server.folder import Folder
from tukar.server.keys import Keys, SealBrokenError
from tukar.server.reckoning import Kept
from tukar.server.storage.batches import UnavailableError, commit_batch
from tukar.server.storage.engine import UnsafeDatabaseError, open_engine, with_driver
from tukar.server.storage.migrations import STEPS, LaterSchemaError, migrate
from tukar.server.storage.statements import Statements, WrongRowsError, statements_of
from tukar.server.storage.tables import META, METADATA
from tukar.server.storage.transactions import (
    TRIES,
    DirectTransactions,
    GroupCommit,
    PooledTransactions,
    Transactions,
    transactions_for,
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    migrate(engine)
    return engine


def put(name: str, value: str = "1") -> "Work":
    return Work(name, value)


class Work:
    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self.value = value

    def __call__(self, connection: Statements) -> str:
        connection.execute(text("INSERT INTO meta (name, value) VALUES (:name, :value)"), vars(self))
        return self.value


def names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT name FROM meta")).scalars())


def test_sqlite_promises_what_was_asked_of_it(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_work_that_raises_leaves_nothing_and_the_others_are_stored(engine: Engine) -> None:
    def fails(connection: Statements) -> None:
        put("half")(connection)
        raise LookupError("no")

    transactions = GroupCommit(engine)
    gate = threading.Event()
    held = transactions.submit(lambda _connection: gate.wait(5))
    futures: list[Future[object]] = [
        transactions.submit(put("a")),
        transactions.submit(fails),
        transactions.submit(put("b")),
    ]
    gate.set()
    assert held.result() is True
    assert (futures[0].result(), futures[2].result()) == ("1", "1")
    with pytest.raises(LookupError):
        futures[1].result()
    transactions.close()
    assert {"a", "b"} <= names(engine)
    assert "half" not in names(engine)


def test_a_program_that_is_stopped_within_a_batch_leaves_nothing_of_it(engine: Engine) -> None:
    def stopped(_connection: Statements) -> None:
        raise KeyboardInterrupt

    with engine.connect() as connection:
        statements = statements_of(connection)
        with pytest.raises(KeyboardInterrupt):
            commit_batch(statements, [put("whole"), stopped])
        assert commit_batch(statements, [put("next")])[0].value == "1", "the connection is as good as before"
    assert "whole" not in names(engine)


def test_many_messages_share_one_commit(engine: Engine) -> None:
    commits: list[str] = []
    driver_of(engine).set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    transactions = GroupCommit(engine)
    gate = threading.Event()
    transactions.submit(lambda _connection: gate.wait(5))
    futures = [transactions.submit(put(f"n{number}")) for number in range(50)]
    gate.set()
    wait(futures)
    transactions.close()
    assert len(commits) <= 3
    assert {f"n{number}" for number in range(50)} <= names(engine)


def driver_of(engine: Engine) -> sqlite3.Connection:
    """The one connection that an engine for SQLite has."""
    pooled = engine.raw_connection()
    driver = pooled.driver_connection
    pooled.close()
    assert isinstance(driver, sqlite3.Connection)
    return driver


def no_commit(action: int, what: str | None, *_: str | None) -> int:
    """A disk that takes no commit, as SQLite asks whether a statement may run."""
    is_commit = action == sqlite3.SQLITE_TRANSACTION and what == "COMMIT"
    return sqlite3.SQLITE_DENY if is_commit else sqlite3.SQLITE_OK


@pytest.mark.parametrize("make", [GroupCommit, DirectTransactions])
def test_a_failed_commit_is_unavailable_to_all_reads_too(engine: Engine, make: type[GroupCommit]) -> None:
    transactions = make(engine)
    driver_of(engine).set_authorizer(no_commit)
    futures: list[Future[object]] = [transactions.submit(put("a")), transactions.submit(lambda _connection: "read")]
    for future in futures:
        with pytest.raises(UnavailableError):
            future.result()
    driver_of(engine).set_authorizer(None)
    assert transactions.submit(put("later")).result() == "1"
    transactions.close()
    assert "a" not in names(engine)


def test_a_row_has_the_names_of_its_columns(engine: Engine) -> None:
    transactions = DirectTransactions(engine)

    def work(statements: Statements) -> None:
        row = statements.execute(text("SELECT 'a' AS name, :value AS total"), {"value": 3}).one()
        name, total = row
        assert (name, total) == (row.name, row.total) == ("a", 3)
        assert row.by_name() == {"name": "a", "total": 3}
        assert statements.execute(text("SELECT 1 WHERE 1 = 0")).first() is None
        with pytest.raises(WrongRowsError, match="0 rows"):
            statements.execute(text("SELECT 1 WHERE 1 = 0")).one()

    transactions.submit(work).result()
    transactions.close()


def test_a_list_of_values_and_values_of_its_own_are_part_of_a_statement(engine: Engine) -> None:
    transactions = DirectTransactions(engine)
    for name in "abc":
        transactions.submit(put(name, name.upper())).result()
    listed = text("SELECT value FROM meta WHERE name IN :names ORDER BY name")
    named = listed.bindparams(bindparam("names", expanding=True))
    own = select(META.c.value).where(META.c.name == "b")

    def work(statements: Statements) -> None:
        for asked, found in ((["a", "c"], ["A", "C"]), (["b"], ["B"]), ([], [])):
            assert statements.execute(named, {"names": asked}).scalars() == found
        assert statements.execute(own).scalar_one() == "B"
        assert statements.execute(own.limit(bindparam("most")), {"most": 1}).scalars() == ["B"]

    transactions.submit(work).result()
    transactions.close()


def test_a_statement_is_put_together_once_for_each_connection(engine: Engine) -> None:
    with engine.connect() as connection:
        assert statements_of(connection) is statements_of(connection)


def test_after_closing_nothing_is_taken(engine: Engine) -> None:
    transactions = transactions_for(engine)
    transactions.close()
    with pytest.raises(UnavailableError):
        transactions.submit(put("x")).result()


@pytest.mark.needs("postgresql")
def test_postgres_tries_again_when_two_messages_meet(postgres: Engine) -> None:
    migrate(postgres)
    with postgres.begin() as connection:
        connection.execute(text("DELETE FROM meta WHERE name LIKE 'race%'"))
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('race', '0'), ('race2', '0')"))
    transactions: Transactions = PooledTransactions(postgres, workers=8)
    read = text("SELECT value FROM meta WHERE name = :name FOR UPDATE")
    write = text("UPDATE meta SET value = :value WHERE name = :name")

    def both(first: str, second: str) -> "Transfer":
        return Transfer(read, write, first, second)

    orders = [("race", "race2"), ("race2", "race")] * 20
    while orders:  # a message that lost every try was not stored, says so, and is sent again by its caller
        sent = {transactions.submit(both(*order)): order for order in orders}
        wait(sent)
        lost = {answer: answer.exception() for answer in sent}
        assert {type(one) for one in lost.values()} <= {type(None), UnavailableError}
        orders = [sent[answer] for answer, trouble in lost.items() if trouble is not None]
    values = transactions.submit(
        lambda connection: [connection.execute(read, {"name": name}).scalar_one() for name in ("race", "race2")]
    ).result()
    transactions.close()
    assert values == ["40", "40"]


class Transfer:
    """Counts two rows up in an order that deadlocks with its opposite."""

    def __init__(self, read: TextClause, write: TextClause, *names: str) -> None:
        self.statements = (read, write)
        self.names = names

    def __call__(self, connection: Statements) -> None:
        read, write = self.statements
        for name in self.names:
            value = int(connection.execute(read, {"name": name}).scalar_one())
            connection.execute(write, {"name": name, "value": str(value + 1)})


@pytest.mark.needs("postgresql")
def test_postgres_gives_up_on_what_is_no_race(postgres: Engine) -> None:
    transactions = PooledTransactions(postgres)
    with pytest.raises(UnavailableError, match="UndefinedTable"):
        transactions.submit(lambda connection: connection.execute(text("SELECT 1 FROM nowhere"))).result()
    transactions.close()


LATER_TABLES = (
    "shifts",
    "held_bills",
    "applied_promotions",
    "applied_sums",
    "manager_sessions",
    "approval_requests",
    "review_notes",
    "stored_values",
    "bill_moves",
    "sales_sums",
    "card_sales",
)
LATER_COLUMNS = {"reviews": ("state", "bill_id", "decided_at", "odd", "facts"), "refunds": ("accepted_time",)}
LATER_INDEXES = ("reviews_by_time", "reviews_by_state", "refunds_open", "rule_uses_of_member")


def as_first_released(engine: Engine) -> None:
    """Takes away whatever came after the first version of the tables."""
    with engine.begin() as connection:
        METADATA.create_all(connection)
        for name in LATER_INDEXES:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        for name in LATER_TABLES:
            connection.exec_driver_sql(f"DROP TABLE {name}")
        for table, columns in LATER_COLUMNS.items():
            for column in columns:
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute(text("DELETE FROM meta"))
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('schema', '1')"))


def form_of(engine: Engine) -> dict[str, tuple[set[str], set[str]]]:
    """The columns and indexes of every table."""
    found = inspect(engine)
    return {
        table: (
            {column["name"] for column in found.get_columns(table)},
            {str(index["name"]) for index in found.get_indexes(table)},
        )
        for table in found.get_table_names()
    }


def test_a_database_of_the_first_version_becomes_like_a_new_one(engine: Engine) -> None:
    new = form_of(engine)
    older = open_engine("sqlite://")
    as_first_released(older)
    assert form_of(older) != new
    assert migrate(older) == len(STEPS)
    assert form_of(older) == new
    older.dispose()


def test_a_database_from_before_the_notes_gets_them(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE held_bills DROP COLUMN note")
        connection.exec_driver_sql("DROP TABLE card_sales")
        connection.exec_driver_sql("DROP INDEX refunds_open")
        connection.exec_driver_sql("ALTER TABLE refunds DROP COLUMN accepted_time")
        connection.execute(text("UPDATE meta SET value = '6' WHERE name = 'schema'"))
    assert migrate(engine) == len(STEPS) - 5
    assert "note" in form_of(engine)["held_bills"][0]


@pytest.mark.needs("postgresql")
def test_postgres_of_the_first_version_becomes_like_a_new_one(postgres: Engine) -> None:
    emptied(postgres)
    migrate(postgres)
    new = form_of(postgres)
    as_first_released(postgres)
    assert migrate(postgres) == len(STEPS)
    assert form_of(postgres) == new


def test_migrating_twice_changes_nothing_and_a_later_schema_is_refused(engine: Engine) -> None:
    assert migrate(engine) == 0
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = '99' WHERE name = 'schema'"))
    with pytest.raises(LaterSchemaError, match="99"):
        migrate(engine)


def test_a_database_that_promises_less_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "in-memory.db"
    engine = open_engine(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises((UnsafeDatabaseError, OperationalError)):
        migrate(engine)


def test_postgresql_means_psycopg_3() -> None:
    assert with_driver("postgresql://u@h/d").drivername == "postgresql+psycopg"
    assert with_driver("sqlite://").drivername == "sqlite"
    assert create_engine(with_driver("postgresql://u@h/d")).dialect.driver == "psycopg"


# Keys


def test_keys_of_one_purpose_open_nothing_of_another() -> None:
    keys = Keys(b"r" * 32)
    assert keys.mac("code", "a", "bc") != keys.mac("code", "ab", "c")
    assert keys.mac("code", "a") != keys.mac("token", "a")
    assert keys.is_mac(keys.mac("code", "a"), "code", "a")
    assert not keys.is_mac("", "code", "a")
    sealed = keys.seal("+62812", "mobile/JKT/m", b"n" * 12)
    assert keys.unseal(sealed, "mobile/JKT/m") == "+62812"
    for wrong in (sealed[:-2] + "AA", "", "é", sealed[:10]):
        with pytest.raises(SealBrokenError):
            keys.unseal(wrong, "mobile/JKT/m")
    with pytest.raises(SealBrokenError):
        keys.unseal(sealed, "mobile/JKT/other")
    with pytest.raises(SealBrokenError):
        Keys(b"s" * 32).unseal(sealed, "mobile/JKT/m")
    with pytest.raises(ValueError, match="32"):
        Keys(b"short")


def test_the_folder_is_its_owners_and_keeps_what_it_made(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    keys = folder.keys(SystemChance())
    assert folder.keys(SystemChance()).mac("x", "y") == keys.mac("x", "y")
    assert folder.epoch() == 0
    assert folder.reached() == 0
    folder.keep_epoch(3, 17.5)
    folder.keep_epoch(3, 17.5)
    assert (folder.epoch(), folder.reached()) == (3, 17.5)
    token = folder.keep_operator_token(keys, "JKT")
    assert token.read_text(encoding="ascii").startswith("operator.JKT.")
    for file in (tmp_path / "data").iterdir():
        assert file.stat().st_mode & 0o077 == 0
    (tmp_path / "data" / "epoch.json").write_text("damaged", encoding="ascii")
    assert (folder.epoch(), folder.reached()) == (0, 0)


def test_codes_are_six_digits_and_letters_are_readable() -> None:
    chance = SystemChance()
    assert len({chance.digits(6) for _ in range(100)}) > 90
    assert all(len(chance.digits(6)) == 6 for _ in range(20))
    assert not set(chance.letters(500)) & set("IO01L")
    assert len(chance.bytes(12)) == 12
    assert SeededChance(1).digits(6) == SeededChance(1).digits(6)


def test_a_message_that_nobody_waits_for_any_more_is_not_done(engine: Engine) -> None:
    transactions = GroupCommit(engine)
    gate = threading.Event()
    held = transactions.submit(lambda _connection: gate.wait(5))
    given_up, kept = transactions.submit(put("given-up")), transactions.submit(put("kept"))
    assert given_up.cancel()
    gate.set()
    assert (held.result(), kept.result()) == (True, "1")
    transactions.close()
    assert "given-up" not in names(engine)


@pytest.mark.needs("postgresql")
def test_postgres_gives_up_when_others_keep_coming_in_between(postgres: Engine) -> None:
    transactions = PooledTransactions(postgres)
    tries: list[int] = []

    def always_meets_another(connection: Statements) -> None:
        tries.append(1)
        connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(UnavailableError, match="other messages kept coming"):
        transactions.submit(always_meets_another).result()
    assert len(tries) == TRIES
    transactions.close()
    with pytest.raises(UnavailableError):
        transactions.submit(always_meets_another).result()


def test_only_the_last_few_values_are_kept() -> None:
    kept: Kept[str, int] = Kept(2)
    for name, number in (("a", 1), ("b", 2), ("a", 9), ("c", 3)):
        kept.get_or_make(name, partial(int, number))
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
