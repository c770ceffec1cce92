"""Renders the manager's room in every state: python -m tests.ui.manager.pictures FOLDER [words …]."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from tests.fakes.manager_backend import MANAGER, PIN
from tests.ui.manager.room import ManagerRoom
from tests.ui.rendering import Opened, render
from tukar.domain.approval import LimitKind
from tukar.domain.oversight import Difference, DifferenceKind, DifferenceState, Repair
from tukar.domain.points import Points
from tukar.domain.report import ReportKind
from tukar.till.managing.filtering import Facet, SavedView, this_month
from tukar.till.managing.promotions import Measure
from tukar.till.managing.room import Page
from tukar.till.managing.spans import Span
from tukar.till.ports import Trouble, Unreachable
from tukar.ui.kit import Look
from tukar.ui.translations import Language


def door(room: ManagerRoom) -> None:
    room.who.door.knock(MANAGER.staff_id)
    room.screen.door.pin.type_digits("2468")


def wrong(room: ManagerRoom) -> None:
    door(room)
    room.screen.door.pin.type_digits("11")
    room.who.door.enter("246811")


def quiet(room: ManagerRoom) -> None:
    """Nobody asks for a word."""
    room.backend.asked.clear()
    room.come_in()


def promotions(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.choose(1)


def discount(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.measure(Measure.DISCOUNT)


def points(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.measure(Measure.POINTS)


def top(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.measure(Measure.RULES)
    room.who.pages.promotions.only_rule("points-off")


def narrowed(room: ManagerRoom) -> None:
    """Everything narrows, and the line is down."""
    quiet(room)
    one = room.who.pages.promotions
    one.pick_span(Span.LAST_7)
    one.choose(1)
    one.only_customer()
    for facet in (Facet.TILL, Facet.CASHIER, Facet.SALESPERSON):
        one.pick(facet)
        one.take(2)
    room.backend.trouble = Unreachable(Trouble.NO_CONNECTION)
    room.background.advance(2)


def nothing(room: ManagerRoom) -> None:
    room.backend.cases.clear()
    quiet(room)
    room.who.pages.promotions.search("Raden Ajeng")


def request(room: ManagerRoom) -> None:
    room.come_in()
    room.background.advance(18)


def beyond(room: ManagerRoom) -> None:
    first = room.backend.asked[0]
    room.backend.asked[:] = [replace(first, beyond=LimitKind.PERCENT), replace(first, request_id="ask-2")]
    room.come_in()


def answer(room: ManagerRoom) -> None:
    room.come_in()
    room.who.pages.requests.begin(give=True)
    room.screen.request.pin.type_digits("24681")


def answered(room: ManagerRoom) -> None:
    answer(room)
    room.who.pages.requests.enter(PIN)


def pick(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.pick(Facet.STATE)
    room.who.pages.promotions.walk(3)


def days(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.pick_days()


def views(room: ManagerRoom) -> None:
    quiet(room)
    today = room.backend.choices().today
    month = this_month(today)
    room.shelf.views = (SavedView("Lost to a fault", month), SavedView("Sari, this month", month))
    room.who.pages.promotions.open_views()


def no_views(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.open_views()


def bill(room: ManagerRoom) -> None:
    quiet(room)
    room.who.pages.promotions.look(1)


def export(room: ManagerRoom) -> None:
    quiet(room)
    room.screen.export_requested.emit()
    room.who.exporting.start()


def reviews(room: ManagerRoom) -> None:
    quiet(room)
    room.who.room.turn_to(Page.REVIEWS)
    room.who.pages.reviews.type_note("Asked Sari: the phone was out of reach")
    room.who.pages.reviews.keep_note()
    room.who.pages.reviews.type_note("She shows me tomorrow")


def all_reviewed(room: ManagerRoom) -> None:
    room.backend.cases.clear()
    quiet(room)
    room.who.room.turn_to(Page.REVIEWS)


def differences(room: ManagerRoom) -> None:
    quiet(room)
    room.who.room.turn_to(Page.RECONCILING)


def unfinished(room: ManagerRoom) -> None:
    """A return that a till agreed to and never ended."""
    room.backend.differing.append(
        Difference(
            "refund_left.r-1", DifferenceKind.REFUND_LEFT, Repair.GIVE_UP_REFUND, DifferenceState.OPEN, "r-1",
            bill_id="bill-9", number="TOKO1-2-1-309", till_id="2", member_id="m-1", customer_name="Dewi Lestari",
            masked_mobile="…5678",
        )
    )  # fmt: skip
    differences(room)
    room.who.pages.reconciling.choose(2)


def forgotten(room: ManagerRoom) -> None:
    """A reservation that ran out long ago."""
    room.backend.differing.append(
        Difference(
            "hold_left.h-1", DifferenceKind.HOLD_LEFT, Repair.RELEASE_HOLD, DifferenceState.OPEN, "h-1",
            Points(0), Points(150), "points", bill_id="bill-9", till_id="2", member_id="m-1",
            customer_name="Dewi Lestari", masked_mobile="…5678",
        )
    )  # fmt: skip
    differences(room)
    room.who.pages.reconciling.choose(2)


def repaired(room: ManagerRoom) -> None:
    differences(room)
    room.who.pages.reconciling.repair()


def adds_up(room: ManagerRoom) -> None:
    room.backend.differing.clear()
    differences(room)


def _report(room: ManagerRoom, kind: ReportKind) -> None:
    quiet(room)
    room.who.room.turn_to(Page.REPORTS)
    room.who.pages.reports.choose_kind(kind)


def reports(room: ManagerRoom) -> None:
    _report(room, ReportKind.DAYS)


def shifts(room: ManagerRoom) -> None:
    _report(room, ReportKind.SHIFTS)


def rules(room: ManagerRoom) -> None:
    _report(room, ReportKind.PROMOTIONS)


def plan(room: ManagerRoom) -> None:
    _report(room, ReportKind.TAXES)
    room.who.pages.reports.open_plan()
    room.who.pages.reports.type_folder("/srv/figures")
    room.who.pages.reports.type_hour("29:00")
    room.who.pages.reports.keep_plan()


STATES: dict[str, Callable[[ManagerRoom], None]] = {
    state.__name__: state
    for state in (
        door, wrong, promotions, discount, points, top, narrowed, nothing, request, beyond, answer, answered, pick,
        days, views, no_views, bill, export, reviews, all_reviewed, differences, unfinished, forgotten, repaired,
        adds_up, reports, shifts, rules, plan,
    )
}  # fmt: skip


def opened(state: Callable[[ManagerRoom], None]) -> Opened:
    """The manager's room in that state."""

    def open_it(look: Look, language: Language, size: tuple[int, int]) -> QWidget:
        room = ManagerRoom(look, language)
        room.screen.resize(*size)
        room.screen.show()
        state(room)
        return room.screen

    return open_it


SCREENS: Final = {name: opened(state) for name, state in STATES.items()}

if __name__ == "__main__":
    render(SCREENS, Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"), sys.argv[2:])
