from dataclasses import replace

import pytest

from tests.till.managing.desk import ManagerDesk
from tukar.domain.oversight import DifferenceKind, DifferenceState
from tukar.till.managing.room import Page
from tukar.till.notices import Say
from tukar.till.ports import Trouble, Unreachable


@pytest.fixture
def desk() -> ManagerDesk:
    desk = ManagerDesk().come_in()
    desk.room.turn_to(Page.RECONCILING)
    return desk


def test_differences_stand_with_what_was_compared(desk: ManagerDesk) -> None:
    model = desk.views.reconciling
    assert model.found is not None
    assert (len(model.found.differences), model.found.checked["bills"], model.chosen) == (2, 315, 0)
    assert model.can_repair


def test_one_act_puts_it_right_and_comparing_again_shows_it_gone(desk: ManagerDesk) -> None:
    desk.reconciling.repair()
    model = desk.views.reconciling
    assert model.difference is not None
    assert (model.difference.state, model.can_repair) == (DifferenceState.REPAIRED, False)
    assert model.notice is not None
    assert model.notice.say is Say.REPAIRED
    desk.reconciling.repair()
    assert desk.backend.questions.count("repair") == 1, "what is right is left alone"
    desk.reconciling.compare()
    assert desk.views.reconciling.found is not None
    assert len(desk.views.reconciling.found.differences) == 1


def test_a_missing_bill_is_asked_of_its_till(desk: ManagerDesk) -> None:
    desk.reconciling.choose(1)
    desk.reconciling.repair()
    notice = desk.views.reconciling.notice
    assert notice is not None
    assert (notice.say, notice.text) == (Say.TILL_ASKED, "2")
    desk.reconciling.compare()
    assert desk.views.reconciling.difference is not None
    assert desk.views.reconciling.difference.state is DifferenceState.ASKED
    assert not desk.views.reconciling.can_repair


@pytest.mark.parametrize(
    ("kind", "asks"), [(DifferenceKind.RECORDS, 1), (DifferenceKind.HOLD_LEFT, 0), (DifferenceKind.BOOKED_NO_BILL, 0)]
)
def test_a_bill_is_looked_at_where_it_came(desk: ManagerDesk, kind: DifferenceKind, asks: int) -> None:
    balance = desk.backend.differing[0]
    desk.backend.differing[0] = replace(balance, kind=kind, bill_id="bill-9")
    desk.reconciling.compare()
    desk.reconciling.choose(0)
    desk.reconciling.look()
    assert desk.backend.questions.count("receipt") == asks


def test_nothing_differs(desk: ManagerDesk) -> None:
    desk.backend.differing.clear()
    desk.reconciling.compare()
    model = desk.views.reconciling
    assert model.found is not None
    assert (model.found.differences, model.chosen, model.can_repair) == ((), -1, False)
    desk.reconciling.repair()
    assert "repair" not in desk.backend.questions


def test_an_answer_that_does_not_come_leaves_what_was_there(desk: ManagerDesk) -> None:
    desk.backend.trouble = Unreachable(Trouble.TIMED_OUT)
    desk.reconciling.compare()
    model = desk.views.reconciling
    assert model.notice is not None
    assert (model.notice.say, model.comparing) == (Say.OFFLINE_MANAGER, False)
    assert model.found is not None
