"""Time as the backend counts it: the wall's for people and days, and seconds that never jump for what runs out."""

import time
from datetime import UTC, datetime
from typing import Final, Protocol

from sqlalchemy import text

from tukar.server.storage.statements import Statements

BOUND_SECONDS: Final = 24 * 60 * 60
"""The most that a stop of the server counts for. Nothing counted here lives longer than a day."""
WRITE_EVERY_SECONDS: Final = 5.0

_READ: Final = text("SELECT value FROM meta WHERE name = 'timeline'")
_WRITE: Final = text(
    "INSERT INTO meta (name, value) VALUES ('timeline', :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def reached(connection: Statements) -> float:
    """How far the database has come, in seconds of its own time; an older copy of it says less."""
    row = connection.execute(_READ).first()
    return 0.0 if row is None else float(row.value.split(" ")[0])


class ServerClock(Protocol):
    """``monotonic`` never jumps and runs on in suspend; ``now`` is UTC and may jump."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()


class Timeline:
    """Seconds since the database was made, counted on the monotonic clock.

    Across a restart the wall clock says how long the stop was, between nothing and BOUND_SECONDS: a wall clock set
    back lets holds live a little longer, one set forward never ends more than what a day would have ended.
    """

    def __init__(self, clock: ServerClock) -> None:
        self._clock = clock
        self._base = -clock.monotonic()
        self._written = float("-inf")

    def load(self, connection: Statements) -> float:
        """Goes on from where the database last was, and says where that is; 0 for a new one."""
        row = connection.execute(_READ).first()
        if row is None:
            return 0.0
        seconds, wall = row.value.split(" ")
        stopped = (self._clock.now() - datetime.fromisoformat(wall)).total_seconds()
        self._base = float(seconds) + min(max(stopped, 0.0), BOUND_SECONDS) - self._clock.monotonic()
        return float(seconds)

    def seconds(self) -> float:
        return self._base + self._clock.monotonic()

    def keep(self, connection: Statements) -> None:
        """Writes the present down with the first message of every few seconds."""
        seconds = self.seconds()
        if seconds - self._written >= WRITE_EVERY_SECONDS:
            connection.execute(_WRITE, {"value": f"{seconds!r} {self._clock.now().isoformat()}"})
            self._written = seconds
