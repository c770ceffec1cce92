"""What this till was told about itself: a TOML file that people may edit, with the last good copy beside it."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.till.ports import Settings

FILE: Final = "settings.toml"
LAST_GOOD_FILE: Final = "settings.last-good.toml"

_TYPES: Final[Mapping[str, type]] = MappingProxyType(
    {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings) if field.name != "keys"}
)
_CHOICES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "theme": frozenset({"light", "dark", "high_contrast"}),
        "salesperson_required": frozenset({"", "bill", "line"}),
        "terminal": frozenset({"", "simulator"}),
        "paper": frozenset({"80mm", "58mm", "a4"}),
        "key_store": frozenset({"keyring", "owner_only_file", "ask_every_time"}),
    }
)
_RANGES: Final[Mapping[str, range]] = MappingProxyType(
    {
        "till_epoch": range(1, 1_000_000),
        "scale_percent": range(100, 201),
        "scanner_gap_ms": range(10, 51),
        "lock_after_minutes": range(24 * 60 + 1),
    }
)


class SettingsError(ValueError):
    """A settings file says what it must not; the text names line and reason."""


class TomlSettings:
    """``ports.SettingsStore`` in a folder.

    A damaged file is left as it is for whoever edited it, ``trouble`` says what is wrong with it, and the last good
    copy is in force. Names this version does not know are left out of force and kept in the file's last good copy
    only until the next save. Raises DiskTrouble when the disk fails.
    """

    def __init__(self, folder: Path) -> None:
        self.trouble = ""
        self._file = folder / FILE
        self._last_good = folder / LAST_GOOD_FILE

    def load(self) -> Settings:
        """The settings in force; the defaults on a new till."""
        self.trouble = ""
        content = _content(self._file)
        if content is not None:
            try:
                settings = read_settings(content)
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
            return Settings()
        try:
            return read_settings(content)
        except SettingsError as error:
            self.trouble = self.trouble or f"{LAST_GOOD_FILE}: {error}. The settings are those of a new till."
            return Settings()

    def save(self, settings: Settings) -> None:
        """Writes the file; a damaged one is first put aside under another name."""
        content = _content(self._file)
        if content is not None and _is_damaged(content):
            number = 1
            while (aside := self._file.with_name(f"settings.damaged-{number}.toml")).exists():
                number += 1
            write_whole(aside, content)
        text = write_settings(settings).encode()
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


def read_settings(content: bytes) -> Settings:
    """The settings that a file's content means; SettingsError names line and reason."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SettingsError(f"line {line}: these bytes are no text") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_with_line_first(str(error), text)) from None
    values = {name: value for name, value in found.items() if name in _TYPES}
    for name, value in values.items():
        reason = _what_is_wrong(name, value)
        if reason:
            raise SettingsError(f"line {_line_of(name, text)}: {name} {reason}")
    return Settings(**values, keys=MappingProxyType(_keys(found.get("keys", {}), text)))


def _with_line_first(message: str, text: str) -> str:
    reason, _, place = message.rpartition(" (at ")
    if place.startswith("line "):
        return f"{place.split(',')[0]}: {reason}"
    return f"line {text.count(chr(10)) + 1}: {reason or message}"


def _what_is_wrong(name: str, value: Any) -> str:  # noqa: ANN401 - TOML may hold anything
    wanted = _TYPES[name]
    if type(value) is not wanted:
        words = {bool: "is either true or false", int: "is a whole number", str: "is a text in quotes"}
        return words[wanted]
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"is one of {', '.join(repr(choice) for choice in sorted(_CHOICES[name]))}"
    if name in _RANGES and value not in _RANGES[name]:
        return f"is from {_RANGES[name].start} to {_RANGES[name].stop - 1}"
    return ""


def _keys(found: Any, text: str) -> dict[str, str]:  # noqa: ANN401 - TOML may hold anything
    if not isinstance(found, dict):
        raise SettingsError(f"line {_line_of('keys', text)}: keys is a table of texts")
    for action, key in found.items():
        if not isinstance(key, str):
            raise SettingsError(f"line {_line_of(action, text)}: {action} is a text in quotes")
    return found


def _line_of(name: str, text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.split("=")[0].strip().strip('"[]') == name:
            return number
    return 1


def write_settings(settings: Settings) -> str:
    """The file of these settings; reading it gives them back."""
    lines = [f"{name} = {_toml(getattr(settings, name))}" for name in _TYPES]
    keys = [f"{_toml(action)} = {_toml(key)}" for action, key in sorted(settings.keys.items())]
    return "\n".join(["# Settings of this till", *lines, "", "[keys]", *keys, ""])


def _toml(value: str | int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f'"{"".join(_escaped(character) for character in value)}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
