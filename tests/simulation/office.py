"""The machine in the manager's office: the program's own room over remembering screens, life after life.

A life ends when the manager goes home, or at any request; what the machine keeps on its disk is there in the next one.
``office_plays`` says what a manager does there.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tests.simulation import shop
from tests.simulation.background import SimulatedBackground, Unhurried
from tests.simulation.clock import MachineClock
from tests.simulation.managers_room import CountedIds
from tests.simulation.net import Line, SimulatedHttp
from tests.simulation.office_play import AT_ONCE, Script
from tests.simulation.office_plays import OfficePlays
from tests.simulation.others import Caller
from tests.simulation.server import SimulatedServer
from tests.simulation.world import World
from tests.till.managing.desk import WORDS, FakeSheets, PlanShelf, Shelf, Views, ViewShelf
from tukar.domain.applied import PAGE_RECORDS, PromotionFilter, PromotionPage
from tukar.domain.approval import ApprovalRequest, ApprovalSubject
from tukar.domain.people import StaffMember
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.manager import TukarApprovals, TukarManagerBackend
from tukar.till.managing.door import Door
from tukar.till.managing.exporting import Exporting
from tukar.till.managing.planned import Office, Planned
from tukar.till.managing.promotions import Promotions
from tukar.till.managing.reconciling import Reconciling
from tukar.till.managing.reports import Reports
from tukar.till.managing.requests import Requests
from tukar.till.managing.reviews import Reviews
from tukar.till.managing.room import Pages, Room
from tukar.till.managing.session import Session

if TYPE_CHECKING:
    from tukar.till.notices import Notice

TILL: Final = "6"
"""The machine is enrolled as a till that never sells."""
A_SCREEN: Final = 4
"""So many records come at once: the day is short, and its records are to fill several pages."""
COMES_AT: Final = 14.0
BACK_AFTER: Final = 30.0
LOOKS_EVERY: Final = 1.0
LOOKS_AT_MOST: Final = 60
A_VISIT: Final = 9_000.0
NEXT_MORNING: Final = timedelta(days=1).total_seconds()


class SmallPages(TukarManagerBackend):
    """The connector's own backend, asked for a few records at a time; ``first_pages`` counts the lists begun anew."""

    first_pages = 0

    def promotions(self, wanted: PromotionFilter, page: str = "", limit: int = PAGE_RECORDS) -> PromotionPage:
        self.first_pages += not page
        return super().promotions(wanted, page, min(limit, A_SCREEN))


class Calendar(PlanShelf):
    """``planned.PlannedDays`` on the disk of the office; ``marked`` are the days in the order of their writing."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self.marked: list[date] = []

    def exported(self) -> date | None:
        return max(self.marked, default=None)

    def mark_exported(self, day: date) -> None:
        self.marked.append(day)


class CashierElsewhere:
    """``world.Process``: somebody at another till who needs a manager's word; ``heard`` is the last they know of it."""

    def __init__(self, office: "ManagersOffice", request_id: str) -> None:
        self.name = "asking-till"
        self.alive = True
        self.request_id = request_id
        self.heard: ApprovalRequest | None = None
        self._background = SimulatedBackground(office.world, self)
        http = SimulatedHttp(office.line, self, TillIdentity(lambda: office.token))
        self._approvals = TukarApprovals(http, shop.CURRENCY, office.wait)

    def die(self, how: str) -> None:
        self.alive = False

    def ask(self, subject: ApprovalSubject) -> None:
        self._run(lambda: self._approvals.ask(self.request_id, shop.CASHIER.staff_id, subject))

    def look(self) -> None:
        self._run(lambda: self._approvals.look(self.request_id))

    def withdraw(self) -> None:
        self._run(lambda: self._approvals.withdraw(self.request_id))

    def _run(self, call: Callable[[], ApprovalRequest]) -> None:
        def told(request: ApprovalRequest) -> None:
            self.heard = request

        self._background.run(call, told, lambda _trouble: None)


class OfficeLife:
    """``world.Process``: one run of the program, its presenters joined as ``bootstrap.managing`` joins them."""

    def __init__(self, office: "ManagersOffice", number: int) -> None:
        self.name = "office"
        self.alive = True
        self.office = office
        self.number = number
        self.told: list[Notice] = []
        self.background = SimulatedBackground(office.world, self)
        self._slowly = Unhurried(self.background)
        http = SimulatedHttp(office.line, self, TillIdentity(lambda: office.token))
        self._ids = CountedIds(f"office-{number}")
        self.backend = SmallPages(http, self._ids, office.wait)
        self.session = Session(self.backend, self.background)
        self.views = Views()
        self._furnish()

    def die(self, how: str) -> None:
        """The program ends in the middle of something; the manager starts it again."""
        self.alive = False
        self.office.died()

    def _furnish(self) -> None:
        views, session, office = self.views, self.session, self.office
        zone = ZoneInfo(shop.ZONE)
        self.promotions = Promotions(
            view=views, session=session, views=ViewShelf(office.shelf), background=self._slowly
        )
        self.requests = Requests(view=views, session=session, background=self._slowly, clock=office.clock)
        self.reviews = Reviews(view=views, session=session, ids=self._ids)
        self.reconciling = Reconciling(view=views, session=session)
        self.reports = Reports(view=views, session=session, background=self._slowly, plans=office.calendar)
        self.exporting = Exporting(
            view=views, session=session, background=self.background, files=office.sheets,
            folder=lambda: Path("papers"), clock=office.clock, zone=zone, words=lambda: WORDS,
        )  # fmt: skip
        pages = Pages(self.promotions, self.reviews, self.reconciling, self.reports, self.requests)
        self.room = Room(view=views, session=session, background=self._slowly, pages=pages)
        desk = Office(office.calendar, office.sheets, office.clock, zone, lambda: WORDS)
        self.planned = Planned(session=session, background=self._slowly, office=desk, told=self.told.append)
        self.door = Door(
            view=views,
            session=session,
            staff=lambda: (shop.CASHIER, shop.MANAGER),
            came_in=self._came_in,
            turned_away=self.room.leave,
        )

    def _came_in(self, manager: StaffMember) -> None:
        self.room.enter(manager)
        self.planned.begin()


class ManagersOffice:
    """The machine, the disk in it, and the manager's way through a day. ``violated`` is told what does not hold."""

    def __init__(self, world: World, server: SimulatedServer, violated: Callable[[str], None]) -> None:
        self.world = world
        self.server = server
        self.violated = violated
        self.clock = MachineClock("office", world.time)
        self.clock.jump((server.clock.now() - self.clock.now()).total_seconds())
        self.line = Line(world, "office", server)
        self.line.chance = 0.04
        self.token = server.tokens[TILL]
        self.shelf, self.sheets = Shelf(), FakeSheets()
        self.calendar = Calendar(self.shelf)
        self.other_window = Caller(world, "office-other", server, self.token)
        self.cashiers: list[CashierElsewhere] = []
        self.life: OfficeLife | None = None
        self._operator_comes = bool(world.choices.pick("office.operator", 0, ((1, 0.35),)))
        self._lives = 0
        self._script: Script = iter(())
        self._is_over = False

    def start(self) -> None:
        """The manager comes in some time after the shop has opened."""
        self.world.after(COMES_AT, lambda: self._live(OfficePlays.day))

    def wait(self, seconds: float) -> None:
        self.world.wait(lambda: False, seconds)

    def died(self) -> None:
        self.world.after(BACK_AFTER, lambda: self._live(OfficePlays.day))

    def closing_visit(self, dishonest: Collection[str]) -> Iterator[str]:
        """All is quiet: the next morning the manager looks whether yesterday adds up; what does not.

        Of the bills of a day some may be ``dishonest``: made up by a till that cheats.
        """
        if self._operator_comes:
            from tests.simulation import operators_desk, rules_trial

            yield from rules_trial.found(self.server, dishonest)
            yield from operators_desk.found(self.server)
        found: list[str] = []
        if self.life is not None and self.life.alive:
            yield from OfficePlays(self.life, self).left_over()
        self._end()
        self.violated = found.append
        self.line.chance = 0.0
        self.shelf.trouble = self.sheets.trouble = None
        self.clock.jump(NEXT_MORNING)
        self._is_over = False
        self._live(OfficePlays.next_morning, is_day=False)
        if not self.world.wait(lambda: self._is_over, A_VISIT):
            yield f"I8 the manager's room never came to its end: {self.life and self.life.views}"
        yield from found

    def _live(self, plays: Callable[[OfficePlays], Script], *, is_day: bool = True) -> None:
        """The program is started, and the manager does what there is to do."""
        if is_day and self.world.healed:
            return
        self._lives += 1
        self.life = life = OfficeLife(self, self._lives)
        self._script = plays(OfficePlays(life, self))
        self._step(life, is_day=is_day)

    def _end(self) -> None:
        """The window is closed in whatever it was doing."""
        if self.life is not None:
            self.life.alive = False
            self.life = None

    def _step(self, life: OfficeLife, *, is_day: bool) -> None:
        """The next touch, once what was asked before is answered or nobody waits for it any more."""
        if not life.alive:
            return
        if is_day and self.world.healed:
            life.room.leave()
            return
        pause = next(self._script, None)
        if pause is None:
            self._is_over = True
            life.alive = False
            return
        if pause <= AT_ONCE:
            self.world.after(pause, lambda: self._step(life, is_day=is_day))
            return
        looks = LOOKS_AT_MOST

        def look() -> None:
            nonlocal looks
            looks -= 1
            if life.alive and life.background.busy and looks:
                self.world.after(LOOKS_EVERY, look)
            else:
                self._step(life, is_day=is_day)

        self.world.after(max(pause, LOOKS_EVERY), look)
