"""Several messages in one transaction of one connection, each behind a savepoint of its own."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from tukar.server.storage.statements import Statements

T = TypeVar("T")
Work = Callable[[Statements], T]

_SAVEPOINT: Final = "SAVEPOINT message"
_UNDO: Final = "ROLLBACK TO message"
_RELEASE: Final = "RELEASE message"


class UnavailableError(RuntimeError):
    """Nothing of this message was stored; it may be sent again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one work: what it gave, or why it left nothing."""

    value: Any = None
    failure: BaseException | None = None


def commit_batch(statements: Statements, batch: Sequence[Work[Any]]) -> list[Outcome]:
    """Does every work behind a savepoint of its own and commits all of them at once.

    A work that raises leaves nothing; the others are committed. Raises UnavailableError, with nothing stored, when
    the commit itself fails.
    """
    try:
        statements.begin()
        outcomes = [_behind_savepoint(statements, work) for work in batch]
        statements.commit()
    except sqlite3.Error as trouble:
        with suppress(sqlite3.Error):
            statements.roll_back()
        raise UnavailableError("the commit failed") from trouble
    except BaseException:
        statements.roll_back()
        raise
    return outcomes


def _behind_savepoint(statements: Statements, work: Work[Any]) -> Outcome:
    statements.run(_SAVEPOINT)
    try:
        outcome = Outcome(value=work(statements))
    except Exception as failure:  # noqa: BLE001 - handed on to whoever waits for this one message
        statements.run(_UNDO)
        outcome = Outcome(failure=failure)
    statements.run(_RELEASE)
    return outcome
