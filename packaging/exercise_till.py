"""The till of one user, out of the archive: installed, played, measured, updated, removed, and all that can go wrong.

What is updated is a real till: enrolled with a backend of its own, with a bill in its outbox.
"""

import json
import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import environment
import linux_packages
from exercise_ground import (
    QUIETLY,
    RELEASE,
    ROOT,
    WORK,
    Failed,
    Ground,
    demand,
    run,
    running,
    spoilt,
    until,
)


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
    done = subprocess.run(
        [python, *command], cwd=ROOT, env={**os.environ, **QUIETLY, "PYTHONPATH": str(ROOT / "app")},
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    (figure,) = json.loads(done.stdout)
    told = f"{figure['value']:.0f} ms beside {figure['floor']:.0f} ms, ratio {figure['ratio']:.2f}"
    if not figure["ok"]:
        raise Failed(told)
    return told


def _offer(ground: Ground, version: str, *, broken: bool = False) -> Path:
    """A folder with a signed manifest and the archive of a version; a broken one has a program that fails at once."""
    if ground.frozen is None:
        raise Failed("there is no frozen program")
    folder = WORK / f"release-{version}"
    bench = replace(ground.bench, version=version, out=folder, work=WORK / f"work-{version}", quick=True)
    frozen = ground.frozen
    if broken:
        frozen = replace(frozen, folder=spoilt(frozen, WORK / "spoilt-archive"))
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
    said = demand(run(apply, home=ground.home), 2, "1 message that was not sent")
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


EXERCISES = (
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
"""In this order, each on what the one before left."""
