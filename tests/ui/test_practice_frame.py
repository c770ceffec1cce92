"""A till that only practises cannot be taken for a real one, on no screen and on no paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.shifts import FIVE, a_shift
from tests.ui.states.shifts import SHIFT_REPORT
from tests.ui.till_samples import IDR, SHOP, receipt
from tukar.till.ports import ShiftPaper
from tukar.ui.kit import Colour, Look
from tukar.ui.practice_frame import PracticeFrame
from tukar.ui.question_sheet import QuestionSheet
from tukar.ui.receipt_rows import Bar, Paper
from tukar.ui.shift_rows import ShiftRows
from tukar.ui.translations import LANGUAGES, Language


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


def edges(window: QWidget) -> set[str]:
    image = window.grab().toImage()
    right, bottom = image.width() - 2, image.height() - 2
    middle = (image.width() // 5, image.height() // 2)
    points = ((middle[0], 1), (middle[0], bottom), (1, middle[1]), (right, middle[1]))
    return {QColor(image.pixel(*point)).name() for point in points}


def test_the_frame_is_seen_on_all_sides_and_over_every_sheet(qtbot: QtBot, look: Look, language: Language) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Pay", window)
    button.setGeometry(0, 0, 200, 60)
    window.resize(1024, 768)
    window.show()
    frame = PracticeFrame(look, window, language)
    QuestionSheet(look, window).ask("Close the till?", "The bill is kept.", "Close", lambda: None)
    window.resize(1366, 768)
    QCoreApplication.processEvents()
    assert frame.size() == window.size()
    assert edges(window) == {look.theme.colour(Colour.WARN).name()}
    assert window.childAt(QPoint(2, 2)) is not frame


def test_every_language_has_its_words(qtbot: QtBot, look: Look, language: Language) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    frame = PracticeFrame(look, window, language)
    said = set()
    for code in LANGUAGES:
        language.choose(code)
        said.add(frame.words)
        assert frame.accessibleName() == frame.words
    assert len(said) == len(LANGUAGES)


def test_receipts_and_reports_say_it_first(language: Language) -> None:
    closed = a_shift()
    report = ShiftPaper(closed, SHIFT_REPORT, FIVE)
    for practised, real in (
        (Paper(receipt(), SHOP, practice=True), Paper(receipt(), SHOP)),
        (ShiftRows(report, SHOP, practice=True), ShiftRows(report, SHOP)),
    ):
        first = practised.rows(language)[0]
        assert isinstance(first, Bar)
        assert "PRACTICE" in first.text
        assert first not in real.rows(language)
