"""A till's folder on a real disk, in which the program or the power may end before every change of a file.

The interpreter tells an audit hook what is about to be done to a file before it is done; whoever raises there prevents
it. So the program's own code runs unchanged, and dies between any two steps of it. A power cut takes back the renames
since the folder was synced last, or the later ones of them, and cuts the file in two that was being written.
"""

import errno
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.simulation.world import POWER, Process, World

DIES: Final = 0.008
"""How often a program ends before a change of a file."""
FULL: Final = 0.01
"""How often there is no room for it."""
_IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of folders, each of which only its owner may read
_STEPS: Final[Mapping[str, str]] = MappingProxyType(
    {"open": "open", "os.rename": "rename", "os.remove": "remove", "os.mkdir": "mkdir", "shutil.rmtree": "remove"}
)
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class _Rename:
    """One that may not have reached the disk; ``former`` is what lay at its new name, None where nothing did."""

    old: Path
    new: Path
    former: bytes | None


class _Listener:
    """Gives each folder what is about to happen in it; there is one for the process, for a hook cannot be taken out."""

    def __init__(self) -> None:
        self.folders: dict[str, RealFolder] = {}
        self._thread = threading.get_ident()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        step = _STEPS.get(event)
        if step is None or not self.folders or threading.get_ident() != self._thread:
            return
        paths = [os.fspath(one) for one in arguments[:2] if isinstance(one, str | os.PathLike)]
        for root, folder in self.folders.items():
            if paths and str(paths[0]).startswith(root):
                folder.about_to(step, [Path(str(path)) for path in paths], arguments)


@cache
def _listener() -> _Listener:
    return _Listener()


class RealFolder:
    """``path`` is an empty folder until ``remove``. Only what ``process`` does there may be cut short."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self.name = name
        base = _IN_MEMORY if _IN_MEMORY.is_dir() else Path(tempfile.gettempdir())
        self._root = Path(tempfile.mkdtemp(prefix="tukar-simulated-", dir=base))
        self.path = self._root / "till"
        self.path.mkdir(mode=0o700)
        self.process: Process | None = None
        """Whoever works here; what has ended can do nothing more."""
        self._renames: list[_Rename] = []
        self._written: Path | None = None
        self._may_be_full = False
        _listener().folders[f"{self._root}"] = self

    def remove(self) -> None:
        """Nothing of it is left."""
        _listener().folders.pop(f"{self._root}", None)
        shutil.rmtree(self._root)

    def about_to(self, step: str, paths: list[Path], arguments: tuple[object, ...]) -> None:
        """Raises Crashed when the program ends before that."""
        process = self.process
        if process is None:
            return
        if step == "open" and not _writes(arguments):
            if paths[0].is_dir():
                self._point(process, "sync")
                self._renames = [one for one in self._renames if one.new.parent != paths[0]]
            return
        self._point(process, step)
        self._find_room(step)
        if step == "rename":
            old, new = paths
            former = new.read_bytes() if new.is_file() else None
            self._renames.append(_Rename(old, new, former))
            self._written = None if self._written == old else self._written
        elif step == "open":
            self._written = paths[0]

    @contextmanager
    def getting_full(self) -> Iterator[None]:
        """Meanwhile there may be no room for a file."""
        self._may_be_full = True
        try:
            yield
        finally:
            self._may_be_full = False

    def _find_room(self, step: str) -> None:
        """Raises what a full disk does."""
        if not self._may_be_full or self._world.healed or step not in ("open", "rename"):
            return
        if self._world.choices.pick(f"full.{self.name}", "", (("full", FULL),)):
            raise OSError(errno.ENOSPC, "simulated")

    def _point(self, process: Process, step: str) -> None:
        world = self._world
        usual, world.crash_chance = world.crash_chance, max(world.crash_chance, DIES)
        try:
            world.point(process, f"file.{step}")
        finally:
            world.crash_chance = usual

    def died(self, how: str) -> None:
        """What becomes of the files when the program ends."""
        if how == POWER:
            with self.unwatched():
                self._lose_power()
        self._renames, self._written = [], None

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Meanwhile somebody else is at the files, and nobody dies of it."""
        process, self.process = self.process, None
        try:
            yield
        finally:
            self.process = process

    def _lose_power(self) -> None:
        written = self._written
        if written is not None and written.name.endswith(".new") and written.is_file():
            os.truncate(written, written.stat().st_size // 2)
        share = self._world.choices.pick(f"kept.files.{self.name}", 1.0, ((0.0, 0.5), (0.5, 0.2)))
        for rename in reversed(self._renames[round(share * len(self._renames)) :]):
            if not rename.new.exists() or rename.old.exists() or not rename.old.parent.exists():
                continue
            rename.new.rename(rename.old)
            if rename.former is not None:
                rename.new.write_bytes(rename.former)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & _WRITING)


class Operator:
    """``world.Process``: a command that somebody runs at the machine while no till runs there."""

    def __init__(self, name: str, folder: RealFolder) -> None:
        self.name = name
        self.alive = True
        self._folder = folder

    def die(self, how: str) -> None:
        self.alive = False
        self._folder.died(how)
