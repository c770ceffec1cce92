import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.tax_number import (
    NotTaxNumberError,
    TaxNumberFault,
    gstin_check,
    read_tax_number,
    tax_number_name,
)

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTER, DIGIT = st.sampled_from(SIGNS[10:]), st.sampled_from(SIGNS[:10])
FIRST = st.tuples(
    DIGIT, DIGIT, *[LETTER] * 5, *[DIGIT] * 4, LETTER, st.sampled_from(SIGNS[1:]), st.just("Z")
).map("".join)  # fmt: skip


def fault(typed: str, country: str) -> TaxNumberFault:
    with pytest.raises(NotTaxNumberError) as raised:
        read_tax_number(typed, country)
    assert not typed or typed not in str(raised.value)
    return raised.value.fault


@pytest.mark.parametrize("typed", ["27AAPFU0939F1ZV", "27aapfu0939f1zv", " 27 AAPFU0939F 1ZV ", "27-AAPFU0939F-1ZV"])
def test_gstin_is_read_in_any_form_people_type(typed: str) -> None:
    assert read_tax_number(typed, "IN") == "27AAPFU0939F1ZV"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("27AAPFU0939F1Z", TaxNumberFault.LENGTH),
        ("AAPFU0939F", TaxNumberFault.LENGTH),
        ("27AAPFU0939F1ZW", TaxNumberFault.CHECK),
        ("27AAPFU0938F1ZV", TaxNumberFault.CHECK),
        ("2AAAPFU0939F1ZV", TaxNumberFault.FORM),
        ("27AAPFU0939F0ZV", TaxNumberFault.FORM),
        ("", TaxNumberFault.LENGTH),
    ],
)
def test_what_is_no_gstin_says_why(typed: str, expected: TaxNumberFault) -> None:
    assert fault(typed, "IN") is expected


@given(FIRST, st.integers(0, 13), st.integers(1, 35))
def test_one_wrong_sign_of_a_gstin_is_found(first: str, place: int, by: int) -> None:
    whole = first + gstin_check(first)
    assert read_tax_number(whole, "IN") == whole
    other = SIGNS[(SIGNS.index(whole[place]) + by) % 36]
    assert fault(whole[:place] + other + whole[place + 1 :], "IN") in (TaxNumberFault.CHECK, TaxNumberFault.FORM)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("012345678901000", "01.234.567.8-901.000"),
        ("01.234.567.8-901.000", "01.234.567.8-901.000"),
        ("0012345678901000", "0012 3456 7890 1000"),
        ("3273014508870002", "3273 0145 0887 0002"),
        ("3273 0105 0887 0002", "3273 0105 0887 0002"),
    ],
)
def test_npwp_old_and_new_are_read(typed: str, written: str) -> None:
    assert read_tax_number(typed, "ID") == written


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("01234567890100", TaxNumberFault.LENGTH),
        ("01234567890100012", TaxNumberFault.LENGTH),
        ("01234567890100A", TaxNumberFault.FORM),
        ("3273013208870002", TaxNumberFault.FORM),
        ("3273010513870002", TaxNumberFault.FORM),
        ("4111111111111111", TaxNumberFault.FORM),
        ("", TaxNumberFault.FORM),
    ],
)
def test_what_is_no_npwp_says_why(typed: str, expected: TaxNumberFault) -> None:
    assert fault(typed, "ID") is expected


def test_elsewhere_it_is_taken_as_written_but_never_a_card() -> None:
    assert read_tax_number(" de 811 907 980", "DE") == "DE 811 907 980"
    assert read_tax_number("201912345d", "SG") == "201912345D"
    for typed in ("", "12", "*" * 6, "X" * 40, "5555 5555 5555 4444"):
        assert fault(typed, "SG") is TaxNumberFault.FORM


def test_it_is_called_what_the_country_calls_it() -> None:
    assert [tax_number_name(country) for country in ("IN", "ID", "SG")] == ["GSTIN", "NPWP", ""]
