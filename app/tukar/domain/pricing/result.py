"""What a bill comes to: the answer of the pricing engine, for each line and as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from tukar.domain.bill import Bill, BillLine, OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import Benefit, LocalName, Offer, WhyNot
from tukar.domain.points import Points
from tukar.domain.rule import Family
from tukar.domain.tender import PaymentMode


@dataclass(frozen=True, slots=True)
class CodeBalance:
    """What a card or code holds now, credits or money in major units, and the rule it belongs to."""

    rule_id: str
    balance: Fraction


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the engine must know besides the bill and the rules; handed in, because the domain has no clock.

    ``now`` is the shop's local time, None = any time. ``uses`` are completed sales per rule so far, ``online`` is
    False where rules that need the backend must stay silent, but for points that only take money off where the shop
    has them taken ``on_trust``. ``cards`` are the codes whose balance has changed or that no rule names (gift cards
    sold), ``coupons`` the credits of coupons issued for a next order, per rule.
    ``uses_today`` are this customer's completed sales of today per rule, ``budget_used`` what rules with a budget
    have taken off so far. ``tender`` is the payment mode where it is known already. Figures are read from ``cards``,
    ``coupons`` and ``budget_used`` alone; all else only tells which rules take part (``standing``).
    """

    now: datetime | None = None
    shop_id: str = ""
    till_id: str = ""
    uses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    online: bool = True
    on_trust: bool = False
    cards: Mapping[str, CodeBalance] = field(default_factory=lambda: MappingProxyType({}))
    coupons: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    uses_today: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    budget_used: Mapping[str, Money] = field(default_factory=lambda: MappingProxyType({}))
    tender: PaymentMode | None = None


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """What one promotion took off one line; ``amount`` is positive, tax included."""

    key: OfferKey
    name: LocalName
    amount: Money
    free_pieces: int = 0


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A bill line with what came off it: ``net`` = ``gross`` - the sum of ``discounts``, never below zero.

    ``gross`` is the line's value before any rule: charged price less a hand discount, tax included.
    """

    line: BillLine
    gross: Money
    discounts: tuple[LineDiscount, ...]
    net: Money


@dataclass(frozen=True, slots=True)
class FreeLine:
    """A free item on top of the bill: a line of its own at 0 (FORMAT.md, ``free_item``)."""

    key: OfferKey
    name: LocalName
    item: Item
    quantity: Quantity
    worth: Money
    """What it would have cost."""


@dataclass(frozen=True, slots=True)
class AppliedPromotion:
    """One reward in force on this bill: what it took off, and what points it spends.

    ``claimed`` tells what the cashier applied from what applied by itself. ``programme_id`` is empty where no
    points are spent.
    """

    key: OfferKey
    name: LocalName
    benefit: Benefit
    amount: Money
    claimed: bool
    applications: int = 1
    programme_id: str = ""
    spent: Points | None = None


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """The tax of one group of lines. ``base`` is without tax; ``group`` is FORMAT.md's key (``discount_by_tax``)."""

    group: str
    name: str
    rates: tuple[Decimal, ...]
    included: bool
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class PointsMoved:
    """Points of one programme that this bill earns or spends."""

    programme_id: str
    points: Points


@dataclass(frozen=True, slots=True)
class StoredValue:
    """Money of a gift card or wallet that this bill uses; a payment, so it lowers what is due and not the tax."""

    key: OfferKey
    name: LocalName
    amount: Money
    code: str = ""


@dataclass(frozen=True, slots=True)
class LeftForLater:
    """What this bill leaves for later ones: credits of a coupon, or money in major units on a card or in the wallet.

    It goes to the customer, or to the gift card sold (``code``); without either to a code of its own, which
    ``code`` tells.
    """

    rule_id: str
    family: Family
    name: LocalName
    credits: Fraction
    code: str = ""


@dataclass(frozen=True, slots=True)
class CreditsSpent:
    """Credits that come off a code or card, or off coupons that earlier sales gave (``code`` is then empty)."""

    rule_id: str
    code: str
    credits: Fraction


@dataclass(frozen=True, slots=True)
class PricedBill:
    """A bill worked out from scratch: sum of ``lines`` net = ``goods_total`` = ``before`` - ``discount``.

    ``total`` is what the customer pays: goods and fixed taxes, less ``stored_value``; never below zero but for
    negative hand lines. ``untaxed`` = ``total`` - ``tax``. ``earned`` and ``spent`` hold one entry a programme, those
    of zero left out. ``offers`` can be claimed now; ``reasons`` say why others cannot, near ones first. ``left`` is
    what later bills get of this one, ``credits_spent`` what it takes of earlier ones and of codes.
    """

    bill: Bill
    lines: tuple[PricedLine, ...]
    free_lines: tuple[FreeLine, ...]
    before: Money
    discount: Money
    goods_total: Money
    total: Money
    untaxed: Money
    tax: Money
    taxes: tuple[TaxAmount, ...]
    applied: tuple[AppliedPromotion, ...] = ()
    offers: tuple[Offer, ...] = ()
    reasons: tuple[WhyNot, ...] = ()
    earned: tuple[PointsMoved, ...] = ()
    spent: tuple[PointsMoved, ...] = ()
    stored_value: tuple[StoredValue, ...] = ()
    left: tuple[LeftForLater, ...] = ()
    credits_spent: tuple[CreditsSpent, ...] = ()

    def spent_of(self, programme_id: str) -> Points | None:
        """The points of a programme that the claims in force cost; None when they cost none."""
        return next((moved.points for moved in self.spent if moved.programme_id == programme_id), None)

    def earned_of(self, programme_id: str) -> Points | None:
        """The points of a programme that this bill will earn; None when it earns none."""
        return next((moved.points for moved in self.earned if moved.programme_id == programme_id), None)

    @property
    def pieces(self) -> int:
        """Pieces on the bill as a cashier counts them, free ones on top included."""
        return sum(priced.line.quantity.pieces for priced in self.lines) + sum(
            free.quantity.pieces for free in self.free_lines
        )
