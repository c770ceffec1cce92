"""Two tills sell, a manager looks: what was applied, a word from afar, the export, and a difference that is mended.

The backend is a process of its own; the tills are two programs with a folder and a window each. The manager sits in the
room of the second till.
"""

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.seat import Seat, wait_until
from tests.journeys.test_manager_room import come_in
from tukar.bootstrap.disk import open_disk
from tukar.bootstrap.managing import ManagersRoom
from tukar.bootstrap.program import Program
from tukar.bootstrap.till import BACKEND_FOLDER
from tukar.domain.applied import PromotionOutcome
from tukar.domain.oversight import DifferenceKind, DifferenceState, Reconciliation
from tukar.server.serve import DATABASE_FILE
from tukar.till.managing.room import PULSE_SECONDS
from tukar.till.navigation import Place
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.phone_window import PhoneWindow

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

HENDRA_PIN = "586970"
MOBILE = "085861124790"
"""Fitriani Hasanah's, with 350 points: one-time code always."""


@dataclass
class _SecondDemo:
    """What a seat needs of a demo, for the till beside the first."""

    program: Program
    phone: PhoneWindow

    def close(self) -> None:
        """The first till's demo ends both."""


class SecondSeat(Seat):
    """The seat at the other till of the same shop."""

    def __init__(self, first: Seat, folder: Path) -> None:
        opened: list[Program] = []
        folder.mkdir(parents=True)
        first.demo.open_second(open_disk(folder), opened.append)
        first.until(lambda: bool(opened) and opened[0].front is not None, "the second till")
        self.bugs = first.bugs
        self.folder = folder
        self.demo = _SecondDemo(opened[0], first.demo.phone)  # type: ignore[assignment]
        self._sit_down()


@pytest.fixture
def shop(qapp: object, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    first = Seat(tmp_path / "first")
    try:
        first.sign_in()
        second = SecondSeat(first, tmp_path / "second")
        second.sign_in()
        yield first, second
    finally:
        first.leave()


def sell_with_points(seat: Seat) -> str:
    """Rice to Fitriani, who uses the points suggested; returns the bill's number."""
    seat.come_back()
    seat.customer(MOBILE)
    seat.item("beras ramos")
    seat.pay()
    seat.redeem()
    return finish(seat)


def sell(seat: Seat) -> str:
    """Rice to Fitriani, who only earns points."""
    seat.come_back()
    seat.customer(MOBILE)
    seat.item("beras ramos")
    seat.pay()
    return finish(seat)


def finish(seat: Seat) -> str:
    seat.press("Return")
    seat.saved()
    journal = seat.demo.program.journal
    assert journal is not None
    number = str(journal.recent_receipts(1)[0].number)
    seat.press("Return")
    seat.until(lambda: seat.window.place is Place.SALE, "the next customer")
    seat.all_sent()
    return number


def clear_with_a_word_from_afar(seat: Seat, office: Seat, room: ManagersRoom) -> None:
    """A bill is given up at one till, and the manager at the other one says yes to it."""
    seat.come_back()
    seat.item("beras ramos")
    sheet, approval, requests = seat.window.findChild(BillSheet), seat.window.approval, room.who.pages.requests
    assert isinstance(sheet, BillSheet)
    search = seat.window.sale.search
    if search.typing or search.field.text():
        seat.press("Escape")
    seat.press("Escape")
    seat.until(sheet.isVisible, "why the bill is cleared")
    seat.type("1")
    seat.press("Return")
    seat.until(approval.isVisible, "a second person asked for")
    seat.press("F2")
    seat.until(lambda: bool(requests.model.waiting), "the request in the manager's window")
    request = requests.model.waiting[0].request
    asking = seat.demo.program.disk.connection.settings.till_id
    assert (request.actor_name, request.till_id) == ("Sari Wulandari", asking)
    assert request.subject.amount is not None
    office.come_back()
    requests.begin(give=True)
    requests.enter(HENDRA_PIN)
    seat.until(lambda: not approval.isVisible() and not sheet.isVisible(), "a cleared bill")
    assert not seat.window.sale.bill.lines.rows


def look(seat: Seat, room: ManagersRoom, number: str) -> None:
    """The manager finds a bill among what was applied and opens its receipt."""
    promotions = room.who.pages.promotions
    seat.until(lambda: any(record.number == number for record in promotions.model.records), f"bill {number}")
    place = next(place for place, record in enumerate(promotions.model.records) if record.number == number)
    promotions.look(place)
    seat.until(lambda: promotions.model.receipt is not None, "the receipt")
    assert promotions.model.receipt is not None
    assert str(promotions.model.receipt.number) == number
    promotions.close_receipt()


def exported(seat: Seat, room: ManagersRoom) -> list[list[str]]:
    exporting, promotions = room.who.exporting, room.who.pages.promotions
    assert promotions.model.wanted is not None
    exporting.open(promotions.model.wanted.filter())
    exporting.start()
    seat.until(lambda: exporting._model.file is not None, "the exported file")
    file = exporting._model.file
    assert file is not None
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


def test_a_manager_sees_answers_and_exports_what_two_tills_do(
    shop: tuple[Seat, Seat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "papers"))
    first, second = shop
    with_points = sell_with_points(first)
    plain = sell(second)
    room = come_in(second)
    assert PULSE_SECONDS <= 2, "nobody waits longer than that for what was sold a moment ago"
    look(second, room, with_points)
    look(second, room, plain)
    later = sell(first)
    look(second, room, later)
    clear_with_a_word_from_afar(first, second, room)

    rows = exported(second, room)
    outcomes = {record.outcome for record in room.who.pages.promotions.model.records}
    assert PromotionOutcome.TAKEN in outcomes
    reconciling = room.who.pages.reconciling
    reconciling.compare()
    second.until(lambda: reconciling.model.found is not None, "figures compared")
    assert reconciling.model.found is not None
    assert reconciling.model.found.differences == ()
    first.leave()
    assert total(rows, 7) > 0
    assert total(rows, 7) == -ledger(tmp_path / "first", "redeem")
    assert total(rows, 8) == ledger(tmp_path / "first", "earn")

    plant(tmp_path / "first")
    mend(tmp_path / "first")


def plant(folder: Path) -> None:
    """Somebody raises a balance by hand."""
    with sqlite3.connect(folder / BACKEND_FOLDER / DATABASE_FILE) as database:
        database.execute(
            "UPDATE accounts SET posted = posted + 200 WHERE member_id = (SELECT member_id FROM ledger"
            " WHERE kind = 'redeem' LIMIT 1) AND programme_id = (SELECT programme_id FROM ledger"
            " WHERE kind = 'redeem' LIMIT 1)"
        )


def mend(folder: Path) -> None:
    """The next morning the manager finds it, reads what differs, and puts it right."""
    seat = Seat(folder)
    try:
        seat.sign_in()
        reconciling = come_in(seat).who.pages.reconciling
        reconciling.compare()
        wait_until(lambda: bool(reconciling.model.found and reconciling.model.found.differences), "the difference")
        one = reconciling.model.difference
        assert one is not None
        assert (one.kind, one.state) == (DifferenceKind.BALANCE, DifferenceState.OPEN)
        assert one.customer_name == "Fitriani Hasanah"
        assert one.expected is not None
        assert one.found is not None
        assert one.found.units - one.expected.units == 200
        reconciling.repair()
        seat.until(lambda: _is_mended(reconciling.model.found), "figures that agree")
    finally:
        seat.leave()


def _is_mended(found: Reconciliation | None) -> bool:
    return found is not None and all(one.state is DifferenceState.REPAIRED for one in found.differences)
