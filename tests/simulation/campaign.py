"""Many schedules: at random by seed, or one after the other with a crash at each point of each."""

import gc
import json
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tests.simulation.choices import Value
from tests.simulation.defects import Defect
from tests.simulation.minimise import minimised
from tests.simulation.one_shot import ONE_SHOT, OneShotSimulation
from tests.simulation.run import Outcome, Schedule, Simulation
from tests.simulation.world import KILL, POWER, Crashed

MANY_TILLS_EVERY: Final = 64
"""Most of what two tills can do to one another three do not do better, and eight cost five times as much."""
TWO_SALES_EVERY: Final = 32
"""Most of what the sales of one cashier do to one another, those of two do too."""


CRASH_MOODS: Final[tuple[tuple[str, ...], ...]] = ((), ("trust",), ("rich",), ("shelf",), ("returns",))
"""What shops may be like whose programs end at one point after the other."""


@dataclass
class Failure:
    """A schedule in which something did not hold, and the smallest one found that shows the same."""

    schedule: Schedule
    words: str
    decisions: Mapping[str, Value] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "violation": self.words,
            "seed": self.schedule.seed,
            "tills": self.schedule.tills,
            "replay": replay_text(self.schedule, self.decisions),
        }


@dataclass
class Report:
    """What a campaign found; the figures of ``--json``."""

    schedules: int = 0
    steps: int = 0
    crash_points: int = 0
    crashes: int = 0
    bills: int = 0
    late_captures: int = 0
    shortfalls: int = 0
    seconds: float = 0.0
    processor_seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.schedules += 1
        self.steps += outcome.steps
        self.crashes += outcome.crashes
        self.bills += outcome.bills
        self.late_captures += outcome.late
        self.shortfalls += outcome.short

    def add_report(self, other: "Report") -> None:
        """What another campaign found behind this one; the time on the clock is left to whoever looks at it."""
        self.schedules += other.schedules
        self.steps += other.steps
        self.crash_points += other.crash_points
        self.crashes += other.crashes
        self.bills += other.bills
        self.late_captures += other.late_captures
        self.shortfalls += other.shortfalls
        self.processor_seconds += other.processor_seconds
        self.failures.extend(other.failures)

    def as_json(self) -> dict[str, Any]:
        return {
            "schedules": self.schedules,
            "steps": self.steps,
            "crash_points": self.crash_points,
            "crashes": self.crashes,
            "bills": self.bills,
            "violations": [failure.as_json() for failure in self.failures],
            "seconds": round(self.seconds, 1),
            "processor_seconds": round(self.processor_seconds, 1),
            "late_captures": self.late_captures,
            "shortfalls": self.shortfalls,
        }


def played(schedule: Schedule, defect: Defect | None = None) -> Outcome:
    """One schedule; what the program raises is a violation too."""
    with ExitStack() as stack:
        if defect is not None:
            defect.replaces(stack)
        return _played(schedule, defect)


def simulation_of(schedule: Schedule, *, tracing: bool = False) -> Simulation:
    """The world that a schedule is played in."""
    kind = OneShotSimulation if schedule.backend == ONE_SHOT else Simulation
    return kind(schedule, tracing=tracing)


def _played(schedule: Schedule, defect: Defect | None) -> Outcome:
    simulation = simulation_of(schedule)
    if defect is not None:
        defect.wires(simulation)
    try:
        return simulation.run()
    except (Exception, Crashed) as mistake:  # noqa: BLE001 - whatever it is, it has a seed that shows it again
        last = traceback.extract_tb(mistake.__traceback__)[-1]
        where = f"{last.filename.rpartition('/')[2]}:{last.name}"
        words = f"BUG {type(mistake).__name__} in {where}: {mistake}"
        return Outcome(schedule, [words], dict(simulation.choices.taken), simulation.world.steps)


def random_schedules(first: int, count: int, tills: int | None) -> Iterator[Schedule]:
    """Schedules of two tills and, every so often, of more; or all of so many."""
    for seed in range(first, first + count):
        mixed = 2 if seed % MANY_TILLS_EVERY else (3, 4, 8)[seed // MANY_TILLS_EVERY % 3]
        yield Schedule(seed, tills=tills or mixed, sales=2 if mixed == 2 and seed % TWO_SALES_EVERY == 1 else 1)


def crash_schedules(first: int, count: int, tills: int | None) -> Iterator[Schedule]:
    """Calm schedules, each played once for every point in it where a program may end, by kill or by power in turn.

    Every second one is not quite smooth, and most of those are of a shop with something unusual about it.
    """
    seed, left = first, count
    while left > 0:
        moods = CRASH_MOODS[seed // 2 % len(CRASH_MOODS)] if seed % 2 else ()
        base = Schedule(seed, tills=tills or 2, sales=1, calm=seed % 2 == 0, mild=seed % 2 == 1, moods=moods)
        points = played(base).points
        for point in range(1, min(points, left) + 1):
            yield replace(base, crash_at=point, crash_how=KILL if (point + seed) % 2 else POWER)
        left -= points
        seed += 1


def campaign(
    schedules: Iterable[Schedule], *, stop_at: int = 5, exhaustive: bool = False, defect: Defect | None = None
) -> Report:
    """Plays them all, or until ``stop_at`` have failed."""
    _quicken()
    report = Report()
    began, worked = time.perf_counter(), time.process_time()
    for schedule in schedules:
        outcome = played(schedule, defect)
        report.add(outcome)
        report.crash_points += int(exhaustive)
        if outcome.violations:
            report.failures.append(smallest(schedule, outcome, defect))
            if len(report.failures) >= stop_at:
                break
    report.seconds = time.perf_counter() - began
    report.processor_seconds = time.process_time() - worked
    return report


def _quicken() -> None:
    """The program itself never becomes garbage: what looks for some need not go through it every few milliseconds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def smallest(schedule: Schedule, outcome: Outcome, defect: Defect | None = None) -> Failure:
    """The failure with as few decisions as it still shows itself with."""
    kind = _kind(outcome.violations[0])

    def fails(decisions: Mapping[str, Value]) -> bool:
        return any(_kind(words) == kind for words in played(replace(schedule, given=decisions), defect).violations)

    if not fails(outcome.taken):
        return Failure(schedule, outcome.violations[0], outcome.taken)
    return Failure(schedule, outcome.violations[0], minimised(outcome.taken, fails))


def caught_after(defect: Defect, at_most: int, first: int = 1) -> tuple[int, str]:
    """How many schedules it took until the defect showed, and how; 0 when it never did."""
    for number, schedule in enumerate(random_schedules(first, at_most, None), 1):
        outcome = played(replace(schedule, moods=defect.moods), defect)
        if outcome.violations:
            return number, outcome.violations[0]
    return 0, ""


def _kind(words: str) -> str:
    """``I6``, or the name and place of a bug."""
    return words.partition(" ")[0] if not words.startswith("BUG") else words.partition(":")[0]


def replay_text(schedule: Schedule, decisions: Mapping[str, Value]) -> str:
    """What ``--replay`` takes."""
    told = {
        "seed": schedule.seed,
        "tills": schedule.tills,
        "sales": schedule.sales,
        "calm": schedule.calm,
        "mild": schedule.mild,
        "backend": schedule.backend,
        "moods": schedule.moods,
        "crash_at": schedule.crash_at,
        "crash_how": schedule.crash_how,
        "given": dict(decisions),
    }
    return json.dumps(told, separators=(",", ":"))


def read_replay(text: str) -> Schedule:
    return Schedule(**json.loads(text))
