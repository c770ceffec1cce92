"""Journey B at the checkout: points without a code, held before money, and what the backend may say."""

from collections import deque

import pytest

from tests.till.bench import COFFEE, Bench, TillOnBench, said, shelf
from tests.till.points_on_a_bill import redemption_state, with_order_points
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState, Refusal
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import (
    DiskTrouble,
    DiskTroubleKind,
    Refused,
)

S = CheckoutState


# Journey B: points without a code


def test_points_are_held_as_payment_is_entered(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    assert redemption_state(till) is RedemptionState.QUOTED
    till.checkout.begin_payment()
    assert till.stands() is S.PAYING
    assert redemption_state(till) is RedemptionState.HELD
    assert bench.backend.available("poin") == 1040
    assert said(till) is Say.POINTS_RESERVED


def test_journey_b_takes_the_points_once_and_with_the_bill(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    assert till.model.total == bench.money(129_000)
    till.checkout.pay_cash(bench.money(150_000))
    till.checkout.save()
    assert bench.backend.posted["poin"] == 1040
    assert bench.backend.held("poin") == 0
    assert redemption_state(till) is RedemptionState.SETTLED
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.points) == (Say.POINTS_TAKEN, Points(1040))
    receipt = till.model.receipt
    assert receipt is not None
    assert [one.points for one in receipt.redemptions] == [Points(200)]
    assert sum(off.amount.minor for line in receipt.lines for off in line.discounts) == 20_000


def test_a_free_product_is_on_the_receipt_with_what_came_off(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    till.sale.add(shelf().named("Kopi Susu Gula Aren"))
    till.sale.claim(COFFEE)
    till.checkout.begin_payment()
    assert till.model.can_save
    till.checkout.save()
    receipt = till.model.receipt
    assert receipt is not None
    assert receipt.total.minor == 0
    assert bench.backend.posted["poin"] == 1090


def test_the_intent_is_on_the_disk_before_anything_is_sent(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    order: list[str] = []
    bench.watch(order.append)
    till.checkout.begin_payment()
    assert order.index("after:add_redemption:asked") < order.index("before:hold")


def test_an_intent_that_the_disk_refuses_sends_nothing(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.begin_payment()
    assert till.stands() is S.PAYING
    assert said(till) is Say.DISK_FULL
    assert bench.backend.calls["hold"] == 0
    assert bench.journal.rows == {}


def test_a_lost_answer_is_asked_for_again_with_the_same_ids(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.loses["hold"] = 2
    till.checkout.begin_payment()
    assert till.stands() is S.ASKING
    bench.background.advance(0.5)
    bench.background.advance(1.0)
    assert till.stands() is S.PAYING
    assert bench.backend.calls["hold"] == 3
    assert len(bench.backend.holds) == 1
    assert bench.backend.held("poin") == 200


def test_after_all_tries_one_look_decides(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.loses["hold"] = 4
    till.checkout.begin_payment()
    bench.background.advance(4)
    assert bench.backend.calls["redemption"] == 1
    assert till.stands() is S.PAYING
    assert redemption_state(till) is RedemptionState.HELD


def test_when_nobody_knows_the_cashier_tries_again_with_the_same_ids(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.down = True
    till.checkout.begin_payment()
    bench.background.advance(4)
    assert till.stands() is S.UNSURE
    assert said(till) is Say.POINTS_UNKNOWN
    bench.backend.down = False
    till.checkout.ask_again()
    assert till.stands() is S.PAYING
    assert len(bench.backend.holds) == len(bench.journal.rows) == 1


def test_when_nobody_knows_the_cashier_may_cancel_and_the_points_come_back(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.loses["hold"] = 4
    bench.backend.drops["redemption"] = 1
    till.checkout.begin_payment()
    bench.background.advance(4)
    assert till.stands() is S.UNSURE
    till.checkout.cancel_ask()
    assert till.stands() is S.PAYING
    assert till.model.total == bench.money(149_000)
    assert till.model.redemptions == ()
    till.outbox.wake()
    assert bench.backend.available("poin") == 1240
    assert [row.state for row in bench.journal.rows.values()] == [RedemptionState.CLOSED]


def test_the_bill_is_locked_while_points_are_asked_for(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    with_order_points(bench, till)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    assert till.stands() is S.ASKING
    assert till.sale.locked
    bench.stepped.run_all()
    assert not till.sale.locked


def test_a_cancelled_question_is_not_heard_when_it_is_answered_after_all(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    with_order_points(bench, till)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    bench.stepped.step()
    bench.stepped.start()
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert till.model.redemptions == ()
    till.outbox.wake()
    bench.stepped.run_all()
    assert bench.backend.held("poin") == 0


# What the backend may say


def test_points_spent_elsewhere_price_the_bill_again(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.posted["poin"] = 30
    till.checkout.begin_payment()
    assert till.stands() is S.PAYING
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.points) == (Say.POINTS_SPENT_ELSEWHERE, Points(30))
    assert till.model.total == bench.money(149_000)
    balance = till.sale.bill.customer.balance("poin") if till.sale.bill.customer else None
    assert balance is not None
    assert balance.available == Points(30)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_rules_that_changed_are_fetched_and_asked_by(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.programme_version += 1
    till.checkout.begin_payment()
    assert till.copies.refreshed == 1
    assert till.stands() is S.PAYING
    assert redemption_state(till) is RedemptionState.HELD
    assert [held.state for held in bench.backend.holds.values()].count(HoldState.HELD) == 1


def test_rules_that_keep_changing_are_not_chased_for_ever(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.refuses["hold"] = deque([Refused(Refusal.RULES_CHANGED), Refused(Refusal.PRICES_CHANGED)])
    till.checkout.begin_payment()
    assert till.stands() is S.PAYING
    assert said(till) is Say.PRICES_CHANGED
    assert till.model.redemptions == ()


@pytest.mark.parametrize(
    ("refusal", "say"),
    [
        (Refusal.NOT_ELIGIBLE, Say.OFFER_GONE),
        (Refusal.REVOKED, Say.TILL_REVOKED),
        (Refusal.NOT_SIGNED_IN, Say.SIGN_IN_AGAIN),
        (Refusal.OUTDATED, Say.TILL_OUTDATED),
        (Refusal.RECOVERING, Say.BACKEND_RECOVERING),
        (Refusal.ID_REUSED, Say.NEEDS_MANAGER),
    ],
)
def test_any_other_refusal_means_no_discount(bench: Bench, till: TillOnBench, refusal: Refusal, say: Say) -> None:
    with_order_points(bench, till)
    bench.backend.refuses["hold"] = deque([Refused(refusal)])
    till.checkout.begin_payment()
    assert (till.stands(), said(till)) == (S.PAYING, say)
    assert till.model.total == bench.money(149_000)
    assert [row.state for row in bench.journal.rows.values()] == [RedemptionState.CLOSED]
