"""Files that are either as they were or wholly new, whatever happens while they are written."""

from __future__ import annotations

import os
from pathlib import Path

from tukar.local.disk import disk_troubles


def write_whole(path: Path, content: bytes) -> None:
    """Replaces the file at ``path``; only its owner may read it. It has reached the disk afterwards.

    Raises DiskTrouble, and then the file is as it was.
    """
    beside = path.with_name(f"{path.name}.new")
    with disk_troubles(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _write(beside, content)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """A file renamed in ``folder`` keeps its new name after a power cut, once this has returned."""
    # Windows keeps the folder's entry by itself and lets nobody open a folder.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
