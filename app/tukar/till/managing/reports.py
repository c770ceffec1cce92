"""Reports over days and tills, and the export of them that happens by itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final, Protocol

from tukar.domain.applied import FilterChoices
from tukar.domain.report import Report, ReportFilter, ReportKind
from tukar.till.background import Background
from tukar.till.managing.session import Session, told
from tukar.till.managing.spans import Calendar, Days, Span, named
from tukar.till.notices import Notice, Say
from tukar.till.ports.reviewing import ExportPlan, SheetForm

SPANS: Final = (Span.TODAY, Span.YESTERDAY, Span.WEEK, Span.MONTH, Span.LAST_MONTH)


class PlanStore(Protocol):
    """Where the export that happens by itself is kept. Both raise ``DiskTrouble``."""

    def load(self) -> ExportPlan: ...

    def save(self, plan: ExportPlan) -> None: ...


@dataclass(frozen=True, slots=True)
class PlanModel:
    """What is exported by itself, while it is being changed. ``hour`` as typed, empty when it is not one."""

    plan: ExportPlan
    folder: str
    hour: str
    wrong_hour: bool = False


@dataclass(frozen=True, slots=True)
class ReportsModel:
    """``report`` is None until the first came; ``busy`` while another is on its way. ``till_id`` empty: all tills."""

    kind: ReportKind = ReportKind.DAYS
    days: Days | None = None
    till_id: str = ""
    choices: FilterChoices | None = None
    report: Report | None = None
    busy: bool = False
    calendar: Calendar | None = None
    plan: PlanModel | None = None
    notice: Notice | None = None


class ReportsView(Protocol):
    """Where reports are shown."""

    def show_reports(self, model: ReportsModel) -> None: ...


class Reports:
    """Presenter of the reports. ``plan_changed`` hears of another plan once it is kept."""

    def __init__(
        self,
        *,
        view: ReportsView,
        session: Session,
        background: Background,
        plans: PlanStore,
        plan_changed: Callable[[ExportPlan], None] = lambda _plan: None,
    ) -> None:
        self._view = view
        self._session = session
        self._background = background
        self._plans = plans
        self._plan_changed = plan_changed
        self._model = ReportsModel()

    @property
    def model(self) -> ReportsModel:
        return self._model

    def open(self) -> None:
        """The page comes to the front."""
        self._show(replace(self._model, busy=True, notice=None))
        self._session.ask(lambda backend: backend.choices(), self._know, self._failed, slot="report choices")

    def choose_kind(self, kind: ReportKind) -> None:
        self._ask(replace(self._model, kind=kind))

    def choose_span(self, span: Span) -> None:
        if self._model.choices is not None:
            self._ask(replace(self._model, days=named(span, self._model.choices.today)))

    def pick_days(self) -> None:
        """Opens the calendar for any other days."""
        days, choices = self._model.days, self._model.choices
        if days is not None and choices is not None:
            self._show(replace(self._model, calendar=Calendar.of(days, choices.today)))

    def walk_to(self, day: date) -> None:
        """The arrows reached another day."""
        if self._model.calendar is not None:
            self._show(replace(self._model, calendar=self._model.calendar.walked(day)))

    def pick_day(self, day: date) -> None:
        """The first day of a span, or its last one."""
        if self._model.calendar is not None:
            self._show(replace(self._model, calendar=self._model.calendar.picked(day)))

    def take_days(self) -> None:
        """Enter: the span that stands in the calendar."""
        if self._model.calendar is not None:
            self._ask(replace(self._model, days=self._model.calendar.days))

    def close_days(self) -> None:
        """Esc: the days stay as they were."""
        self._show(replace(self._model, calendar=None))

    def choose_till(self, till_id: str) -> None:
        """One till alone; empty is all of them."""
        self._ask(replace(self._model, till_id=till_id))

    # The export that happens by itself

    def open_plan(self) -> None:
        self._background.run(self._plans.load, self._plan_known, lambda trouble: self._failed(told(trouble)))

    def change_plan(self, plan: ExportPlan) -> None:
        """Another form, or other reports."""
        if self._model.plan is not None:
            self._show(replace(self._model, plan=replace(self._model.plan, plan=plan)))

    def choose_form(self, form: SheetForm) -> None:
        if self._model.plan is not None:
            self.change_plan(replace(self._model.plan.plan, form=form))

    def toggle_report(self, kind: ReportKind) -> None:
        """Exports it by itself, or no longer."""
        if self._model.plan is None:
            return
        plan = self._model.plan.plan
        wanted = set(plan.reports) ^ {kind}
        self.change_plan(replace(plan, reports=tuple(one for one in ReportKind if one in wanted)))

    def toggle_promotions(self) -> None:
        if self._model.plan is not None:
            plan = self._model.plan.plan
            self.change_plan(replace(plan, promotions=not plan.promotions))

    def type_folder(self, folder: str) -> None:
        if self._model.plan is not None:
            self._show(replace(self._model, plan=replace(self._model.plan, folder=folder)))

    def type_hour(self, hour: str) -> None:
        if self._model.plan is not None:
            self._show(replace(self._model, plan=replace(self._model.plan, hour=hour, wrong_hour=False)))

    def keep_plan(self) -> None:
        """Enter: exports by itself from now on; an empty folder ends it."""
        model = self._model.plan
        if model is None:
            return
        at = hour_of(model.hour)
        if at is None:
            self._show(replace(self._model, plan=replace(model, wrong_hour=True)))
            return
        plan = replace(model.plan, folder=model.folder.strip(), at=at)
        self._background.run(
            lambda: self._plans.save(plan),
            lambda _none: self._kept(plan),
            lambda trouble: self._failed(told(trouble)),
        )

    def close_plan(self) -> None:
        """Esc: everything stays as it was."""
        self._show(replace(self._model, plan=None))

    def _ask(self, model: ReportsModel) -> None:
        self._show(replace(model, busy=True, calendar=None, notice=None))
        days, choices = model.days, model.choices
        if days is None or choices is None:
            return
        kind = model.kind
        first = days.first or choices.first_day or choices.today
        wanted = ReportFilter(first, days.last or choices.today, model.till_id)
        self._session.ask(lambda backend: backend.report(kind, wanted), self._found, self._failed, slot="report")

    def _know(self, choices: FilterChoices) -> None:
        days = self._model.days
        days = named(Span.MONTH, choices.today) if days is None else days.on(choices.today)
        self._ask(replace(self._model, choices=choices, days=days))

    def _found(self, report: Report) -> None:
        self._show(replace(self._model, report=report, busy=False))

    def _plan_known(self, plan: ExportPlan) -> None:
        self._show(replace(self._model, plan=PlanModel(plan, plan.folder, f"{plan.at:%H:%M}")))

    def _kept(self, plan: ExportPlan) -> None:
        self._plan_changed(plan)
        notice = Notice(Say.EXPORT_PLANNED, text=plan.folder) if plan.is_on else Notice(Say.EXPORT_UNPLANNED)
        self._show(replace(self._model, plan=None, notice=notice))

    def tell(self, notice: Notice) -> None:
        """Something that was asked of this page went its way elsewhere: printing, exporting by itself."""
        self._show(replace(self._model, notice=notice))

    def _failed(self, notice: Notice) -> None:
        self._show(replace(self._model, busy=False, notice=notice))

    def _show(self, model: ReportsModel) -> None:
        self._model = model
        self._view.show_reports(model)


def hour_of(text: str) -> time | None:
    """A time of day as people type it: 5, 05:30, 5.30, 530; None when it is none."""
    digits = text.replace(".", ":").strip()
    hours, colon, minutes = digits.partition(":")
    if not colon and len(digits) in (3, 4):
        hours, minutes = digits[:-2], digits[-2:]
    if not (hours + minutes).isdecimal() or (colon and len(minutes) != 2):  # noqa: PLR2004 - minutes have two digits
        return None
    try:
        return time(int(hours), int(minutes or "0"))
    except ValueError:
        return None
