import pytest

from tukar.domain.redemption import OneTimeCode


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "12345x", "１２３４５６"])  # noqa: RUF001 - digits of another script
def test_a_code_is_six_digits_and_never_shown(digits: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        OneTimeCode(digits)
    assert "424242" not in repr(OneTimeCode("424242"))
