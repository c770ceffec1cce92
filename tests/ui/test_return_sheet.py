"""Goods come back by keys alone, and the sheet says what becomes of money and points, both ways."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.shop import IDR
from tests.till.return_desk import ReturnDesk, Sheet
from tests.ui.states import returning as states
from tukar.till.returning_model import ReturnModel, ReturnStep
from tukar.ui.kit import Look
from tukar.ui.return_sheet import ReturnSheet
from tukar.ui.translations import Language

NBSP = "\N{NO-BREAK SPACE}"


class Screen(Sheet):
    """Shows the real sheet what the desk is shown."""

    def __init__(self, sheet: ReturnSheet) -> None:
        super().__init__()
        self.sheet = sheet

    def show_return(self, model: ReturnModel) -> None:
        super().show_return(model)
        self.sheet.show_return(model)


class Desk:
    """A return sheet over the real returning, and somebody at the keyboard."""

    def __init__(self, window: QWidget, look: Look, language: Language) -> None:
        self.sheet = ReturnSheet(look, window, language)
        self.back = ReturnDesk(sheet=Screen(self.sheet))
        sheet, returning = self.sheet, self.back.returning
        sheet.typed.connect(returning.type)
        sheet.toggled.connect(returning.toggle)
        sheet.chosen.connect(returning.choose)
        sheet.moved.connect(returning.move)
        sheet.all_requested.connect(returning.take_all)
        sheet.reason_typed.connect(returning.give_reason)
        sheet.next_requested.connect(returning.go_on)
        sheet.back_requested.connect(returning.back)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.sheet, key, modifier)
        QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.sheet, text)
        QCoreApplication.processEvents()

    def stands(self) -> ReturnStep:
        return self.back.model.step

    def words(self) -> list[str]:
        """Everything that stands on the sheet; of the ledger, each row."""
        labels = [label.text() for label in self.sheet.findChildren(QLabel) if label.isVisible()]
        ledger = self.sheet.points
        return [*labels, *(f"{row.label} {row.figure}" for row in ledger.rows if ledger.isVisible())]


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[Desk]:
    language = Language(resources / "i18n", IDR)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    look.reduce_motion(reduced=True)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    yield Desk(window, look, language)
    language.close()


def test_all_of_a_bill_comes_back_by_keys_and_its_points_are_taken_back(desk: Desk) -> None:
    sale = desk.back.sell()
    desk.back.returning.open()
    desk.type(sale.number.short)
    desk.press(Qt.Key.Key_Return)
    assert desk.stands() is ReturnStep.CHOOSE
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Return)
    assert desk.stands() is ReturnStep.AGREED
    words = desk.words()
    assert f"Rp{NBSP}180.999" in words
    assert "Points of this sale, taken back \N{MINUS SIGN}19" in words
    desk.press(Qt.Key.Key_Return)
    assert desk.stands() is ReturnStep.DONE
    assert f"Return {desk.back.paper[0].number.short} is saved. Given back: Cash." in desk.words()
    assert "Give back" in desk.words()
    desk.press(Qt.Key.Key_Return)
    assert not desk.sheet.isVisible()


def test_points_are_told_both_ways_with_what_was_spent_meanwhile(desk: Desk) -> None:
    desk.sheet.show_return(states.agreed())
    words = desk.words()
    for line in (
        "Points back to the customer +200",
        "Points of this sale, taken back \N{MINUS SIGN}34",
        "Points already spent 12",
        f"Less, for points already spent \N{MINUS SIGN}Rp{NBSP}1.200",
    ):
        assert line in words


def test_space_takes_one_line_and_escape_takes_nothing_back(desk: Desk) -> None:
    sale = desk.back.sell()
    desk.back.returning.open()
    desk.type(sale.number.short)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    assert [line.back for line in desk.back.model.lines] == [0, 3000]
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    assert not desk.sheet.isVisible()
    assert desk.back.paper == []
