"""Money, unit prices and quantities as scaled integers, and the one way to round and to split them.

Amounts travel as decimal strings in major units (``"28.75"``); inside they are integers, so that no figure ever
depends on binary floating point (known-failures.md, T40).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Final, Self

UNIT_PRICE_DIGITS: Final = 4
"""Digits a unit price has beyond the currency's minor unit (promotions.md, "Money, points, quantities")."""

QUANTITY_DIGITS: Final = 3
"""Decimal digits of a quantity: weighed goods are counted in thousandths."""


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies met."""


class AmountFormatError(ValueError):
    """A text is not a decimal number with at most the digits allowed."""


def round_half_up(exact: Fraction | int) -> int:
    """Nearest integer; a half goes away from zero, so that a refund rounds like its sale."""
    return round_ratio(exact.numerator, exact.denominator)


def round_ratio(numerator: int, denominator: int) -> int:
    """The same of a ratio, without making a fraction of it; ``denominator`` is above zero."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded


def parse_scaled(text: str, digits: int) -> int:
    """The integer that ``text`` means in units of ``10 ** -digits``.

    Raises AmountFormatError when the text is not a plain decimal number or has more than ``digits`` decimals that
    are not zero.
    """
    if text.isascii() and text.isdigit():
        return int(text + "0" * digits)
    body = text.strip()
    sign = -1 if body[:1] in ("-", "\N{MINUS SIGN}") else 1
    body = body[1:] if body[:1] in ("-", "+", "\N{MINUS SIGN}") else body
    whole, _, decimals = body.partition(".")
    figures = whole + decimals
    if not figures.isascii() or not figures.isdigit():
        raise AmountFormatError(f"not a decimal number: {text[:40]!r}")
    kept = decimals.rstrip("0")
    if len(kept) > digits:
        raise AmountFormatError(f"more than {digits} decimals: {text[:40]!r}")
    return sign * int((whole or "0") + kept.ljust(digits, "0"))


def format_scaled(units: int, digits: int) -> str:
    """The plain decimal string of ``units`` counted in ``10 ** -digits``, always with all its digits."""
    if not digits:
        return str(units)
    sign = "-" if units < 0 else ""
    whole = str(abs(units)).rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}"


def allocate(amount: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Split ``amount`` in proportion to ``weights`` so that the parts add up exactly.

    By largest remainder; equal remainders go to the earlier part. Weights are not negative; when all of them are
    zero the parts are equal but for the remainder. Raises ValueError when there is nothing to split over.
    """
    if not weights:
        raise ValueError("nothing to split over")
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight below zero")
    sum_of_weights = sum(weights)
    shares = list(weights) if sum_of_weights else [1] * len(weights)
    whole = sum_of_weights or len(weights)
    sign, size = (-1, -amount) if amount < 0 else (1, amount)
    exact = [Fraction(size * share) / whole for share in shares]
    parts = [share.numerator // share.denominator for share in exact]
    left = size - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[:left]:
        parts[index] += 1
    return tuple(sign * part for part in parts)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as one shop uses it.

    ``minor_digits`` is the shop's setting, not ISO's: the rupiah is used without decimals. ``cash_step`` is the
    smallest coin in minor units, for cash tenders only; 1 means that cash is exact.
    """

    code: str
    minor_digits: int
    cash_step: int = 1

    def __post_init__(self) -> None:
        if len(self.code) != 3 or not self.code.isascii() or not self.code.isupper():  # noqa: PLR2004 - ISO 4217
            raise ValueError(f"a currency code has three capital letters, not {self.code!r}")
        if not 0 <= self.minor_digits <= 4:  # noqa: PLR2004 - no currency has more
            raise ValueError(f"minor digits from 0 to 4, not {self.minor_digits}")
        if self.cash_step < 1:
            raise ValueError("the smallest coin is at least one minor unit")

    def zero(self) -> "Money":
        return Money(0, self)

    def money(self, text: str) -> "Money":
        """The amount that a decimal string in major units means; AmountFormatError when it has too many digits."""
        return Money(parse_scaled(text, self.minor_digits), self)

    def total(self, amounts: Iterable["Money"]) -> "Money":
        """The sum of ``amounts``, zero when there are none; CurrencyMismatchError where one is of another currency."""
        minor = 0
        for amount in amounts:
            minor += amount.minor_in(self)
        return Money(minor, self)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency in its minor units; negative amounts are refunds and discounts."""

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are an int, not {type(self.minor).__name__}")

    def minor_in(self, currency: Currency) -> int:
        """Its minor units, where it is of that currency; else CurrencyMismatchError."""
        if self.currency is not currency and self.currency != currency:
            raise CurrencyMismatchError(f"{currency.code} and {self.currency.code} do not mix")
        return self.minor

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + other.minor_in(self.currency), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - other.minor_in(self.currency), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < other.minor_in(self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return self.decimal()

    def decimal(self) -> str:
        """The wire form: a plain decimal string in major units with all of the currency's digits."""
        return format_scaled(self.minor, self.currency.minor_digits)

    def split(self, weights: Sequence[int | Fraction]) -> tuple["Money", ...]:
        """Parts in proportion to ``weights`` that add up exactly (see ``allocate``)."""
        return tuple(Money(part, self.currency) for part in allocate(self.minor, weights))

    def rounded_to_cash(self) -> "Money":
        """The nearest amount that coins can make, half away from zero; cash tenders only."""
        step = self.currency.cash_step
        if self.minor % step == 0:
            return self
        return Money(round_ratio(self.minor, step) * step, self.currency)


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of one piece or one kilogram, in ten-thousandths of the minor unit; may be negative."""

    scaled: int
    currency: Currency

    @classmethod
    def parse(cls, text: str, currency: Currency) -> Self:
        """From a decimal string in major units; AmountFormatError when it has too many digits."""
        return cls(parse_scaled(text, currency.minor_digits + UNIT_PRICE_DIGITS), currency)

    @classmethod
    def of(cls, amount: Money) -> Self:
        return cls(amount.minor * 10**UNIT_PRICE_DIGITS, amount.currency)

    def decimal(self) -> str:
        """The wire form in major units: the currency's digits, and further ones only where they are not zero."""
        text = format_scaled(self.scaled, self.currency.minor_digits + UNIT_PRICE_DIGITS)
        body = text[:-UNIT_PRICE_DIGITS] + text[-UNIT_PRICE_DIGITS:].rstrip("0")
        return body.rstrip(".")

    def exact(self) -> Fraction:
        """In minor units."""
        return Fraction(self.scaled, 10**UNIT_PRICE_DIGITS)

    def times(self, quantity: "Quantity") -> Money:
        """What ``quantity`` costs, rounded half up once (FORMAT.md, "Value")."""
        product = Fraction(self.scaled * quantity.thousandths, 10 ** (UNIT_PRICE_DIGITS + QUANTITY_DIGITS))
        return Money(round_half_up(product), self.currency)

    def rounded(self) -> Money:
        return self.times(Quantity.of(1))


@total_ordering
@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of an item, in thousandths of a piece or kilogram; negative only on a return."""

    thousandths: int

    @classmethod
    def of(cls, pieces: int) -> Self:
        return cls(pieces * 10**QUANTITY_DIGITS)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From a decimal string; AmountFormatError when it has more than three decimals."""
        return cls(parse_scaled(text, QUANTITY_DIGITS))

    @property
    def is_whole(self) -> bool:
        return self.thousandths % 10**QUANTITY_DIGITS == 0

    @property
    def pieces(self) -> int:
        """Pieces as rewards count them: an amount that is not whole is one piece (FORMAT.md, "Value")."""
        return self.thousandths // 10**QUANTITY_DIGITS if self.is_whole else 1

    def exact(self) -> Fraction:
        return Fraction(self.thousandths, 10**QUANTITY_DIGITS)

    def decimal(self) -> str:
        """The shortest plain decimal string: ``2``, ``0.75``."""
        text = format_scaled(self.thousandths, QUANTITY_DIGITS)
        return text.rstrip("0").rstrip(".")

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.thousandths + other.thousandths)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.thousandths - other.thousandths)

    def __neg__(self) -> "Quantity":
        return Quantity(-self.thousandths)

    def __lt__(self, other: "Quantity") -> bool:
        return self.thousandths < other.thousandths

    def __bool__(self) -> bool:
        return self.thousandths != 0

    def __str__(self) -> str:
        return self.decimal()
