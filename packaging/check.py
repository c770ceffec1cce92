"""Set up what is missing, then check everything: format, lint, types, import contracts, tests.

Every step runs, also after one that fails. The last line printed is pytest's own summary.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator

if sys.version_info < (3, 11):
    sys.exit("Tukar needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

from dataclasses import dataclass
from pathlib import Path

import environment

STATIC_STEPS = {
    "format": ["ruff", "format", "--check"],
    "lint": ["ruff", "check"],
    "types": ["mypy"],
    "contracts": ["lint-imports", "--no-logo"],
}
"""Step → the tool in the environment that does it, and its arguments."""

TEST_PROCESSES = 2
USAGE = """usage: check.py [PATH …]     the paths narrow the tests only
       check.py --installers   builds every installer and exercises it, on its own"""


@dataclass(frozen=True)
class Step:
    """A finished step, with the wall-clock time it took."""

    name: str
    ok: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'ok' if self.ok else 'FAILED':<8}{self.name:<12}{self.seconds:8.1f} s"


def _run_static(name: str, command: list[str], here: environment.Environment) -> Step:
    """Run one step; only a failure shows what the tool said."""
    started = time.monotonic()
    done = subprocess.run(
        [here.python.parent / command[0], *command[1:]],
        cwd=here.root,
        env=_surroundings(here),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    step = Step(name, done.returncode == 0, time.monotonic() - started)
    if not step.ok:
        print(done.stdout.decode(errors="replace"))
    print(step, flush=True)
    return step


def _run_tests(paths: list[str], here: environment.Environment) -> tuple[Step, str]:
    """Run pytest, showing what it prints as it comes; its last line is held back and handed to the caller."""
    colour = "yes" if sys.stdout.isatty() else "no"
    options = ["-q", f"--numprocesses={TEST_PROCESSES}", "--dist=worksteal", f"--color={colour}"]
    started = time.monotonic()
    with subprocess.Popen(
        [here.python, "-m", "pytest", *options, *paths],
        cwd=here.root,
        env=_surroundings(here),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as pytest:
        lines = pytest.stdout or ()
        last = _print_all_but_last(line.decode(errors="replace").rstrip("\r\n") for line in lines)
    return Step("tests", pytest.returncode == 0, time.monotonic() - started), last


def _print_all_but_last(lines: Iterable[str]) -> str:
    held = None
    for line in _without_trailing_blanks(lines):
        if held is not None:
            print(held, flush=True)
        held = line
    return held or "pytest printed nothing"


def _without_trailing_blanks(lines: Iterable[str]) -> Iterator[str]:
    blanks = 0
    for line in lines:
        if not line.strip():
            blanks += 1
            continue
        yield from [""] * blanks
        blanks = 0
        yield line


def _surroundings(here: environment.Environment) -> dict[str, str]:
    """The environment variables of every step: its tools are found first, and output is UTF-8 everywhere."""
    path = os.pathsep.join([str(here.python.parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1"}


def _exercise_installers() -> int:
    import exercise

    try:
        return exercise.main()
    except environment.SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1


def main(arguments: list[str]) -> int:
    """Exit status: 0 when every step passed, 1 when one failed or the set-up did, 2 for arguments it does not know."""
    if arguments == ["--help"]:
        print(USAGE)
        return 0
    if arguments == ["--installers"]:
        return _exercise_installers()
    if any(not Path(argument.partition("::")[0]).exists() for argument in arguments):
        print(USAGE, file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        here = environment.ensure(environment.CHECK)
    except environment.SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    steps = [Step("set-up", ok=True, seconds=time.monotonic() - started)]
    steps += [_run_static(name, command, here) for name, command in STATIC_STEPS.items()]
    tests, last_line = _run_tests(arguments, here)
    steps.append(tests)
    print("\n" + "\n".join(map(str, steps)))
    print(f"{'':8}{'in all':<12}{time.monotonic() - started:8.1f} s\n")
    print(last_line)
    return 0 if all(step.ok for step in steps) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
