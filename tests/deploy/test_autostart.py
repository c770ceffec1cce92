"""What a machine starts by itself: written as its system reads it, asked back, and taken away without a trace."""

import shlex
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.machine import ROOT
from tukar.deploy.autostart import NAME, RUN_KEY, RUN_VALUE, Autostart, DesktopEntry, RunKey, autostart_of

COMMAND = ["/opt/tukar/tukar", "--data", "/srv/my till"]


class FakeKey:
    """An open key of the registry."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class FakeRegistry:
    """The part of ``winreg`` that is asked."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = 1, 1, 2

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    def OpenKey(self, _root: int, name: str, _zero: int = 0, _access: int = 0) -> FakeKey:
        if name not in self.keys:
            raise FileNotFoundError(name)
        return FakeKey(self.keys[name])

    def CreateKey(self, _root: int, name: str) -> FakeKey:
        return FakeKey(self.keys.setdefault(name, {}))

    def QueryValueEx(self, key: FakeKey, name: str) -> tuple[str, int]:
        if name not in key.values:
            raise FileNotFoundError(name)
        return key.values[name], self.REG_SZ

    def SetValueEx(self, key: FakeKey, name: str, _zero: int, _kind: int, value: str) -> None:
        key.values[name] = value

    def DeleteValue(self, key: FakeKey, name: str) -> None:
        if name not in key.values:
            raise FileNotFoundError(name)
        del key.values[name]


@pytest.fixture(params=["linux", "windows"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Autostart:
    return DesktopEntry(tmp_path / "autostart" / NAME) if request.param == "linux" else RunKey(FakeRegistry())


def test_it_is_off_then_on_then_off_again(machine: Autostart) -> None:
    assert machine.command() == ""
    machine.switch_off()
    machine.switch_on(COMMAND)
    machine.switch_on(COMMAND)
    assert '"/srv/my till"' in machine.command()
    machine.switch_off()
    assert machine.command() == ""


def test_the_desktop_entry_is_one_and_its_command_reads_back(tmp_path: Path) -> None:
    entry = DesktopEntry(tmp_path / "autostart" / NAME)
    entry.switch_on([*COMMAND, "50%", 'a "b" $c'])
    lines = entry.file.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert {"Type=Application", "Terminal=false"} <= set(lines)
    told = shlex.split(entry.command().replace("\\\\", "\\"))
    assert [part.replace("%%", "%").replace("\\$", "$") for part in told] == [*COMMAND, "50%", 'a "b" $c']


def test_windows_keeps_one_value_and_leaves_others_alone() -> None:
    registry = FakeRegistry()
    registry.keys[RUN_KEY] = {"Other": "x.exe"}
    run = RunKey(registry)
    run.switch_on(COMMAND)
    assert registry.keys[RUN_KEY] == {"Other": "x.exe", RUN_VALUE: '/opt/tukar/tukar --data "/srv/my till"'}
    run.switch_off()
    assert registry.keys[RUN_KEY] == {"Other": "x.exe"}


def test_the_folder_is_the_desktops(tmp_path: Path) -> None:
    own = autostart_of("posix", {"XDG_CONFIG_HOME": str(tmp_path)}, ROOT)
    assert isinstance(own, DesktopEntry)
    assert own.file == tmp_path / "autostart" / NAME
    usual = autostart_of("posix", {}, tmp_path)
    assert isinstance(usual, DesktopEntry)
    assert usual.file == tmp_path / ".config" / "autostart" / NAME
