"""The manager's room from the till, by keys alone: in by F1 and a PIN, out by the lock.

Inside are the bills sold a moment ago, a request from another till, and the export.
"""

import csv
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes.shop import IDR
from tests.journeys.seat import PATIENCE_SECONDS, Seat
from tukar.bootstrap.disk import open_disk
from tukar.bootstrap.managing import ManagersRoom
from tukar.bootstrap.till import BACKEND_FOLDER
from tukar.domain.approval import ApprovalRequest, ApprovalState, ApprovalSubject
from tukar.domain.money import Money
from tukar.domain.people import Action
from tukar.server.serve import DATABASE_FILE
from tukar.till.managing.room import Page
from tukar.till.navigation import Place
from tukar.ui.more_sheet import More

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

HENDRA_PIN = "586970"
MOBILE = "085861124790"


def room_of(seat: Seat) -> ManagersRoom:
    till = seat.demo.program._open_till
    assert till is not None
    assert till._room.room is not None
    return till._room.room


def come_in(seat: Seat) -> ManagersRoom:
    """F1, the room's number, Hendra among those who may come in, and his PIN."""
    seat.press("F1")
    seat.until(seat.window.more.isVisible, "the choices of F1")
    seat.type(seat.window.more.buttons[More.MANAGER].key)
    seat.until(lambda: seat.window.in_room, "the manager's room")
    room = room_of(seat)
    model = room.who.door.model
    names = [member.name for member in model.people]
    assert names[model.chosen] != "Sari Wulandari", "a cashier is not let in"
    for _ in range(names.index("Hendra Wijaya") - model.chosen):
        seat.press("Down")
    seat.type(HENDRA_PIN)
    seat.press("Return")
    seat.until(lambda: not room.screen.door.isVisible(), "an open door")
    return room


def sell(seat: Seat, *, with_points: bool = False) -> None:
    """To a member, so that points are earned, and used ``with_points``."""
    seat.customer(MOBILE)
    seat.item("beras ramos")
    seat.pay()
    if with_points:
        seat.redeem()
    seat.press("Return")
    seat.saved()
    seat.press("Return")
    seat.until(lambda: seat.window.place is Place.SALE, "the next customer")
    seat.all_sent()


def test_what_was_just_sold_is_looked_at_in_the_managers_room(qapp: object, tmp_path: Path) -> None:
    seat = Seat(tmp_path)
    try:
        seat.sign_in()
        sell(seat)
        room = come_in(seat)
        promotions = room.who.pages.promotions
        seat.until(lambda: bool(promotions.model.records), "what was applied")
        assert promotions.model.record is not None
        number = promotions.model.record.number
        seat.press("Down", "Return")
        seat.until(room.screen.bill.isVisible, "the bill behind the row")
        assert str(promotions.model.receipt and promotions.model.receipt.number) == number
        seat.press("Escape")
        for key, page in (("F4", Page.REVIEWS), ("F5", Page.RECONCILING), ("F6", Page.REPORTS)):
            seat.press(key)
            assert room.who.room.model.page is page
        reconciling, reports = room.who.pages.reconciling, room.who.pages.reports
        seat.until(lambda: reports.model.report is not None and not reports.model.busy, "a report")
        seat.until(lambda: reconciling.model.found is not None, "figures compared")
        assert reconciling.model.found is not None
        assert reconciling.model.found.differences == ()
        seat.press("F12")
        seat.until(lambda: seat.window.place is Place.SIGN_IN, "a locked till")
        assert not seat.window.in_room
        assert room.session.manager is None, "the manager's session ended with it"
    finally:
        seat.leave()


SUBJECT = ApprovalSubject(
    Action.OVERRIDE_PRICE, "line-1:45000", amount=Money(45_000, IDR), reason="The shelf says 45.000"
)
APPROVAL_ID = "01920000-0000-7000-8000-0000000000a1"


def asks_next_door(seat: Seat, folder: Path) -> Callable[[], ApprovalRequest]:
    """Enrols another till of the shop; what is returned asks a manager for Sari's sake there and waits for the word."""
    backend, counter = seat.demo._backend, seat.demo.program.counter
    assert backend is not None
    assert counter is not None
    cashier = counter.staffing.model.cashier
    assert cashier is not None
    folder.mkdir()
    connection = open_disk(folder).connection
    connection.change(replace(connection.settings, key_store="owner_only_file"))
    connection.enrol(backend.address, tuple(backend.codes.values())[1])
    assert connection.settings.till_id != seat.demo.program.disk.connection.settings.till_id
    approvals = connection.approvals(IDR)

    def ask() -> ApprovalRequest:
        try:
            approvals.ask(APPROVAL_ID, cashier.staff_id, SUBJECT)
            return approvals.look(APPROVAL_ID, PATIENCE_SECONDS)
        finally:
            approvals.close()

    return ask


def approve(seat: Seat, room: ManagersRoom) -> None:
    """Waits for the card in the corner, then F1 and Hendra's PIN."""
    card, sheet = room.screen.card, room.screen.request
    seat.until(card.isVisible, "the request in the corner")
    assert seat.reads("Sari Wulandari")
    assert seat.reads(f"“{SUBJECT.reason}”")
    seat.press("F1")
    seat.until(sheet.isVisible, "the PIN asked for")
    seat.type(HENDRA_PIN)
    seat.press("Return")
    seat.until(lambda: not sheet.isVisible(), "an answered request")
    assert not card.isVisible()


def exported(seat: Seat, room: ManagersRoom, papers: Path) -> list[list[str]]:
    """F9 and Enter write what is shown, Enter again closes; returns the rows without their headings."""
    sheet = room.screen.export
    seat.press("F9")
    seat.until(sheet.isVisible, "the kinds of file")
    seat.press("Return")
    seat.until(lambda: any(papers.rglob("tukar-promotions-*.csv")) and seat.reads("tukar-promotions"), "the file")
    seat.press("Return")
    seat.until(lambda: not sheet.isVisible(), "the page again")
    (file,) = papers.rglob("tukar-promotions-*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))[1:]


def total(rows: list[list[str]], column: int) -> Decimal:
    return sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0))


def ledger(folder: Path, kinds: str) -> Decimal:
    """What the backend's ledger has of bills, read after it has ended."""
    with sqlite3.connect(folder / BACKEND_FOLDER / DATABASE_FILE) as database:
        marks = ",".join("?" * len(kinds.split()))
        statement = f"SELECT COALESCE(SUM(units), 0) FROM ledger WHERE member_id <> '' AND kind IN ({marks})"  # noqa: S608
        return Decimal(database.execute(statement, kinds.split()).fetchone()[0])


def test_another_till_is_answered_and_the_rows_exported_by_keys(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, here = tmp_path / "papers", tmp_path / "here"
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(papers))
    seat = Seat(here)
    try:
        seat.sign_in()
        sell(seat)
        sell(seat, with_points=True)
        ask = asks_next_door(seat, tmp_path / "next door")
        room = come_in(seat)
        with ThreadPoolExecutor(1) as next_door:
            asked = next_door.submit(ask)
            approve(seat, room)
            seat.until(asked.done, "the word at the other till")
        answer = asked.result()
        assert (answer.state, answer.approver_name) == (ApprovalState.GIVEN, "Hendra Wijaya")
        assert answer.subject == SUBJECT
        rows = exported(seat, room, papers)
    finally:
        seat.leave()
    spent, earned = total(rows, 7), total(rows, 8)
    assert spent > 0
    assert earned > 0
    assert (spent, earned) == (-ledger(here, "redeem"), ledger(here, "earn"))
