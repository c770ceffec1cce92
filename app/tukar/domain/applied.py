"""What the manager reviews: every promotion and redemption of every saved bill, with what became of it.

One record is one promotion on one bill. Figures are the backend's own, the ones its ledger was booked with, so that the
sum over all records is the sum of the ledger. Money of one answer is all in one currency; points are per programme.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points

PAGE_RECORDS: Final = 100
PAGE_RECORDS_AT_MOST: Final = 500


class PromotionOutcome(StrEnum):
    """What became of a promotion on a bill.

    An offer was ``taken``, ``declined``, ``lost`` to a technical reason (the backend refused it or did not answer), or
    left ``open``: nobody answered it. What no cashier was asked about applied ``by_itself``; what goods that came back
    took along is ``returned``, with figures below zero.
    """

    TAKEN = "taken"
    DECLINED = "declined"
    LOST = "lost"
    OPEN = "open"
    BY_ITSELF = "by_itself"
    RETURNED = "returned"


class Settlement(StrEnum):
    """How the points of a record stand: taken as shown, some of them borne by the shop, given back, or to be looked at.

    ``waiting`` is a bill that its till has saved and the backend does not have yet; no record at the backend is so.
    """

    SETTLED = "settled"
    SHORT = "short"
    GIVEN_BACK = "given_back"
    NEEDS_MANAGER = "needs_manager"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class PromotionRecord:
    """One promotion on one bill; ``record_id`` orders records of the same moment.

    ``discount`` is what it took off, ``spent`` and ``earned`` the points it moved on the customer's account,
    ``short`` those the customer did not have, which the shop bears. Points are None where the record moves none.
    The receipt number is that of the bill, of the return where the outcome is ``returned``.
    """

    record_id: str
    at: datetime
    day: date
    till_id: str
    bill_id: str
    number: str
    rule_id: str
    reward_id: str
    name: LocalName
    outcome: PromotionOutcome
    settlement: Settlement
    discount: Money
    cashier_id: str
    cashier_name: str
    salesperson_id: str = ""
    salesperson_name: str = ""
    member_id: str = ""
    customer_name: str = ""
    masked_mobile: str = ""
    programme_id: str = ""
    spent: Points | None = None
    earned: Points | None = None
    short: Points | None = None
    note: str = ""
    """Why an offer was lost, in the till's word for the refusal."""


@dataclass(frozen=True, slots=True)
class PromotionFilter:
    """Which records to look at; what is empty or None does not narrow. Days are the shop's, both included.

    ``text`` is a bill's number (whole, or as people say it: 2-000315) or the beginning of a customer's or cashier's
    name. ``currency`` is a code, empty for the shop's own.
    """

    first_day: date | None = None
    last_day: date | None = None
    till_id: str = ""
    cashier_id: str = ""
    salesperson_id: str = ""
    member_id: str = ""
    rule_id: str = ""
    outcome: PromotionOutcome | None = None
    settlement: Settlement | None = None
    text: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PromotionPage:
    """Records newest first; ``next_page`` goes into the next question and is empty on the last page."""

    records: tuple[PromotionRecord, ...]
    next_page: str = ""


@dataclass(frozen=True, slots=True)
class PointsFigure:
    """Points of one programme over many records."""

    programme_id: str
    name: LocalName
    spent: Points
    earned: Points
    short: Points


@dataclass(frozen=True, slots=True)
class PromotionFigures:
    """Records counted and added up. ``discount`` and points are net of what returns took back."""

    taken: int
    declined: int
    lost: int
    open: int
    by_itself: int
    returned: int
    discount: Money
    points: tuple[PointsFigure, ...] = ()

    @property
    def offered(self) -> int:
        """How often a customer was offered something."""
        return self.taken + self.declined + self.lost + self.open


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of one day of the shop."""

    day: date
    figures: PromotionFigures


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """The figures of one rule."""

    rule_id: str
    name: LocalName
    figures: PromotionFigures


@dataclass(frozen=True, slots=True)
class PromotionSummary:
    """What a filter comes to: in all, per day (those with records, oldest first), and per rule (most given first)."""

    total: PromotionFigures
    days: tuple[DayFigures, ...]
    rules: tuple[RuleFigures, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Something a filter may name."""

    id: str
    name: LocalName


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What there is to filter by: only what occurs in records, by name. ``first_day`` is None where there are none.

    A backend's manager sees one shop, their own; ``shop`` names it.
    """

    shop: Named
    currency: Currency
    today: date
    first_day: date | None
    tills: tuple[Named, ...]
    cashiers: tuple[Named, ...]
    salespeople: tuple[Named, ...]
    rules: tuple[Named, ...]
    programmes: tuple[Named, ...]
    currencies: tuple[str, ...] = ()
