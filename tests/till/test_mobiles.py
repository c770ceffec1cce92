from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.till.mobiles import MobileTrouble, NotMobileError, looks_like_number, read_mobile


@pytest.mark.parametrize(
    "typed", ["081234565678", "0812 3456-5678", "+62 812 3456 5678", "81234565678", "6281234565678"]
)
def test_however_it_is_typed_it_is_one_number(typed: str) -> None:
    mobile = read_mobile(typed, "ID")
    assert mobile.e164 == "+6281234565678"
    assert not mobile.foreign


def test_a_number_from_abroad_says_so() -> None:
    mobile = read_mobile("+65 9123 4567", "ID")
    assert (mobile.e164, mobile.country_code, mobile.foreign) == ("+6591234567", 65, True)


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("0812", MobileTrouble.TOO_SHORT),
        ("08123", MobileTrouble.TOO_SHORT),
        ("021555666777", MobileTrouble.NOT_MOBILE),
        ("0812345678901234", MobileTrouble.NOT_MOBILE),
        ("+999123456789", MobileTrouble.NOT_MOBILE),
        ("dewi lestari", MobileTrouble.NOT_MOBILE),
    ],
)
def test_what_is_no_mobile_number_says_why(typed: str, trouble: MobileTrouble) -> None:
    with pytest.raises(NotMobileError) as refused:
        read_mobile(typed, "ID")
    assert refused.value.trouble is trouble


def test_the_number_is_not_in_the_repr() -> None:
    assert "5678" not in repr(read_mobile("081234565678", "ID"))


@given(st.text(max_size=24))
def test_whatever_is_typed_it_is_a_number_or_a_reason(typed: str) -> None:
    with suppress(NotMobileError):
        assert read_mobile(typed, "ID").e164.startswith("+")


def test_names_are_told_from_numbers() -> None:
    assert looks_like_number("+62 812-345")
    assert not looks_like_number("Dewi 2")
    assert not looks_like_number(" ")
