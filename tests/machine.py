"""What a test may need of the machine it runs on, and how to get what is missing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""The reference beside the repository: designs, conformance cases, real bills."""


def program(name: str) -> str | None:
    """Where a program is, also where Debian puts PostgreSQL's own."""
    beside = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(name) or shutil.which(name, path=":".join(beside))


@dataclass(frozen=True)
class Need:
    """Something that not every machine has: whether it is here, and what to do when it is not."""

    is_here: Callable[[], bool]
    remedy: str


def _program(name: str, package: str) -> Need:
    return Need(lambda: program(name) is not None, f"sudo apt-get install {package}")


NEEDS = {
    "postgresql": _program("initdb", "postgresql"),
    "xvfb": _program("Xvfb", "xvfb"),
    "strace": _program("strace", "strace"),
    "chromium": _program("chromium", "chromium"),
    "shared": Need(SHARED.is_dir, "put the folder shared beside the repository"),
}
