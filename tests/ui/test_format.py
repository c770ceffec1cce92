from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.points import Points
from tukar.ui.format import Format

IDR, INR, GBP, KWD = Currency("IDR", 0), Currency("INR", 2), Currency("GBP", 2), Currency("KWD", 3)


@pytest.mark.parametrize(
    ("currency", "minor", "text"),
    [
        (IDR, 173_500, "Rp 173.500"),
        (IDR, 0, "Rp 0"),
        (IDR, -3_500, "−Rp 3.500"),
        (IDR, 12_480_000, "Rp 12.480.000"),
        (INR, 12_34_567_89, "Rs 12,34,567.89"),
        (INR, 99_900, "Rs 999.00"),
        (INR, 1_00_000_00, "Rs 1,00,000.00"),
        (GBP, 275_638_195, "£2,756,381.95"),
        (GBP, -26_609_494, "−£266,094.94"),
        (KWD, 1_250, "KWD 1,250"),
    ],
)
def test_money_is_written_as_its_currency_is_used(currency: Currency, minor: int, text: str) -> None:
    for language in ("en", "id", "hi"):
        assert Format(currency, language).money(Money(minor, currency)) == text.replace(" ", "\N{NO-BREAK SPACE}")


def test_a_discount_has_a_true_minus() -> None:
    write = Format(IDR)
    assert write.off(Money(27_500, IDR)) == "\N{MINUS SIGN}Rp\N{NO-BREAK SPACE}27.500"
    assert write.off(Money(0, IDR)) == "Rp\N{NO-BREAK SPACE}0"
    assert write.figure(Money(17_500, IDR)) == "17.500"


def test_prices_points_quantities_and_numbers() -> None:
    write = Format(IDR, "id")
    assert write.unit_price(UnitPrice.parse("18000", IDR)) == "Rp\N{NO-BREAK SPACE}18.000"
    assert Format(GBP).unit_price(UnitPrice.parse("0.0125", GBP)) == "£0.0125"
    assert write.points(Points(1240)) == "1.240"
    assert write.points(Points(12_500, 2)) == "125"
    assert write.points(Points(12_550, 2)) == "125,5"
    assert write.quantity(Quantity(750)) == "0,75"
    assert write.quantity(Quantity.of(12)) == "12"
    assert write.number(-1204) == "−1.204"
    assert write.digits("100000") == "100.000"
    assert write.digits("") == "0"
    assert write.sign == "Rp"


def test_times_and_days_are_the_languages_own() -> None:
    moment = datetime(2026, 11, 30, 14, 5, tzinfo=UTC)
    assert Format(IDR, "id").time(moment) == "14.05"
    assert Format(IDR, "en").time(moment) == "14:05"
    assert Format(IDR, "id").day(date(2026, 5, 3)) == "3\N{NO-BREAK SPACE}Mei"
    assert Format(IDR, "en").date(date(2026, 11, 30)) == "30\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026"
    assert Format(IDR, "hi").day(date(2026, 5, 3)).endswith("मई")
    assert Format(IDR, "id").percent("11.00") == "11\N{NO-BREAK SPACE}%"
    assert Format(INR, "en").percent("2.5") == "2.5%"


@pytest.mark.parametrize(("seconds", "text"), [(24, "0:24"), (23.2, "0:24"), (0, "0:00"), (-3, "0:00"), (272, "4:32")])
def test_what_is_left_counts_down_in_whole_seconds(seconds: float, text: str) -> None:
    assert Format(IDR).countdown(seconds) == text


@given(st.integers(-(10**15), 10**15), st.sampled_from([IDR, INR, GBP, KWD]))
def test_no_digit_is_lost_or_made_up(minor: int, currency: Currency) -> None:
    written = Format(currency).figure(Money(minor, currency))
    digits = "".join(filter(str.isdigit, written))
    assert int(digits) == abs(minor)
    assert written.startswith("−") == (minor < 0)


def test_an_unknown_currency_is_written_with_its_code() -> None:
    xyz = Currency("XYZ", 2)
    assert Format(xyz).money(Money(123_456, xyz)) == "XYZ\N{NO-BREAK SPACE}1.234,56"
