"""The search under a cashier's hands: typed, scanned, touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.counter_window import CounterWindow, green, names, sit_down
from tukar.domain.money import Quantity
from tukar.ui.age_question import asking_age
from tukar.ui.kit import Look, NoticeStrip, QuietButton


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[CounterWindow]:
    with sit_down(qtbot, look, resources) as found:
        yield found


def test_a_letter_starts_the_search_and_enter_takes_the_first_hit(desk: CounterWindow) -> None:
    desk.press("kopi")
    assert desk.window.search.field.text() == "kopi"
    assert green(desk) == ["hit"]
    desk.press("Enter")
    assert names(desk) == ["Kopi Susu Gula Aren 250 ml"]
    assert green(desk) == ["Pay"]
    assert desk.window.search.field.text() == "kopi", "hits stay listed"
    desk.press("t")
    assert desk.window.search.field.text() == "t", "until the next letter"


def test_a_barcode_typed_by_a_scanner_sells(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "8991204011751", "Enter")
    (line,) = desk.counter.sale.bill.lines
    assert line.quantity == Quantity.of(2)
    assert desk.paid == []


def test_a_quantity_is_typed_before_the_item(desk: CounterWindow) -> None:
    desk.press("5*8991204011751", "Enter")
    assert desk.counter.sale.bill.lines[0].quantity == Quantity.of(5)


def test_esc_empties_the_field_first(desk: CounterWindow) -> None:
    backs: list[bool] = []
    desk.window.back_requested.connect(lambda: backs.append(True))
    desk.press("kop", "Esc")
    assert desk.window.search.field.text() == ""
    assert backs == []
    desk.press("Esc")
    assert backs == [True]


def test_a_tile_sells_by_touch(desk: CounterWindow) -> None:
    tile = desk.window.search.tiles[0]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert names(desk) == [tile.label]


def test_a_wrong_barcode_says_so_where_the_cashier_looks(desk: CounterWindow) -> None:
    desk.press("8991204011752", "Enter")
    strips = [strip.sentence for strip in desk.window.search.findChildren(NoticeStrip) if strip.isVisible()]
    assert strips == ["The barcode 8991204011752 was misread. Scan it again."]
    desk.press("Esc")
    assert desk.window.search.field.text() == ""


def test_the_years_of_a_buyer_are_asked_and_enter_sells_nothing(desk: CounterWindow) -> None:
    old_enough: list[bool] = []
    ask = asking_age(desk.window.question)
    ask(18, lambda: old_enough.append(True))
    assert desk.window.question.isVisible()
    desk.press("Enter")
    assert old_enough == []
    ask(18, lambda: old_enough.append(True))
    yes = next(button for button in desk.window.question.findChildren(QuietButton) if "18" in button.label)
    yes.click()
    assert old_enough == [True]


def test_tiles_of_a_shelf_are_touched_and_the_last_one_turns_the_page(desk: CounterWindow) -> None:
    search = desk.window.search
    search.browse.click()
    shown = [tile for tile in search.tiles if tile.isVisible()]
    assert shown[-1].label == "More"
    first = shown[0].label
    shown[-1].click()
    assert shown[0].label != first
    while shown[0].label != first:
        next(tile for tile in reversed(search.tiles) if tile.isVisible()).click()
    drinks = next(tile for tile in shown if tile.label == "Bread")
    drinks.click()
    tile = search.tiles[0]
    tile.click()
    assert desk.counter.sale.bill.lines[0].item.name == tile.label
    assert desk.counter.sale.bill.lines[0].item.category == "bread"
    search.browse.click()
    assert not search._turns
