"""How values of the domain lie in columns: amounts as integers beside their currency, moments and deadlines as text."""

from datetime import UTC, datetime
from functools import cache

from tukar.domain.money import Currency, Money
from tukar.till.ports import Deadline


def currency_text(currency: Currency) -> str:
    return f"{currency.code} {currency.minor_digits} {currency.cash_step}"


@cache
def currency_from(text: str) -> Currency:
    code, digits, step = text.split()
    return Currency(code, int(digits), int(step))


def money_from(minor: int, currency: str) -> Money:
    return Money(minor, currency_from(currency))


def moment_text(at: datetime) -> str:
    """In UTC with microseconds, so that texts sort as their moments do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def deadline_text(deadline: Deadline | None) -> str | None:
    return None if deadline is None else f"{deadline.at!r} {deadline.boot_id}"


def deadline_from(text: str | None) -> Deadline | None:
    if text is None:
        return None
    at, _, boot_id = text.partition(" ")
    return Deadline(boot_id, float(at))
