"""How a command ends: its exit status, or one line about what stood in the way."""

from enum import IntEnum


class Status(IntEnum):
    """Exit statuses, the same for every command (commands.md)."""

    WELL = 0
    FOUND_WRONG = 1
    """The command worked, and what it looked at is not in order."""
    BAD_INPUT = 2


class CommandRefused(Exception):
    """A command could not do its work; one line says why, and one what to do next."""

    def __init__(self, what: str, then: str) -> None:
        super().__init__(f"{what} {then}")
        self.what = what
        self.then = then
