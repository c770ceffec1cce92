"""The buyer's tax number, as a bill for another business names it: GSTIN in India, NPWP in Indonesia.

It is personal data (an NPWP of sixteen digits is a citizen's own number, a GSTIN holds a PAN): shown by its last four
signs wherever the bill itself is not on the counter, and sealed at rest (security.md, "Personal data").
"""

import re
from enum import StrEnum
from typing import Final

from tukar.domain.free_text import holds_card_number

LETTERS_AT_MOST: Final = 24
"""As much as is typed, separators included."""

_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GSTIN: Final = re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z][A-Z][0-9A-Z]")
"""State, PAN, which registration of it, a letter (Z for nearly all), check sign."""
_FREE: Final = re.compile(r"[0-9A-Z][0-9A-Z ./-]{2,23}")
_LONG: Final = 15
"""Of a GSTIN and of an NPWP as it was until 2024; one more since."""
_NO_PROVINCE: Final = "4"
"""No citizen's number begins with it; payment cards do."""
_WOMEN_FROM: Final = 40
"""Added to the day of birth in a woman's number."""
_NAMES: Final = {"IN": "GSTIN", "ID": "NPWP"}


class TaxNumberFault(StrEnum):
    """Why what was typed is no tax number of that country."""

    LENGTH = "length"
    FORM = "form"
    CHECK = "check"


class NotTaxNumberError(ValueError):
    """What was typed is no tax number; its text never holds it."""

    def __init__(self, fault: TaxNumberFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def tax_number_name(country: str) -> str:
    """What the number is called there; empty where it has no name that everybody knows."""
    return _NAMES.get(country, "")


def read_tax_number(typed: str, country: str) -> str:
    """The number as it is kept and printed, from any form people type; NotTaxNumberError when it is none.

    ``country`` is the shop's, ISO 3166 alpha-2. A GSTIN is held against its check sign. An NPWP has fifteen digits, or
    sixteen: a zero before the fifteen, or a citizen's number, whose date of birth must be one. Elsewhere anything that
    can be a tax number is taken as it is written, but for the number of a payment card.
    """
    if country == "IN":
        return _gstin("".join(typed.split()).replace("-", "").upper())
    if country == "ID":
        return _npwp(re.sub(r"[\s.\-]", "", typed))
    plain = " ".join(typed.split()).upper()
    if not _FREE.fullmatch(plain) or holds_card_number(plain):
        raise NotTaxNumberError(TaxNumberFault.FORM)
    return plain


def _gstin(text: str) -> str:
    if len(text) != _LONG:
        raise NotTaxNumberError(TaxNumberFault.LENGTH)
    if not _GSTIN.fullmatch(text):
        raise NotTaxNumberError(TaxNumberFault.FORM)
    if text[-1] != gstin_check(text[:-1]):
        raise NotTaxNumberError(TaxNumberFault.CHECK)
    return text


def gstin_check(first: str) -> str:
    """The fifteenth sign of a GSTIN from its first fourteen: a sum by 36, every second sign counted twice."""
    total = 0
    for place, sign in enumerate(first):
        worth = _SIGNS.index(sign) * (1 + place % 2)
        total += worth // len(_SIGNS) + worth % len(_SIGNS)
    return _SIGNS[-total % len(_SIGNS)]


def _npwp(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise NotTaxNumberError(TaxNumberFault.FORM)
    if len(text) == _LONG:
        return f"{text[:2]}.{text[2:5]}.{text[5:8]}.{text[8]}-{text[9:12]}.{text[12:]}"
    if len(text) != _LONG + 1:
        raise NotTaxNumberError(TaxNumberFault.LENGTH)
    if text[0] != "0" and not _has_birthday(text):
        raise NotTaxNumberError(TaxNumberFault.FORM)
    return f"{text[:4]} {text[4:8]} {text[8:12]} {text[12:]}"


def _has_birthday(nik: str) -> bool:
    """Day and month stand in its middle; in a payment card's digits they rarely do."""
    day, month = int(nik[6:8]), int(nik[8:10])
    if nik[0] == _NO_PROVINCE:
        return False
    return 1 <= (day - _WOMEN_FROM if day > _WOMEN_FROM else day) <= 31 and 1 <= month <= 12  # noqa: PLR2004 - a date
