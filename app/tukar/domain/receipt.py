"""The saved, paid bill: everything a receipt shows and the backend must know, exactly as it was sold."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import Claim, CustomerSource, HandDiscount, OfferKey, PriceOverride
from tukar.domain.item import Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import ExpiringPoints
from tukar.domain.points import Points
from tukar.domain.pricing.result import PointsMoved, TaxAmount
from tukar.domain.tender import Tender

_NUMBER: Final = re.compile(r"([A-Z0-9]{1,12})-([A-Z0-9]{1,8})-(\d{1,6})-(\d{1,12})")


class ReceiptKind(StrEnum):
    """A sale, or goods taken back."""

    SALE = "sale"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """SHOP-TILL-epoch-n: ``n`` has no gap within one till and epoch (redemption.md, invariant I5)."""

    shop_id: str
    till_id: str
    epoch: int
    n: int

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(str(self)) or self.n < 1:
            raise ValueError(f"not a receipt number: {self}")

    def __str__(self) -> str:
        return f"{self.shop_id}-{self.till_id}-{self.epoch}-{self.n}"

    @property
    def short(self) -> str:
        """What people say across the counter: till and running number."""
        return f"{self.till_id}-{self.n:06d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """From its text; ValueError when it is none."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise ValueError(f"not a receipt number: {text[:40]!r}")
        return cls(match[1], match[2], int(match[3]), int(match[4]))


@dataclass(frozen=True, slots=True)
class ReceiptDiscount:
    """What one promotion took off one line; ``amount`` is positive."""

    key: OfferKey
    name: LocalName
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line as sold. On a return ``quantity``, ``gross`` and ``net`` are negative.

    ``net`` = ``gross`` - discounts. ``free`` marks an item given on top.
    """

    line_id: str
    sku: str
    name: str
    quantity: Quantity
    unit_price: UnitPrice
    gross: Money
    net: Money
    discounts: tuple[ReceiptDiscount, ...] = ()
    taxes: tuple[Tax, ...] = ()
    override: PriceOverride | None = None
    hand_discount: HandDiscount | None = None
    salesperson_id: str = ""
    card: str = ""
    note: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptRedemption:
    """Points given for this bill: which redemption, how many, what they took off, and the backend's proof.

    Without a proof they were taken on trust, while the backend could not be reached; ``approver`` is who else said
    yes to that, where the shop's limits or its codes asked for somebody.
    """

    redemption_id: str
    programme_id: str
    points: Points
    amount: Money
    proof: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPoints:
    """A programme's figures for the foot of the receipt; ``before`` is None where the backend was not asked."""

    programme_id: str
    name: LocalName
    before: Points | None
    spent: Points
    earned: Points
    expiring: ExpiringPoints | None = None

    @property
    def after(self) -> Points | None:
        return None if self.before is None else self.before - self.spent + self.earned


@dataclass(frozen=True, slots=True)
class ReceiptOffer:
    """What became of an offer that the cashier was shown on this bill; ``note`` says why one was lost."""

    key: OfferKey
    outcome: PromotionOutcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptCoupon:
    """A coupon that the bill gave for a later one, to whoever holds its code; ``last_day`` None = without an end."""

    code: str = field(repr=False)
    name: LocalName
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class ReceiptCustomer:
    """Who bought, without their number."""

    member_id: str
    name: str
    masked_mobile: str = ""
    tier: str = ""
    source: CustomerSource | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A bill that was saved and paid. Nothing of it changes afterwards.

    ``before`` - ``discount`` + fixed taxes = ``total`` = what ``tenders`` settled. ``claims``, ``codes``, what was
    switched off and the price list let the backend repeat the calculation with the versions named. ``at`` carries its
    time zone. ``returns`` is the bill that goods came back from; empty for a return without receipt.
    """

    bill_id: str
    number: ReceiptNumber
    kind: ReceiptKind
    currency: Currency
    shop_name: str
    cashier_id: str
    cashier_name: str
    at: datetime
    lines: tuple[ReceiptLine, ...]
    before: Money
    discount: Money
    total: Money
    untaxed: Money
    tax: Money
    taxes: tuple[TaxAmount, ...]
    tenders: tuple[Tender, ...]
    customer: ReceiptCustomer | None = None
    salesperson_id: str = ""
    salesperson_name: str = ""
    redemptions: tuple[ReceiptRedemption, ...] = ()
    points: tuple[ReceiptPoints, ...] = ()
    expected_earning: tuple[PointsMoved, ...] = ()
    """What the till expects the bill to earn; the backend's own figure counts."""
    claims: tuple[Claim, ...] = ()
    codes: tuple[str, ...] = ()
    switched_off: tuple[OfferKey, ...] = ()
    declined: tuple[OfferKey, ...] = ()
    offers: tuple[ReceiptOffer, ...] = ()
    """For the manager's figures; what the bill comes to does not depend on it."""
    coupons: tuple[ReceiptCoupon, ...] = ()
    """Those that belong to no customer: whoever brings the paper has them."""
    price_list: str = ""
    programme_version: int = 0
    catalogue_version: int = 0
    returns: str = ""
    reason: str = ""
    approver_id: str = ""
    """Who gave their word for a return without receipt."""
    training: bool = False
    note: str = ""
    buyer_tax_number: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a receipt's time carries its zone")

    @property
    def holds(self) -> tuple[str, ...]:
        """The holds that this bill captures: of points, and of stored value that paid for it."""
        points = (redemption.redemption_id for redemption in self.redemptions)
        paid = (tender.value.redemption_id for tender in self.tenders if tender.value and tender.amount.minor > 0)
        return (*points, *paid)

    @property
    def change(self) -> Money:
        return self.currency.total(tender.change for tender in self.tenders)
