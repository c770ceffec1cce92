"""The line is cut just before the points are: a manager's PIN, a saved bill, and what the real backend makes of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.seat import Seat
from tests.journeys.test_shift import HENDRA_PIN
from tukar.bootstrap.counter import Counter, Ports
from tukar.bootstrap.till import BACKEND_FOLDER
from tukar.server.serve import DATABASE_FILE
from tukar.server.shops import ShopSettings
from tukar.till.checkout_model import CheckoutState
from tukar.till.ports import Trouble, Unreachable
from tukar.wire.message import write

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

FITRI = "085861124790"


@dataclass
class Cable:
    """The backend behind a line that can be cut."""

    inside: object
    is_cut: bool = False

    def __getattr__(self, method: str) -> Any:
        found = getattr(self.inside, method)
        if not self.is_cut or not callable(found) or method == "close":
            return found

        def unreachable(*_arguments: object) -> None:
            raise Unreachable(Trouble.NO_CONNECTION, sent=False)

        return unreachable


@dataclass
class Cut:
    """A signed-in till of a shop that lets its tills take points on trust."""

    seat: Seat
    cable: Cable

    @property
    def counter(self) -> Counter:
        counter = self.seat.demo.program.counter
        assert counter is not None
        return counter

    def at_the_backend(self, statement: str) -> list[Any]:
        with closing(sqlite3.connect(self.seat.folder / BACKEND_FOLDER / DATABASE_FILE)) as database:
            rows = database.execute(statement).fetchall()
            database.commit()
        return rows


@pytest.fixture
def cut(qapp: QApplication, tmp_path: Path) -> Iterator[Cut]:
    cables: list[Cable] = []

    def change(ports: Ports) -> Ports:
        cables.append(Cable(ports.backend))
        return replace(ports, backend=cast("Any", cables[0]))

    seat = Seat(tmp_path / "demo", change_ports=change)
    made = Cut(seat, cables[0])
    settings = write(ShopSettings(offline_points_per_bill=5_000, offline_points_per_hour=9_000)).decode()
    made.at_the_backend(f"UPDATE shops SET settings = '{settings}'")  # noqa: S608 - our own words
    made.counter.sync.refresh(lambda _: None)
    seat.until(lambda: made.counter.sync.offline_points.per_bill == 5_000, "what the shop allows")
    seat.sign_in()
    yield made
    seat.leave()


def test_points_whose_code_cannot_be_sent_are_taken_on_a_manager_s_word(cut: Cut) -> None:
    seat, sheet, approval = cut.seat, cut.seat.window.redeem, cut.seat.window.approval
    seat.item("beras ramos")
    seat.customer(FITRI)
    seat.pay()
    cut.cable.is_cut = True
    seat.press("F8")
    seat.until(lambda: sheet.isVisible() and sheet.next.is_next, "points to redeem")
    seat.press("Return")
    seat.until(sheet.trust.isVisible, "a way without the line")
    assert seat.reads("It may have changed since, nobody can ask. No code can be sent, so a manager confirms it.")
    sheet.trust.click()
    seat.until(approval.isVisible, "a second person asked for")
    seat.type(HENDRA_PIN)
    seat.press("Return")
    seat.until(lambda: cut.counter.checkout.state is CheckoutState.PAYING, "points on trust")
    assert seat.reads("points are taken on trust")
    seat.press("Return")
    seat.saved()
    (saved,) = cut.counter.ports.journal.recent_receipts()
    (given,) = saved.redemptions
    assert (given.proof, bool(given.approver)) == ("", True)
    assert cut.counter.ports.journal.waiting_count()
    cut.cable.is_cut = False
    cut.counter.outbox.wake()
    seat.all_sent()
    assert cut.at_the_backend("SELECT state, captured, short, late FROM redemptions WHERE state = 'captured'") == [
        ("captured", given.points.units, 0, 1)
    ]
    assert cut.at_the_backend("SELECT kind, ref FROM reviews WHERE odd = 0") == [
        ("offline_approval", given.redemption_id)
    ]
