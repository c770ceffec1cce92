"""What a package is made of: the bill of materials (CycloneDX) and the licences of everything shipped.

Python packages come from the lock, with the hashes that were demanded when they were installed; libraries that lie in
the program, fonts and the interpreter are added with the hash of each file. Nothing here is written down by hand but
whose licence a library is under that brings no text of its own.
"""

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_SPACE = uuid.UUID("8a0ec1d5-5e0f-5f0a-9c1b-7f6f0c6f2a11")
"""Of the names that serial numbers of our bills of materials are made from."""

_LIBRARY = re.compile(r"\.so(\.|$)|\.(dll|pyd)$")

QT_PACKAGES = frozenset({"pyside6-essentials", "shiboken6"})
QT_LICENCES = ("LGPL-3", "GPL-3")
"""Qt for Python is used under the LGPL, which is written as additions to the GPL; its wheels bring neither text."""

_FOREIGN = (
    (re.compile(r"^lib(ssl|crypto)[.-]"), "OpenSSL", "Apache-2.0"),
    (re.compile(r"^(lib)?sqlite3"), "SQLite", "blessing"),
    (re.compile(r"^libffi"), "libffi", "MIT"),
    (re.compile(r"^libicu"), "ICU", "Unicode-DFS-2016"),
    (re.compile(r"^(libstdc|libgcc)"), "GCC runtime", "GPL-3.0-with-GCC-exception"),
    (re.compile(r"^(libpython|python3)"), "CPython", "PSF-2.0"),
    (re.compile(r"^lib(Qt6|pyside6|shiboken6)|^Qt6"), "Qt", "LGPL-3.0-only"),
    (re.compile(r"^lib(bz2)"), "bzip2", "bzip2-1.0.6"),
    (re.compile(r"^lib(lzma)"), "XZ Utils", "0BSD"),
    (re.compile(r"^lib(uuid)"), "libuuid", "BSD-3-Clause"),
    (
        re.compile(r"^(vcruntime|msvcp|vccorlib|concrt)140"),
        "Microsoft Visual C++ runtime",
        "LicenseRef-redistributable",
    ),
    (re.compile(r"^libxcb"), "libxcb", "MIT"),
    (re.compile(r"^libXau"), "libXau", "MIT"),
    (re.compile(r"^libzstd"), "Zstandard", "BSD-3-Clause"),
    (re.compile(r"^libjpeg"), "libjpeg-turbo", "IJG AND BSD-3-Clause"),
    (re.compile(r"^libtiff"), "LibTIFF", "libtiff"),
    (re.compile(r"^libopenjp2"), "OpenJPEG", "BSD-2-Clause"),
)
"""Libraries that are part of no Python package, or of one whose licence they do not share."""


@dataclass(frozen=True)
class Locked:
    """A package as the lock names it."""

    name: str
    version: str
    hashes: tuple[str, ...]


@dataclass(frozen=True)
class Installed:
    """A package as it is installed: what it says of its licence, and the texts it brings."""

    name: str
    version: str
    licence: str
    summary: str
    texts: tuple[Path, ...]
    modules: frozenset[str] = field(default=frozenset())


def read_lock(lock: Path) -> dict[str, Locked]:
    """The packages of a lock file, by name."""
    found: dict[str, Locked] = {}
    name = version = ""
    hashes: list[str] = []
    for line in [*lock.read_text("utf-8").splitlines(), "end==0"]:
        if start := _LOCKED.match(line):
            if name:
                found[normal(name)] = Locked(normal(name), version, tuple(hashes))
            name, version, hashes = start[1], start[2], []
        hashes += _HASH.findall(line)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(site_packages: Path) -> dict[str, Installed]:
    """The packages below a folder of packages, by name."""
    found = {}
    for folder in sorted(site_packages.glob("*.dist-info")):
        said = HeaderParser().parsestr((folder / "METADATA").read_text("utf-8", errors="replace"))
        name = normal(said["Name"])
        texts = sorted(path for path in folder.rglob("*") if path.is_file() and _is_licence(path))
        found[name] = Installed(
            name, said["Version"], _licence(said), said.get("Summary", ""), tuple(texts), _modules(folder)
        )
    return found


def _is_licence(path: Path) -> bool:
    return bool(_LICENCE_FILE.search(path.name)) or "licenses" in path.parts


def _licence(said: Message) -> str:
    """The expression, else the words, else the classifier; the first line of what may be a whole text."""
    for value in (said.get("License-Expression"), said.get("License")):
        words = str(value or "").strip().splitlines()
        if words and words[0] != "UNKNOWN":
            return words[0][:120]
    classified = [str(one) for one in said.get_all("Classifier") or [] if str(one).startswith("License ::")]
    return classified[0].rpartition(" :: ")[2] if classified else ""


def _modules(folder: Path) -> frozenset[str]:
    """The top-level modules that the package put there."""
    record = folder / "RECORD"
    names = record.read_text("utf-8").splitlines() if record.exists() else []
    tops = {name.split(",")[0].split("/")[0] for name in names}
    return frozenset(top.split(".")[0] for top in tops if not top.endswith((".dist-info", "..")))


def shipped(packages: dict[str, Installed], modules: Iterable[str]) -> list[Installed]:
    """Those packages of which a program holds any module."""
    tops = {re.split("[./]", module)[0] for module in modules}
    return [package for package in packages.values() if package.modules & tops]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _component(kind: str, name: str, version: str, licence: str, hashes: Iterable[str], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    made: dict[str, Any] = {"type": kind, "bom-ref": f"{name}@{version}", "name": name, "version": version, **more}
    if licence:
        made["licenses"] = [{"license": {"name": licence}}]
    if listed := [{"alg": "SHA-256", "content": one} for one in hashes]:
        made["hashes"] = listed
    return made


def _of_packages(packages: Iterable[Installed], locked: dict[str, Locked]) -> Iterator[dict[str, Any]]:
    for package in packages:
        demanded = locked[package.name].hashes if package.name in locked else ()
        purl = f"pkg:pypi/{package.name}@{package.version}"
        yield _component(
            "library", package.name, package.version, package.licence, demanded, purl=purl, description=package.summary
        )


def _of_files(program: Path) -> Iterator[dict[str, Any]]:
    """Libraries and fonts that lie in the program, each with its hash; those of Python packages are with these."""
    for path in sorted(program.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        place = path.relative_to(program).as_posix()
        if path.suffix in (".ttf", ".otf"):
            yield _component("data", path.name, "file", "OFL-1.1", [_sha256(path)], description=place)
        else:
            for pattern, name, licence in _FOREIGN:
                if pattern.search(path.name):
                    about = f"{name}: {place}"
                    yield _component("library", path.name, "file", licence, [_sha256(path)], description=about)
                    break


def nobodys(program: Path, packages: Iterable[Installed]) -> list[str]:
    """The libraries below a folder of packages that no line of its bill of materials stands for."""
    owned = {module for package in packages for module in (*package.modules, package.name, f"{package.name}.libs")}
    found = []
    for path in sorted(path for path in program.rglob("*") if _LIBRARY.search(path.name)):
        place = path.relative_to(program)
        top = place.parts[0]
        is_known = top.startswith("python3") or {top, top.split(".")[0]} & owned
        if not path.is_symlink() and not is_known and not any(one.search(path.name) for one, _, _ in _FOREIGN):
            found.append(place.as_posix())
    return found


@dataclass(frozen=True)
class Subject:
    """What a bill of materials is about. ``python`` is the version of the interpreter in it."""

    name: str
    version: str
    python: str
    epoch: int


def bill_of_materials(
    subject: Subject, packages: Iterable[Installed], locked: dict[str, Locked], program: Path
) -> dict[str, Any]:
    """CycloneDX 1.5; the same for the same content, its serial number too."""
    components = [
        _component("application", "CPython", subject.python, "PSF-2.0", []),
        *_of_packages(packages, locked),
        *_of_files(program),
    ]
    for number, component in enumerate(components):
        component["bom-ref"] = f"{number}:{component['bom-ref']}"
    content = json.dumps(components, sort_keys=True)
    root = _component("application", subject.name, subject.version, "Apache-2.0", [])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, f'{subject.name} {subject.version} {content}')}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(subject.epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": root,
        },
        "components": components,
        "dependencies": [{"ref": root["bom-ref"], "dependsOn": [one["bom-ref"] for one in components]}],
    }


def collect_licences(packages: Iterable[Installed], own: Path, fonts: Path, python: Path, into: Path) -> list[str]:
    """Copies every licence text to ``into``, a folder for each part; the parts that brought none.

    ``own`` is the project's licence, ``fonts`` the folder with theirs, ``python`` the interpreter's text.
    """
    into.mkdir(parents=True)
    shutil.copyfile(own, into / "Tukar.txt")
    shutil.copyfile(python, into / "CPython.txt")
    for text in sorted(fonts.glob("OFL-*.txt")):
        shutil.copyfile(text, into / text.name)
    without = []
    for package in packages:
        texts = package.texts
        if package.name in QT_PACKAGES:
            texts = tuple(Path("/usr/share/common-licenses") / name for name in QT_LICENCES)
        if not texts:
            without.append(package.name)
        for text in texts:
            target = into / package.name / text.name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(text, target)
    return without
