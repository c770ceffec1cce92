"""Where the benchmarks work: a scratch folder, a till that was enrolled once, and children that serve."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.machine import ROOT

_PATH = os.pathsep.join([str(ROOT), str(ROOT / "app")])


def child(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of the benchmarks in a process of its own."""
    return [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]


def surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": _PATH, "PYTHONDONTWRITEBYTECODE": ""}


def running(command: Sequence[str]) -> subprocess.Popen[str]:
    """A child with pipes to it; whoever runs it ends it."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


class Workshop:
    """Scratch folders until it is left; then the children that ``serve`` started end too."""

    def __init__(self, scratch: Path, packaged: Path | None = None) -> None:
        self.scratch = scratch
        self.packaged = packaged
        self._children = ExitStack()
        self._folders = 0
        self._enrolled: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._children.close()

    def folder(self) -> Path:
        """A new, empty one."""
        self._folders += 1
        made = self.scratch / f"folder-{self._folders}"
        made.mkdir()
        return made

    def enrolled(self) -> Path:
        """A copy of the data folder of a till that knows the demo shop; its backend lies beside it and sleeps."""
        if self._enrolled is None:
            self._enrolled = self.scratch / "enrolled"
            subprocess.run(
                child("enrol_child", str(self._enrolled)),
                cwd=ROOT,
                env=surroundings(),
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        return Path(shutil.copytree(self._enrolled, self.folder() / "till"))

    def serve(self, *command: str, told: str = "") -> str:
        """Starts a child that serves, tells it a line, and hears its first line: where it is."""
        started = self._children.enter_context(running(command))
        self._children.callback(started.kill)
        assert started.stdin is not None
        assert started.stdout is not None
        if told:
            started.stdin.write(told + "\n")
            started.stdin.flush()
        return started.stdout.readline().strip()
