"""Every screen in one theme, size and language each, so that all of them are looked at in every check."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.look_through import SCREENS, contact_sheet, findings
from tests.ui.rendering import COMBINATIONS, Combination, close, open_screen
from tests.ui.till_samples import IDR
from tukar.ui.kit import Look, Scheme, Spill
from tukar.ui.translations import Language

_STEP = 7
"""Without a common divisor with their number: neighbouring screens differ in theme, size and language."""
CHOSEN = [(name, COMBINATIONS[place * _STEP % len(COMBINATIONS)]) for place, name in enumerate(SCREENS)]


@pytest.fixture
def language(qapp: QApplication, resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


@pytest.mark.parametrize(("name", "how"), CHOSEN, ids=lambda one: str(one).replace(" ", "-"))
def test_nothing_is_cut_or_faint(
    look: Look, language: Language, spills: list[Spill], name: str, how: Combination
) -> None:
    window = open_screen(SCREENS[name], how, look, language)
    found, _ = findings(window, how, spills)
    close(window)
    assert found == []


def test_every_theme_size_and_language_is_looked_at() -> None:
    assert {how for _, how in CHOSEN} == set(COMBINATIONS)


def test_faint_words_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet("background: #ffffff; color: #c4c4c4")
    words = QLabel("hardly to be read", window)
    words.setGeometry(10, 10, 180, 30)
    window.show()
    found, _ = findings(window, next(how for how in COMBINATIONS if how.scheme is Scheme.LIGHT), [])
    assert [one.split(":")[0] for one in found] == ["faint"]


def test_a_contact_sheet_holds_every_picture() -> None:
    red = QImage(1024, 768, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    sheet = contact_sheet([(str(number), red) for number in range(8)])
    assert sheet.height() == 2 * 290
    assert QColor(sheet.pixel(240, 140)) == QColor("red")
    assert QColor(sheet.pixel(480 + 240, 290 + 140)) == QColor("red")
    assert QColor(sheet.pixel(2 * 480 + 240, 290 + 140)) == QColor("#777777")
