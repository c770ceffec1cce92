"""Journey A at the checkout: the code, wrong, lost, late or never come."""

from collections import deque

from tests.till.bench import RIGHT, WRONG, Bench, TillOnBench, said
from tests.till.points_on_a_bill import redemption_state, with_order_points, with_reward_points
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState, Refusal
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import (
    Refused,
)

S = CheckoutState


def test_journey_a(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till, 300)
    assert till.model.redemptions[0].needs_code
    till.checkout.send_code("reward")
    code = till.model.code
    assert code is not None
    assert (till.stands(), said(till), code.sent_to, code.busy) == (S.CODE, Say.CODE_SENT, "…5678", False)
    till.checkout.submit_code(RIGHT)
    assert till.stands() is S.PAYING
    assert till.model.due == bench.money(149_000 - 30_000)
    assert till.model.redemptions[0].left == Points(1200)
    till.checkout.pay_cash()
    till.checkout.save()
    assert bench.backend.posted["reward"] == 1200
    assert len(bench.backend.sms) == 1


def test_the_code_is_asked_for_when_payment_is_entered_with_points_on_the_bill(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.choose_points("reward", Points(300))
    till.checkout.begin_payment()
    assert till.stands() is S.CODE


def test_cash_asks_for_the_code_first_and_is_taken_after_it(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.pay_cash()
    assert till.stands() is S.CODE
    assert till.model.tenders == ()
    till.checkout.submit_code(RIGHT)
    assert till.stands() is S.PAYING
    assert till.model.can_save


def test_a_wrong_code_asks_again_with_the_tries_left(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    till.checkout.submit_code(WRONG)
    assert till.stands() is S.CODE
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.count) == (Say.CODE_WRONG, 4)
    assert till.model.code is not None
    assert till.model.code.tries_left == 4
    till.checkout.submit_code(RIGHT)
    assert redemption_state(till) is RedemptionState.HELD


def test_a_lost_answer_burns_no_try(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    bench.backend.loses["hold"] = 1
    bench.backend.refuses["hold"] = deque()
    till.checkout.submit_code(RIGHT)
    bench.background.advance(0.5)
    assert redemption_state(till) is RedemptionState.HELD


def test_too_many_wrong_codes_lock_the_code_and_without_another_the_points_come_off(
    bench: Bench, till: TillOnBench
) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    for _ in range(5):
        till.checkout.submit_code(WRONG)
    assert (till.stands(), said(till)) == (S.CODE, Say.CODE_LOCKED)
    till.checkout.submit_code(RIGHT)
    assert till.stands() is S.CODE
    till.checkout.cancel_code()
    assert till.model.redemptions == ()
    assert till.model.total == bench.money(149_000)


def test_a_code_that_ran_out_can_be_sent_anew(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    bench.clock.advance(301)
    till.checkout.submit_code(RIGHT)
    assert (till.stands(), said(till)) == (S.CODE, Say.CODE_EXPIRED)
    assert till.model.code is not None
    assert till.model.code.over
    till.checkout.resend_code()
    till.checkout.submit_code(RIGHT)
    assert redemption_state(till) is RedemptionState.HELD
    assert len(bench.backend.sms) == 2


def test_resending_after_a_lost_answer_is_the_same_sending(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    bench.backend.loses["send_code"] = 4
    till.checkout.send_code("reward")
    bench.background.advance(4)
    assert said(till) is Say.BACKEND_SLOW
    till.checkout.resend_code()
    assert said(till) is Say.CODE_SENT
    assert len(bench.backend.sms) == 1


def test_resending_in_time_is_a_new_sending(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    till.checkout.resend_code()
    assert len(bench.backend.sms) == 2
    assert len(bench.backend.challenges) == 1


def test_resending_too_early_says_when(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    bench.backend.refuses["send_code"] = deque([Refused(Refusal.RESEND_TOO_EARLY, wait=12)])
    till.checkout.resend_code()
    assert till.stands() is S.CODE
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.seconds) == (Say.CODE_RESEND_EARLY, 12)
    till.checkout.submit_code(RIGHT)
    assert redemption_state(till) is RedemptionState.HELD


def test_a_customer_without_a_mobile_gets_no_code_and_no_discount(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    bench.backend.refuses["send_code"] = deque([Refused(Refusal.NO_MOBILE)])
    till.checkout.send_code("reward")
    assert (till.stands(), said(till)) == (S.PAYING, Say.NO_MOBILE)
    assert till.model.redemptions == ()


def test_cancelling_the_code_takes_the_points_off(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    till.checkout.cancel_code()
    assert till.stands() is S.PAYING
    assert till.model.total == bench.money(149_000)


def test_a_code_the_backend_wants_unexpectedly_is_sent(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.refuses["hold"] = deque([Refused(Refusal.CODE_NEEDED)])
    till.checkout.begin_payment()
    assert till.stands() is S.CODE
    till.checkout.submit_code(RIGHT)
    assert redemption_state(till) is RedemptionState.HELD
