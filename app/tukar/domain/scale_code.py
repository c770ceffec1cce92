"""Barcodes that a scale in the shop prints: the item, and its weight or its price, read by the shop's own patterns.

A pattern has a letter or digit for every digit of the code: digits stand for themselves, ``I`` is the item's code,
``W`` its weight in grams, ``P`` its price in the currency's minor unit, ``C`` the check digit and ``x`` anything. The
usual ones begin with 2, which GS1 leaves to the shop (till.md, "Scanner as keyboard").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from tukar.domain.barcode import has_right_check_digit, looks_like_barcode
from tukar.domain.money import Currency, Money, Quantity, UnitPrice, round_half_up

_PATTERN = re.compile(r"2[0-9]*(?=.*I)[0-9IWPCx]+")


class ScalePatternError(ValueError):
    """A text is no pattern; it says why."""


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """What a code says: the item's own code, and either its weight or its price."""

    item_code: str
    grams: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class ScalePattern:
    """One way in which a scale prints its codes."""

    letters: str

    def __post_init__(self) -> None:
        letters = self.letters
        if not _PATTERN.fullmatch(letters) or not looks_like_barcode("0" * len(letters)):
            raise ScalePatternError(f"{letters!r} is no pattern such as 20IIIIIWWWWWC")
        if ("W" in letters) == ("P" in letters):
            raise ScalePatternError(f"{letters!r} has either a weight or a price")
        if "C" in letters and letters.index("C") != len(letters) - 1:
            raise ScalePatternError(f"{letters!r} has its check digit at the end")

    @classmethod
    def read_all(cls, text: str) -> tuple[Self, ...]:
        """Patterns between commas, as the setting holds them. ScalePatternError names the first that is none."""
        return tuple(cls(part.strip()) for part in text.split(",") if part.strip())

    def read(self, code: str) -> ScaleReading | None:
        """What ``code`` says by this pattern; None when it is another one, or was misread."""
        if len(code) != len(self.letters) or not (code.isascii() and code.isdigit()):
            return None
        if any(letter.isdigit() and letter != digit for letter, digit in zip(self.letters, code, strict=True)):
            return None
        if "C" in self.letters and not has_right_check_digit(code):
            return None
        weight, price = self._digits("W", code), self._digits("P", code)
        return ScaleReading(self._digits("I", code), int(weight) if weight else None, int(price) if price else None)

    def _digits(self, kind: str, code: str) -> str:
        return "".join(digit for letter, digit in zip(self.letters, code, strict=True) if letter == kind)


def read_scale_code(code: str, patterns: Iterable[ScalePattern]) -> ScaleReading | None:
    """By the first pattern that fits."""
    return next((reading for pattern in patterns if (reading := pattern.read(code)) is not None), None)


def quantity_for(price: Money, unit: UnitPrice) -> Quantity | None:
    """How much costs just ``price`` at ``unit`` a kilogram; None when no weight in whole grams does."""
    if unit.scaled <= 0 or price.minor <= 0:
        return None
    about = Quantity(round_half_up(UnitPrice.of(price).exact() / unit.exact() * 1000))
    return about if about and unit.times(about) == price else None


def money_of(reading: ScaleReading, currency: Currency) -> Money | None:
    """The price on the label."""
    return None if reading.price is None else Money(reading.price, currency)
