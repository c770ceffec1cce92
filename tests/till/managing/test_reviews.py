import pytest

from tests.till.managing.desk import ManagerDesk
from tukar.domain.oversight import ReviewReason, ReviewState
from tukar.till.managing.room import Page
from tukar.till.notices import Say


@pytest.fixture
def desk() -> ManagerDesk:
    desk = ManagerDesk().come_in()
    desk.room.turn_to(Page.REVIEWS)
    return desk


def test_all_that_waits_is_listed_and_counted_before_the_page_is_seen() -> None:
    desk = ManagerDesk().come_in()
    assert (desk.views.reviews.open, desk.views.reviews.loaded) == (9, False)
    desk.room.turn_to(Page.REVIEWS)
    model = desk.views.reviews
    assert (len(model.cases), model.chosen, model.open) == (9, 0, 9)


def test_approving_takes_the_case_off_and_chooses_the_next(desk: ManagerDesk) -> None:
    desk.reviews.choose(1)
    desk.reviews.approve()
    model = desk.views.reviews
    assert (len(model.cases), model.chosen, model.open) == (8, 1, 8)
    assert desk.backend.cases[1].state is ReviewState.APPROVED
    assert model.notice is not None
    assert model.notice.say is Say.CASE_APPROVED


def test_a_flag_needs_a_word(desk: ManagerDesk) -> None:
    desk.reviews.flag()
    assert desk.views.reviews.notice is not None
    assert (desk.views.reviews.notice.say, len(desk.views.reviews.cases)) == (Say.NOTE_NEEDED, 9)
    desk.reviews.type_note("Ask Sari")
    desk.reviews.flag()
    assert desk.backend.cases[0].state is ReviewState.FLAGGED
    assert [note.text for note in desk.backend.cases[0].notes] == ["Ask Sari"]
    assert desk.views.reviews.note == ""


def test_a_flagged_case_is_found_again_and_reopened(desk: ManagerDesk) -> None:
    desk.reviews.type_note("Ask Sari")
    desk.reviews.flag()
    desk.reviews.show_state(ReviewState.FLAGGED)
    assert [case.reason for case in desk.views.reviews.cases] == [ReviewReason.WRONG_CODES]
    desk.reviews.reopen()
    model = desk.views.reviews
    assert (model.cases, model.chosen, model.open) == ((), -1, 9)


def test_a_note_alone_decides_nothing(desk: ManagerDesk) -> None:
    desk.reviews.type_note("Looked at the camera")
    desk.reviews.keep_note()
    model = desk.views.reviews
    assert model.case is not None
    assert ([note.text for note in model.case.notes], model.note) == (["Looked at the camera"], "")
    assert model.case.state is ReviewState.OPEN


def test_every_state_at_once_keeps_a_decided_case_in_sight(desk: ManagerDesk) -> None:
    desk.reviews.show_state(None)
    desk.reviews.approve()
    assert len(desk.views.reviews.cases) == 9
    assert desk.views.reviews.cases[0].state is ReviewState.APPROVED


def test_the_bill_behind_a_case(desk: ManagerDesk) -> None:
    desk.reviews.look()
    assert desk.views.reviews.receipt is not None
    desk.reviews.close_receipt()
    assert desk.views.reviews.receipt is None


def test_the_same_case_stays_chosen_when_the_page_comes_back(desk: ManagerDesk) -> None:
    desk.reviews.choose(4)
    desk.reviews.type_note("half a")
    desk.room.turn_to(Page.PROMOTIONS)
    desk.room.turn_to(Page.REVIEWS)
    assert (desk.views.reviews.chosen, desk.views.reviews.note) == (4, "half a")
