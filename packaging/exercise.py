"""Builds every installer and does with it what a technician does: ``check.py --installers``.

Each exercise is a function that raises ``Failed`` with one line; what this machine lacks is said at the end as "not
exercised here". The till that is updated is a real one: enrolled with a backend of its own, with a bill in its outbox.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import build
import environment
import freezing
import linux_packages
from linux_packages import Bench, Frozen

ROOT = freezing.ROOT
WORK = ROOT / "build" / "exercise"
RELEASE = ROOT / "packaging/release.py"
UP_SECONDS = 60.0
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


def run(command: Command, *, home: Path | None = None, seconds: float = 600.0) -> Ended:
    """Runs a command to its end, with a home of its own and without a screen."""
    surroundings = {**os.environ, **QUIETLY, **({"HOME": str(home)} if home else {})}
    surroundings.pop("PYTHONPATH", None)
    try:
        done = subprocess.run(
            command, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
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


# Building


def build_till(ground: Ground) -> str:
    ground.frozen = linux_packages.freeze(freezing.TILL, ground.bench)
    ground.products["deb"] = linux_packages.till_package(ground.frozen, ground.bench)
    ground.products["archive"] = linux_packages.till_archive(ground.frozen, ground.bench)
    return _sizes(ground, "deb", "archive")


def build_server(ground: Ground) -> str:
    (ground.products["server"],) = build.build_server(ground.bench)
    return _sizes(ground, "server")


def build_windows(ground: Ground) -> str:
    if shutil.which("makensis") is None:
        raise NotHere("makensis (apt-get install nsis)")
    (ground.products["setup"],) = build.build_windows(ground.bench)
    return _sizes(ground, "setup")


def _sizes(ground: Ground, *names: str) -> str:
    return ", ".join(
        f"{ground.products[name].name} {ground.products[name].stat().st_size / 1e6:.1f} MB" for name in names
    )


def look_into_packages(ground: Ground) -> str:
    """Nothing of the build machine in them, everything where Debian has it, and its own tools find no fault."""
    for name in ("deb", "server"):
        listing = demand(run(["dpkg-deb", "--contents", ground.products[name]]), 0)
        places = [line.split(maxsplit=5)[5].partition(" -> ")[0] for line in listing.splitlines()]
        strange = [place for place in places if not re.match(r"\./($|usr/|etc/$|etc/tukar)", place)]
        if strange or any(" root/root " not in line for line in listing.splitlines()):
            raise Failed(f"{ground.products[name].name} puts files elsewhere: {strange[:3]}")
    tree = ground.bench.work / "tree-till/usr"
    _demand_no_path_of_this_machine(tree)
    looked = []
    tools: dict[str, list[str | Path]] = {
        "desktop-file-validate": [tree / "share/applications/tukar.desktop"],
        "appstreamcli": ["validate", "--no-net", "--explain", tree / "share/metainfo/tukar.metainfo.xml"],
    }
    for tool, command in tools.items():
        if shutil.which(tool):
            demand(run([tool, *command]), 0)
            looked.append(tool)
    return f"in order{''.join(f', {tool} too' for tool in looked)}"


def _demand_no_path_of_this_machine(tree: Path) -> None:
    """A library that looks for others in a folder of this machine would do so on every till."""
    for library in tree.rglob("*.so*"):
        if library.is_file() and not library.is_symlink():
            said = run(["readelf", "-d", library]).said
            paths = re.findall(r"(?:RUNPATH|RPATH).*\[(.*)\]", said)
            if any(not part.startswith("$ORIGIN") for path in paths for part in path.split(":")):
                raise Failed(f"{library.name} looks for libraries in {paths[0]}")


def build_again(ground: Ground) -> str:
    """The backend's package once more, from nothing, byte for byte."""
    first = ground.products["server"]
    again = replace(ground.bench, out=WORK / "again", work=WORK / "again-work")
    (second,) = build.build_server(again)
    if first.read_bytes() != second.read_bytes():
        raise Failed("the package is another one when it is built again")
    return "the same bytes"


# A till of one user, without root


def install_for_one_user(ground: Ground) -> str:
    """The archive, as the README says: unpack it, run its script."""
    unpacked = WORK / "unpacked"
    unpacked.mkdir(parents=True)
    demand(run(["tar", "-xf", ground.products["archive"], "-C", unpacked]), 0)
    (script,) = unpacked.glob("*/install.sh")
    demand(run(["sh", script], home=ground.home), 0, "is installed")
    return demand(run([ground.installed, "--version"], home=ground.home), 0, ground.bench.version).strip()


def play_the_tour(ground: Ground) -> str:
    tour = WORK / "tour"
    demand(run([ground.installed, "demo", "--offscreen", "--tour", tour], home=ground.home), 0)
    journeys = json.loads((tour / "tour.json").read_text("utf-8"))["journeys"]
    if not journeys or not all(journey["ok"] for journey in journeys):
        raise Failed("a journey did not end as it should")
    return f"{len(journeys)} journeys"


def measure_the_start(ground: Ground) -> str:
    """P2, in this run's own ratio."""
    command: list[str | Path] = [
        "-m",
        "tests.benchmarks",
        "P2",
        "--json",
        "--packaged",
        ground.home / ".local/opt/tukar/current/tukar",
    ]
    python = environment.Environment().python
    if not python.exists():
        raise NotHere("the environment of the check (packaging/check.py)")
    done = subprocess.run(
        [python, *command], cwd=ROOT, env={**os.environ, **QUIETLY, "PYTHONPATH": str(ROOT / "app")},
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    (figure,) = json.loads(done.stdout)
    told = f"{figure['value']:.0f} ms beside {figure['floor']:.0f} ms, ratio {figure['ratio']:.2f}"
    if not figure["ok"]:
        raise Failed(told)
    return told


# Updates


def _offer(ground: Ground, version: str, *, broken: bool = False) -> Path:
    """A folder with a signed manifest and the archive of a version; a broken one has a program that fails at once."""
    if ground.frozen is None:
        raise Failed("there is no frozen program")
    folder = WORK / f"release-{version}"
    bench = replace(ground.bench, version=version, out=folder, work=WORK / f"work-{version}")
    frozen = ground.frozen
    if broken:
        spoilt = WORK / "spoilt"
        shutil.copytree(frozen.folder, spoilt, symlinks=True)
        (spoilt / "tukar").write_text("#!/bin/sh\necho 'tukar: this version is broken'\nexit 1\n")
        frozen = replace(frozen, folder=spoilt)
    linux_packages.till_archive(frozen, bench)
    demand(run([ground.bench.python, RELEASE, "sign", folder, version, ground.key, f"Version {version}."]), 0)
    return folder


def _start_demo(ground: Ground) -> list[str | Path]:
    return [ground.installed, "demo", "--offscreen", "--data", ground.till]


def _unsent(ground: Ground) -> int:
    """As the till says itself; -1 while it cannot be asked."""
    ended = run([ground.installed, "doctor", "--json", "--data", ground.till], home=ground.home)
    try:
        told = json.loads(ended.said)["examined"]
    except ValueError:
        return -1
    return next((int(one["facts"]["unsent"]) for one in told if one["what"] == "till" and "unsent" in one["facts"]), -1)


def refuse_with_an_unsent_bill(ground: Ground) -> str:
    with running(_start_demo(ground), ground.home):
        until(lambda: (ground.till / "journal.sqlite3").exists() and _unsent(ground) == 0, "an enrolled till")
    python = environment.Environment().python
    done = subprocess.run(
        [python, ROOT / "packaging/unsent_bill.py", ground.till], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "app"), str(ROOT)])},
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"no bill could be put into the outbox: {done.stderr[-300:]}")
    apply = _apply(ground, _offer(ground, "0.9.1"))
    said = demand(run(apply, home=ground.home), 2, "messages that were not sent")
    if _version(ground) != ground.bench.version:
        raise Failed("it was updated all the same")
    return said.strip().splitlines()[-1]


def update_after_sending(ground: Ground) -> str:
    with running(_start_demo(ground), ground.home):
        until(lambda: _unsent(ground) == 0, "an empty outbox")
    apply = _apply(ground, WORK / "release-0.9.1")
    demand(run(apply, home=ground.home), 0, "Version 0.9.1 is installed")
    _demand_version(ground, "0.9.1")
    demand(run([*apply[:2], "check", *apply[3:]], home=ground.home), 0, "is the latest")
    with running([ground.installed, "--data", ground.till], ground.home):
        until(lambda: _phase(ground) == "confirmed", "a window of the new version")
    return "0.9.1 is in force, and a window confirmed it"


def roll_back_a_version_that_fails(ground: Ground) -> str:
    apply = _apply(ground, _offer(ground, "0.9.2", broken=True))
    said = demand(run(apply, home=ground.home), 2, "is in force again")
    _demand_version(ground, "0.9.1")
    demand(run(apply, home=ground.home), 2, "was taken back here")
    return said.strip().splitlines()[-1]


def roll_back_an_interrupted_one(ground: Ground) -> str:
    """Killed as soon as the installation was begun; the next start finds it."""
    folder = _offer(ground, "0.9.3")
    apply = _apply(ground, folder)
    surroundings = {**os.environ, **QUIETLY, "HOME": str(ground.home)}
    with subprocess.Popen(apply, env=surroundings, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        until(lambda: _phase(ground) == "installing" or process.poll() is not None, "the installation")
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if _phase(ground) != "installing":
        raise Failed("it was over before it could be interrupted")
    with running([ground.installed, "--data", ground.till], ground.home):
        until(lambda: _phase(ground) == "rolled_back", "the way back")
    _demand_version(ground, "0.9.1")
    demand(run(apply, home=ground.home), 2, "was taken back here")
    demand(run([*apply, "--again"], home=ground.home), 0, "Version 0.9.3 is installed")
    return "killed while installing, rolled back at the next start, then installed"


def take_no_unsigned_one(ground: Ground) -> str:
    folder = _offer(ground, "0.9.4")
    manifest = folder / "tukar-update.json"
    manifest.write_text(manifest.read_text("utf-8").replace("0.9.4", "0.9.5"), encoding="utf-8")
    apply = _apply(ground, folder)
    return demand(run(apply, home=ground.home), 2, "not signed").strip().splitlines()[-1]


def remove_and_keep_the_data(ground: Ground) -> str:
    (script,) = (WORK / "unpacked").glob("*/install.sh")
    demand(run(["sh", script, "--remove"], home=ground.home), 0, "is removed")
    if ground.installed.exists() or (ground.home / ".local/opt/tukar").exists():
        raise Failed("the program is still there")
    if not (ground.till / "journal.sqlite3").exists():
        raise Failed("the bills are gone")
    return "bills and settings are where they were"


def _apply(ground: Ground, offer: Path) -> list[str | Path]:
    return [ground.installed, "update", "apply", "--data", ground.till, "--from", offer]


def _version(ground: Ground) -> str:
    """Of the installation in force, which is not always that of the sources here."""
    said = (ground.home / ".local/opt/tukar/current/release.toml").read_text("utf-8")
    return said.partition('version = "')[2].partition('"')[0]


def _demand_version(ground: Ground, version: str) -> None:
    if _version(ground) != version:
        raise Failed(f"version {_version(ground)} is in force, not {version}")


def _phase(ground: Ground) -> str:
    try:
        return str(json.loads((ground.till / "update.json").read_bytes())["phase"])
    except (OSError, ValueError):
        return ""


TILL_EXERCISES = (
    build_till,
    build_server,
    build_windows,
    look_into_packages,
    install_for_one_user,
    play_the_tour,
    measure_the_start,
    refuse_with_an_unsent_bill,
    update_after_sending,
    roll_back_a_version_that_fails,
    roll_back_an_interrupted_one,
    take_no_unsigned_one,
    remove_and_keep_the_data,
)


def main() -> int:
    """Exit status: 0 when every exercise ended as it should, or could not be done here; 1 when one did not."""
    import exercise_systems

    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    key = WORK / "release.key"
    bench = build.prepared(ROOT / "build", WORK / "dist", "")
    public = demand(run([bench.python, RELEASE, "keys", key]), 0).strip()
    ground = Ground(replace(bench, key=public), key)
    missing: dict[str, str] = {}
    failed = 0
    for one in (*TILL_EXERCISES, *exercise_systems.EXERCISES, build_again):
        name = one.__name__.replace("_", " ")
        started = time.monotonic()
        try:
            told, verdict = one(ground), "ok"
        except (Failed, SystemExit) as failure:  # what builds ends that way, with one line
            told, verdict, failed = str(failure), "FAILED", failed + 1
        except NotHere as lack:
            told, verdict = "", "-"
            missing[name] = str(lack)
        print(f"{verdict:<8}{name:<36}{time.monotonic() - started:7.1f} s  {told}", flush=True)
    if missing:
        print("\nnot exercised here")
        print("".join(f"  {name:<36}for want of {lack}\n" for name, lack in missing.items()), end="")
    print(f"{failed} of {len(TILL_EXERCISES) + len(exercise_systems.EXERCISES) + 1} exercises failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
