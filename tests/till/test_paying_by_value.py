"""The payment screen with gift cards and store credit: what Enter does next, what is suggested, and every way back."""

from dataclasses import replace

import pytest

from tests.till.pay_desk import PayDesk
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.payment_model import PayNext, Way

CODE = "GIFT-0001"


@pytest.fixture
def desk() -> PayDesk:
    """At payment, Rp 149.000, with a gift card of 100,000 about."""
    desk = PayDesk()
    desk.bench.backend.sell_card(CODE, 100_000)
    desk.paying.begin()
    return desk


def test_a_code_is_typed_looked_at_taken_and_the_rest_is_cash(desk: PayDesk) -> None:
    desk.paying.choose(Way.GIFT_CARD)
    assert desk.shown().next is PayNext.NONE
    desk.paying.voucher_typed(CODE)
    assert desk.shown().next is PayNext.FIND_CARD
    desk.paying.go_on()
    shown = desk.shown()
    assert shown.value is not None
    assert (shown.next, shown.amount, shown.fresh) == (PayNext.PAY_VALUE, desk.bench.money(100_000), True)
    desk.paying.go_on()
    shown = desk.shown()
    assert (shown.way, shown.due, shown.next) == (Way.CASH, desk.bench.money(49_000), PayNext.FINISH)
    desk.paying.go_on()
    assert desk.till.checkout.state is CheckoutState.SAVED
    receipt = desk.till.model.receipt
    assert receipt is not None
    assert [tender.mode for tender in receipt.tenders] == [PaymentMode.GIFT_CARD, PaymentMode.CASH]


def test_a_card_that_pays_all_saves_the_bill_by_itself(desk: PayDesk) -> None:
    desk.bench.backend.posted[desk.bench.backend.cards[CODE]] = 200_000
    desk.paying.scanned(CODE)
    assert desk.shown().amount == desk.bench.money(149_000)
    desk.paying.go_on()
    assert desk.till.checkout.state is CheckoutState.SAVED


def test_a_scan_at_payment_is_a_gift_card_at_once(desk: PayDesk) -> None:
    desk.paying.scanned(CODE)
    shown = desk.shown()
    assert (shown.way, shown.next) == (Way.GIFT_CARD, PayNext.PAY_VALUE)


def test_more_than_the_card_has_or_than_is_due_cannot_be_taken(desk: PayDesk) -> None:
    desk.paying.scanned(CODE)
    desk.paying.set_amount("120000")
    assert desk.shown().next is PayNext.NONE
    desk.paying.set_amount("40000")
    assert desk.shown().next is PayNext.PAY_VALUE


def test_esc_puts_the_card_away_and_then_leaves_payment(desk: PayDesk) -> None:
    desk.paying.scanned(CODE)
    desk.paying.back()
    assert (desk.shown().value, desk.shown().way, desk.shown().next) == (None, Way.GIFT_CARD, PayNext.NONE)
    desk.paying.back()
    assert desk.till.checkout.state is CheckoutState.SELLING


def test_another_way_forgets_the_card(desk: PayDesk) -> None:
    desk.paying.scanned(CODE)
    desk.paying.choose(Way.CASH)
    desk.paying.choose(Way.GIFT_CARD)
    assert desk.shown().value is None


def test_a_voucher_that_is_a_gift_card_pays_as_one(desk: PayDesk) -> None:
    desk.paying.choose(Way.VOUCHER)
    desk.paying.scanned("NO SUCH")
    assert (desk.shown().way, desk.said()) == (Way.VOUCHER, Say.VOUCHER_NOT_TAKEN)


def test_store_credit_stands_there_with_what_it_pays(desk: PayDesk) -> None:
    assert Way.STORE_CREDIT not in desk.shown().ways
    desk.paying.back()
    desk.bench.backend.posted["value.store_credit"] = 30_000
    desk.till.sale.set_customer(replace(desk.bench.customer(), wallet=desk.bench.money(30_000)))
    desk.paying.begin()
    desk.paying.choose(Way.STORE_CREDIT)
    assert (desk.shown().amount, desk.shown().next) == (desk.bench.money(30_000), PayNext.PAY_VALUE)
    desk.paying.go_on()
    assert (desk.shown().due, desk.shown().way) == (desk.bench.money(119_000), Way.CASH)


def test_nobody_knows_is_asked_again_or_cancelled_here(desk: PayDesk) -> None:
    desk.bench.backend.loses["hold"], desk.bench.backend.drops["redemption"] = 4, 1
    desk.paying.scanned(CODE)
    desk.paying.go_on()
    desk.bench.immediate.advance(10)
    assert (desk.till.checkout.state, desk.shown().next) == (CheckoutState.UNSURE, PayNext.ASK_AGAIN)
    assert not desk.sheet().is_open
    desk.paying.go_on()
    assert desk.shown().due == desk.bench.money(49_000)


def test_a_question_nobody_answers_is_cancelled_with_esc(desk: PayDesk) -> None:
    desk.bench.backend.drops["hold"], desk.bench.backend.drops["redemption"] = 4, 1
    desk.paying.scanned(CODE)
    desk.paying.go_on()
    desk.bench.immediate.advance(10)
    desk.paying.back()
    assert (desk.till.checkout.state, desk.shown().tenders, desk.said()) == (
        CheckoutState.PAYING,
        (),
        Say.VALUE_RETURNING,
    )


def test_offline_it_says_what_to_do(desk: PayDesk) -> None:
    desk.bench.backend.down = True
    desk.paying.scanned(CODE)
    assert (desk.said(), desk.shown().next) == (Say.OFFLINE_VALUE, PayNext.FIND_CARD)
