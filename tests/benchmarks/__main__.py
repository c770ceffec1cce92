"""The command ``python -m tests.benchmarks``."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import FULL, QUICK, Figure, Sizes
from tests.benchmarks.goals import GOALS, measure
from tests.benchmarks.workshop import Workshop
from tests.machine import program


def _typed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("goals", nargs="*", metavar="GOAL", help=f"{', '.join(GOALS)}; all of them without one")
    parser.add_argument("--json", action="store_true", help="a list of rows instead of a table")
    parser.add_argument("--quick", action="store_true", help="small sizes, for a look while working")
    parser.add_argument("--packaged", type=Path, metavar="PROGRAM", help="the packaged till, for P2")
    for one in fields(Sizes):
        parser.add_argument(f"--{one.name.replace('_', '-')}", type=type(one.default), metavar="N")
    typed = parser.parse_args(arguments)
    typed.goals = [goal.upper() for goal in typed.goals] or list(GOALS)
    if unknown := [goal for goal in typed.goals if goal not in GOALS]:
        parser.error(f"there is no goal {', '.join(unknown)}")
    return typed


def _sizes(typed: argparse.Namespace) -> Sizes:
    given = {one.name: value for one in fields(Sizes) if (value := getattr(typed, one.name)) is not None}
    return replace(QUICK if typed.quick else FULL, **given)


def _line(figure: Figure) -> str:
    if figure.value is None or figure.floor is None or figure.ratio is None:
        return f"{figure.name:<14}{'':44}—       {figure.what}"
    verdict = "ok" if figure.ok else "MISSED"
    return (
        f"{figure.name:<14}{figure.value:>12.3f}{figure.floor:>12.3f}{figure.ratio:>9.2f} ×"
        f"{figure.goal:>8.2f} ×{verdict:>8}  {figure.what}"
    )


@contextmanager
def _screen() -> Iterator[None]:
    """A screen of our own, on which windows are paced as on a real one; without Xvfb they are painted into memory."""
    server = program("Xvfb")
    if "QT_QPA_PLATFORM" in os.environ or server is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        yield
        return
    hears, says = os.pipe()
    options = ["-displayfd", str(says), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen([server, *options], pass_fds=(says,), stderr=subprocess.DEVNULL) as running:
        os.close(says)
        with os.fdopen(hears) as told:
            os.environ |= {"DISPLAY": f":{told.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        try:
            yield
        finally:
            running.terminate()


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0 when every goal that was measured is met, 1 when one is missed."""
    typed = _typed(arguments)
    found: list[Figure] = []
    if not typed.json:
        print(f"{'goal':<14}{'value':>12}{'floor':>12}{'ratio':>11}{'bound':>10}")
    with (
        _screen(),
        TemporaryDirectory(prefix="tukar-benchmarks-") as scratch,
        Workshop(Path(scratch), typed.packaged) as workshop,
    ):
        for goal in typed.goals:
            for figure in measure(goal, workshop, _sizes(typed)):
                found.append(figure)
                print(_line(figure), file=sys.stderr if typed.json else sys.stdout, flush=True)
    if typed.json:
        print(json.dumps([figure.told() for figure in found], indent=2))
    return int(any(figure.ok is False for figure in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
