"""A backend that only redeems and reverses: asked just before the last tender, or after it where it cannot reverse."""

from dataclasses import replace

import pytest

from tests.till.bench import ORDER, RIGHT, Bench, TillOnBench
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import Capabilities, Hold, Idempotency, Otp, Reverse

S = CheckoutState


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.backend.capabilities = Capabilities(hold=Hold.NONE, reverse=Reverse.FULL)
    return bench


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    assert till.sale.claim(ORDER)
    return till


def test_nothing_is_redeemed_before_the_last_tender(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(29_000))
    assert bench.backend.calls["hold"] == 0
    till.checkout.pay_cash()
    assert bench.backend.calls["hold"] == 1
    assert till.model.can_save
    till.checkout.save()
    assert bench.backend.posted["poin"] == 1040


def test_a_refusal_before_the_last_tender_asks_for_the_difference(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(29_000))
    bench.backend.posted["poin"] = 10
    till.checkout.pay_cash()
    assert till.model.notice is not None
    assert till.model.notice.say is Say.POINTS_SPENT_ELSEWHERE
    assert till.model.due == bench.money(120_000)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_a_backend_that_cannot_reverse_is_asked_after_the_last_tender(bench: Bench, till: TillOnBench) -> None:
    bench.backend.capabilities = Capabilities(hold=Hold.NONE, reverse=Reverse.NONE)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    assert till.model.can_save
    assert bench.backend.calls["hold"] == 0
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert bench.backend.posted["poin"] == 1040


def test_what_it_then_refuses_is_paid_in_money(bench: Bench, till: TillOnBench) -> None:
    bench.backend.capabilities = Capabilities(hold=Hold.NONE, reverse=Reverse.NONE)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.posted["poin"] = 10
    till.checkout.save()
    assert till.stands() is S.PAYING
    assert till.model.due == bench.money(20_000)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_a_message_that_would_be_done_twice_is_sent_once(bench: Bench, till: TillOnBench) -> None:
    bench.backend.capabilities = replace(bench.backend.capabilities, idempotency=Idempotency.NONE)
    bench.backend.loses["hold"] = 1
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.background.advance(4)
    assert bench.backend.calls["hold"] == 1
    assert bench.backend.calls["redemption"] == 1
    assert till.model.can_save


def test_more_points_are_reversed_before_they_are_redeemed_anew(bench: Bench, till: TillOnBench) -> None:
    till.sale.unclaim(ORDER)
    till.checkout.begin_payment()
    till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    till.checkout.submit_code(RIGHT)
    bench.backend.posted["reward"] = 300
    till.checkout.choose_points("reward", Points(300))
    till.checkout.pay_cash()
    till.checkout.submit_code(RIGHT)
    assert till.model.can_save
    assert bench.backend.held("reward") == 300
    till.checkout.save()
    assert bench.backend.posted["reward"] == 0
    assert sorted(row.state for row in bench.journal.rows.values()) == [RedemptionState.CLOSED, RedemptionState.SETTLED]


def test_its_holds_do_not_run_out(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    assert bench.journal.redemptions(till.sale.bill.bill_id)[0].held_until is None
    bench.background.advance(10_000)
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_a_backend_without_codes_is_never_asked_for_one(bench: Bench, till: TillOnBench) -> None:
    bench.backend.capabilities = Capabilities(otp=Otp.NONE)
    till.checkout.begin_payment()
    till.checkout.back_to_bill()
    assert not till.model.redemptions[0].needs_code


def test_a_backend_that_always_wants_codes_gets_one_for_every_point(bench: Bench, till: TillOnBench) -> None:
    bench.backend.capabilities = Capabilities(otp=Otp.REQUIRED)
    till.checkout.begin_payment()
    assert till.stands() is S.CODE
