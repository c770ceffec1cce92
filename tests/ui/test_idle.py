"""A till that nobody touches for a while says so; every key, click and touch begins the while anew."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tukar.ui.idle import Idle


def shown(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def test_a_till_left_alone_says_so_and_goes_on_saying_it(qtbot: QtBot) -> None:
    window = shown(qtbot)
    idle = Idle(window, 0.05)
    heard: list[bool] = []
    idle.left_alone.connect(lambda: heard.append(True))
    qtbot.waitUntil(lambda: len(heard) > 1)


def test_keys_and_clicks_begin_the_while_anew(qtbot: QtBot) -> None:
    window = shown(qtbot)
    idle = Idle(window, 3600)
    handle = window.windowHandle()

    def pressed() -> None:
        QTest.keyClick(handle, Qt.Key.Key_F9)

    def clicked() -> None:
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))

    for touch in (pressed, clicked):
        qtbot.waitUntil(lambda: idle.left_ms < 3_599_800)
        touch()
        assert idle.left_ms > 3_599_800


def test_zero_never_locks(qtbot: QtBot) -> None:
    window = shown(qtbot)
    idle = Idle(window, 0)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    assert idle.left_ms < 0
