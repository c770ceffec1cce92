"""What of a till's data folder is open from the first moment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.connection import Connection
from tukar.bootstrap.shop_settings import settings_of
from tukar.local.backup import finish_restore
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.local.lock import FolderLock
from tukar.local.programme_copy import ProgrammeCopy
from tukar.local.tries import TriesFile

if TYPE_CHECKING:
    from tukar.local.settings import TomlSettings


@dataclass(frozen=True, slots=True)
class Disk:
    """What lies in the data folder and is open from the first moment; the journal follows once the till is known."""

    folder: Path
    lock: FolderLock
    store: TomlSettings
    connection: Connection
    copies: ProgrammeCopy
    tries: TriesFile
    catalogue: CatalogueCopy

    def close(self) -> None:
        self.catalogue.close()
        self.lock.release()


def open_disk(folder: Path) -> Disk:
    """Takes the folder for this program alone. Raises DiskTrouble, IN_USE when another till has it."""
    lock = FolderLock(folder)
    finish_restore(folder)
    store = settings_of(folder)
    return Disk(
        folder, lock, store, Connection(folder, store), ProgrammeCopy(folder), TriesFile(folder),
        CatalogueCopy(folder / CATALOGUE_FILE),
    )  # fmt: skip
