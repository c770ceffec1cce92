"""The one small door for work that waits: it runs elsewhere, and its answer comes back on the caller's thread."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Ticket(Protocol):
    """A running request. ``drop`` means: its answer is no longer wanted and will not be delivered."""

    def drop(self) -> None: ...


class Background(Protocol):
    """Runs blocking calls away from the window (architecture.md, "One circle").

    ``done`` or ``failed`` is called later on the thread that called ``run``, one of the two and only once. Only
    ``Refused``, ``Unreachable`` and ``DiskTrouble`` reach ``failed``; anything else is a bug and goes to the last
    resort. A ``slot`` names what is asked: asking again in the same slot drops the earlier ticket, so that a late
    answer to an older search is never shown. Only reads have a slot; a write is never dropped.
    """

    def run(
        self,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        slot: str = "",
    ) -> Ticket: ...

    def after(self, seconds: float, then: Callable[[], None]) -> Ticket:
        """Calls ``then`` once, ``seconds`` later, on the caller's thread."""
        ...


class DroppableTicket:
    """The simplest ticket: remembers that it was dropped."""

    def __init__(self) -> None:
        self.dropped = False

    def drop(self) -> None:
        self.dropped = True
