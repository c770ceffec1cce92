"""The till's one queue of journal writes: in the background, one at a time, in the order in which they were asked."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tukar.till.background import Background
from tukar.till.ports import DiskTrouble

T = TypeVar("T")
Failed = Callable[[DiskTrouble], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A write that waits for its turn; ``prepare`` says at its turn what to write, or None for nothing any more."""

    prepare: Callable[[], Callable[[], object] | None]
    done: Callable[[], None]
    failed: Failed


class JournalWriter:
    """Puts every write after the one before it, so that rows reach the disk in the order of the cashier's acts.

    ``prepare`` is called on the caller's thread once all earlier writes are over and their ``done`` has run: it sees
    what they left behind. Only ``DiskTrouble`` reaches ``failed``; the writes behind a failed one still get their
    turn, and decide in ``prepare`` whether they make sense.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: deque[_Waiting] = deque()
        self._busy = False

    @property
    def idle(self) -> bool:
        return not self._busy and not self._waiting

    def write(self, prepare: Callable[[], Callable[[], T] | None], done: Callable[[T], None], failed: Failed) -> None:
        """``done`` gets what the write returned, after it has reached the disk; neither is called for None."""
        result: list[T] = []

        def prepared() -> Callable[[], object] | None:
            call = prepare()
            return None if call is None else lambda: result.append(call())

        self._waiting.append(_Waiting(prepared, lambda: done(result[0]), failed))
        self._next()

    def _next(self) -> None:
        while self._waiting and not self._busy:
            first = self._waiting.popleft()
            call = first.prepare()
            if call is not None:
                self._start(first, call)

    def _start(self, first: _Waiting, call: Callable[[], object]) -> None:
        self._busy = True
        self._background.run(call, lambda _: self._over(first.done), lambda trouble: self._fell(first, trouble))

    def _over(self, then: Callable[[], None]) -> None:
        self._busy = False
        then()
        self._next()

    def _fell(self, first: _Waiting, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._over(lambda: first.failed(trouble))
