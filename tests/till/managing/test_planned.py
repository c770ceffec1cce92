import itertools
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.manager_backend import TODAY
from tests.till.managing.desk import WORDS, ManagerDesk
from tukar.domain.report import ReportKind
from tukar.till.managing.planned import DAYS_AT_MOST, LOOK_SECONDS, Office, Planned, due
from tukar.till.notices import Notice, Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.ports.reviewing import ExportPlan, SheetForm

YESTERDAY = TODAY - timedelta(days=1)
PLAN = ExportPlan("/figures", time(5), SheetForm.CSV, promotions=True, reports=(ReportKind.DAYS, ReportKind.TAXES))


@dataclass
class Diary:
    plan: ExportPlan = PLAN
    last: date | None = None
    marked: list[date] = field(default_factory=list)

    def load(self) -> ExportPlan:
        return self.plan

    def exported(self) -> date | None:
        return self.last

    def mark_exported(self, day: date) -> None:
        self.last = day
        self.marked.append(day)


class PlannedDesk:
    """The clock of the desk says 16:00 in Jakarta."""

    def __init__(self) -> None:
        self.desk = ManagerDesk()
        self.diary = Diary()
        self.told: list[Notice] = []
        office = Office(self.diary, self.desk.sheets, self.desk.clock, ZoneInfo("Asia/Jakarta"), lambda: WORDS)
        self.planned = Planned(
            session=self.desk.session, background=self.desk.timers, office=office, told=self.told.append
        )

    def names(self) -> list[str]:
        return sorted(path.as_posix() for path in self.desk.sheets.files)


@pytest.fixture
def office() -> PlannedDesk:
    office = PlannedDesk()
    office.desk.come_in()
    return office


def test_yesterday_is_written_as_soon_as_a_manager_is_there(office: PlannedDesk) -> None:
    office.planned.begin()
    assert office.names() == [
        "/figures/applied-promotions-2026-11-20.csv",
        "/figures/days-2026-11-20.csv",
        "/figures/taxes-2026-11-20.csv",
    ]
    rows = office.desk.sheets.files[Path("/figures/applied-promotions-2026-11-20.csv")]
    assert {row[0] for row in rows[1:]} == {YESTERDAY}
    assert office.diary.marked == [YESTERDAY]


def test_a_day_is_written_once_and_the_next_when_it_is_time(office: PlannedDesk) -> None:
    office.planned.begin()
    office.planned.begin()
    office.desk.timers.advance(3 * LOOK_SECONDS)
    assert office.diary.marked == [YESTERDAY]
    office.desk.timers.advance(13 * 3600)
    assert office.diary.marked == [YESTERDAY, TODAY]


def test_missed_days_are_caught_up_on(office: PlannedDesk) -> None:
    office.diary.last = TODAY - timedelta(days=4)
    office.planned.begin()
    assert office.diary.marked == [TODAY - timedelta(days=back) for back in (3, 2, 1)]


def test_nothing_is_written_without_a_folder(office: PlannedDesk) -> None:
    office.diary.plan = ExportPlan()
    office.planned.begin()
    assert (office.names(), office.diary.marked) == ([], [])


def test_a_disk_that_fails_is_told_and_tried_again(office: PlannedDesk) -> None:
    office.desk.sheets.trouble = DiskTrouble(DiskTroubleKind.FULL)
    office.planned.begin()
    assert [notice.say for notice in office.told] == [Say.DISK_FULL]
    assert office.diary.marked == []
    office.desk.sheets.trouble = None
    office.desk.timers.advance(LOOK_SECONDS)
    assert office.diary.marked == [YESTERDAY]


def test_it_ends_when_the_manager_leaves_and_begins_again_with_the_next(office: PlannedDesk) -> None:
    office.planned.begin()
    office.desk.room.leave()
    office.diary.last = None
    office.desk.timers.advance(3 * LOOK_SECONDS)
    assert office.diary.marked == [YESTERDAY]
    office.desk.come_in()
    office.planned.begin()
    assert office.diary.marked == [YESTERDAY, YESTERDAY]


@given(back=st.integers(-3, 400), today=st.dates(date(2020, 1, 1), date(2090, 1, 1)), is_time=st.booleans())
def test_no_day_is_left_out_and_none_that_is_not_over(back: int, today: date, *, is_time: bool) -> None:
    exported = today - timedelta(days=back)
    days = list(due(PLAN, today, exported, is_time=is_time))
    assert all(exported < day < today for day in days)
    assert len(days) <= DAYS_AT_MOST
    assert all(later - earlier == timedelta(days=1) for earlier, later in itertools.pairwise(days))
