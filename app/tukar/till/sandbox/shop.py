"""What outlives a sale in the sandbox: customers with their lots, cards, coupons, uses, and what day it is."""

import math
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.money import Money, UnitPrice, round_half_up
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import MAX_POINTS_DIGITS, Points
from tukar.domain.pricing import Circumstances, CodeBalance, RuleBook
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.rule import Family, Rule
from tukar.till.sandbox.case import Case, Shopper

_NONE: Final = Fraction(0)


@dataclass(slots=True)
class Lot:
    """Points that came at one time. ``day`` counts from the first day of the case."""

    day: int
    left: Fraction


@dataclass(slots=True)
class Member:
    """A customer as the sandbox remembers them; lots by points account, oldest first."""

    customer_id: str
    group: str = ""
    card: str = ""
    wallet_card: str = ""
    wallet: Fraction = _NONE
    lifetime_spend: Fraction = _NONE
    orders_placed: int = 0
    orders_cancelled: int = 0
    lots: dict[str, list[Lot]] = field(default_factory=dict)
    rule_uses: dict[str, int] = field(default_factory=dict)

    def booked(self, account: str) -> Fraction:
        """The whole balance, expired lots that nobody has written off yet included."""
        return sum((lot.left for lot in self.lots.get(account, ())), _NONE)


@dataclass(slots=True)
class Coupon:
    """A next-order coupon; ``holder`` is empty where the sale had no customer."""

    rule_id: str
    balance: Fraction
    holder: str


class Catalogue:
    """The items of a case, in its order."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = {item.sku: item for item in items}

    def by_sku(self, sku: str) -> Item | None:
        return self._items.get(sku)

    def matching(self, goods: Goods, wanted: int | None = None) -> list[Item]:  # noqa: ARG002 - they are at hand
        return [item for item in self._items.values() if goods.names(item)]

    def replace(self, item: Item) -> None:
        self._items[item.sku] = item


class Shop:
    """One shop through all sales of a case."""

    def __init__(self, case: Case) -> None:
        self.currency = case.currency
        self.catalogue = Catalogue(case.catalogue)
        self.members: dict[str, Member] = {}
        self.cards: dict[str, CodeBalance] = {}
        self.coupons: list[Coupon] = []
        self.uses: dict[str, int] = {}
        self.today = 0
        self._start = case.now
        self._settings = case.settings
        self._rules = list(case.rules)
        self.rules_ever = case.rules
        self.book = self._compiled()
        if case.customer is not None:
            self.members[case.customer.customer_id] = self._declared(case.customer)

    def _compiled(self) -> RuleBook:
        accounts = {rule.account_id for rule in self._rules if rule.account_id}
        programme = Programme(
            version=1,
            currency=self.currency,
            accounts=tuple(self._account(name) for name in sorted(accounts)),
            rules=tuple(self._rules),
        )
        return RuleBook.compile(programme, self.catalogue, self.currency)

    def _account(self, name: str) -> PointsAccount:
        return PointsAccount(
            programme_id=name,
            name=LocalName(name),
            digits=MAX_POINTS_DIGITS,
            spends_points_of_this_sale=self._settings.spend_points_of_this_sale,
            own_redemption_lowers_earning=self._settings.own_redemption_lowers_earning,
        )

    def _declared(self, shopper: Shopper) -> Member:
        codes = {rule.rule_id: rule.activation.code for rule in self._rules}
        uses = {rule: shopper.code_uses[code] for rule, code in codes.items() if code in shopper.code_uses}
        spent = shopper.lifetime_spend
        return Member(
            customer_id=shopper.customer_id,
            group=shopper.group,
            card=shopper.card,
            wallet_card=shopper.wallet_card,
            wallet=shopper.wallet,
            lifetime_spend=_NONE if spent is None else Fraction(spent.minor),
            orders_placed=shopper.orders_placed,
            orders_cancelled=shopper.orders_cancelled,
            lots={self._account_of(rule): [Lot(0, points)] for rule, points in shopper.points.items()},
            rule_uses=uses,
        )

    def _account_of(self, rule_id: str) -> str:
        rule = self.rule(rule_id)
        return rule_id if rule is None else rule.account_id or rule_id

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(self._rules)

    @property
    def loyalty_accounts(self) -> tuple[str, ...]:
        """The accounts of the loyalty rules, each once; those of rules switched off keep what they hold."""
        return tuple(dict.fromkeys(rule.account_id for rule in self.rules_ever if rule.family is Family.LOYALTY))

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self._rules if rule.rule_id == rule_id), None)

    def deactivate(self, rule_id: str) -> None:
        self._rules = [rule for rule in self._rules if rule.rule_id != rule_id]
        self.book = self._compiled()

    def member(self, customer_id: str) -> Member:
        """The customer of that id; one nobody declared holds nothing."""
        return self.members.setdefault(customer_id, Member(customer_id))

    def owner_of(self, code: str) -> Member | None:
        """Whose card or wallet card has this code."""
        return next((member for member in self.members.values() if code in (member.card, member.wallet_card)), None)

    def expiry_days(self, account: str) -> int | None:
        return next(
            (
                r.expire_after_days
                for r in self.rules_ever
                if r.account_id == account and r.expire_after_days is not None
            ),
            None,
        )

    def usable(self, member: Member, account: str) -> Fraction:
        """What may be spent today: lots that are not past their last day."""
        days = self.expiry_days(account)
        lots = member.lots.get(account, ())
        return sum((lot.left for lot in lots if days is None or self.today <= lot.day + days), _NONE)

    def write_off(self) -> None:
        """Lots past their last day become nothing."""
        for member in self.members.values():
            for account, lots in member.lots.items():
                days = self.expiry_days(account)
                for lot in lots:
                    if days is not None and self.today > lot.day + days:
                        lot.left = _NONE

    def account_of(self, member: Member) -> LoyaltyAccount:
        """The customer as the engine knows them."""
        balances = tuple(
            PointsBalance(name, Points(max(0, points.units), points.digits), Points(0, points.digits))
            for name in member.lots
            for points in [Points.of(self.usable(member, name), MAX_POINTS_DIGITS)]
        )
        scale = 10**self.currency.minor_digits
        return LoyaltyAccount(
            member_id=member.customer_id,
            name=member.customer_id,
            group=member.group,
            balances=balances,
            wallet=Money(math.floor(member.wallet * scale), self.currency),
            lifetime_spend=Money(round_half_up(member.lifetime_spend), self.currency),
            orders_placed=member.orders_placed,
            orders_cancelled=member.orders_cancelled,
            rule_uses=MappingProxyType(dict(member.rule_uses)),
        )

    def circumstances(self, customer_id: str) -> Circumstances:
        coupons: dict[str, Fraction] = {}
        for coupon in self.coupons:
            if coupon.balance > 0 and coupon.holder in ("", customer_id):
                coupons[coupon.rule_id] = coupons.get(coupon.rule_id, _NONE) + coupon.balance
        return Circumstances(
            now=self._start + timedelta(days=self.today),
            uses=MappingProxyType(dict(self.uses)),
            cards=MappingProxyType(dict(self.cards)),
            coupons=MappingProxyType(coupons),
        )

    def reprice(self, item: Item, price: UnitPrice) -> Item:
        """The item at another price."""
        return self._put(replace(item, price=price))

    def activate(self, sku: str) -> Item | None:
        item = self.catalogue.by_sku(sku)
        return None if item is None else self._put(replace(item, active=True))

    def _put(self, item: Item) -> Item:
        self.catalogue.replace(item)
        return item
