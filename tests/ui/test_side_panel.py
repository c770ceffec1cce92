"""The promotions beside the bill: none is lost silently, whatever the room."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui import pictures, reference
from tests.ui.rendering import SIZES
from tests.ui.till_samples import IDR
from tukar.till.offering import OfferModel
from tukar.till.promoting import PromotionsSummary
from tukar.ui.kit import Look, OfferRow, SizeClass
from tukar.ui.sale_window import SaleWindow
from tukar.ui.translations import Language

CROWD = replace(reference.SUMMARY, applied=reference.SUMMARY.applied * 3, offers=reference.SUMMARY.offers * 9)


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


def open_sale(qtbot: QtBot, look: Look, language: Language, size: SizeClass) -> SaleWindow:
    window = SaleWindow(look, language)
    qtbot.addWidget(window)
    window.resize(*SIZES[size])
    window.show()
    pictures.fill(window)
    return window


def rows_of(window: SaleWindow, summary: PromotionsSummary) -> list[OfferRow]:
    window.show_summary(summary)
    QCoreApplication.processEvents()
    rows = window.side.promotions.list.rows
    return [row for row in rows if isinstance(row, OfferRow)]


@pytest.mark.parametrize("size", list(SizeClass))
@pytest.mark.parametrize("summary", [reference.SUMMARY, CROWD], ids=["few", "many"])
def test_what_there_is_no_room_for_is_counted_with_the_key_that_shows_it(
    size: SizeClass, summary: PromotionsSummary, qtbot: QtBot, look: Look, language: Language
) -> None:
    window = open_sale(qtbot, look, language, size)
    rows = rows_of(window, summary)
    listed = window.side.promotions.list
    assert listed.content_height() <= listed.height(), "the last row is whole"
    told = [row for row in rows if not row.key]
    counted = [row for row in rows if row.key]
    there = len(summary.applied) + len(summary.offers) + len(summary.reasons)
    if len(told) == there:
        assert not counted
    else:
        (more,) = counted
        assert rows[-1] is more
        assert (more.name, more.key) == (f"{there - len(told)} more", "F7")


def test_what_is_counted_is_not_taken_by_a_touch_but_shown(qtbot: QtBot, look: Look, language: Language) -> None:
    window = open_sale(qtbot, look, language, SizeClass.REGULAR)
    rows = rows_of(window, replace(CROWD, applied=()))
    used: list[int] = []
    window.side.promotions.use_requested.connect(used.append)
    with qtbot.waitSignal(window.side.promotions.touched):
        window.side.promotions.list.picked.emit(len(rows) - 1)
    assert used == []
    window.side.promotions.list.picked.emit(len(rows) - 2)
    assert used == [len(rows) - 2]


@pytest.mark.parametrize("size", list(SizeClass))
def test_nothing_looks_out_from_under_an_offer(size: SizeClass, qtbot: QtBot, look: Look, language: Language) -> None:
    window = open_sale(qtbot, look, language, size)
    before = rows_of(window, reference.SUMMARY)
    window.show_offer(reference.OFFERED)
    assert rows_of(window, reference.SUMMARY) == []
    window.show_offer(OfferModel())
    assert rows_of(window, reference.SUMMARY) == before


def test_the_first_promotion_on_an_empty_bill_has_all_the_room(qtbot: QtBot, look: Look, language: Language) -> None:
    window = open_sale(qtbot, look, language, SizeClass.REGULAR)
    before = rows_of(window, reference.SUMMARY)
    assert rows_of(window, PromotionsSummary()) == []
    assert rows_of(window, reference.SUMMARY) == before
