"""Coupons, codes and limits at two tills of one shop: the one that holds them first has them, points or not."""

from collections.abc import Callable

import pytest

from tests.simulation import shop
from tests.simulation.till import TillLife
from tests.till.two_tills import TwoTills
from tukar.domain.money import Quantity
from tukar.domain.points import Points
from tukar.domain.redemption import NO_ACCOUNT, RedemptionState
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say

S = CheckoutState
Take = Callable[[TillLife], None]


def take_voucher(life: TillLife) -> None:
    life.sale.enter_code(shop.VOUCHER)


def take_few(life: TillLife) -> None:
    life.sale.claim(shop.FEW)


@pytest.fixture
def tills() -> TwoTills:
    return TwoTills()


def off(life: TillLife) -> int:
    return life.sale.priced.discount.minor


def said(life: TillLife) -> Say | None:
    return life.checkout.model.notice.say if life.checkout.model.notice else None


def use_up_all_but_one(tills: TwoTills) -> None:
    """One of the few goes to somebody."""
    tills.ring(tills.first)
    take_few(tills.first)
    tills.settle()
    tills.sell_rest(tills.first)
    tills.first.checkout.next_sale()
    tills.settle()
    assert tills.uses("few") == 1


@pytest.mark.parametrize(("take", "rule", "worth"), [(take_voucher, "voucher", 7000), (take_few, "few", 5000)])
def test_T07_the_last_coupon_goes_to_the_till_that_holds_it_first(
    tills: TwoTills, take: Take, rule: str, worth: int
) -> None:
    if rule == "few":
        use_up_all_but_one(tills)
    first, second = tills.first, tills.second
    for life in (first, second):
        tills.ring(life)
        take(life)
    tills.settle()
    assert (off(first), off(second)) == (worth, worth)
    first.checkout.begin_payment()
    tills.settle()
    assert first.checkout.state is S.PAYING
    second.checkout.begin_payment()
    tills.settle()
    assert (off(first), off(second)) == (worth, 0)
    assert said(second) is Say.OFFER_USED_UP
    for life in (second, first):
        tills.pay(life)
        assert life.checkout.state is S.SAVED
    tills.settle()
    assert tills.uses(rule) == shop.AT_MOST[rule]
    assert (tills.items(), tills.held()) == ([], [])


def test_a_limit_used_up_elsewhere_leaves_the_bill_at_the_quote_and_nothing_is_asked(tills: TwoTills) -> None:
    use_up_all_but_one(tills)
    first, second = tills.first, tills.second
    for life in (first, second):
        tills.ring(life)
        take_few(life)
    tills.settle()
    assert off(second) == 5000
    tills.sell_rest(first)
    assert tills.uses("few") == 2
    tills.ring(second, rice=1)
    assert off(second) == 0
    tills.sell_rest(second)
    assert (second.checkout.state, tills.uses("few"), tills.items(), tills.held()) == (S.SAVED, 2, [], [])


@pytest.mark.parametrize("first_asks", [True, False])
def test_T08_the_same_coupon_asked_for_by_two_tills_at_one_moment_is_given_once(
    tills: TwoTills, first_asks: bool
) -> None:
    """Both saw it free, and both questions are on their way before either is answered."""
    lives = (tills.first, tills.second) if first_asks else (tills.second, tills.first)
    for life in lives:
        tills.ring(life)
        take_voucher(life)
    tills.settle()
    for life in lives:
        life.checkout.begin_payment()
        assert life.checkout.state is S.ASKING
    tills.settle()
    assert sorted(off(life) for life in lives) == [0, 7000]
    for life in lives:
        tills.pay(life)
    assert (tills.uses("voucher"), tills.items(), tills.held()) == (1, [], [])


def test_a_budget_that_others_used_a_part_of_gives_the_rest_of_it(tills: TwoTills) -> None:
    """What is left of a reward stays on the bill; the cashier reads that others were first, and nothing is lost."""
    budget = int(shop.MILK_BUDGET)
    first, second = tills.first, tills.second
    pieces = budget // 2100 - 1
    for life in (first, second):
        life.sale.add(shop.items()[shop.MILK], Quantity.of(pieces))
        tills.settle()
        assert off(life) == pieces * 2100
    first.checkout.begin_payment()
    tills.settle()
    second.checkout.begin_payment()
    tills.settle()
    assert said(second) is Say.OFFER_USED_UP
    assert 0 < off(second) <= budget - off(first)
    for life in (first, second):
        tills.pay(life)
    receipt = second.checkout.model.receipt
    assert receipt is not None
    assert "lost" not in {one.outcome.value for one in receipt.offers}
    assert tills.items() == []


def test_a_hold_of_limits_asks_nobody_for_a_code_and_needs_no_customer(tills: TwoTills) -> None:
    life = tills.first
    tills.ring(life)
    take_voucher(life)
    tills.settle()
    life.checkout.begin_payment()
    tills.settle()
    (row,) = life.journal.unfinished_redemptions()
    assert (row.programme_id, row.member_id, row.state, row.need.units) == (NO_ACCOUNT, "", RedemptionState.HELD, 0)
    assert tills.server.phones == {}
    assert life.checkout.model.redemptions == ()
    assert life.checkout.model.notice is None
    tills.pay(life)
    receipt = life.checkout.model.receipt
    assert receipt is not None
    assert [one.redemption_id for one in receipt.redemptions] == [row.redemption_id]
    assert life.journal.unfinished_redemptions() == ()
    assert tills.items() == []


def test_a_bill_put_aside_gives_its_coupon_to_the_next_till(tills: TwoTills) -> None:
    first, second = tills.first, tills.second
    tills.ring(first)
    take_voucher(first)
    tills.settle()
    first.checkout.begin_payment()
    tills.settle()
    assert first.checkout.put_aside()
    tills.settle()
    assert tills.held() == []
    tills.ring(second)
    take_voucher(second)
    tills.settle()
    tills.sell_rest(second)
    assert (second.checkout.state, off(second), tills.uses("voucher")) == (S.SAVED, 7000, 1)


def test_a_coupon_used_up_meanwhile_leaves_the_points_on_the_bill(tills: TwoTills) -> None:
    """The second refusal used to take the points off; now only what was used up leaves, and the reason is said."""
    first, second = tills.first, tills.second
    for life, member in ((first, "budi"), (second, "dewi")):
        tills.ring(life, member)
        take_voucher(life)
    tills.settle()
    assert second.sale.claim(shop.ORDER)
    tills.settle()
    assert off(second) == 27_000
    first.checkout.begin_payment()
    tills.settle()
    second.checkout.begin_payment()
    tills.settle()
    assert said(second) is Say.OFFER_USED_UP
    assert second.checkout.state is S.PAYING
    assert [claim.key for claim in second.sale.bill.claims] == [shop.ORDER]
    assert off(second) == 20_000
    tills.pay(second)
    receipt = second.checkout.model.receipt
    assert receipt is not None
    assert [one.points for one in receipt.redemptions] == [Points(200)]
    lost = [(one.key.rule_id, one.note) for one in receipt.offers if one.outcome.value == "lost"]
    assert lost == [("voucher", "offer_used_up")]
    assert tills.items() == []


def test_the_code_that_was_right_buys_the_points_once_a_coupon_was_used_up(tills: TwoTills) -> None:
    """Nobody gets a second message for what others were quicker to use."""
    first, second = tills.first, tills.second
    for life, member in ((first, ""), (second, "dewi")):
        tills.ring(life, member)
        take_voucher(life)
    tills.settle()
    assert second.checkout.choose_points(shop.REWARD, Points(300), shop.AS_MONEY)
    tills.settle()
    first.checkout.begin_payment()
    second.checkout.begin_payment()
    tills.settle()
    second.checkout.submit_code(tills.code("dewi"))
    tills.settle()
    assert (second.checkout.state, said(second), off(second)) == (S.PAYING, Say.OFFER_USED_UP, 30_000)
    tills.settle(60)
    code = tills.code("dewi")
    second.checkout.pay_cash()
    tills.settle()
    assert (second.checkout.model.can_save, tills.code("dewi")) == (True, code)
    assert len(tills.server.phones[shop.mobile("dewi")]) == 1
    second.checkout.save()
    tills.settle()
    assert (second.checkout.state, tills.items()) == (S.SAVED, [])


def test_a_coupon_entered_under_a_hold_of_points_is_claimed_before_money_is_taken(tills: TwoTills) -> None:
    first, second = tills.first, tills.second
    tills.ring(first, "dewi")
    assert first.sale.claim(shop.ORDER)
    tills.settle()
    first.checkout.begin_payment()
    tills.settle()
    first.checkout.back_to_bill()
    take_voucher(first)
    tills.settle()
    tills.ring(second)
    take_voucher(second)
    tills.settle()
    first.checkout.begin_payment()
    tills.settle()
    second.checkout.begin_payment()
    tills.settle()
    assert (off(first), off(second)) == (27_000, 0)
    tills.pay(first)
    tills.pay(second)
    assert (tills.uses("voucher"), tills.items()) == (1, [])


def test_without_an_answer_the_cashier_goes_on_without_the_coupon(tills: TwoTills) -> None:
    life = tills.first
    tills.ring(life)
    take_voucher(life)
    tills.settle()
    tills.lines[0].cut(3600)
    life.checkout.begin_payment()
    tills.settle(60)
    assert (life.checkout.state, said(life)) == (S.UNSURE, Say.OFFER_UNKNOWN)
    life.checkout.cancel_ask()
    tills.settle()
    assert (life.checkout.state, off(life)) == (S.PAYING, 0)
    tills.pay(life)
    tills.settle(7200)
    assert (tills.items(), tills.held(), tills.uses("voucher")) == ([], [], 0)


def test_a_till_without_a_line_offers_nothing_that_is_limited(tills: TwoTills) -> None:
    life = tills.first
    tills.lines[0].cut(600)
    life.line.lost()
    tills.ring(life)
    take_voucher(life)
    assert not life.sale.claim(shop.FEW)
    assert off(life) == 0
    tills.sell_rest(life)
    tills.settle(1800)
    assert (tills.items(), tills.uses("voucher")) == ([], 0)


def test_a_coupon_held_online_is_billed_offline(tills: TwoTills) -> None:
    life = tills.first
    tills.ring(life)
    take_voucher(life)
    tills.settle()
    life.checkout.begin_payment()
    tills.settle()
    tills.lines[0].cut(600)
    life.line.lost()
    life.sale.reprice()
    tills.pay(life)
    assert (life.checkout.state, off(life)) == (S.SAVED, 7000)
    tills.settle(1800)
    assert (tills.items(), tills.uses("voucher"), tills.held()) == ([], 1, [])


def test_a_coupon_that_two_bills_show_in_the_end_counts_over_its_limit_and_a_manager_reads_it(tills: TwoTills) -> None:
    """The first till's hold ran out while it was cut off, and the second one sold by the same coupon."""
    first, second = tills.first, tills.second
    tills.ring(first)
    take_voucher(first)
    tills.settle()
    first.checkout.begin_payment()
    tills.settle()
    tills.lines[0].cut(4000)
    first.line.lost()
    tills.pay(first)
    assert first.checkout.state is S.SAVED
    tills.settle(2000)
    tills.ring(second)
    take_voucher(second)
    tills.settle()
    tills.sell_rest(second)
    assert (second.checkout.state, off(second)) == (S.SAVED, 7000)
    tills.settle(7200)
    assert tills.uses("voucher") == 2
    assert tills.items() == ["Bill SIM-1-1-1: voucher was given over its limit"]
