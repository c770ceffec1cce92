"""Asks the backend one thing that must not be done twice: the same ids again at 0.5, 1 and 2 s, then "unknown".

A time-out is unknown, never failed (redemption.md, principle 4). The call carries ids that the till made, so that
repeating it is safe; it ends in an answer, a refusal, or neither when nobody knows, so that the cashier can act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from tukar.till.gear import Gear
from tukar.till.ports import Refused, Unreachable

AGAIN_AFTER_SECONDS: Final = (0.5, 1.0, 2.0)
ONCE: Final = ()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """What came of asking: an ``answer``, a refusal, or neither when nobody knows.

    ``sent_at`` is from before the request left that was answered, in seconds of ``Clock.monotonic``: deadlines count
    from there (redemption.md, principle 5). ``trouble`` is the last reason why no answer came.
    """

    sent_at: float
    answer: T | None = None
    refused: Refused | None = None
    trouble: Unreachable | None = None

    @property
    def unknown(self) -> bool:
        return self.answer is None and self.refused is None


class Asking(Generic[T]):
    """One question on its way. ``drop`` means that its answer is no longer wanted; what was sent is sent.

    ``again`` are the pauses before asking once more; a backend where a repeated message is done twice is asked once.
    Whatever comes back also tells the line whether the backend is there.
    """

    def __init__(
        self,
        gear: Gear,
        call: Callable[[], T],
        answered: Callable[[Asked[T]], None],
        again: tuple[float, ...] = AGAIN_AFTER_SECONDS,
    ) -> None:
        self._gear = gear
        self._call = call
        self._answered = answered
        self._again = again
        self._tries = 0
        self._dropped = False

    def ask(self) -> None:
        if self._dropped:
            return
        sent_at = self._gear.clock.monotonic()
        self._tries += 1
        self._gear.background.run(
            self._call,
            lambda answer: self._over(Asked(sent_at, answer=answer)),
            lambda trouble: self._failed(sent_at, trouble),
        )

    def drop(self) -> None:
        self._dropped = True

    def _failed(self, sent_at: float, trouble: Exception) -> None:
        if isinstance(trouble, Refused):
            self._over(Asked(sent_at, refused=trouble))
        elif not isinstance(trouble, Unreachable):
            raise trouble
        elif self._tries <= len(self._again) and not self._dropped:
            self._gear.background.after(self._again[self._tries - 1], self.ask)
        else:
            self._over(Asked(sent_at, trouble=trouble))

    def _over(self, asked: Asked[T]) -> None:
        if asked.unknown:
            self._gear.line.lost()
        else:
            self._gear.line.heard()
        if not self._dropped:
            self._answered(asked)
