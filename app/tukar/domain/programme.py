"""A shop's programme: its points accounts with their settings, and its rules, under one version."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.rule import Rule


class Demand(StrEnum):
    """When something is asked for: a one-time code or a second person's approval."""

    NEVER = "never"
    ABOVE = "above"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class OtpPolicy:
    """When the customer confirms with a one-time code; on the bill's sum, so that splitting does not dodge it."""

    demand: Demand = Demand.NEVER
    above: Points | None = None

    def asks_for(self, spent_on_bill: Points) -> bool:
        if not spent_on_bill.units or self.demand is Demand.NEVER:
            return False
        return self.demand is Demand.ALWAYS or self.above is None or spent_on_bill > self.above


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """When a second person approves; on the money that points take off the whole bill."""

    demand: Demand = Demand.NEVER
    above: Money | None = None

    def asks_for(self, taken_off_bill: Money) -> bool:
        if not taken_off_bill.minor or self.demand is Demand.NEVER:
            return False
        return self.demand is Demand.ALWAYS or self.above is None or taken_off_bill > self.above


class Reversal(StrEnum):
    """What a return of goods gives back and takes back of points."""

    IN_PROPORTION = "in_proportion"
    FULL_RETURN_ONLY = "full_return_only"


@dataclass(frozen=True, slots=True)
class PointsAccount:
    """One sort of points. ``name`` is what the shop calls them; limits count whole bills.

    ``keep`` must remain on the balance. ``spends_points_of_this_sale``: may points earned by a sale be spent in it?
    ``own_redemption_lowers_earning``: is what the account's points took off also taken off the money it gives
    points for? (FORMAT.md, "settings".) ``return_grace_days`` is how long returned points stay usable at least.
    """

    programme_id: str
    name: LocalName
    digits: int = 0
    otp: OtpPolicy = field(default_factory=OtpPolicy)
    approval: ApprovalPolicy = field(default_factory=ApprovalPolicy)
    min_points: Points | None = None
    max_points: Points | None = None
    keep: Points | None = None
    reversal: Reversal = Reversal.IN_PROPORTION
    expire_after_days: int | None = None
    return_grace_days: int = 0
    spends_points_of_this_sale: bool = False
    own_redemption_lowers_earning: bool = False

    def points(self, exact: Fraction) -> Points:
        """``exact`` whole points in this account's digits, half up."""
        return Points.of(exact, self.digits)


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything a shop promises its customers. ``version`` grows by one with every change."""

    version: int
    currency: Currency
    accounts: tuple[PointsAccount, ...] = ()
    rules: tuple[Rule, ...] = ()

    def account(self, programme_id: str) -> PointsAccount | None:
        for account in self.accounts:
            if account.programme_id == programme_id:
                return account
        return None

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.rule_id == rule_id), None)
