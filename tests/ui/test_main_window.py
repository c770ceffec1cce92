"""The till's window when a whole screen of another part stands before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.till_pictures import open_window
from tests.ui.till_samples import IDR
from tukar.till.navigation import Place, PlaceModel
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.translations import Language


@pytest.fixture
def window(qtbot: QtBot, look: Look, resources: Path) -> Iterator[MainWindow]:
    language = Language(resources / "i18n", IDR)
    found = open_window(look, language)
    qtbot.addWidget(found)
    found.show_place(PlaceModel(Place.SALE))
    found.resize(1366, 768)
    found.show()
    yield found
    language.close()


def test_a_room_stands_before_the_sale_until_it_is_left(window: MainWindow, qtbot: QtBot) -> None:
    room = QWidget()
    window.enter_room(room)
    assert (room.isVisible(), window.sale.isVisible(), window.in_room) == (True, False, True)
    window.resize(1300, 760)
    assert room.size() == window.size()
    with qtbot.waitSignal(window.room_left):
        window.leave_room()
    assert (room.isVisible(), window.sale.isVisible(), window.in_room) == (False, True, False)
    with qtbot.assertNotEmitted(window.room_left):
        window.leave_room()


def test_what_happens_to_the_bill_meanwhile_does_not_end_it_but_a_lock_does(window: MainWindow, qtbot: QtBot) -> None:
    room = QWidget()
    window.enter_room(room)
    window.show_place(PlaceModel(Place.SALE, has_bill=True))
    assert room.isVisible()
    with qtbot.waitSignal(window.room_left):
        window.show_place(PlaceModel(Place.SIGN_IN))
    assert window.sign_in.isVisible()
    window.show_place(PlaceModel(Place.SALE))
    assert window.sale.isVisible(), "whoever signs in next sees the sale"


def test_what_ended_while_the_till_was_locked_does_not_come_back_and_the_rest_lies_as_it_lay(
    window: MainWindow,
) -> None:
    for sheet in (window.returns, window.no_sale, window.more):
        sheet.open_sheet()
    window.no_sale.raise_()
    window.show_place(PlaceModel(Place.SIGN_IN))
    assert not any(sheet.isVisible() for sheet in (window.returns, window.no_sale, window.more))
    window.more.close_sheet()
    window.show_place(PlaceModel(Place.SALE))
    assert (window.returns.isVisible(), window.no_sale.isVisible(), window.more.isVisible()) == (True, True, False)
    children = window.children()
    assert children.index(window.returns) < children.index(window.no_sale), "the topmost is on top again"
    assert window.no_sale.hasFocus()


def test_a_kiosk_stays_until_somebody_with_the_right_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.be_kiosk()
    window.show()
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    with qtbot.assertNotEmitted(window.closing), qtbot.waitSignal(window.close_asked):
        window.close()
    assert window.isVisible()
    with qtbot.assertNotEmitted(window.full_screen_changed):
        window.toggle_full_screen()
    with qtbot.waitSignal(window.closing):
        window.let_close()
    assert not window.isVisible()


def test_a_kiosk_with_a_bill_asks_once_more(window: MainWindow, qtbot: QtBot) -> None:
    window.be_kiosk()
    window.show()
    window.show_place(PlaceModel(Place.SALE, has_bill=True))
    with qtbot.assertNotEmitted(window.closing):
        window.let_close()
    assert window.question.isVisible()
