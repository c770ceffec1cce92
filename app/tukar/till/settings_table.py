"""Every setting of a till: what it means, what it may be, who decides it; and how a file of them is read.

This table is the only place that says so: the till's own file, the files an administrator pushes, ``tukar settings``
and the documented template all go by it. The default of a setting is that of ``ports.Settings``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from tukar.till.ports import Settings

Value = bool | int | str


class Decides(StrEnum):
    """Who may say what a setting is."""

    BOTH = "both"
    """The shop gives a default for all tills, and a till may differ unless the shop has fixed it."""
    TILL = "till"
    """What connects this very till; the same for two of them would be wrong."""
    SHOP = "shop"
    """Only whoever administers the machine: what stands in the till's own file does not count."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. ``choices`` and ``span`` narrow what it may be; both empty mean anything of its type."""

    name: str
    means: str
    choices: tuple[str, ...] = ()
    span: range | None = None
    decides: Decides = Decides.BOTH

    @property
    def default(self) -> Value:
        value: Value = getattr(Settings(), self.name)
        return value

    def what_is_wrong(self, value: object) -> str:
        """Why this cannot be a value of the setting, after its name; empty when it can."""
        kind = type(self.default)
        if type(value) is not kind:
            words = {bool: "is either true or false", int: "is a whole number", str: "is a text in quotes"}
            return words[kind]
        if self.choices and value not in self.choices:
            return f"is one of {', '.join(map(repr, sorted(self.choices)))}"
        if self.span is not None and value not in self.span:
            return f"is from {self.span.start} to {self.span.stop - 1}"
        return ""


_TILL, _SHOP = Decides.TILL, Decides.SHOP

TABLE: Final = (
    Setting("backend_url", "Address of the backend; given by the shop, it stands in the connecting screen already."),
    Setting("shop_id", "The shop, as the backend names it.", decides=_TILL),
    Setting("till_id", "The till, as the backend names it.", decides=_TILL),
    Setting("till_epoch", "The series of receipt numbers that is in use.", span=range(1, 1_000_000), decides=_TILL),
    Setting("language", "Language of the screens: en, id or hi."),
    Setting("theme", "Colours of the screens.", ("light", "dark", "high_contrast")),
    Setting("scale_percent", "Size of everything on the screen, in percent.", span=range(100, 201)),
    Setting("full_screen", "Whether the window covers the whole screen."),
    Setting("kiosk", "Whether the till covers the screen without a frame, and only a manager's right closes it."),
    Setting("reduced_motion", "Whether nothing moves on the screen."),
    Setting("hand", "Hand that touches the screen: what is pressed most lies at its side.", ("left", "right")),
    Setting("lock_after_minutes", "Minutes that nobody touches the till until it locks; 0 for never.",
            span=range(24 * 60 + 1)),
    Setting("scanner_gap_ms", "Keys closer together than this, in milliseconds, come from a scanner.",
            span=range(10, 51)),
    Setting("scanner_prefix", "What a scanner sends before every code, if it sends anything."),
    Setting("scale_codes", "Barcodes that a scale prints: I item, W grams, P price, C check digit, between commas."),
    Setting("practice", "Whether this till only practises; every screen and paper says so.", decides=_TILL),
    Setting("shift", "on: nothing is sold before a shift is open, and it begins with a password; off: a PIN is enough.",
            ("on", "off")),
    Setting("salesperson_required", "Empty; bill: none is saved without one; line: none is added without one.",
            ("", "bill", "line")),
    Setting("printer", "Empty for none; file:DEVICE or tcp:HOST for a receipt printer; folder for PDFs; else a name."),
    Setting("customer_display", "Whether a second screen shows the customer their bill."),
    Setting("terminal", "What takes cards and QR payments: empty for nothing, simulator for practice.",
            ("", "simulator")),
    Setting("paper", "Paper of the receipt printer.", ("80mm", "58mm", "a4")),
    Setting("receipt_folder", "Folder for receipts as PDF; empty for one in the data folder."),
    Setting("approver_on_receipt", "Whether a receipt names who allowed a price or a discount by hand, or a return."),
    Setting("picture_folder", "Folder with the pictures of items; empty for pictures in the data folder."),
    Setting("ca_file", "File of certificates to trust in place of the system's, for a backend of one's own."),
    Setting("proxy", "Address of the proxy on the way to the backend; empty for none."),
    Setting("key_store", "Where the token is kept; ask_every_time asks for a code at every start.",
            ("keyring", "owner_only_file", "ask_every_time")),
    Setting("update_source", "Folder or https address that updates are taken from; empty for none.", decides=_SHOP),
    Setting("update_key", "Public key that updates must be signed with, as tukar update names it.", decides=_SHOP),
)  # fmt: skip
"""In the order of the documentation."""

BY_NAME: Final[Mapping[str, Setting]] = MappingProxyType({setting.name: setting for setting in TABLE})


class SettingsError(ValueError):
    """A settings file says what it must not; the text names line and reason."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a file says: values by name, what it fixes for good, and keys by action. Unknown names are left out."""

    values: Mapping[str, Value]
    fixed: Mapping[str, Value]
    keys: Mapping[str, str]


NOTHING: Final = Given(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))


def read(content: bytes, may: Callable[[Setting], bool] = lambda _setting: True) -> Given:
    """What a file's content means; ``may`` says whether a setting counts there. SettingsError names line and reason."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SettingsError(f"line {line}: these bytes are no text") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_with_line_first(str(error), text)) from None
    fixed = _table("fixed", found, text)
    return Given(
        MappingProxyType(_checked(found, text, may)),
        MappingProxyType(_checked(fixed, text, may)),
        MappingProxyType(_keys(found, text)),
    )


def _checked(found: Mapping[str, Any], text: str, may: Callable[[Setting], bool]) -> dict[str, Value]:
    values = {name: value for name, value in found.items() if name in BY_NAME and may(BY_NAME[name])}
    for name, value in values.items():
        reason = BY_NAME[name].what_is_wrong(value)
        if reason:
            raise SettingsError(f"line {_line_of(name, text, value)}: {name} {reason}")
    return values


def _with_line_first(message: str, text: str) -> str:
    reason, _, place = message.rpartition(" (at ")
    if place.startswith("line "):
        return f"{place.split(',')[0]}: {reason}"
    return f"line {text.count(chr(10)) + 1}: {reason or message}"


def _keys(found: Mapping[str, Any], text: str) -> dict[str, str]:
    keys = _table("keys", found, text, "a table of texts")
    for action, key in keys.items():
        if not isinstance(key, str):
            raise SettingsError(f"line {_line_of(action, text)}: {action} is a text in quotes")
    return keys


def _table(name: str, found: Mapping[str, Any], text: str, what: str = "a table") -> dict[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"line {_line_of(name, text)}: {name} is {what}")
    return table


def _line_of(name: str, text: str, value: object = None) -> int:
    """Where a name stands; a name may stand twice, before and after ``[fixed]``, and then its value tells."""
    lines = [
        (number, line) for number, line in enumerate(text.splitlines(), 1) if _name_in(line) == name
    ] or [(1, "")]  # fmt: skip
    with_value = [number for number, line in lines if str(value).lower() in line.lower()]
    return with_value[0] if len(lines) > 1 and with_value else lines[0][0]


def _name_in(line: str) -> str:
    return line.split("=", maxsplit=1)[0].strip().strip('"[]')


def written(name: str, value: Value) -> str:
    """A line of TOML that gives ``value`` back."""
    return f"{name} = {toml(value)}"


def toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f'"{"".join(_escaped(character) for character in value)}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def template() -> str:
    """A file with every setting that a shop may give its tills, each explained and at its default, all as comments."""
    lines = [
        "# Settings for all tills of this machine or shop. Take away the # to give one another value.",
        "# A till may differ, except in what stands below [fixed].",
        "",
    ]
    for setting in TABLE:
        if setting.decides is Decides.TILL:
            continue
        lines += [f"# {setting.means}{_narrowed(setting)}", f"# {written(setting.name, setting.default)}", ""]
    return "\n".join([*lines, "# [fixed]", '# theme = "light"', ""])


def _narrowed(setting: Setting) -> str:
    if setting.choices:
        return f" One of {', '.join(map(toml, setting.choices))}."
    return f" From {setting.span.start} to {setting.span.stop - 1}." if setting.span is not None else ""
