"""A cashier's hands on the real window: keys only, the demo shop behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.counter_window import CounterWindow, sit_down
from tukar.domain.money import Quantity
from tukar.domain.points import Points
from tukar.ui.kit import Look, QuietButton


@pytest.fixture
def desk(qtbot: QtBot, look: Look, resources: Path) -> Iterator[CounterWindow]:
    with sit_down(qtbot, look, resources) as found:
        yield found


def names(desk: CounterWindow) -> list[str]:
    return desk.counter.names


def green(desk: CounterWindow) -> list[str]:
    """Everything that is drawn as the next step."""
    window = desk.window
    found = [window.side.total.pay.label] if window.side.total.pay.is_next else []
    if window.offer.isVisible() and window.offer.apply.is_next:
        found.append(window.offer.apply.label)
    if window.search.typing and window.search.hits.isVisible():
        found.append("hit")
    return found


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


def test_enter_pays_when_nothing_else_is_next(desk: CounterWindow) -> None:
    desk.press("Enter")
    assert desk.paid == [], "an empty bill is not paid"
    desk.press("8991204011751", "Enter", "Enter")
    assert desk.paid == [True]
    desk.press("F9")
    assert desk.paid == [True, True]


def test_arrows_plus_minus_and_del_work_on_the_bill(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "8991002105522", "Enter", "Up", "+")
    assert [line.quantity.pieces for line in desk.counter.sale.bill.lines] == [2, 1]
    desk.press("-", "Down", "Del")
    assert names(desk) == ["Kopi Susu Gula Aren 250 ml"]


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


def test_a_salesperson_is_chosen_by_number(desk: CounterWindow) -> None:
    desk.press("F6", "2")
    person = desk.counter.sale.bill.salesperson
    assert person is not None
    assert person.name in [button.label for button in desk.window.bill.findChildren(QuietButton)]
    assert not desk.window.salespeople.isVisible()


def test_keys_of_the_window_rest_under_a_sheet(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter", "F3", "F9")
    assert desk.window.customers.isVisible()
    assert desk.paid == []
    desk.press("Esc")
    assert not desk.window.customers.isVisible()


def test_a_new_customer_is_enrolled_by_keys(desk: CounterWindow) -> None:
    desk.press("F3", "081298765432", "Enter")
    desk.answer()
    desk.press("Enter")
    form = desk.window.customers.form
    desk.press("Rini")
    assert form.name.text() == "Rini"
    form.consent.setFocus()
    desk.press("Space", "Enter")
    desk.answer()
    assert desk.counter.members.enrolled[0].name == "Rini"
    desk.press("Enter")
    assert not desk.window.customers.isVisible()
    assert desk.counter.sale.bill.customer is not None
