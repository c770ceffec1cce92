"""The settings of a till where they lie on this machine: its own, over what the shop gives all tills."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.deploy.fleet import Fleet, is_for_shops, read_fleet
from tukar.local.atomic import write_whole
from tukar.local.paths import data_folder
from tukar.local.settings import TomlSettings
from tukar.till.ports import DiskTrouble
from tukar.till.settings_table import TABLE, SettingsError, read, template, toml

if TYPE_CHECKING:
    from tukar.bootstrap.options import SettingsOptions
    from tukar.till.ports import Settings
    from tukar.till.settings_table import Setting, Value

_POLICY_KEY: Final = r"SOFTWARE\Policies\Tukar"


class LayeredSettings(TomlSettings):
    """The till's own settings over the shop's; ``trouble`` names what is wrong with either."""

    def __init__(self, folder: Path, fleet: Fleet) -> None:
        super().__init__(folder, fleet.given)
        self.fleet = fleet

    def load(self) -> Settings:
        settings = super().load()
        self.trouble = " ".join(filter(None, (self.fleet.trouble, self.trouble)))
        return settings


def shop_folder() -> Path:
    """Where an administrator puts settings for all tills of a machine."""
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Tukar"
    return Path("/etc/tukar")


def settings_of(folder: Path, shop: Path | None = None) -> LayeredSettings:
    """The settings of the till in ``folder``; ``shop`` is where its shop's lie, None = where this system has them."""
    try:
        fleet = read_fleet(shop or shop_folder(), folder, write_whole, _registry)
    except DiskTrouble as trouble:
        # The copy for bad days could not be written; what the shop says today counts all the same.
        fleet = read_fleet(shop or shop_folder(), folder, lambda _file, _content: None, _registry)
        fleet = Fleet(fleet.given, fleet.trouble or trouble.detail, fleet.origins)
    return LayeredSettings(folder, fleet)


def _registry(key: str) -> Mapping[str, object]:
    if os.name != "nt":
        return {}
    registry = importlib.import_module("winreg")
    name = rf"{_POLICY_KEY}\{key}" if key else _POLICY_KEY
    try:
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, name) as opened:
            count = registry.QueryInfoKey(opened)[1]
            return {value[0]: value[1] for value in (registry.EnumValue(opened, at) for at in range(count))}
    except OSError:
        return {}


def run_settings(options: SettingsOptions) -> int:
    """Says what is set and by whom; judges a file, or writes an empty one. Status 1 when a file is damaged."""
    if options.template:
        sys.stdout.write(template())
        return Status.WELL
    if options.check is not None:
        return _judge(options.check)
    store = settings_of(options.data or data_folder())
    settings = store.load()
    rows = [(setting, getattr(settings, setting.name), _origin(setting, store)) for setting in TABLE]
    if options.as_json:
        told = [
            {"name": one.name, "value": value, "default": one.default, "from": origin, "means": one.means}
            for one, value, origin in rows
        ]
        json.dump({"trouble": store.trouble, "settings": told}, sys.stdout)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(_told(*row) for row in rows)
        if store.trouble:
            sys.stdout.write(f"{store.trouble}\n")
    return Status.FOUND_WRONG if store.trouble else Status.WELL


def _told(setting: Setting, value: Value, origin: str) -> str:
    return f"{setting.name:<22}{toml(value):<24} {origin:<28} {setting.means}\n"


def _origin(setting: Setting, store: LayeredSettings) -> str:
    given = store.fleet.given
    if setting.name in given.fixed:
        return f"fixed by {store.fleet.origins.get(setting.name, 'the shop')}"
    if setting.name in store.own():
        return "this till"
    if setting.name in given.values:
        return store.fleet.origins.get(setting.name, "the shop")
    return "default"


def _judge(file: Path) -> int:
    try:
        given = read(file.read_bytes(), is_for_shops)
    except OSError as problem:
        raise CommandRefused(f"{file}: {problem.strerror}.", "Name a file that can be read.") from None
    except SettingsError as error:
        sys.stdout.write(f"{file}: {error}.\n")
        return Status.FOUND_WRONG
    count = len(given.values) + len(given.fixed) + len(given.keys)
    sys.stdout.write(f"{file}: {count} settings, in order.\n")
    return Status.WELL
