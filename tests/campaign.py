"""``python -m tests.campaign --budget MINUTES``: plays as much of the simulation as there is time for, and adds it up.

The seeds are cut into *parts*: so many random schedules, some of them over the one-shot backend too, and, in most
parts, one calm schedule with a crash at every point of it. Parts are played in their order, several at a time, each in
a process of its own. With ``--out`` every part that is over becomes a line of that file; started again with the same
file, the campaign goes on behind the parts that are in it. What is printed at the end counts all lines of the file.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from tests.simulation.campaign import Report, campaign, crash_schedules, random_schedules
from tests.simulation.one_shot import ONE_SHOT

SEEDS: Final = 500
"""Random schedules in a part."""
ONE_SHOT_EVERY: Final = 10
CALM_EVERY: Final = 3
"""Of so many parts one has no crash points, which leaves more than one crash point to five random schedules."""
MANY: Final = 1_000_000
ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Part:
    """What one part came to; ``number`` 1 has the seeds 501 to 1,000, and crash points in the schedule of seed 2."""

    number: int
    schedules: int = 0
    crash_points: int = 0
    one_shot: int = 0
    steps: int = 0
    crashes: int = 0
    bills: int = 0
    late_captures: int = 0
    shortfalls: int = 0
    seconds: float = 0.0
    violations: tuple[Mapping[str, Any], ...] = ()


@dataclass
class Totals:
    """All parts together."""

    parts: set[int] = field(default_factory=set)
    counted: dict[str, Any] = field(default_factory=dict)
    violations: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, told: Mapping[str, Any]) -> None:
        self.parts.add(told["number"])
        self.violations.extend(told["violations"])
        for name, value in told.items():
            if name not in ("number", "violations", "commit"):
                self.counted[name] = self.counted.get(name, 0) + value

    def as_json(self) -> dict[str, Any]:
        last = max(self.parts, default=-1)
        counted = {name: round(value, 1) if isinstance(value, float) else value for name, value in self.counted.items()}
        return {"commit": commit(), "seeds": [1, (last + 1) * SEEDS], **counted, "violations": self.violations}


def play(number: int) -> Part:
    """One part, all of it."""
    first = number * SEEDS + 1
    random = campaign(random_schedules(first, SEEDS, None))
    few = (schedule for schedule in random_schedules(first, SEEDS, None) if schedule.seed % ONE_SHOT_EVERY == 0)
    one_shot = campaign(replace(schedule, backend=ONE_SHOT) for schedule in few)
    crashing = campaign(_points_of(number + 1), exhaustive=True) if number % CALM_EVERY else Report()
    reports = (random, one_shot, crashing)
    return Part(
        number=number,
        schedules=random.schedules,
        crash_points=crashing.crash_points,
        one_shot=one_shot.schedules,
        steps=sum(one.steps for one in reports),
        crashes=sum(one.crashes for one in reports),
        bills=sum(one.bills for one in reports),
        late_captures=sum(one.late_captures for one in reports),
        shortfalls=sum(one.shortfalls for one in reports),
        seconds=sum(one.seconds for one in reports),
        violations=tuple(_failures(reports)),
    )


def _points_of(seed: int) -> Iterator[Any]:
    """Every crash point of the schedule of one seed."""
    for schedule in crash_schedules(seed, MANY, None):
        if schedule.seed != seed:
            return
        yield schedule


def _failures(reports: Iterable[Report]) -> Iterator[Mapping[str, Any]]:
    for report in reports:
        yield from (failure.as_json() for failure in report.failures)


def commit() -> str:
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def run(budget: float, processes: int, out: Path | None, *, tells: bool) -> Totals:
    """Plays for ``budget`` seconds; parts that have begun by then are finished."""
    totals = Totals()
    if out is not None and out.exists():
        for line in out.read_text(encoding="utf-8").splitlines():
            totals.add(json.loads(line))
    numbers = iter(number for number in range(MANY) if number not in totals.parts)
    until = time.monotonic() + budget
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        playing: set[Future[Part]] = {pool.submit(play, next(numbers)) for _ in range(processes)}
        while playing:
            over, playing = wait(playing, return_when=FIRST_COMPLETED)
            for one in over:
                told = {**asdict(one.result()), "commit": commit()}
                totals.add(told)
                if out is not None:
                    with out.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(told) + "\n")
                if tells:
                    print(json.dumps(told), file=sys.stderr, flush=True)
                if time.monotonic() < until:
                    playing.add(pool.submit(play, next(numbers)))
    return totals


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    parser.add_argument("--budget", type=float, default=10.0, help="minutes")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, default=None, help="a line for every part; goes on where it ends")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(given)
    totals = run(60 * asked.budget, asked.processes, asked.out, tells=not asked.json)
    told = totals.as_json()
    if asked.json:
        print(json.dumps(told))
    else:
        print("\n".join(f"{name:15} {value}" for name, value in told.items() if name != "violations"))
        print("\n".join(f"VIOLATED {one['violation']}\n  {one['replay']}" for one in totals.violations))
    return 1 if totals.violations else 0


if __name__ == "__main__":
    sys.exit(main())
