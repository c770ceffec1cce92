"""Money, unit prices and quantities: exact, total, and split without losing a minor unit (T40)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import (
    AmountFormatError,
    Currency,
    CurrencyMismatchError,
    Money,
    Quantity,
    UnitPrice,
    allocate,
    format_scaled,
    parse_scaled,
    round_half_up,
)

IDR, USD, KWD = Currency("IDR", 0, 100), Currency("USD", 2), Currency("KWD", 3)
CURRENCIES = st.sampled_from([IDR, USD, KWD])
MINOR = st.integers(-(10**12), 10**12)


@given(st.fractions())
def test_a_half_goes_away_from_zero(exact: Fraction) -> None:
    rounded = round_half_up(exact)
    assert abs(rounded - exact) <= Fraction(1, 2)
    assert round_half_up(-exact) == -rounded
    if abs(exact - round(exact)) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(MINOR, st.integers(0, 6))
def test_what_is_formatted_parses_back(units: int, digits: int) -> None:
    text = format_scaled(units, digits)
    assert parse_scaled(text, digits) == units
    assert Decimal(text) == Decimal(units).scaleb(-digits)


@pytest.mark.parametrize(
    "text",
    ["", ".", "-", "1,5", "1e3", "0x1", "one", "1.2.3", "\N{ARABIC-INDIC DIGIT ONE}", "1 2", "+-1", "NaN", "inf"],
)
def test_what_is_no_decimal_number_is_refused(text: str) -> None:
    with pytest.raises(AmountFormatError):
        parse_scaled(text, 2)


def test_too_many_decimals_are_refused_but_zeros_are_not() -> None:
    with pytest.raises(AmountFormatError, match="more than 2 decimals"):
        USD.money("1.005")
    assert USD.money("1.500000") == USD.money("1.5") == Money(150, USD)
    assert USD.money("−1.50") == Money(-150, USD)
    assert USD.money(".5") == Money(50, USD)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_a_split_adds_up_and_no_part_is_off_by_more_than_one(amount: int, weights: list[int]) -> None:
    parts = allocate(amount, weights)
    assert sum(parts) == amount
    whole = sum(weights) or len(weights)
    for part, weight in zip(parts, weights if sum(weights) else [1] * len(weights), strict=True):
        assert abs(Fraction(amount * weight, whole) - part) < 1


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert allocate(10, [1, 1, 1]) == (4, 3, 3)
    assert allocate(-10, [1, 1, 1]) == (-4, -3, -3)
    assert allocate(2, [0, 0, 0]) == (1, 1, 0)
    assert allocate(100, [Fraction(1, 3), Fraction(2, 3)]) == (33, 67)


def test_nothing_to_split_over_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to split over"):
        allocate(1, [])
    with pytest.raises(ValueError, match="below zero"):
        allocate(1, [1, -1])


@given(CURRENCIES, MINOR, MINOR)
def test_sums_and_differences(currency: Currency, one: int, other: int) -> None:
    a, b = Money(one, currency), Money(other, currency)
    assert (a + b).minor == one + other
    assert a - b == -(b - a)
    assert (a < b) == (one < other)
    assert bool(a) == (one != 0)
    assert currency.money(a.decimal()) == a
    assert currency.total([a, b, a]) == a + b + a


def test_currencies_do_not_mix_and_floats_are_no_money() -> None:
    with pytest.raises(CurrencyMismatchError):
        USD.zero() + IDR.zero()
    with pytest.raises(TypeError):
        Money(1.0, USD)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(True, USD)
    assert USD.zero() + Currency("USD", 2).zero() == USD.zero()


@given(CURRENCIES, st.integers(-(10**7), 10**7), st.integers(1, 10**6))
def test_a_line_is_rounded_half_up_once(currency: Currency, scaled: int, thousandths: int) -> None:
    exact = Decimal(scaled) * thousandths / Decimal(10**7)
    expected = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert UnitPrice(scaled, currency).times(Quantity(thousandths)).minor == expected


@given(CURRENCIES, st.integers(-(10**9), 10**9))
def test_a_unit_price_keeps_its_digits(currency: Currency, scaled: int) -> None:
    price = UnitPrice(scaled, currency)
    assert UnitPrice.parse(price.decimal(), currency) == price
    assert price.exact() == Fraction(scaled, 10_000)
    assert UnitPrice.of(price.rounded()).rounded() == price.rounded()


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_quantities(one: int, other: int) -> None:
    a, b = Quantity(one), Quantity(other)
    assert Quantity.parse(a.decimal()) == a
    assert (a + b) - b == a
    assert (-a).thousandths == -one
    assert (a < b) == (one < other)
    assert a.pieces == (one // 1000 if one % 1000 == 0 else 1)


def test_the_shortest_words_for_a_quantity() -> None:
    assert [Quantity.parse(text).decimal() for text in ("2.000", "0.750", "10", "0")] == ["2", "0.75", "10", "0"]


@given(st.integers(-(10**6), 10**6), st.integers(1, 1000))
def test_cash_is_rounded_to_what_coins_can_make(minor: int, step: int) -> None:
    coins = Currency("XXX", 0, step)
    rounded = Money(minor, coins).rounded_to_cash()
    assert rounded.minor % step == 0
    assert abs(rounded.minor - minor) * 2 <= step
    assert (-Money(minor, coins)).rounded_to_cash() == -rounded


@pytest.mark.parametrize(
    ("code", "digits", "step"), [("usd", 2, 1), ("US", 2, 1), ("USD", 5, 1), ("USD", -1, 1), ("USD", 2, 0)]
)
def test_a_currency_that_cannot_be(code: str, digits: int, step: int) -> None:
    with pytest.raises(ValueError, match=r"letters|digits|smallest coin"):
        Currency(code, digits, step)
