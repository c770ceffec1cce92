"""What is seldom done has a key as well: it is printed on the button, and pressing it does what the button says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import pictures, till_pictures
from tests.ui.manager import pictures as room_pictures
from tests.ui.rendering import Opened
from tests.ui.till_samples import IDR
from tukar.ui.kit import Field, KitButton, Look
from tukar.ui.main_window import MainWindow
from tukar.ui.translations import Language

CONTROL = Qt.KeyboardModifier.ControlModifier
COMBINATIONS = {
    "Ctrl+R": QKeyCombination(CONTROL, Qt.Key.Key_R),
    "Ctrl+S": QKeyCombination(CONTROL, Qt.Key.Key_S),
    "Ctrl+T": QKeyCombination(CONTROL, Qt.Key.Key_T),
    "Ctrl+G": QKeyCombination(CONTROL, Qt.Key.Key_G),
    "Ctrl+K": QKeyCombination(CONTROL, Qt.Key.Key_K),
    "Del": QKeyCombination(Qt.Key.Key_Delete),
    "F2": QKeyCombination(Qt.Key.Key_F2),
    "F3": QKeyCombination(Qt.Key.Key_F3),
    "Esc": QKeyCombination(Qt.Key.Key_Escape),
    "←": QKeyCombination(Qt.Key.Key_Left),
    "→": QKeyCombination(Qt.Key.Key_Right),
    "0": QKeyCombination(Qt.Key.Key_0),
    "X": QKeyCombination(Qt.Key.Key_X),
}
SCREENS: dict[str, Opened] = {
    **pictures.SCREENS,
    **till_pictures.SCREENS,
    **{f"room {name}": opened for name, opened in room_pictures.SCREENS.items()},
}


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    language = Language(resources / "i18n", IDR)
    yield language
    language.close()


def open_screen(screen: str, qtbot: QtBot, look: Look, language: Language) -> QWidget:
    look.reduce_motion(reduced=True)
    window = SCREENS[screen](look, language, (1366, 768))
    qtbot.addWidget(window)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def button(window: QWidget, label: str, key: str) -> KitButton:
    buttons = (one for one in window.findChildren(KitButton) if one.isVisible())
    (found,) = (one for one in buttons if (one.label, one.key) == (label, key))
    return found


def press(window: QWidget, key: str) -> None:
    pressed = COMBINATIONS[key]
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())
    QCoreApplication.processEvents()


@pytest.mark.parametrize(
    ("screen", "label", "key"),
    [
        ("promotions", "Remove all", "Ctrl+R"),
        ("promotions", "Replace", "Ctrl+T"),
        ("rest", "All shelves", "Ctrl+G"),
        ("held", "All tills", "←"),
        ("held", "This till", "→"),
        ("line", "Remove", "Ctrl+R"),
        ("line", "Salesperson", "Ctrl+S"),
        ("line_note", "Remove", "Ctrl+R"),
        ("profile", "Another customer", "F3"),
        ("profile", "Take off the bill", "Del"),
        ("no_customer", "Search again", "F3"),
        ("salespeople", "Nobody", "0"),
        ("question", "Clear", "Del"),
        ("unclear", "Set aside for the manager", "Ctrl+S"),
        ("qris", "Check now", "Ctrl+R"),
        ("wrong_code", "Send again", "Ctrl+R"),
        ("wrong_code", "No code? Call the manager", "F2"),
        ("shut_out", "Call the manager", "F2"),
        ("letting_in", "Back", "Esc"),
        ("room views", "Forget", "Del"),
        ("more", "File for support", "0"),
        ("more", "Close the till", "X"),
    ],
)
def test_the_printed_key_does_what_the_button_says(
    screen: str, label: str, key: str, qtbot: QtBot, look: Look, language: Language
) -> None:
    window = open_screen(screen, qtbot, look, language)
    one = button(window, label, key)
    pressed: list[str] = []
    one.clicked.connect(lambda: pressed.append(label))
    press(window, key)
    assert pressed == [label]


def test_the_printed_key_of_a_field_goes_into_it(qtbot: QtBot, look: Look, language: Language) -> None:
    window = open_screen("promotions", qtbot, look, language)
    (code,) = (field for field in window.findChildren(Field) if field.line.accessibleName() == "Voucher code, Ctrl+K")
    assert not code.line.hasFocus()
    press(window, "Ctrl+K")
    assert code.line.hasFocus()


def test_the_coupon_that_nobody_answered_for_gives_its_name_to_the_sheet(
    qtbot: QtBot, look: Look, language: Language
) -> None:
    window = open_screen("coupon_unsure", qtbot, look, language)
    assert isinstance(window, MainWindow)
    assert window.redeem.accessibleName() == "Birthday coupon"
    words = [label.text() for label in window.redeem.findChildren(QLabel) if label.isVisible()]
    assert "Birthday coupon" in words
    assert not any("points" in word.lower() for word in words)
