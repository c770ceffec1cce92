"""A manager's room over the fake backend: every presenter, views that remember, nothing that waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.manager_backend import MANAGER, PIN, FakeManagerBackend
from tukar.domain.applied import PromotionOutcome
from tukar.domain.people import Role, StaffMember
from tukar.till.managing.door import Door, DoorModel
from tukar.till.managing.exporting import Exporting, ExportModel, SheetWords
from tukar.till.managing.filtering import SavedView
from tukar.till.managing.promotions import Promotions, PromotionsModel
from tukar.till.managing.reconciling import Reconciling, ReconcilingModel
from tukar.till.managing.reports import Reports, ReportsModel
from tukar.till.managing.requests import Requests, RequestsModel
from tukar.till.managing.reviews import Reviews, ReviewsModel
from tukar.till.managing.room import Pages, Room, RoomModel
from tukar.till.managing.session import Session
from tukar.till.ports import DiskTrouble
from tukar.till.ports.reviewing import ExportPlan, Plain, SheetForm

SARI = StaffMember("sari", "Sari Wulandari", Role.CASHIER)
SUPERVISOR = StaffMember("bagus", "Bagus Hidayat", Role.SUPERVISOR)
WORDS = SheetWords(
    promotions=tuple(f"column {number}" for number in range(15)),
    outcomes={outcome: outcome.value for outcome in PromotionOutcome},
    columns={"day": "Day", "sales": "Sales"},
    language="id",
)


@dataclass
class FakeSheets:
    """``ports.reviewing.SheetFiles`` that keeps the rows; ``every`` row calls ``between``."""

    trouble: DiskTrouble | None = None
    files: dict[Path, list[Sequence[Plain]]] = field(default_factory=dict)

    def write(self, path: Path, form: SheetForm, headings: Sequence[str], rows: Iterable[Sequence[Plain]]) -> int:
        if self.trouble is not None:
            raise self.trouble
        taken = [headings, *rows]
        self.files[path] = taken
        return len(taken) - 1


@dataclass
class Shelf:
    """Saved views and the plan, in memory."""

    views: tuple[SavedView, ...] = ()
    plan: ExportPlan = field(default_factory=ExportPlan)
    trouble: DiskTrouble | None = None

    def check(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class ViewShelf:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def load(self) -> tuple[SavedView, ...]:
        self._shelf.check()
        return self._shelf.views

    def save(self, views: Sequence[SavedView]) -> None:
        self._shelf.check()
        self._shelf.views = tuple(views)


class PlanShelf:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def load(self) -> ExportPlan:
        self._shelf.check()
        return self._shelf.plan

    def save(self, plan: ExportPlan) -> None:
        self._shelf.check()
        self._shelf.plan = plan


class Views:
    """All views of the room in one; each attribute is the model shown last."""

    def __init__(self) -> None:
        self.door = DoorModel()
        self.room = RoomModel()
        self.promotions = PromotionsModel()
        self.export = ExportModel()
        self.exports: list[ExportModel] = []
        self.requests = RequestsModel()
        self.reviews = ReviewsModel()
        self.reconciling = ReconcilingModel()
        self.reports = ReportsModel()

    def show_door(self, model: DoorModel) -> None:
        self.door = model

    def show_room(self, model: RoomModel) -> None:
        self.room = model

    def show_promotions(self, model: PromotionsModel) -> None:
        self.promotions = model

    def show_export(self, model: ExportModel) -> None:
        self.export = model
        self.exports.append(model)

    def show_requests(self, model: RequestsModel) -> None:
        self.requests = model

    def show_reviews(self, model: ReviewsModel) -> None:
        self.reviews = model

    def show_reconciling(self, model: ReconcilingModel) -> None:
        self.reconciling = model

    def show_reports(self, model: ReportsModel) -> None:
        self.reports = model


class ManagerDesk:
    """``stepped`` lets a test hold answers back."""

    def __init__(self, *, stepped: bool = False) -> None:
        self.clock = FakeClock()
        self.steps = SteppedBackground(self.clock)
        self.timers = self.steps if stepped else ImmediateBackground(self.clock)
        self.backend = FakeManagerBackend()
        self.views, self.shelf, self.sheets = Views(), Shelf(), FakeSheets()
        self.plans: list[ExportPlan] = []
        self.turned_away = 0
        background, views = self.timers, self.views
        self.session = Session(self.backend, background)
        session = self.session
        self.promotions = Promotions(view=views, session=session, views=ViewShelf(self.shelf), background=background)
        self.requests = Requests(view=views, session=session, background=background, clock=self.clock)
        self.reviews = Reviews(view=views, session=session, ids=FakeIds("note"))
        self.reconciling = Reconciling(view=views, session=session)
        self.reports = Reports(
            view=views,
            session=session,
            background=background,
            plans=PlanShelf(self.shelf),
            plan_changed=self.plans.append,
        )
        self.exporting = Exporting(
            view=views,
            session=session,
            background=background,
            files=self.sheets,
            folder=lambda: Path("exports"),
            clock=self.clock,
            zone=ZoneInfo("Asia/Jakarta"),
            words=lambda: WORDS,
        )
        pages = Pages(self.promotions, self.reviews, self.reconciling, self.reports, self.requests)
        self.room = Room(view=views, session=session, background=background, pages=pages)
        self.door = Door(
            view=views,
            session=session,
            staff=lambda: (SARI, SUPERVISOR, MANAGER),
            came_in=self.room.enter,
            turned_away=self._turned_away,
        )

    def come_in(self) -> "ManagerDesk":
        """The manager is in the room, and everything asked for has come."""
        self.door.knock(MANAGER.staff_id)
        self.door.enter(PIN)
        self.steps.run_all()
        return self

    def _turned_away(self) -> None:
        self.turned_away += 1
