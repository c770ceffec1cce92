"""What a bill may get, and why it does not get more: offers and reasons as values with figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from tukar.domain.bill import OfferKey
from tukar.domain.money import Money
from tukar.domain.points import Points


@dataclass(frozen=True, slots=True)
class LocalName:
    """A shop's own words for a thing, in as many languages as it wrote them down."""

    default: str
    translations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def in_language(self, language: str) -> str:
        """In ``language`` (``id``, ``hi`` …), else the default words."""
        return self.translations.get(language, self.default)


class Trigger(StrEnum):
    """How an offer reaches the cashier (promotions.md, "One rule model")."""

    POP_UP = "pop_up"
    ON_REQUEST = "on_request"
    CODE = "code"


class Benefit(StrEnum):
    """What kind of thing an offer gives, for the words around its figures."""

    AMOUNT_OFF = "amount_off"
    PERCENT_OFF = "percent_off"
    POINTS_OFF = "points_off"
    FREE_ITEM = "free_item"
    FREE_FROM_BILL = "free_from_bill"
    BUNDLE = "bundle"


@dataclass(frozen=True, slots=True)
class PointsRange:
    """The points that may be spent on one claim: from ``least`` to ``most`` in steps, in the programme's digits."""

    least: Points
    most: Points
    step: Points
    value_each: Fraction
    """Money that one whole point takes off, in minor units, unrounded."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A reward that can be claimed on this bill now.

    ``takes_off`` is what the claim would lower the total by, ``total_after`` what is then left; ``cost`` the points
    it would spend of ``programme_id`` (empty for a promotion without points). ``points`` is there where the cashier
    chooses how many. ``choices`` are the skus to pick from where there is a choice; ``gift`` the sku given where
    there is none. ``is_best`` marks offers of the combination worth most to the customer.
    """

    key: OfferKey
    name: LocalName
    benefit: Benefit
    trigger: Trigger
    takes_off: Money
    total_after: Money
    programme_id: str = ""
    cost: Points | None = None
    points: PointsRange | None = None
    gift: str = ""
    choices: tuple[str, ...] = ()
    pieces: int = 0
    instead_of: tuple[LocalName, ...] = ()
    is_best: bool = False


class Reason(StrEnum):
    """Why a rule does not apply (promotions.md, "Why not")."""

    NEEDS_CUSTOMER = "needs_customer"
    NEEDS_POINTS = "needs_points"
    NEEDS_AMOUNT = "needs_amount"
    NEEDS_PIECES = "needs_pieces"
    NEEDS_ITEM = "needs_item"
    NEEDS_CODE = "needs_code"
    NEEDS_VERIFIED_CODE = "needs_verified_code"
    OTHER_GROUP = "other_group"
    OTHER_TIER = "other_tier"
    NOT_THIS_ORDER = "not_this_order"
    NOT_TOGETHER = "not_together"
    NOT_YET = "not_yet"
    ENDED = "ended"
    OTHER_TIME = "other_time"
    OTHER_SHOP = "other_shop"
    OTHER_TENDER = "other_tender"
    USED_UP = "used_up"
    LIMIT_REACHED = "limit_reached"
    NOTHING_TO_TAKE_OFF = "nothing_to_take_off"
    ITEM_GONE = "item_gone"
    NEEDS_BACKEND = "needs_backend"
    DECLINED = "declined"
    SWITCHED_OFF = "switched_off"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one reward does not apply to this bill, with the figure that is missing.

    Supplying the figure makes the rule apply: that is the test of a reason. ``progress`` from 0 to 1 says how much
    of it is there already, where it can be measured.
    """

    key: OfferKey
    name: LocalName
    reason: Reason
    amount: Money | None = None
    points: Points | None = None
    pieces: int | None = None
    day: date | None = None
    other: LocalName | None = None
    skus: tuple[str, ...] = ()
    progress: Fraction | None = None
