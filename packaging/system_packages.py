"""Which packages of Debian or Ubuntu the till needs, which of them are missing, and how they get here."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Library → package: without these not even an invisible window starts."""

WINDOW = OFFSCREEN | {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libcups.so.2": "libcups2",
}
"""Library → package: what a window on a real screen needs, and the way to the system's printers."""

FONT = "fonts-dejavu-core"
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def loads(library: str) -> bool:
    """Whether the system's loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(wanted: Iterable[str], present: Callable[[str], bool] = loads) -> list[str]:
    """The shared libraries that are not on this machine; Windows and macOS bring what Qt needs."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in wanted if not present(library)]


def has_font() -> bool:
    """Whether any outline font is installed, for letters that the till's own fonts lack."""
    walks = [os.walk(Path(folder).expanduser()) for folder in _FONT_FOLDERS]
    return any(name.endswith((".ttf", ".otf")) for walk in walks for _, _, names in walk for name in names)


def can_make_environments() -> bool:
    """Whether this Python brings what `python -m venv` needs; Debian's has that in a package of its own."""
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def missing_packages() -> list[str]:
    """The Debian packages that this machine still lacks for an environment and for a window."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [WINDOW[library] for library in missing_libraries(WINDOW)]
    if not has_font():
        packages.append(FONT)
    if not can_make_environments():
        packages.append("python{}.{}-venv".format(*sys.version_info))
    return list(dict.fromkeys(packages))


def install_command(packages: Sequence[str]) -> list[str] | None:
    """The command that installs packages here, or None: no apt, or no way to become root without being asked."""
    if shutil.which("apt-get") is None:
        return None
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if os.geteuid() == 0:
        return install
    if shutil.which("sudo") is None:
        return None
    may_ask = sys.stdin is not None and sys.stdin.isatty()
    return ["sudo", *([] if may_ask else ["--non-interactive"]), *install]


def install(packages: Sequence[str]) -> bool:
    """Install packages with apt, as root or through sudo; False when that is not possible here."""
    command = install_command(packages)
    if command is None:
        return False
    print("Installing " + " ".join(packages), file=sys.stderr, flush=True)
    as_root = command[: command.index("apt-get")]
    _run([*as_root, "apt-get", "update", "--quiet"])
    return _run(command)


def _run(command: Sequence[str]) -> bool:
    """Run a command quietly; only a failure shows what it said."""
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        print(done.stderr.decode(errors="replace").rstrip(), file=sys.stderr)
    return done.returncode == 0
