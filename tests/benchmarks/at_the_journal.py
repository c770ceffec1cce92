"""P6: how long a bill takes to be on the disk."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.benchmarks import floors
from tests.benchmarks.figures import Figure, Sizes, in_turns, milliseconds
from tests.benchmarks.workshop import Workshop
from tests.fakes.clock import FakeClock
from tests.local.samples import receipt, rupiah, tender
from tukar.domain.receipt import Receipt
from tukar.local.disk import Connection, Cursor, SqlValue, open_file
from tukar.local.journal import JOURNAL_FILE, SqliteJournal
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal

LINES = 20
_FRAME = 4096 + 24
"""Of the write-ahead log: a page and its head."""


class Recording:
    """A journal's file that remembers what was written to it."""

    def __init__(self, path: Path) -> None:
        self._connection = open_file(path)
        self.statements: list[floors.Statement] = []

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, parameters: Sequence[SqlValue] = (), /) -> Cursor:
        self.statements.append((sql, parameters))
        return self._connection.execute(sql, parameters)

    def close(self) -> None:
        self._connection.close()


def journal_in(folder: Path, connect: Any = open_file) -> SqliteJournal:
    seal = AesSeal(lambda: b"k" * 32)
    return SqliteJournal(folder, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=seal, connect=connect)


def bill(number: int) -> Receipt:
    """A bill of 20 lines and two tenders."""
    one = receipt(f"bill-{number}")
    lines = tuple(replace(one.lines[0], line_id=f"line-{place}", sku=f"SKU-{place}") for place in range(LINES))
    net = one.total.minor * LINES
    total = rupiah(net)
    return replace(
        one, lines=lines, before=total, discount=rupiah(0), total=total, untaxed=rupiah(net - 10_900 * LINES),
        tax=rupiah(10_900 * LINES),
        tenders=(tender(f"a-{number}", net // 2), tender(f"b-{number}", net - net // 2)),
    )  # fmt: skip


class _Bench:
    """One journal measured, and beside it the bare operations of the very same bills."""

    def __init__(self, workshop: Workshop, bills: int) -> None:
        self._ours = journal_in(workshop.folder())
        self._written = self._recorded(workshop.folder(), bills)
        bare = workshop.folder()
        journal_in(bare).close()
        self._bare = sqlite3.connect(bare / JOURNAL_FILE, isolation_level=None)
        self._bare.execute("PRAGMA journal_mode = WAL").fetchall()
        self._bare.execute("PRAGMA synchronous = OFF")
        self._log = os.open(bare / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._next = self._next_bare = 0

    @staticmethod
    def _recorded(folder: Path, bills: int) -> list[tuple[list[floors.Statement], bytes]]:
        """What each bill writes: its statements, and as many bytes as the log grew by."""
        connections: list[Recording] = []

        def connect(path: Path) -> Connection:
            connections.append(Recording(path))
            return connections[-1]

        journal = journal_in(folder, connect)
        log = folder / f"{JOURNAL_FILE}-wal"
        recorded = []
        for number in range(bills):
            connections[0].statements.clear()
            before = log.stat().st_size
            journal.save_bill(bill(number))
            recorded.append((list(connections[0].statements), b"\0" * max(log.stat().st_size - before, _FRAME)))
        journal.close()
        return recorded

    def ours(self) -> float:
        saved = bill(self._next)
        self._next += 1
        return milliseconds(lambda: self._ours.save_bill(saved))

    def floor(self) -> float:
        statements, content = self._written[self._next_bare]
        self._next_bare += 1
        return milliseconds(lambda: self._bare_save(statements, content))

    def _bare_save(self, statements: list[floors.Statement], content: bytes) -> None:
        floors.append_and_sync(self._log, content)
        floors.unsynced(self._bare, statements)

    def close(self) -> None:
        self._ours.close()
        self._bare.close()
        os.close(self._log)


def p6(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    repeats = sizes.repeats * 15
    bench = _Bench(workshop, repeats + 1)
    value, floor = in_turns(repeats, bench.ours, bench.floor)
    bench.close()
    yield Figure("P6", value, floor, 1.3, "a saved bill beside append + fdatasync + the same SQL unsynced")
    many, few = journal_in(_with_bills(workshop, sizes.bills)), journal_in(workshop.folder())
    numbers = iter(range(10**9, 2 * 10**9))

    def save(journal: SqliteJournal) -> float:
        saved = bill(next(numbers))
        return milliseconds(lambda: journal.save_bill(saved))

    value, floor = in_turns(repeats, lambda: save(many), lambda: save(few))
    many.close()
    few.close()
    yield Figure("P6.bills", value, floor, 1.5, f"a saved bill after {sizes.bills:,} bills beside one after none")


def _with_bills(workshop: Workshop, count: int) -> Path:
    """A journal of so many bills; their bodies are short, as only the columns that are looked up by matter here."""
    folder = workshop.folder()
    journal = journal_in(folder)
    journal.save_bill(bill(0))
    journal.close()
    with sqlite3.connect(folder / JOURNAL_FILE) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(receipts)")]
        others = {"bill_id": "'old-' || value", "series": "'TOKO1-T0-1'", "n": "value", "body": "'{}'"}
        chosen = ", ".join(others.get(name, name) for name in columns)
        database.execute(
            f"""INSERT INTO receipts ({", ".join(columns)}) WITH RECURSIVE counted (value) AS (
                SELECT 1 UNION ALL SELECT value + 1 FROM counted WHERE value < ?)
                SELECT {chosen} FROM counted, (SELECT * FROM receipts LIMIT 1)""",  # noqa: S608 - names of our columns
            (count,),
        )
    database.close()
    return folder
