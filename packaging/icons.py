"""Draws the program's icon in every size that a desktop asks for; run with a Python that has Qt.

usage: icons.py SVG DIR: writes DIR/16.png … DIR/512.png, and DIR/tukar.ico for Windows.
"""

import os
import struct
import sys
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
IN_ICO = (16, 24, 32, 48, 64, 256)


def draw(svg: Path, folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    running = QGuiApplication([])
    picture = QSvgRenderer(str(svg))
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        picture.render(painter)
        painter.end()
        image.save(str(folder / f"{size}.png"))
    running.quit()
    write_ico(folder)


def write_ico(folder: Path) -> None:
    """The pictures of several sizes as one file in Windows' own form."""
    pictures = [(size, (folder / f"{size}.png").read_bytes()) for size in IN_ICO]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries = body = b""
    for size, data in pictures:
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    (folder / "tukar.ico").write_bytes(head + entries + body)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
