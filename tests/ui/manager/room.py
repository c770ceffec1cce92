"""The manager's screen over its real presenters and the fake backend, nothing waiting."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtGui import QImage

from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.manager_backend import MANAGER, PIN, FakeManagerBackend
from tests.till.managing.desk import SARI, SUPERVISOR, FakeSheets, PlanShelf, Shelf, ViewShelf
from tests.ui.till_samples import SHOP
from tukar.resources import find_resources
from tukar.till.managing.door import Door
from tukar.till.managing.exporting import Exporting
from tukar.till.managing.promotions import Promotions
from tukar.till.managing.reconciling import Reconciling
from tukar.till.managing.reports import Reports
from tukar.till.managing.requests import Requests
from tukar.till.managing.reviews import Reviews
from tukar.till.managing.room import Pages, Room
from tukar.till.managing.session import Session
from tukar.till.receipt_screen import ReceiptModel
from tukar.ui.kit import Look, read_tokens
from tukar.ui.manager.desk import RoomPresenters, join
from tukar.ui.manager.screen import ManagerScreen
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import Paper, text_of
from tukar.ui.translations import Language
from tukar.ui.wording import managing

ZONE = ZoneInfo("Asia/Jakarta")


class ManagerRoom:
    """``who`` are the presenters, ``asked`` what the window was asked for."""

    def __init__(self, look: Look, language: Language, *, stands_alone: bool = False) -> None:
        self.clock = FakeClock()
        self.background = ImmediateBackground(self.clock)
        self.backend = FakeManagerBackend()
        self.shelf, self.sheets = Shelf(), FakeSheets()
        self.asked: list[str] = []
        printing = ReceiptPrinting(read_tokens(find_resources() / "styles" / "tokens.json"), language)

        def draw(model: ReceiptModel) -> tuple[QImage, str]:
            assert model.receipt is not None
            paper = Paper(model.receipt, SHOP)
            return printing.image(paper), text_of(paper, language)

        self.screen = screen = ManagerScreen(
            look, language, time_zone=ZONE, draw_receipt=draw, stands_alone=stands_alone
        )
        background = self.background
        self.session = session = Session(self.backend, background)
        pages = Pages(
            Promotions(view=screen, session=session, views=ViewShelf(self.shelf), background=background),
            Reviews(view=screen, session=session, ids=FakeIds("note")),
            Reconciling(view=screen, session=session),
            Reports(view=screen, session=session, background=background, plans=PlanShelf(self.shelf)),
            Requests(view=screen, session=session, background=background, clock=self.clock),
        )
        room = Room(view=screen, session=session, background=background, pages=pages)
        self.who = RoomPresenters(
            door=Door(
                view=screen.door,
                session=session,
                staff=lambda: (SARI, SUPERVISOR, MANAGER),
                came_in=room.enter,
                turned_away=lambda: self.asked.append("turned away"),
            ),
            room=room,
            pages=pages,
            exporting=Exporting(
                view=screen.export,
                session=session,
                background=background,
                files=self.sheets,
                folder=lambda: Path("/home/hendra/Documents"),
                clock=self.clock,
                zone=ZONE,
                words=lambda: managing.sheet_words(language),
            ),
            leave=lambda: self.asked.append("leave"),
            lock=lambda: self.asked.append("lock"),
            full_screen=lambda: self.asked.append("full screen"),
            print=lambda: self.asked.append("print"),
        )
        join(screen, self.who)

    def come_in(self) -> "ManagerRoom":
        """The manager typed their PIN."""
        self.who.door.knock(MANAGER.staff_id)
        self.who.door.enter(PIN)
        return self
