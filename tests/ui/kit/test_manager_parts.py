"""The parts only a manager sees: the table, the plots, filters and the month."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tukar.ui.kit import Colour, Icon, Look, RowList, Scheme, SizeClass, Spill
from tukar.ui.kit.bars import Bar, Bars
from tukar.ui.kit.chip import FilterChip
from tukar.ui.kit.month import MonthView
from tukar.ui.kit.plot import Day, Plot, PlotWords
from tukar.ui.kit.ranking import RankDelegate, RankRow
from tukar.ui.kit.table import Cell, Column, Table

COLUMNS = (
    Column("When", 90),
    Column("Promotion", 160, share=2),
    Column("Value", 120, figures=True),
    Column("State", 190, share=1, sortable=False),
)
ROWS = (
    (
        Cell("14:02", colour=Colour.INK_2),
        Cell("Points as a promotion"),
        Cell("Rp 20.000", strong=True),
        Cell("Needs a manager", Icon.ALERT, Colour.DANGER),
    ),
    (
        Cell("13:47", colour=Colour.INK_2),
        Cell("Free tea"),
        Cell("Rp 4.000", strong=True),
        Cell("Points taken", Icon.CHECK),
    ),
)
WORDS = PlotWords("Taken", "Declined", "Lost to a fault", "Most were taken on the 2nd, 17 were lost.")
DAYS = tuple(Day(str(n + 1), 40 + n, 20, 11 if n == 3 else 0) for n in range(21))


@pytest.fixture
def table(look: Look, qtbot: QtBot) -> Table:
    found = Table(look, "Applied promotions", COLUMNS)
    qtbot.addWidget(found)
    found.show_rows(ROWS)
    found.resize(900, 300)
    found.show()
    return found


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_cell_and_head_is_whole(table: Table, look: Look, spills: list[Spill], scheme: Scheme) -> None:
    look.choose(scheme)
    table.show_sorted(0, descending=True)
    table.grab()
    assert spills == []


def test_the_table_is_a_proper_model(table: Table) -> None:
    QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_rows(ROWS[:1])
    assert table.model().rowCount() == 1
    cell = table.model().index(0, 3)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "State: Needs a manager"


def test_columns_share_the_free_width(table: Table) -> None:
    widths = [table.columnWidth(place) for place in range(4)]
    assert widths == [90, 160 + 340 * 2 // 3, 120, 190 + 340 - 340 * 2 // 3]


@pytest.mark.parametrize("width", range(961, 968))
def test_the_last_column_ends_on_the_edge_at_any_width(table: Table, width: int) -> None:
    table.resize(width, 400)
    table.show()
    assert sum(table.columnWidth(place) for place in range(len(COLUMNS))) == table.viewport().width()


def test_a_touch_on_the_head_asks_to_sort(table: Table, qtbot: QtBot) -> None:
    def touch(x: int) -> None:
        head = table.horizontalHeader().viewport()
        QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))

    with qtbot.waitSignal(table.sorted_by) as first:
        touch(20)
    table.show_sorted(0, descending=False)
    with qtbot.waitSignal(table.sorted_by) as again:
        touch(20)
    with qtbot.assertNotEmitted(table.sorted_by):
        touch(880)
    assert (first.args, again.args) == ([0, False], [0, True])


def test_a_touch_chooses_the_whole_row(table: Table, qtbot: QtBot, look: Look) -> None:
    with qtbot.waitSignal(table.chosen) as chosen:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 70))
    assert chosen.args == [1]
    image = table.viewport().grab().toImage()
    assert image.pixelColor(1, 70) == look.theme.colour(Colour.INK)
    assert image.pixelColor(850, 60) == look.theme.colour(Colour.SELECT)


def test_rows_and_head_grow_with_the_size_class(table: Table, look: Look) -> None:
    heights = []
    for size in SizeClass:
        look.resize(size)
        heights.append(table.rowHeight(0))
    assert heights == [48, 48, 56]


@pytest.fixture
def plot(look: Look, qtbot: QtBot) -> Plot:
    found = Plot(look, "Promotions by day")
    qtbot.addWidget(found)
    found.resize(700, 240)
    found.show_days(DAYS, WORDS)
    return found


@pytest.mark.parametrize(
    ("tallest", "top"), [(0, 2), (2, 2), (3, 4), (7, 10), (71, 100), (100, 100), (101, 200), (130, 200), (900, 1000)]
)
def test_the_scale_is_round_and_high_enough(plot: Plot, tallest: int, top: int) -> None:
    plot.show_days([Day("1", tallest, 0, 0)], WORDS)
    assert plot.top() == top


def test_bars_are_as_high_as_their_counts(plot: Plot) -> None:
    field = plot.field()
    heights = {day.whole: bar.height() for day, bar in plot.bars()}
    assert heights[60] == pytest.approx(field.height() * 60 / 100)
    assert all(field.left() <= bar.left() and bar.right() <= field.right() for _, bar in plot.bars())


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_plot_is_whole_and_spoken(plot: Plot, look: Look, spills: list[Spill], scheme: Scheme) -> None:
    look.choose(scheme)
    plot.grab()
    assert spills == []
    assert plot.text() == WORDS.spoken


def test_lost_is_hollow_with_its_figure(plot: Plot, look: Look) -> None:
    image = plot.grab().toImage()
    _, bar = plot.bars()[3]
    danger = look.theme.colour(Colour.DANGER)
    top = round(bar.top()) + 4
    middle = round(bar.center().x())
    column = [image.pixelColor(middle, y) for y in range(top - 30, top + 40)]
    assert danger in column, "the edge of the hollow part"
    assert image.pixelColor(middle, top + 4) != danger, "and nothing inside"


def test_an_empty_plot_is_an_empty_grid(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    empty = Plot(look, "Promotions by day")
    qtbot.addWidget(empty)
    empty.resize(700, 240)
    empty.grab()
    assert (empty.bars(), spills) == ([], [])


MANY = tuple((Cell(str(number)), Cell("x"), Cell("1"), Cell("y")) for number in range(60))


def test_a_page_more_leaves_the_reader_where_they_are(table: Table, qtbot: QtBot) -> None:
    table.show_rows(MANY)
    table.choose(20)
    table.verticalScrollBar().setValue(500)
    with qtbot.assertNotEmitted(table.chosen):
        table.show_rows((*MANY, *MANY))
    assert (table.current_row(), table.verticalScrollBar().value()) == (20, 500)
    assert len(table.rows) == 120
    table.show_rows(MANY[:2])
    assert (table.current_row(), len(table.rows)) == (-1, 2)


def test_coming_near_the_end_asks_for_more(table: Table, qtbot: QtBot) -> None:
    table.show_rows(MANY)
    with qtbot.assertNotEmitted(table.near_end):
        table.scrollTo(table.model().index(8, 0))
    with qtbot.waitSignal(table.near_end):
        table.scrollToBottom()


def test_the_table_is_walked_and_picked_by_keys(table: Table, qtbot: QtBot) -> None:
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.clearFocus()
    with qtbot.waitSignal(table.focused) as focused:
        table.setFocus()
    assert (focused.args, table.current_row()) == ([True], 0)
    with qtbot.waitSignal(table.chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.picked) as picked:
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert (chosen.args, picked.args) == ([1], [1])
    with qtbot.assertNotEmitted(table.picked):
        QTest.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.focused) as left:
        table.clearFocus()
    assert left.args == [False]


def test_columns_change_with_the_language(table: Table) -> None:
    table.set_columns((Column("Kapan", 90), Column("Promosi", 200, share=1)))
    table.set_name("Promosi")
    assert (table.model().columnCount(), table.rows) == (2, ())
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Kapan"
    assert table.columnWidth(1) == table.viewport().width() - 90


@pytest.fixture
def bars(look: Look, qtbot: QtBot) -> Bars:
    found = Bars(look, "Discount by day")
    qtbot.addWidget(found)
    found.resize(600, 200)
    found.show_bars([Bar(str(day), day * 10_000) for day in range(1, 32)], "Rp {}".format, "Most on the 31st.")
    return found


@pytest.mark.parametrize("scheme", list(Scheme))
def test_bars_are_whole_spoken_and_as_high_as_their_values(
    bars: Bars, look: Look, spills: list[Spill], scheme: Scheme
) -> None:
    look.choose(scheme)
    bars.grab()
    assert (spills, bars.text(), bars.top()) == ([], "Most on the 31st.", 400_000)
    tallest, rect = bars.places()[-1]
    assert rect.height() == pytest.approx(bars.field().height() * tallest.value / 400_000)
    assert rect.right() <= bars.width()


def test_no_bars_are_an_empty_grid(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    empty = Bars(look, "Discount by day", Colour.EDGE)
    qtbot.addWidget(empty)
    empty.resize(300, 160)
    empty.grab()
    assert (empty.places(), spills) == ([], [])


def test_a_rank_names_its_figure_and_cuts_only_the_name(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    ranks = RowList(look, RankDelegate(look), "Top promotions")
    qtbot.addWidget(ranks)
    ranks.resize(320, 200)
    ranks.show_rows([RankRow("Points as a promotion for everybody", "Rp 1.250.000", "402", 1.0, "first")])
    ranks.grab()
    assert (spills, ranks.sizeHintForRow(0)) == ([], 48)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_filter_that_narrows_is_marked(look: Look, qtbot: QtBot, scheme: Scheme) -> None:
    look.choose(scheme)
    chip = FilterChip(look, "All tills", Icon.SCREEN)
    qtbot.addWidget(chip)
    chip.resize(200, 56)
    rest = chip.grab().toImage()
    chip.set_filter("Till 2", narrows=True)
    assert chip.grab().toImage() != rest
    assert (chip.narrows, chip.accessibleName()) == (True, "Till 2")


@pytest.fixture
def month(look: Look, qtbot: QtBot) -> MonthView:
    found = MonthView(look, "Days")
    qtbot.addWidget(found)
    found.set_words("Days", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))
    found.show_span(
        date(2026, 11, 14), date(2026, 11, 3), date(2026, 11, 14), latest=date(2026, 11, 21), spoken="14 Nov"
    )
    found.show()
    return found


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_month_shows_its_days_whole(month: MonthView, look: Look, spills: list[Spill], scheme: Scheme) -> None:
    look.choose(scheme)
    month.setFocus()
    month.grab()
    assert (spills, len(month.days()), month.accessibleName()) == ([], 30, "Days, 14 Nov")
    assert month.place_of(date(2026, 11, 2)).left() == 0, "a Monday"
    assert month.place_of(date(2026, 12, 24)).isEmpty()


def test_a_day_is_touched_or_walked_to(month: MonthView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(month.picked) as touched:
        QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=month.place_of(date(2026, 11, 9)).center().toPoint())
    with qtbot.assertNotEmitted(month.picked):
        QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=month.place_of(date(2026, 11, 27)).center().toPoint())
    with qtbot.waitSignal(month.walked) as walked:
        QTest.keyClick(month, Qt.Key.Key_Up)
    with qtbot.waitSignal(month.walked) as stopped:
        QTest.keyClick(month, Qt.Key.Key_Down)
    with qtbot.waitSignal(month.picked) as confirmed:
        QTest.keyClick(month, Qt.Key.Key_Space)
    assert (touched.args, walked.args) == ([date(2026, 11, 9)], [date(2026, 11, 7)])
    assert (stopped.args, confirmed.args) == ([date(2026, 11, 21)], [date(2026, 11, 14)])
