"""How a new version comes onto the machine and how the one before comes back: one way for each kind of installation.

Every version lies in a folder of its own. So the one before is whole until the new one has shown that it starts, and
whatever is interrupted, one of the two is there.
"""

import os
import shutil
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

CURRENT: Final = "current"
"""The link to the version in force, for Linux."""
CURRENT_FILE: Final = "current.txt"
"""The same as a file, for Windows, which makes links only for administrators."""
VERSIONS: Final = "versions"


class InstallError(Exception):
    """The installation did not work; the text says why."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    status: int
    said: str


Run = Callable[[Sequence[str]], Ran]
"""Runs a command to its end; a command that is not there has status 127."""


class Installer(Protocol):
    """One kind of installation. Everything may raise InstallError."""

    def make_ready(self) -> None:
        """Sees to it that ``go_back`` will work. Nothing is changed yet."""
        ...

    def install(self, package: Path, version: str) -> None:
        """Puts the version in place and in force."""
        ...

    def go_back(self, version: str) -> None:
        """Puts the version before in force again, from wherever ``install`` had come; safe to repeat."""
        ...

    def start_command(self) -> list[str]:
        """What starts the version that is in force."""
        ...

    def forget(self, version: str) -> None:
        """The version before is needed no more; what cannot be removed stays."""
        ...


class FolderInstaller:
    """Versions of an archive beside one another, in a folder of the user's own; ``current`` leads to one of them."""

    def __init__(self, home: Path, program: str = "tukar") -> None:
        self._home = home
        self._program = program

    def make_ready(self) -> None:
        if not os.access(self._home / VERSIONS, os.W_OK):
            raise InstallError(f"{self._home} cannot be written to")

    def install(self, package: Path, version: str) -> None:
        fresh = self._home / VERSIONS / f".{version}.new"
        target = self._home / VERSIONS / version
        try:
            for left_over in (fresh, target):
                shutil.rmtree(left_over, ignore_errors=True)
            with tarfile.open(package) as archive:
                archive.extractall(fresh, filter="data")
            (program,) = fresh.glob("*/program")
            program.replace(target)
            shutil.rmtree(fresh, ignore_errors=True)
        except (OSError, tarfile.TarError, ValueError, EOFError) as problem:
            shutil.rmtree(fresh, ignore_errors=True)
            raise InstallError(f"{package.name} cannot be unpacked: {problem}") from problem
        point_to(self._home, version)

    def go_back(self, version: str) -> None:
        point_to(self._home, version)

    def start_command(self) -> list[str]:
        return [str(self._home / CURRENT / self._program)]

    def forget(self, version: str) -> None:
        shutil.rmtree(self._home / VERSIONS / version, ignore_errors=True)


def point_to(home: Path, version: str) -> None:
    """Puts a version in force, in one step that a power cut cannot split. Raises InstallError."""
    if not (home / VERSIONS / version).is_dir():
        raise InstallError(f"version {version} is not in {home / VERSIONS}")
    try:
        fresh = home / f".{CURRENT}.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path(VERSIONS) / version)
        fresh.replace(home / CURRENT)
    except OSError as problem:
        raise InstallError(f"{home / CURRENT}: {problem.strerror}") from problem


class SetupInstaller:
    """The installer for Windows, run silently. It puts each version beside the others, and names one in a file."""

    def __init__(self, home: Path, run: Run) -> None:
        self._home = home
        self._run = run

    def make_ready(self) -> None:
        if not (self._home / CURRENT_FILE).exists():
            raise InstallError(f"{self._home} is no installation of Tukar's")

    def install(self, package: Path, version: str) -> None:
        # /D comes last and without quotes, whatever is in the path: NSIS reads it so.
        ran = self._run([str(package), "/S", f"/D={self._home}"])
        if ran.status:
            raise InstallError(f"the installer ended with status {ran.status}")
        if self._named() != version:
            raise InstallError(f"the installer did not bring version {version}")

    def go_back(self, version: str) -> None:
        if not (self._home / VERSIONS / version).is_dir():
            raise InstallError(f"version {version} is not in {self._home / VERSIONS}")
        fresh = self._home / f"{CURRENT_FILE}.new"
        try:
            fresh.write_text(version, encoding="ascii")
            fresh.replace(self._home / CURRENT_FILE)
        except OSError as problem:
            raise InstallError(f"{self._home / CURRENT_FILE}: {problem.strerror}") from problem

    def start_command(self) -> list[str]:
        return [str(self._home / VERSIONS / self._named() / "python.exe"), "-m", "tukar"]

    def forget(self, version: str) -> None:
        shutil.rmtree(self._home / VERSIONS / version, ignore_errors=True)

    def _named(self) -> str:
        try:
            return (self._home / CURRENT_FILE).read_text("ascii").strip()
        except OSError as problem:
            raise InstallError(f"{self._home / CURRENT_FILE}: {problem.strerror}") from problem


class DebInstaller:
    """A package of Debian's. What is installed is first made into a package again, and that one is the way back.

    ``as_root`` goes before what only root may do; empty when this is root already.
    """

    def __init__(self, name: str, kept: Path, run: Run, as_root: Sequence[str]) -> None:
        self._name = name
        self._kept = kept
        self._run = run
        self._as_root = as_root

    @property
    def way_back(self) -> Path:
        return self._kept / f"{self._name}-before.deb"

    def make_ready(self) -> None:
        tree = self._kept / f"{self._name}-before"
        shutil.rmtree(tree, ignore_errors=True)
        try:
            self._gather(tree)
            ran = self._run(
                ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(self.way_back)]
            )
        except OSError as problem:
            raise InstallError(f"the present version cannot be kept: {problem.strerror}") from problem
        finally:
            shutil.rmtree(tree, ignore_errors=True)
        if ran.status:
            raise InstallError(f"the present version cannot be kept: {_last_line(ran.said)}")

    def _gather(self, tree: Path) -> None:
        """The files of the installed package, and what dpkg knows of it."""
        control = tree / "DEBIAN"
        control.mkdir(parents=True)
        for file in map(Path, self._asked("dpkg-query", "--listfiles", self._name).splitlines()):
            target = tree / file.relative_to("/")
            if file.is_dir() and not file.is_symlink():
                target.mkdir(parents=True, exist_ok=True)
            elif os.path.lexists(file):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, target, follow_symlinks=False)
        for file in map(Path, self._asked("dpkg-query", "--control-path", self._name).split()):
            name = file.name.removeprefix(f"{self._name}.")
            shutil.copy2(file, control / name)
        said = self._asked("dpkg-query", "--status", self._name)
        (control / "control").write_text(_without_status(said), encoding="utf-8")
        tree.chmod(0o755)
        control.chmod(0o755)

    def _asked(self, *command: str) -> str:
        ran = self._run(command)
        if ran.status:
            raise InstallError(f"dpkg does not know {self._name}: {_last_line(ran.said)}")
        return ran.said

    def install(self, package: Path, version: str) -> None:
        self._dpkg(package)
        if self._asked("dpkg-query", "--show", "--showformat", "${Version}", self._name).strip() != version:
            raise InstallError(f"the package did not bring version {version}")

    def go_back(self, version: str) -> None:
        if not self.way_back.exists():
            raise InstallError(f"{self.way_back} is missing; install the package of version {version} by hand")
        self._dpkg(self.way_back)

    def _dpkg(self, package: Path) -> None:
        ran = self._run([*self._as_root, "dpkg", "--install", str(package)])
        if ran.status:
            raise InstallError(f"dpkg did not install {package.name}: {_last_line(ran.said)}")

    def start_command(self) -> list[str]:
        return [f"/usr/bin/{self._name}"]

    def forget(self, version: str) -> None:
        """The way back stays until the next update: it is one file."""


_OF_DPKG: Final = ("Status:", "Conffiles:", "Config-Version:")


def _without_status(said: str) -> str:
    """A package's own description out of what dpkg says of an installed one."""
    kept = []
    skipping = False
    for line in said.rstrip().splitlines():
        skipping = line.startswith(_OF_DPKG) or (skipping and line.startswith(" "))
        if not skipping:
            kept.append(line)
    return "\n".join([*kept, ""])


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it says nothing"
