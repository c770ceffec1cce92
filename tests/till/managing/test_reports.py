from datetime import date, time

import pytest

from tests.fakes.manager_backend import TODAY
from tests.till.managing.desk import ManagerDesk
from tukar.domain.report import ReportKind
from tukar.till.managing.reports import hour_of
from tukar.till.managing.room import Page
from tukar.till.managing.spans import Span
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.ports.reviewing import ExportPlan, SheetForm


@pytest.fixture
def desk() -> ManagerDesk:
    desk = ManagerDesk().come_in()
    desk.room.turn_to(Page.REPORTS)
    return desk


def said(desk: ManagerDesk) -> Say | None:
    notice = desk.views.reports.notice
    return None if notice is None else notice.say


def is_wrong(desk: ManagerDesk) -> bool:
    plan = desk.views.reports.plan
    assert plan is not None
    return plan.wrong_hour


def test_the_days_of_this_month_come_first(desk: ManagerDesk) -> None:
    report = desk.views.reports.report
    assert report is not None
    assert (report.kind, report.filter.first_day, report.filter.last_day) == (
        ReportKind.DAYS,
        date(2026, 11, 1),
        TODAY,
    )


@pytest.mark.parametrize("kind", ReportKind)
def test_each_report_is_asked_with_the_days_and_the_till_chosen(desk: ManagerDesk, kind: ReportKind) -> None:
    desk.reports.choose_span(Span.YESTERDAY)
    desk.reports.choose_till("2")
    desk.reports.choose_kind(kind)
    report = desk.views.reports.report
    assert report is not None
    assert (report.kind, report.filter.till_id, report.filter.first_day) == (kind, "2", date(2026, 11, 20))


def test_days_without_an_end_are_those_with_records(desk: ManagerDesk) -> None:
    desk.reports.choose_span(Span.ALL)
    report = desk.views.reports.report
    assert report is not None
    assert report.filter.first_day == min(record.day for record in desk.backend.records)


def test_any_other_days_from_the_calendar(desk: ManagerDesk) -> None:
    desk.reports.pick_days()
    desk.reports.walk_to(date(2027, 1, 1))
    calendar = desk.views.reports.calendar
    assert calendar is not None
    assert calendar.at == TODAY
    desk.reports.pick_day(date(2026, 11, 9))
    desk.reports.pick_day(date(2026, 11, 3))
    desk.reports.take_days()
    report = desk.views.reports.report
    assert report is not None
    assert (report.filter.first_day, report.filter.last_day) == (date(2026, 11, 3), date(2026, 11, 9))
    assert desk.views.reports.calendar is None
    desk.reports.pick_days()
    desk.reports.close_days()
    assert desk.views.reports.report == report


def test_an_export_by_itself_is_planned_kept_and_ended(desk: ManagerDesk) -> None:
    desk.reports.open_plan()
    plan = desk.views.reports.plan
    assert plan is not None
    assert (plan.folder, plan.hour) == ("", "05:00")
    desk.reports.type_folder(" /srv/figures ")
    desk.reports.type_hour("6.30")
    desk.reports.choose_form(SheetForm.XLSX)
    desk.reports.toggle_report(ReportKind.SHIFTS)
    desk.reports.toggle_promotions()
    desk.reports.keep_plan()
    kept = ExportPlan(
        folder="/srv/figures",
        at=time(6, 30),
        form=SheetForm.XLSX,
        promotions=False,
        reports=tuple(kind for kind in ReportKind if kind is not ReportKind.SHIFTS),
    )
    assert (desk.shelf.plan, desk.plans) == (kept, [kept])
    assert desk.views.reports.plan is None
    assert said(desk) is Say.EXPORT_PLANNED
    desk.reports.open_plan()
    desk.reports.type_folder("")
    desk.reports.keep_plan()
    assert said(desk) is Say.EXPORT_UNPLANNED
    assert not desk.shelf.plan.is_on


def test_an_hour_that_is_none_is_not_kept(desk: ManagerDesk) -> None:
    desk.reports.open_plan()
    desk.reports.type_hour("25:00")
    desk.reports.keep_plan()
    assert is_wrong(desk)
    desk.reports.type_hour("5")
    assert not is_wrong(desk)
    desk.reports.close_plan()
    assert desk.plans == []


def test_a_disk_that_does_not_keep_the_plan_is_told(desk: ManagerDesk) -> None:
    desk.reports.open_plan()
    desk.shelf.trouble = DiskTrouble(DiskTroubleKind.READ_ONLY)
    desk.reports.keep_plan()
    assert desk.views.reports.notice is not None
    assert desk.views.reports.notice.say is Say.DISK_FAILED


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("5", time(5)), ("05:30", time(5, 30)), ("5.30", time(5, 30)), ("530", time(5, 30)), ("2359", time(23, 59))],
)
def test_hours_as_people_type_them(typed: str, meant: time) -> None:
    assert hour_of(typed) == meant


@pytest.mark.parametrize("typed", ["", "x", "24:00", "5:3", "12345", "-1", "5:61", "5 am"])
def test_what_is_no_hour(typed: str) -> None:
    assert hour_of(typed) is None
