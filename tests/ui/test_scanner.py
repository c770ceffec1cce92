"""A scanner is a keyboard that types too fast: its code is caught whole, and a hand's keys arrive as they were."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tukar.ui.scanner import ScannerKeys

SCANNER_MS, HAND_MS = 5.0, 80.0


@dataclass
class Desk:
    """A window with a field and a button, and a clock that moves by what the typist needs for a key."""

    window: QWidget
    line: QLineEdit
    button: QPushButton
    keys: ScannerKeys
    codes: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    pace: float = HAND_MS
    now: float = 1_000.0

    def at(self, _event: QKeyEvent) -> float:
        self.now += self.pace
        return self.now

    def type(self, text: str, pace: float) -> None:
        self.pace = pace
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), ord(letter))

    def press(self, key: Qt.Key, pace: float = HAND_MS) -> None:
        self.pace = pace
        QTest.keyClick(self.window.windowHandle(), key)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    window = QWidget()
    qtbot.addWidget(window)
    line, button = QLineEdit(), QPushButton("Pay")
    rows = QVBoxLayout(window)
    rows.addWidget(line)
    rows.addWidget(button)
    keys = ScannerKeys(gap_ms=30, prefix="~")
    desk = Desk(window, line, button, keys)
    keys.clock = desk.at
    keys.scanned.connect(desk.codes.append)
    button.setAutoDefault(True)
    line.returnPressed.connect(lambda: desk.pressed.append("Enter"))
    shortcut = QShortcut(QKeySequence("F9"), window)
    shortcut.activated.connect(lambda: desk.pressed.append(f"F9 {line.text()}"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    keys.watch(window)
    yield desk
    window.close()


def test_a_scan_lands_in_no_field_and_presses_nothing(desk: Desk) -> None:
    desk.type("8991204011751", SCANNER_MS)
    desk.press(Qt.Key.Key_Return, SCANNER_MS)
    assert desk.codes == ["8991204011751"]
    assert desk.line.text() == ""
    assert desk.pressed == []


def test_a_second_enter_of_the_scanner_presses_nothing_and_a_late_one_does(desk: Desk) -> None:
    desk.type("8991204011751", SCANNER_MS)
    desk.press(Qt.Key.Key_Return, SCANNER_MS)
    desk.press(Qt.Key.Key_Return, SCANNER_MS)
    assert desk.pressed == []
    desk.press(Qt.Key.Key_Return, 150)
    assert desk.pressed == ["Enter"]


def test_tab_ends_a_scan_and_moves_no_focus(desk: Desk) -> None:
    desk.type("CARD8800001015", SCANNER_MS)
    desk.press(Qt.Key.Key_Tab, SCANNER_MS)
    assert desk.codes == ["CARD8800001015"]
    assert desk.line.hasFocus()


def test_silence_ends_a_scan_too(desk: Desk, qtbot: QtBot) -> None:
    desk.type("8800001015", SCANNER_MS)
    assert desk.codes == []
    qtbot.waitUntil(lambda: desk.codes == ["8800001015"])
    assert desk.line.text() == ""


def test_a_scan_is_whole_where_the_program_was_busy_in_the_middle_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.type("8991204", SCANNER_MS)
    desk.keys.fall_silent()
    desk.type("011751", SCANNER_MS)
    qtbot.waitUntil(lambda: bool(desk.codes))
    assert desk.codes == ["8991204011751"]
    assert desk.line.text() == ""


def test_what_a_hand_types_arrives_in_its_order(desk: Desk, qtbot: QtBot) -> None:
    desk.type("0812345678", HAND_MS)
    qtbot.waitUntil(lambda: desk.line.text() == "0812345678")
    desk.press(Qt.Key.Key_Return)
    assert desk.pressed == ["Enter"]
    assert desk.codes == []


def test_three_quick_keys_of_a_hand_arrive(desk: Desk, qtbot: QtBot) -> None:
    desk.type("abc", SCANNER_MS)
    qtbot.waitUntil(lambda: desk.line.text() == "abc")
    assert desk.codes == []


def test_a_scan_in_the_middle_of_typing_leaves_what_was_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.type("081", HAND_MS)
    desk.now += HAND_MS
    desk.type("8", HAND_MS)
    desk.type("991204011751", SCANNER_MS)
    desk.press(Qt.Key.Key_Return, SCANNER_MS)
    qtbot.waitUntil(lambda: desk.line.text() == "081")
    assert desk.codes == ["8991204011751"]


def test_enter_and_keys_of_the_bar_come_after_what_was_typed_before_them(desk: Desk) -> None:
    desk.type("42", SCANNER_MS)
    desk.press(Qt.Key.Key_Return)
    assert (desk.line.text(), desk.pressed) == ("42", ["Enter"])
    desk.type("7", HAND_MS)
    desk.press(Qt.Key.Key_F9)
    assert desk.pressed[-1] == "F9 427"
    desk.press(Qt.Key.Key_Backspace)
    assert desk.line.text() == "42"


def test_a_prefix_makes_a_short_code_a_scan(desk: Desk) -> None:
    desk.type("~42", SCANNER_MS)
    desk.press(Qt.Key.Key_Return, SCANNER_MS)
    assert desk.codes == ["42"]
    assert desk.line.text() == ""


def test_space_presses_a_button_and_lets_it_go(desk: Desk, qtbot: QtBot) -> None:
    clicks: list[bool] = []
    desk.button.clicked.connect(lambda: clicks.append(True))
    desk.button.setFocus()
    desk.type(" ", HAND_MS)
    qtbot.waitUntil(lambda: len(clicks) == 1)
    assert not desk.button.isDown()
