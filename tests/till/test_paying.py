"""Tenders add up exactly, whatever is handed over."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import Currency, Money
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.paying import NotEnoughError, NothingDueError, OverpaidByCardError, Payment

RUPIAH = Currency("IDR", 0, 100)
POUND = Currency("GBP", 2)
AT = datetime(2026, 11, 21, tzinfo=UTC)


def rupiah(minor: int) -> Money:
    return Money(minor, RUPIAH)


def with_tender(payment: Payment, tender: Tender) -> Payment:
    return replace(payment, tenders=(*payment.tenders, tender))


def test_cash_rounds_to_what_coins_can_make_as_a_tender_line() -> None:
    tender = Payment(rupiah(12_345)).cash(rupiah(20_000), "t", AT)
    assert (tender.amount, tender.rounding, tender.change) == (rupiah(12_300), rupiah(-45), rupiah(7_700))
    assert Payment(rupiah(12_345), (tender,)).settled


def test_a_rest_below_the_smallest_coin_rounds_away() -> None:
    payment = Payment(rupiah(40))
    tender = payment.cash(None, "t", AT)
    assert tender.given == rupiah(0)
    assert with_tender(payment, tender).settled


def test_a_part_in_cash_is_not_rounded() -> None:
    tender = Payment(rupiah(12_345)).cash(rupiah(5_000), "t", AT)
    assert tender.rounding is None
    assert Payment(rupiah(12_345), (tender,)).due == rupiah(7_345)


def test_nothing_given_is_refused() -> None:
    for given_money in (rupiah(0), rupiah(-100)):
        with pytest.raises(NotEnoughError):
            Payment(rupiah(1_000)).cash(given_money, "t", AT)
    with pytest.raises(NotEnoughError):
        Payment(rupiah(1_000)).part(rupiah(0))


def test_a_paid_bill_takes_no_more() -> None:
    with pytest.raises(NothingDueError):
        Payment(rupiah(0)).cash(None, "t", AT)
    with pytest.raises(NothingDueError):
        Payment(rupiah(0)).part(None)


def test_a_card_gives_no_change() -> None:
    with pytest.raises(OverpaidByCardError):
        Payment(rupiah(1_000)).part(rupiah(1_001))


def test_a_tender_is_found_by_its_id() -> None:
    tender = Tender("t", PaymentMode.CARD, rupiah(500), rupiah(500), AT)
    payment = Payment(rupiah(1_000), (tender,))
    assert payment.tender("t") is tender
    with pytest.raises(LookupError):
        payment.tender("u")


@given(
    total=st.integers(1, 10_000_000),
    step=st.sampled_from([1, 5, 50, 100, 500]),
    handed=st.lists(st.integers(1, 10_000_000), max_size=5),
)
def test_cash_always_settles_what_it_counts_for(total: int, step: int, handed: list[int]) -> None:
    currency = Currency("IDR", 0, step)
    payment = Payment(Money(total, currency))
    for index, sum_given in enumerate([*handed, 0]):
        if payment.due.minor <= 0:
            break
        last = index == len(handed)
        tender = payment.cash(None if last else Money(sum_given, currency), f"t{index}", AT)
        assert tender.change.minor >= 0
        assert tender.rounding is None or abs(tender.rounding.minor) * 2 <= step
        payment = with_tender(payment, tender)
    assert payment.settled
    assert payment.paid == payment.total
    taken = sum(tender.amount.minor for tender in payment.tenders)
    rounded = sum(tender.rounding.minor for tender in payment.tenders if tender.rounding)
    assert taken == total + rounded


def test_a_sum_that_no_coins_make_pays_what_is_due_and_no_more() -> None:
    payment = Payment(Money(50, Currency("IDR", 0, 100)))
    tender = payment.cash(Money(60, payment.total.currency), "t", AT)
    assert (tender.amount.minor, tender.change.minor, tender.rounding) == (50, 10, None)
    assert with_tender(payment, tender).settled


@given(total=st.integers(1, 1_000_000), parts=st.lists(st.integers(1, 100_000), max_size=4))
def test_parts_by_card_never_exceed_the_bill(total: int, parts: list[int]) -> None:
    payment = Payment(Money(total, POUND))
    for index, part in enumerate(parts):
        if part > payment.due.minor or not payment.due:
            break
        amount = payment.part(Money(part, POUND))
        payment = with_tender(payment, Tender(f"t{index}", PaymentMode.CARD, amount, amount, AT))
    assert payment.due.minor >= 0
    assert payment.paid + payment.due == payment.total
