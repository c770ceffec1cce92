"""The parts only a manager sees: the table and the plot."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tukar.ui.kit import Colour, Icon, Look, Scheme, SizeClass, Spill
from tukar.ui.kit.plot import Day, Plot, PlotWords
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
    assert widths == [90, 160 + 340 * 2 // 3, 120, 190 + 340 // 3]


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
