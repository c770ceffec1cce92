"""How far an update is, written down before each step, so that a power cut at any moment leaves a way back."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

FILE: Final = "update.json"

Write = Callable[[Path, bytes], None]
"""Puts a file in its place, whole and durable, or not at all."""


class Phase(StrEnum):
    """Where an update stands."""

    INSTALLING = "installing"
    """It was begun; found at a start or at the next command, it was interrupted, and is rolled back."""
    INSTALLED = "installed"
    """It is in place, and no start of it has come as far as a window yet."""
    CONFIRMED = "confirmed"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class UpdateRecord:
    """The last update of this till. ``starts`` counts those of the new version before one was confirmed.

    ``back_up`` is the till as it was before; ``reason`` says why it was rolled back.
    """

    phase: Phase
    before: str
    after: str
    back_up: str = ""
    starts: int = 0
    reason: str = ""


class RecordFile:
    """The record in the till's folder. Writing raises what ``write`` raises."""

    def __init__(self, folder: Path, write: Write) -> None:
        self._file = folder / FILE
        self._write = write

    def load(self) -> UpdateRecord | None:
        """None where no update was ever made, or where the file says nothing."""
        try:
            told = json.loads(self._file.read_bytes())
            return UpdateRecord(**{**told, "phase": Phase(told["phase"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, record: UpdateRecord) -> None:
        self._write(self._file, json.dumps(asdict(record), indent=1).encode())
