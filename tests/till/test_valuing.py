"""Gift cards and store credit at the till: held before they are tenders, and nothing of them lost on any way out."""

from collections import deque
from dataclasses import replace

import pytest

from tests.till.bench import Bench, TillOnBench, said
from tests.till.card_in_hand import CODE, CREDIT, S, paying, sold_card, with_card, with_credit
from tukar.domain.redemption import RedemptionState, Refusal
from tukar.domain.tender import PaymentMode
from tukar.till.notices import Say
from tukar.till.ports import Refused


@pytest.fixture
def card(bench: Bench) -> str:
    return sold_card(bench)


@pytest.fixture
def till(bench: Bench, card: str) -> TillOnBench:
    return paying(bench)


@pytest.fixture
def by_hand() -> Bench:
    """A till whose answers come when the test says so."""
    bench = Bench(stepped=True)
    sold_card(bench)
    return bench


def test_a_card_is_looked_up_before_an_amount_is_asked_for(bench: Bench, till: TillOnBench) -> None:
    till.checkout.value.find_card(" gift-0001 ")
    card = till.model.value.card
    assert card is not None
    assert (card.mask, card.balance, till.model.tenders) == ("…0001", bench.money(100_000), ())
    assert bench.backend.calls["hold"] == 0


def test_a_card_pays_what_it_holds_and_cash_the_rest(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till)
    (tender,) = till.model.tenders
    assert tender.value is not None
    assert (tender.mode, tender.label, tender.amount) == (PaymentMode.GIFT_CARD, "…0001", bench.money(100_000))
    assert (tender.value.left, said(till)) == (bench.money(0), None)
    assert (till.model.due, bench.backend.held(card)) == (bench.money(49_000), 100_000)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert (bench.backend.posted[card], bench.backend.held(card)) == (0, 0)
    (row,) = bench.journal.rows.values()
    assert row.state is RedemptionState.SETTLED


def test_a_part_of_a_card_leaves_the_rest_on_it(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till, bench.money(40_000))
    till.checkout.pay_card()
    till.checkout.save()
    assert bench.backend.posted[card] == 60_000


def test_no_code_is_on_this_tills_disk(bench: Bench, till: TillOnBench) -> None:
    with_card(till)
    till.checkout.pay_cash()
    till.checkout.save()
    told = f"{bench.journal.rows} {bench.journal.saved} {bench.journal.drafts()}"
    assert (CODE in told, "0001" in told) == (False, True)


def test_T06_more_than_the_card_holds_is_never_asked_for(bench: Bench, till: TillOnBench) -> None:
    with_card(till, bench.money(120_000))
    assert (said(till), till.model.tenders, bench.backend.calls["hold"]) == (Say.VALUE_NOT_ENOUGH, (), 0)


def test_a_card_never_gives_change(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_cash(bench.money(100_000))
    with_card(till, bench.money(60_000))
    assert (said(till), till.model.due) == (Say.ONLY_CASH_CHANGE, bench.money(49_000))


def test_T01_a_card_spent_elsewhere_meanwhile_is_told_with_what_is_left(
    bench: Bench, till: TillOnBench, card: str
) -> None:
    till.checkout.value.find_card(CODE)
    found = till.model.value.card
    assert found is not None
    bench.backend.posted[card] = 30_000
    till.checkout.value.pay(found)
    assert (till.stands(), said(till), till.model.tenders) == (S.PAYING, Say.VALUE_SPENT_ELSEWHERE, ())
    left = till.model.value.card
    assert left is not None
    assert left.balance == bench.money(30_000)
    till.checkout.value.pay(left)
    assert till.model.paid == bench.money(30_000)


@pytest.mark.parametrize(("code", "say"), [("NEVER-SOLD", Say.GIFT_CARD_UNKNOWN), ("X", Say.GIFT_CARD_UNKNOWN)])
def test_a_code_that_is_none_says_so(till: TillOnBench, code: str, say: Say) -> None:
    till.checkout.value.find_card(code)
    assert (said(till), till.model.value.card) == (say, None)


def test_an_empty_card_says_so(bench: Bench, till: TillOnBench, card: str) -> None:
    bench.backend.posted[card] = 0
    till.checkout.value.find_card(CODE)
    assert (said(till), till.model.value.card) == (Say.GIFT_CARD_EMPTY, None)


def test_one_card_pays_once_on_a_bill(bench: Bench, till: TillOnBench) -> None:
    with_card(till, bench.money(10_000))
    with_card(till, bench.money(10_000))
    assert (said(till), len(till.model.tenders)) == (Say.GIFT_CARD_ON_BILL, 1)


def test_two_cards_pay_together(bench: Bench, till: TillOnBench, card: str) -> None:
    other = bench.backend.sell_card("GIFT-0002", 49_000)
    with_card(till)
    with_card(till, code="GIFT-0002")
    assert till.model.can_save
    till.checkout.save()
    assert (bench.backend.posted[card], bench.backend.posted[other]) == (0, 0)


def test_offline_a_card_is_refused_with_words(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    till.checkout.value.find_card(CODE)
    assert (said(till), till.model.value.card) == (Say.OFFLINE_VALUE, None)
    till.checkout.pay_cash()
    assert till.model.can_save


def test_T25_a_bill_with_a_card_is_set_aside_only_once_its_money_is_back_on_the_card(
    bench: Bench, till: TillOnBench, card: str
) -> None:
    with_card(till)
    assert (till.checkout.put_aside(), till.checkout.abandon()) == (False, False)
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert till.checkout.put_aside()
    till.checkout.resume(bench.journal.drafts()[0], at_payment=False)
    assert till.checkout.abandon()
    assert (bench.backend.held(card), bench.backend.posted[card], bench.journal.drafts()) == (0, 100_000, ())


def test_T25_a_tender_that_is_taken_back_puts_the_money_on_the_card_again(
    bench: Bench, till: TillOnBench, card: str
) -> None:
    with_card(till)
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert (till.model.tenders, bench.backend.held(card), bench.backend.posted[card]) == ((), 0, 100_000)
    with_card(till)
    assert bench.backend.held(card) == 100_000


def test_the_hold_is_kept_alive_while_the_bill_is_open(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till)
    bench.immediate.advance(3000)
    assert (bench.backend.held(card), till.model.must_approve) == (100_000, False)


def test_an_edit_of_the_bill_leaves_the_card_alone(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till, bench.money(50_000))
    till.checkout.back_to_bill()
    bench.ring_rice(till, 1)
    till.sale.set_customer(bench.customer())
    assert (len(till.model.tenders), bench.backend.held(card)) == (1, 50_000)


def test_store_credit_is_offered_only_to_a_customer_who_has_some(bench: Bench, till: TillOnBench) -> None:
    assert PaymentMode.STORE_CREDIT not in till.model.modes
    till.checkout.back_to_bill()
    till.sale.set_customer(bench.customer())
    assert PaymentMode.STORE_CREDIT not in till.model.modes
    till.sale.set_customer(with_credit(bench))
    assert PaymentMode.STORE_CREDIT in till.model.modes


def test_store_credit_pays_and_leaves_with_its_customer(bench: Bench, till: TillOnBench) -> None:
    till.checkout.back_to_bill()
    till.sale.set_customer(with_credit(bench))
    till.checkout.begin_payment()
    credit = till.model.value.credit
    assert credit is not None
    till.checkout.value.pay(credit)
    assert (till.model.paid, bench.backend.held(CREDIT)) == (bench.money(30_000), 30_000)
    till.checkout.back_to_bill()
    till.sale.set_customer(None)
    assert (till.model.tenders, bench.backend.held(CREDIT)) == ((), 0)


def test_a_backend_without_stored_value_offers_none(bench: Bench) -> None:
    bench.backend.capabilities = replace(bench.backend.capabilities, stored_value=False)
    till = bench.start()
    bench.ring_rice(till)
    till.sale.set_customer(with_credit(bench))
    till.checkout.begin_payment()
    assert till.model.modes == (PaymentMode.CASH, PaymentMode.CARD, PaymentMode.QR)


def test_a_card_is_looked_up_once_however_often_it_is_scanned(by_hand: Bench) -> None:
    till = paying(by_hand)
    till.checkout.value.find_card(CODE)
    till.checkout.value.find_card(CODE)
    by_hand.stepped.run_all()
    assert by_hand.backend.calls["gift_card"] == 1


def test_a_practice_bill_looks_no_card_up(bench: Bench) -> None:
    till = bench.start()
    till.sale.resume(replace(till.sale.bill, training=True))
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.value.find_card(CODE)
    assert bench.backend.calls["gift_card"] == 0
    assert PaymentMode.GIFT_CARD not in till.model.modes


@pytest.mark.parametrize("down", [False, True])
def test_what_a_card_holds_is_not_shown_once_another_way_was_chosen(by_hand: Bench, down: bool) -> None:
    till = paying(by_hand)
    by_hand.backend.down = down
    till.checkout.value.find_card(CODE)
    by_hand.stepped.start()
    till.checkout.value.forget_card()
    by_hand.stepped.deliver()
    assert (till.model.value.card, till.model.value.finding, said(till)) == (None, False, None)


def test_a_card_that_this_bill_holds_already_says_so(bench: Bench, till: TillOnBench) -> None:
    bench.backend.refuses["hold"] = deque([Refused(Refusal.ALREADY_HELD)])
    with_card(till)
    assert (said(till), till.model.tenders) == (Say.GIFT_CARD_ON_BILL, ())


def test_a_card_emptied_meanwhile_is_put_away(bench: Bench, till: TillOnBench, card: str) -> None:
    till.checkout.value.find_card(CODE)
    found = till.model.value.card
    assert found is not None
    bench.backend.posted[card] = 0
    till.checkout.value.pay(found)
    assert (said(till), till.model.value.card) == (Say.VALUE_SPENT_ELSEWHERE, None)


def test_store_credit_spent_elsewhere_says_what_is_left_and_shows_no_card(bench: Bench, till: TillOnBench) -> None:
    till.checkout.back_to_bill()
    till.sale.set_customer(with_credit(bench))
    till.checkout.begin_payment()
    credit = till.model.value.credit
    assert credit is not None
    bench.backend.posted[CREDIT] = 5_000
    till.checkout.value.pay(credit)
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.money) == (Say.VALUE_SPENT_ELSEWHERE, bench.money(5_000))
    assert (till.model.tenders, till.model.value.card) == ((), None)


def test_where_no_card_is_asked_about_nothing_is_asked_again(bench: Bench, till: TillOnBench) -> None:
    valuing = till.checkout._tendering.valuing
    valuing.ask_again()
    valuing.cancel_ask()
    assert (till.stands(), bench.backend.calls["hold"]) == (S.PAYING, 0)


def test_cash_that_is_taken_back_asks_nobody(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_cash(bench.money(50_000))
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert (till.model.tenders, bench.backend.calls["void"]) == ((), 0)
