"""What the exercises of ``check.py --installers`` stand on: what they hand on, how a command is run and judged."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import freezing
from linux_packages import Bench, Frozen

ROOT = freezing.ROOT
WORK = ROOT / "build" / "exercise"
RELEASE = ROOT / "packaging/release.py"
UP_SECONDS = 180.0
"""For something to come about; machines that check are slow ones."""
QUIETLY = {"QT_LOGGING_RULES": "*=false", "QT_QPA_PLATFORM": "offscreen"}


Command = Sequence[str | Path]


class Failed(Exception):
    """An exercise did not end as it should; one line says where."""


class NotHere(Exception):
    """This machine lacks what an exercise needs; the text says what."""


@dataclass
class Ground:
    """What the exercises hand on to one another. ``key`` is the file with the private key of releases."""

    bench: Bench
    key: Path
    frozen: Frozen | None = None
    products: dict[str, Path] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return WORK / "home"

    @property
    def installed(self) -> Path:
        return self.home / ".local/bin/tukar"

    @property
    def till(self) -> Path:
        return self.home / "till"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said on both channels."""

    status: int
    said: str


def run(
    command: Command, *, home: Path | None = None, seconds: float = 900.0, given: str = "", with_sources: bool = False
) -> Ended:
    """Runs a command to its end, with a home of its own and without a screen; ``given`` is its standard input."""
    sources = {"PYTHONPATH": os.pathsep.join([str(ROOT / "app"), str(ROOT)])} if with_sources else {}
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    surroundings: Mapping[str, str] = {**plain, **QUIETLY, **sources, **({"HOME": str(home)} if home else {})}
    try:
        done = subprocess.run(
            command, env=surroundings, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Failed(f"{Path(command[0]).name} did not end within {seconds:.0f} s") from None
    return Ended(done.returncode, done.stdout)


def demand(ended: Ended, status: int, words: str = "") -> str:
    """What was said, if it ended as it should have."""
    last = (ended.said.strip().splitlines() or ["nothing"])[-1]
    if ended.status != status:
        raise Failed(f"status {ended.status} in place of {status}: {last}")
    if words not in ended.said:
        raise Failed(f"it said {last!r} and not {words!r}")
    return ended.said


@contextmanager
def running(command: Command, home: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that is asked to end in order afterwards, and made to where it does not."""
    surroundings = {**os.environ, **QUIETLY, "HOME": str(home)}
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise Failed("a program did not end when it was asked to") from None


def until(is_so: Callable[[], bool], what: str, seconds: float = UP_SECONDS) -> None:
    """Looks every now and then; Failed when it does not come about in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise Failed(f"{what} did not come about within {seconds:.0f} s")
        time.sleep(0.2)


def spoilt(frozen: Frozen, into: Path) -> Path:
    """A copy of the program that fails at once."""
    shutil.copytree(frozen.folder, into, symlinks=True)
    (into / "tukar").write_text("#!/bin/sh\necho 'tukar: this version is broken'\nexit 1\n")
    return into
