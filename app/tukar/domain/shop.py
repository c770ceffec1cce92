"""The shop itself: what its receipts and screens say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from tukar.domain.approval import UNLIMITED

if TYPE_CHECKING:
    from tukar.domain.approval import LimitTable
    from tukar.domain.money import Currency


@dataclass(frozen=True, slots=True)
class OfflinePoints:
    """How many whole points a till may take while the backend cannot be reached (redemption.md, "Offline").

    For one bill, and of one till in an hour; none unless the shop says so. ``last_day`` is the last day of the shop's
    calendar on which its word counts: a till that has not heard of the backend since takes no points on trust.
    """

    per_bill: int = 0
    per_hour: int = 0
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether any points may be taken on trust that day."""
        return self.per_bill > 0 and self.last_day is not None and day <= self.last_day


NO_OFFLINE_POINTS: Final = OfflinePoints()


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """The shop as its receipts and screens show it."""

    shop_id: str
    name: str
    address: str
    tax_number: str
    tax_number_name: str
    currency: Currency
    country: str
    """ISO 3166 alpha-2: how a mobile number typed without a country code is read."""
    language: str
    time_zone: str
    notes: tuple[int, ...] = ()
    """Bank notes in minor units, for the quick cash buttons."""
    denominations: tuple[int, ...] = ()
    """Notes and coins in minor units as the drawer is counted by; empty for what is usual with the currency."""
    limits: LimitTable = UNLIMITED
    """Up to what each role may give its word."""
    offline_points: OfflinePoints = NO_OFFLINE_POINTS
