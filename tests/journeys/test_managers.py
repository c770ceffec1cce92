"""Two tills sell, a manager looks: what was applied, a word from afar, the export, and a difference that is mended.

The backend is a process of its own; the tills are two programs with a folder and a window each. The manager sits in the
room of the second till.
"""

import csv
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, cast

import pytest

from tests.journeys.seat import Seat, wait_until
from tests.journeys.test_manager_room import come_in, ledger, total
from tukar.bootstrap.counter import Ports
from tukar.bootstrap.disk import open_disk
from tukar.bootstrap.managing import ManagersRoom
from tukar.bootstrap.program import Program
from tukar.bootstrap.till import BACKEND_FOLDER
from tukar.domain.applied import PromotionOutcome
from tukar.domain.oversight import DifferenceKind, DifferenceState, Reconciliation
from tukar.server.serve import DATABASE_FILE
from tukar.till.checkout_model import CheckoutState
from tukar.till.navigation import Place
from tukar.till.ports import LoyaltyBackend, Trouble, Unreachable
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.phone_window import PhoneWindow

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

HENDRA_PIN = "586970"
MOBILE = "085861124790"
"""Fitriani Hasanah's, with 350 points: one-time code always."""


SEEN_SECONDS = 2.0
"""So soon after its bill reached the backend a manager sees what was applied."""
QUICK_SECONDS = 0.2
"""What a short question to a backend takes at most; on a machine that is busier, everything takes longer."""


class FaultyLine:
    """The backend as a till finds it whose line fails when it asks for points, while ``faulty``."""

    def __init__(self, inside: object) -> None:
        self._inside = inside
        self.faulty = False

    def __getattr__(self, method: str) -> Any:
        if method in ("hold", "redemption") and self.faulty:
            return self._fail
        return getattr(self._inside, method)

    def _fail(self, _asked: object) -> None:
        raise Unreachable(Trouble.TIMED_OUT)


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


@dataclass
class Shop:
    """Two tills, and the line of the first."""

    first: Seat
    second: Seat
    line: FaultyLine


@pytest.fixture
def shop(qapp: object, tmp_path: Path) -> Iterator[Shop]:
    lines: list[FaultyLine] = []

    def change(ports: Ports) -> Ports:
        lines.append(FaultyLine(ports.backend))
        return replace(ports, backend=cast("Any", lines[-1]))

    first = Seat(tmp_path / "first", change_ports=change)
    try:
        first.sign_in()
        second = SecondSeat(first, tmp_path / "second")
        second.sign_in()
        yield Shop(first, second, lines[-1])
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


def offered_coffee(seat: Seat) -> None:
    """Coffee to Fitriani, who has the points for a free one: the offer is on the screen."""
    seat.come_back()
    seat.customer(MOBILE)
    seat.item("kopi susu gula aren")
    seat.until(seat.window.sale.offer.isVisible, "the offer")


def decline(seat: Seat) -> str:
    """She does not want the free coffee; returns the bill's number."""
    offered_coffee(seat)
    seat.press("Escape")
    seat.until(lambda: not seat.window.sale.offer.isVisible(), "an offer that left")
    seat.pay()
    return finish(seat)


def lose(seat: Seat, line: FaultyLine) -> str:
    """She wants it, but nobody knows whether the points are reserved; returns the bill's number."""
    offered_coffee(seat)
    seat.press("Return")
    seat.until(lambda: not seat.window.sale.offer.isVisible(), "an offer that was taken")
    line.faulty = True
    seat.press("F9")
    seat.until(lambda: seat.checkout_state is CheckoutState.UNSURE, "points nobody knows of")
    line.faulty = False
    seat.press("Escape")
    seat.until(lambda: seat.checkout_state is CheckoutState.PAYING, "the bill without its points")
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


class Pace:
    """Asks the backend short questions all the while, to know how busy the machine is."""

    def __init__(self, backend: LoyaltyBackend) -> None:
        self._backend = backend
        self._worst = 0.0
        self._over = threading.Event()
        self._asking = threading.Thread(target=self._ask)

    def __enter__(self) -> Self:
        self._asking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._asking.join()

    @property
    def slower(self) -> float:
        """How many times longer than it should an answer took; 1 on a machine that is quick enough."""
        return max(1.0, self._worst / QUICK_SECONDS)

    def _ask(self) -> None:
        while not self._over.wait(0.05):
            began = time.monotonic()
            self._backend.state()
            self._worst = max(self._worst, time.monotonic() - began)


def see(seat: Seat, room: ManagersRoom, number: str) -> set[PromotionOutcome]:
    """Waits for a bill that was just delivered, two seconds at most; returns what became of its promotions."""
    promotions = room.who.pages.promotions
    delivered = time.monotonic()

    def outcomes() -> set[PromotionOutcome]:
        return {record.outcome for record in promotions.model.records if record.number == number}

    with Pace(seat.demo.program.backend) as pace:
        wait_until(lambda: bool(outcomes()), f"bill {number}")
        took = time.monotonic() - delivered
    assert took <= SEEN_SECONDS * pace.slower, f"bill {number} was seen after {took:.2f} s"
    return outcomes()


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


def test_a_manager_sees_answers_and_exports_what_two_tills_do(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "papers"))
    first, second = shop.first, shop.second
    with_points = sell_with_points(first)
    plain = sell(second)
    room = come_in(second)
    look(second, room, with_points)
    look(second, room, plain)
    later = sell(first)
    assert PromotionOutcome.BY_ITSELF in see(second, room, later), "what she earned"
    look(second, room, later)
    assert PromotionOutcome.DECLINED in see(second, room, decline(first))
    assert PromotionOutcome.LOST in see(second, room, lose(first, shop.line))
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
