"""Puts a tree of files into a .deb, the same bytes for the same files: owned by root, dated alike, in order."""

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

MAINTAINER = "The Tukar authors <authors@tukar.example>"
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")


@dataclass(frozen=True)
class Package:
    """What a package says of itself. ``texts`` is the folder with its description, scripts and conffiles."""

    name: str
    version: str
    section: str
    texts: Path
    depends: tuple[str, ...]
    recommends: tuple[str, ...] = ()
    architecture: str = "amd64"

    @property
    def file_name(self) -> str:
        return f"{self.name}_{self.version}_{self.architecture}.deb"


def build(package: Package, tree: Path, into: Path, epoch: int, *, quick: bool = False) -> Path:
    """The .deb of ``tree``, which becomes the root of the file system; ``quick`` packs it loosely.

    SystemExit with what dpkg-deb says.
    """
    control = tree / "DEBIAN"
    control.mkdir()
    _straighten(tree)
    (control / "control").write_text(_control(package, tree), encoding="utf-8")
    (control / "md5sums").write_text(_sums(tree), encoding="utf-8")
    for name in (*SCRIPTS, "conffiles"):
        source = package.texts / name
        if source.exists():
            (control / name).write_text(source.read_text("utf-8").replace("@VERSION@", package.version), "utf-8")
            (control / name).chmod(0o755 if name in SCRIPTS else 0o644)
    date_alike(tree, epoch)
    into.mkdir(parents=True, exist_ok=True)
    file = into / package.file_name
    packing = ["-Zgzip", "-z1"] if quick else ["-Zxz", "-z3", "--threads-max=2"]
    command = ["dpkg-deb", "--root-owner-group", *packing, "--build", str(tree), str(file)]
    done = subprocess.run(
        command, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{file.name} could not be built: {done.stderr.strip()}")
    return file


def _control(package: Package, tree: Path) -> str:
    size = sum(path.stat().st_size for path in _files(tree)) // 1024
    description = (package.texts / "description").read_text("utf-8").rstrip().splitlines()
    fields = {
        "Package": package.name,
        "Version": package.version,
        "Architecture": package.architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join(package.depends),
        "Recommends": ", ".join(package.recommends),
        "Section": package.section,
        "Priority": "optional",
        "Description": description[0],
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return "\n".join([*lines, *(f" {line}" if line else " ." for line in description[1:]), ""])


def _files(tree: Path) -> list[Path]:
    paths = sorted(tree.rglob("*"), key=lambda path: path.relative_to(tree).as_posix())
    return [path for path in paths if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts]


def _sums(tree: Path) -> str:
    """What ``dpkg --verify`` compares with; it knows no better hash than this one."""
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree).as_posix()}\n"
        for path in _files(tree)
    )


def _straighten(tree: Path) -> None:
    """Rights as Debian wants them, whatever the builder's umask was."""
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
        path.chmod(0o755 if runs else 0o644)
    tree.chmod(0o755)


def date_alike(tree: Path, epoch: int) -> None:
    """Dates everything to one moment: what was built later is not different for it."""
    for path in [*tree.rglob("*"), tree]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def changelog(name: str, version: str, epoch: int) -> str:
    """In Debian's form; what changed is in the file beside it."""
    at = format_datetime(datetime.fromtimestamp(epoch, UTC))
    return f"{name} ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {at}\n"


def packages_of(libraries: Iterable[str]) -> tuple[str, ...]:
    """Which packages of this system bring these libraries; needs a Debian or Ubuntu."""
    return tuple(sorted({_package_of(library) for library in libraries}))


def _package_of(library: str) -> str:
    # Since /lib became a link into /usr, dpkg knows a file by the one name or by the other.
    for name in (library, library.removeprefix("/usr"), f"/usr{library}"):
        done = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":", maxsplit=1)[0]
    raise SystemExit(f"No package brings {library}; build on a plain Debian or Ubuntu.")


def write_gzipped(text: str, file: Path) -> None:
    """Without the name and the date that gzip would put in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
