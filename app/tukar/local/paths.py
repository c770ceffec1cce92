"""Where this till keeps its files: one data folder that only its owner may read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from tukar.local.disk import disk_troubles

PROGRAM: Final = "tukar"
PROGRAMME_FILE: Final = "programme.json"
PEOPLE_FILE: Final = "people.json"
SHOP_FILE: Final = "shop.json"
"""The copies of what the backend owns."""
RESTORED: Final = "restored"
"""The folder in a data folder whose being there decides that a back-up takes its place."""
FOLDER_VARIABLE: Final = "TUKAR_DATA"
"""Names another folder: a second till on one machine, a test."""


def data_folder() -> Path:
    """The folder of this user's till: what the variable names, else where the system keeps programs' data."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir(PROGRAM, appauthor=False))


def make_private(folder: Path) -> Path:
    """Makes the folder with all above it and keeps others out of it. Raises DiskTrouble."""
    with disk_troubles(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix":
            folder.chmod(0o700)
    return folder


def papers_folder() -> Path:
    """Where people look for what they saved themselves: exports and PDFs of a manager."""
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / "Tukar"


def free_bytes(folder: Path) -> int:
    """What is left on the disk of ``folder`` for this user. Raises DiskTrouble."""
    with disk_troubles(folder):
        return shutil.disk_usage(folder).free
