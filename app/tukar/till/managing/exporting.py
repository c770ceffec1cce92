"""The filtered rows into a file: page by page in the background, with its progress, and a way to stop it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from tukar.domain.applied import PAGE_RECORDS_AT_MOST, PromotionFilter, PromotionOutcome, PromotionRecord
from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.report import Cell, Report
from tukar.till.background import Background
from tukar.till.managing.session import Session
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Clock
from tukar.till.ports.reviewing import ManagerBackend, Plain, SheetFiles, SheetForm

LOOK_SECONDS: Final = 0.3


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of a file in the language of the screen, taken before the work begins."""

    promotions: tuple[str, ...]
    outcomes: Mapping[PromotionOutcome, str]
    columns: Mapping[str, str]
    language: str


@dataclass(frozen=True, slots=True)
class ExportModel:
    """``written`` rows so far; ``file`` is where the rows are once they all are."""

    is_open: bool = False
    busy: bool = False
    form: SheetForm = SheetForm.CSV
    written: int = 0
    file: Path | None = None
    notice: Notice | None = None


class ExportView(Protocol):
    """Where an export is chosen and followed."""

    def show_export(self, model: ExportModel) -> None: ...


class _Stopped(Exception):
    """The manager does not want the file any more."""


@dataclass(slots=True)
class _Progress:
    """What the writing thread counts and the window's thread reads."""

    rows: int = 0
    stop: bool = False


Source = PromotionFilter | Report


class Exporting:
    """Presenter of an export. ``source`` is asked for what is on the screen when the export begins.

    A file that was begun and not finished is not there afterwards: ``SheetFiles`` puts it in place whole.
    """

    def __init__(
        self,
        *,
        view: ExportView,
        session: Session,
        background: Background,
        files: SheetFiles,
        folder: Callable[[], Path],
        clock: Clock,
        zone: ZoneInfo,
        words: Callable[[], SheetWords],
    ) -> None:
        self._view = view
        self._session = session
        self._background = background
        self._files = files
        self._folder = folder
        self._clock = clock
        self._zone = zone
        self._words = words
        self._source: Source | None = None
        self._progress = _Progress()
        self._model = ExportModel()

    def open(self, source: Source) -> None:
        """Offers to write ``source`` into a file."""
        if not self._model.busy:
            self._source = source
            self._show(ExportModel(is_open=True, form=self._model.form))

    def choose(self, form: SheetForm) -> None:
        if not self._model.busy:
            self._show(replace(self._model, form=form, file=None, notice=None))

    def start(self) -> None:
        """Enter: writes. Once it is written, Enter closes."""
        if self._model.file is not None:
            self.close()
            return
        source = self._source
        if source is None or self._model.busy:
            return
        words, form, progress = self._words(), self._model.form, _Progress()
        path = self._folder() / self._name(source, form)
        self._progress = progress
        self._show(replace(self._model, busy=True, written=0, notice=None))

        def write(backend: ManagerBackend) -> int | None:
            headings, rows = table_of(backend, source, words, self._zone)
            try:
                return self._files.write(path, form, headings, _counted(rows, progress))
            except _Stopped:
                return None

        self._session.ask(write, lambda rows: self._written(rows, path), self._failed)
        self._background.after(LOOK_SECONDS, self._look)

    def close(self) -> None:
        """Esc: stops what is being written, or goes."""
        self._progress.stop = True
        if not self._model.busy:
            self._show(ExportModel(form=self._model.form))

    def _name(self, source: Source, form: SheetForm) -> str:
        """A name that sorts by time and is never there already within a second."""
        what = source.kind.value if isinstance(source, Report) else "promotions"
        now = self._clock.now().astimezone(self._zone)
        return f"tukar-{what}-{now:%Y-%m-%d-%H%M%S}.{form.value}"

    def _look(self) -> None:
        if self._model.busy:
            self._show(replace(self._model, written=self._progress.rows))
            self._background.after(LOOK_SECONDS, self._look)

    def _written(self, rows: int | None, path: Path) -> None:
        if rows is None:
            self._show(ExportModel(form=self._model.form))
            return
        notice = Notice(Say.EXPORTED, text=str(path), count=rows)
        self._show(replace(self._model, busy=False, written=rows, file=path, notice=notice))

    def _failed(self, notice: Notice) -> None:
        level = Level.DANGER if notice.level is Level.INFO else notice.level
        self._show(replace(self._model, busy=False, notice=replace(notice, level=level)))

    def _show(self, model: ExportModel) -> None:
        self._model = model
        self._view.show_export(model)


def table_of(
    backend: ManagerBackend, source: Source, words: SheetWords, zone: ZoneInfo
) -> tuple[tuple[str, ...], Iterator[tuple[Plain, ...]]]:
    """Headings and rows of a file; records are asked for page by page while the rows are taken."""
    if isinstance(source, Report):
        headings = tuple(words.columns.get(column.name, column.name) for column in source.columns)
        lines = (*source.rows, *([source.totals] if source.totals else []))
        return headings, (tuple(_plain(cell, words.language, zone) for cell in row) for row in lines)
    return words.promotions, (_row(record, words, zone) for record in _records(backend, source))


def _row(record: PromotionRecord, words: SheetWords, zone: ZoneInfo) -> tuple[Plain, ...]:
    return (
        record.day,
        record.at.astimezone(zone),
        record.till_id,
        record.number,
        record.name.in_language(words.language),
        words.outcomes[record.outcome],
        *map(_figure, (record.discount, record.spent, record.earned, record.short)),
        record.customer_name,
        record.masked_mobile,
        record.cashier_name,
        record.salesperson_name,
        record.note,
    )


def _plain(cell: Cell, language: str, zone: ZoneInfo) -> Plain:
    match cell:
        case LocalName():
            return cell.in_language(language)
        case Money() | Points():
            return _figure(cell)
        case datetime():
            return cell.astimezone(zone)
        case _:
            return cell


def _records(backend: ManagerBackend, wanted: PromotionFilter) -> Iterator[PromotionRecord]:
    page = ""
    while True:
        answer = backend.promotions(wanted, page, PAGE_RECORDS_AT_MOST)
        yield from answer.records
        page = answer.next_page
        if not page:
            return


def _counted(rows: Iterator[tuple[Plain, ...]], progress: _Progress) -> Iterator[tuple[Plain, ...]]:
    for row in rows:
        if progress.stop:
            raise _Stopped
        progress.rows += 1
        yield row


def _figure(value: Money | Points | None) -> Decimal | None:
    return None if value is None else Decimal(value.decimal())
