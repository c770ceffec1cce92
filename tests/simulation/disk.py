"""A till's disk: real SQLite in memory, which keeps what was committed when the program or the power goes."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tests.simulation.files import Contents, address
from tests.simulation.world import POWER, Process, World
from tukar.local.disk import Connect, Cursor, SqlValue
from tukar.local.journal import DRAFTS_FILE, JOURNAL_FILE

FULL_DISK: Final = "full"
BAD_DISK: Final = "eio"
_ERRORS: Final = {FULL_DISK: sqlite3.SQLITE_FULL, BAD_DISK: sqlite3.SQLITE_IOERR}
_ANSWERS: Final = {"PRAGMA journal_mode": "wal", "PRAGMA locking_mode": "exclusive"}
COPY: Final = "VACUUM INTO ?"
STATEMENTS_KEPT: Final = 512
"""More than a till has, so that SQLite reads each of them once in all schedules."""


class _Answer:
    """One row of one value."""

    def __init__(self, value: str) -> None:
        self._value = value

    def fetchone(self) -> tuple[str]:
        return (self._value,)

    def fetchall(self) -> list[tuple[str]]:
        return [(self._value,)]


def on_real_disk(pragma: str) -> "_Answer | None":
    """What a file on a real disk would answer where one in memory cannot."""
    for asked, answer in _ANSWERS.items():
        if pragma.startswith(asked):
            return _Answer(answer)
    return None


@cache
def opened(name: str) -> tuple[sqlite3.Connection, Contents]:
    """The database of that name, for all schedules of this process."""
    db = sqlite3.connect(address(name), uri=True, isolation_level=None, cached_statements=STATEMENTS_KEPT)
    return db, Contents(name)


class StoredFile:
    """One file. ``states`` are its contents since the last sync; a power cut keeps the first or a later one."""

    def __init__(self, name: str) -> None:
        self.db, self._contents = opened(name)
        self.is_lazy = False
        self.states: list[bytes] = []

    def start_as(self, template: sqlite3.Connection) -> None:
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")
        self._contents.become(template)
        self.is_lazy, self.states = False, []

    def committed(self) -> None:
        if self.is_lazy:
            self.states.append(self.db.serialize())
        elif self.states:
            self.states = [self.db.serialize()]

    def set_lazy(self, lazy: bool) -> None:
        self.is_lazy = lazy
        if lazy and not self.states:
            self.states = [self.db.serialize()]

    def lose_power(self, kept: Callable[[int], int]) -> None:
        """What was not synced may be gone; ``kept`` says how many of so many later states reached the disk."""
        if len(self.states) > 1:
            self._contents.become_again(self.states[kept(len(self.states) - 1)])
        self.states = []


class TillDisk:
    """The files of one till, across all lives of its program. ``on_commit`` hears of every commit of the journal."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name
        self._files = {file: StoredFile(f"till-{name}-{file}") for file in (JOURNAL_FILE, DRAFTS_FILE)}
        self.fault_chance = 0.0
        self.has_failed = False
        self.on_commit: Callable[[], None] = lambda: None

    @property
    def journal(self) -> sqlite3.Connection:
        """The journal as it lies there, for those who check."""
        return self._files[JOURNAL_FILE].db

    @property
    def drafts(self) -> sqlite3.Connection:
        return self._files[DRAFTS_FILE].db

    def file(self, name: str) -> sqlite3.Connection:
        """A file as it lies there."""
        return self._files[name].db

    def start_as(self, templates: dict[str, sqlite3.Connection]) -> None:
        for name, file in self._files.items():
            file.start_as(templates[name])

    def copy_to(self, other: "TillDisk") -> None:
        """Another machine gets the same files, as a restored back-up or a cloned disk would have them."""
        for name, file in self._files.items():
            other._files[name].start_as(file.db)

    def die(self, how: str) -> None:
        for file in self._files.values():
            if file.db.in_transaction:
                file.db.execute("ROLLBACK")
            if how == POWER:
                file.lose_power(self._kept)
            file.states = []

    def _kept(self, most: int) -> int:
        share = self._world.choices.pick(f"kept.{self._name}", 1.0, ((0.0, 0.4), (0.5, 0.2)))
        return round(most * share)

    def connector(self, process: Process) -> Connect:
        """How that life of the program opens its files."""
        return lambda path: DiskConnection(self._world, process, self._files[Path(path).name], self)

    def fault(self) -> str:
        if not self.fault_chance or self._world.healed:
            return ""
        chance = self.fault_chance
        fault = self._world.choices.pick(f"disk.{self._name}", "", ((FULL_DISK, chance), (BAD_DISK, chance)))
        self.has_failed |= bool(fault)
        return fault

    def is_journal(self, file: StoredFile) -> bool:
        return file is self._files[JOURNAL_FILE]


class DiskConnection:
    """``local.disk.Connection``: a point where the program may end before and after every commit."""

    def __init__(self, world: World, process: Process, file: StoredFile, disk: TillDisk) -> None:
        self._world = world
        self._process = process
        self._file = file
        self._disk = disk
        self._label = "journal" if disk.is_journal(file) else "drafts"

    @property
    def in_transaction(self) -> bool:
        return self._process.alive and self._file.db.in_transaction

    def execute(self, sql: str, parameters: Sequence[SqlValue] = (), /) -> Cursor:
        if sql == "COMMIT":
            return self._commit()
        if sql.startswith("PRAGMA"):
            answer = on_real_disk(sql)
            if answer is not None:
                return answer
            if sql.startswith("PRAGMA synchronous ="):
                self._file.set_lazy(not sql.endswith("FULL"))
        if sql == COPY:
            # A database in memory would make its copy in memory too.
            parameters = (f"file:{parameters[0]!s}?vfs=unix",)
        if sql == "BEGIN IMMEDIATE":
            self._world.point(self._process, f"{self._label}.begin")
        return self._file.db.execute(sql, parameters)

    def _commit(self) -> Cursor:
        self._world.point(self._process, f"{self._label}.commit")
        fault = self._disk.fault()
        if fault:
            error = sqlite3.OperationalError(f"simulated: {fault}")
            error.sqlite_errorcode = _ERRORS[fault]
            raise error
        cursor = self._file.db.execute("COMMIT")
        self._file.committed()
        if self._disk.is_journal(self._file):
            self._disk.on_commit()
        self._world.point(self._process, f"{self._label}.committed")
        return cursor

    def close(self) -> None:
        """The file stays for the next life."""
