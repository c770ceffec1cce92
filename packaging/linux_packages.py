"""The packages for Debian and Ubuntu, and the archive for every other Linux, out of the frozen programs."""

import json
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import debs
import freezing
import icons
import supply
import system_packages

ROOT = freezing.ROOT
LINUX = ROOT / "packaging/linux"
FONT = system_packages.FONT
RELEASE_FILE = "release.toml"
"""Beside the executable: what kind of installation this is, for ``tukar update``."""


@dataclass(frozen=True)
class Bench:
    """What a build works with. ``epoch`` dates everything; ``key`` is the public key of updates, or empty.

    ``quick`` packs loosely, for packages that are tried and thrown away.
    """

    version: str
    epoch: int
    python: Path
    work: Path
    out: Path
    key: str = ""
    quick: bool = False

    @property
    def date(self) -> str:
        return datetime.fromtimestamp(self.epoch, UTC).strftime("%Y-%m-%d")

    @property
    def site_packages(self) -> Path:
        (folder,) = (self.python.parent.parent / "lib").glob("python3*/site-packages")
        return folder


@dataclass(frozen=True)
class Frozen:
    """A frozen program with what is known of it."""

    folder: Path
    program: freezing.Program
    depends: tuple[str, ...]
    parts: tuple[supply.Installed, ...]


def freeze(program: freezing.Program, bench: Bench) -> Frozen:
    """Freezes a program and puts its bill of materials and licences beside it."""
    work = bench.work / f"freezing-{program.name}"
    shutil.rmtree(work, ignore_errors=True)
    folder = freezing.freeze(program, bench.python, bench.work / "frozen", work, bench.epoch)
    told = json.loads((work / "tukar" / "parts.json").read_text("utf-8"))
    depends = debs.packages_of(told["from_the_system"])
    parts = supply.shipped(supply.installed(bench.site_packages), told["modules"])
    frozen = Frozen(folder, program, depends, tuple(parts))
    if unlisted := supply.nobodys(folder / freezing.NAME_OF_LIBRARIES, parts):
        raise SystemExit(f"The bill of materials says nothing of {', '.join(unlisted)}.")
    _add_papers(frozen, bench, told["of_this_machine"].values())
    return frozen


def _add_papers(frozen: Frozen, bench: Bench, of_this_machine: Iterable[str]) -> None:
    papers = frozen.folder / "papers"
    python = next(Path(line) for line in _asked(bench.python, "import sys; print(sys.base_prefix)").splitlines())
    version = _asked(bench.python, "import platform; print(platform.python_version())").strip()
    (text,) = (python / "lib").glob("python3.[0-9]*/LICENSE.txt")
    without = supply.collect_licences(
        frozen.parts, ROOT / "LICENSE", ROOT / "resources/fonts", text, papers / "licences"
    )
    if without:
        raise SystemExit(f"These parts bring no licence text: {', '.join(without)}.")
    for name in debs.packages_of(Path(library).resolve().as_posix() for library in of_this_machine):
        shutil.copyfile(Path("/usr/share/doc") / name / "copyright", papers / "licences" / f"{name}.txt")
    if any(frozen.folder.glob(f"{freezing.NAME_OF_LIBRARIES}/PySide6/Qt/lib/libicu*")):
        shutil.copyfile(ROOT / "packaging/licences/ICU.txt", papers / "licences/ICU.txt")
    subject = supply.Subject(frozen.program.name, bench.version, version, bench.epoch)
    locked = supply.read_lock(ROOT / "packaging/requirements-build.lock")
    bill = supply.bill_of_materials(subject, frozen.parts, locked, frozen.folder / freezing.NAME_OF_LIBRARIES)
    (papers / "bill-of-materials.cdx.json").write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")


def _asked(python: Path, code: str) -> str:
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout


def _release(bench: Bench, kind: str) -> str:
    """Read by ``deploy.installation``."""
    lines = [f'version = "{bench.version}"', f'kind = "{kind}"', f'platform = "linux-{platform.machine()}"']
    return "\n".join([*lines, f'update_key = "{bench.key}"', ""])


def till_package(frozen: Frozen, bench: Bench) -> Path:
    """The till as a .deb. Each version has a folder of its own, so that one is whole while another comes or goes."""
    tree = _fresh(bench.work / "tree-till")
    home = tree / "usr/lib/tukar" / bench.version
    _install(frozen, tree, home, bench)
    (home / RELEASE_FILE).write_text(_release(bench, "deb"), encoding="utf-8")
    _link(tree / "usr/bin/tukar", f"../lib/tukar/{bench.version}/tukar")
    share = tree / "usr/share"
    _put(LINUX / "till/tukar.desktop", share / "applications/tukar.desktop", bench)
    _put(LINUX / "till/tukar.metainfo.xml", share / "metainfo/tukar.metainfo.xml", bench)
    _put_icons(share, bench)
    debs.write_gzipped(_filled(LINUX / "till/tukar.1", bench), share / "man/man1/tukar.1.gz")
    window = tuple(dict.fromkeys(system_packages.WINDOW.values()))
    depends = tuple(sorted({"libc6 (>= 2.34)", *frozen.depends, *window}))
    package = debs.Package(
        "tukar", bench.version, "misc", LINUX / "till", depends, (FONT, "gnome-keyring | kwalletmanager")
    )
    return debs.build(package, tree, bench.out, bench.epoch, quick=bench.quick)


def server_package(frozen: Frozen, bench: Bench) -> Path:
    """The loyalty backend as a .deb with its service."""
    tree = _fresh(bench.work / "tree-server")
    home = tree / "usr/lib/tukar-server"
    _install(frozen, tree, home, bench)
    share, texts = tree / "usr/share", LINUX / "server"
    _put(texts / "tukar-server", tree / "usr/bin/tukar-server", bench)
    (tree / "usr/bin/tukar-server").chmod(0o755)
    _put(texts / "tukar-server.service", tree / "usr/lib/systemd/system/tukar-server.service", bench)
    _put(texts / "server.env", tree / "etc/tukar-server/server.env", bench)
    _put(texts / "README", share / "doc/tukar-server/README", bench)
    _put(texts / "use-postgresql", share / "tukar-server/use-postgresql", bench)
    (share / "tukar-server/use-postgresql").chmod(0o755)
    debs.write_gzipped(_filled(texts / "tukar-server.8", bench), share / "man/man8/tukar-server.8.gz")
    depends = tuple(sorted({"libc6 (>= 2.34)", "passwd", *frozen.depends}))
    package = debs.Package("tukar-server", bench.version, "net", texts, depends, ("systemd", "ca-certificates"))
    return debs.build(package, tree, bench.out, bench.epoch, quick=bench.quick)


def till_archive(frozen: Frozen, bench: Bench) -> Path:
    """The till as an archive for one user without root, which ``install.sh`` in it puts into place."""
    name = f"tukar-{bench.version}-linux-{platform.machine()}"
    tree = _fresh(bench.work / "tree-archive") / name
    debs.copy_tree(frozen.folder, tree / "program")
    (tree / "program" / RELEASE_FILE).write_text(_release(bench, "folder"), encoding="utf-8")
    _put(LINUX / "till/install.sh", tree / "install.sh", bench)
    (tree / "install.sh").chmod(0o755)
    _put(LINUX / "till/tukar.desktop", tree / "tukar.desktop", bench)
    shutil.copyfile(LINUX / "tukar.svg", tree / "tukar.svg")
    debs.date_alike(tree, bench.epoch)
    bench.out.mkdir(parents=True, exist_ok=True)
    file = bench.out / f"{name}.tar.xz"
    with tarfile.open(file, "w:xz", preset=0 if bench.quick else 2) as archive:
        for path in sorted([tree, *tree.rglob("*")]):
            archive.add(path, path.relative_to(tree.parent).as_posix(), recursive=False, filter=_anonymous)
    return file


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _install(frozen: Frozen, tree: Path, home: Path, bench: Bench) -> None:
    """The program in its place, its papers where Debian has them."""
    name = frozen.program.name
    debs.copy_tree(frozen.folder, home)
    papers = tree / "usr/share/doc" / name
    papers.parent.mkdir(parents=True)
    (home / "papers").rename(papers)
    shutil.copyfile(LINUX / "copyright", papers / "copyright")
    shutil.copyfile(ROOT / "CHANGELOG.md", papers / "CHANGELOG.md")
    debs.write_gzipped(debs.changelog(name, bench.version, bench.epoch), papers / "changelog.gz")
    overrides = (LINUX / "lintian-overrides").read_text("utf-8").replace("@NAME@", name)
    place = tree / "usr/share/lintian/overrides" / name
    place.parent.mkdir(parents=True)
    place.write_text(overrides, encoding="utf-8")
    # Debian has the full text where the file above says.
    (papers / "licences/Tukar.txt").unlink()


def _link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


def _filled(text: Path, bench: Bench) -> str:
    return text.read_text("utf-8").replace("@VERSION@", bench.version).replace("@DATE@", bench.date)


def _put(source: Path, target: Path, bench: Bench) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_filled(source, bench), encoding="utf-8")


def _put_icons(share: Path, bench: Bench) -> None:
    drawn = draw_icons(bench.python, bench.work / "icons-linux")
    theme = share / "icons/hicolor"
    for size in icons.SIZES:
        place = theme / f"{size}x{size}/apps/tukar.png"
        place.parent.mkdir(parents=True)
        shutil.copyfile(drawn / f"{size}.png", place)
    (theme / "scalable/apps").mkdir(parents=True)
    shutil.copyfile(LINUX / "tukar.svg", theme / "scalable/apps/tukar.svg")


def draw_icons(python: Path, into: Path) -> Path:
    """The folder with the icon in every size."""
    subprocess.run([python, ROOT / "packaging/icons.py", LINUX / "tukar.svg", into], check=True)
    return into
