"""Which page of the manager's room is in front, what waits on the others, and the pulse that keeps them fresh."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from tukar.domain.people import Action, Right, StaffMember
from tukar.till.background import Background
from tukar.till.managing.promotions import Promotions
from tukar.till.managing.reconciling import Reconciling
from tukar.till.managing.reports import Reports
from tukar.till.managing.requests import Requests
from tukar.till.managing.reviews import Reviews
from tukar.till.managing.session import Session

PULSE_SECONDS: Final = 1.5
"""What a till applied or asks for is seen within two seconds."""
SLOW_PULSES: Final = 20
"""So many pulses pass between two counts of what waits to be reviewed."""
DAY_PULSES: Final = 400
"""So many pulses pass, some ten minutes, before the promotions ask whether a new day has begun."""


class Page(StrEnum):
    """The pages, in the order of their keys."""

    PROMOTIONS = "promotions"
    REVIEWS = "reviews"
    RECONCILING = "reconciling"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class RoomModel:
    """``manager`` is None while nobody is in the room."""

    page: Page = Page.PROMOTIONS
    manager: StaffMember | None = None

    @property
    def may_resolve(self) -> bool:
        """Whether who is in the room may decide and put right; who only sees reports reads."""
        return self.manager is not None and self.manager.right(Action.RESOLVE_REVIEW) is Right.ALLOWED


class RoomView(Protocol):
    """The room as a whole."""

    def show_room(self, model: RoomModel) -> None: ...


@dataclass(frozen=True, slots=True)
class Pages:
    """Who works on each page, and on what lies over them."""

    promotions: Promotions
    reviews: Reviews
    reconciling: Reconciling
    reports: Reports
    requests: Requests

    def opens(self) -> Mapping[Page, "Promotions | Reviews | Reconciling | Reports"]:
        return {
            Page.PROMOTIONS: self.promotions,
            Page.REVIEWS: self.reviews,
            Page.RECONCILING: self.reconciling,
            Page.REPORTS: self.reports,
        }


class Room:
    """Brings pages to the front and asks again what may have changed, as long as a manager is there."""

    def __init__(self, *, view: RoomView, session: Session, background: Background, pages: Pages) -> None:
        self._view = view
        self._session = session
        self._background = background
        self._pages = pages
        self._pulses = 0
        self._beating = False
        self._model = RoomModel()

    @property
    def model(self) -> RoomModel:
        return self._model

    def enter(self, manager: StaffMember) -> None:
        """A manager came through the door."""
        self._pulses = 0
        self._show(RoomModel(manager=manager))
        self._pages.promotions.open()
        if not self._beating:
            self._beating = True
            self._beat()

    def turn_to(self, page: Page) -> None:
        if self._model.manager is not None:
            self._show(replace(self._model, page=page))
            self._pages.opens()[page].open()

    def leave(self) -> None:
        """Back to the till; the session ends."""
        self._show(RoomModel())
        self._pages.requests.forget()
        self._session.end()

    def _beat(self) -> None:
        if self._model.manager is None:
            self._beating = False
            return
        if self._session.manager is not None:
            self._pages.requests.refresh()
            if self._model.page is Page.PROMOTIONS:
                self._pages.promotions.refresh()
                if self._pulses % DAY_PULSES == DAY_PULSES - 1:
                    self._pages.promotions.follow_day()
            if self._pulses % SLOW_PULSES == 0:
                self._pages.reviews.refresh()
            self._pulses += 1
        self._background.after(PULSE_SECONDS, self._beat)

    def _show(self, model: RoomModel) -> None:
        self._model = model
        self._view.show_room(model)
