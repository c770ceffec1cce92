"""Reading JSON strictly: every mistake is named by path and reason, and all of them at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeVar

from tukar.domain.money import (
    UNIT_PRICE_DIGITS,
    AmountFormatError,
    Currency,
    Money,
    Quantity,
    UnitPrice,
    format_scaled,
    parse_scaled,
    round_half_up,
)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_DECIMALS: Final = 12
"""More decimals than any rate, price or balance needs."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at ``path``.

    ``unknown`` marks a field or word that the product does not know, ``doubtful`` a value that can be read but makes
    no sense in a rule that is to go live.
    """

    path: str
    reason: str
    unknown: bool = False
    doubtful: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class FileMistakesError(ValueError):
    """A file or message is refused whole, with all of its mistakes."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(map(str, self.mistakes)))


class UnknownWordError(ValueError):
    """A word outside the list of those that are known."""


class WrongKindError(ValueError):
    """A JSON value of another kind than the one that is needed."""

    def __init__(self, needed: str, raw: object) -> None:
        super().__init__(f"{needed} is needed, not {kind_of(raw)}")


class DoubtfulError(ValueError):
    """A value that makes no sense, with what it would be read as."""

    def __init__(self, reason: str, reading: Any) -> None:  # noqa: ANN401 - whatever the field holds
        super().__init__(reason)
        self.reading = reading


class Fields:
    """One JSON object being read; fields never asked for are mistakes when it is closed."""

    def __init__(self, raw: object, path: str, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = mistakes
        self._asked: set[str] = set()
        self._raw: dict[str, object] = {}
        self._is_object = isinstance(raw, dict)
        if isinstance(raw, dict):
            self._raw = {str(name): value for name, value in raw.items()}
        else:
            self.wrong("", f"an object is needed, not {kind_of(raw)}")

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path and name else self.path or name

    def wrong(self, name: str, reason: str, *, unknown: bool = False) -> None:
        self.mistakes.append(Mistake(self.at(name), reason, unknown))

    def doubt(self, name: str, reason: str) -> None:
        """A mistake that leaves a reading: a rule file is refused for it, a case is played all the same."""
        self.mistakes.append(Mistake(self.at(name), reason, doubtful=True))

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        self._asked.add(name)
        return self._raw.get(name) is not None

    def raw(self, name: str) -> object:
        self._asked.add(name)
        return self._raw.get(name)

    def get(self, name: str, read: Callable[[object], T], default: T) -> T:
        """The field as ``read`` understands it; ``default`` where it is absent or wrong."""
        raw = self.raw(name)
        if raw is None:
            return default
        try:
            return read(raw)
        except UnknownWordError as mistake:
            self.wrong(name, str(mistake), unknown=True)
        except DoubtfulError as doubt:
            self.doubt(name, str(doubt))
            reading: T = doubt.reading
            return reading
        except ValueError as mistake:
            self.wrong(name, str(mistake))
        return default

    def need(self, name: str, read: Callable[[object], T], default: T) -> T:
        """The same for a field that must be there."""
        if not self.has(name):
            if self._is_object:
                self.wrong(name, "is missing")
            return default
        return self.get(name, read, default)

    def each(self, name: str) -> Iterable[tuple[str, object]]:
        """The entries of a list with their paths; none where it is absent or no list."""
        nothing: list[object] = []
        rows = self.get(name, as_list, nothing)
        return [(f"{self.at(name)}[{place}]", row) for place, row in enumerate(rows)]

    def part(self, name: str) -> "Fields":
        """The object in the field, an empty one where it is absent."""
        return Fields(self._raw[name] if self.has(name) else {}, self.at(name), self.mistakes)

    def close(self) -> None:
        """Names every field that nobody asked for."""
        for name in self._raw.keys() - self._asked:
            self.wrong(name, "unknown field", unknown=True)


def kind_of(raw: object) -> str:
    """What a JSON value is, in words."""
    if raw is None:
        return "null"
    if isinstance(raw, bool):
        return "true or false"
    names: dict[type, str] = {str: "a text", int: "a number", Decimal: "a number", list: "a list", dict: "an object"}
    return next((name for kind, name in names.items() if isinstance(raw, kind)), type(raw).__name__)


def as_text(raw: object) -> str:
    if not isinstance(raw, str):
        raise WrongKindError("a text", raw)
    return raw


def as_name(raw: object) -> str:
    if not as_text(raw):
        raise ValueError("must not be empty")
    return as_text(raw)


def as_bool(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise WrongKindError("true or false", raw)
    return raw


def as_list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise WrongKindError("a list", raw)
    return raw


def as_names(raw: object) -> frozenset[str]:
    return frozenset(as_text(entry) for entry in as_list(raw))


def as_int(raw: object) -> int:
    if type(raw) is int:
        return raw
    exact = as_number(raw)
    if exact.denominator != 1:
        raise ValueError(f"a whole number is needed, not {raw}")
    return exact.numerator


def as_count(raw: object) -> int:
    return within(as_int(raw), 0)


def as_positive(raw: object) -> int:
    number = within(as_int(raw), 0)
    if not number:
        raise DoubtfulError("must be at least 1, not 0", number)
    return number


def within(number: int, least: int) -> int:
    if number < least:
        raise ValueError(f"must be at least {least}, not {number}")
    return number


def decimal_text(raw: object) -> str:
    """The decimal string of a JSON text or number; a binary float has no place here."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise WrongKindError("a decimal number", raw)
    return format(raw, "f") if isinstance(raw, Decimal) else str(raw)


def as_number(raw: object) -> Fraction:
    """A plain decimal number, exact."""
    return Fraction(parse_scaled(decimal_text(raw), MAX_DECIMALS), 10**MAX_DECIMALS)


def as_share(raw: object) -> Fraction:
    """A number of at least 0."""
    exact = as_number(raw)
    if exact < 0:
        raise ValueError(f"must not be below 0, not {raw}")
    return exact


def as_percent(raw: object) -> Decimal:
    exact = as_share(raw)
    if exact > 100:  # noqa: PLR2004 - a percentage
        raise DoubtfulError(f"a percentage goes from 0 to 100, not {raw}", Decimal(100))
    return Decimal(decimal_text(raw).strip())


def as_rate(raw: object) -> Decimal:
    as_share(raw)
    return Decimal(decimal_text(raw).strip())


def as_quantity(raw: object) -> Quantity:
    try:
        quantity = Quantity.parse(decimal_text(raw))
    except AmountFormatError as mistake:
        raise ValueError(str(mistake)) from mistake
    if quantity.thousandths < 0:
        raise ValueError(f"must be at least 0, not {raw}")
    return quantity


def as_date(raw: object) -> date:
    try:
        return date.fromisoformat(as_text(raw))
    except ValueError:
        raise ValueError(f"a day is written 2025-01-31, not {raw!r}") from None


def as_time(raw: object) -> time:
    try:
        return time.fromisoformat(as_text(raw))
    except ValueError:
        raise ValueError(f"a time of day is written 17:30, not {raw!r}") from None


def as_money(currency: Currency) -> Callable[[object], Money]:
    """Reads an amount of at least 0 in ``currency``."""

    def read(raw: object) -> Money:
        exact = as_share(raw) * 10**currency.minor_digits
        amount = Money(round_half_up(exact), currency)
        if exact.denominator != 1:
            raise DoubtfulError(f"more than {currency.minor_digits} decimals: {raw}", amount)
        return amount

    return read


def as_unit_price(currency: Currency) -> Callable[[object], UnitPrice]:
    """Reads a price a piece in ``currency``; it may be negative."""

    def read(raw: object) -> UnitPrice:
        digits = currency.minor_digits + UNIT_PRICE_DIGITS
        exact = as_number(raw) * 10**digits
        price = UnitPrice(round_half_up(exact), currency)
        if exact.denominator != 1:
            raise DoubtfulError(f"more than {digits} decimals: {raw}", price)
        return price

    return read


def as_word(words: type[E]) -> Callable[[object], E]:
    """Reads one of the words of an enumeration."""

    def read(raw: object) -> E:
        text = as_text(raw)
        try:
            return words(text)
        except ValueError:
            known = ", ".join(word.value for word in words)
            raise UnknownWordError(f"unknown word {text!r}; known are {known}") from None

    return read


def number_text(exact: Fraction) -> str:
    """The shortest decimal string of a number that has at most ``MAX_DECIMALS`` decimals."""
    scaled = exact * 10**MAX_DECIMALS
    if scaled.denominator != 1:
        raise ValueError(f"{exact} is no decimal number")
    text = format_scaled(scaled.numerator, MAX_DECIMALS)
    return text.rstrip("0").rstrip(".")
