import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.domain.free_text import holds_card_number


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "card 4111 1111 1111 1111 of Dewi",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "pays 2 with 4111 1111 1111 1111",
        "3782 822463 10005",
        "6304000000000000000",
    ],
)
def test_a_card_number_is_found_however_it_is_written(text: str) -> None:
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "dented lid", "4111111111111112", "081234567890", "411111111111", "Rp 1.250.000", "2026-11-21 14.12"],
)
def test_ordinary_words_and_figures_pass(text: str) -> None:
    assert not holds_card_number(text)


@given(st.text(alphabet="0123456789", min_size=12, max_size=18))
def test_every_number_with_its_check_digit_is_found_and_with_another_one_is_not(body: str) -> None:
    found = [digit for digit in "0123456789" if holds_card_number(body + digit)]
    assert len(found) == 1
