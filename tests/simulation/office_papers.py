"""Reports, the files they are written to, and the export that happens by itself; all come to what the bills come to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tests.simulation import shop
from tests.simulation.office_play import A_MOMENT, A_PAUSE, AT_ONCE, Plays, Script
from tukar.domain.applied import PromotionFilter
from tukar.domain.money import Money
from tukar.domain.report import Report, ReportKind
from tukar.till.managing.room import Page
from tukar.till.managing.spans import Span
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.ports.reviewing import Plain, SheetForm

DISCOUNT: Final = 6
"""The column of an exported record."""
SALES: Final = 3
"""The column of an exported day."""
FOLDER: Final = "office"
A_LOOK: Final = 490.0
"""Within which the export by itself looks at the clock again."""


class OfficePapers(Plays):
    """What is reported and put on paper there."""

    # Reports

    def reports(self) -> Script:
        """Each of them, of days that are named or chosen, of one till or of all."""
        page, views = self._life.reports, self._views
        self._life.room.turn_to(Page.REPORTS)
        yield A_MOMENT
        for kind in ReportKind:
            page.choose_kind(kind)
            yield A_MOMENT
        page.choose_span(Span.YESTERDAY)
        yield A_MOMENT
        page.pick_days()
        calendar = views.reports.calendar
        if calendar is not None:
            page.walk_to(calendar.today)
            page.pick_day(calendar.today)
            page.pick_day(calendar.today)
            page.take_days()
            yield A_MOMENT
        page.pick_days()
        page.close_days()
        page.choose_till("1")
        page.choose_kind(ReportKind.DAYS)
        yield A_MOMENT
        page.choose_till("")
        yield A_MOMENT
        at_least = self._books.bills()
        page.choose_span(Span.MONTH)
        yield A_MOMENT
        self._bills_are_between(at_least, self._books.bills())

    def _bills_are_between(self, at_least: int, at_most: int) -> None:
        report = self._report(ReportKind.DAYS)
        choices = self._views.reports.choices
        if report is None or self._office.server.restored_at or choices is None or choices.today != self._today():
            return
        shown = _total(report, "bills")
        if not at_least <= shown <= at_most:
            self._violated(f"a report has {shown} bills, and there were from {at_least} to {at_most}")

    def _report(self, kind: ReportKind) -> Report | None:
        """The report on the page, where it is the one that was asked for."""
        model = self._views.reports
        if model.busy or model.notice is not None or model.report is None or model.report.kind is not kind:
            return None
        return model.report

    def all_reports(self) -> Script:
        """Nobody sells any more: what the days come to is what the bills come to, and so are the taxes of them."""
        page = self._life.reports
        self._life.room.turn_to(Page.REPORTS)
        yield A_MOMENT
        page.choose_span(Span.MONTH)
        yield A_MOMENT
        for kind in ReportKind:
            page.choose_kind(kind)
            yield A_MOMENT
            report = self._report(kind)
            if report is None:
                self._violated(f"there is no report of {kind}: {self._views.reports.notice}")
            elif kind is ReportKind.DAYS:
                self._is_what_was_sold("the report", {name: _total(report, name) for name in ("sales", "returns")})
            self._life.exporting.open(report or PromotionFilter())
            self._life.exporting.choose(SheetForm.XLSX)
            self._life.exporting.start()
            yield A_PAUSE
            if report is not None:
                self._is_as_shown(report)
            self._life.exporting.close()

    def _is_as_shown(self, report: Report) -> None:
        """The file has the rows of the screen and below them what they come to."""
        file = self._views.export.file
        lines = len(report.rows) + bool(report.totals)
        if file is None or len(self._office.sheets.files[file]) != lines + 1:
            self._violated(f"a report of {lines} lines is not in the file {file}")

    def _is_what_was_sold(self, what: str, shown: Mapping[str, int]) -> None:
        sold = self._books.sold()
        if dict(shown) != sold:
            self._violated(f"{what} says {dict(shown)} and the bills come to {sold}")

    # Files

    def export(self) -> Script:
        """What is filtered goes into a file whole, or not at all."""
        exporting, views, sheets = self._life.exporting, self._views, self._office.sheets
        wanted = PromotionFilter()
        exporting.open(wanted)
        exporting.choose(SheetForm.CSV)
        sheets.trouble = DiskTrouble(DiskTroubleKind.FULL) if self._pick("full", 0, (1, 0.15)) else None
        before, files = self._books.applied(), self._files()
        exporting.start()
        if self._pick("stops", 0, (1, 0.2)):
            yield AT_ONCE
            if views.export.busy:
                exporting.close()
        yield A_MOMENT
        sheets.trouble = None
        file = views.export.file
        if file is None:
            if self._files() != files and not views.export.busy:
                self._violated("there is a file that nobody was told of")
        elif self._books.applied() == before:
            self._adds_up(sheets.files[file])
        exporting.start() if file is not None else exporting.close()
        yield A_MOMENT
        if views.export.is_open and not views.export.busy:
            self._violated("an export that is over lies over the page")

    def _files(self) -> int:
        """Those that a manager asked for; others are written by themselves."""
        return sum(path.parent != Path(FOLDER) for path in self._office.sheets.files)

    def _adds_up(self, rows: list[Sequence[Plain]]) -> None:
        """The exported records come to the discounts of all bills."""
        found = len(rows) - 1, int(_added(rows[1:], DISCOUNT))
        if found != self._books.applied()[:2]:
            self._violated(f"rows and discount of an export are {found}, of the bills {self._books.applied()[:2]}")

    def plan(self) -> Script:
        """From now on every day is exported by itself; an hour that is none is not taken."""
        page, views = self._life.reports, self._views
        self._life.room.turn_to(Page.REPORTS)
        yield A_MOMENT
        page.open_plan()
        yield A_MOMENT
        if views.reports.plan is None:
            return
        page.type_folder(FOLDER)
        page.type_hour("quarter past")
        page.keep_plan()
        if not self._hour_is_wrong():
            self._violated("an hour that is none was taken")
            return
        page.type_hour(self._pick("hour", "530", ("5.30", 0.2), ("8", 0.2), ("20:15", 0.1)))
        page.choose_form(SheetForm.CSV)
        page.toggle_promotions()
        page.toggle_promotions()
        page.toggle_report(ReportKind.TAXES)
        typed = views.reports.plan.plan
        page.keep_plan()
        yield A_MOMENT
        if views.reports.notice is None or views.reports.notice.say is not Say.EXPORT_PLANNED:
            return
        plan = self._office.shelf.plan
        if (plan.folder, plan.reports) != (FOLDER, typed.reports):
            self._violated(f"a plan was kept and is not on the disk: {plan}")
        page.open_plan()
        yield A_MOMENT
        page.close_plan()

    def _hour_is_wrong(self) -> bool:
        plan = self._views.reports.plan
        return plan is not None and plan.wrong_hour

    def last_night(self, came: datetime) -> Script:
        """The manager's first minutes of the next day are when yesterday is exported; each day once."""
        office = self._office
        yield self._pick("stays", A_PAUSE, (A_LOOK, 0.5))
        days = office.calendar.marked
        if sorted(set(days)) != days:
            self._violated(f"days were exported twice, or not in their order: {days}")
        plan, now = office.shelf.plan, came.astimezone(ZoneInfo(shop.ZONE))
        if not plan.is_on:
            return
        last = now.date() - timedelta(days=1 if now.time() >= plan.at else 2)
        if last not in days:
            self._violated(f"{last} was not exported by itself: {days}, {self._life.told}")
            return
        rows = next(
            (rows for path, rows in office.sheets.files.items() if path.name == f"days-{last.isoformat()}.csv"), []
        )
        sold = _added(rows[1:-1], SALES)
        if sold != self._books.sold_on(last):
            self._violated(f"the export of {last} says {sold}, and {self._books.sold_on(last)} was sold")


def _total(report: Report, column: str) -> int:
    """A column added up: minor units where it is money."""
    place = [one.name for one in report.columns].index(column)
    cells = [row[place] for row in report.rows]
    return sum(cell.minor if isinstance(cell, Money) else int(str(cell)) for cell in cells)


def _added(rows: Sequence[Sequence[Plain]], column: int) -> Decimal:
    """A column of figures of a file."""
    return sum((Decimal(str(row[column])) for row in rows), Decimal(0))
