"""The settings of a till where they lie on this machine: its own, over what the shop gives all tills."""

import importlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tukar.deploy.fleet import Fleet, read_fleet
from tukar.local.atomic import write_whole
from tukar.local.settings import TomlSettings
from tukar.till.ports import DiskTrouble, Settings

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
