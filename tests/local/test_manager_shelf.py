from datetime import date, time
from pathlib import Path

import pytest

from tukar.domain.applied import PromotionFilter, PromotionOutcome, Settlement
from tukar.domain.report import ReportKind
from tukar.local.manager_shelf import PLAN_FILE, VIEWS_FILE, PlanFile, ViewsFile
from tukar.till.managing.filtering import SavedView, Wanted
from tukar.till.managing.spans import Span, between, named
from tukar.till.ports import DiskTrouble
from tukar.till.ports.reviewing import ExportPlan, SheetForm

TODAY = date(2026, 11, 21)
VIEWS = (
    SavedView("Lost", Wanted(named(Span.MONTH, TODAY), PromotionFilter(outcome=PromotionOutcome.LOST, till_id="2"))),
    SavedView("सब", Wanted(named(Span.ALL, TODAY), PromotionFilter(settlement=Settlement.SHORT, text="dewi"))),
    SavedView("Two days", Wanted(between(date(2026, 11, 2), date(2026, 11, 1)))),
)
PLAN = ExportPlan("/srv/figures", time(6, 30), SheetForm.XLSX, promotions=False, reports=(ReportKind.TAXES,))


def test_views_come_back_as_they_were(tmp_path: Path) -> None:
    assert ViewsFile(tmp_path).load() == ()
    ViewsFile(tmp_path).save(VIEWS)
    assert ViewsFile(tmp_path).load() == VIEWS


def test_whose_points_they_are_is_not_kept(tmp_path: Path) -> None:
    one = Wanted(named(Span.TODAY, TODAY)).only("member-77", "Dewi Lestari")
    ViewsFile(tmp_path).save([SavedView("Her", one)])
    assert "member-77" not in (tmp_path / VIEWS_FILE).read_text(encoding="utf-8")
    assert "Dewi" not in (tmp_path / VIEWS_FILE).read_text(encoding="utf-8")


def test_the_plan_and_the_day_exported_last_are_kept_apart(tmp_path: Path) -> None:
    shelf = PlanFile(tmp_path)
    assert (shelf.load(), shelf.exported()) == (ExportPlan(), None)
    shelf.save(PLAN)
    shelf.mark_exported(TODAY)
    assert (PlanFile(tmp_path).load(), PlanFile(tmp_path).exported()) == (PLAN, TODAY)
    shelf.save(ExportPlan())
    assert (shelf.load().is_on, shelf.exported()) == (False, TODAY)


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"at": 5}', '[{"name": "x"}]', '{"exported": 7}', "null"])
def test_what_cannot_be_read_is_not_there(tmp_path: Path, content: str) -> None:
    (tmp_path / VIEWS_FILE).write_text(content)
    (tmp_path / PLAN_FILE).write_text(content)
    assert ViewsFile(tmp_path).load() == ()
    assert (PlanFile(tmp_path).load(), PlanFile(tmp_path).exported()) == (ExportPlan(), None)


def test_a_disk_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / VIEWS_FILE).mkdir()
    with pytest.raises(DiskTrouble):
        ViewsFile(tmp_path).load()
