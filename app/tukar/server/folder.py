"""The backend's own folder: root key, operator's token and epoch, readable by their owner only.

They lie outside the database on purpose: a copy of the database opens nothing, and a restored one is noticed.
"""

import json
import os
from pathlib import Path
from typing import Final

from tukar.server.auth import operator_token
from tukar.server.chance import Chance
from tukar.server.keys import ROOT_BYTES, Keys

_OWNER_ONLY: Final = 0o600


class Folder:
    """Files of one backend."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keys(self, chance: Chance) -> Keys:
        """The keys, from a root key that is made on the first start."""
        file = self.path / "root.key"
        if not file.exists():
            _write(file, chance.bytes(ROOT_BYTES))
        return Keys(file.read_bytes())

    def epoch(self) -> int:
        """The epoch as last seen; 0 on the first start, or where the file says nothing."""
        try:
            return int(json.loads((self.path / "epoch.json").read_text(encoding="utf-8"))["epoch"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return 0

    def reached(self) -> float:
        """How far the database had come when that was last kept; 0 where the file says nothing."""
        try:
            return float(json.loads((self.path / "epoch.json").read_text(encoding="utf-8"))["reached"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return 0.0

    def keep_epoch(self, epoch: int, reached: float = 0.0) -> None:
        """Keeps both; a database that is behind either of them when it is opened was restored."""
        if (epoch, reached) != (self.epoch(), self.reached()):
            _write(self.path / "epoch.json", json.dumps({"epoch": epoch, "reached": reached}).encode())

    def keep_operator_token(self, keys: Keys, shop_id: str) -> Path:
        """Writes the operator's token for a shop where commands on this machine find it."""
        file = self.operator_token_file(shop_id)
        token = operator_token(keys, shop_id).encode()
        if not file.exists() or file.read_bytes() != token:
            _write(file, token)
        return file

    def operator_token_file(self, shop_id: str) -> Path:
        return self.path / f"operator-{shop_id}.token"


def _write(file: Path, data: bytes) -> None:
    """All of it or nothing, and durable."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(file)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """A file renamed in ``folder`` keeps its new name after a power cut."""
    # Windows keeps the folder's entry by itself and lets nobody open a folder.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
