"""What a manager keeps on this machine: saved views and the plan of the export, each a small JSON file.

A file that cannot be read is as if it were not there: a view is quickly made again, and nothing is exported by a plan
nobody can read. Names and days only; never a customer's number.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from tukar.domain.applied import PromotionFilter, PromotionOutcome, Settlement
from tukar.domain.report import ReportKind
from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.till.managing.filtering import SavedView, Wanted
from tukar.till.managing.spans import Days, Span
from tukar.till.ports.reviewing import ExportPlan, SheetForm

VIEWS_FILE: Final = "manager-views.json"
PLAN_FILE: Final = "export-plan.json"


class ViewsFile:
    """``till.managing.filtering.ViewStore`` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / VIEWS_FILE

    def load(self) -> tuple[SavedView, ...]:
        raw = _read(self._file)
        try:
            return tuple(_view(one) for one in raw) if isinstance(raw, list) else ()
        except (KeyError, TypeError, ValueError):
            return ()

    def save(self, views: Sequence[SavedView]) -> None:
        _write(self._file, [_plain_view(view) for view in views])


class PlanFile:
    """``till.managing.reports.PlanStore`` in a folder; also which day was exported last."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / PLAN_FILE

    def load(self) -> ExportPlan:
        raw = _read(self._file)
        try:
            return _plan(raw) if isinstance(raw, dict) else ExportPlan()
        except (KeyError, TypeError, ValueError):
            return ExportPlan()

    def save(self, plan: ExportPlan) -> None:
        _write(self._file, {**_plain_plan(plan), "exported": _text(self.exported())})

    def exported(self) -> date | None:
        """The last day whose figures were written; None before the first."""
        raw = _read(self._file)
        try:
            return _day(raw.get("exported")) if isinstance(raw, dict) else None
        except (TypeError, ValueError):
            return None

    def mark_exported(self, day: date) -> None:
        _write(self._file, {**_plain_plan(self.load()), "exported": day.isoformat()})


def _read(file: Path) -> Any:  # noqa: ANN401 - JSON is anything until it is looked at
    with disk_troubles(file):
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None


def _write(file: Path, content: object) -> None:
    write_whole(file, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _plain_view(view: SavedView) -> dict[str, object]:
    days, narrow = view.wanted.days, view.wanted.narrow
    return {
        "name": view.name,
        "span": days.span.value,
        "first": _text(days.first),
        "last": _text(days.last),
        "outcome": "" if narrow.outcome is None else narrow.outcome.value,
        "settlement": "" if narrow.settlement is None else narrow.settlement.value,
        "till": narrow.till_id,
        "cashier": narrow.cashier_id,
        "salesperson": narrow.salesperson_id,
        "rule": narrow.rule_id,
        "text": narrow.text,
        "currency": narrow.currency,
    }


def _view(raw: Mapping[str, Any]) -> SavedView:
    narrow = PromotionFilter(
        outcome=PromotionOutcome(raw["outcome"]) if raw["outcome"] else None,
        settlement=Settlement(raw["settlement"]) if raw["settlement"] else None,
        till_id=str(raw["till"]),
        cashier_id=str(raw["cashier"]),
        salesperson_id=str(raw["salesperson"]),
        rule_id=str(raw["rule"]),
        text=str(raw["text"]),
        currency=str(raw["currency"]),
    )
    days = Days(Span(raw["span"]), _day(raw["first"]), _day(raw["last"]))
    return SavedView(str(raw["name"]), Wanted(days, narrow))


def _plain_plan(plan: ExportPlan) -> dict[str, object]:
    return {
        "folder": plan.folder,
        "at": f"{plan.at:%H:%M}",
        "form": plan.form.value,
        "promotions": plan.promotions,
        "reports": [kind.value for kind in plan.reports],
    }


def _plan(raw: Mapping[str, Any]) -> ExportPlan:
    return ExportPlan(
        folder=str(raw["folder"]),
        at=time.fromisoformat(raw["at"]),
        form=SheetForm(raw["form"]),
        promotions=bool(raw["promotions"]),
        reports=tuple(ReportKind(kind) for kind in raw["reports"]),
    )


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
