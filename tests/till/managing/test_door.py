from tests.fakes.manager_backend import MANAGER, PIN
from tests.till.managing.desk import SUPERVISOR, ManagerDesk
from tukar.till.managing.room import Page
from tukar.till.notices import Say
from tukar.till.ports import Trouble, Unreachable


def test_only_who_may_see_the_figures_is_offered_and_whoever_is_at_the_till_stands_first() -> None:
    desk = ManagerDesk()
    desk.door.knock(MANAGER.staff_id)
    model = desk.views.door
    assert (model.people, model.people[model.chosen], model.again) == ((SUPERVISOR, MANAGER), MANAGER, False)


def test_a_pin_opens_the_room_on_the_applied_promotions() -> None:
    desk = ManagerDesk().come_in()
    assert not desk.views.door.is_open
    assert (desk.views.room.manager, desk.views.room.page) == (MANAGER, Page.PROMOTIONS)
    assert desk.views.promotions.records


def test_a_wrong_pin_is_said_and_typing_clears_it() -> None:
    desk = ManagerDesk()
    desk.door.knock(MANAGER.staff_id)
    desk.door.enter("111111")
    refused = desk.views.door
    assert refused.notice is not None
    assert (refused.wrong, refused.notice.say) == (True, Say.WRONG_PIN)
    desk.door.typing()
    cleared = desk.views.door
    assert (cleared.wrong, cleared.notice) == (False, None)


def test_half_a_pin_is_not_sent() -> None:
    desk = ManagerDesk()
    desk.door.knock()
    desk.door.enter("12")
    assert desk.backend.questions == []


def test_nobody_answers() -> None:
    desk = ManagerDesk()
    desk.backend.trouble = Unreachable(Trouble.TIMED_OUT)
    desk.door.knock(MANAGER.staff_id)
    desk.door.enter(PIN)
    assert desk.views.door.notice is not None
    assert (desk.views.door.notice.say, desk.views.door.wrong) == (Say.OFFLINE_MANAGER, False)


def test_a_session_that_ran_out_is_opened_again_and_the_question_asked_once_more() -> None:
    desk = ManagerDesk().come_in()
    desk.backend.signed_in = None
    desk.room.turn_to(Page.REVIEWS)
    assert (desk.views.door.is_open, desk.views.door.again, desk.views.reviews.loaded) == (True, True, False)
    assert desk.views.door.people[desk.views.door.chosen] == MANAGER
    desk.door.enter(PIN)
    assert not desk.views.door.is_open
    assert len(desk.views.reviews.cases) == 9
    assert desk.views.room.page is Page.REVIEWS, "the page stays"


def test_who_does_not_sign_in_again_is_told_and_turned_away() -> None:
    desk = ManagerDesk().come_in()
    desk.backend.signed_in = None
    desk.room.turn_to(Page.REVIEWS)
    desk.door.leave()
    assert desk.turned_away == 1
    assert desk.views.reviews.notice is not None
    assert desk.views.reviews.notice.say is Say.SIGN_IN_AGAIN


def test_leaving_ends_the_session_and_the_pulse() -> None:
    desk = ManagerDesk().come_in()
    desk.room.leave()
    assert (desk.backend.signed_in, desk.views.room.manager) == (None, None)
    asked = len(desk.backend.questions)
    desk.timers.advance(60)
    assert len(desk.backend.questions) == asked


def test_nobody_may_come_in_where_no_manager_is_known() -> None:
    desk = ManagerDesk()
    desk.door._staff = lambda: ()
    desk.door.knock()
    assert (desk.views.door.chosen, desk.views.door.notice and desk.views.door.notice.say) == (-1, Say.NO_MANAGER)
