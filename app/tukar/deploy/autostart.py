"""Starts the till when somebody signs in to the machine: a desktop entry on Linux, a value of the Run key on Windows.

Both belong to the person who is signed in, need no rights of an administrator, and are taken away again without a
trace. A till that is set to ``kiosk`` then covers the screen from the first moment.
"""

import importlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

NAME: Final = "tukar.desktop"
RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
RUN_VALUE: Final = "Tukar"
_UNSAFE: Final = frozenset('"`$\\')


class Autostart(Protocol):
    """Where a machine keeps what it starts by itself. Every method raises OSError."""

    def command(self) -> str:
        """What is started; empty for nothing."""
        ...

    def switch_on(self, command: Sequence[str]) -> None: ...

    def switch_off(self) -> None:
        """Not on is fine too."""
        ...


def autostart_of(system: str, environment: Mapping[str, str], home: Path) -> Autostart:
    """This machine's; ``system`` is ``os.name``."""
    if system == "nt":
        return RunKey(importlib.import_module("winreg"))
    config = environment.get("XDG_CONFIG_HOME", "")
    return DesktopEntry((Path(config) if config else home / ".config") / "autostart" / NAME)


class DesktopEntry:
    """An entry in the autostart folder of the desktop (freedesktop.org, "Desktop Application Autostart")."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def command(self) -> str:
        try:
            lines = self.file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ""
        return next((line.removeprefix("Exec=") for line in lines if line.startswith("Exec=")), "")

    def switch_on(self, command: Sequence[str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        entry = [
            "[Desktop Entry]",
            "Type=Application",
            "Name=Tukar",
            "Comment=The till",
            f"Exec={' '.join(map(_quoted, command))}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        ]
        self.file.write_text("\n".join([*entry, ""]), encoding="utf-8")

    def switch_off(self) -> None:
        self.file.unlink(missing_ok=True)


def _quoted(part: str) -> str:
    """As the key Exec wants an argument: in quotes, its special signs escaped, for the file once more."""
    escaped = "".join(f"\\{sign}" if sign in _UNSAFE else sign for sign in part).replace("%", "%%")
    return '"' + escaped.replace("\\", "\\\\") + '"'


class RunKey:
    """The Run key of whoever is signed in to Windows. ``registry`` is ``winreg``."""

    def __init__(self, registry: Any) -> None:  # noqa: ANN401 - a module that only Windows has
        self._registry = registry

    def command(self) -> str:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, RUN_KEY) as key:
                return str(self._registry.QueryValueEx(key, RUN_VALUE)[0])
        except FileNotFoundError:
            return ""

    def switch_on(self, command: Sequence[str]) -> None:
        registry = self._registry
        with registry.CreateKey(registry.HKEY_CURRENT_USER, RUN_KEY) as key:
            registry.SetValueEx(key, RUN_VALUE, 0, registry.REG_SZ, subprocess.list2cmdline(command))

    def switch_off(self) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, RUN_KEY, 0, registry.KEY_SET_VALUE) as key:
                registry.DeleteValue(key, RUN_VALUE)
        except FileNotFoundError:
            return


def this_machine() -> Autostart:
    return autostart_of(os.name, os.environ, Path.home())
