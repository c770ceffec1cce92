"""Builds what a technician installs, into ``dist/``: ``build.py linux``, ``server``, ``windows`` or ``all``.

The tools come from ``requirements-build.lock`` into an environment of their own, ``build/venv``. What is built
depends on the sources and on the moment ``SOURCE_DATE_EPOCH``, or else that of the last commit, and on as little else
as can be; the README says on what.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("Tukar needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

import environment
import freezing
import linux_packages
import windows_setup
from linux_packages import Bench

ROOT = freezing.ROOT


def version() -> str:
    """Of the program, from its source."""
    said = re.search(r'^__version__ = "([^"]+)"', (ROOT / "app/tukar/__init__.py").read_text("utf-8"), re.MULTILINE)
    if said is None:
        raise SystemExit("app/tukar/__init__.py names no version.")
    return said[1]


def moment() -> int:
    """What everything is dated to, in seconds since 1970."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode == 0:
        return int(asked.stdout)
    return int((ROOT / "CHANGELOG.md").stat().st_mtime)


def build_linux(bench: Bench) -> list[Path]:
    frozen = linux_packages.freeze(freezing.TILL, bench)
    return [linux_packages.till_package(frozen, bench), linux_packages.till_archive(frozen, bench)]


def build_server(bench: Bench) -> list[Path]:
    return [linux_packages.server_package(linux_packages.freeze(freezing.SERVER, bench), bench)]


def build_windows(bench: Bench) -> list[Path]:
    return [windows_setup.build(bench)]


PRODUCTS: dict[str, Callable[[Bench], list[Path]]] = {
    "linux": build_linux,
    "server": build_server,
    "windows": build_windows,
}


def write_sums(folder: Path) -> None:
    """The hash of everything in ``dist/``, as ``sha256sum --check`` reads it."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.file_digest(path.open('rb'), 'sha256').hexdigest()}  {path.name}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def prepared(work: Path, out: Path, key: str, as_version: str = "") -> Bench:
    """The bench with its tools. Raises SetUpFailed, or SystemExit where this machine cannot build."""
    freezing.demand_shared_python()
    tools = environment.ensure(environment.BUILD, environment=environment.Environment(place="build/venv"))
    return Bench(as_version or version(), moment(), tools.python, work, out, key)


def main(arguments: list[str]) -> int:
    """Exit status: 0 when everything asked for lies in ``dist/``, 1 when not, 2 for arguments it does not know."""
    parser = argparse.ArgumentParser(prog="build.py", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("products", nargs="+", choices=[*PRODUCTS, "all"], metavar="PRODUCT")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for what is built (default: dist)")
    parser.add_argument("--update-key", default="", help="public key, base64, that updates must be signed with")
    typed = parser.parse_args(arguments)
    wanted = PRODUCTS if "all" in typed.products else dict.fromkeys(typed.products)
    try:
        bench = prepared(ROOT / "build", typed.out.resolve(), typed.update_key)
        for product in wanted:
            started = time.monotonic()
            for file in PRODUCTS[product](bench):
                size = file.stat().st_size / 1e6
                print(f"{file.name:<44}{size:8.1f} MB {time.monotonic() - started:8.1f} s", flush=True)
    except environment.SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    write_sums(bench.out)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
