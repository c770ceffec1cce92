"""What this till was told about itself: a TOML file that people may edit, with the last good copy beside it.

What the shop gives all of its tills lies under it (``deploy.fleet``): the till's own file says only in what this till
differs, so that a change the shop pushes reaches every till that never chose otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.till.keys import DEFAULT_KEYS
from tukar.till.ports import Settings
from tukar.till.settings_table import NOTHING, TABLE, Decides, SettingsError, read, toml, written

if TYPE_CHECKING:
    from tukar.till.settings_table import Given, Setting

FILE: Final = "settings.toml"
LAST_GOOD_FILE: Final = "settings.last-good.toml"

_OF_THE_TILL: Final = frozenset({"backend_url", "key_store", "language"}) | {
    setting.name for setting in TABLE if setting.decides is Decides.TILL
}
"""Always in the till's own file: what connects it must not change under it because the shop's default did."""


def _is_own(setting: Setting) -> bool:
    return setting.decides is not Decides.SHOP


class TomlSettings:
    """``ports.SettingsStore`` in a folder, over what the shop gives.

    A damaged file is left as it is for whoever edited it, ``trouble`` says what is wrong with it, and the last good
    copy is in force. Names this version does not know are left out of force and kept in the file's last good copy
    only until the next save. Raises DiskTrouble when the disk fails.
    """

    def __init__(self, folder: Path, shop: Given = NOTHING) -> None:
        self.trouble = ""
        self._shop = shop
        self._file = folder / FILE
        self._last_good = folder / LAST_GOOD_FILE

    def load(self) -> Settings:
        """The settings in force; the defaults on a new till."""
        self.trouble = ""
        content = _content(self._file)
        if content is not None:
            try:
                settings = read_settings(content, self._shop)
            except SettingsError as error:
                self.trouble = f"{FILE}: {error}. The last good settings are in force."
            else:
                if content != _content(self._last_good):
                    write_whole(self._last_good, content)
                return settings
        return self._last_good_settings()

    def _last_good_settings(self) -> Settings:
        content = _content(self._last_good)
        if content is None:
            return read_settings(b"", self._shop)
        try:
            return read_settings(content, self._shop)
        except SettingsError as error:
            self.trouble = self.trouble or f"{LAST_GOOD_FILE}: {error}. The settings are those of a new till."
            return read_settings(b"", self._shop)

    def own(self) -> Mapping[str, Any]:
        """What the till's own file says and counts, by name; nothing where it is damaged."""
        try:
            return read(_content(self._file) or b"", _is_own).values
        except SettingsError:
            return {}

    def save(self, settings: Settings) -> None:
        """Writes the file; a damaged one is first put aside under another name."""
        content = _content(self._file)
        if content is not None and _is_damaged(content):
            number = 1
            while (aside := self._file.with_name(f"settings.damaged-{number}.toml")).exists():
                number += 1
            write_whole(aside, content)
        text = write_settings(settings, self._shop).encode()
        write_whole(self._file, text)
        write_whole(self._last_good, text)
        self.trouble = ""


def _content(path: Path) -> bytes | None:
    with disk_troubles(path):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def _is_damaged(content: bytes) -> bool:
    try:
        read_settings(content)
    except SettingsError:
        return True
    return False


def read_settings(content: bytes, shop: Given = NOTHING) -> Settings:
    """The settings that a file's content means over the shop's; SettingsError names line and reason."""
    own = read(content, _is_own)
    keys = MappingProxyType({**shop.keys, **own.keys})
    values: dict[str, Any] = {**shop.values, **own.values, **shop.fixed}
    return replace(Settings(keys=keys), **values)


def write_settings(settings: Settings, shop: Given = NOTHING) -> str:
    """The file of these settings; reading it over the same shop gives them back, but for what the shop fixed.

    Where the shop gives a command another key, the delivered one comes back by its name.
    """
    under = {setting.name: shop.values.get(setting.name, setting.default) for setting in TABLE}
    values = {setting.name: getattr(settings, setting.name) for setting in TABLE if _is_own(setting)}
    lines = [written(name, value) for name, value in values.items() if name in _OF_THE_TILL or value != under[name]]
    # A command without a key of its own has the delivered one, which must be said where the shop gives another.
    delivered = {command.value: key for command, key in DEFAULT_KEYS.items() if command.value in shop.keys}
    wanted = sorted({**delivered, **settings.keys}.items())
    keys = [written(toml(action), key) for action, key in wanted if shop.keys.get(action) != key]
    return "\n".join(["# Settings of this till, where it differs from its shop", *lines, "", "[keys]", *keys, ""])
