"""The verbs of the key bar and the keys they are reached by, printed on the buttons and re-mappable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Command(StrEnum):
    """What one key of the key bar does (till.md, "Keys")."""

    SEARCH = "search"
    CUSTOMER = "customer"
    HOLD = "hold"
    SALESPERSON = "salesperson"
    PROMOTIONS = "promotions"
    REDEEM = "redeem"
    PAYMENT = "payment"
    SAVE = "save"
    FULL_SCREEN = "full_screen"
    LOCK = "lock"
    MORE = "more"


DEFAULT_KEYS: Final[Mapping[Command, str]] = MappingProxyType(
    {
        Command.SEARCH: "F2",
        Command.CUSTOMER: "F3",
        Command.HOLD: "F4",
        Command.SALESPERSON: "F6",
        Command.PROMOTIONS: "F7",
        Command.REDEEM: "F8",
        Command.PAYMENT: "F9",
        Command.SAVE: "F10",
        Command.FULL_SCREEN: "F11",
        Command.LOCK: "F12",
        Command.MORE: "F1",
    }
)


_FIT: Final = re.compile(r"F([1-9]|1[0-2])|(Ctrl|Alt)\+[A-Z0-9]")
FIXED_KEYS: Final = frozenset(
    {"F5", "Ctrl+A", "Ctrl+C", "Ctrl+G", "Ctrl+L", "Ctrl+N", "Ctrl+T", "Ctrl+V", "Ctrl+X", "Ctrl+Z"}
)
"""The same at every till: settings, the line, the note, practice, undo, and what a field does with a text."""


def is_key_for_a_command(key: str) -> bool:
    """Whether a command may have it: function keys, and Ctrl or Alt with a letter or digit that is not fixed."""
    return _FIT.fullmatch(key) is not None and key not in FIXED_KEYS


def keys_of(wishes: Mapping[str, str]) -> Mapping[Command, str]:
    """The keys in force: ``wishes`` (command name → key) over the defaults.

    A wish for a command that does not exist, or for a key that another command has already, is left out: every
    command stays reachable.
    """
    wanted = {command: wishes.get(command) or key for command, key in DEFAULT_KEYS.items()}
    if len(set(wanted.values())) == len(wanted):
        return MappingProxyType(wanted)
    keys = dict(DEFAULT_KEYS)
    for command in Command:
        wish = wishes.get(command)
        if wish and wish not in {key for other, key in keys.items() if other is not command}:
            keys[command] = wish
    return MappingProxyType(keys)
