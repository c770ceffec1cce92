"""The page of applied promotions: every filter, all pages, the views kept under a name; each figure is looked after."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from tests.simulation.office_play import A_MOMENT, Plays, Script
from tukar.till.managing.filtering import Facet, Wanted
from tukar.till.managing.promotions import Bookmarks, Measure, Picker, PromotionsModel
from tukar.till.managing.room import Page
from tukar.till.managing.series import main_points, stretches
from tukar.till.managing.spans import Calendar, Span
from tukar.till.ports import DiskTrouble, DiskTroubleKind

PAGES_AT_MOST: Final = 40


class OfficeFigures(Plays):
    """What is filtered and read there."""

    # The applied promotions

    def promotions(self) -> Script:
        """Every facet once, by the list or by the arrows; then all pages, beside the figures above them."""
        page, views = self._life.promotions, self._views
        self._life.room.turn_to(Page.PROMOTIONS)
        yield A_MOMENT
        if views.promotions.wanted is None:
            return
        for facet in Facet:
            page.pick(facet)
            if isinstance(views.promotions.over, Picker):
                page.walk(self._pick("walk", 1, (2, 0.3), (-1, 0.1)))
                row = self._pick("row", -1, (0, 0.2)) if self._pick("touch", 0, (1, 0.2)) else None
                yield from self._all_pages(partial(page.take, row))
            if self._pick("clears", 1, (0, 0.4)):
                page.clear()
                yield A_MOMENT
        page.clear()
        yield from self._days()
        yield from self._all_pages(lambda: page.search("dew"))
        page.search("")
        yield A_MOMENT
        page.only_rule("order")
        yield A_MOMENT
        page.only_rule("order")
        yield from self._all_pages(page.only_customer)
        page.only_customer()
        yield A_MOMENT
        for measure in Measure:
            page.measure(measure)
        yield from self._behind_a_record()

    def _days(self) -> Script:
        page, views = self._life.promotions, self._views
        page.pick_days()
        over = views.promotions.over
        if isinstance(over, Calendar):
            first = over.today - timedelta(days=self._pick("back", 9, (100, 0.3), (700, 0.3)))
            page.walk_to(first)
            page.pick_day(first)
            page.pick_day(over.today)
            yield from self._all_pages(page.take_days)
        page.pick_days()
        page.close_over()
        for span in (Span.YESTERDAY, Span.LAST_7, Span.LAST_MONTH, Span.WEEK):
            page.pick_span(span)
            yield A_MOMENT
        yield from self._all_pages(lambda: page.pick_span(Span.ALL))

    def _all_pages(self, touch: Callable[[], None]) -> Script:
        """All records after a touch; where nothing was booked meanwhile they come to what stands above them."""
        page, views, books = self._life.promotions, self._views, self._books
        if views.promotions.wanted is None:
            return
        before = books.applied()
        touch()
        if not views.promotions.busy:
            return  # It asks for nothing else than what is there.
        yield A_MOMENT
        lists = self._life.backend.first_pages
        for _ in range(PAGES_AT_MOST):
            count = len(views.promotions.records)
            page.more()
            yield A_MOMENT
            if len(views.promotions.records) == count:
                break
        model = views.promotions
        is_same = books.applied() == before and self._life.backend.first_pages == lists
        if is_same and not model.busy and model.notice is None:
            self._agrees(model)

    def _agrees(self, model: PromotionsModel) -> None:
        """Each record once, all of them, and the figures and the bars of the plot above come to the same."""
        if model.wanted is None or model.summary is None or model.choices is None:
            return
        shown = [record.record_id for record in model.records]
        if len(set(shown)) != len(shown):
            self._violated(f"a record is listed twice: {shown}")
        total = model.summary.total
        discount = sum(record.discount.minor for record in model.records)
        main = main_points(total)
        bars = stretches(model.summary, model.wanted.days, model.choices.today, main.programme_id if main else "")
        drawn = sum(bar.discount for bar in bars if bar.first <= bar.last)
        if model.choices.today == self._today() and drawn != total.discount.minor:
            self._violated(f"the plot comes to {drawn}, the figures say {total.discount}")
        if discount != total.discount.minor:
            self._violated(f"the records come to {discount}, the figures say {total.discount}")
        narrow = model.wanted.filter()
        if not narrow.text and self._books.records(narrow) != len(shown):
            self._violated(f"{len(shown)} records are shown and there are {self._books.records(narrow)} of {narrow}")

    def _behind_a_record(self) -> Script:
        page, views = self._life.promotions, self._views
        page.look(0)
        yield A_MOMENT
        record, receipt = views.promotions.record, views.promotions.receipt
        if receipt is not None and record is not None and self._books.total(record.bill_id) != receipt.total.minor:
            self._violated(f"the bill behind {record.record_id} is shown with another total: {receipt.total}")
        page.close_receipt()

    # Saved views

    def saved_views(self) -> Script:
        """A filter is kept under a name, and is there again, also in another life of the machine."""
        page, views, shelf = self._life.promotions, self._views, self._office.shelf
        self._life.room.turn_to(Page.PROMOTIONS)
        yield A_MOMENT
        page.pick_span(Span.TODAY)
        yield A_MOMENT
        wanted = views.promotions.wanted
        shelf.trouble = DiskTrouble(DiskTroubleKind.FULL) if self._pick("disk", 0, (1, 0.15)) else None
        page.open_views()
        yield A_MOMENT
        if shelf.trouble is not None:
            shelf.trouble = None
            if views.promotions.notice is None and not isinstance(views.promotions.over, Bookmarks):
                self._violated("nobody was told that the saved views cannot be read")
            page.open_views()
            yield A_MOMENT
        if wanted is None or not isinstance(views.promotions.over, Bookmarks):
            return
        name = f"mine {self._life.number}"
        page.name_view(name)
        page.keep_view()
        yield A_MOMENT
        if all((one.name, one.wanted) != (name, wanted) for one in shelf.views):
            self._violated(f"a saved view is not on the disk: {shelf.views}")
        page.pick_span(Span.WEEK)
        yield A_MOMENT
        yield from self._back_to(name, wanted)

    def _back_to(self, name: str, wanted: Wanted) -> Script:
        page, views, shelf = self._life.promotions, self._views, self._office.shelf
        page.open_views()
        yield A_MOMENT
        over = views.promotions.over
        if not isinstance(over, Bookmarks):
            return
        place = [view.name for view in over.views].index(name)
        page.walk(1)
        page.walk(-1)
        page.take(place)
        yield A_MOMENT
        if views.promotions.wanted is None or views.promotions.wanted.narrow != wanted.narrow:
            self._violated(f"a saved view came back as another one: {views.promotions.wanted}, was {wanted}")
        page.open_views()
        yield A_MOMENT
        page.forget_view()
        yield A_MOMENT
        left = len(over.views) - 1
        if isinstance(views.promotions.over, Bookmarks) and len(shelf.views) != left:
            self._violated(f"a view was forgotten and {len(shelf.views)} are kept, not {left}")
        page.close_over()
