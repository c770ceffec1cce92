import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.barcode import check_digit, grouped, has_right_check_digit, looks_like_barcode

RIGHT = ("8991204011751", "96385074", "036000291452", "15400141288763")


@pytest.mark.parametrize("code", RIGHT)
def test_codes_printed_on_goods_are_right(code: str) -> None:
    assert looks_like_barcode(code)
    assert has_right_check_digit(code)


@given(st.sampled_from(RIGHT), st.data())
def test_one_misread_digit_is_always_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    digit = data.draw(st.sampled_from([other for other in "0123456789" if other != code[place]]))
    assert not has_right_check_digit(code[:place] + digit + code[place + 1 :])


@pytest.mark.parametrize("text", ["", "kopi", "0812", "12345678901", "899120401175x", "٨٩٩١٢٠٤٠١١٧٥١"])
def test_other_texts_are_no_barcodes(text: str) -> None:
    assert not looks_like_barcode(text)


def test_digits_are_grouped_as_people_read_them_out() -> None:
    assert grouped("8991204011751") == "8991 2040 1175 1"
    assert grouped("SKU-12") == "SKU-12"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_a_check_digit_finds_every_single_wrong_digit(digits: str, at: int, more: int) -> None:
    wrong = digits[:at] + str((int(digits[at]) + more) % 10) + digits[at + 1 :]
    assert check_digit(wrong) != check_digit(digits)
