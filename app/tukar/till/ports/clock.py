"""Time that never jumps, deadlines that survive a restart, and ids that sort by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the clock that runs on in suspend, bound to one boot of the machine (redemption.md, 5)."""

    boot_id: str
    at: float
    """Seconds of ``Clock.monotonic``."""


class Clock(Protocol):
    """Time. ``monotonic`` runs on in suspend and never jumps; ``boot_id`` changes when it starts anew."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    @property
    def boot_id(self) -> str: ...


def seconds_left(clock: Clock, deadline: Deadline) -> float:
    """Until ``deadline``; 0 once it has passed, and always 0 after another boot, where it cannot be known."""
    return 0.0 if deadline.boot_id != clock.boot_id else max(0.0, deadline.at - clock.monotonic())


class Ids(Protocol):
    """New ids that sort by time (UUIDv7)."""

    def new(self) -> str: ...
