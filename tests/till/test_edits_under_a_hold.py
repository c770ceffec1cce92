"""What an edit, the clock and the line make of points that are held."""

from tests.till.bench import CASHIER, MANAGER, ORDER, RIGHT, Bench, TillOnBench, said
from tests.till.points_on_a_bill import redemption_state, with_order_points, with_reward_points
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say

S = CheckoutState


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
