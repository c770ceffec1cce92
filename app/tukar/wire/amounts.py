"""Limits of texts and numbers on the wire, and money, points and names as messages.

Thirteen digits before the point keep every amount within 64 bits of minor units, also with four decimals.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Meta

from tukar.domain.money import Currency, Money
from tukar.domain.points import Points
from tukar.wire.message import Message

if TYPE_CHECKING:
    from tukar.domain.offer import LocalName

_NO_CONTROLS: Final = r"^[^\x00-\x1f\x7f]*$"

Key = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
"""An id made by a till, a backend or a shop."""
KeyOrNone = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_.:-]*$")]
"""An id, or the empty text where there is none."""
Code = Annotated[str, Meta(min_length=1, max_length=64, pattern=_NO_CONTROLS)]
"""An article's code, a barcode, a card or coupon as printed: spaces occur."""
CodeOrNone = Annotated[str, Meta(max_length=64, pattern=_NO_CONTROLS)]
Word = Annotated[str, Meta(max_length=120, pattern=_NO_CONTROLS)]
"""A name or label."""
Text = Annotated[str, Meta(max_length=1000, pattern=r"^[^\x00]*$")]
"""Free text of a few lines."""
TaxNumber = Annotated[str, Meta(max_length=240, pattern=_NO_CONTROLS)]
"""Of a buyer: short as it is sent, longer where it is stored, for there it is sealed."""
AmountText = Annotated[str, Meta(max_length=20, pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,4})?$")]
"""Money in major units."""
PriceText = Annotated[str, Meta(max_length=24, pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,8})?$")]
"""A unit price in major units."""
QuantityText = Annotated[str, Meta(max_length=14, pattern=r"^-?[0-9]{1,9}(\.[0-9]{1,3})?$")]
PointsText = Annotated[str, Meta(max_length=20, pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$")]
"""Points with all digits of their programme."""
RateText = Annotated[str, Meta(max_length=12, pattern=r"^[0-9]{1,4}(\.[0-9]{1,6})?$")]
"""A percentage."""
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Version = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]
Moment = Annotated[datetime, Meta(tz=True)]
"""A time that carries its zone."""

YEARS_WITH_SENSE: Final = range(2000, 2200)
"""The years that a shop's papers are from; others are a broken clock, and some overflow when zones are changed."""


class WireCurrency(Message):
    """A currency as the shop uses it."""

    code: Annotated[str, Meta(min_length=3, max_length=3, pattern="^[A-Z]{3}$")]
    minor_digits: Annotated[int, Meta(ge=0, le=4)]
    cash_step: Annotated[int, Meta(ge=1, le=1_000_000)] = 1


def wire_currency(currency: Currency) -> WireCurrency:
    return WireCurrency(code=currency.code, minor_digits=currency.minor_digits, cash_step=currency.cash_step)


def currency_of(message: WireCurrency) -> Currency:
    return _currency(message.code, message.minor_digits, message.cash_step)


@lru_cache(maxsize=64)
def _currency(code: str, minor_digits: int, cash_step: int) -> Currency:
    return Currency(code, minor_digits, cash_step)


class WireName(Message):
    """A shop's own words, in as many languages as it wrote them down."""

    default: Word
    translations: Annotated[dict[Annotated[str, Meta(max_length=12)], Word], Meta(max_length=20)] = {}  # noqa: RUF012


def wire_name(name: "LocalName") -> WireName:
    return WireName(default=name.default, translations=dict(name.translations))


def name_of(message: WireName) -> "LocalName":
    from tukar.domain.offer import LocalName  # who signs in needs no offers

    return LocalName(message.default, MappingProxyType(dict(message.translations)))


def points_of(text: str) -> Points:
    """Points whose digits are those that were written."""
    return Points.parse(text, len(text.partition(".")[2]))


def wire_points(points: Mapping[str, Points]) -> dict[str, str]:
    return {programme_id: amount.decimal() for programme_id, amount in points.items()}


def points_by_programme(texts: Mapping[str, str]) -> Mapping[str, Points]:
    return MappingProxyType({programme_id: points_of(text) for programme_id, text in texts.items()})


def optional_amount(amount: Money | None) -> str | None:
    return None if amount is None else amount.decimal()


def optional_money(text: str | None, currency: Currency) -> Money | None:
    return None if text is None else currency.money(text)


def moment_of(at: datetime) -> datetime:
    """The time as it is, when its year makes sense; ValueError otherwise."""
    if at.year not in YEARS_WITH_SENSE:
        raise ValueError(f"a time in the year {at.year}")
    return at


PointsByProgramme = Annotated[dict[Key, PointsText], Meta(max_length=50)]
"""Points of several programmes by their ids."""
