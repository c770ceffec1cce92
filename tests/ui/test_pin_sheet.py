from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.till_samples import STAFF
from tukar.ui.kit import Look
from tukar.ui.pin_sheet import PersonPinSheet

PEOPLE = tuple(replace(STAFF[0], staff_id=f"s-{place}", name=f"Supervisor {place}") for place in range(9))


@pytest.fixture
def sheet(look: Look, qtbot: QtBot) -> Iterator[PersonPinSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 768)
    window.show()
    made = PersonPinSheet(look, window, QSize(900, 540), many=4)

    def choose(place: int) -> None:
        made.show_people(PEOPLE, min(max(place, 0), len(PEOPLE) - 1))

    made.person_chosen.connect(choose)
    made.show_people(PEOPLE, 0)
    made.turn(opens=True, closes=False)
    yield made
    window.close()


def seen(sheet: PersonPinSheet) -> list[str]:
    return [choice.label for choice in sheet.people if choice.isVisible()]


def chosen(sheet: PersonPinSheet) -> list[str]:
    return [choice.label for choice in sheet.people if choice.isChecked()]


def test_arrows_reach_everybody_and_the_chosen_one_is_always_seen(sheet: PersonPinSheet) -> None:
    for place in range(len(PEOPLE)):
        assert chosen(sheet) == [PEOPLE[place].name]
        assert len(seen(sheet)) == 4
        QTest.keyClick(sheet.pin, Qt.Key.Key_Down)
    assert seen(sheet) == [one.name for one in PEOPLE[-4:]]
    QTest.keyClick(sheet.pin, Qt.Key.Key_Up)
    assert chosen(sheet) == [PEOPLE[-2].name]


def test_a_finger_reaches_everybody(sheet: PersonPinSheet) -> None:
    for _ in PEOPLE:
        QTest.mouseClick(sheet.people[-1], Qt.MouseButton.LeftButton)
    assert chosen(sheet) == [PEOPLE[-1].name]


def test_few_people_take_no_more_room_than_they_need(sheet: PersonPinSheet) -> None:
    sheet.show_people(PEOPLE[:2], 1)
    assert (seen(sheet), chosen(sheet)) == ([one.name for one in PEOPLE[:2]], [PEOPLE[1].name])


def test_a_pin_is_left_for_nobody(sheet: PersonPinSheet) -> None:
    sheet.pin.type_digits("1425")
    sheet.turn(opens=False, closes=True)
    assert sheet.pin.digits == ""
