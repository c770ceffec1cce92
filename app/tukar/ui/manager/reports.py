"""Reports over days and tills as tables with their totals, and the plan of the export that happens by itself."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.report import Cell as Value
from tukar.domain.report import ColumnSort, Report, ReportKind
from tukar.till.managing.reports import SPANS, PlanModel, ReportsModel
from tukar.till.managing.spans import Span
from tukar.till.ports.reviewing import SheetForm
from tukar.ui.kit import (
    Choice,
    Colour,
    Field,
    Icon,
    Ink,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    Role,
    Sheet,
    Text,
)
from tukar.ui.kit.chip import FilterChip
from tukar.ui.kit.table import Cell, Column, Table
from tukar.ui.manager.empty import Empty
from tukar.ui.manager.promotions import BEYOND, page_pad
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import managing, selling

_BESIDE: Final = 26
_NARROW_TEXT: Final = 96
_PLAN_SIZE: Final = QSize(720, 560)


class ReportsPage(QWidget):
    """The view of ``till.managing.reports.Reports`` but for the plan."""

    kind_chosen = Signal(ReportKind)
    span_chosen = Signal(object)
    till_chosen = Signal(str)
    days_requested = Signal()
    plan_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._time_zone = time_zone
        self._model = ReportsModel()
        self._kind_group, self._span_group = QButtonGroup(self), QButtonGroup(self)
        self.kinds = {kind: Choice(look, "") for kind in ReportKind}
        self.spans = {span: Choice(look, "") for span in SPANS}
        for kind, choice in self.kinds.items():
            self._kind_group.addButton(choice)
            choice.clicked.connect(partial(self.kind_chosen.emit, kind))
        for span, choice in self.spans.items():
            self._span_group.addButton(choice)
            choice.clicked.connect(partial(self.span_chosen.emit, span))
        self.days = FilterChip(look, "", Icon.CALENDAR)
        self.days.clicked.connect(self.days_requested)
        self.till = FilterChip(look, "", Icon.SCREEN)
        self.till.clicked.connect(self._next_till)
        self.plan = NeutralButton(look, "", icon=Icon.EXPORT)
        self.plan.clicked.connect(self.plan_requested)
        for button in (self.days, self.till, self.plan):
            button.set_height(48)
        self.notice = NoticeStrip(look)
        self.table = Table(look, "", ())
        self.empty = Empty(look, Icon.CHART)
        self._lay_out()
        language.changed.connect(self._renew)
        look.changed.connect(self._measure)
        self._renew()
        self._arrange()

    def show_reports(self, model: ReportsModel) -> None:
        before, self._model = self._model, model
        for kind, choice in self.kinds.items():
            choice.setChecked(kind is model.kind)
        for span, choice in self.spans.items():
            choice.setChecked(model.days is not None and model.days.span is span)
        others = model.days is not None and model.days.span not in self.spans
        other = managing.span(Span.DAYS)
        chosen = other if model.days is None or not others else managing.days(model.days, self._language)
        self.days.set_filter(chosen, narrows=others)
        self.till.set_filter(self._till_name(model.till_id), narrows=bool(model.till_id))
        if model.notice != before.notice:
            tell(self.notice, model.notice, self._language)
        report = model.report
        if report is not None and report != before.report:
            self._show_report(report)
        nothing = report is not None and not report.rows
        self._bodies.setCurrentWidget(self.empty if nothing else self._beyond)

    @property
    def has_totals(self) -> bool:
        """Whether the last row adds the others up."""
        return self._model.report is not None and bool(self._model.report.totals)

    def words(self) -> str:
        """Which report of which days and tills, as a line under a title."""
        days = "" if self._model.days is None else managing.days(self._model.days, self._language)
        return "   ".join(filter(None, (managing.report(self._model.kind), days, self.till.label)))

    def enter(self) -> None:
        """Nothing to do here but read: no button is green."""

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self, *, covered: bool) -> None:
        """Nothing here is green."""

    def _lay_out(self) -> None:
        look = self._look
        kinds, spans = QHBoxLayout(), QHBoxLayout()
        for row, choices in ((kinds, self.kinds.values()), (spans, self.spans.values())):
            row.setSpacing(look.theme.touch.gap)
            for choice in choices:
                row.addWidget(choice)
        kinds.addStretch(1)
        kinds.addWidget(self.plan)
        spans.addWidget(self.days)
        spans.addWidget(self.till)
        spans.addStretch(1)
        self._beyond = QWidget()
        inner = QVBoxLayout(self._beyond)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.table)
        below = QWidget()
        self._bodies = QStackedLayout(below)
        self._bodies.addWidget(self._beyond)
        self._bodies.addWidget(self.empty)
        self._upper = QVBoxLayout()
        self._upper.setSpacing(8)
        self._upper.addLayout(kinds)
        self._upper.addLayout(spans)
        self._upper.addWidget(self.notice)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._upper)
        rows.addWidget(below, 1)

    def _arrange(self) -> None:
        pad = page_pad(self._look.theme.size)
        self._upper.setContentsMargins(pad, 0, pad, 0)
        layout = self._beyond.layout()
        if layout is not None:
            layout.setContentsMargins(pad - BEYOND, 0, pad - BEYOND, 0)

    def _measure(self) -> None:
        """Another size of type: other widths."""
        self._arrange()
        if self._model.report is not None:
            self._show_report(self._model.report)

    def _show_report(self, report: Report) -> None:
        self.table.set_columns([self._column(report, place) for place in range(len(report.columns))])
        rows = [tuple(self._cell(value) for value in row) for row in report.rows]
        if report.totals:
            rows.append(tuple(self._cell(value, strong=True) for value in self._named_totals(report)))
        self.table.show_rows(rows)

    def _named_totals(self, report: Report) -> tuple[Value, ...]:
        """The totals with a word in the first cell that has none."""
        first, *rest = report.totals
        return (QCoreApplication.translate("Manager", "Together") if first is None else first, *rest)

    def _column(self, report: Report, place: int) -> Column:
        """As wide as its widest figure; only a name may be cut, and takes what room is left."""
        column, theme = report.columns[place], self._look.theme
        title = managing.columns().get(column.name, column.name)
        cells = [self._text(row[place]) for row in (*report.rows, *([report.totals] if report.totals else []))]
        widest = max([theme.width(Role.LABEL, title), *(theme.width(Role.STRONG, cell) for cell in cells)])
        is_name = column.sort is ColumnSort.TEXT
        least = round(min(widest, _NARROW_TEXT) if is_name else widest) + _BESIDE
        return Column(title, least, 3 if is_name else 1, figures=column.sort.is_number, sortable=False)

    def _cell(self, value: Value, *, strong: bool = False) -> Cell:
        below = isinstance(value, Money | Points) and value.decimal().startswith("-")
        return Cell(self._text(value), colour=Colour.DANGER if below else Colour.INK, strong=strong)

    def _text(self, value: Value) -> str:
        write = self._language.format
        text = ""
        match value:
            case Money():
                text = write.money(value)
            case Points():
                text = write.points(value)
            case datetime():
                local = value.astimezone(self._time_zone)
                text = f"{write.day(local.date())} {write.time(local)}"
            case date():
                text = write.date(value)
            case Decimal():
                text = write.percent(f"{value:f}")
            case LocalName():
                text = self._language.name(value)
            case int():
                text = write.number(value)
            case str():
                text = value
        return text

    def _till_name(self, till_id: str) -> str:
        return selling.till(till_id) if till_id else QCoreApplication.translate("Manager", "All tills")

    def _next_till(self) -> None:
        """All tills, then one after the other."""
        choices = self._model.choices
        if choices is not None:
            ids = ["", *(till.id for till in choices.tills)]
            place = ids.index(self._model.till_id) if self._model.till_id in ids else 0
            self.till_chosen.emit(ids[(place + 1) % len(ids)])

    def _renew(self) -> None:
        for kind, choice in self.kinds.items():
            choice.set_label(managing.report(kind))
        for span, choice in self.spans.items():
            choice.set_label(managing.span(span))
        self.plan.set_label(QCoreApplication.translate("Manager", "Export by itself"))
        self.table.set_name(QCoreApplication.translate("Manager", "Reports"))
        self.empty.say(
            QCoreApplication.translate("Manager", "Nothing in these days"),
            QCoreApplication.translate("Manager", "Nothing was sold then. Choose other days or all tills."),
        )
        model, self._model = self._model, ReportsModel()
        self.show_reports(model)


class PlanSheet(Sheet):
    """What is exported by itself, where to and when."""

    folder_typed = Signal(str)
    hour_typed = Signal(str)
    form_chosen = Signal(SheetForm)
    report_toggled = Signal(ReportKind)
    promotions_toggled = Signal()
    keep_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _PLAN_SIZE)
        self._language = language
        self._model: PlanModel | None = None
        self._title = Text(look, "", Ink(Role.TITLE))
        self._words = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.folder = Field(look, "", icon=Icon.EXPORT)
        self.folder.edited.connect(self.folder_typed)
        self.hour = Field(look, "", icon=Icon.CLOCK_ALERT)
        self.hour.edited.connect(self.hour_typed)
        self.forms = {form: Choice(look, form.value.upper()) for form in SheetForm}
        self.promotions = Choice(look, "")
        self.promotions.clicked.connect(self.promotions_toggled)
        self.reports = {kind: Choice(look, "") for kind in ReportKind}
        forms, kinds, more = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for form, choice in self.forms.items():
            choice.set_height(look.theme.layout.search)
            choice.clicked.connect(partial(self.form_chosen.emit, form))
            forms.addWidget(choice, 1, Qt.AlignmentFlag.AlignTop)
        for place, (kind, choice) in enumerate(self.reports.items()):
            choice.clicked.connect(partial(self.report_toggled.emit, kind))
            (kinds if place < 3 else more).addWidget(choice, 1)  # noqa: PLR2004 - two rows of three
        more.addWidget(self.promotions, 1)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self._cancel.clicked.connect(self.closed)
        self.keep = PrimaryAction(look, "")
        self.keep.put_in_sheet()
        self.keep.clicked.connect(self.keep_requested)
        self.entered.connect(self.keep_requested)
        self.dismissed.connect(self.closed)
        line, foot = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.hour, 1)
        line.addLayout(forms, 2)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.keep)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(12)
        for part in (self._title, self._words, self.folder):
            rows.addWidget(part)
        for row in (line, kinds, more):
            row.setSpacing(8)
            rows.addLayout(row)
        rows.addStretch(1)
        foot.setSpacing(8)
        rows.addLayout(foot)
        language.changed.connect(self._renew)

    def show_plan(self, model: PlanModel | None) -> None:
        before, self._model = self._model, model
        self._renew()
        if model is not None and before is None:
            self.open_sheet(self.folder.line)
        elif model is None and before is not None:
            self.close_sheet()

    def _renew(self) -> None:
        model = self._model
        if model is None:
            return
        self._title.setText(QCoreApplication.translate("Manager", "Export by itself"))
        self.setAccessibleName(self._title.text())
        self._words.setText(
            QCoreApplication.translate(
                "Manager",
                "The figures of a day go to a folder once a manager is here after it. An empty folder ends it.",
            )
        )
        folder, hour = QCoreApplication.translate("Manager", "Folder"), QCoreApplication.translate("Manager", "Time")
        for field, words, text in ((self.folder, folder, model.folder), (self.hour, hour, model.hour)):
            field.set_words(words, words)
            if text != field.text():
                field.set_text(text)
        wrong = QCoreApplication.translate("Manager", "Type a time, like 05:30")
        self.hour.set_wrong(wrong if model.wrong_hour else "")
        for form, choice in self.forms.items():
            choice.setChecked(form is model.plan.form)
        for kind, choice in self.reports.items():
            choice.set_label(managing.report(kind))
            choice.setChecked(kind in model.plan.reports)
        self.promotions.set_label(QCoreApplication.translate("Manager", "Applied promotions"))
        self.promotions.setChecked(model.plan.promotions)
        self._cancel.set_label(QCoreApplication.translate("Manager", "Cancel"))
        self.keep.set_label(QCoreApplication.translate("Manager", "Keep"))
