"""What a row of the benchmarks is, and how a goal and its floor are measured in turns."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

Action = Callable[[], object]


@dataclass(frozen=True)
class Sizes:
    """How much is measured. The goals are about ``FULL``; ``QUICK`` is for a look while working."""

    repeats: int = 7
    items: int = 1_000_000
    few_items: int = 10_000
    lines: int = 1_000
    bills: int = 1_000_000
    members: int = 1_000_000
    few_members: int = 1_000
    sales: int = 5_000
    seconds: float = 1.5


FULL = Sizes()
QUICK = Sizes(
    repeats=5, items=20_000, few_items=2_000, bills=20_000, members=20_000, few_members=500, sales=100, seconds=0.6
)


@dataclass(frozen=True)
class Figure:
    """A goal met or missed: ``value`` and its ``floor`` in one unit, and how many times the floor it may be."""

    name: str
    value: float | None
    floor: float | None
    goal: float
    what: str = ""
    """For people: what was measured beside what; or why it was not."""

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.value is not None and self.floor else None

    @property
    def ok(self) -> bool | None:
        """None where nothing was measured."""
        return None if self.ratio is None else self.ratio <= self.goal

    def told(self) -> dict[str, object]:
        shown = {key: value for key, value in asdict(self).items() if key in ("name", "value", "floor")}
        return {**shown, "ratio": self.ratio, "goal": self.goal, "ok": self.ok}


def unmeasured(name: str, goal: float, why: str) -> Figure:
    return Figure(name, None, None, goal, f"not measured: {why}")


def milliseconds(action: Action) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def in_turns(repeats: int, *actions: Callable[[], float]) -> tuple[float, ...]:
    """The median of what each action tells, after one round to warm up; the actions take turns."""
    told: list[list[float]] = [[] for _ in actions]
    for place in range(repeats + 1):
        for figures, action in zip(told, actions, strict=True):
            gc.collect()
            figure = action()
            if place:
                figures.append(figure)
    return tuple(statistics.median(figures) for figures in told)


def timed_in_turns(repeats: int, *actions: Action) -> tuple[float, ...]:
    """The median time of each action in milliseconds."""
    return in_turns(repeats, *(partial(milliseconds, action) for action in actions))


def often(action: Action, times: int) -> Callable[[], float]:
    """The mean time of an action that is too short to be timed alone, in milliseconds."""

    def mean() -> float:
        began = time.perf_counter()
        for _ in range(times):
            action()
        return (time.perf_counter() - began) * 1000 / times

    return mean


def p99(figures: list[float]) -> float:
    return sorted(figures)[max(0, -(-len(figures) * 99 // 100) - 1)]
