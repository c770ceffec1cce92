"""``till.background.Background`` of one life of a till, as events of the world."""

from collections.abc import Callable
from typing import Final, TypeVar

from tests.simulation.world import Crashed, Process, World
from tukar.till.background import DroppableTicket
from tukar.till.ports import DiskTrouble, Refused, Unreachable

T = TypeVar("T")

SOON: Final = 0.001
_KNOWN: Final = (Refused, Unreachable, DiskTrouble)


class SimulatedBackground:
    """Every call is an event, its answer another one; nothing happens any more once ``process`` has ended."""

    def __init__(self, world: World, process: Process) -> None:
        self._world = world
        self._process = process
        self._slots: dict[str, DroppableTicket] = {}
        self.busy = 0
        """Calls that have not been answered yet."""

    def run(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None], *, slot: str = ""
    ) -> DroppableTicket:
        ticket = DroppableTicket()
        if slot:
            earlier = self._slots.get(slot)
            if earlier is not None:
                earlier.drop()
            self._slots[slot] = ticket
        self.busy += 1

        def turn() -> None:
            try:
                result = call()
            except _KNOWN as trouble:
                known = trouble
                self._answer(lambda: failed(known), ticket)
            else:
                self._answer(lambda: done(result), ticket)

        delay = self._world.choices.pick(f"queue.{self._process.name}", SOON, ((0.03, 0.02), (0.6, 0.01)))
        self._world.after(delay, lambda: self.guarded(turn))
        return ticket

    def after(self, seconds: float, then: Callable[[], None]) -> DroppableTicket:
        ticket = DroppableTicket()
        self._world.after(seconds, lambda: None if ticket.dropped else self.guarded(then))
        return ticket

    def _answer(self, then: Callable[[], None], ticket: DroppableTicket) -> None:
        def deliver() -> None:
            self.busy -= 1
            if not ticket.dropped:
                then()

        self._world.after(SOON, lambda: self.guarded(deliver))

    def guarded(self, then: Callable[[], None]) -> None:
        """Does ``then`` while the program lives; its end is the end of this event only."""
        if not self._process.alive:
            return
        try:
            then()
        except Crashed:
            if self._process.alive:
                raise


class Unhurried:
    """The same for what looks every few seconds whether anything is to be done: it looks so many times less often."""

    def __init__(self, background: SimulatedBackground, times: int = 8) -> None:
        self._background = background
        self._times = times

    def run(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None], *, slot: str = ""
    ) -> DroppableTicket:
        return self._background.run(call, done, failed, slot=slot)

    def after(self, seconds: float, then: Callable[[], None]) -> DroppableTicket:
        return self._background.after(self._times * seconds, then)
