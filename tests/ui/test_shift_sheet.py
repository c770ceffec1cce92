"""The shift sheet with its presenter and real keys: float, money out, the count by Enter alone, the Z."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.shifts import RUPIAH, rupiah
from tests.till.bench import profile
from tests.till.test_shift_screen import Office
from tukar.domain.people import Action, Right
from tukar.till.ports import Enrolment, ShiftPaper
from tukar.till.shift_screen import ShiftModel, ShiftStep
from tukar.ui.kit import Look
from tukar.ui.receipt_rows import SMALL, Pair
from tukar.ui.shift_rows import ShiftRows
from tukar.ui.shift_sheet import ShiftSheet
from tukar.ui.translations import Language


class Desk:
    """The sheet in a window, over the presenter's own test bench."""

    def __init__(self, window: QWidget, look: Look, language: Language) -> None:
        self.window = window
        self.language = language
        self.office = Office()
        self.papers: list[ShiftPaper] = []
        self.sheet = ShiftSheet(look, window, language, self._draw)
        screen, sheet = self.office.screen, self.sheet
        sheet.chosen.connect(screen.choose)
        sheet.typed.connect(screen.type)
        sheet.reason_typed.connect(screen.give_reason)
        sheet.counted.connect(screen.count)
        sheet.next_requested.connect(screen.go_on)
        sheet.back_requested.connect(screen.back)
        sheet.print_requested.connect(screen.print)
        sheet.keep_requested.connect(screen.keep)
        show = self.office.show_shift

        def both(model: ShiftModel) -> None:
            show(model)
            sheet.show_shift(model)

        self.office.show_shift = both  # type: ignore[method-assign]

    def _draw(self, paper: ShiftPaper) -> tuple[QImage, str]:
        self.papers.append(paper)
        return QImage(8, 8, QImage.Format.Format_Mono), "a report"

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key)
            QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)
        QCoreApplication.processEvents()

    def step(self) -> ShiftStep:
        return self.office.model.step

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


def test_a_shift_by_keys_alone(desk: Desk) -> None:
    office = desk.office
    office.screen.demand()
    desk.type("200000")
    desk.press(Qt.Key.Key_Return)
    assert not desk.sheet.isVisible()
    assert office.desk.shift is not None
    assert office.desk.shift.opening_float == rupiah(200_000)
    office.screen.open()
    desk.type("2")
    desk.type("15000")
    desk.press(Qt.Key.Key_Tab)
    desk.type("es batu")
    desk.press(Qt.Key.Key_Return)
    assert [one.reason for one in office.desk.shift.movements] == ["es batu"]
    office.screen.open()
    desk.type("3")
    assert desk.sheet.count.fields[0].line.hasFocus()
    desk.type("1")
    desk.press(Qt.Key.Key_Return)
    assert desk.sheet.count.fields[1].line.hasFocus()
    desk.type("2")
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Up, *[Qt.Key.Key_Return] * (len(desk.sheet.count.fields) - 2))
    assert desk.step() is ShiftStep.COUNT
    assert desk.reads("Rp\N{NO-BREAK SPACE}200.000")
    desk.press(Qt.Key.Key_Return)
    assert desk.step() is ShiftStep.CLOSED
    assert desk.reads("Too much in the drawer")
    desk.type("p")
    assert len(office.papers) == 1
    desk.type("s")
    assert desk.reads("z.pdf")
    desk.press(Qt.Key.Key_Return)
    assert not desk.sheet.isVisible()


def test_nothing_on_the_count_says_what_there_should_be(desk: Desk) -> None:
    desk.office.permits.rights[Action.SEE_REPORTS] = Right.DENIED
    desk.office.begin("345600")
    desk.office.screen.open()
    assert not desk.sheet.report.paper.isVisible()
    desk.type("3")
    assert not desk.reads("345.600")
    assert desk.papers == []


def test_what_stays_behind_is_read_before_the_count_and_stands_on_the_paper(desk: Desk) -> None:
    journal, clock = desk.office.journal, desk.office.clock
    journal.put_enrolment(Enrolment("m-1", "Ayu", "+6281100000001", clock.now()))
    desk.office.begin()
    desk.office.screen.open()
    desk.type("3")
    assert desk.reads("Waiting to be sent: 1.")
    desk.office.screen.go_on()
    paper = desk.papers[-1]
    assert Pair("Waiting to be sent", "1", SMALL) in ShiftRows(paper, profile()).rows(desk.language)


def test_a_reason_is_touched(desk: Desk) -> None:
    desk.office.begin()
    desk.office.screen.open()
    desk.sheet.report.steps[ShiftStep.PAY_IN].click()
    desk.sheet.form.reason.choices[1].click()
    assert desk.office.model.reason == desk.sheet.form.reason.choices[1].label
    assert desk.sheet.form.reason.field.text() == desk.office.model.reason


def test_esc_goes_back_a_step_and_out(desk: Desk) -> None:
    desk.office.begin()
    desk.office.screen.open()
    desk.type("3")
    desk.press(Qt.Key.Key_Escape)
    assert desk.step() is ShiftStep.OVERVIEW
    desk.press(Qt.Key.Key_Escape)
    assert not desk.sheet.isVisible()
