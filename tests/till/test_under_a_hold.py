"""Moments in between: presses that come while the disk or the backend has not answered yet."""

import pytest

from tests.till.bench import COFFEE, ORDER, RIGHT, Bench, TillOnBench, shelf
from tukar.domain.bill import Claim
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import seconds_left

S = CheckoutState


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.add(shelf().named("Kopi Susu Gula Aren"))
    assert till.sale.claim(ORDER)
    bench.stepped.run_all()
    return till


def hold(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING


def states(bench: Bench) -> list[RedemptionState]:
    return [row.state for row in bench.journal.rows.values()]


def test_a_question_cancelled_before_its_intent_is_on_the_disk_is_given_back(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    till.checkout.cancel_ask()
    assert till.stands() is S.PAYING
    assert till.model.redemptions == ()
    bench.stepped.run_all()
    assert states(bench) == [RedemptionState.CLOSED]
    assert bench.backend.held("poin") == 0


def test_a_hold_on_its_way_back_is_not_relied_on(bench: Bench, till: TillOnBench) -> None:
    hold(bench, till)
    till.checkout.back_to_bill()
    till.sale.unclaim(ORDER)
    assert till.sale.claim(ORDER)
    till.checkout.begin_payment()
    assert till.stands() is S.ASKING
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert sorted(states(bench)) == [RedemptionState.CLOSED, RedemptionState.HELD]
    till.checkout.pay_cash()
    till.checkout.save()
    bench.stepped.run_all()
    assert bench.backend.posted["poin"] == 1040
    assert bench.backend.items == []


def test_a_hold_whose_place_may_have_been_taken_is_asked_for_again(bench: Bench, till: TillOnBench) -> None:
    hold(bench, till)
    till.checkout.pay_cash(bench.money(10_000))
    bench.stepped.run_all()
    bench.clock.advance(1_300)
    till.checkout.pay_cash()
    assert till.stands() is S.ASKING
    bench.stepped.step()
    bench.stepped.start()
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    row = next(row for row in bench.journal.rows.values() if row.state is RedemptionState.HELD)
    assert row.held_until is not None
    assert seconds_left(bench.clock, row.held_until) == 0
    assert till.model.must_approve
    till.checkout.pay_cash()
    bench.stepped.run_all()
    till.checkout.save()
    bench.stepped.run_all()
    assert till.stands() is S.SAVED
    assert bench.backend.items == []
    assert bench.backend.posted["poin"] == 1040


def test_when_the_bill_needs_more_than_is_held_cancelling_takes_all_of_it_off(bench: Bench, till: TillOnBench) -> None:
    hold(bench, till)
    till.checkout.pay_cash(bench.money(10_000))
    till.sale.claim(COFFEE)
    till.checkout.pay_cash()
    bench.stepped.step()
    bench.stepped.start()
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    assert till.model.redemptions == ()
    assert bench.backend.held("poin") == 0
    till.checkout.pay_cash()
    till.checkout.save()
    bench.stepped.run_all()
    assert till.stands() is S.SAVED
    assert bench.backend.posted["poin"] == 1240


def test_another_reward_for_fewer_points_takes_the_place_of_the_first(bench: Bench, till: TillOnBench) -> None:
    hold(bench, till)
    till.checkout.back_to_bill()
    till.sale.replace_claims((Claim(COFFEE),), frozenset())
    till.checkout.begin_payment()
    bench.stepped.run_all()
    held = [one for one in bench.backend.holds.values() if one.state is HoldState.HELD]
    assert [[claim.key for claim in one.request.bill.claims] for one in held if one.request] == [[COFFEE]]
    assert [one.points for one in held] == [150]


def test_cancelling_says_that_points_are_on_their_way_back(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    bench.stepped.step()
    till.checkout.cancel_ask()
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.points) == (Say.POINTS_RETURNING, Points(200))


def test_a_second_press_while_a_code_is_cancelled_does_no_harm(bench: Bench, till: TillOnBench) -> None:
    till.sale.unclaim(ORDER)
    till.checkout.begin_payment()
    till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    till.checkout.submit_code(RIGHT)
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert bench.backend.held("reward") == 0
    till.checkout.choose_points("reward", Points(100))
    till.checkout.pay_cash()
    bench.stepped.run_all()
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert till.model.can_save


def test_a_late_answer_about_a_code_is_not_shown_for_another(bench: Bench, till: TillOnBench) -> None:
    till.sale.unclaim(ORDER)
    till.checkout.begin_payment()
    till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    bench.stepped.step()
    bench.stepped.start()
    till.checkout.cancel_code()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert till.model.code is None
