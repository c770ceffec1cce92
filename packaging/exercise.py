"""Builds every installer and does with it what a technician does: ``check.py --installers``.

Each exercise is a function that raises ``Failed`` with one line; what this machine lacks is said at the end as "not
exercised here". Everything is built once; two lanes work side by side, one for the till, one for everything else.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import build
import environment
import exercise_readme
import exercise_systems
import exercise_till
import freezing
import linux_packages
from exercise_ground import RELEASE, ROOT, WORK, Ended, Failed, Ground, NotHere, demand, run

Exercise = Callable[[Ground], str]


@dataclass(frozen=True)
class Done:
    """How an exercise went; ``verdict`` is ok, FAILED, or - where this machine lacks what it needs."""

    name: str
    verdict: str
    seconds: float
    told: str

    def __str__(self) -> str:
        return f"{self.verdict:<8}{self.name:<36}{self.seconds:7.1f} s  {self.told}"


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
    packages = [ground.products[name] for name in ("deb", "server")]
    tools: dict[str, list[str | Path]] = {
        "desktop-file-validate": [tree / "share/applications/tukar.desktop"],
        "appstreamcli": ["validate", "--no-net", "--explain", tree / "share/metainfo/tukar.metainfo.xml"],
        "systemd-analyze": ["verify", "--man=no", *(ground.bench.work / "tree-server").rglob("*.service")],
        "lintian": ["--fail-on", "error,warning", "--tag-display-limit", "0", *packages],
    }
    here = [tool for tool in tools if shutil.which(tool)]
    for tool in here:
        _demand_no_fault(tool, run([tool, *tools[tool]]))
    return f"in order{''.join(f', {tool} too' for tool in here)}"


def _demand_no_fault(tool: str, ended: Ended) -> None:
    """A tool that looked into the packages; systemd's own also speaks of programs that are not installed here."""
    if tool == "systemd-analyze":
        faults = [line for line in ended.said.splitlines() if "is not executable" not in line and line.strip()]
        ended = Ended(1 if faults else 0, "\n".join(faults))
    demand(ended, 0)


def _demand_no_path_of_this_machine(tree: Path) -> None:
    """A library that looks for others in a folder of this machine would do so on every till."""
    for library in tree.rglob("*.so*"):
        if library.is_file() and not library.is_symlink():
            said = run(["readelf", "-d", library]).said
            paths = re.findall(r"(?:RUNPATH|RPATH).*\[(.*)\]", said)
            if any(not part.startswith("$ORIGIN") for path in paths for part in path.split(":")):
                raise Failed(f"{library.name} looks for libraries in {paths[0]}")


def build_again(ground: Ground) -> str:
    """Everything once more, from nothing, byte for byte; of the till what was frozen, for packing is the same step."""
    again = replace(ground.bench, out=WORK / "again", work=WORK / "again-work")
    (server,) = build.build_server(again)
    till = linux_packages.freeze(freezing.TILL, again)
    pairs = [(ground.products["server"], server)]
    if "setup" in ground.products:
        (setup,) = build.build_windows(again)
        pairs.append((ground.products["setup"], setup))
    others = [first.name for first, second in pairs if first.read_bytes() != second.read_bytes()]
    others += _differing(ground.frozen.folder, till.folder) if ground.frozen else []
    if others:
        raise Failed(f"built again, these are others: {', '.join(others[:5])}")
    return f"the same bytes: {', '.join(first.name for first, _ in pairs)}, and all files of the till"


def _differing(one: Path, other: Path) -> list[str]:
    """The files of two trees that are not the same bytes, or only in one of them."""
    files = [{path.relative_to(tree) for path in tree.rglob("*") if path.is_file()} for tree in (one, other)]
    both = files[0] & files[1]
    different = {name for name in both if (one / name).read_bytes() != (other / name).read_bytes()}
    return sorted(map(str, (files[0] ^ files[1]) | different))


BUILDS: tuple[tuple[Exercise, ...], ...] = ((build_till,), (build_server, build_windows))
"""Lanes that need nothing of each other."""
TRIALS: tuple[tuple[Exercise, ...], ...] = (
    (*exercise_till.EXERCISES, exercise_systems.sell_on_windows_under_wine),
    (look_into_packages, *exercise_systems.EXERCISES, exercise_readme.follow_the_readme, build_again),
)
"""What is done with all that was built."""


def _done(one: Exercise, ground: Ground) -> Done:
    started = time.monotonic()
    try:
        verdict, told = "ok", one(ground)
    except (Failed, SystemExit) as failure:  # what builds ends that way, with one line
        verdict, told = "FAILED", str(failure)
    except NotHere as lack:
        verdict, told = "-", f"for want of {lack}"
    except (OSError, subprocess.SubprocessError, LookupError, ValueError) as fault:  # the rest is tried all the same
        verdict, told = "FAILED", f"{type(fault).__name__}: {fault}"
    done = Done(one.__name__.replace("_", " "), verdict, time.monotonic() - started, told)
    print(done, flush=True)
    return done


def _in_lanes(lanes: Sequence[Sequence[Exercise]], ground: Ground) -> list[Done]:
    def walk(lane: Sequence[Exercise]) -> list[Done]:
        return [_done(one, ground) for one in lane]

    with ThreadPoolExecutor(len(lanes)) as walking:
        return [done for lane in walking.map(walk, lanes) for done in lane]


def main() -> int:
    """Exit status: 0 when every exercise ended as it should, or could not be done here; 1 when one did not."""
    started = time.monotonic()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    environment.ensure(environment.CHECK)  # which puts a bill in the outbox, and starts the till to compare with
    key = WORK / "release.key"
    bench = build.prepared(ROOT / "build", WORK / "dist", "")
    public = demand(run([bench.python, RELEASE, "keys", key]), 0).strip()
    ground = Ground(replace(bench, key=public), key)
    done = [one for lanes in (BUILDS, TRIALS) for one in _in_lanes(lanes, ground)]
    print("\n" + "\n".join(f"{one.verdict:<8}{one.name:<36}{one.seconds:7.1f} s" for one in done))
    print(f"{'':8}{'in all':<36}{time.monotonic() - started:7.1f} s\n")
    missing = [one for one in done if one.verdict == "-"]
    if missing:
        print("not exercised here")
        print("".join(f"  {one.name:<36}{one.told}\n" for one in missing))
    failed = [one for one in done if one.verdict == "FAILED"]
    print(f"{len(failed)} of {len(done)} exercises failed{''.join(f', {one.name}' for one in failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
