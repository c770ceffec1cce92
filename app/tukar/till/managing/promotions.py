"""The applied promotions: figures and plots of what a filter comes to, the records in pages, the bill behind one."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from tukar.domain.applied import (
    PAGE_RECORDS,
    FilterChoices,
    PromotionFilter,
    PromotionPage,
    PromotionRecord,
    PromotionSummary,
)
from tukar.domain.receipt import Receipt
from tukar.till.background import Background
from tukar.till.managing.filtering import (
    Facet,
    Option,
    SavedView,
    ViewStore,
    Wanted,
    kept,
    options,
    this_month,
)
from tukar.till.managing.session import Session, told
from tukar.till.managing.spans import Calendar, Span, named
from tukar.till.notices import Notice, Say


class Measure(StrEnum):
    """What the plot shows."""

    TAKE_UP = "take_up"
    DISCOUNT = "discount"
    POINTS = "points"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Picker:
    """A list to choose from, open over the page; ``chosen`` is the place of the option in force or walked to."""

    facet: Facet
    options: tuple[Option, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Bookmarks:
    """The saved views, open over the page; ``chosen`` is a place in them, -1 for none."""

    views: tuple[SavedView, ...]
    chosen: int = -1
    name: str = ""


@dataclass(frozen=True, slots=True)
class PromotionsModel:
    """The page. ``choices`` and ``summary`` are None until they came; ``chosen`` is a place in ``records``, or -1.

    ``busy`` means that other records are on their way in place of these. ``over`` is what lies over the page.
    """

    wanted: Wanted | None = None
    choices: FilterChoices | None = None
    summary: PromotionSummary | None = None
    records: tuple[PromotionRecord, ...] = ()
    chosen: int = -1
    measure: Measure = Measure.TAKE_UP
    busy: bool = False
    over: Picker | Calendar | Bookmarks | None = None
    receipt: Receipt | None = None
    notice: Notice | None = None

    @property
    def record(self) -> PromotionRecord | None:
        return self.records[self.chosen] if 0 <= self.chosen < len(self.records) else None


class PromotionsView(Protocol):
    """Where the applied promotions are shown."""

    def show_promotions(self, model: PromotionsModel) -> None: ...


class Promotions:
    """Presenter of the page. Records come newest first; ``refresh`` brings the newest without moving the reader."""

    def __init__(self, *, view: PromotionsView, session: Session, views: ViewStore, background: Background) -> None:
        self._view = view
        self._session = session
        self._views = views
        self._background = background
        self._next_page = ""
        self._loading = False
        self._lacks_figures = False
        """What the records come to was asked for and not answered."""
        self._model = PromotionsModel()

    @property
    def model(self) -> PromotionsModel:
        return self._model

    def open(self) -> None:
        """The page comes to the front: what there is to filter by, then the records."""
        self._show(replace(self._model, busy=True, notice=None))
        self._session.ask(lambda backend: backend.choices(), self._know, self._failed, slot="choices")

    def refresh(self) -> None:
        """Something may have been sold: the newest records, while the reader stands among them."""
        model = self._model
        if model.wanted is None or model.busy or model.over is not None or len(model.records) > PAGE_RECORDS:
            return
        wanted = model.wanted.filter()
        self._session.ask(lambda backend: backend.promotions(wanted), self._renewed, self._unheard, slot="newest")

    def follow_day(self) -> None:
        """The page stands open for long: what there is to filter by, and spans of days that have a name, move on."""
        self._session.ask(lambda backend: backend.choices(), self._know_again, self._unheard, slot="choices")

    # Filters

    def pick(self, facet: Facet) -> None:
        """Opens the list of what can be chosen."""
        if self._model.choices is None or self._model.wanted is None:
            return
        found = options(facet, self._model.choices)
        key = self._model.wanted.key(facet)
        place = next((place for place, option in enumerate(found) if option.key == key), 0)
        self._show(replace(self._model, over=Picker(facet, found, place)))

    def walk(self, steps: int) -> None:
        """Another row of the open list; stays at the ends."""
        match self._model.over:
            case Picker(options=found, chosen=chosen) as picker:
                place = min(max(chosen + steps, 0), len(found) - 1)
                self._show(replace(self._model, over=replace(picker, chosen=place)))
            case Bookmarks(views=views, chosen=chosen) as marks if views:
                self._show(
                    replace(self._model, over=replace(marks, chosen=min(max(chosen + steps, 0), len(views) - 1)))
                )

    def take(self, place: int | None = None) -> None:
        """The row at ``place`` of the open list, or the one walked to."""
        over, wanted = self._model.over, self._model.wanted
        if wanted is None:
            return
        if isinstance(over, Picker):
            place = over.chosen if place is None else place
            if 0 <= place < len(over.options):
                self._want(wanted.choose(over.facet, over.options[place]))
        elif isinstance(over, Bookmarks):
            place = over.chosen if place is None else place
            if 0 <= place < len(over.views):
                self._want(over.views[place].wanted.on(self._today()))

    def pick_days(self) -> None:
        wanted = self._model.wanted
        if wanted is not None:
            self._show(replace(self._model, over=Calendar.of(wanted.days, self._today())))

    def walk_to(self, day: date) -> None:
        """The arrows reached another day."""
        if isinstance(self._model.over, Calendar):
            self._show(replace(self._model, over=self._model.over.walked(day)))

    def pick_day(self, day: date) -> None:
        """The first day of a span, or its last one."""
        if isinstance(self._model.over, Calendar):
            self._show(replace(self._model, over=self._model.over.picked(day)))

    def pick_span(self, span: Span) -> None:
        """A span that has a name: at once."""
        if self._model.wanted is not None:
            self._want(replace(self._model.wanted, days=named(span, self._today())))

    def take_days(self) -> None:
        """Enter: the span that stands in the calendar."""
        if isinstance(self._model.over, Calendar) and self._model.wanted is not None:
            self._want(replace(self._model.wanted, days=self._model.over.days))

    def search(self, text: str) -> None:
        if self._model.wanted is not None:
            self._want(self._model.wanted.search(text))

    def only_customer(self) -> None:
        """The customer of the chosen record alone; again, everybody."""
        record, wanted = self._model.record, self._model.wanted
        if wanted is None:
            return
        if wanted.narrow.member_id:
            self._want(wanted.only("", ""))
        elif record is not None and record.member_id:
            self._want(wanted.only(record.member_id, record.customer_name or record.masked_mobile))

    def only_rule(self, rule_id: str) -> None:
        """One promotion alone, touched in the plot; again, all of them."""
        wanted = self._model.wanted
        if wanted is not None:
            key = "" if wanted.narrow.rule_id == rule_id else rule_id
            self._want(wanted.choose(Facet.RULE, Option(key)))

    def clear(self) -> None:
        """Nothing narrows but the days."""
        if self._model.wanted is not None:
            self._want(Wanted(self._model.wanted.days))

    # Saved views

    def open_views(self) -> None:
        self._background.run(
            self._views.load,
            lambda views: self._show(replace(self._model, over=Bookmarks(views, 0 if views else -1))),
            self._trouble,
        )

    def name_view(self, name: str) -> None:
        if isinstance(self._model.over, Bookmarks):
            self._show(replace(self._model, over=replace(self._model.over, name=name)))

    def keep_view(self) -> None:
        """What is filtered now, under the name typed."""
        over, wanted = self._model.over, self._model.wanted
        if isinstance(over, Bookmarks) and wanted is not None and over.name.strip():
            self._store(kept(over.views, over.name, wanted))

    def forget_view(self) -> None:
        over = self._model.over
        if isinstance(over, Bookmarks) and 0 <= over.chosen < len(over.views):
            self._store(over.views[: over.chosen] + over.views[over.chosen + 1 :])

    def close_over(self) -> None:
        """Esc: what lies over the page goes, and nothing is changed."""
        self._show(replace(self._model, over=None))

    # Records

    def measure(self, measure: Measure) -> None:
        self._show(replace(self._model, measure=measure))

    def choose(self, place: int) -> None:
        if 0 <= place < len(self._model.records):
            self._show(replace(self._model, chosen=place))

    def more(self) -> None:
        """The reader comes near the end."""
        wanted, page = self._model.wanted, self._next_page
        if wanted is None or not page or self._loading or self._model.busy:
            return
        self._loading = True
        self._session.ask(
            lambda backend: backend.promotions(wanted.filter(), page), self._grown, self._failed, slot="promotions"
        )

    def look(self, place: int | None = None) -> None:
        """The bill behind a record, as its receipt."""
        if place is not None:
            self.choose(place)
        record = self._model.record
        if record is not None:
            bill = record.bill_id
            self._session.ask(
                lambda backend: backend.receipt(bill),
                lambda receipt: self._show(replace(self._model, receipt=receipt)),
                self._failed,
                slot="receipt",
            )

    def close_receipt(self) -> None:
        self._show(replace(self._model, receipt=None))

    # Answers

    def _know(self, choices: FilterChoices) -> None:
        wanted = self._model.wanted
        self._show(replace(self._model, choices=choices))
        self._want(this_month(choices.today) if wanted is None else wanted.on(choices.today))

    def _know_again(self, choices: FilterChoices) -> None:
        self._show(replace(self._model, choices=choices))
        wanted = self._model.wanted
        if wanted is not None and self._model.over is None and wanted != wanted.on(choices.today):
            self._want(wanted.on(choices.today))

    def _want(self, wanted: Wanted) -> None:
        """Asks for other records; what is shown stays until they came."""
        self._loading = False
        self._show(replace(self._model, wanted=wanted, busy=True, over=None, notice=None))
        asked = wanted.filter()
        self._session.ask(lambda backend: backend.promotions(asked), self._found, self._failed, slot="promotions")
        self._add_up(asked)

    def _found(self, page: PromotionPage) -> None:
        self._next_page = page.next_page
        chosen = 0 if page.records else -1
        self._show(replace(self._model, records=page.records, chosen=chosen, busy=False))

    def _grown(self, page: PromotionPage) -> None:
        self._loading = False
        self._next_page = page.next_page
        self._show(replace(self._model, records=(*self._model.records, *page.records)))

    def _unheard(self, notice: Notice) -> None:
        """The figures are older than they should be: that is said, and asked again at the next pulse."""
        if self._model.notice is None:
            self._show(replace(self._model, notice=notice))

    def _renewed(self, page: PromotionPage) -> None:
        if self._model.notice is not None and self._model.notice.say is Say.OFFLINE_MANAGER:
            self._show(replace(self._model, notice=None))
        model = self._model
        if model.busy or len(model.records) > PAGE_RECORDS:
            return
        if page.records != model.records:
            self._put_newest(page)
        elif not self._lacks_figures:
            return
        if model.wanted is not None:
            self._add_up(model.wanted.filter())

    def _put_newest(self, page: PromotionPage) -> None:
        """Other records in place of those shown; the reader stays on theirs."""
        record = self._model.record
        self._next_page = page.next_page
        ids = [one.record_id for one in page.records]
        chosen = ids.index(record.record_id) if record is not None and record.record_id in ids else min(0, len(ids) - 1)
        self._show(replace(self._model, records=page.records, chosen=chosen))

    def _add_up(self, asked: PromotionFilter) -> None:
        self._lacks_figures = False
        self._session.ask(lambda backend: backend.summary(asked), self._added_up, self._not_added_up, slot="summary")

    def _not_added_up(self, notice: Notice) -> None:
        self._lacks_figures = True
        self._unheard(notice)

    def _added_up(self, summary: PromotionSummary) -> None:
        self._show(replace(self._model, summary=summary))

    def _store(self, views: tuple[SavedView, ...]) -> None:
        self._background.run(lambda: self._views.save(views), lambda _none: None, self._trouble)
        self._show(replace(self._model, over=Bookmarks(views, 0 if views else -1)))

    def _trouble(self, trouble: Exception) -> None:
        self._failed(told(trouble))

    def tell(self, notice: Notice) -> None:
        """Something that was asked of this page went its way elsewhere: printing, exporting by itself."""
        self._show(replace(self._model, notice=notice))

    def _failed(self, notice: Notice) -> None:
        self._loading = False
        self._show(replace(self._model, notice=notice, busy=False))

    def _today(self) -> date:
        choices = self._model.choices
        if choices is None:
            raise LookupError("the days are the backend's")
        return choices.today

    def _show(self, model: PromotionsModel) -> None:
        self._model = model
        self._view.show_promotions(model)
