"""``python -m tests.simulation``: plays schedules and prints what they found, or plays one again, telling its story.

``--coverage`` measures which lines of ``till``, ``loyalty``, ``local`` and ``server`` the schedules went through; it
has to begin before any of them is imported, and makes everything several times slower. Every tenth of them is played
once more over the one-shot backend, as the campaign does.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.simulation.campaign import Report


ONE_SHOT_EVERY: Final = 10


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--schedules", type=int, default=200, help="how many, or how many crash points")
    parser.add_argument("--seed", type=int, default=1, help="of the first one")
    parser.add_argument("--tills", type=int, default=None, help="2 to 8; mixed when not given")
    parser.add_argument("--defect", default="", help="play them with this defect put in, until it shows")
    parser.add_argument("--exhaustive", action="store_true", help="a crash at every point, one after the other")
    parser.add_argument("--one-shot", action="store_true", help="over a backend that only redeems and reverses")
    parser.add_argument("--replay", default="", help="the text that a failure printed: plays it and tells its story")
    parser.add_argument("--coverage", action="store_true", help="measure the lines gone through, in one process")
    parser.add_argument(
        "--processes", type=int, default=0, help="play in so many at once; one for each core if not given"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    asked = _arguments(given)
    if asked.replay:
        return _replay(asked.replay)
    lines: Mapping[str, float] | None = None
    if asked.coverage:
        report, lines = _measured(asked)
    else:
        report = _played(asked)
    if report is None:
        return 2
    if asked.json:
        print(json.dumps({**report.as_json(), "coverage": lines}))
    else:
        _tell(report, lines)
    return 1 if report.failures else 0


def _played(asked: argparse.Namespace) -> "Report | None":
    from tests.simulation.campaign import crash_schedules, random_schedules
    from tests.simulation.defects import DEFECTS
    from tests.simulation.one_shot import ONE_SHOT
    from tests.simulation.several import processes_for, spread

    if asked.defect and asked.defect not in DEFECTS:
        print(f"no such defect; there are {', '.join(DEFECTS)}", file=sys.stderr)
        return None
    defect = DEFECTS.get(asked.defect)
    schedules = (crash_schedules if asked.exhaustive else random_schedules)(asked.seed, asked.schedules, asked.tills)
    if defect is not None:
        schedules = (replace(schedule, moods=defect.moods) for schedule in schedules)
    if asked.coverage and not (asked.one_shot or asked.exhaustive):
        few = (
            one for one in random_schedules(asked.seed, asked.schedules, asked.tills) if one.seed % ONE_SHOT_EVERY == 0
        )
        schedules = chain(schedules, (replace(schedule, backend=ONE_SHOT) for schedule in few))
    if asked.one_shot:
        schedules = (replace(schedule, backend=ONE_SHOT) for schedule in schedules)
    processes = 1 if asked.coverage or defect else asked.processes or processes_for(asked.schedules)
    return spread(schedules, processes, exhaustive=asked.exhaustive, defect=asked.defect, stop_at=1 if defect else 5)


def _measured(asked: argparse.Namespace) -> "tuple[Report | None, Mapping[str, float]]":
    """The report, and the per cent of lines gone through: of each package, of all, and of all with what is left out."""
    import coverage

    from tests.simulation.measured import LEFT_OUT, PACKAGES

    measure = coverage.Coverage(data_file=None, branch=False, source_pkgs=[f"tukar.{name}" for name in PACKAGES])
    measure.start()
    try:
        report = _played(asked)
    finally:
        measure.stop()
    omitted = [f"*/tukar/{path}" for path in LEFT_OUT]
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - a device, not a path of ours
        lines = {name: measure.report(file=nowhere, include=f"*/tukar/{name}/*", omit=omitted) for name in PACKAGES}
        lines["all"] = measure.report(file=nowhere, omit=omitted)
        lines["all_and_left_out"] = measure.report(file=nowhere)
    return report, {name: round(percent, 1) for name, percent in lines.items()}


def _replay(text: str) -> int:
    from tests.simulation.campaign import read_replay, simulation_of

    simulation = simulation_of(read_replay(text), tracing=True)
    try:
        outcome = simulation.run()
    finally:
        print("\n".join(simulation.world.trace))
    for words in outcome.violations:
        print(f"VIOLATED {words}")
    return 1 if outcome.violations else 0


def _tell(report: "Report", lines: Mapping[str, Any] | None) -> None:
    each, worked = (1000 * took / max(1, report.schedules) for took in (report.seconds, report.processor_seconds))
    print(f"{report.schedules} schedules, {report.steps} steps, {report.crashes} crashes, {report.bills} bills,")
    print(f"{report.late_captures} late captures, {report.shortfalls} shortfalls, {report.seconds:.1f} s;")
    print(f"a schedule took {each:.1f} ms of the clock and {worked:.1f} ms of a processor")
    if lines is not None:
        print("lines gone through: " + ", ".join(f"{name} {percent} %" for name, percent in lines.items()))
    for failure in report.failures:
        print(f"\nVIOLATED {failure.words}\n  seed {failure.schedule.seed}, {failure.schedule.tills} tills; again with")
        print(f"  python -m tests.simulation --replay '{failure.as_json()['replay']}'")


if __name__ == "__main__":
    sys.exit(main())
