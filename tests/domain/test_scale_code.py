import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.shifts import RUPIAH, rupiah
from tukar.domain.barcode import check_digit
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.scale_code import ScalePattern, ScalePatternError, ScaleReading, quantity_for, read_scale_code

PATTERNS = ScalePattern.read_all("20IIIIIWWWWWC, 22IIIIIPPPPPC,")


def code(digits: str) -> str:
    return digits + check_digit(digits)


def test_weight_and_price_are_read_by_the_pattern_that_fits() -> None:
    assert read_scale_code(code("200001200735"), PATTERNS) == ScaleReading("00012", grams=735)
    assert read_scale_code(code("220001212500"), PATTERNS) == ScaleReading("00012", price=12_500)


@pytest.mark.parametrize("other", [code("210001200735"), "2000012007350", "20000120073", "2000012O07351", ""])
def test_other_codes_and_misread_ones_say_nothing(other: str) -> None:
    assert read_scale_code(other, PATTERNS) is None


@pytest.mark.parametrize(
    "text",
    ["20IIIIIC", "20IIIIIWWPPPC", "30IIIIIWWWWWC", "20xxxxxWWWWWC", "20IIICIWWWWW0", "20IIIIIKKKKKC", "20IIIIIC00000"],
)
def test_what_is_no_pattern_is_named(text: str) -> None:
    with pytest.raises(ScalePatternError, match=text):
        ScalePattern(text)


def test_a_price_becomes_the_weight_that_costs_just_that() -> None:
    per_kilo = UnitPrice.of(rupiah(20_000))
    assert quantity_for(rupiah(12_500), per_kilo) == Quantity(625)
    assert quantity_for(rupiah(12_345), per_kilo) is None
    assert quantity_for(rupiah(0), per_kilo) is None
    assert quantity_for(rupiah(5), UnitPrice.of(rupiah(0))) is None


@given(st.integers(1, 99_999), st.integers(1, 10**6))
def test_such_a_weight_never_costs_anything_else(price: int, per_kilo: int) -> None:
    for currency in (RUPIAH, Currency("EUR", 2)):
        unit = UnitPrice.of(Money(per_kilo, currency))
        found = quantity_for(Money(price, currency), unit)
        assert found is None or unit.times(found) == Money(price, currency)
