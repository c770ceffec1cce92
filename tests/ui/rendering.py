"""Shows screens in any theme, size and language; a ``Studio`` holds the application's look while pictures are taken."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.till_samples import IDR
from tukar.resources import find_resources
from tukar.ui.kit import Look, Scheme, SizeClass, Spill, dress, open_look
from tukar.ui.translations import LANGUAGES, Language

SIZES: Final = {SizeClass.COMPACT: (1024, 768), SizeClass.REGULAR: (1366, 768), SizeClass.WIDE: (1920, 1080)}
_TURNS: Final = 3
"""Of the event loop, until every layout has settled."""

Opened = Callable[[Look, Language, tuple[int, int]], QWidget]
"""Opens a screen at a size in logical pixels, and shows it."""


@dataclass(frozen=True)
class Combination:
    """How everything is shown."""

    scheme: Scheme
    size: SizeClass
    language: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.size}-{self.language}"


COMBINATIONS: Final = tuple(Combination(*one) for one in product(Scheme, SIZES, LANGUAGES))


def open_screen(opened: Opened, how: Combination, look: Look, language: Language) -> QWidget:
    """The screen as it is shown in that combination."""
    look.choose(how.scheme)
    look.resize(how.size)
    language.choose(how.language)
    window = opened(look, language, SIZES[how.size])
    for _ in range(_TURNS):
        QApplication.processEvents()
    return window


def close(window: QWidget) -> None:
    """Close it and let Qt forget it: each theme switch repaints what is still there."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Studio:
    """The application dressed for pictures, in reduced motion; ``spills`` is every text that was cut."""

    def __init__(self) -> None:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        resources = find_resources()
        self.spills: list[Spill] = []
        self.look = open_look(resources, self.spills.append)
        self.look.reduce_motion(reduced=True)
        dress(app, self.look, resources / "styles")
        self.language = Language(resources / "i18n", IDR)

    def shots(self, screens: Mapping[str, Opened], words: list[str]) -> Iterator[tuple[str, Combination, QWidget]]:
        """Every screen in every combination of which each of ``words`` names a part; it is closed by the next."""
        for how in COMBINATIONS:
            for name, opened in screens.items():
                if all(word in (name, *str(how).split("-")) for word in words):
                    window = open_screen(opened, how, self.look, self.language)
                    self.spills.clear()
                    yield name, how, window
                    close(window)


def render(screens: Mapping[str, Opened], folder: Path, words: list[str]) -> None:
    """Save pictures in full size, and print what was cut."""
    studio = Studio()
    folder.mkdir(parents=True, exist_ok=True)
    for name, how, window in studio.shots(screens, words):
        window.grab().save(str(folder / f"{name}-{how}.png"))
        for spill in studio.spills:
            print(f"{name}-{how}: {spill.text!r} is {spill.excess:.1f} px too long")
