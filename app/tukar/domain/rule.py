"""One promotion as a shop sets it up: when it applies, what it gives and earns, how often, beside which others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from tukar.domain.bill import OfferKey
from tukar.domain.goods import Goods
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import LocalName, Trigger
from tukar.domain.reward import FreeFromCart, FreeItem, Reward
from tukar.domain.tender import PaymentMode


class Family(StrEnum):
    """What sort of promotion it is; the last two are payments: they lower the total and not the tax."""

    PROMOTION = "promotion"
    LOYALTY = "loyalty"
    BUY_X_GET_Y = "buy_x_get_y"
    PROMO_CODE = "promo_code"
    COUPON = "coupon"
    NEXT_ORDER_COUPON = "next_order_coupon"
    GIFT_CARD = "gift_card"
    WALLET = "wallet"

    @property
    def is_payment(self) -> bool:
        return self in (Family.GIFT_CARD, Family.WALLET)

    @property
    def keeps_balance(self) -> bool:
        """Whether its points or money outlive the sale, so that conditions gate only the earning of them."""
        return self is Family.LOYALTY or self.is_payment


class Mode(StrEnum):
    """What wakes a rule up."""

    AUTO = "auto"
    CUSTOMER = "customer"
    CODE = "code"
    COUPON = "coupon"


class Apply(StrEnum):
    """Whether a rule applies by itself, or is offered and applied when claimed."""

    AUTOMATIC = "automatic"
    ON_CLAIM = "on_claim"


@dataclass(frozen=True, slots=True)
class Activation:
    """``balance`` is what the code or card holds: credits, or money in major units on a gift card."""

    mode: Mode = Mode.AUTO
    code: str = ""
    balance: Fraction | None = None
    code_valid_to: date | None = None


class Weekday(StrEnum):
    """Days of the week, as the rule file writes them."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of day from ``start`` to ``end``; the end is no longer in it. An end before the start is past midnight."""

    start: time
    end: time

    def holds(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class When:
    """The conditions of a rule; a collection that is None asks for nothing.

    ``min_qty`` counts pieces and ``min_amount`` the value of the ``goods``, or of the whole bill with
    ``amount_of_order``; ``amount_without_tax`` reads it without tax. ``nth_order`` is exactly this order,
    ``from_order`` this one or a later one. ``min_points`` is a balance the customer must have.
    ``full_price_only`` counts only goods without a sale price.
    """

    goods: Goods = field(default_factory=Goods)
    min_qty: Quantity | None = None
    min_amount: Money | None = None
    amount_of_order: bool = False
    amount_without_tax: bool = False
    customer_groups: frozenset[str] | None = None
    tiers: frozenset[str] | None = None
    nth_order: int | None = None
    from_order: int | None = None
    min_points: Fraction | None = None
    shops: frozenset[str] | None = None
    tills: frozenset[str] | None = None
    weekdays: frozenset[Weekday] | None = None
    hours: Hours | None = None
    tenders: frozenset[PaymentMode] | None = None
    full_price_only: bool = False


class EarnPer(StrEnum):
    """What points are counted by."""

    ORDER = "order"
    UNIT = "unit"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Earn:
    """Points in whole points: for an order, for every piece, or for every unit of money in major units.

    ``every`` counts only full amounts of that much: ``Rp 10.000 → 2 points``. ``own_points`` are a product's own
    points a piece, in place of the rule's (iSeller). ``of_gross`` ignores discounts. ``floor`` cuts to whole points.
    """

    per: EarnPer
    points: Fraction
    every: Money | None = None
    own_points: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    of_gross: bool = False
    floor: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a rule may apply; None = no limit, but for ``applications``, whose None FORMAT.md explains.

    One use is one completed sale in which the rule gave something; ``used`` are uses so far. ``budget`` is the most
    the rule may take off over all sales.
    """

    applications: int | None = None
    uses: int | None = None
    used: int = 0
    per_customer: int | None = None
    per_customer_and_day: int | None = None
    budget: Money | None = None
    reusable_after_void: bool = True

    @property
    def counts_sales(self) -> bool:
        """Whether one of them depends on what other sales used."""
        return (
            self.uses is not None
            or self.budget is not None
            or self.per_customer is not None
            or self.per_customer_and_day is not None
        )


@dataclass(frozen=True, slots=True)
class Tier:
    """A loyalty tier and the lifetime spend from which a customer is in it."""

    name: str
    min_spent: Money


@dataclass(frozen=True, slots=True)
class Rule:
    """A promotion. ``programme`` is the points account that its rewards are paid from and its points go to.

    A loyalty rule without one has an account of its own id. Any other family with a programme pays ``cost`` from the
    customer's balance while its conditions gate it, so that several rules share one balance (promotions.md).
    Higher ``priority`` and then lower ``order`` come first; Equals go as listed. ``buy`` are the
    pieces that stay paid in a set. Days are whole days in the shop's time zone, both ends included.
    """

    rule_id: str
    name: LocalName
    family: Family = Family.PROMOTION
    activation: Activation = field(default_factory=Activation)
    apply: Apply = Apply.AUTOMATIC
    trigger: Trigger = Trigger.POP_UP
    when: When = field(default_factory=When)
    rewards: tuple[Reward, ...] = ()
    earn: Earn | None = None
    programme: str = ""
    priority: int = 0
    order: int = 0
    exclusive: bool = False
    stack_group: str = ""
    best_of: bool = False
    limits: Limits = field(default_factory=Limits)
    valid_from: date | None = None
    valid_to: date | None = None
    price_lists: frozenset[str] | None = None
    on_sale_items: bool = True
    tiers: tuple[Tier, ...] = ()
    expire_after_days: int | None = None
    buy: int | None = None

    @property
    def account_id(self) -> str:
        """The points account it spends from and earns to; empty where it has none."""
        return self.programme or (self.rule_id if self.family is Family.LOYALTY else "")

    @property
    def is_limited(self) -> bool:
        """Whether what it gives depends on other sales: limits, coupons, and what codes, cards and wallets hold."""
        return (
            self.limits.counts_sales
            or self.activation.balance is not None
            or self.family.is_payment
            or self.family is Family.NEXT_ORDER_COUPON
        )

    @property
    def gives_goods(self) -> bool:
        """Whether anything leaves the shop for it, in place of money off."""
        return any(isinstance(reward, FreeItem | FreeFromCart) for reward in self.rewards)

    @property
    def pays_cost(self) -> bool:
        """Whether ``cost`` counts: a rule that knows neither points, earning nor a balance ignores it."""
        return bool(
            self.programme
            or self.earn is not None
            or self.activation.balance is not None
            or self.family.keeps_balance
            or self.family is Family.NEXT_ORDER_COUPON
        )

    def key_of(self, reward: Reward) -> OfferKey:
        """What names ``reward``: its id, or its place counted from 1, where the rule has several."""
        if len(self.rewards) == 1:
            return OfferKey(self.rule_id)
        place = next(at for at, own in enumerate(self.rewards, start=1) if own is reward)
        return OfferKey(self.rule_id, reward.reward_id or str(place))

    def keyed_rewards(self) -> tuple[tuple[OfferKey, Reward], ...]:
        return tuple((self.key_of(reward), reward) for reward in self.rewards)

    def name_of(self, reward: Reward) -> LocalName:
        return reward.name or self.name
