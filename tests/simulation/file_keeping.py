"""What a file must hold: what was kept in it last, or what was being written when the program ended."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.simulation.world import Process, World
from tukar.local.disk import Connection, Cursor, SqlValue, open_file

NEW: Final = "as on a new till"


class Kept:
    """By the name of each thing that is kept, how it may be found; ``violated`` hears of what was found otherwise."""

    def __init__(self, violated: Callable[[str], None]) -> None:
        self._violated = violated
        self._may_be: dict[str, tuple[object, ...]] = {}

    def write(self, name: str, value: object, keep: Callable[[], object]) -> None:
        """``keep`` writes it; until it is done the former may be found as well."""
        self._may_be[name] = (*self._may_be[name], value)
        keep()
        self._may_be[name] = (value,)

    def found(self, name: str, value: object) -> None:
        """What lies there now, when a program starts."""
        if value not in self._may_be.setdefault(name, (value,)):
            self._violated(f"F1 {name} is {value!r}, and was kept as {self._may_be[name]!r}")
        self._may_be[name] = (value,)

    def demand(self, name: str, value: object, expected: object) -> None:
        """What must be so in any case."""
        if value != expected:
            self._violated(f"F2 {name}: {value!r} in place of {expected!r}")


class FileConnection:
    """``local.disk.Connection`` to a real file, of a program that may end before and after every commit."""

    def __init__(self, world: World, process: Process, path: Path) -> None:
        self._world = world
        self._process = process
        self._real: Connection = open_file(path)

    @property
    def in_transaction(self) -> bool:
        return self._process.alive and self._real.in_transaction

    def execute(self, sql: str, parameters: Sequence[SqlValue] = (), /) -> Cursor:
        if sql == "COMMIT":
            self._world.point(self._process, "catalogue.commit")
        cursor = self._real.execute(sql, parameters)
        if sql == "COMMIT":
            self._world.point(self._process, "catalogue.committed")
        return cursor

    def close(self) -> None:
        self._real.close()
