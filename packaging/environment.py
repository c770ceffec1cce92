"""The project's own Python environment, `.venv`: built once from hash-locked requirements, recognised in milliseconds.

A stamp in the environment names what it was built from: the lock, the Python, the place of the checkout. As long as
the stamp is true nothing is done. Otherwise the environment is brought up to the lock in place, or built anew when it
is broken, half-built or of another Python. All talk goes to standard error, so that `--json` answers stay alone.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
LOCKS = Path(__file__).resolve().parent
RUN = LOCKS / "requirements.lock"
"""What the till, its backend and its commands need."""
CHECK = LOCKS / "requirements-dev.lock"
"""The same versions, and the tools of the check."""
BUILD = LOCKS / "requirements-build.lock"
"""The same versions, and what builds installers."""

_THIS_PYTHON = "{} {} {}".format(*sys.version_info)
_AS_LOCKED = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r"]
"""Nothing but what the lock names, and nothing built here: a build would fetch what no hash vouches for."""

_NO_CONNECTION = re.compile(
    "NewConnectionError|ConnectTimeout|ProxyError|NameResolutionError|name resolution|Cannot connect to proxy"
    "|error sending request|dns error|client error \\(Connect\\)|Network is unreachable|Connection refused",
    re.IGNORECASE,
)
_NO_ANSWER = (
    "The packages could not be fetched: no connection. Connect this machine or tell pip its proxy, then repeat."
)
_NO_VENV = "This Python cannot make an environment: install its modules venv and ensurepip, then repeat."


class SetUpFailed(Exception):
    """The environment cannot be built; the text says in one line why, and what to do."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status, and what it printed on both channels."""

    status: int
    output: str

    @property
    def ok(self) -> bool:
        return self.status == 0


def run(command: Sequence[str | Path]) -> Outcome:
    """Run a command to its end without showing what it prints."""
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    try:
        done = subprocess.run(
            list(map(str, command)),
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as trouble:
        return Outcome(127, str(trouble))
    return Outcome(done.returncode, done.stdout)


def say(text: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Environment:
    """The environment of one checkout; `prepare` makes it fit a lock or raises SetUpFailed."""

    root: Path = ROOT
    run: Callable[[Sequence[str | Path]], Outcome] = run
    say: Callable[[str], None] = say
    uv: str | None = field(default_factory=lambda: shutil.which("uv"))
    can_make_environments: Callable[[], bool] = system_packages.can_make_environments
    place: str = ".venv"

    @property
    def folder(self) -> Path:
        return self.root / self.place

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def is_ready(self, *locks: Path) -> bool:
        """Whether the environment holds exactly what one of the locks names. Costs a few milliseconds."""
        if not self.python.exists() or self._unfinished.exists():
            return False
        return any(_text(self._stamp(lock)) == self._identity(lock) for lock in locks)

    def prepare(self, lock: Path) -> None:
        """Make the environment hold what the lock names, and the project importable in it."""
        self.say(f"Setting up {self.place}, this once. It takes a minute or two.")
        trouble = ""
        for install in self._installers():
            outcome = install(lock)
            if outcome.ok:
                self._make_importable()
                self._stamp(lock).write_text(self._identity(lock), encoding="utf-8")
                self._unfinished.unlink()
                return
            trouble = outcome.output
        raise SetUpFailed(_in_one_line(trouble, self.place))

    def _installers(self) -> list[Callable[[Path], Outcome]]:
        return [self._install_with_uv, self._install_with_pip] if self.uv else [self._install_with_pip]

    def _install_with_uv(self, lock: Path) -> Outcome:
        """Quicker than pip by far, where the machine has it."""
        uv = self.uv or "uv"
        if not self._fits():
            made = self.run([uv, "venv", "--quiet", "--clear", "--seed", "--python", _base_python(), self.folder])
            if not made.ok:
                return made
        self._begin()
        return self.run([uv, "pip", "install", "--quiet", "--python", self.python, *_AS_LOCKED, lock])

    def _install_with_pip(self, lock: Path) -> Outcome:
        if not self._fits() or not self.run([self.python, "-m", "pip", "--version"]).ok:
            if not self.can_make_environments():
                raise SetUpFailed(_NO_VENV)
            made = self.run([_base_python(), "-m", "venv", "--clear", self.folder])
            if not made.ok:
                return made
        self._begin()
        return self.run([self.python, "-m", "pip", "install", "--quiet", "--retries", "2", *_AS_LOCKED, lock])

    def _fits(self) -> bool:
        """Whether what stands in the folder can be brought up to date: whole, and of the Python that runs this."""
        if self._unfinished.exists() or not self.python.exists():
            return False
        version = self.run([self.python, "-c", "import sys; print(*sys.version_info[:3])"])
        return version.ok and version.output.strip() == _THIS_PYTHON

    def _begin(self) -> None:
        """From here on the environment is in doubt until it is stamped."""
        self._unfinished.touch()
        for stamp in self.folder.glob("*.stamp"):
            stamp.unlink()

    def _make_importable(self) -> None:
        """The project is used from where it stands: no build, nothing fetched, changes seen at once."""
        places = {"base": str(self.folder), "platbase": str(self.folder)}
        packages = Path(sysconfig.get_path("purelib", "venv", vars=places))
        (packages / "tukar.pth").write_text(f"{self.root / 'app'}\n", encoding="utf-8")

    @property
    def _unfinished(self) -> Path:
        return self.folder / "unfinished"

    def _stamp(self, lock: Path) -> Path:
        return self.folder / f"{lock.stem}.stamp"

    def _identity(self, lock: Path) -> str:
        content = hashlib.sha256(lock.read_bytes()).hexdigest()
        return f"{content} {_THIS_PYTHON} {self.root}"


def require_system_packages() -> None:
    """See to what a Linux system has to bring: install it where that is allowed, else say what is missing.

    Without the libraries for a real window the till can still run invisibly, so their absence is only told.
    """
    packages = system_packages.missing_packages()
    if not packages or system_packages.install(packages):
        return
    advice = f"Some packages of this system are missing: sudo apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        libraries = system_packages.missing_libraries(system_packages.WINDOW)
        advice = f"Install what Qt needs of this system: {' '.join(libraries) or 'any outline font'}"
    if system_packages.missing_libraries(system_packages.OFFSCREEN):
        raise SetUpFailed(advice)
    say(advice)


def ensure(*locks: Path, environment: Environment | None = None) -> Environment:
    """The environment, ready for one of the locks; the first is what gets installed when none fits."""
    here = environment or Environment()
    if not here.is_ready(*locks):
        require_system_packages()
        here.prepare(locks[0])
    return here


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _base_python() -> str:
    """The interpreter itself, also when this script was started by one that lives in an environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _in_one_line(output: str, place: str) -> str:
    if _NO_CONNECTION.search(output):
        return _NO_ANSWER
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if re.match("error|fatal", line, re.IGNORECASE)] or lines or ["no reason given"]
    return f"The environment could not be built: {told[-1]} Remove {place} and start again."
