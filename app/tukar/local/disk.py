"""One SQLite file with one connection and one lock, whose failures leave as ``DiskTrouble`` and nothing else."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol

from tukar.till.ports import DiskTrouble, DiskTroubleKind

SqlValue = str | bytes | int | float | None
Row = tuple[Any, ...]
Migration = tuple[str, ...]
"""The statements that lead from one version of a file to the next; all of them or none."""

LOG_PAGES_AT_MOST: Final = 16_000
"""64 MiB of write-ahead log: only a till that is never idle gets there, and then SQLite checkpoints by itself."""

_HOUSEKEEPING: Final = """CREATE TABLE IF NOT EXISTS housekeeping (
    id INTEGER PRIMARY KEY CHECK (id = 1), writes INTEGER NOT NULL)"""

_BY_CODE: Final = {
    sqlite3.SQLITE_FULL: DiskTroubleKind.FULL,
    sqlite3.SQLITE_READONLY: DiskTroubleKind.READ_ONLY,
    sqlite3.SQLITE_PERM: DiskTroubleKind.READ_ONLY,
    sqlite3.SQLITE_BUSY: DiskTroubleKind.IN_USE,
    sqlite3.SQLITE_LOCKED: DiskTroubleKind.IN_USE,
    sqlite3.SQLITE_CORRUPT: DiskTroubleKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: DiskTroubleKind.DAMAGED,
    sqlite3.SQLITE_IOERR: DiskTroubleKind.FAILED,
    sqlite3.SQLITE_CANTOPEN: DiskTroubleKind.FAILED,
}
_BY_ERRNO: Final = {
    errno.ENOSPC: DiskTroubleKind.FULL,
    errno.EDQUOT: DiskTroubleKind.FULL,
    errno.EROFS: DiskTroubleKind.READ_ONLY,
    errno.EACCES: DiskTroubleKind.READ_ONLY,
    errno.EPERM: DiskTroubleKind.READ_ONLY,
}


class Cursor(Protocol):
    """What a statement answers with."""

    def fetchone(self) -> Any: ...  # noqa: ANN401 - a column holds whatever SQLite stored in it

    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """The little of ``sqlite3.Connection`` that is used here, so that a simulated disk can stand in for it."""

    @property
    def in_transaction(self) -> bool: ...

    def execute(self, sql: str, parameters: Sequence[SqlValue] = ..., /) -> Cursor: ...

    def close(self) -> None: ...


Connect = Callable[[Path], Connection]
"""Opens a file; raises ``sqlite3.Error`` like SQLite itself. Transactions are begun by hand."""


def open_file(path: Path) -> Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.2)


def trouble_of(problem: sqlite3.Error | OSError, path: Path) -> DiskTrouble | None:
    """The disk's trouble behind an exception; None when it is a mistake of ours and no trouble of the disk's."""
    if isinstance(problem, sqlite3.Error):
        kind = _BY_CODE.get(getattr(problem, "sqlite_errorcode", 0) & 0xFF)
        if kind is None:
            return None
        if kind is DiskTroubleKind.FAILED and not os.access(path.parent, os.W_OK):
            kind = DiskTroubleKind.READ_ONLY
        if kind is DiskTroubleKind.IN_USE:
            return DiskTrouble(kind, f"another Tukar program is using {path.parent}")
        return DiskTrouble(kind, f"{path.name}: {problem}")
    return DiskTrouble(_BY_ERRNO.get(problem.errno or 0, DiskTroubleKind.FAILED), f"{path}: {problem.strerror}")


class _Troubles:
    """``disk_troubles``; a generator in its place would cost as much as many a statement."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, _: TracebackType | None
    ) -> None:
        if isinstance(problem, sqlite3.Error | OSError):
            trouble = trouble_of(problem, self._path)
            if trouble is not None:
                raise trouble from problem


def disk_troubles(path: Path) -> AbstractContextManager[None]:
    """Turns what SQLite and the file system raise into DiskTrouble; our own mistakes pass as they are."""
    return _Troubles(path)


class _Reading:
    """One thread's turn with a connection."""

    __slots__ = ("_connection", "_lock", "_troubles")

    def __init__(self, connection: Connection, lock: threading.RLock, path: Path) -> None:
        self._connection = connection
        self._lock = lock
        self._troubles = _Troubles(path)

    def __enter__(self) -> Connection:
        self._lock.acquire()
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        self._lock.release()
        if problem is not None:
            self._troubles.__exit__(kind, problem, at)


class _Transaction:
    """One thread's turn with a connection, of which everything is written or nothing.

    A generator in its place would cost more than many a statement inside it.
    """

    __slots__ = ("_connection", "_turn", "_written")

    def __init__(self, connection: Connection, lock: threading.RLock, path: Path, written: Callable[[], None]) -> None:
        self._connection = connection
        self._turn = _Reading(connection, lock, path)
        self._written = written

    def __enter__(self) -> Connection:
        connection = self._turn.__enter__()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except BaseException as problem:
            self._turn.__exit__(type(problem), problem, problem.__traceback__)
            raise
        return connection

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        if problem is None:
            try:
                self._connection.execute("COMMIT")
                self._written()
            except BaseException as refused:
                self._roll_back()
                self._turn.__exit__(type(refused), refused, refused.__traceback__)
                raise
        else:
            self._roll_back()
        self._turn.__exit__(kind, problem, at)

    def _roll_back(self) -> None:
        # A full or failing disk has ended the transaction already, or ends it by refusing this too.
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")


class Durability(Enum):
    """When a commit has reached the disk."""

    EVERY_COMMIT = "FULL"
    WHEN_ASKED = "NORMAL"


class Database:
    """A SQLite file for the one program that has it open (redemption.md, "Disk").

    WAL, exclusive locking, and ``synchronous`` as ``durability`` says; DiskTrouble when the file answers otherwise.
    Calls come from any thread and take turns. ``version`` of the file is brought up by ``migrations``; a file that a
    newer program wrote is refused.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration],
        durability: Durability = Durability.EVERY_COMMIT,
        connect: Connect = open_file,
    ) -> None:
        self.path = path
        self._durability = durability
        self._lock = threading.RLock()
        self._written = True
        with disk_troubles(path):
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = connect(path)
        self._reading = _Reading(self._connection, self._lock, path)
        self._transaction = _Transaction(self._connection, self._lock, path, self._was_written)
        try:
            with disk_troubles(path):
                self._set_pragmas()
                self._connection.execute(_HOUSEKEEPING)
                self._migrate(migrations)
            self.checkpoint()
        except DiskTrouble:
            self._connection.close()
            raise

    def _set_pragmas(self) -> None:
        self._expect("locking_mode", "EXCLUSIVE", "exclusive")
        self._expect("journal_mode", "WAL", "wal")
        self._expect("synchronous", self._durability.value, {"FULL": 2, "NORMAL": 1}[self._durability.value])
        # Turning it on makes SQLite compile every statement of the connection anew, also where it is on already.
        if not self._connection.execute("PRAGMA foreign_keys").fetchone()[0]:
            self._expect("foreign_keys", "ON", 1)
        self._connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES_AT_MOST}")

    def _expect(self, pragma: str, value: str, answer: str | int) -> None:
        self._connection.execute(f"PRAGMA {pragma} = {value}")
        got = self._connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        if got != answer:
            raise DiskTrouble(DiskTroubleKind.FAILED, f"{self.path.name}: {pragma} is {got}, needed is {answer}")

    def _migrate(self, migrations: Sequence[Migration]) -> None:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise DiskTrouble(DiskTroubleKind.FAILED, f"{self.path.name} was written by a newer Tukar")
        for number, migration in enumerate(migrations[version:], version + 1):
            with self.transaction() as connection:
                for statement in migration:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")

    def transaction(self) -> AbstractContextManager[Connection]:
        """All of what is written inside, or nothing of it; how durable it is then ``durability`` says."""
        return self._transaction

    def reading(self) -> AbstractContextManager[Connection]:
        """The connection, for as long as nobody else has it."""
        return self._reading

    def sync(self) -> None:
        """Makes every earlier commit durable; costs nothing when all of them are."""
        with self._lock:
            if self._written:
                with self.durably() as connection:
                    self._touch(connection)

    @contextmanager
    def durably(self) -> Iterator[Connection]:
        """A transaction that has reached the disk when the block is left, and every earlier commit with it."""
        with self._lock, disk_troubles(self.path):
            self._connection.execute("PRAGMA synchronous = FULL")
            try:
                with self.transaction() as connection:
                    yield connection
            finally:
                self._connection.execute(f"PRAGMA synchronous = {self._durability.value}")
            self._written = False

    def checkpoint(self) -> None:
        """Moves the log into the file, for moments when nobody waits.

        A new log costs one more sync for its header. The write made here pays for it, so that no sale does.
        """
        with self._lock, disk_troubles(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            with self.transaction() as connection:
                self._touch(connection)
            self._written = False

    def _was_written(self) -> None:
        self._written = True

    def _touch(self, connection: Connection) -> None:
        connection.execute("INSERT INTO housekeeping VALUES (1, 1) ON CONFLICT DO UPDATE SET writes = writes + 1")

    def close(self) -> None:
        with self._lock:
            self._connection.close()
