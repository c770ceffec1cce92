"""The export that happens by itself: the figures of every day before, written once, as soon as a manager is there.

The backend shows figures to a manager only, so the export waits for one: it runs while their room is open, at the
planned time or as soon as they come in, and catches up on days that were missed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from tukar.domain.applied import PromotionFilter
from tukar.domain.report import ReportFilter
from tukar.till.background import Background
from tukar.till.managing.exporting import SheetWords, Source, table_of
from tukar.till.managing.session import Session
from tukar.till.notices import Notice
from tukar.till.ports import Clock
from tukar.till.ports.reviewing import ExportPlan, ManagerBackend, SheetFiles

DAYS_AT_MOST: Final = 31
"""So far back missed days are caught up on."""
LOOK_SECONDS: Final = 60.0


class PlannedDays(Protocol):
    """Where the plan lies, and which day was written last. Everything raises ``DiskTrouble``."""

    def load(self) -> ExportPlan: ...

    def exported(self) -> date | None: ...

    def mark_exported(self, day: date) -> None: ...


@dataclass(frozen=True, slots=True)
class Office:
    """What an export by itself works with."""

    days: PlannedDays
    files: SheetFiles
    clock: Clock
    zone: ZoneInfo
    words: Callable[[], SheetWords]


class Planned:
    """Looks once a minute whether a day is due. ``told`` hears what went wrong; the next look tries again."""

    def __init__(
        self, *, session: Session, background: Background, office: Office, told: Callable[[Notice], None]
    ) -> None:
        self._session = session
        self._background = background
        self._office = office
        self._told = told
        self._at_work = False
        self._looking = False

    def begin(self) -> None:
        """A manager is there."""
        if not self._looking:
            self._looking = True
            self._look()

    def _look(self) -> None:
        if self._session.manager is None:
            self._looking = False
            return
        if not self._at_work:
            self._at_work = True
            words = self._office.words()
            self._session.ask(lambda backend: self._write(backend, words), self._written, self._failed)
        self._background.after(LOOK_SECONDS, self._look)

    def _write(self, backend: ManagerBackend, words: SheetWords) -> int:
        """In the background: every day that is due, oldest first, each marked once it is whole."""
        office = self._office
        plan = office.days.load()
        now = office.clock.now().astimezone(office.zone)
        days = list(due(plan, now.date(), office.days.exported(), is_time=now.time() >= plan.at))
        for day in days:
            for name, source in _sources(backend, plan, day):
                headings, rows = table_of(backend, source, words, office.zone)
                path = Path(plan.folder) / f"{name}-{day.isoformat()}.{plan.form.value}"
                office.files.write(path, plan.form, headings, rows)
            office.days.mark_exported(day)
        return len(days)

    def _written(self, _days: int) -> None:
        self._at_work = False

    def _failed(self, notice: Notice) -> None:
        self._at_work = False
        self._told(notice)


def due(plan: ExportPlan, today: date, exported: date | None, *, is_time: bool) -> Iterator[date]:
    """The days to be written now: up to yesterday, or the day before while it is not time yet."""
    if not plan.is_on:
        return
    last = today - timedelta(days=1 if is_time else 2)
    first = last if exported is None else max(exported + timedelta(days=1), last - timedelta(days=DAYS_AT_MOST - 1))
    while first <= last:
        yield first
        first += timedelta(days=1)


def _sources(backend: ManagerBackend, plan: ExportPlan, day: date) -> Iterator[tuple[str, Source]]:
    if plan.promotions:
        yield "applied-promotions", PromotionFilter(first_day=day, last_day=day)
    for kind in plan.reports:
        yield kind.value, backend.report(kind, ReportFilter(day, day))
