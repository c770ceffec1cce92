"""Joins the manager's screen to the presenters behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from tukar.domain.applied import PromotionFilter
from tukar.domain.report import Report
from tukar.till.managing.door import Door
from tukar.till.managing.exporting import Exporting
from tukar.till.managing.promotions import Measure
from tukar.till.managing.room import Page, Pages, Room
from tukar.ui.manager.screen import ManagerScreen


@dataclass(frozen=True, slots=True)
class RoomPresenters:
    """Everybody who works behind the manager's screen; ``bootstrap`` makes them with its parts as their views.

    ``leave``, ``lock`` and ``full_screen`` are the window's; ``print`` puts what is shown on paper.
    """

    door: Door
    room: Room
    pages: Pages
    exporting: Exporting
    leave: Callable[[], None]
    lock: Callable[[], None]
    full_screen: Callable[[], None]
    print: Callable[[], None]


def join(screen: ManagerScreen, who: RoomPresenters) -> None:
    """Connects every signal of the screen."""
    _join_room(screen, who)
    _join_promotions(screen, who)
    _join_over(screen, who)
    _join_reviews(screen, who)
    _join_reconciling(screen, who)
    _join_reports(screen, who)
    _join_requests(screen, who)


def shown(who: RoomPresenters) -> PromotionFilter | Report | None:
    """What an export or a print would take: what the page in front shows."""
    if who.room.model.page is Page.REPORTS:
        return who.pages.reports.model.report
    wanted = who.pages.promotions.model.wanted
    return None if wanted is None else wanted.filter()


def _join_room(screen: ManagerScreen, who: RoomPresenters) -> None:
    def export() -> None:
        source = shown(who)
        if source is not None:
            who.exporting.open(source)

    screen.page_requested.connect(who.room.turn_to)
    screen.back_requested.connect(who.leave)
    screen.lock_requested.connect(who.lock)
    screen.full_screen_requested.connect(who.full_screen)
    screen.export_requested.connect(export)
    screen.print_requested.connect(who.print)
    door = screen.door
    door.person_chosen.connect(who.door.choose)
    door.typing.connect(who.door.typing)
    door.pin_entered.connect(who.door.enter)
    door.closed.connect(who.door.leave)
    screen.export.form_chosen.connect(who.exporting.choose)
    screen.export.start_requested.connect(who.exporting.start)
    screen.export.closed.connect(who.exporting.close)


def _join_promotions(screen: ManagerScreen, who: RoomPresenters) -> None:
    page, promotions = screen.promotions, who.pages.promotions

    def next_picture() -> None:
        measures = list(Measure)
        promotions.measure(measures[(measures.index(promotions.model.measure) + 1) % len(measures)])

    def close_bill() -> None:
        for presenter in (promotions, who.pages.reviews, who.pages.reconciling):
            presenter.close_receipt()

    page.searched.connect(promotions.search)
    page.row_chosen.connect(promotions.choose)
    page.row_opened.connect(promotions.look)
    page.more_requested.connect(promotions.more)
    page.filters.days_requested.connect(promotions.pick_days)
    page.filters.facet_requested.connect(promotions.pick)
    page.filters.customer_requested.connect(promotions.only_customer)
    page.overview.rule_chosen.connect(promotions.only_rule)
    screen.picture_requested.connect(next_picture)
    screen.views_requested.connect(promotions.open_views)
    screen.bill.closed.connect(close_bill)


def _join_over(screen: ManagerScreen, who: RoomPresenters) -> None:
    promotions = who.pages.promotions
    for sheet in (screen.pick, screen.views):
        sheet.moved.connect(promotions.walk)
        sheet.taken.connect(promotions.take)
        sheet.closed.connect(promotions.close_over)
    screen.views.named.connect(promotions.name_view)
    screen.views.keep_requested.connect(promotions.keep_view)
    screen.views.forget_requested.connect(promotions.forget_view)
    days = screen.days
    days.span_chosen.connect(promotions.pick_span)
    days.day_picked.connect(promotions.pick_day)
    days.walked.connect(promotions.walk_to)
    days.taken.connect(promotions.take_days)
    days.closed.connect(promotions.close_over)


def _join_reviews(screen: ManagerScreen, who: RoomPresenters) -> None:
    page, reviews = screen.reviews, who.pages.reviews
    page.state_chosen.connect(reviews.show_state)
    page.row_chosen.connect(reviews.choose)
    page.more_requested.connect(reviews.more)
    page.note_typed.connect(reviews.type_note)
    page.approve_requested.connect(reviews.approve)
    page.flag_requested.connect(reviews.flag)
    page.reopen_requested.connect(reviews.reopen)
    page.note_requested.connect(reviews.keep_note)
    page.bill_requested.connect(reviews.look)


def _join_reconciling(screen: ManagerScreen, who: RoomPresenters) -> None:
    page, reconciling = screen.reconciling, who.pages.reconciling
    page.row_chosen.connect(reconciling.choose)
    page.repair_requested.connect(reconciling.repair)
    page.again_requested.connect(reconciling.compare)
    page.bill_requested.connect(reconciling.look)


def _join_reports(screen: ManagerScreen, who: RoomPresenters) -> None:
    page, reports, plan = screen.reports, who.pages.reports, screen.plan
    page.kind_chosen.connect(reports.choose_kind)
    page.span_chosen.connect(reports.choose_span)
    page.till_chosen.connect(reports.choose_till)
    page.days_requested.connect(reports.pick_days)
    page.plan_requested.connect(reports.open_plan)
    days = screen.report_days
    days.span_chosen.connect(reports.choose_span)
    days.day_picked.connect(reports.pick_day)
    days.walked.connect(reports.walk_to)
    days.taken.connect(reports.take_days)
    days.closed.connect(reports.close_days)
    plan.folder_typed.connect(reports.type_folder)
    plan.hour_typed.connect(reports.type_hour)
    plan.form_chosen.connect(reports.choose_form)
    plan.report_toggled.connect(reports.toggle_report)
    plan.promotions_toggled.connect(reports.toggle_promotions)
    plan.keep_requested.connect(reports.keep_plan)
    plan.closed.connect(reports.close_plan)


def _join_requests(screen: ManagerScreen, who: RoomPresenters) -> None:
    requests = who.pages.requests
    screen.card.approve_requested.connect(lambda: requests.begin(give=True))
    screen.card.refuse_requested.connect(lambda: requests.begin(give=False))
    screen.request.note_typed.connect(requests.type_note)
    screen.request.typing.connect(requests.typing)
    screen.request.pin_entered.connect(requests.enter)
    screen.request.closed.connect(requests.close)
