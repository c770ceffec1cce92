"""The manager's room from the till: opened by F1 and a PIN, a bill sold a moment ago in it, left by the lock."""

from pathlib import Path

import pytest

from tests.journeys.seat import Seat
from tukar.bootstrap.managing import ManagersRoom
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


def sell(seat: Seat) -> None:
    """To a member, so that points are earned."""
    seat.customer(MOBILE)
    seat.item("beras ramos")
    seat.pay()
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
