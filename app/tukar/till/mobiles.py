"""Reading a mobile number as people type it, into E.164, with a reason where it is none."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_SHORTEST: Final = 8
"""No country's mobile numbers have fewer digits."""


class MobileTrouble(StrEnum):
    """Why a text is no mobile number."""

    TOO_SHORT = "too_short"
    NOT_MOBILE = "not_mobile"


class NotMobileError(ValueError):
    """The text is no mobile number; ``trouble`` says why."""

    def __init__(self, trouble: MobileTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Mobile:
    """A mobile number. ``country_code`` is the number's own, such as 62; ``foreign`` where it is not the shop's."""

    e164: str = field(repr=False)
    country_code: int
    foreign: bool


def looks_like_number(text: str) -> bool:
    """Whether somebody typed a telephone or card number and no name."""
    body = text.translate(dict.fromkeys(map(ord, " +-().")))
    return bool(body) and body.isascii() and body.isdigit()


def read_mobile(text: str, country: str) -> Mobile:
    """The number that ``text`` means in ``country`` (ISO 3166 alpha-2); NotMobileError when it means none.

    Blocks on its first call while the tables of all countries' numbers are read: for the background.
    """
    import phonenumbers  # 30 ms, and not before it is needed (performance.md)

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as no_number:
        short = no_number.error_type in (
            phonenumbers.NumberParseException.TOO_SHORT_NSN,
            phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD,
        )
        raise NotMobileError(MobileTrouble.TOO_SHORT if short else MobileTrouble.NOT_MOBILE) from None
    too_short = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.TOO_SHORT
    if too_short or sum(character.isdigit() for character in text) < _SHORTEST:
        raise NotMobileError(MobileTrouble.TOO_SHORT)
    kind = phonenumbers.number_type(number)
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or kind not in mobile:
        raise NotMobileError(MobileTrouble.NOT_MOBILE)
    code = number.country_code or 0
    home = phonenumbers.country_code_for_region(country)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Mobile(e164, code, code != home)
