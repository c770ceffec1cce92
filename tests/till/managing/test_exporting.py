from decimal import Decimal
from pathlib import Path

from tests.fakes.manager_backend import TODAY
from tests.till.managing.desk import WORDS, ManagerDesk
from tukar.domain.applied import PromotionFilter
from tukar.domain.money import Currency, Money
from tukar.domain.report import ReportFilter, ReportKind
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Trouble, Unreachable
from tukar.till.ports.reviewing import SheetForm

EVERYTHING = PromotionFilter()
FILE = Path("exports/tukar-promotions-2026-11-21-160000.csv")


def test_every_record_of_the_filter_is_written_in_the_words_of_the_screen() -> None:
    desk = ManagerDesk().come_in()
    desk.exporting.open(EVERYTHING)
    desk.exporting.start()
    headings, *rows = desk.sheets.files[FILE]
    assert headings == WORDS.promotions
    assert len(rows) == len(desk.backend.records)
    assert all(len(row) == len(headings) for row in rows)
    model = desk.views.export
    assert (model.file, model.written, model.busy) == (FILE, 300, False)
    assert model.notice is not None
    assert (model.notice.say, model.notice.count) == (Say.EXPORTED, 300)
    desk.exporting.start()
    assert not desk.views.export.is_open, "Enter once more goes on"


def test_the_exported_sum_is_the_sum_of_the_figures() -> None:
    desk = ManagerDesk().come_in()
    desk.exporting.open(EVERYTHING)
    desk.exporting.start()
    _, *rows = desk.sheets.files[FILE]
    discount = sum((row[6] for row in rows if isinstance(row[6], Decimal)), Decimal(0))
    spent = sum((row[7] for row in rows if isinstance(row[7], Decimal)), Decimal(0))
    total = desk.backend.summary(EVERYTHING).total
    assert Money(int(discount), Currency("IDR", 0)).decimal() == total.discount.decimal()
    assert str(spent) == total.points[0].spent.decimal()


def test_a_report_is_written_as_it_stands_with_its_totals() -> None:
    desk = ManagerDesk().come_in()
    report = desk.backend.report(ReportKind.DAYS, ReportFilter(TODAY, TODAY))
    desk.exporting.open(report)
    desk.exporting.choose(SheetForm.XLSX)
    desk.exporting.start()
    (path,) = desk.sheets.files
    assert path.name == "tukar-days-2026-11-21-160000.xlsx"
    headings, first, *_, totals = desk.sheets.files[path]
    assert (headings[0], headings[3], headings[1]) == ("Day", "Sales", "till")
    assert (first[0], first[3]) == (TODAY, Decimal(1_800_000))
    assert totals[3] == Decimal(14_400_000)


def test_progress_is_shown_and_esc_stops() -> None:
    desk = ManagerDesk(stepped=True).come_in()
    desk.exporting.open(EVERYTHING)
    desk.exporting.start()
    assert desk.views.export.busy
    desk.exporting.close()
    assert desk.views.export.is_open, "until the thread has stopped"
    desk.steps.run_all()
    assert (desk.views.export.is_open, desk.sheets.files) == (False, {})


def test_how_many_are_written_is_looked_at_while_it_lasts() -> None:
    desk = ManagerDesk(stepped=True).come_in()
    desk.exporting.open(EVERYTHING)
    desk.exporting.start()
    desk.steps.start()
    desk.timers.advance(0.5)
    assert (desk.views.export.busy, desk.views.export.written) == (True, 300)
    desk.steps.deliver()
    assert not desk.views.export.busy


def test_what_went_wrong_is_said_and_can_be_tried_again() -> None:
    desk = ManagerDesk().come_in()
    desk.exporting.open(EVERYTHING)
    desk.sheets.trouble = DiskTrouble(DiskTroubleKind.FULL)
    desk.exporting.start()
    assert desk.views.export.notice is not None
    assert (desk.views.export.notice.say, desk.views.export.busy) == (Say.DISK_FULL, False)
    desk.sheets.trouble = None
    desk.backend.trouble = Unreachable(Trouble.TIMED_OUT)
    desk.exporting.start()
    assert desk.views.export.notice.say is Say.OFFLINE_MANAGER
    desk.backend.trouble = None
    desk.exporting.start()
    assert desk.views.export.file == FILE
