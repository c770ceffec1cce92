"""Stored value never goes below zero, never pays more than there is, and comes back in parts that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import Currency, Money, Quantity
from tukar.domain.refund import Refundable, SoldLine
from tukar.domain.stored_value import (
    StoredBalance,
    ValueAccount,
    account_of,
    card_code,
    card_mask,
    is_value,
    money_of_points,
    points_of_money,
)
from tukar.domain.tender import PaymentMode

AMOUNTS = st.integers(-(10**9), 10**9)
CURRENCIES = st.sampled_from([Currency("IDR", 0, 100), Currency("EUR", 2), Currency("KWD", 3)])


@given(CURRENCIES, st.integers(0, 10**9), AMOUNTS)
def test_what_it_pays_is_never_below_zero_nor_above_balance_or_due(currency: Currency, there: int, due: int) -> None:
    held = StoredBalance(ValueAccount.GIFT_CARD, "card-1", "…0001", Money(there, currency))
    pays = held.spendable(Money(due, currency))
    assert 0 <= pays.minor <= there
    assert pays.minor <= max(due, 0)
    assert there - pays.minor >= 0


@given(CURRENCIES, AMOUNTS)
def test_money_and_account_units_are_the_same_figure(currency: Currency, minor: int) -> None:
    money = Money(minor, currency)
    assert points_of_money(money).decimal() == money.decimal()
    assert money_of_points(points_of_money(money), money) == money


LINES = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 100_000), st.integers(0, 100)), min_size=1, max_size=6)


@given(LINES, st.integers(0, 100), st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_what_a_card_paid_comes_back_in_parts_that_add_up(
    lines: list[tuple[int, int, int]], paid_percent: int, first: list[int]
) -> None:
    """Any two parts of a return bring the card what it paid, and neither more than its goods bring."""
    currency = Currency("EUR", 2)
    sold = [
        SoldLine(str(n), Quantity.of(pieces), Money(gross, currency), Money(gross * (100 - off) // 100, currency))
        for n, (pieces, gross, off) in enumerate(lines)
    ]
    total = currency.total(line.net for line in sold)
    paid = total.minor * paid_percent // 100
    part = {line.line_id: min(first[n], lines[n][0]) * 1000 for n, line in enumerate(sold)}
    wanted = {name: many for name, many in part.items() if many}
    rest = {line.line_id: lines[n][0] * 1000 - part[line.line_id] for n, line in enumerate(sold)}
    before, after = Refundable(sold, total, {}), Refundable(sold, total, part)
    now, later = before.paid_part(paid, wanted), after.paid_part(paid, rest)
    assert now + later == (paid if total.minor else 0)
    assert 0 <= now <= before.money(wanted).minor
    assert later >= 0


@pytest.mark.parametrize("account", ValueAccount)
def test_every_account_has_a_way_to_pay_and_is_no_programme(account: ValueAccount) -> None:
    assert account_of(account.mode) is account
    assert is_value(account.value)
    assert not is_value("poin")


def test_money_that_lies_in_no_account() -> None:
    with pytest.raises(LookupError):
        account_of(PaymentMode.CASH)


@pytest.mark.parametrize("typed", ["kado 7k2m", " KADO7K2M ", "KADO7K2M"])
def test_a_code_is_the_same_however_it_is_typed_and_shows_its_end_only(typed: str) -> None:
    assert (card_code(typed), card_mask(typed)) == ("KADO7K2M", "…7K2M")


def test_neither_card_nor_holder_is_told_by_accident() -> None:
    held = StoredBalance(ValueAccount.GIFT_CARD, "card-secret", "…0001", Money(1, Currency("EUR", 2)))
    assert "secret" not in repr(held)
