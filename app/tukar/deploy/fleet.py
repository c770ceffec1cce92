"""What a shop decides for all of its tills: TOML files that an administrator pushes, or the Windows registry.

The files of one folder are read in the order of their names, a later one over an earlier one, and what the registry
says over all of them. A mistake is named by file and line, and then everything is as it last was when it was good:
half of a change is worse than none of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tukar.till.settings_table import BY_NAME, NOTHING, Decides, Given, SettingsError, read

if TYPE_CHECKING:
    from tukar.till.settings_table import Setting, Value

LAST_GOOD_FILE: Final = "fleet.last-good.json"
FIXED: Final = "Fixed"
"""The sub-key of the registry whose values no till may change."""

Write = Callable[[Path, bytes], None]
"""Puts a file in its place, whole or not at all."""
Registry = Callable[[str], Mapping[str, object]]
"""The values below our key of the registry, or below a sub-key of it; nothing where there is no registry."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """What counts for every till here; ``trouble`` is what is wrong with the files, in one line, or empty.

    ``origins`` says which file or key each setting came from.
    """

    given: Given = NOTHING
    trouble: str = ""
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def is_for_shops(setting: Setting) -> bool:
    """Whether a shop may give it: what connects one till cannot be the same for all."""
    return setting.decides is not Decides.TILL


def no_registry(_key: str) -> Mapping[str, object]:
    return {}


def read_fleet(folder: Path, kept: Path, write: Write, registry: Registry = no_registry) -> Fleet:
    """What the files of ``folder`` and the registry say; ``kept`` is the till's folder, where the last good copy lies.

    What ``write`` raises passes; a folder that cannot be read is trouble like any other.
    """
    try:
        fleet = _joined(folder, registry)
    except SettingsError as error:
        return Fleet(_last_good(kept), f"{error}. The last good settings of the shop are in force.")
    _keep(fleet.given, kept, write)
    return fleet


def _joined(folder: Path, registry: Registry) -> Fleet:
    values: dict[str, Value] = {}
    fixed: dict[str, Value] = {}
    keys: dict[str, str] = {}
    origins: dict[str, str] = {}
    for file in _files(folder):
        given = _of_file(file)
        values.update(given.values)
        fixed.update(given.fixed)
        keys.update(given.keys)
        origins.update(dict.fromkeys([*given.values, *given.fixed], str(file)))
    for kind, key in ((values, ""), (fixed, FIXED)):
        found = {name: _of_registry(name, value) for name, value in registry(key).items() if _counts(name)}
        kind.update(found)
        origins.update(dict.fromkeys(found, "the registry"))
    given = Given(MappingProxyType(values), MappingProxyType(fixed), MappingProxyType(keys))
    return Fleet(given, origins=MappingProxyType(origins))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as problem:
        raise SettingsError(f"{folder}: {problem.strerror}") from problem


def _of_file(file: Path) -> Given:
    try:
        return read(file.read_bytes(), is_for_shops)
    except OSError as problem:
        raise SettingsError(f"{file}: {problem.strerror}") from problem
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None


def _counts(name: str) -> bool:
    return name in BY_NAME and is_for_shops(BY_NAME[name])


def _of_registry(name: str, value: object) -> Value:
    """The registry has no truth values: 0 and 1 stand for them."""
    setting = BY_NAME[name]
    if isinstance(setting.default, bool) and type(value) is int and value in (0, 1):
        value = bool(value)
    reason = setting.what_is_wrong(value)
    if reason or not isinstance(value, bool | int | str):
        raise SettingsError(f"the registry: {name} {reason}")
    return value


def _keep(given: Given, kept: Path, write: Write) -> None:
    """Nothing is written as long as nothing changed, and nothing at all for a till that no shop tells anything."""
    file = kept / LAST_GOOD_FILE
    told = {"values": dict(given.values), "fixed": dict(given.fixed), "keys": dict(given.keys)}
    content = json.dumps(told, indent=1, sort_keys=True).encode()
    try:
        former = file.read_bytes()
    except OSError:
        former = b""
    if content != former and (former or given != NOTHING):
        write(file, content)


def _last_good(kept: Path) -> Given:
    try:
        told: dict[str, Any] = json.loads((kept / LAST_GOOD_FILE).read_bytes())
        values, fixed = (_still_good(told[kind]) for kind in ("values", "fixed"))
        keys = {str(action): str(key) for action, key in told["keys"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return NOTHING
    return Given(MappingProxyType(values), MappingProxyType(fixed), MappingProxyType(keys))


def _still_good(told: Mapping[str, Any]) -> dict[str, Value]:
    return {name: value for name, value in told.items() if _counts(name) and not BY_NAME[name].what_is_wrong(value)}
