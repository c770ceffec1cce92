"""Offers and promotions under a cashier's hands, in turns with whatever else the scan brought."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.counter_window import CounterWindow, green, names, sit_down
from tukar.domain.points import Points
from tukar.ui.kit import Look


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[CounterWindow]:
    with sit_down(qtbot, look, resources) as found:
        yield found


def test_journey_b_free_product_by_keys(desk: CounterWindow) -> None:
    desk.press("F3", "081234565678", "Enter")
    desk.answer()
    assert desk.counter.sale.bill.customer is not None
    desk.press("8991204011751", "Enter")
    assert desk.window.offer.isVisible()
    assert green(desk) == ["Apply"]
    desk.press("Enter")
    assert desk.counter.sale.priced.total.minor == 0
    assert desk.counter.sale.priced.spent_of("poin") == Points(150)
    assert not desk.window.offer.isVisible()


def test_an_offer_and_the_salespeople_on_the_same_scan_take_turns(qtbot: QtBot, look: Look, resources: Path) -> None:
    with sit_down(qtbot, look, resources, by_line=True) as desk:
        qtbot.waitUntil(desk.window.isActiveWindow)
        desk.counter.greet("dewi")
        desk.press("8991204011751", "Enter")
        assert desk.window.salespeople.isVisible()
        assert desk.window.offer.isVisible(), "beside the bill, below the sheet"
        assert green(desk) != ["Apply"], "Enter is for the sheet above"
        desk.press("1")
        assert not desk.window.salespeople.isVisible()
        (line,) = desk.counter.sale.bill.lines
        assert line.salesperson_id or desk.counter.sale.bill.salesperson is not None
        assert desk.counter.sale.bill.claims == (), "nothing was applied by the way"
        assert green(desk) == ["Apply"]
        desk.press("Enter")
        assert len(desk.counter.sale.bill.claims) == 1


def test_without_a_salesperson_line_and_offer_go_together(qtbot: QtBot, look: Look, resources: Path) -> None:
    with sit_down(qtbot, look, resources, by_line=True) as desk:
        qtbot.waitUntil(desk.window.isActiveWindow)
        desk.counter.greet("dewi")
        desk.press("8991204011751", "Enter", "Esc")
        assert desk.counter.sale.bill.is_empty
        assert not desk.window.offer.isVisible()


def test_the_offer_does_not_take_what_is_typed(desk: CounterWindow) -> None:
    desk.counter.greet("dewi")
    desk.press("8991204011751", "Enter")
    assert desk.window.offer.isVisible()
    desk.press("gula pasir")
    assert green(desk) == ["hit"]
    assert not desk.window.offer.apply.is_next
    desk.press("Enter")
    assert names(desk)[1].startswith("Gula")
    assert desk.counter.sale.bill.claims == ()
    assert green(desk) == ["Apply"]
    desk.press("Esc")
    assert not desk.window.offer.isVisible()
    assert len(desk.counter.sale.bill.declined) == 1
    assert green(desk) == ["Pay"]


def test_journey_b_by_order_after_cancel_through_promotions(desk: CounterWindow) -> None:
    desk.counter.greet("dewi")
    desk.press("7*8991204011751", "Enter", "Esc", "Esc")
    assert desk.counter.views.offer.offer is None
    desk.press("F7")
    sheet = desk.window.promotions
    assert sheet.isVisible()
    rows = [row.accessible for row in sheet.list.rows]
    wanted = next(place for place, row in enumerate(rows) if row.startswith("Points as a promotion"))
    while sheet.list.current_row() < wanted:
        desk.press("Down")
    while sheet.list.current_row() > wanted:
        desk.press("Up")
    desk.press("Space", "Enter")
    assert not sheet.isVisible()
    assert desk.counter.sale.priced.spent_of("poin") == Points(200)


def test_how_many_points_is_the_cashiers_choice(desk: CounterWindow) -> None:
    desk.counter.greet("dewi")
    desk.press("7*8991204011751", "Enter", "Esc", "Esc", "F7")
    sheet = desk.window.promotions
    place = [row.accessible.split(",")[0] for row in sheet.list.rows].index("Reward points as a discount")
    sheet.list.chosen.emit(place)
    sheet.list.picked.emit(place)
    assert sheet.slider.isVisible()
    most = sheet.slider.maximum()
    assert sheet.slider.value() == most
    sheet.slider.setFocus()
    desk.press("Left")
    assert sheet.slider.value() == most - 5
    desk.press("Enter")
    assert desk.counter.sale.priced.spent_of("reward") == Points(most - 5)


def test_an_offer_can_be_reached_while_somebody_types(desk: CounterWindow) -> None:
    """till.md, "Never in the way": Enter acts on it once it has been reached."""
    desk.counter.greet("dewi")
    desk.press("8991204011751", "Enter", "gula")
    assert green(desk) == ["hit"]
    desk.window.offer.apply.setFocus()
    assert desk.window.offer.apply.is_next
    desk.press("Enter")
    assert desk.counter.sale.priced.spent_of("poin") == Points(150)


def test_enter_held_down_pays_and_applies_nothing(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    QApplication.sendEvent(desk.window, held)
    assert desk.paid == []
