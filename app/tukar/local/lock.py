"""One program for one data folder: a lock that the system lets go of when the program ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from tukar.local.disk import disk_troubles
from tukar.till.ports import DiskTrouble, DiskTroubleKind

FILE: Final = "in-use"


class FolderLock:
    """Holds ``folder`` until ``release``. DiskTrouble IN_USE names the program that holds it already."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        with disk_troubles(path):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _locked(self._handle):
                holder = os.pread(self._handle, 20, 1).decode(errors="replace").strip() if os.name == "posix" else ""
                os.close(self._handle)
                who = f"another Tukar program (process {holder})" if holder.isdigit() else "another Tukar program"
                raise DiskTrouble(DiskTroubleKind.IN_USE, f"{who} is using {folder}")
            # The first byte is the one that is locked; Windows lets nobody read it meanwhile.
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, f" {os.getpid()}\n".encode())

    def release(self) -> None:
        os.close(self._handle)


def _locked(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
