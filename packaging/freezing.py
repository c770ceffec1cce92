"""What goes into the packaged programs and what stays out: one description for each, and the run of PyInstaller.

The till's program carries the demo backend on SQLite; what only a backend for a shop needs (PostgreSQL's driver, the
services that bring codes to customers) is in the backend's own program, which in turn carries no window. Libraries that
Debian and Ubuntu have themselves are left to them: the package asks for them by name, and they get its updates.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENTRY = ROOT / "packaging/linux/entry.py"
NAME_OF_LIBRARIES = "lib"
"""The folder of a frozen program beside its executable."""

Entry = tuple[str, str, str]
"""PyInstaller's own form: where it goes, where it comes from, what it is."""


@dataclass(frozen=True)
class Program:
    """A program to freeze. ``without`` are modules that are not even looked at; ``needs`` are found by no import."""

    name: str
    without: tuple[str, ...]
    needs: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    """Packages that load their own parts by name."""
    resources: tuple[str, ...] = ("demo", "fonts", "i18n", "icons", "styles")
    """The folders of ``resources/`` that it reads."""


_NOBODY_NEEDS = (
    "tkinter",
    "readline",
    "alembic",
    "mako",
    "numpy",
    "pyqtgraph",
    "IPython",
    "pytest",
    "pip",
    "setuptools",
    "pydoc",
)
_SERVED_BY = ("uvicorn.loops.asyncio", "uvicorn.protocols.http.h11_impl", "uvicorn.lifespan.off")
_PICTURES = tuple(f"PIL.{name}" for name in ("_avif", "_imagingcms", "_imagingft", "_imagingtk", "_webp"))
"""Forms of pictures that no receipt has."""
_FOR_SHOPS = ("yaml", "psycopg", "psycopg_binary", "apprise", "markdown", "oauthlib", "requests_oauthlib")
TILL = Program(
    "tukar",
    without=(*_NOBODY_NEEDS, *_PICTURES, *_FOR_SHOPS),
    needs=(*_SERVED_BY, "sqlalchemy.dialects.sqlite", "keyring.backends.SecretService", "escpos.printer"),
)
SERVER = Program(
    "tukar-server",
    without=(*_NOBODY_NEEDS, "PySide6", "shiboken6", "escpos", "PIL", "qrcode", "barcode", "segno", "tukar.ui"),
    needs=(*_SERVED_BY, "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg_binary"),
    whole=("apprise",),
    resources=("demo",),
)

_UNUSED = re.compile(
    r"PySide6/Qt/(translations|qml|plugins/(platformthemes/libqgtk3|egldeviceintegrations|platforms/libq("
    r"eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)|imageformats/libq(gif|icns|jpeg|tga|tiff|wbmp|webp)"
    r"|networkinformation|tls|generic/libqtuio))"
    r"|PySide6/Qt/lib/libQt6(EglFS|EglFs)|^libQt6(EglFS|EglFs)|PySide6/(QtTest|QtNetwork|QtOpenGL)(?!/)[^/]*$"
    r"|^babel/locale-data/(?!root\.|en\.|en_|id\.|id_|hi\.|hi_)"
    r"|^phonenumbers/(geodata|carrierdata|tzdata)/"
)
"""Never loaded by the till: Gtk's look, screens without a window system, pictures that no resource is, languages that
the till does not speak."""
_NEVER_UNUSED = re.compile(r"QtTest")
"""The tour presses its keys through it."""

_SYSTEM_FOLDERS = ("/lib/", "/usr/lib/", "/lib64/", "/usr/lib64/")
_OWN_COPY = re.compile(r"lib(python3|ssl|crypto|ffi|sqlite3|bz2|lzma|uuid|stdc\+\+|gcc_s)[.-]")
"""Libraries of the build machine that Python was built against: in another release they are of another version."""


def is_used(place: str) -> bool:
    """Whether a file of a frozen program is ever loaded."""
    return not _UNUSED.search(place) or bool(_NEVER_UNUSED.search(place))


def comes_from_the_system(source: str) -> bool:
    """Whether Debian or Ubuntu bring this library themselves, so that the package only asks for it."""
    name = Path(source).name
    return source.startswith(_SYSTEM_FOLDERS) and ".so" in name and not _OWN_COPY.match(name)


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """What of PyInstaller's finds goes into the program."""
    return [one for one in entries if is_used(one[0]) and not comes_from_the_system(one[1])]


def left_to_the_system(kept_libraries: Iterable[str], imports: Callable[[str], Iterable[tuple[str, str]]]) -> list[str]:
    """The libraries that the package has to ask for: those that what is kept was linked against.

    ``imports`` gives name and place of the libraries that a library names itself.
    """
    found = {source for library in kept_libraries for _, source in imports(library) if source}
    return sorted({Path(source).resolve().as_posix() for source in found if comes_from_the_system(source)})


def of_this_machine(entries: Iterable[Entry]) -> dict[str, str]:
    """The libraries of the build machine that the program carries with it: where they go → where they are from."""
    return {place: source for place, source, _ in entries if source.startswith(_SYSTEM_FOLDERS) and ".so" in source}


def clean_interpreter(program: Path) -> None:
    """Takes out of the interpreter and its own modules what only this machine knows and only a debugger reads.

    A path of the build machine that libraries are looked for in would be looked for in on every till.
    """
    libraries = program / NAME_OF_LIBRARIES
    own = [*libraries.glob("libpython3*"), *libraries.glob("python3*/lib-dynload/*.so")]
    if shutil.which("strip") and own:
        subprocess.run(["strip", "--strip-unneeded", *own], check=True)
    for library in own:
        library.write_bytes(without_search_path(library.read_bytes(), sysconfig.get_config_var("LIBDIR") or ""))


def without_search_path(library: bytes, path: str) -> bytes:
    """A library that looks beside itself wherever it looked in ``path``; of the same length, so nothing in it moves."""
    there, beside = path.encode() + b"\0", b"$ORIGIN\0"
    if len(there) < len(beside):
        return library
    return library.replace(there, beside.ljust(len(there), b"\0"))


def demand_shared_python() -> None:
    """PyInstaller takes the interpreter as a library; SystemExit with one line where this Python has none."""
    library = Path(sysconfig.get_config_var("LIBDIR") or "") / (sysconfig.get_config_var("INSTSONAME") or "")
    if os.name == "posix" and not sysconfig.get_config_var("Py_ENABLE_SHARED") and not library.suffix.startswith(".so"):
        raise SystemExit(
            "This Python was built without a shared library, which packaging needs. Take another, such as one that "
            "was built with --enable-shared, and start again with it."
        )


def freeze(program: Program, python: Path, into: Path, work: Path, epoch: int) -> Path:
    """Freezes a program with the environment of ``python``; the folder that holds it. SystemExit with what went wrong.

    ``epoch`` is the moment that everything in it is dated to, in seconds since 1970.
    """
    surroundings = {
        **os.environ,
        "TUKAR_PROGRAM": program.name,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "app"), str(ROOT / "packaging")]),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(epoch),
        # A cache of its own, so that two programs can be frozen at once.
        "PYINSTALLER_CONFIG_DIR": str(work),
    }
    options = ["--noconfirm", "--clean", "--log-level", "WARN", "--distpath", str(into), "--workpath", str(work)]
    done = subprocess.run(
        [python, "-m", "PyInstaller", *options, ROOT / "packaging/linux/tukar.spec"],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stdout[-4000:])
        raise SystemExit(f"{program.name} could not be frozen.")
    clean_interpreter(into / program.name)
    return into / program.name
