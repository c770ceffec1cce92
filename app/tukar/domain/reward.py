"""What a rule gives: one frozen value per kind of reward (FORMAT.md, "Reward")."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tukar.domain.goods import Goods
from tukar.domain.money import Money, UnitPrice
from tukar.domain.offer import LocalName


class Scope(StrEnum):
    """What a discount works on; ``FILTER`` is a filter written as ``on``."""

    ORDER = "order"
    CHEAPEST = "cheapest"
    EACH_ITEM = "each_item"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Target:
    """Which pieces a discount may touch.

    ``goods`` is the filter of ``on``, or of ``of`` where the scope is each item or the cheapest one. Prices are in
    the item's own sense, both ends included; ``max_items`` and ``max_items_per_line`` pick the cheapest pieces.
    """

    scope: Scope = Scope.ORDER
    goods: Goods = field(default_factory=Goods)
    price_from: UnitPrice | None = None
    price_to: UnitPrice | None = None
    max_items: int | None = None
    max_items_per_line: int | None = None

    @property
    def picks_pieces(self) -> bool:
        """Whether single pieces of a line can be meant, and not always all of them."""
        return self.max_items is not None or self.max_items_per_line is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What all rewards share: ``cost`` in whole points an application, ``max_discount`` a cap an application."""

    reward_id: str = ""
    name: LocalName | None = None
    cost: Fraction = Fraction(0)
    max_discount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOff(Terms):
    """``percent`` of what the target is still worth."""

    percent: Decimal
    target: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountOff(Terms):
    """``amount`` off the target, or off every piece where the scope is each item."""

    amount: Money
    target: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True)
class CartRange:
    """The most that points may take off a bill from ``least`` to ``most`` (both included, None = no end).

    One of ``cap`` and ``cap_percent`` is set; a balance worth more is clamped, not refused (promotions.md).
    """

    least: Money
    most: Money | None
    cap: Money | None = None
    cap_percent: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.cap is None) == (self.cap_percent is None):
            raise ValueError("a cart range has either a fixed cap or a percentage")


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountPerPoint(Terms):
    """``value`` is the money off for one whole point, in major units: ``Fraction(100)`` makes a point Rp 100.

    ``Fraction(1, 100)`` of a dollar is one cent. ``cost`` is the least to spend, ``block`` the step, both in whole
    points. ``ranges`` are the caps by the value of the cart; empty = no cap.
    """

    value: Fraction
    block: Fraction | None = None
    target: Target = field(default_factory=Target)
    ranges: tuple[CartRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeItem(Terms):
    """``quantity`` pieces on top of the bill at 0: of one sku, one product, or what the cashier picks of a filter."""

    sku: str = ""
    product: str = ""
    choose_from: Goods | None = None
    quantity: int = 1

    def goods(self) -> Goods:
        """What may be given."""
        if self.choose_from is not None:
            return self.choose_from
        if self.sku:
            return Goods(items=frozenset({self.sku}))
        return Goods(products=frozenset({self.product}))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTerms(Terms):
    """What rewards made of sets share: only pieces of these charged prices, in the item's own sense, ends included."""

    price_from: UnitPrice | None = None
    price_to: UnitPrice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeFromCart(SetTerms):
    """``quantity`` pieces already on the bill become free for each set; None of the names = what ``when`` names."""

    sku: str = ""
    product: str = ""
    of: Goods | None = None
    quantity: int = 1
    dearest: bool = False

    def goods(self) -> Goods | None:
        """What may become free; None = the goods that the rule's conditions name."""
        if self.sku:
            return Goods(items=frozenset({self.sku}))
        if self.product:
            return Goods(products=frozenset({self.product}))
        return self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePrice(SetTerms):
    """Sets of the pieces that the conditions name cost ``price`` each."""

    price: Money


@dataclass(frozen=True, slots=True)
class PercentStep:
    """From a value of ``least`` on, ``percent`` off."""

    least: Money
    percent: Decimal


@dataclass(frozen=True, slots=True)
class AmountStep:
    """From a value of ``least`` on, ``amount`` off."""

    least: Money
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TieredPercentOff(Terms):
    """The percentage of the highest step that the target reaches."""

    steps: tuple[PercentStep, ...]
    target: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieredAmountOff(Terms):
    """The amount of the highest step that the target reaches."""

    steps: tuple[AmountStep, ...]
    target: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstThenEach(Terms):
    """``first`` off the first piece, ``each`` off every further one, in the order of the bill."""

    first: Money
    each: Money
    target: Target = field(default_factory=Target)


Reward = (
    PercentOff
    | AmountOff
    | AmountPerPoint
    | FreeItem
    | FreeFromCart
    | BundlePrice
    | TieredPercentOff
    | TieredAmountOff
    | FirstThenEach
)
