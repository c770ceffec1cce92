"""Backgrounds without threads: one answers at once, one when the test says so."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.fakes.clock import FakeClock
from tukar.till.background import DroppableTicket
from tukar.till.ports import DiskTrouble, Refused, Unreachable

T = TypeVar("T")

KNOWN = (Refused, Unreachable, DiskTrouble)


@dataclass(frozen=True)
class Timer:
    """Something to be called later."""

    at: float
    then: Callable[[], None]
    ticket: DroppableTicket


class Timers:
    """What ``after`` promised; ``advance`` moves the clock from one timer to the next."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.pending: list[Timer] = []

    def after(self, seconds: float, then: Callable[[], None]) -> DroppableTicket:
        ticket = DroppableTicket()
        self.pending.append(Timer(self.clock.monotonic() + seconds, then, ticket))
        return ticket

    def advance(self, seconds: float) -> None:
        """Time passes, and every timer that falls due is called at its moment."""
        end = self.clock.monotonic() + seconds
        while True:
            due = [timer for timer in self.pending if timer.at <= end and not timer.ticket.dropped]
            if not due:
                break
            first = min(due, key=lambda timer: timer.at)
            self.pending.remove(first)
            self.clock.advance(max(0.0, first.at - self.clock.monotonic()))
            first.then()
        self.clock.advance(max(0.0, end - self.clock.monotonic()))


class ImmediateBackground(Timers):
    """``till.background.Background``: everything has happened when ``run`` returns."""

    def run(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None], *, slot: str = ""
    ) -> DroppableTicket:
        try:
            result = call()
        except KNOWN as trouble:
            failed(trouble)
        else:
            done(result)
        return DroppableTicket()


@dataclass(frozen=True)
class Job:
    """A call that waits for its turn."""

    turn: Callable[[], Callable[[], None]]
    ticket: DroppableTicket
    slot: str


class SteppedBackground(Timers):
    """``till.background.Background`` by hand: ``step`` lets one call happen and delivers its answer.

    ``start`` lets a call happen and keeps its answer back, so that a test can act in between; ``deliver`` brings it.
    """

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.jobs: deque[Job] = deque()
        self.answers: deque[tuple[Callable[[], None], DroppableTicket]] = deque()

    def run(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None], *, slot: str = ""
    ) -> DroppableTicket:
        ticket = DroppableTicket()
        if slot:
            for job in self.jobs:
                if job.slot == slot:
                    job.ticket.drop()

        def turn() -> Callable[[], None]:
            try:
                result = call()
            except KNOWN as trouble:
                known = trouble
                return lambda: failed(known)
            return lambda: done(result)

        self.jobs.append(Job(turn, ticket, slot))
        return ticket

    def start(self) -> None:
        """The next call happens; its answer is on its way."""
        job = self.jobs.popleft()
        if not job.ticket.dropped:
            self.answers.append((job.turn(), job.ticket))

    def deliver(self) -> None:
        """The oldest answer arrives."""
        answer, ticket = self.answers.popleft()
        if not ticket.dropped:
            answer()

    def step(self) -> None:
        if self.answers:
            self.deliver()
        else:
            self.start()
            while self.answers:
                self.deliver()

    def run_all(self, most: int = 1_000) -> None:
        """Until nothing is left to do now; timers stay."""
        for _ in range(most):
            if not self.jobs and not self.answers:
                return
            self.step()
        raise AssertionError("it never ends")
