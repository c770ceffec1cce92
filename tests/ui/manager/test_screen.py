"""The manager's room by keys alone: pages, filters, search, bill, requests, decisions, repair, export."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.manager_backend import PIN
from tests.till.managing.desk import SUPERVISOR
from tests.ui.counter_window import KEYS
from tests.ui.manager.room import ManagerRoom
from tests.ui.till_samples import IDR
from tukar.domain.approval import ApprovalState
from tukar.domain.oversight import DifferenceState, ReviewState
from tukar.domain.report import ReportKind
from tukar.till.managing.promotions import Measure
from tukar.till.managing.room import Page
from tukar.till.managing.spans import Span
from tukar.ui.kit import Look
from tukar.ui.translations import Language

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


@pytest.fixture
def room(qtbot: QtBot, look: Look, language: Language) -> ManagerRoom:
    made = ManagerRoom(look, language)
    qtbot.addWidget(made.screen)
    made.screen.resize(1366, 768)
    made.screen.show()
    qtbot.waitExposed(made.screen)
    made.screen.activateWindow()
    qtbot.waitUntil(made.screen.isActiveWindow)
    return made


@pytest.fixture
def inside(room: ManagerRoom) -> ManagerRoom:
    room.backend.asked.clear()
    return room.come_in()


def press(room: ManagerRoom, *keys: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        target: QWidget = QApplication.focusWidget() or room.screen
        if key in KEYS:
            QTest.keyClick(target, KEYS[key], held)
        elif held:
            QTest.keyClicks(target, key, held)
        else:
            for letter in key:
                QTest.keyClicks(QApplication.focusWidget() or room.screen, letter)
        QApplication.processEvents()


def test_the_door_opens_by_pin(room: ManagerRoom) -> None:
    room.who.door.knock("hendra")
    press(room, "Up", "Down", PIN, "Enter")
    assert room.who.room.model.manager is not None
    assert not room.screen.door.isVisible()


def test_esc_at_the_door_turns_away(room: ManagerRoom) -> None:
    room.who.door.knock()
    press(room, "Esc")
    assert room.asked == ["turned away"]


def test_function_keys_open_the_pages_and_esc_leaves(inside: ManagerRoom) -> None:
    for key, page in (
        ("F4", Page.REVIEWS),
        ("F5", Page.RECONCILING),
        ("F6", Page.REPORTS),
        ("F3", Page.PROMOTIONS),
    ):
        press(inside, key)
        assert inside.who.room.model.page is page
    press(inside, "F11", "F10", "F12", "Esc")
    assert inside.asked == ["full screen", "print", "lock", "leave"]


def test_enter_reviews_what_waits_and_in_the_table_opens_the_bill(inside: ManagerRoom) -> None:
    press(inside, "Down")
    assert inside.screen.promotions.table.hasFocus()
    assert not inside.screen.promotions.review.is_next
    press(inside, "Down", "Enter")
    assert inside.screen.bill.isVisible()
    press(inside, "Esc")
    assert not inside.screen.bill.isVisible()
    assert inside.asked == [], "Esc closed the bill, not the room"
    inside.screen.promotions.setFocus()
    press(inside, "Enter")
    assert inside.who.room.model.page is Page.REVIEWS


def test_letters_begin_a_search_and_arrows_lead_into_what_was_found(inside: ManagerRoom) -> None:
    press(inside, "agus")
    assert {record.customer_name for record in inside.who.pages.promotions.model.records} == {"Agus Salim"}
    press(inside, "Down")
    assert inside.screen.promotions.table.hasFocus()
    press(inside, "F2")
    assert inside.screen.promotions.search.line.hasFocus()
    press(inside, "Esc")
    assert len(inside.who.pages.promotions.model.records) == 100
    assert inside.asked == [], "Esc took the search back, not the manager"
    press(inside, "Esc")
    assert inside.asked == ["leave"]


def test_filters_by_keys(inside: ManagerRoom) -> None:
    promotions = inside.who.pages.promotions
    inside.screen.promotions.filters.days.click()
    press(inside, "Left", "Space", "Left", "Left", "Space", "Enter")
    assert promotions.model.wanted is not None
    assert promotions.model.wanted.days.span is Span.DAYS
    assert len({record.day for record in promotions.model.records}) == 3
    inside.screen.promotions.filters.days.click()
    QTest.keyClick(inside.screen.days, Qt.Key.Key_PageUp)
    press(inside, "Esc")
    press(inside, "k", held=CTRL)
    assert promotions.model.wanted.narrow.member_id
    press(inside, "F7", "F7")
    assert promotions.model.measure is Measure.POINTS


def test_a_view_is_kept_under_a_name(inside: ManagerRoom) -> None:
    press(inside, "F8", "Mine")
    press(inside, "s", held=CTRL)
    assert [view.name for view in inside.shelf.views] == ["Mine"]
    press(inside, "Esc", "F8", "Enter")
    assert not inside.screen.views.isVisible()
    press(inside, "F8", "Del")
    assert inside.shelf.views == ()


@pytest.mark.parametrize(
    ("held", "state"), [(Qt.KeyboardModifier.NoModifier, ApprovalState.GIVEN), (SHIFT, ApprovalState.REFUSED)]
)
def test_a_request_is_answered_by_f1_and_the_pin(
    room: ManagerRoom, held: Qt.KeyboardModifier, state: ApprovalState
) -> None:
    room.come_in()
    assert room.screen.card.isVisible()
    assert room.screen.card.approve.visibleRegion().boundingRect().size() == room.screen.card.approve.size()
    assert not room.screen.card.isAncestorOf(QApplication.focusWidget() or room.screen)
    press(room, "F1", held=held)
    press(room, PIN, "Enter")
    assert room.backend.asked[0].state is state
    assert not room.screen.card.isVisible()
    assert "Sari W." in room.screen.said.sentence
    room.background.advance(10)
    assert not room.screen.said.isVisible()


def test_the_card_goes_when_the_request_runs_out(room: ManagerRoom) -> None:
    room.backend.asked[0] = replace(room.backend.asked[0], seconds_left=5)
    room.come_in()
    room.backend.asked.clear()
    room.background.advance(6)
    assert not room.screen.card.isVisible()


def test_a_case_is_flagged_with_a_note_and_the_next_approved(inside: ManagerRoom) -> None:
    press(inside, "F4", "Asked Sari")
    press(inside, "f", held=CTRL)
    assert inside.backend.cases[0].state is ReviewState.FLAGGED
    assert [note.text for note in inside.backend.cases[0].notes] == ["Asked Sari"]
    press(inside, "Enter")
    assert inside.backend.cases[1].state is ReviewState.APPROVED


def test_a_difference_is_repaired_by_enter_and_gone_when_compared_again(inside: ManagerRoom) -> None:
    press(inside, "F5", "Enter")
    assert inside.backend.differing[0].state is DifferenceState.REPAIRED
    press(inside, "r", held=CTRL)
    assert len(inside.screen.reconciling.table.rows) == 1


def test_who_only_sees_reports_cannot_decide(inside: ManagerRoom) -> None:
    inside.who.room.enter(SUPERVISOR)
    press(inside, "F4", "Enter")
    assert not inside.screen.reviews.act.isEnabled()
    press(inside, "F5", "Enter")
    assert not inside.screen.reconciling.act.isEnabled()
    assert not {"decide", "repair"} & set(inside.backend.questions)


def test_what_is_shown_is_exported(inside: ManagerRoom) -> None:
    press(inside, "F9", "Left", "Enter")
    (path,) = inside.sheets.files
    assert path.suffix == ".xlsx"
    press(inside, "Enter")
    assert not inside.screen.export.isVisible()
    inside.who.room.turn_to(Page.REPORTS)
    inside.who.pages.reports.choose_kind(ReportKind.TAXES)
    press(inside, "F9", "Enter")
    assert any("taxes" in path.name for path in inside.sheets.files)


def test_a_report_chooses_till_and_span(inside: ManagerRoom) -> None:
    press(inside, "F6")
    page = inside.screen.reports
    page.spans[Span.YESTERDAY].click()
    page.till.click()
    page.kinds[ReportKind.SHIFTS].click()
    report = inside.who.pages.reports.model.report
    assert report is not None
    assert (report.kind, report.filter.till_id) == (ReportKind.SHIFTS, "1")
    page.days.click()
    press(inside, "Left", "Space", "Left", "Space", "Enter")
    other = inside.who.pages.reports.model.report
    assert other is not None
    assert (other.filter.last_day - other.filter.first_day).days == 1
    assert page.days.narrows
    page.plan.click()
    press(inside, "/srv", "Enter")
    assert inside.shelf.plan.folder == "/srv"


def test_another_language_renews_every_page(inside: ManagerRoom, language: Language) -> None:
    for key in ("F4", "F5", "F6", "F3"):
        press(inside, key)
    before = inside.who.pages.promotions.model
    language.choose("id")
    assert inside.screen.promotions.table.texts()[0][0] == "Kapan"
    assert len(inside.screen.promotions.table.rows) == len(before.records)
    assert inside.screen.reviews.act.label == "Beres"
    assert len(inside.screen.reports.table.rows) == 9


def test_paper_takes_what_the_page_shows(inside: ManagerRoom) -> None:
    sheet = inside.screen.on_paper(Page.PROMOTIONS, 50)
    assert (sheet.title, len(sheet.rows), sheet.totals) == ("Applied promotions", 50, False)
    assert "All tills" in sheet.words
    press(inside, "F6")
    report = inside.screen.on_paper(Page.REPORTS, 50)
    assert (report.rows[-1][0], report.totals, report.right[0]) == ("Together", True, False)


def test_the_card_prints_the_keys_that_answer_a_request(room: ManagerRoom) -> None:
    room.come_in()
    card = room.screen.card
    assert (card.refuse.key, card.approve.key) == ("Shift+F1", "F1")
    assert card.refuse.accessibleName() == "Refuse, Shift+F1"
