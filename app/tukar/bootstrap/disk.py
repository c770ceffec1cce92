"""What of a till's data folder is open from the first moment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tukar.bootstrap.connection import Connection
from tukar.bootstrap.shop_settings import settings_of
from tukar.local.lock import FolderLock
from tukar.local.paths import RESTORED

if TYPE_CHECKING:
    from pathlib import Path

    from tukar.local.catalogue import CatalogueCopy
    from tukar.local.programme_copy import ProgrammeCopy
    from tukar.local.settings import TomlSettings
    from tukar.local.tries import TriesFile


class Disk:
    """What lies in the data folder; the journal follows once the till is known.

    Settings are there from the first moment. Copies, catalogue and wrong tries are opened by ``open_rest``, or at their
    first use: who may sign in is painted without them (performance.md, P1). Raises DiskTrouble.
    """

    def __init__(self, folder: Path, lock: FolderLock, store: TomlSettings) -> None:
        self.folder = folder
        self.store = store
        self.connection = Connection(folder, store)
        self._lock = lock

    @cached_property
    def copies(self) -> ProgrammeCopy:
        from tukar.local.programme_copy import ProgrammeCopy

        return ProgrammeCopy(self.folder)

    @cached_property
    def catalogue(self) -> CatalogueCopy:
        from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy

        return CatalogueCopy(self.folder / CATALOGUE_FILE)

    @cached_property
    def tries(self) -> TriesFile:
        from tukar.local.tries import TriesFile

        return TriesFile(self.folder)

    def open_rest(self) -> None:
        """Opens at once what is not open yet."""
        self.copies.shop()
        self.tries.wrong_tries()
        self.catalogue.count()

    def close(self) -> None:
        if "catalogue" in vars(self):
            self.catalogue.close()
        self._lock.release()


def open_disk(folder: Path) -> Disk:
    """Takes the folder for this program alone. Raises DiskTrouble, IN_USE when another till has it."""
    lock = FolderLock(folder)
    if (folder / RESTORED).exists():
        from tukar.local.backup import finish_restore

        finish_restore(folder)
    return Disk(folder, lock, settings_of(folder))
