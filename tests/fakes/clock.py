"""A clock that stands still until a test moves it, and that can jump, sleep and start anew."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """``ports.Clock``. Wall time and the clock of deadlines are moved apart, as a machine's are."""

    def __init__(self, at: datetime = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)) -> None:
        self._wall = at
        self._monotonic = 1_000.0
        self._boots = 1

    def now(self) -> datetime:
        return self._wall

    def monotonic(self) -> float:
        return self._monotonic

    @property
    def boot_id(self) -> str:
        return f"boot-{self._boots}"

    def advance(self, seconds: float) -> None:
        """Time passes, in suspend too."""
        self._wall += timedelta(seconds=seconds)
        self._monotonic += seconds

    def jump_wall(self, seconds: float) -> None:
        """Somebody sets the clock; deadlines do not notice."""
        self._wall += timedelta(seconds=seconds)

    def reboot(self, seconds: float = 60.0) -> None:
        """The machine starts anew, ``seconds`` later."""
        self._wall += timedelta(seconds=seconds)
        self._monotonic = 5.0
        self._boots += 1
