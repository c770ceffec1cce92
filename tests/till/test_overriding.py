"""A second person answers for the customer's consent where no code comes, or where the code is locked."""

from collections import deque

import pytest

from tests.till.bench import MANAGER, MANAGER_PIN, RIGHT, WRONG, Bench, TillOnBench, said
from tukar.domain.people import Action
from tukar.domain.points import Points
from tukar.domain.redemption import CODE_TRIES, RedemptionState, Refusal
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.permitting import Permit
from tukar.till.ports import Refused

S = CheckoutState
WORD = Permit("c-1", MANAGER.staff_id, MANAGER_PIN)


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    """A code was sent for 300 Reward points, and is waited for."""
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.checkout.choose_points("reward", Points(300))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert till.stands() is S.CODE
    return till


def override(bench: Bench, till: TillOnBench, word: Permit = WORD) -> None:
    till.checkout.overriding.override(word, "no code came")
    for _ in range(4):
        bench.stepped.run_all()
        bench.stepped.advance(2)
    bench.stepped.run_all()


def test_what_is_asked_names_the_action_the_bill_and_the_points(till: TillOnBench) -> None:
    about = till.checkout.overriding.about
    assert about is not None
    assert (about.action, about.bill_id) == (Action.OVERRIDE_CODE, till.sale.bill.bill_id)
    assert about.points == Points(300)
    assert about.amount is not None


def test_the_points_are_held_by_the_same_challenge_without_a_code(bench: Bench, till: TillOnBench) -> None:
    override(bench, till)
    assert till.stands() is S.PAYING
    assert bench.backend.held("reward") == 300
    (row,) = till.checkout.model.redemptions
    assert row.state is RedemptionState.HELD
    assert till.checkout.overriding.about is None


def test_the_backend_checks_the_pin_again_and_the_code_may_still_be_typed(bench: Bench, till: TillOnBench) -> None:
    override(bench, till, Permit("c-1", MANAGER.staff_id, "000000"))
    assert (till.stands(), said(till)) == (S.CODE, Say.NOT_ALLOWED)
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert bench.backend.held("reward") == 300


def test_a_locked_code_is_answered_for_and_its_points_stay_on_the_bill(bench: Bench, till: TillOnBench) -> None:
    for _ in range(CODE_TRIES):
        till.checkout.submit_code(WRONG)
        bench.stepped.run_all()
    assert (till.stands(), said(till)) == (S.CODE, Say.CODE_LOCKED)
    assert till.model.code is not None
    assert till.model.code.over
    override(bench, till)
    assert (till.stands(), bench.backend.held("reward")) == (S.PAYING, 300)


def test_a_till_that_did_it_too_often_is_told(bench: Bench, till: TillOnBench) -> None:
    bench.backend.refuses["override_code"] = deque([Refused(Refusal.TOO_MANY_CODES)])
    override(bench, till)
    assert (till.stands(), said(till)) == (S.CODE, Say.OVERRIDES_USED_UP)


def test_without_an_answer_it_may_be_asked_again(bench: Bench, till: TillOnBench) -> None:
    bench.backend.drops["override_code"] = 4
    override(bench, till)
    assert (till.stands(), said(till)) == (S.CODE, Say.BACKEND_SLOW)
    override(bench, till)
    assert bench.backend.held("reward") == 300


def test_a_lost_answer_is_asked_for_again_with_the_same_challenge(bench: Bench, till: TillOnBench) -> None:
    bench.backend.loses["override_code"] = 1
    override(bench, till)
    assert bench.backend.held("reward") == 300
    assert bench.backend.calls["override_code"] == 2


def test_an_answer_that_comes_after_the_cashier_gave_up_changes_nothing(bench: Bench, till: TillOnBench) -> None:
    till.checkout.overriding.override(WORD, "no code came")
    till.checkout.cancel_code()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert bench.backend.held("reward") == 0
    assert till.model.redemptions == ()


def test_nothing_is_asked_where_no_code_is_waited_for(bench: Bench, till: TillOnBench) -> None:
    till.checkout.cancel_code()
    bench.stepped.run_all()
    override(bench, till)
    assert bench.backend.calls["override_code"] == 0
