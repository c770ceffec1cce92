"""Looks at every screen in every theme, size and language: ``python -m tests.ui.look_through FOLDER [words …]``.

Says what is cut, covered, out of its place or too faint, and puts all screens of one combination on one sheet of
small pictures. ``test_look_through`` does the same with one combination for each screen.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui import pictures, till_pictures, walk
from tests.ui.manager import pictures as room_pictures
from tests.ui.rendering import COMBINATIONS, Combination, Opened, Studio
from tests.ui.walk import shown
from tukar.ui.kit import Scheme, Spill

LEAST_CONTRAST: Final = {Scheme.LIGHT: 4.5, Scheme.DARK: 4.5, Scheme.CONTRAST: 7.0}
_SMOOTHED: Final = 0.8
"""Edges of letters are smoothed: the strongest pixel of a thin letter comes this near to its own colour."""
_TILE: Final = (480, 270)
_COLUMNS: Final = 6

SCREENS: Final[dict[str, Opened]] = {
    **{f"sale {name}": opened for name, opened in pictures.SCREENS.items()},
    **{f"till {name}": opened for name, opened in till_pictures.SCREENS.items()},
    **{f"room {name}": opened for name, opened in room_pictures.SCREENS.items()},
}


def findings(window: QWidget, how: Combination, spills: list[Spill]) -> tuple[list[str], QImage]:
    """Everything that a pair of eyes would mind, and the picture."""
    spills.clear()
    picture = window.grab().toImage()
    found = [f"cut: {spill.text!r} by {spill.excess:.1f}" for spill in spills]
    return [*found, *walk.findings(window), *_faint(window, picture, LEAST_CONTRAST[how.scheme])], picture


def _faint(window: QWidget, picture: QImage, least: float) -> Iterator[str]:
    """Words whose letters do not stand out from what is behind them."""
    for label in shown(window):
        if not isinstance(label, QLabel) or not label.text().strip() or not _is_on_top(label, window):
            continue
        best = _contrast(picture, QRect(label.mapTo(window, QPoint(0, 0)), label.size()) & picture.rect())
        if best < least * _SMOOTHED:
            yield f"faint: {label.text()[:40]!r} {best:.1f}"


def _is_on_top(widget: QWidget, window: QWidget) -> bool:
    under = window.childAt(widget.mapTo(window, widget.rect().center()))
    return under is widget or (under is not None and under.isAncestorOf(widget))


def _contrast(picture: QImage, place: QRect) -> float:
    """The strongest contrast of a pixel to the commonest one."""
    counted = Counter(
        picture.pixel(x, y)
        for x in range(place.left(), place.right(), 1)
        for y in range(place.top(), place.bottom(), 2)
    )
    if not counted:
        return float("inf")
    ground = _luminance(QColor(counted.most_common(1)[0][0]))
    return max(_ratio(ground, _luminance(QColor(pixel))) for pixel in counted)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def contact_sheet(tiles: list[tuple[str, QImage]]) -> QImage:
    """All pictures small on one sheet, each with its name."""
    width, height = _TILE
    rows = -(-len(tiles) // _COLUMNS)
    sheet = QImage(width * _COLUMNS, (height + 20) * rows, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#777777"))
    painter = QPainter(sheet)
    for place, (name, picture) in enumerate(tiles):
        left, top = (place % _COLUMNS) * width, (place // _COLUMNS) * (height + 20)
        small = picture.scaled(
            width - 6, height - 6, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(left + 3, top + 3, small)
        painter.drawText(QRectF(left + 3, top + height - 4, width, 20), name)
    painter.end()
    return sheet


def main(folder: Path, words: list[str]) -> int:
    studio = Studio()
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for how in COMBINATIONS:
        if any(word not in str(how).split("-") for word in words):
            continue
        tiles = []
        for name, _, window in studio.shots(SCREENS, str(how).split("-")):
            found, picture = findings(window, how, studio.spills)
            tiles.append((name, picture))
            for one in found:
                wrong += 1
                print(f"{how} {name}: {one}")
        contact_sheet(tiles).save(str(folder / f"{how}.png"))
        print(f"{how}: {len(tiles)} screens", flush=True)
    print(f"{wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.ui.look_through")
    asked.add_argument("folder", type=Path, nargs="?", default=Path("pictures"))
    asked.add_argument("words", nargs="*", help="a theme, a size, a language: light, regular, en …")
    given = asked.parse_args()
    sys.exit(main(given.folder, given.words))
