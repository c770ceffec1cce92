"""A cashier's hands on the real window: keys only, the demo shop behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.till.counter import FakeDirectory
from tests.ui.counter_window import CounterWindow, sit_down
from tukar.domain.bill import PriceOverride
from tukar.domain.money import Quantity
from tukar.domain.points import Points
from tukar.till.checkout_model import ExchangeView, GoodsBack
from tukar.till.keys import Command
from tukar.till.line_work import Work
from tukar.till.notices import Level, Notice, Say
from tukar.till.offering import OfferModel
from tukar.ui.age_question import asking_age
from tukar.ui.kit import Look, NoticeStrip, QuietButton
from tukar.ui.kit.keypad import PadKey


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
    desk.press("Enter")
    assert form.consent.hasFocus(), "Enter goes to what is missing"
    assert desk.counter.members.enrolled == []
    desk.press("Enter", "Enter")
    desk.answer()
    assert desk.counter.members.enrolled[0].name == "Rini"
    desk.press("Enter")
    assert not desk.window.customers.isVisible()
    assert desk.counter.sale.bill.customer is not None


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


def test_a_tile_sells_by_touch(desk: CounterWindow) -> None:
    tile = desk.window.search.tiles[0]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert names(desk) == [tile.label]


def test_the_language_is_switched_in_the_open_window(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter")
    desk.language.choose("id")
    assert desk.window.side.total.pay.label == "Bayar"
    assert desk.window.key_bar.buttons[Command.CUSTOMER].label == "Pelanggan"
    assert desk.window.search.field.line.placeholderText() == "Nama atau kode barang"
    assert "@ Rp" in desk.window.bill.lines.rows[0].accessible
    desk.language.choose("en")
    assert desk.window.side.total.pay.label == "Pay"


def test_a_wrong_barcode_says_so_where_the_cashier_looks(desk: CounterWindow) -> None:
    desk.press("8991204011752", "Enter")
    strips = [strip.sentence for strip in desk.window.search.findChildren(NoticeStrip) if strip.isVisible()]
    assert strips == ["The barcode 8991204011752 was misread. Scan it again."]
    desk.press("Esc")
    assert desk.window.search.field.text() == ""


def test_tab_follows_the_work(desk: CounterWindow) -> None:
    """visual.md: order left to right = order of work = focus order: find, bill, customer, promotions, pay."""
    desk.press("8991204011751", "Enter", "F2")
    seen: list[QWidget] = []
    panels = (desk.window.search, desk.window.bill, desk.window.side.customer, desk.window.side.promotions,
              desk.window.side.total, desk.window.key_bar)  # fmt: skip
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        panel = next((panel for panel in panels if panel.isAncestorOf(focus)), None)
        if panel is not None and panel not in seen:
            seen.append(panel)
        desk.press("Tab")
    assert seen == list(panels)


def test_a_thousand_lines_tell_the_view_only_what_changed(desk: CounterWindow) -> None:
    """performance.md, P4: a scan on a long bill writes one row."""
    desk.counter.sell(*(item.sku for item in desk.counter.shelf.items[:200] if item.active))
    before = desk.window.bill._written
    desk.press("8991204011751", "Enter")
    after = desk.window.bill._written
    assert sum(one is not other for one, other in zip(before, after, strict=False)) <= 3


def test_the_key_of_hold_recalls_while_the_bill_is_empty(desk: CounterWindow) -> None:
    hold = desk.window.key_bar.buttons[Command.HOLD]
    empty = hold.spoken()
    desk.press("8991204011751", "Enter")
    assert (empty, hold.spoken()) == ("Recall, F4", "Hold, F4")


def test_the_customer_is_reached_by_tab_and_opened_by_space(desk: CounterWindow) -> None:
    desk.counter.greet("dewi")
    block = desk.window.side.customer
    assert block.accessibleName() == "Customer Dewi Lestari, F3"
    block.setFocus()
    desk.press("Space")
    assert desk.window.customers.isVisible()
    assert desk.counter.sale.bill.customer is not None


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


def test_a_scanner_that_ends_a_code_by_two_enters_pays_nothing(desk: CounterWindow) -> None:
    def enter(at: int) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        event.setTimestamp(at)
        QApplication.sendEvent(QApplication.focusWidget() or desk.window, event)

    desk.press("8991204011751")
    enter(5_000)
    enter(5_010)
    assert len(names(desk)) == 1
    assert desk.paid == []
    enter(5_400)
    assert desk.paid == [True]


def test_a_question_is_answered_safely_by_enter_and_esc(desk: CounterWindow) -> None:
    lost: list[bool] = []
    question = desk.window.question
    for key in ("Enter", "Esc"):
        question.ask("Clear the bill?", "Two lines go.", "Clear", lambda: lost.append(True))
        assert question.isVisible()
        desk.press(key)
        assert not question.isVisible()
    assert lost == []
    question.ask("Clear the bill?", "Two lines go.", "Clear", lambda: lost.append(True))
    clear = next(button for button in question.findChildren(QuietButton) if button.label == "Clear")
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert lost == [True]
    assert not question.isVisible()


def test_what_no_longer_fits_is_said_beside_the_bill(desk: CounterWindow) -> None:
    desk.press("8991204011751", "Enter")
    desk.window.show_offer(OfferModel(notice=Notice(Say.OFFER_GONE, Level.WARN)))
    strips = [strip.sentence for strip in desk.window.bill.findChildren(NoticeStrip) if strip.isVisible()]
    assert strips == ["That does not fit this bill now. Nothing was changed."]


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


def test_for_the_left_hand_the_planes_are_mirrored_and_nothing_overlaps(desk: CounterWindow, look: Look) -> None:
    window = desk.window
    right = [plane.geometry() for plane in (window.search, window.bill, window.side)]
    look.use_hand(left=True)
    left = [plane.geometry() for plane in (window.search, window.bill, window.side)]
    for before, after in zip(right, left, strict=True):
        assert after.size() == before.size()
        assert after.left() == window.width() - before.right() - 1
    assert window.side.x() == 0
    look.use_hand(left=False)
    assert [plane.geometry() for plane in (window.search, window.bill, window.side)] == right


def test_an_exchange_in_hand_is_plain_to_see(desk: CounterWindow) -> None:
    def ledger() -> list[tuple[str, str]]:
        return [(row.label, row.figure.replace("\N{NO-BREAK SPACE}", " ")) for row in desk.window.bill.totals.rows]

    money = desk.counter.sale.priced.total.currency.money
    goods = tuple(GoodsBack(f"Item {n}", Quantity.of(n), money("10000")) for n in range(1, 5))
    exchange = ExchangeView("2-000301", money("40000"), money("0"), goods=goods)
    desk.counter.billing.exchanging(exchange)
    assert ledger() == [
        ("1 Item 1", "−Rp 10.000"), ("2 Item 2", "−Rp 10.000"), ("and 2 more", ""),
        ("Comes back from bill 2-000301", "−Rp 40.000"),
    ]  # fmt: skip
    desk.press("8991204011751", "Enter")
    total = desk.counter.sale.priced.total
    assert total < exchange.credit
    assert ledger()[-1] == ("To give back", f"Rp {(exchange.credit - total).minor // 1000}.000")
    desk.press("+", "+")
    assert ledger()[-1][0] == "Left to pay"
    desk.counter.billing.exchanging(None)
    assert [label for label, _ in ledger()] == ["Before promotions", "PPN included"]
