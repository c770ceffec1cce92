"""The sheet of keys under real keys: another key for a command, a conflict, and a scanner's pace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.shifts import RUPIAH
from tests.till.test_key_settings import Office
from tukar.till.key_settings import KeySettingsModel
from tukar.till.keys import Command
from tukar.ui.keys_sheet import KeysSheet
from tukar.ui.kit import Look
from tukar.ui.translations import Language


class Desk:
    """The sheet over the presenter's own test bench."""

    def __init__(self, window: QWidget, look: Look, language: Language) -> None:
        self.sheet = KeysSheet(look, window, language)
        self.office = Office()
        self.office.settings.close()
        show, sheet, settings = self.office.show_keys, self.sheet, self.office.settings

        def both(model: KeySettingsModel) -> None:
            show(model)
            sheet.show_keys(model)

        self.office.show_keys = both  # type: ignore[method-assign]
        sheet.changing.connect(settings.change)
        sheet.pressed.connect(settings.press)
        sheet.reset_requested.connect(settings.reset)
        sheet.measured.connect(settings.measured)
        sheet.suggestion_taken.connect(settings.use_suggested)
        sheet.closed.connect(settings.close)
        settings.open()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.sheet, key, modifier)
        QCoreApplication.processEvents()

    def scan(self, code: str, every_ms: int) -> None:
        """Keys as they come from a scanner that the filter did not know."""
        for place, letter in enumerate((*code, "\r")):
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(1_000 + place * every_ms)
            QCoreApplication.sendEvent(self.sheet, event)

    def reads(self, words: str) -> bool:
        return any(words in label.text() for label in self.sheet.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Desk]:
    language = Language(resources / "i18n", RUPIAH)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield Desk(window, look, language)
    language.close()


def test_a_touched_command_takes_the_next_key(desk: Desk) -> None:
    desk.sheet.buttons[Command.PAYMENT].click()
    desk.press(Qt.Key.Key_F2)
    assert desk.reads("has that key")
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.office.kept == [{"payment": "Ctrl+P"}]
    assert desk.sheet.buttons[Command.PAYMENT].key == "Ctrl+P"
    assert desk.reads("next start")


def test_also_the_keys_that_sheets_let_through_can_be_given(desk: Desk) -> None:
    desk.office.give(Command.FULL_SCREEN, "Ctrl+F")
    desk.sheet.buttons[Command.LOCK].click()
    desk.press(Qt.Key.Key_F11)
    assert desk.office.kept[-1] == {"full_screen": "Ctrl+F", "lock": "F11"}


def test_a_slow_scanner_is_measured_and_helped(desk: Desk) -> None:
    desk.scan("8991002101418", 38)
    assert desk.reads("Too slow")
    assert desk.sheet.figure.text().startswith("38")
    desk.sheet.use.click()
    assert desk.office.gaps == [50]
    desk.scan("8991002101418", 12)
    assert desk.reads("told from hands")


def test_a_hand_is_no_scanner(desk: Desk) -> None:
    desk.scan("8991", 180)
    assert desk.reads("Slow as a hand")
    assert not desk.sheet.use.isVisible()


def test_enter_without_a_code_is_done(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Return)
    assert not desk.sheet.isVisible()
