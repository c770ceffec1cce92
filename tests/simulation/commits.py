"""The server's transactions as events: what came in together is committed together, and nobody is told before."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine

from tests.simulation.world import Process, World
from tukar.server.storage.batches import UnavailableError, Work, commit_batch
from tukar.server.storage.statements import Statements, statements_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _PointedStatements(Statements):
    """Something may happen before every commit."""

    before_commit: Callable[[], None]

    def commit(self) -> None:
        self.before_commit()
        Statements.commit(self)


class SteppedCommits:
    """``server.storage.Transactions``. While ``gathers``, works wait for ``commit``; else each is committed at once."""

    def __init__(self, engine: Engine, world: World, process: Process) -> None:
        self.world = world
        self.process = process
        self._connection = engine.connect()
        known = statements_of(self._connection)
        self.statements = _PointedStatements(known._driver, known._dialect, known._prepared, self._before_commit)
        self.gathers = False
        self.fail_chance = 0.0
        """How often the disk does not take a transaction: then all whose messages were in it are told so."""
        self.on_commit: Callable[[], None] = lambda: None
        self._waiting: list[tuple[Future[Any], Work[Any]]] = []

    def _before_commit(self) -> None:
        self.world.point(self.process, "commit")
        if self.fail_chance and self.world.choices.pick("commit", "", (("fails", self.fail_chance),)):
            raise sqlite3.OperationalError("simulated: disk I/O error")

    def submit(self, work: Work[T]) -> "Future[T]":
        future: Future[T] = Future()
        self._waiting.append((future, work))
        if not self.gathers:
            self.commit()
        return future

    def commit(self) -> None:
        """Does all that waits in one transaction and tells whoever asked, once it is on the disk."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            self.world.point(self.process, "begin")
            outcomes = commit_batch(self.statements, [work for _, work in batch])
        except UnavailableError as trouble:
            for future, _ in batch:
                future.set_exception(trouble)
            return
        self.on_commit()
        self.world.point(self.process, "committed")
        for (future, _), outcome in zip(batch, outcomes, strict=True):
            if outcome.failure is None:
                future.set_result(outcome.value)
            else:
                future.set_exception(outcome.failure)

    def drop(self) -> None:
        """The process is gone: what waited is forgotten, what was open is undone."""
        self._waiting.clear()
        self._connection.close()

    def close(self) -> None:
        self.drop()
