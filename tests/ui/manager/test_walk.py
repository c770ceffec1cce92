"""Every state of the manager's room: nothing cut, covered, too small or without a name, and one thing green."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.manager.pictures import STATES
from tests.ui.manager.room import ManagerRoom
from tests.ui.rendering import SIZES
from tests.ui.till_samples import IDR
from tests.ui.walk import findings
from tukar.ui.kit import Look, PrimaryAction, Scheme, SizeClass, Spill
from tukar.ui.translations import Language

NARROW = ((Scheme.CONTRAST, SizeClass.COMPACT, "id"), (Scheme.DARK, SizeClass.COMPACT, "hi"))
PAGES = ("promotions", "narrowed", "top", "request", "bill", "reviews", "differences", "reports")
WALKED = (
    *((state, *look) for state in STATES for look in NARROW),
    *((state, Scheme.LIGHT, SizeClass.WIDE, "en") for state in PAGES),
)
"""Everything where there is least room, and the pages where there is most."""


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


def shown(qtbot: QtBot, look: Look, language: Language, state: str, size: SizeClass) -> QWidget:
    look.resize(size)
    room = ManagerRoom(look, language)
    qtbot.addWidget(room.screen)
    room.screen.resize(*SIZES[size])
    room.screen.show()
    STATES[state](room)
    QCoreApplication.processEvents()
    return room.screen


def scrolled(window: QWidget) -> set[str]:
    """What lies in a scroll area sticks out of it on purpose."""
    inner = [area.widget() for area in window.findChildren(QScrollArea)]
    return {type(child).__name__ for widget in inner if widget is not None for child in widget.findChildren(QWidget)}


@pytest.mark.parametrize(("state", "scheme", "size", "code"), WALKED)
def test_nothing_is_wrong_to_the_eye(
    qtbot: QtBot, look: Look, language: Language, spills: list[Spill], state: str, scheme: Scheme, size: SizeClass,
    code: str,
) -> None:  # fmt: skip
    look.choose(scheme)
    language.choose(code)
    window = shown(qtbot, look, language, state, size)
    spills.clear()
    window.grab()
    inside = scrolled(window)
    found = [finding for finding in findings(window) if not any(name in finding for name in inside)]
    assert [f"cut: {spill.text!r} by {spill.excess:.1f}" for spill in spills] + found == []
    green = [button.label for button in window.findChildren(PrimaryAction) if button.isVisible() and button.is_next]
    assert len(green) <= 1, green
