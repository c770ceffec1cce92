"""Looks at every screen in every theme, size and language: ``python -m tests.ui.look_through FOLDER [words …]``.

Says what is cut, covered, out of its place or too faint, and puts all screens of one combination on one sheet of
small pictures. ``test_look_through`` does the same with one combination for each screen.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui import pictures, till_pictures
from tests.ui.pictures import SIZES
from tests.ui.till_samples import IDR
from tests.ui.walk import shown
from tukar.resources import find_resources
from tukar.ui.kit import Look, Scheme, SizeClass, Spill, dress, open_look
from tukar.ui.sale_window import SaleWindow
from tukar.ui.translations import LANGUAGES, Language

LEAST_CONTRAST: Final = {Scheme.LIGHT: 4.5, Scheme.DARK: 4.5, Scheme.CONTRAST: 7.0}
_SMOOTHED: Final = 0.8
"""Edges of letters are smoothed: the strongest pixel of a thin letter comes this near to its own colour."""
_TILE: Final = (480, 270)
_COLUMNS: Final = 6


@dataclass(frozen=True)
class Combination:
    """How everything is shown."""

    scheme: Scheme
    size: SizeClass
    language: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.size}-{self.language}"


COMBINATIONS: Final = tuple(Combination(*one) for one in product(Scheme, SIZES, LANGUAGES))
Opened = Callable[[Look, Language, tuple[int, int]], QWidget]


def _sale(state: str) -> Opened:
    def open_it(look: Look, language: Language, size: tuple[int, int]) -> QWidget:
        window = SaleWindow(look, language)
        window.resize(*size)
        window.show()
        pictures.fill(window)
        pictures.STATES[state](window)
        return window

    return open_it


def _till(state: str) -> Opened:
    def open_it(look: Look, language: Language, size: tuple[int, int]) -> QWidget:
        window = till_pictures.open_window(look, language)
        window.resize(*size)
        window.show()
        till_pictures.STATES[state](window)
        return window

    return open_it


SCREENS: Final[dict[str, Opened]] = {
    **{f"sale {state}": _sale(state) for state in pictures.STATES},
    **{f"till {state}": _till(state) for state in till_pictures.STATES},
}


def open_screen(name: str, how: Combination, look: Look, language: Language) -> QWidget:
    """The screen as it is shown in that combination."""
    look.choose(how.scheme)
    look.resize(how.size)
    language.choose(how.language)
    window = SCREENS[name](look, language, SIZES[how.size])
    for _ in range(3):
        QApplication.processEvents()
    return window


def findings(window: QWidget, how: Combination, spills: list[Spill]) -> tuple[list[str], QImage]:
    """Everything that a pair of eyes would mind, and the picture."""
    spills.clear()
    picture = window.grab().toImage()
    found = [f"cut: {spill.text!r} by {spill.excess:.1f}" for spill in spills]
    return [*found, *_faint(window, picture, LEAST_CONTRAST[how.scheme])], picture


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


def close(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main(folder: Path, words: list[str]) -> int:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    resources = find_resources()
    spills: list[Spill] = []
    look = open_look(resources, spills.append)
    look.reduce_motion(reduced=True)
    dress(app, look, resources / "styles")
    language = Language(resources / "i18n", IDR)
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for how in COMBINATIONS:
        if any(word not in str(how).split("-") for word in words):
            continue
        tiles = []
        for name in SCREENS:
            window = open_screen(name, how, look, language)
            found, picture = findings(window, how, spills)
            tiles.append((name, picture))
            for one in found:
                wrong += 1
                print(f"{how} {name}: {one}")
            close(window)
        contact_sheet(tiles).save(str(folder / f"{how}.png"))
        print(f"{how}: {len(tiles)} screens", flush=True)
    print(f"{wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"), sys.argv[2:]))
