"""The shop itself: what its receipts and screens say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tukar.domain.approval import UNLIMITED

if TYPE_CHECKING:
    from tukar.domain.approval import LimitTable
    from tukar.domain.money import Currency


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
