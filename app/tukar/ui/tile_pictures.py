"""Reads a picture of an item from its folder, small enough for a tile; on a thread of the background."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

ReadPicture = Callable[[str], QImage | None]

SIDE: Final = 144
"""Pixels: a tile's square at twice its size, so that it is sharp on a fine screen."""
BYTES_AT_MOST: Final = 8 * 1024 * 1024


def picture_reader(folder: Path) -> ReadPicture:
    """What reads pictures of ``folder`` by their file names. A name that leads out of the folder names none."""

    def load(name: str) -> QImage | None:
        if not name or name != Path(name).name or "\\" in name:
            return None
        file = folder / name
        try:
            if not 0 < file.stat().st_size <= BYTES_AT_MOST:
                return None
        except OSError:
            return None
        return _read(file)

    return load


def _read(file: Path) -> QImage | None:
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
