"""Time, events and crashes: what happens when, in an order that depends on nothing but the schedule.

There is one thread. Whatever takes time is an event in the future; what waits (a call on the wire, a card terminal)
lets other events happen meanwhile, from inside. An answer that comes while something deeper still waits is taken a
little later, which is only another delay.
"""

import heapq
import itertools
from collections.abc import Callable
from typing import Final, Protocol

from tests.simulation.choices import Choices

DEEPEST: Final = 5
"""So many calls may wait inside one another; a further one is answered at once."""
STEPS_AT_MOST: Final = 60_000

KILL: Final = "kill"
POWER: Final = "power"


class Crashed(BaseException):
    """A process ends here. Not an Exception: nothing in the program may take it for trouble it knows."""


class NeverEndsError(RuntimeError):
    """The simulation went on for far too long: something in the program goes round in circles."""


class Process(Protocol):
    """Something that runs on a machine and can be killed."""

    name: str
    alive: bool

    def die(self, how: str) -> None:
        """Everything that was not on the disk is lost from here on."""
        ...


class World:
    """Events in the order of their time. ``watch`` is called after each of them."""

    def __init__(self, choices: Choices, *, crash_at: int = 0, crash_how: str = KILL) -> None:
        self.choices = choices
        self.now = 0.0
        self.steps = 0
        self.points = 0
        self.crashes = 0
        self.healed = False
        self.trace: list[str] = []
        self.tracing = False
        self.crash_chance = 0.0
        self._crash_at = crash_at
        self._crash_how = crash_how
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._depth = 0

    def time(self) -> float:
        return self.now

    def tell(self, words: str) -> None:
        if self.tracing:
            self.trace.append(f"{self.now:10.3f}  {'  ' * self._depth}{words}")

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.now + seconds, next(self._numbers), then))

    @property
    def is_over(self) -> bool:
        return not self._events

    def heal(self) -> None:
        """From now on nothing goes wrong any more."""
        self.healed = True
        self.choices.tame = True
        self._crash_at = 0

    def run(self, until: float = float("inf")) -> None:
        """Everything that happens up to that time."""
        while self._events and self._events[0][0] <= until:
            self._next()
        if until != float("inf"):
            self.now = max(self.now, until)

    def wait(self, over: Callable[[], bool], seconds: float) -> bool:
        """Lets others happen until ``over``, at most so long; whether it was over by then."""
        if self._depth >= DEEPEST:
            return over()
        until = self.now + seconds
        self._depth += 1
        try:
            while not over() and self._events and self._events[0][0] <= until:
                self._next()
        finally:
            self._depth -= 1
        if not over():
            self.now = max(self.now, until)
        return over()

    @property
    def is_deep(self) -> bool:
        return self._depth >= DEEPEST

    def _next(self) -> None:
        at, _, then = heapq.heappop(self._events)
        self.now = max(self.now, at)
        self.steps += 1
        if self.steps > STEPS_AT_MOST:
            raise NeverEndsError(f"more than {STEPS_AT_MOST} steps")
        then()

    def point(self, process: Process, place: str) -> None:
        """A place where ``process`` may end. Raises Crashed when it does, or has ended already."""
        if not process.alive:
            raise Crashed(place)
        if self.healed:
            return
        self.points += 1
        how = self._crash_how if self.points == self._crash_at else ""
        if not how and self.crash_chance:
            chance = self.crash_chance
            how = self.choices.pick(f"crash.{process.name}.{place}", "", ((KILL, chance), (POWER, chance / 2)))
        if how:
            self.crashes += 1
            self.tell(f"{process.name} ends by {how} at {place}")
            process.die(how)
            raise Crashed(place)
