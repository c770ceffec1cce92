"""A line under a cashier's hands: by keys alone, and by touch alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.till.counter import FakeDirectory
from tests.ui.counter_window import CounterWindow, green, sit_down
from tukar.domain.bill import PriceOverride
from tukar.domain.money import Quantity
from tukar.till.line_work import Work
from tukar.ui.kit import Look
from tukar.ui.kit.keypad import PadKey


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[CounterWindow]:
    with sit_down(qtbot, look, resources) as found:
        yield found


def test_a_star_asks_for_the_quantity_of_the_line(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "*")
    assert desk.window.line.isVisible()
    assert green(desk) == []
    desk.press("12", "Enter")
    assert not desk.window.line.isVisible()
    assert desk.counter.sale.bill.lines[0].quantity == Quantity.of(12)
    assert green(desk) == ["Pay"]


def test_a_line_is_opened_by_touching_it_twice_and_changed_by_touch_alone(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "8991002105522", "Enter")
    lines, sheet = desk.window.bill.lines, desk.window.line
    first = lines.visualRect(lines.model().index(0, 0)).center()
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert not sheet.isVisible(), "the first touch only chooses"
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert sheet.isVisible()
    keys = {key.label: key for key in sheet.findChildren(PadKey)}
    for digit in "30":
        QTest.mouseClick(keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.set_button, Qt.MouseButton.LeftButton)
    assert [line.quantity.pieces for line in desk.counter.sale.bill.lines] == [30, 1]


def test_a_price_by_hand_is_given_by_keys_alone(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter")
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    sheet = desk.window.line
    assert sheet.isVisible()
    desk.press("Down", "12000", "Enter")
    assert sheet.reason.field.line.hasFocus(), "Enter goes to what is missing"
    desk.press("Shelf", "Enter")
    assert not sheet.isVisible()
    line = desk.counter.sale.bill.lines[0]
    assert (line.unit_price.decimal(), line.override) == ("12000", PriceOverride("Shelf", "sari"))
    assert "Price by hand: Shelf" in desk.window.bill.lines.rows[0].accessible


def test_a_discount_is_given_by_touch_alone(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "*")
    sheet = desk.window.line
    QTest.mouseClick(sheet.works[Work.DISCOUNT], Qt.MouseButton.LeftButton)
    keys = {key.label: key for key in sheet.findChildren(PadKey)}
    for digit in "10":
        QTest.mouseClick(keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.reason.choices[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.set_button, Qt.MouseButton.LeftButton)
    given = desk.counter.sale.bill.lines[0].discount
    assert given is not None
    assert (str(given.percent), given.reason) == ("10", "Damaged")


def test_a_line_gets_a_salesperson_of_its_own_by_keys(desk: CounterWindow) -> None:
    desk.press("F6", "1", "8991204011751", "Enter", "*")
    QTest.keyClick(desk.window.line.field.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not desk.window.line.isVisible()
    assert desk.window.salespeople.isVisible()
    desk.press("3")
    assert not desk.window.salespeople.isVisible()
    (line,) = desk.counter.sale.bill.lines
    seller = FakeDirectory().salespeople()[2]
    assert line.salesperson_id == seller.salesperson_id
    assert seller != desk.counter.sale.bill.salesperson
    assert seller.name in desk.window.bill._written[0].sub


def test_esc_on_a_line_changes_nothing(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "*", "9", "Esc")
    assert not desk.window.line.isVisible()
    assert desk.counter.sale.bill.lines[0].quantity == Quantity.of(1)
