from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.fakes.manager_backend import TODAY, FakeManagerBackend
from tests.till.managing.desk import ManagerDesk
from tukar.domain.applied import PAGE_RECORDS, PromotionOutcome, Settlement
from tukar.till.managing.filtering import Facet, SavedView
from tukar.till.managing.promotions import Bookmarks, Measure, Picker
from tukar.till.managing.room import DAY_PULSES, PULSE_SECONDS
from tukar.till.managing.spans import Calendar, Span, between, named
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Trouble, Unreachable


@pytest.fixture
def desk() -> ManagerDesk:
    return ManagerDesk().come_in()


def test_the_month_so_far_comes_first_with_its_figures(desk: ManagerDesk) -> None:
    model = desk.views.promotions
    assert model.wanted is not None
    assert model.wanted.days == named(Span.MONTH, TODAY)
    assert model.summary is not None
    assert (len(model.records), model.chosen, model.busy) == (PAGE_RECORDS, 0, False)
    assert model.summary.total.offered > model.summary.total.taken > 0


def test_the_next_page_follows_the_last_record(desk: ManagerDesk) -> None:
    desk.promotions.choose(40)
    desk.promotions.more()
    model = desk.views.promotions
    ids = [record.record_id for record in model.records]
    assert (len(ids), len(set(ids)), model.chosen) == (200, 200, 40)
    assert ids == sorted(ids, reverse=True)
    desk.promotions.more()
    desk.promotions.more()
    asked = len(desk.backend.questions)
    desk.promotions.more()
    assert len(desk.backend.questions) == asked, "there is no page after the last"


def test_one_page_is_asked_for_at_a_time() -> None:
    desk = ManagerDesk(stepped=True).come_in()
    asked = desk.backend.questions.count("promotions")
    for _ in range(3):
        desk.promotions.more()
    desk.steps.run_all()
    assert desk.backend.questions.count("promotions") == asked + 1


@pytest.mark.parametrize("facet", Facet)
def test_each_facet_narrows_and_widens(desk: ManagerDesk, facet: Facet) -> None:
    everything = desk.views.promotions.summary
    desk.promotions.pick(facet)
    over = desk.views.promotions.over
    assert isinstance(over, Picker)
    assert over.chosen == 0, "everything is in force"
    desk.promotions.walk(1)
    desk.promotions.take()
    narrowed = desk.views.promotions
    assert narrowed.over is None
    assert narrowed.wanted is not None
    assert narrowed.wanted.key(facet) == over.options[1].key
    assert narrowed.summary != everything
    desk.promotions.pick(facet)
    assert isinstance(desk.views.promotions.over, Picker)
    assert desk.views.promotions.over.chosen == 1
    desk.promotions.take(0)
    assert desk.views.promotions.summary == everything


def test_a_state_is_an_outcome_or_how_the_points_stand(desk: ManagerDesk) -> None:
    desk.promotions.pick(Facet.STATE)
    over = desk.views.promotions.over
    assert isinstance(over, Picker)
    keys = [option.key for option in over.options]
    desk.promotions.take(keys.index("lost"))
    assert {record.outcome for record in desk.views.promotions.records} == {PromotionOutcome.LOST}
    desk.promotions.pick(Facet.STATE)
    desk.promotions.take(keys.index("needs_manager"))
    assert [record.settlement for record in desk.views.promotions.records] == [Settlement.NEEDS_MANAGER]


def test_walking_stays_at_the_ends(desk: ManagerDesk) -> None:
    desk.promotions.pick(Facet.TILL)
    desk.promotions.walk(-3)
    assert isinstance(desk.views.promotions.over, Picker)
    assert desk.views.promotions.over.chosen == 0
    desk.promotions.walk(9)
    assert desk.views.promotions.over.chosen == 2


def test_esc_over_a_list_changes_nothing(desk: ManagerDesk) -> None:
    before = desk.views.promotions
    desk.promotions.pick(Facet.TILL)
    desk.promotions.walk(1)
    desk.promotions.close_over()
    assert desk.views.promotions == before


def test_days_from_one_to_another(desk: ManagerDesk) -> None:
    desk.promotions.pick_days()
    desk.promotions.walk_to(date(2026, 12, 3))
    over = desk.views.promotions.over
    assert isinstance(over, Calendar)
    assert over.at == TODAY, "nothing was sold tomorrow"
    desk.promotions.pick_day(date(2026, 11, 14))
    desk.promotions.pick_day(date(2026, 11, 12))
    desk.promotions.take_days()
    model = desk.views.promotions
    assert model.wanted is not None
    assert model.wanted.days == between(date(2026, 11, 12), date(2026, 11, 14))
    assert {record.day for record in model.records} == {date(2026, 11, day) for day in (12, 13, 14)}


def test_a_named_span_is_taken_at_once(desk: ManagerDesk) -> None:
    desk.promotions.pick_days()
    desk.promotions.pick_span(Span.YESTERDAY)
    assert desk.views.promotions.over is None
    assert {record.day for record in desk.views.promotions.records} == {date(2026, 11, 20)}


def test_words_find_a_bill_or_a_person(desk: ManagerDesk) -> None:
    desk.promotions.search(" dewi ")
    assert {record.customer_name for record in desk.views.promotions.records} == {"Dewi Lestari"}
    desk.promotions.search("1-000400")
    assert [record.number for record in desk.views.promotions.records] == ["TOKO1-1-1-400"]
    desk.promotions.search("nobody")
    assert (desk.views.promotions.records, desk.views.promotions.chosen) == ((), -1)
    desk.promotions.clear()
    assert len(desk.views.promotions.records) == PAGE_RECORDS


def test_one_customer_and_one_promotion_alone_and_back(desk: ManagerDesk) -> None:
    opened = desk.views.promotions.wanted
    desk.promotions.choose(1)
    desk.promotions.only_customer()
    model = desk.views.promotions
    assert model.wanted is not None
    assert (model.wanted.customer, model.wanted.narrow.member_id) == ("Agus Salim", "m-2")
    assert {record.member_id for record in model.records} == {"m-2"}
    desk.promotions.only_customer()
    desk.promotions.only_rule("free-tea")
    assert {record.rule_id for record in desk.views.promotions.records} == {"free-tea"}
    desk.promotions.only_rule("free-tea")
    assert desk.views.promotions.wanted == opened


def test_a_row_opens_its_bill(desk: ManagerDesk) -> None:
    desk.promotions.look(3)
    model = desk.views.promotions
    assert model.receipt is not None
    assert model.record is not None
    assert (model.chosen, str(model.receipt.number)) == (3, model.record.number)
    desk.promotions.close_receipt()
    assert desk.views.promotions.receipt is None


def test_a_view_is_kept_taken_and_forgotten(desk: ManagerDesk) -> None:
    desk.promotions.only_rule("free-tea")
    desk.promotions.open_views()
    desk.promotions.name_view("  Free tea ")
    desk.promotions.keep_view()
    assert [view.name for view in desk.shelf.views] == ["Free tea"]
    desk.promotions.close_over()
    desk.promotions.clear()
    desk.promotions.open_views()
    desk.promotions.take()
    assert {record.rule_id for record in desk.views.promotions.records} == {"free-tea"}
    desk.promotions.open_views()
    desk.promotions.forget_view()
    assert (desk.shelf.views, desk.views.promotions.over) == ((), Bookmarks(()))


def test_a_view_of_this_month_moves_on_with_the_day(desk: ManagerDesk) -> None:
    assert desk.views.promotions.wanted is not None
    old = replace(desk.views.promotions.wanted, days=named(Span.TODAY, date(2026, 1, 5)))
    desk.shelf.views = (SavedView("Today", old),)
    desk.promotions.open_views()
    desk.promotions.take(0)
    assert desk.views.promotions.wanted.days == named(Span.TODAY, TODAY)


def test_a_view_without_a_name_is_not_kept(desk: ManagerDesk) -> None:
    desk.promotions.open_views()
    desk.promotions.name_view("   ")
    desk.promotions.keep_view()
    assert desk.shelf.views == ()


def test_a_disk_that_does_not_keep_views_is_told(desk: ManagerDesk) -> None:
    desk.shelf.trouble = DiskTrouble(DiskTroubleKind.FULL)
    desk.promotions.open_views()
    assert desk.views.promotions.notice is not None
    assert desk.views.promotions.notice.say is Say.DISK_FULL


def test_the_plot_is_chosen(desk: ManagerDesk) -> None:
    desk.promotions.measure(Measure.RULES)
    assert desk.views.promotions.measure is Measure.RULES


def newest(backend: FakeManagerBackend) -> None:
    backend.records.insert(0, replace(backend.records[0], record_id="00002000", bill_id="bill-new"))


def test_what_a_till_sells_appears_within_two_seconds_and_the_reader_keeps_their_place(desk: ManagerDesk) -> None:
    desk.promotions.choose(5)
    before = desk.views.promotions
    newest(desk.backend)
    desk.timers.advance(2.0)
    model = desk.views.promotions
    assert (model.records[0].bill_id, model.record) == ("bill-new", before.record)
    assert model.summary != before.summary


def test_a_reader_on_later_pages_is_left_alone(desk: ManagerDesk) -> None:
    desk.promotions.more()
    newest(desk.backend)
    desk.timers.advance(4.0)
    assert desk.views.promotions.records[0].bill_id == "bill-0"


def test_a_line_that_is_down_is_said_and_unsaid(desk: ManagerDesk) -> None:
    desk.backend.trouble = Unreachable(Trouble.NO_CONNECTION)
    desk.timers.advance(2.0)
    assert desk.views.promotions.notice is not None
    assert desk.views.promotions.notice.say is Say.OFFLINE_MANAGER
    assert len(desk.views.promotions.records) == PAGE_RECORDS, "what came before stays"
    desk.backend.trouble = None
    desk.timers.advance(2.0)
    assert desk.views.promotions.notice is None


def test_figures_that_did_not_come_are_asked_for_again() -> None:
    desk = ManagerDesk(stepped=True).come_in()
    desk.promotions.search("dewi")
    desk.steps.step()
    desk.backend.trouble = Unreachable(Trouble.TIMED_OUT)
    desk.steps.step()
    desk.backend.trouble = None
    before = desk.backend.questions.count("summary")
    desk.timers.advance(2.0)
    desk.steps.run_all()
    assert desk.backend.questions.count("summary") == before + 1
    assert desk.views.promotions.notice is None
    assert desk.views.promotions.summary is not None
    desk.timers.advance(2.0)
    desk.steps.run_all()
    assert desk.backend.questions.count("summary") == before + 1, "once is enough"


def test_a_page_left_open_moves_on_with_the_day(desk: ManagerDesk) -> None:
    desk.promotions.pick_span(Span.TODAY)
    tomorrow = TODAY + timedelta(days=1)
    desk.backend.today = tomorrow
    desk.timers.advance(DAY_PULSES * PULSE_SECONDS)
    model = desk.views.promotions
    assert model.wanted is not None
    assert model.wanted.days == named(Span.TODAY, tomorrow)
    assert model.records == ()


def test_a_page_left_open_stays_as_it_is_on_the_same_day(desk: ManagerDesk) -> None:
    desk.promotions.choose(40)
    asked = desk.backend.questions.count("choices")
    desk.timers.advance(DAY_PULSES * PULSE_SECONDS)
    assert desk.backend.questions.count("choices") == asked + 1
    assert desk.views.promotions.chosen == 40


def test_days_that_somebody_is_choosing_stay(desk: ManagerDesk) -> None:
    desk.promotions.pick(Facet.TILL)
    desk.backend.today = TODAY + timedelta(days=1)
    desk.promotions.follow_day()
    model = desk.views.promotions
    assert isinstance(model.over, Picker)
    assert model.wanted is not None
    assert model.wanted.days == named(Span.MONTH, TODAY)
