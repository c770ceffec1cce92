"""Runs statements straight on the database's driver: each is put together once, and then costs what the database takes.

SQLAlchemy opens connections and knows how each database spells a statement; an operation of the backend runs a dozen
small statements, and there its own work for each was most of their cost. For the same reason the one connection that
SQLite has begins and ends its transactions here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]

_KEPT_AS: Final = "tukar.statements"
PREPARED_AT_MOST: Final = 1024
"""More than the backend has; one that was put together for a single use is forgotten with all others some day."""


class WrongRowsError(RuntimeError):
    """A statement that always finds one row found none, or several."""


class Row(tuple[Any, ...]):
    """What a statement found: a tuple whose parts have the names of the columns too."""

    __slots__ = ()
    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 - whatever the column holds

    def by_name(self) -> dict[str, Any]:
        """Its values under the names of their columns; where two columns share a name, the later one."""
        return dict(zip(self._columns, self, strict=True))


class Rows:
    """What a statement found or changed; read once."""

    __slots__ = ("_cursor", "_prepared")

    def __init__(self, cursor: DBAPICursor, prepared: "_Prepared") -> None:
        self._cursor = cursor
        self._prepared = prepared

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    def all(self) -> Sequence[Row]:
        return list(self)

    def first(self) -> Row | None:
        """The first row, None where there is none."""
        found = self._cursor.fetchone()
        if found is None:
            return None
        row = self._prepared.named(self._cursor)(found)
        self._cursor.close()
        return row

    def one(self) -> Row:
        """The row; raises WrongRowsError where there is none or another one."""
        rows = self.all()
        if len(rows) != 1:
            raise WrongRowsError(f"{len(rows)} rows: {self._prepared.sql[:80]}")
        return rows[0]

    def scalar_one(self) -> Any:  # noqa: ANN401 - whatever the column holds
        """The first column of the one row."""
        return self.one()[0]

    def scalars(self) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._cursor.fetchall()]

    def __iter__(self) -> Iterator[Row]:
        found = self._cursor.fetchall()
        return map(self._prepared.named(self._cursor), found) if found else iter(())


class _Prepared:
    """A statement as the driver takes it, with its ``own`` values; ``lists`` are those whose length is in its text."""

    __slots__ = ("_by_lengths", "_compiled", "_kind", "lists", "own", "sql")

    def __init__(self, compiled: SQLCompiler) -> None:
        self.sql = compiled.string
        self._compiled = compiled
        self.lists = tuple(sorted(bind.key for bind in compiled.post_compile_params))
        self._by_lengths: dict[tuple[int, ...], tuple[str, Mapping[str, Sequence[str]]]] = {}
        self.own = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
        self._kind: type[Row] | None = None

    def with_lists(self, values: Values) -> tuple[str, dict[str, Any]]:
        """Text and values for lists as long as these; each length is put together once."""
        lengths = tuple(len(values[name]) for name in self.lists)
        known = self._by_lengths.get(lengths)
        if known is None:
            expanded = self._compiled.construct_expanded_state(dict(values))
            known = self._by_lengths[lengths] = (expanded.statement, expanded.parameter_expansion)
        sql, names = known
        single = {name: value for name, value in values.items() if name not in self.lists}
        for name in self.lists:
            single.update(zip(names[name], values[name], strict=False))
        return sql, single

    def named(self, cursor: DBAPICursor) -> type[Row]:
        """The rows of this statement, with its columns' names."""
        if self._kind is None:
            names = [column[0] for column in cursor.description or ()]
            columns = {name: property(itemgetter(place)) for place, name in enumerate(names)}
            self._kind = type("Row", (Row,), {"__slots__": (), "_columns": tuple(names), **columns})
        return self._kind


@dataclass(frozen=True, slots=True)
class Statements:
    """One connection of the driver. Whatever runs here is part of the transaction that was begun on it."""

    _driver: Any
    _dialect: Dialect
    _prepared: dict[Executable, _Prepared]

    def begin(self) -> None:
        """Begins a transaction; on SQLite one that writes, so that it waits for nobody later."""
        if self._dialect.name == "sqlite":  # the other driver begins one with the first statement
            self._driver.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Returns once all since ``begin`` is on the disk; raises the driver's error when it is not."""
        self._driver.commit()

    def roll_back(self) -> None:
        """Undoes all since ``begin``, where the database has not done so by itself."""
        self._driver.rollback()

    def run(self, sql: str) -> None:
        """Runs the same text on every database, without values."""
        self._driver.execute(sql)

    def execute(self, statement: Executable, values: Values | Sequence[Values] | None = None) -> Rows:
        """Runs it, or runs it once for each of several ``values``; raises the driver's own errors."""
        prepared = self._prepared.get(statement)
        if prepared is None:
            prepared = self._prepare(statement)
        cursor: DBAPICursor = self._driver.cursor()
        if values is None:
            values = prepared.own
        elif not isinstance(values, Mapping):
            cursor.executemany(prepared.sql, values)
            return Rows(cursor, prepared)
        elif prepared.own:
            values = {**prepared.own, **values}
        if prepared.lists:
            cursor.execute(*prepared.with_lists(values))
        else:
            cursor.execute(prepared.sql, values)
        return Rows(cursor, prepared)

    def _prepare(self, statement: Executable) -> _Prepared:
        if len(self._prepared) >= PREPARED_AT_MOST:
            self._prepared.clear()
        compiled = cast("SQLCompiler", cast("Any", statement).compile(dialect=self._dialect))
        prepared = self._prepared[statement] = _Prepared(compiled)
        return prepared


def statements_of(connection: Connection) -> Statements:
    """The statements of a connection, kept for as long as the driver's connection lives."""
    kept = connection.info
    statements: Statements | None = kept.get(_KEPT_AS)
    if statements is None:
        named = connection.dialect
        if named.name == "sqlite":
            named = sqlite.dialect(paramstyle="named")
        statements = kept[_KEPT_AS] = Statements(connection.connection.driver_connection, named, {})
    return statements
