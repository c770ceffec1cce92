"""A till's disk: real SQLite in memory, which keeps what was committed when the program or the power goes."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.simulation.world import POWER, Process, World
from tukar.local.disk import Connect, Cursor, SqlValue
from tukar.local.journal import DRAFTS_FILE, JOURNAL_FILE

FULL_DISK: Final = "full"
BAD_DISK: Final = "eio"
_ERRORS: Final = {FULL_DISK: sqlite3.SQLITE_FULL, BAD_DISK: sqlite3.SQLITE_IOERR}
_WAL: Final = "PRAGMA journal_mode"


class _Answer:
    """What a file on a real disk would answer where one in memory cannot."""

    def __init__(self, value: str) -> None:
        self._value = value

    def fetchone(self) -> tuple[str]:
        return (self._value,)

    def fetchall(self) -> list[tuple[str]]:
        return [(self._value,)]


class StoredFile:
    """One file. ``states`` are its contents since the last sync; a power cut keeps the first or a later one."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.is_lazy = False
        self.states: list[bytes] = []

    def start_as(self, template: sqlite3.Connection) -> None:
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")
        template.backup(self.db)
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
            self.db.deserialize(self.states[kept(len(self.states) - 1)])
        self.states = []


class TillDisk:
    """The files of one till, across all lives of its program. ``on_commit`` hears of every commit of the journal."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name
        self._files = {JOURNAL_FILE: StoredFile(), DRAFTS_FILE: StoredFile()}
        self.fault_chance = 0.0
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
            file.db.backup(other._files[name].db)

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
        return self._world.choices.pick(f"disk.{self._name}", "", ((FULL_DISK, chance), (BAD_DISK, chance)))

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
            if sql.startswith(_WAL):
                return _Answer("wal")
            if sql.startswith("PRAGMA synchronous ="):
                self._file.set_lazy(not sql.endswith("FULL"))
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
