"""Clocks of simulated machines: all run at the pace of the world, each shows what its machine believes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

BEGINNING: Final = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""Nine in the morning in the shop."""
_FIRST_TICK: Final = 5.0


class MachineClock:
    """``ports.Clock`` and ``server.clock.ServerClock`` of one machine; ``world_time`` is the truth."""

    def __init__(self, name: str, world_time: Callable[[], float]) -> None:
        self._name = name
        self._world_time = world_time
        self._boots = 1
        self._booted_at = 0.0
        self._set_forward = 0.0

    def now(self) -> datetime:
        return BEGINNING + timedelta(seconds=self._world_time() + self._set_forward)

    def monotonic(self) -> float:
        return self._world_time() - self._booted_at + _FIRST_TICK

    @property
    def boot_id(self) -> str:
        return f"{self._name}-{self._boots}"

    def reboot(self) -> None:
        """The machine starts anew: the clock of deadlines begins again."""
        self._boots += 1
        self._booted_at = self._world_time()

    def jump(self, seconds: float) -> None:
        """Somebody sets the wall clock."""
        self._set_forward += seconds
