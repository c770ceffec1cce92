from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tests.ui.kit.gallery import BILL
from tests.ui.kit.rows_shown import HITS, OFFERS, PROMOTIONS, TENDERS
from tukar.ui.kit import (
    ROW,
    BillLineDelegate,
    BillRow,
    Colour,
    HitDelegate,
    Look,
    OfferRowDelegate,
    Plane,
    PromotionRowDelegate,
    Role,
    RowDelegate,
    RowList,
    RowModel,
    Scheme,
    SizeClass,
    Spill,
    TenderRowDelegate,
)

rows_of_letters = st.lists(st.sampled_from([replace(BILL[0], name=letter, accessible=letter) for letter in "abc"]))


@given(rows_of_letters, rows_of_letters)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_new_rows_are_told_as_qt_demands(qapp: object, old: list[BillRow], new: list[BillRow]) -> None:
    model = RowModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(old)
    model.set_rows(new)
    assert [model.index(i).data(ROW) for i in range(model.rowCount())] == new
    assert tester.model() is model


def test_a_changed_amount_is_one_changed_row(qapp: object) -> None:
    model = RowModel()
    model.set_rows(BILL)
    told: list[tuple[str, int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append(("changed", first.row(), last.row())))
    model.rowsInserted.connect(lambda _parent, first, last: told.append(("came", first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append(("went", first, last)))
    model.set_rows((BILL[0], replace(BILL[1], amount="Rp 13.500"), BILL[2]))
    model.set_rows((*model.rows, BILL[0]))
    model.set_rows(model.rows[1:])
    model.set_rows(model.rows)
    assert told == [("changed", 1, 1), ("came", 3, 3), ("went", 0, 0)]


def test_a_row_is_spoken_as_a_sentence(qapp: object) -> None:
    spoken = "Indomie Goreng, 5, Rp 14.000, was 17.500, Borong Mi"
    model = RowModel()
    model.set_rows([replace(BILL[0], accessible=spoken)])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == spoken
    assert model.data(QModelIndex(), Qt.ItemDataRole.AccessibleTextRole) is None


@pytest.fixture
def bill(look: Look, qtbot: QtBot) -> RowList:
    rows = RowList(look, BillLineDelegate(look), "Bill")
    qtbot.addWidget(rows)
    rows.show_rows(BILL)
    rows.resize(598, 300)
    return rows


def test_touching_a_line_chooses_and_picks_it(bill: RowList, qtbot: QtBot) -> None:
    with qtbot.waitSignals([bill.chosen, bill.picked]) as told:
        QTest.mouseClick(bill.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 96))
    assert [signal.args for signal in told.all_signals_and_args] == [(1,), (1,)] or bill.current_row() == 1


def test_choosing_for_the_cashier_emits_nothing(bill: RowList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bill.chosen):
        bill.choose(2)
        assert bill.current_row() == 2
        bill.choose(-1)
    assert bill.current_row() == -1


def test_arrows_choose_space_picks_and_letters_go_to_the_window(bill: RowList, qtbot: QtBot) -> None:
    bill.choose(0)
    with qtbot.waitSignal(bill.chosen) as chosen:
        QTest.keyClick(bill, Qt.Key.Key_Down)
    with qtbot.waitSignal(bill.picked) as picked:
        QTest.keyClick(bill, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(bill.chosen), qtbot.assertNotEmitted(bill.activated):
        QTest.keyClicks(bill, "S")
        QTest.keyClick(bill, Qt.Key.Key_Return)
    assert (chosen.args, picked.args, bill.current_row()) == ([1], [1], 1)


def test_headings_are_never_chosen(look: Look, qtbot: QtBot) -> None:
    rows = RowList(look, PromotionRowDelegate(look), "Promotions")
    qtbot.addWidget(rows)
    rows.show_rows(PROMOTIONS)
    rows.choose(1)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_row() == 3


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_selected_line_has_a_bar_of_ink(bill: RowList, look: Look, scheme: Scheme) -> None:
    look.choose(scheme)
    bill.choose(1)
    image = bill.grab().toImage()
    assert image.pixelColor(1, 96) == look.theme.colour(Colour.INK)
    assert image.pixelColor(8, 96) == look.theme.colour(Colour.SELECT)
    assert image.pixelColor(1, 32) != look.theme.colour(Colour.INK)


def test_a_reduced_amount_is_plum(bill: RowList, look: Look) -> None:
    image = bill.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(480, 574) for y in range(10, 34)}
    assert look.theme.colour(Colour.POINTS).name() in colours
    below = {image.pixelColor(x, y).name() for x in range(480, 574) for y in range(138, 162)}
    assert look.theme.colour(Colour.POINTS).name() not in below


def test_only_the_hit_that_enter_takes_is_green(look: Look, qtbot: QtBot) -> None:
    delegate = HitDelegate(look)
    hits = RowList(look, delegate, "Items found")
    qtbot.addWidget(hits)
    hits.show_rows(HITS)
    hits.resize(360, hits.content_height())
    hits.choose(0)
    green = QColor("#0A6B4E")
    assert hits.grab().toImage().pixelColor(1, 30) == look.theme.colour(Colour.INK)
    delegate.next_key = "Enter"
    assert hits.grab().toImage().pixelColor(1, 30) == green


@pytest.mark.parametrize("size", list(SizeClass))
@pytest.mark.parametrize(
    ("delegate", "rows", "width"),
    [
        (BillLineDelegate, BILL, 598),
        (HitDelegate, HITS, 360),
        (OfferRowDelegate, OFFERS, 400),
        (TenderRowDelegate, TENDERS, 316),
        (PromotionRowDelegate, PROMOTIONS, 600),
    ],
)
def test_rows_can_be_touched_and_nothing_is_cut(
    look: Look,
    qtbot: QtBot,
    spills: list[Spill],
    size: SizeClass,
    delegate: type[RowDelegate],
    rows: tuple[BillRow, ...],
    width: int,
) -> None:
    look.resize(size)
    shown = RowList(look, delegate(look), "Rows")
    qtbot.addWidget(shown)
    shown.show_rows(rows)
    shown.resize(width, shown.content_height())
    shown.grab()
    assert spills == []
    touchable = [i for i in range(len(rows)) if shown.model().index(i, 0).flags() & Qt.ItemFlag.ItemIsSelectable]
    assert all(shown.sizeHintForRow(i) >= 48 for i in touchable)


def test_rows_grow_with_the_size_class(bill: RowList, look: Look) -> None:
    heights = []
    for size in SizeClass:
        look.resize(size)
        heights.append((bill.sizeHintForRow(0), look.theme.line(Role.NAME)))
    assert heights == [(60, 22), (64, 24), (80, 28)]


def test_a_list_too_long_keeps_the_edge_of_its_figures(bill: RowList) -> None:
    bill.show()
    wide = bill.viewport().width()
    bill.show_rows(BILL * 5)
    bill.grab()
    assert bill.verticalScrollBar().maximum() > 0
    assert bill.viewport().width() == wide == bill.width()


def test_rows_without_a_margin_make_room_for_the_scroll_bar(look: Look, qtbot: QtBot) -> None:
    rows = RowList(look, OfferRowDelegate(look), "Promotions")
    qtbot.addWidget(rows)
    rows.resize(360, 120)
    rows.show()
    rows.show_rows(OFFERS * 3)
    rows.grab()
    assert rows.viewport().width() == 360 - 12


def test_rows_kept_as_pictures_look_like_rows_written_each_time(look: Look, qtbot: QtBot) -> None:
    grounds: list[Plane] = []
    for delegate in (BillLineDelegate(look), BillLineDelegate(look, Colour.PLANE)):
        ground = Plane(look, Colour.PLANE)
        qtbot.addWidget(ground)
        rows = RowList(look, delegate, "Bill")
        rows.setParent(ground)
        rows.show_rows(BILL)
        rows.choose(1)
        ground.resize(598, 300)
        rows.setGeometry(ground.rect())
        grounds.append(ground)
    written, kept = grounds
    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.LIGHT):
        look.choose(scheme)
        first = kept.grab().toImage()
        assert first == written.grab().toImage()
        assert kept.grab().toImage() == first
