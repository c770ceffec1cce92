"""The manager's room, furnished when it is first opened: in the till's own window, or in a window of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tukar.bootstrap.late_backend import late_manager
from tukar.domain.people import StaffMember
from tukar.local.disk import disk_troubles
from tukar.local.paths import papers_folder
from tukar.resources import find_resources
from tukar.till.background import Background
from tukar.till.ports import Clock, Ids, ShopProfile
from tukar.till.ports.reviewing import ManagerBackend
from tukar.ui.kit import Look, read_tokens
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.translations import Language

if TYPE_CHECKING:
    from tukar.bootstrap.counter import Counter
    from tukar.local.manager_shelf import PlanFile
    from tukar.till.managing.room import Pages, Room
    from tukar.till.managing.session import Session
    from tukar.ui.main_window import MainWindow
    from tukar.ui.manager.desk import RoomPresenters
    from tukar.ui.manager.screen import ManagerScreen

ROWS_ON_PAPER: Final = 2_000


@dataclass(frozen=True, slots=True)
class Premises:
    """What a manager's room stands on. ``folder`` keeps saved views and the plan; ``staff`` who may come in."""

    look: Look
    language: Language
    background: Background
    clock: Clock
    ids: Ids
    shop: ShopProfile
    folder: Path
    backend: ManagerBackend
    staff: Callable[[], Sequence[StaffMember]]
    papers: Callable[[], Path] = papers_folder

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.shop.time_zone)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the keys of the room lead outside it."""

    leave: Callable[[], None]
    lock: Callable[[], None]
    full_screen: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ManagersRoom:
    """A furnished room: its screen, who works behind it, and the conversation with the backend."""

    screen: "ManagerScreen"
    who: "RoomPresenters"
    session: "Session"


def furnish(premises: Premises, ways: Ways, *, stands_alone: bool) -> ManagersRoom:
    """Makes the room with nobody in it. Nothing here blocks; its modules are loaded now and not before."""
    from tukar.till.managing.session import Session
    from tukar.ui.manager.desk import join
    from tukar.ui.manager.screen import ManagerScreen
    from tukar.ui.receipt_rows import Names
    from tukar.ui.receipt_view import drawing

    def names() -> Names:
        return Names(tells_approver=True, staff={member.staff_id: member.name for member in premises.staff()})

    printing = ReceiptPrinting(read_tokens(find_resources() / "styles" / "tokens.json"), premises.language)
    screen = ManagerScreen(
        premises.look,
        premises.language,
        time_zone=premises.zone,
        draw_receipt=drawing(printing, premises.language, premises.shop, names=names),
        stands_alone=stands_alone,
    )
    session = Session(premises.backend, premises.background)
    who = _presenters(premises, ways, screen, session)
    join(screen, who)
    return ManagersRoom(screen, who, session)


class TillRoom:
    """The room in the till's own window: furnished when it is first opened, left when the till is locked.

    ``connect`` makes the manager's way to the backend; it is called in the background, at the first question.
    """

    def __init__(
        self,
        window: "MainWindow",
        counter: "Counter",
        look: Look,
        language: Language,
        folder: Path,
        connect: Callable[[], ManagerBackend],
    ) -> None:
        self._window = window
        self._counter = counter
        self._look = look
        self._language = language
        self._folder = folder
        self._backend = late_manager(connect)
        self.room: ManagersRoom | None = None

    def open(self) -> None:
        """Shows the room and asks for a manager's PIN; whoever is at the till stands first."""
        window, counter = self._window, self._counter
        if self.room is None:
            ways = Ways(window.leave_room, counter.staffing.lock, window.toggle_full_screen)
            self.room = furnish(self._premises(), ways, stands_alone=False)
            window.room_left.connect(self.room.who.room.leave)
        window.enter_room(self.room.screen)
        cashier = counter.staffing.model.cashier
        self.room.who.door.knock(cashier.staff_id if cashier is not None else "")

    def close(self) -> None:
        """Closes the sockets, so that no thread waits in them."""
        self._backend.close()

    def _premises(self) -> Premises:
        ports = self._counter.ports
        return Premises(
            self._look,
            self._language,
            ports.background,
            ports.clock,
            ports.ids,
            self._counter.profile,
            self._folder,
            self._backend,
            lambda: self._counter.staffing.model.staff,
        )


def _pages(premises: Premises, screen: "ManagerScreen", session: "Session", plans: "PlanFile") -> "Pages":
    from tukar.local.manager_shelf import ViewsFile
    from tukar.till.managing.promotions import Promotions
    from tukar.till.managing.reconciling import Reconciling
    from tukar.till.managing.reports import Reports
    from tukar.till.managing.requests import Requests
    from tukar.till.managing.reviews import Reviews
    from tukar.till.managing.room import Pages

    background = premises.background
    return Pages(
        Promotions(view=screen, session=session, views=ViewsFile(premises.folder), background=background),
        Reviews(view=screen, session=session, ids=premises.ids),
        Reconciling(view=screen, session=session),
        Reports(view=screen, session=session, background=background, plans=plans),
        Requests(view=screen, session=session, background=background, clock=premises.clock),
    )


def _presenters(premises: Premises, ways: Ways, screen: "ManagerScreen", session: "Session") -> "RoomPresenters":
    from tukar.local.manager_shelf import PlanFile
    from tukar.local.sheets import SheetFolder
    from tukar.till.managing.door import Door
    from tukar.till.managing.exporting import Exporting
    from tukar.till.managing.planned import Office, Planned
    from tukar.till.managing.room import Room
    from tukar.ui.manager.desk import RoomPresenters
    from tukar.ui.wording.managing import sheet_words

    background, files, plans = premises.background, SheetFolder(), PlanFile(premises.folder)
    pages = _pages(premises, screen, session, plans)
    room = Room(view=screen, session=session, background=background, pages=pages)
    office = Office(plans, files, premises.clock, premises.zone, lambda: sheet_words(premises.language))
    planned = Planned(session=session, background=background, office=office, told=pages.reports.tell)

    def came_in(manager: StaffMember) -> None:
        room.enter(manager)
        planned.begin()

    def leave(then: Callable[[], None]) -> None:
        room.leave()
        then()

    return RoomPresenters(
        door=Door(
            view=screen.door,
            session=session,
            staff=premises.staff,
            came_in=came_in,
            turned_away=lambda: leave(ways.leave),
        ),
        room=room,
        pages=pages,
        exporting=Exporting(
            view=screen.export,
            session=session,
            background=background,
            files=files,
            folder=premises.papers,
            clock=premises.clock,
            zone=premises.zone,
            words=office.words,
        ),
        leave=lambda: leave(ways.leave),
        lock=lambda: leave(ways.lock),
        full_screen=ways.full_screen,
        print=_printing(premises, screen, pages, room),
    )


def _printing(premises: Premises, screen: "ManagerScreen", pages: "Pages", room: "Room") -> Callable[[], None]:
    """What F10 does: the page in front on the office printer, or as a PDF where there is none."""
    from tukar.till.managing.room import Page
    from tukar.till.managing.session import told
    from tukar.till.notices import Notice, Say
    from tukar.ui.manager.paper import TablePaper

    paper = TablePaper(read_tokens(find_resources() / "styles" / "tokens.json").families)

    def put_on_paper() -> None:
        page = room.model.page
        presenter = pages.reports if page is Page.REPORTS else pages.promotions
        sheet = screen.on_paper(page, ROWS_ON_PAPER)
        now = premises.clock.now().astimezone(premises.zone)
        file = premises.papers() / f"tukar-{page.value}-{now:%Y-%m-%d-%H%M%S}.pdf"

        def write() -> str:
            with disk_troubles(file):
                return paper.print(sheet, file)

        def printed(printer: str) -> None:
            printed_on = Notice(Say.SHEET_PRINTED, text=printer)
            presenter.tell(printed_on if printer else Notice(Say.SHEET_AS_PDF, text=str(file)))

        premises.background.run(write, printed, lambda trouble: presenter.tell(told(trouble)))

    return put_on_paper
