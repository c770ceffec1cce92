"""Tenders: what is left to pay, change, and the sums a cashier is likely to get."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import Currency, Money
from tukar.domain.tender import OverpaidError, PaymentMode, Tender, balance_due, quick_cash, settled_by

IDR = Currency("IDR", 0, 100)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
NOTES = (1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


def tender(amount: int, given_: int | None = None, mode: PaymentMode = PaymentMode.CASH, rounding: int = 0) -> Tender:
    given_money = Money(amount if given_ is None else given_, IDR)
    return Tender("t", mode, Money(amount, IDR), given_money, NOON, Money(rounding, IDR) if rounding else None)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**5), max_size=5))
def test_what_is_left_is_the_total_less_every_tender(total: int, amounts: list[int]) -> None:
    tenders = [tender(amount) for amount in amounts]
    assert balance_due(Money(total, IDR), tenders).minor == total - sum(amounts)


def test_cash_rounding_is_a_part_of_the_tender_and_never_of_the_bill() -> None:
    total = Money(12_340, IDR)
    assert not balance_due(total, [tender(12_300, 15_000, rounding=-40)])
    assert settled_by([tender(12_400, 15_000, rounding=60)], total).minor == 12_340


def test_only_cash_gives_change() -> None:
    assert tender(12_300, 20_000).change == Money(7_700, IDR)
    with pytest.raises(OverpaidError):
        tender(12_300, 20_000, PaymentMode.QR)
    with pytest.raises(ValueError, match="more than was given"):
        tender(12_300, 10_000)


@given(st.integers(-1000, 500_000))
def test_likely_sums_are_enough_exact_first_and_ascending(due: int) -> None:
    sums = quick_cash(Money(due, IDR), NOTES)
    exact = Money(due, IDR).rounded_to_cash()
    assert len(sums) <= 4
    if exact.minor <= 0:
        assert sums == ()
    else:
        assert sums[0] == exact
        assert list(sums) == sorted(set(sums))
