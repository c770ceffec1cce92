"""Where other tills failed (known-failures.md), as far as checkout and outbox can repeat it."""

from collections import deque

import pytest

from tests.domain.pricing.till import book, item
from tests.till.bench import COFFEE, ORDER, RIGHT, Bench, TillOnBench, said, shelf
from tukar.domain.bill import OfferKey
from tukar.domain.money import Quantity
from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState, Refusal
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.notices import Say
from tukar.till.ports import Refused

S = CheckoutState


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    return bench.serve()


def pay_and_save(till: TillOnBench) -> None:
    if till.stands() is S.SELLING:
        till.checkout.begin_payment()
    if till.model.due.minor > 0:
        till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_T01_after_a_refusal_the_cashier_can_correct_the_bill(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.backend.posted["poin"] = 160
    till.checkout.begin_payment()
    assert (till.stands(), said(till)) == (S.PAYING, Say.POINTS_SPENT_ELSEWHERE)
    till.checkout.back_to_bill()
    till.sale.add(shelf().named("Kopi Susu Gula Aren"))
    assert till.sale.claim(COFFEE)
    pay_and_save(till)
    assert bench.backend.posted["poin"] == 10


def test_T02_a_bill_confirmed_twice_counts_its_points_once(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.backend.loses["put_bill"] = 2
    pay_and_save(till)
    with pytest.raises(IllegalCheckoutError):
        till.checkout.save()
    bench.background.advance(120)
    till.outbox.wake()
    assert bench.backend.calls["put_bill"] == 3
    assert (len(bench.journal.saved), len(bench.backend.earned)) == (1, 1)
    assert bench.backend.posted["poin"] == 1040


def test_T03_a_discount_never_goes_without_its_points(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.backend.down = True
    till.checkout.begin_payment()
    bench.background.advance(4)
    till.checkout.cancel_ask()
    assert till.model.total == bench.money(149_000)
    pay_and_save(till)
    receipt = till.model.receipt
    assert receipt is not None
    assert receipt.redemptions == ()
    assert receipt.discount.minor == 0


def test_T04_points_held_online_are_taken_when_the_bill_arrives_later(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    bench.backend.down = True
    pay_and_save(till)
    assert bench.backend.posted["poin"] == 1240
    bench.backend.down = False
    bench.background.advance(61)
    assert bench.backend.posted["poin"] == 1040
    assert till.model.redemptions[0].state is RedemptionState.SETTLED


def test_T07_two_tills_cannot_spend_the_same_points(bench: Bench, till: TillOnBench) -> None:
    bench.backend.posted["poin"] = 300
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    other = bench.start()
    other.sale.set_customer(bench.customer())
    bench.ring_rice(other)
    other.sale.claim(ORDER)
    other.checkout.begin_payment()
    assert other.model.notice is not None
    assert (other.model.notice.say, other.model.notice.points) == (Say.POINTS_SPENT_ELSEWHERE, Points(100))
    pay_and_save(till)
    pay_and_save(other)
    assert bench.backend.posted["poin"] == 100


def test_T09_the_loser_of_a_race_touches_nobody_elses_payment(bench: Bench, till: TillOnBench) -> None:
    bench.backend.posted["poin"] = 300
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    other = bench.start()
    other.sale.set_customer(bench.customer())
    bench.ring_rice(other)
    other.sale.claim(ORDER)
    other.checkout.begin_payment()
    assert other.checkout.abandon()
    assert len(bench.card.taken) == 1
    pay_and_save(till)
    assert bench.backend.posted["poin"] == 100


def test_T10_too_few_points_buy_nothing(bench: Bench, till: TillOnBench) -> None:
    bench.backend.posted["poin"] = 199
    till.sale.set_customer(bench.customer())
    assert not till.sale.claim(ORDER)
    pay_and_save(till)
    assert bench.backend.posted["poin"] == 199


def test_T13_apply_pressed_many_times_spends_once(bench: Bench, till: TillOnBench) -> None:
    for _ in range(20):
        till.sale.claim(ORDER)
    till.checkout.begin_payment()
    for _ in range(20):
        with pytest.raises(IllegalCheckoutError):
            till.checkout.begin_payment()
    pay_and_save(till)
    assert bench.backend.calls["hold"] == 1
    assert bench.backend.posted["poin"] == 1040


def test_T14_a_free_product_taken_off_the_bill_costs_no_points(bench: Bench, till: TillOnBench) -> None:
    line_id = till.sale.add(shelf().named("Kopi Susu Gula Aren"), Quantity.of(2))
    till.sale.claim(COFFEE)
    till.checkout.begin_payment()
    assert bench.backend.held("poin") == 150
    till.checkout.back_to_bill()
    till.sale.remove_line(line_id)
    till.checkout.begin_payment()
    assert bench.backend.held("poin") == 0
    pay_and_save(till)
    assert bench.backend.posted["poin"] == 1240


def test_T14_a_part_of_the_goods_taken_off_lowers_the_points_that_are_held(bench: Bench, till: TillOnBench) -> None:
    """One point is one unit of money here: less to pay is fewer points, under the hold that stands."""
    assert till.checkout.choose_points("reward", Points(500))
    till.checkout.send_code("reward")
    till.checkout.submit_code(RIGHT)
    assert bench.backend.held("reward") == 500
    till.checkout.back_to_bill()
    assert till.checkout.choose_points("reward", Points(300))
    pay_and_save(till)
    assert (bench.backend.posted["reward"], bench.backend.held("reward")) == (1_200, 0)


def test_T15_another_customer_takes_nothing_of_the_first_one(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.back_to_bill()
    siti = LoyaltyAccount("siti", "Siti", balances=(PointsBalance("poin", Points(10), Points(0)),))
    till.sale.set_customer(siti)
    assert (till.model.total, till.sale.bill.claims, till.model.redemptions) == (bench.money(149_000), (), ())
    assert bench.backend.held("poin") == 0
    pay_and_save(till)
    receipt = till.model.receipt
    assert receipt is not None
    assert receipt.customer is not None
    assert (receipt.customer.member_id, receipt.redemptions, receipt.discount.minor) == ("siti", (), 0)
    assert bench.backend.posted["poin"] == 1240


def test_T16_a_reward_whose_goods_are_withdrawn_leaves_the_bill_in_hand_quietly(
    bench: Bench, till: TillOnBench
) -> None:
    """The free tin goes out of the catalogue while it is on the bill."""
    tin = item("TIN", "20000", currency=bench.money(0).currency)
    gift = {
        "id": "gift", "programme": "poin", "family": "promotion", "apply": "on_claim",
        "rewards": [{"kind": "free_item", "sku": "TIN", "cost_points": "150"}],
    }  # fmt: skip
    sold, withdrawn = (book([gift], goods, [{"id": "poin"}], tin.currency) for goods in ([tin], []))
    till.sale.use_rules(sold)
    assert till.sale.claim(OfferKey("gift"))
    assert [free.item.sku for free in till.sale.priced.free_lines] == ["TIN"]
    till.sale.use_rules(withdrawn)
    assert (till.sale.priced.free_lines, till.sale.priced.offers, till.sale.priced.spent) == ((), (), ())
    pay_and_save(till)
    assert (bench.backend.calls["hold"], bench.backend.posted["poin"]) == (0, 1240)


def test_T25_a_bill_set_aside_and_cancelled_empties_no_account(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    assert till.checkout.put_aside()
    till.checkout.resume(bench.journal.drafts()[0], at_payment=False)
    assert till.checkout.abandon()
    assert bench.backend.available("poin") == 1240


def test_T27_the_paid_bill_is_on_the_disk_when_the_screen_says_so(bench: Bench, till: TillOnBench) -> None:
    till.checkout.listen(lambda model: saved.append(len(bench.journal.saved)) if model.state is S.SAVED else None)
    saved: list[int] = []
    pay_and_save(till)
    assert set(saved) == {1}


def test_T33_trouble_in_sending_leaves_the_receipt_as_it_is(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    pay_and_save(till)
    receipt = till.model.receipt
    assert receipt is not None
    bench.background.advance(600)
    assert bench.journal.receipt(receipt.bill_id) == receipt
    bench.backend.down = False
    bench.backend.refuses["put_bill"] = deque([Refused(Refusal.BAD_REQUEST)])
    till.outbox.wake()
    assert [item.ref for item in bench.journal.review_items()] == [receipt.bill_id]
    assert (bench.journal.receipt(receipt.bill_id), bench.journal.drafts()) == (receipt, ())
    assert till.stands() is S.SAVED


def test_T37_payments_made_offline_arrive_paid(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(100_000))
    pay_and_save(till)
    bench.backend.down = False
    till.outbox.wake()
    (receipt,) = bench.backend.bills.values()
    assert sum(tender.amount.minor for tender in receipt.tenders) == receipt.total.minor == 149_000


def test_T47_the_receipt_says_what_came_off_each_line(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    pay_and_save(till)
    receipt = till.model.receipt
    assert receipt is not None
    for line in receipt.lines:
        assert line.net.minor == line.gross.minor - sum(off.amount.minor for off in line.discounts)
    assert {off.key for line in receipt.lines for off in line.discounts} == {ORDER}
    assert receipt.discount == bench.money(20_000)
