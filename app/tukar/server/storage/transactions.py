"""Runs messages in transactions; no answer leaves before what it says is durable (redemption.md, "Server").

Reads and refusals wait for the commit too: what a message read may be a change of the same batch, which a failed
commit would undo.
"""

import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tukar.server.storage.batches import Outcome, UnavailableError, Work, commit_batch
from tukar.server.storage.statements import Statements, statements_of

T = TypeVar("T")

BATCH_AT_MOST: Final = 128
TRIES: Final = 10
_TRY_AGAIN: Final = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL: serialization failure, deadlock, and two messages that inserted the same key at once."""


class Transactions(Protocol):
    """One message, one transaction: the work either commits whole or leaves nothing behind."""

    def submit(self, work: Work[T]) -> "Future[T]": ...

    def close(self) -> None: ...


def _tell(future: "Future[Any]", outcome: Outcome) -> None:
    if outcome.failure is None:
        future.set_result(outcome.value)
    else:
        future.set_exception(outcome.failure)


class DirectTransactions:
    """On the caller's thread, one message at a time: for tests and the simulation."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._statements = statements_of(self._connection)
        self._closed = False

    def submit(self, work: Work[T]) -> "Future[T]":
        future: Future[T] = Future()
        outcome = Outcome(failure=UnavailableError("the backend is stopped"))
        if not self._closed:
            try:
                (outcome,) = commit_batch(self._statements, [work])
            except UnavailableError as trouble:
                outcome = Outcome(failure=trouble)
        _tell(future, outcome)
        return future

    def close(self) -> None:
        self._closed = True
        self._connection.close()


class GroupCommit:
    """SQLite's one writer: a thread that takes all that waits into one transaction, so that one fsync serves many."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[tuple[Future[Any], Work[Any]] | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="tukar-writer")
        self._thread.start()

    def submit(self, work: Work[T]) -> "Future[T]":
        future: Future[T] = Future()
        if self._closed:
            future.set_exception(UnavailableError("the backend is stopping"))
        else:
            self._waiting.put((future, work))
        return future

    def close(self) -> None:
        """Answers what waits, then ends the thread."""
        self._closed = True
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        with self._engine.connect() as connection:
            statements = statements_of(connection)
            going_on = True
            while going_on:
                batch, going_on = self._next_batch()
                if batch:
                    self._commit(statements, batch)

    def _next_batch(self) -> tuple[list[tuple["Future[Any]", Work[Any]]], bool]:
        batch: list[tuple[Future[Any], Work[Any]]] = []
        waiting = self._waiting.get()
        while waiting is not None:
            if waiting[0].set_running_or_notify_cancel():
                batch.append(waiting)
            if len(batch) >= BATCH_AT_MOST or self._waiting.empty():
                return batch, True
            waiting = self._waiting.get()
        return batch, False

    @staticmethod
    def _commit(statements: Statements, batch: list[tuple["Future[Any]", Work[Any]]]) -> None:
        try:
            outcomes = commit_batch(statements, [work for _, work in batch])
        except UnavailableError as trouble:
            outcomes = [Outcome(failure=trouble)] * len(batch)
        for (future, _), outcome in zip(batch, outcomes, strict=True):
            _tell(future, outcome)


class PooledTransactions:
    """PostgreSQL: each message a short transaction of its own, tried again when it met another one."""

    def __init__(self, engine: Engine, *, workers: int = 8) -> None:
        self._engine = engine
        self._troubles = (DBAPIError, engine.dialect.loaded_dbapi.Error)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="tukar-db")

    def submit(self, work: Work[T]) -> "Future[T]":
        try:
            return self._pool.submit(self._run, work)
        except RuntimeError as stopped:
            future: Future[T] = Future()
            future.set_exception(UnavailableError(str(stopped)))
            return future

    def close(self) -> None:
        self._pool.shutdown()

    def _run(self, work: Work[T]) -> T:
        for attempt in range(TRIES):
            try:
                with self._engine.connect() as connection, connection.begin():
                    return work(statements_of(connection))
            except self._troubles as trouble:
                of_driver = trouble.orig if isinstance(trouble, DBAPIError) else trouble
                if getattr(of_driver, "sqlstate", None) not in _TRY_AGAIN:
                    raise UnavailableError(type(of_driver).__name__) from trouble
                time.sleep(random.uniform(0, 0.002 * 2**attempt))  # noqa: S311 - only spreads the next try
        raise UnavailableError("other messages kept coming in between")


def transactions_for(engine: Engine, *, workers: int = 8) -> Transactions:
    """The way of running that suits the database, for a server."""
    return GroupCommit(engine) if engine.dialect.name == "sqlite" else PooledTransactions(engine, workers=workers)
