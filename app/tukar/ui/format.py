"""Money, points, quantities, times and dates as text: by the shop's currency and the language on the screen.

Figures look the same in every language of one shop (visual.md, "Words"): how they are grouped is a habit of the
currency, not of the language. Times and month names are the language's. No locale library is loaded for it: Babel
costs 28 ms before the first paint (performance.md), and QLocale would turn money into floating point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tukar.domain.money import Money

if TYPE_CHECKING:
    from tukar.domain.money import Currency, Quantity, UnitPrice
    from tukar.domain.points import Points

MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Habit:
    """How a currency is written: its sign before the figure, the marks, and whether it groups by lakh and crore."""

    sign: str
    thousands: str = "."
    decimal: str = ","
    lakh: bool = False


_HABITS: Final[Mapping[str, Habit]] = MappingProxyType(
    {
        "IDR": Habit(f"Rp{NBSP}"),
        "INR": Habit(f"Rs{NBSP}", ",", ".", lakh=True),
        "GBP": Habit("£", ",", "."),
        "USD": Habit("$", ",", "."),
        "SGD": Habit(f"S${NBSP}", ",", "."),
        "MYR": Habit(f"RM{NBSP}", ",", "."),
        "PHP": Habit("₱", ",", "."),
        "THB": Habit("฿", ",", "."),
        "JPY": Habit("¥", ",", "."),
        "EUR": Habit(f"€{NBSP}"),
        "VND": Habit(f"₫{NBSP}"),
    }
)

_MONTHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
        "hi": ("जन", "फ़र", "मार्च", "अप्रैल", "मई", "जून", "जुल", "अग", "सित", "अक्टू", "नव", "दिस"),
    }
)

_TIME_MARK: Final[Mapping[str, str]] = MappingProxyType({"id": "."})
_PERCENT_GAP: Final = frozenset({"id"})


@dataclass(frozen=True, slots=True)
class Format:
    """Writes values for one currency in one language; total over all values of that currency."""

    currency: Currency
    language: str = "en"

    @property
    def habit(self) -> Habit:
        code = self.currency.code
        return _HABITS.get(code, Habit(f"{code}{NBSP}"))

    @property
    def sign(self) -> str:
        """The currency's sign alone, for amount fields."""
        return self.habit.sign.rstrip(NBSP)

    def money(self, amount: Money) -> str:
        """``Rp 173.500``; below zero ``−Rp 3.500``."""
        return self._signed(amount.minor, self.habit.sign + self._figure(amount.decimal()))

    def off(self, amount: Money) -> str:
        """A discount, given as what comes off: ``−Rp 3.500``; nothing off is ``Rp 0``."""
        return self.money(-amount)

    def figure(self, amount: Money) -> str:
        """The amount without the sign of the currency, for a struck-out old one or a note: ``17.500``."""
        return self._signed(amount.minor, self._figure(amount.decimal()))

    def unit_price(self, price: UnitPrice) -> str:
        """With as many digits as the price has: ``Rp 3.500`` or ``£0.0125``."""
        return self._signed(price.scaled, self.habit.sign + self._figure(price.decimal()))

    def digits(self, minor: str) -> str:
        """A row of typed digits in minor units, grouped: ``100000`` as ``100.000``."""
        return self.figure(Money(int(minor or "0"), self.currency))

    def points(self, points: Points) -> str:
        """``1.240``; the digits of the programme only where they are not zero."""
        text = points.decimal()
        if points.digits:
            text = text.rstrip("0").rstrip(".")
        return self._signed(points.units, self._figure(text))

    def quantity(self, quantity: Quantity) -> str:
        """``2`` or ``0,75``."""
        return self._signed(quantity.thousandths, self._figure(quantity.decimal()))

    def number(self, number: int) -> str:
        return self._signed(number, self._figure(str(number)))

    def typed(self, decimal: str) -> str:
        """A plain decimal number as a cashier types it, ungrouped: ``12,5`` where the shop writes a comma."""
        return decimal.replace(".", self.habit.decimal)

    def percent(self, decimal: str) -> str:
        """A plain decimal number as a percentage: ``11 %`` (id), ``11%`` (en)."""
        gap = NBSP if self.language in _PERCENT_GAP else ""
        return f"{self._figure(decimal.rstrip('0').rstrip('.') if '.' in decimal else decimal)}{gap}%"

    def time(self, moment: datetime) -> str:
        """``14.12`` (id), ``14:12`` (en)."""
        mark = _TIME_MARK.get(self.language, ":")
        return f"{moment.hour:02d}{mark}{moment.minute:02d}"

    def day(self, day: date) -> str:
        """``30 Nov``."""
        months = _MONTHS.get(self.language, _MONTHS["en"])
        return f"{day.day}{NBSP}{months[day.month - 1]}"

    def month(self, day: date) -> str:
        """``Nov 2026``."""
        months = _MONTHS.get(self.language, _MONTHS["en"])
        return f"{months[day.month - 1]}{NBSP}{day.year}"

    def date(self, day: date) -> str:
        """``30 Nov 2026``."""
        return f"{self.day(day)}{NBSP}{day.year}"

    def countdown(self, seconds: float) -> str:
        """Minutes and seconds that are left, rounded up: ``0:24``."""
        left = -int(-max(seconds, 0.0) // 1)
        mark = _TIME_MARK.get(self.language, ":")
        return f"{left // 60}{mark}{left % 60:02d}"

    def _figure(self, decimal: str) -> str:
        whole, _, rest = decimal.lstrip("-").partition(".")
        grouped = _grouped(whole, self.habit.thousands, lakh=self.habit.lakh)
        return f"{grouped}{self.habit.decimal}{rest}" if rest else grouped

    @staticmethod
    def _signed(value: int, text: str) -> str:
        return MINUS + text if value < 0 else text


def _grouped(whole: str, mark: str, *, lakh: bool) -> str:
    head, last = whole[:-3], whole[-3:]
    size = 2 if lakh else 3
    groups = [last]
    while head:
        groups.append(head[-size:])
        head = head[:-size]
    return mark.join(reversed(groups))
