import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.till.looking_up import meant
from tukar.till.ports import FindBy


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("081234565678", FindBy.MOBILE),
        ("+62 812-3456", FindBy.MOBILE),
        ("17850", FindBy.MOBILE),
        ("M0017850", FindBy.CARD),
        ("Dewi Lestari", FindBy.NAME),
        ("Dewi 2", FindBy.NAME),
        ("d", FindBy.NAME),
    ],
)
def test_letters_and_digits_tell_what_was_given(text: str, by: FindBy) -> None:
    assert meant(text) is by


@given(st.text(min_size=1))
def test_every_text_means_something(text: str) -> None:
    assert meant(text) in FindBy
