"""Every transition of the checkout: points held before money, money before the bill, and the way back of each."""

from collections import deque
from datetime import UTC, datetime

import pytest

from tests.till.bench import CASHIER, COFFEE, MANAGER, ORDER, RIGHT, WRONG, Bench, TillOnBench, shelf
from tukar.domain.money import Quantity
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState, Refusal
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.notices import Say
from tukar.till.ports import (
    AttemptState,
    DiskTrouble,
    DiskTroubleKind,
    OutboxKind,
    PrinterState,
    Refused,
    TerminalOutcome,
)

S = CheckoutState


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    return bench.start()


def with_order_points(bench: Bench, till: TillOnBench) -> None:
    """Journey B: 200 points of the programme without a code on the bill."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    assert till.sale.claim(ORDER)


def with_reward_points(bench: Bench, till: TillOnBench, points: int = 300) -> None:
    """Journey A: points of the programme that asks for a code, chosen at payment."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.begin_payment()
    assert till.checkout.choose_points("reward", Points(points))


def said(till: TillOnBench) -> Say | None:
    return till.model.notice.say if till.model.notice else None


def redemption_state(till: TillOnBench) -> RedemptionState:
    return till.model.redemptions[0].state


# Cash, and nothing else


def test_a_cash_sale_never_waits_on_the_network(bench: Bench) -> None:
    bench.backend.down = True
    till = bench.start(online=False)
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash(bench.money(200_000))
    assert till.model.change == bench.money(51_000)
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert said(till) is Say.BILL_SAVED_OFFLINE
    assert set(bench.backend.calls) == {"put_bill"}


def test_the_receipt_has_its_number_and_is_printed_with_the_drawer_open(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    receipt = till.model.receipt
    assert receipt is not None
    assert receipt.number.short == "T1-000001"
    assert [(printed.bill_id, copy) for printed, copy in bench.printer.printed] == [(receipt.bill_id, False)]
    assert bench.printer.drawer_opened == 1
    assert bench.backend.bills.keys() == {receipt.bill_id}


def test_a_printer_that_fails_leaves_the_bill_saved(bench: Bench, till: TillOnBench) -> None:
    bench.printer.answers = PrinterState.OUT_OF_PAPER
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert said(till) is Say.PRINTER_PAPER
    assert len(bench.journal.saved) == 1


def test_the_next_sale_begins_empty(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    first = till.sale.bill.bill_id
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    till.checkout.next_sale()
    assert till.stands() is S.SELLING
    assert till.sale.bill.is_empty
    assert till.sale.bill.bill_id != first
    assert till.model.tenders == ()
    assert bench.journal.drafts() == ()


def test_an_empty_bill_is_not_paid(till: TillOnBench) -> None:
    till.checkout.begin_payment()
    assert till.stands() is S.SELLING
    assert said(till) is Say.BILL_EMPTY


def test_a_bill_without_its_salesperson_is_not_paid_where_one_is_required(bench: Bench) -> None:
    bench.salesperson_required = True
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    assert said(till) is Say.SALESPERSON_NEEDED


def test_lines_that_all_have_a_salesperson_of_their_own_are_paid(bench: Bench) -> None:
    bench.salesperson_required = True
    till = bench.start()
    bench.ring_rice(till)
    till.sale.credit_lines(frozenset(line.line_id for line in till.sale.bill.lines), "s-1")
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    (receipt,) = bench.journal.recent_receipts()
    assert {line.salesperson_id for line in receipt.lines} == {"s-1"}


def test_too_little_cash_counts_as_a_part(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash(bench.money(100_000))
    assert till.model.due == bench.money(49_000)
    assert not till.model.can_save
    with pytest.raises(IllegalCheckoutError):
        till.checkout.save()
    till.checkout.pay_cash(bench.money(0))
    assert said(till) is Say.NOT_ENOUGH_MONEY


def test_every_verb_of_another_state_raises(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    for verb in (
        till.checkout.back_to_bill,
        till.checkout.resend_code,
        till.checkout.cancel_code,
        till.checkout.ask_again,
        till.checkout.cancel_ask,
        till.checkout.pay_cash,
        till.checkout.pay_card,
        till.checkout.cancel_terminal,
        till.checkout.ask_terminal_again,
        till.checkout.set_payment_aside,
        till.checkout.save,
        till.checkout.next_sale,
    ):
        with pytest.raises(IllegalCheckoutError):
            verb()


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


# Journey A: points with a code


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


# Under a hold


def test_fewer_points_keep_the_hold_and_the_rest_goes_back(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till, 300)
    till.checkout.send_code("reward")
    till.checkout.submit_code(RIGHT)
    till.checkout.choose_points("reward", Points(100))
    till.checkout.pay_cash()
    assert bench.backend.calls["hold"] == 1
    till.checkout.save()
    assert bench.backend.posted["reward"] == 1400


def test_more_points_need_a_new_code_and_replace_the_hold(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till, 100)
    till.checkout.send_code("reward")
    till.checkout.submit_code(RIGHT)
    till.checkout.choose_points("reward", Points(300))
    till.checkout.pay_cash()
    assert till.stands() is S.CODE
    till.checkout.submit_code(RIGHT)
    assert bench.backend.held("reward") == 300
    assert [row.need for row in bench.journal.rows.values() if row.state is RedemptionState.HELD] == [Points(300)]
    till.checkout.save()
    assert bench.backend.posted["reward"] == 1200
    assert sorted(row.state for row in bench.journal.rows.values()) == [
        RedemptionState.CLOSED,
        RedemptionState.SETTLED,
    ]


def test_taking_the_reward_off_gives_the_points_back(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.back_to_bill()
    till.sale.unclaim(ORDER)
    till.outbox.wake()
    assert bench.backend.held("poin") == 0


def test_another_customer_gives_the_first_ones_points_back(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.back_to_bill()
    till.sale.set_customer(None)
    assert [row.state for row in bench.journal.rows.values()] == [RedemptionState.CLOSED]


def test_abandoning_gives_points_back_and_leaves_no_draft(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    assert till.checkout.abandon()
    assert till.stands() is S.SELLING
    assert bench.backend.held("poin") == 0
    assert bench.journal.drafts() == ()


def test_putting_aside_gives_points_back_and_keeps_the_draft(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bill = till.sale.bill
    till.checkout.begin_payment()
    assert till.checkout.put_aside()
    assert bench.backend.held("poin") == 0
    assert [draft.bill for draft in bench.journal.drafts()] == [bill]
    till.checkout.resume(bench.journal.drafts()[0], at_payment=False)
    assert till.sale.bill == bill


def test_a_bill_with_money_on_it_is_neither_abandoned_nor_put_aside(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash(bench.money(50_000))
    assert not till.checkout.abandon()
    assert not till.checkout.put_aside()


def test_a_hold_is_extended_every_five_minutes(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    bench.background.advance(3600)
    assert bench.backend.calls["extend"] == 12
    till.checkout.pay_cash()
    till.checkout.save()
    assert bench.backend.items == []


def test_a_hold_that_is_gone_takes_its_discount_along(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    next(iter(bench.backend.holds.values())).state = HoldState.VOIDED
    bench.background.advance(301)
    assert said(till) is Say.HOLD_RAN_OUT
    assert till.model.total == bench.money(149_000)


def test_past_commit_by_the_points_are_asked_for_again_before_a_tender(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    bench.backend.down = True
    bench.background.advance(1300)
    bench.backend.down = False
    till.checkout.pay_cash()
    assert till.model.can_save
    assert bench.backend.calls["hold"] == 2
    till.checkout.save()
    assert bench.backend.posted["poin"] == 1040
    assert bench.backend.items == []


def test_past_commit_by_and_offline_no_tender_opens(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    bench.backend.down = True
    bench.background.advance(1300)
    till.checkout.pay_cash()
    bench.background.advance(4)
    assert till.stands() is S.UNSURE
    assert till.model.tenders == ()


def test_a_hold_may_be_billed_offline_in_time(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    bench.backend.down = True
    bench.background.advance(700)
    assert till.model.total == bench.money(129_000)
    till.checkout.pay_cash()
    till.checkout.save()
    assert said(till) is Say.BILL_SAVED_OFFLINE
    assert redemption_state(till) is RedemptionState.BILLED
    bench.backend.down = False
    till.outbox.wake()
    assert bench.backend.posted["poin"] == 1040


def test_past_the_granted_time_only_a_manager_saves(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.down = True
    bench.background.advance(1900)
    assert till.model.must_approve
    till.checkout.save()
    bench.background.advance(4)
    assert till.stands() is S.UNSURE
    till.checkout.save(late_by=CASHIER)
    assert said(till) is Say.NOT_ALLOWED
    till.checkout.save(late_by=MANAGER)
    assert till.stands() is S.SAVED
    assert ("m-1", "save_late", till.sale.bill.bill_id, "") in bench.journal.trail


# Cards and QR


def test_a_card_pays_what_is_due(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    assert till.stands() is S.PAYING
    assert [tender.mode for tender in till.model.tenders] == [PaymentMode.CARD]
    till.checkout.save()
    assert bench.printer.drawer_opened == 0


def test_split_between_cash_and_card(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(100_000))
    till.checkout.pay_cash(bench.money(50_000))
    assert till.model.change == bench.money(1_000)
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_draft_and_attempt_are_on_the_disk_before_the_terminal_hears_of_them(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    order: list[str] = []
    bench.watch(order.append)
    till.checkout.pay_card()
    assert (
        order.index("after:save_draft") < order.index("after:record_attempt:open") < order.index("before:terminal.pay")
    )


def test_a_disk_that_fails_keeps_the_terminal_out_of_it(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.pay_card()
    assert (till.stands(), said(till)) == (S.PAYING, Say.DISK_FULL)
    assert bench.card.asked == []


@pytest.mark.parametrize(
    ("outcome", "say"),
    [(TerminalOutcome.DECLINED, Say.CARD_DECLINED), (TerminalOutcome.CANCELLED, Say.CARD_CANCELLED)],
)
def test_T49_a_declined_card_costs_no_reward(
    bench: Bench, till: TillOnBench, outcome: TerminalOutcome, say: Say
) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    bench.card.script.append(outcome)
    till.checkout.pay_card()
    assert (till.stands(), said(till)) == (S.PAYING, say)
    assert redemption_state(till) is RedemptionState.HELD
    till.checkout.pay_cash()
    till.checkout.save()
    assert bench.backend.posted["poin"] == 1040


def test_T41_what_was_valid_in_the_cart_is_valid_in_the_payment_window(bench: Bench, till: TillOnBench) -> None:
    """The fruit of the weekend is rung up a minute before its last day ends and paid two minutes later."""
    last_minute = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    bench.clock.advance((last_minute - bench.clock.now()).total_seconds())
    till.sale.add(shelf().named("Apel Fuji"), Quantity.of(2))
    till.checkout.begin_payment()
    due = till.model.due
    assert due == bench.money(71_400)
    bench.clock.advance(120)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.model.receipt is not None
    assert (till.stands(), till.model.receipt.total) == (S.SAVED, due)


def test_T39_an_ambiguous_answer_is_asked_again_by_reference(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    assert (till.stands(), said(till)) == (S.UNCLEAR, Say.CARD_UNKNOWN)
    till.checkout.ask_terminal_again()
    assert (till.stands(), said(till)) == (S.PAYING, Say.CARD_APPROVED_AFTER_ALL)
    assert till.model.can_save
    assert len(bench.card.asked) == 1


def test_an_ambiguous_payment_that_was_not_taken_is_no_tender(bench: Bench, till: TillOnBench) -> None:
    bench.card.unknown_takes = False
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    till.checkout.ask_terminal_again()
    assert till.stands() is S.PAYING
    assert till.model.tenders == ()


def test_a_payment_that_stays_unclear_becomes_an_item_for_the_manager(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    till.checkout.set_payment_aside()
    assert till.stands() is S.PAYING
    assert [item.kind for item in bench.journal.review_items()] == ["payment_unclear"]


def test_a_card_never_takes_more_than_is_due(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(200_000))
    assert said(till) is Say.ONLY_CASH_CHANGE
    assert bench.card.asked == []


def test_cancelling_at_the_terminal_waits_for_its_word(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    bench.card.script.append(TerminalOutcome.CANCELLED)
    till.checkout.pay_card()
    till.checkout.cancel_terminal()
    assert till.stands() is S.TERMINAL
    assert till.model.terminal is not None
    assert till.model.terminal.cancelling
    bench.stepped.run_all()
    assert (till.stands(), said(till)) == (S.PAYING, Say.CARD_CANCELLED)
    assert len(bench.card.cancelled) == 1


def test_a_qr_payment_shows_its_code(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_qr()
    shown: set[str] = set()
    till.checkout.listen(lambda model: shown.add(model.terminal.payload if model.terminal else ""))
    bench.stepped.run_all()
    assert any(payload.startswith("pay:") for payload in shown)
    assert till.model.can_save


def test_cash_taken_back_is_due_again(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert till.model.due == bench.money(149_000)


def test_a_card_tender_is_taken_back_through_the_terminal(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert till.model.tenders == ()
    assert bench.card.taken == {}
    attempts = bench.journal.attempts(till.sale.bill.bill_id)
    assert [attempt.state for attempt in attempts] == [AttemptState.REFUNDED]


# Saving


def test_a_bill_that_the_disk_does_not_take_stays_as_it_was(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    before = (till.sale.bill, till.model.tenders)
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.save()
    assert (till.stands(), said(till)) == (S.PAYING, Say.BILL_NOT_SAVED_DISK)
    assert (till.sale.bill, till.model.tenders) == before
    assert bench.journal.saved == {}
    bench.journal.trouble = None
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_saving_twice_is_illegal(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    with pytest.raises(IllegalCheckoutError):
        till.checkout.save()
    assert len(bench.journal.saved) == 1


def test_what_waits_is_a_bill_and_never_a_void_of_what_it_took(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.down = True
    till.checkout.save()
    assert [message.kind for message in bench.journal.waiting()] == [OutboxKind.BILL]


def test_a_saved_bill_keeps_its_total_when_the_line_goes(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.down = True
    till.checkout.save()
    assert not till.gear.line.online
    assert (till.model.total, till.model.due) == (bench.money(129_000), bench.money(0))
    till.checkout.next_sale()
    assert not till.gear.line.redeems
