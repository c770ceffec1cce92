"""Disks that fail on demand: a connection that raises what SQLite raises, at the statement of a test's choice."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from tukar.local.disk import Connection, Cursor, SqlValue, open_file

Fault = Callable[[str], BaseException | None]
"""What a statement meets; None lets it pass."""


def sqlite_error(code: int, text: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


class FaultyConnection:
    """``disk.Connection`` over a real one."""

    def __init__(self, real: Connection, disk: "FaultyDisk") -> None:
        self._real = real
        self._disk = disk

    @property
    def in_transaction(self) -> bool:
        return self._real.in_transaction

    def execute(self, sql: str, parameters: Sequence[SqlValue] = (), /) -> Cursor:
        self._disk.statements.append(sql)
        problem = self._disk.fault(sql)
        if problem is not None:
            raise problem
        if sql in self._disk.answers:
            return self._disk.answers[sql]
        return self._real.execute(sql, parameters)

    def close(self) -> None:
        self._real.close()


class FaultyDisk:
    """A ``disk.Connect`` whose files work until ``fault`` says otherwise; ``statements`` are those it was given."""

    def __init__(self) -> None:
        self.fault: Fault = lambda _: None
        self.statements: list[str] = []
        self.answers: dict[str, Cursor] = {}
        """Statements that are answered from here and not by the file."""

    def __call__(self, path: Path) -> Connection:
        return FaultyConnection(open_file(path), self)

    def fail_on(self, start: str, error: sqlite3.Error) -> None:
        self.fault = lambda sql: error if sql.lstrip().startswith(start) else None

    def heal(self) -> None:
        self.fault = lambda _: None
