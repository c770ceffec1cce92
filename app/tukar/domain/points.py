"""Points: what a customer collects, as integers in the programme's smallest unit."""

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Final, Self

from tukar.domain.money import format_scaled, parse_scaled, round_half_up

MAX_POINTS_DIGITS: Final = 6


class PointsMismatchError(ValueError):
    """Points of programmes with different digits met."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Points:
    """An amount of points: ``units`` of ``10 ** -digits`` point. Most programmes count whole points."""

    units: int
    digits: int = 0

    def __post_init__(self) -> None:
        if type(self.units) is not int:
            raise TypeError(f"points are an int, not {type(self.units).__name__}")
        if not 0 <= self.digits <= MAX_POINTS_DIGITS:
            raise ValueError(f"points digits from 0 to {MAX_POINTS_DIGITS}, not {self.digits}")

    @classmethod
    def parse(cls, text: str, digits: int = 0) -> Self:
        """From a decimal string of whole points; AmountFormatError when it has too many digits."""
        return cls(parse_scaled(text, digits), digits)

    @classmethod
    def of(cls, exact: Fraction | int, digits: int = 0) -> Self:
        """``exact`` whole points, rounded half up to the programme's digits."""
        return cls(round_half_up(exact * 10**digits if digits else exact), digits)

    def exact(self) -> Fraction:
        """In whole points."""
        return Fraction(self.units, 10**self.digits) if self.digits else Fraction(self.units)

    def decimal(self) -> str:
        """The wire form: a plain decimal string of whole points with all of the programme's digits."""
        return format_scaled(self.units, self.digits)

    def _same(self, other: "Points") -> int:
        if self.digits != other.digits:
            raise PointsMismatchError(f"points with {self.digits} and {other.digits} digits do not mix")
        return other.units

    def __add__(self, other: "Points") -> "Points":
        return Points(self.units + self._same(other), self.digits)

    def __sub__(self, other: "Points") -> "Points":
        return Points(self.units - self._same(other), self.digits)

    def __neg__(self) -> "Points":
        return Points(-self.units, self.digits)

    def __lt__(self, other: "Points") -> bool:
        return self.units < self._same(other)

    def __bool__(self) -> bool:
        return self.units != 0

    def __str__(self) -> str:
        return self.decimal()
