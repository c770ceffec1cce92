"""Wrong tries of the members of staff, kept over a restart: starting the till anew gives nobody five more.

A file of its own, replaced whole: the journal's writes wait for one another, and this one is for nobody but the next
person at the sign-in.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from msgspec import Meta

from tukar.local.atomic import write_whole
from tukar.till.ports import Deadline, WrongTries
from tukar.wire.message import Message, MessageError, read_answer, write

TRIES_FILE: Final = "tries.json"


class _StoredTries(Message):
    """Of one member of staff; an empty ``boot_id`` stands for no wait."""

    wrong: Annotated[int, Meta(ge=0)]
    boot_id: str = ""
    until: float = 0.0


class _Stored(Message):
    by_staff: dict[str, _StoredTries]


class TriesFile:
    """``ports.TriesKept`` in ``folder``, read once at the start; threads may share it.

    A file that cannot be read counts as none.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / TRIES_FILE
        self._lock = threading.Lock()
        self._stored = self._read()

    def wrong_tries(self) -> Mapping[str, WrongTries]:
        """Of everybody who has some."""
        with self._lock:
            return {staff_id: _tries_of(stored) for staff_id, stored in self._stored.items()}

    def keep_tries(self, staff_id: str, tries: WrongTries) -> None:
        """Has reached the disk afterwards; none at all are forgotten. Raises DiskTrouble."""
        with self._lock:
            stored = {name: kept for name, kept in self._stored.items() if name != staff_id}
            if tries.wrong:
                until = tries.wait_until or Deadline("", 0.0)
                stored[staff_id] = _StoredTries(wrong=tries.wrong, boot_id=until.boot_id, until=until.at)
            write_whole(self._path, write(_Stored(by_staff=stored)))
            self._stored = stored

    def _read(self) -> dict[str, _StoredTries]:
        try:
            return dict(read_answer(self._path.read_bytes(), _Stored).by_staff)
        except (OSError, MessageError):
            return {}


def _tries_of(stored: _StoredTries) -> WrongTries:
    return WrongTries(stored.wrong, Deadline(stored.boot_id, stored.until) if stored.boot_id else None)
