"""The server's transactions as events: what came in together is committed together, and nobody is told before."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from tests.simulation.world import Process, World
from tukar.server.storage.transactions import UnavailableError, Work, commit_batch

T = TypeVar("T")


class SteppedCommits:
    """``server.storage.Transactions``. While ``gathers``, works wait for ``commit``; else each is committed at once."""

    def __init__(self, engine: Engine, world: World, process: Process) -> None:
        self.world = world
        self.process = process
        self.connection: Connection = engine.connect()
        self.gathers = False
        self.fail_chance = 0.0
        """How often the disk does not take a transaction: then all whose messages were in it are told so."""
        self.on_commit: Callable[[], None] = lambda: None
        self._waiting: list[tuple[Future[Any], Work[Any]]] = []
        self._listener = self._before_commit
        event.listen(self.connection, "commit", self._listener)

    def _before_commit(self, _connection: Connection) -> None:
        self.world.point(self.process, "commit")
        if self.fail_chance and self.world.choices.pick("commit", "", (("fails", self.fail_chance),)):
            raise OperationalError("COMMIT", None, sqlite3.OperationalError("simulated: disk I/O error"))

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
            outcomes = commit_batch(self.connection, [work for _, work in batch])
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
        event.remove(self.connection, "commit", self._listener)
        self.connection.close()

    def close(self) -> None:
        self.drop()
