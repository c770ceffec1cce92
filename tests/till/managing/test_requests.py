from dataclasses import replace

import pytest

from tests.fakes.manager_backend import PIN
from tests.till.managing.desk import ManagerDesk
from tukar.domain.approval import ApprovalState, LimitKind
from tukar.till.notices import Say


@pytest.fixture
def desk() -> ManagerDesk:
    return ManagerDesk().come_in()


def test_a_request_appears_with_its_seconds_running(desk: ManagerDesk) -> None:
    (waiting,) = desk.views.requests.waiting
    assert (waiting.request.actor_name, waiting.seconds) == ("Sari W.", 60.0)
    desk.timers.advance(10)
    assert desk.views.requests.waiting[0].seconds == pytest.approx(50.0)


def test_one_that_a_till_asks_later_is_there_within_two_seconds(desk: ManagerDesk) -> None:
    first = desk.backend.asked[0]
    desk.backend.asked.append(replace(first, request_id="ask-2", actor_name="Bagus H."))
    desk.timers.advance(2.0)
    assert [one.request.actor_name for one in desk.views.requests.waiting] == ["Sari W.", "Bagus H."]


@pytest.mark.parametrize("give", [True, False])
def test_the_managers_own_pin_answers(desk: ManagerDesk, *, give: bool) -> None:
    desk.requests.begin(give=give)
    desk.requests.type_note("Shown to me")
    desk.requests.enter(PIN)
    asked = desk.backend.asked[0]
    assert asked.state is (ApprovalState.GIVEN if give else ApprovalState.REFUSED)
    assert (asked.note, asked.approver_name) == ("Shown to me", "Hendra Wijaya")
    model = desk.views.requests
    assert (model.waiting, model.in_hand) == ((), None)
    assert model.said is not None
    assert (model.said.say, model.said.text) == (Say.REQUEST_GIVEN if give else Say.REQUEST_REFUSED, "Sari W.")
    desk.requests.dismiss()
    assert desk.views.requests.said is None


def test_a_wrong_pin_gives_nothing(desk: ManagerDesk) -> None:
    desk.requests.begin(give=True)
    desk.requests.enter("000000")
    model = desk.views.requests
    assert (model.wrong, desk.backend.asked[0].state) == (True, ApprovalState.WAITING)
    assert model.notice is not None
    assert model.notice.say is Say.WRONG_PIN
    desk.requests.typing()
    assert not desk.views.requests.wrong


def test_what_is_beyond_the_limit_can_only_be_refused(desk: ManagerDesk) -> None:
    desk.backend.asked[0] = replace(desk.backend.asked[0], beyond=LimitKind.PERCENT)
    desk.timers.advance(2.0)
    desk.requests.begin(give=True)
    assert desk.views.requests.in_hand is None
    desk.requests.begin(give=False)
    assert desk.views.requests.in_hand is not None


def test_a_request_that_ran_out_while_the_pin_was_typed_says_so(desk: ManagerDesk) -> None:
    desk.requests.begin(give=True)
    desk.timers.advance(61)
    model = desk.views.requests
    assert model.in_hand is None
    assert model.said is not None
    assert model.said.say is Say.REQUEST_GONE


def test_one_that_somebody_else_answered_goes(desk: ManagerDesk) -> None:
    desk.backend.asked.clear()
    desk.timers.advance(2.0)
    assert desk.views.requests.waiting == ()


def test_an_answer_that_comes_too_late_is_no_answer(desk: ManagerDesk) -> None:
    desk.requests.begin(give=True)
    desk.backend.asked[0] = replace(desk.backend.asked[0], state=ApprovalState.WITHDRAWN)
    desk.requests.enter(PIN)
    assert desk.views.requests.said is not None
    assert desk.views.requests.said.say is Say.REQUEST_GONE


def test_esc_lets_it_wait_on(desk: ManagerDesk) -> None:
    desk.requests.begin(give=True)
    desk.requests.close()
    assert (desk.views.requests.in_hand, len(desk.views.requests.waiting)) == (None, 1)


def test_leaving_the_room_leaves_no_request_on_the_screen(desk: ManagerDesk) -> None:
    desk.room.leave()
    desk.timers.advance(5)
    assert desk.views.requests.waiting == ()


def test_an_answer_that_comes_after_the_room_was_left_shows_nothing() -> None:
    desk = ManagerDesk(stepped=True).come_in()
    desk.requests.refresh()
    desk.steps.start()
    desk.room.leave()
    desk.steps.deliver()
    desk.steps.run_all()
    assert desk.views.requests.waiting == ()
