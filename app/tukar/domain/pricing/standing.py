"""Conditions of a rule that do not depend on the goods: time, customer, shop, uses left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tukar.domain.bill import Bill
from tukar.domain.offer import Reason
from tukar.domain.people import LoyaltyAccount
from tukar.domain.pricing.result import Circumstances
from tukar.domain.rule import Family, Mode, Rule, Weekday

_WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a rule takes no part, with the day or the number that would change it."""

    reason: Reason
    day: date | None = None
    count: int | None = None


Check = Callable[[Rule, Bill, Circumstances], Obstacle | None]


def checks_of(rule: Rule) -> tuple[Check, ...]:
    """The conditions that can keep this rule out, in the order in which they are looked at; most rules have few.

    The backend comes last: it keeps away what a rule gives, and not what it lets the customer earn.
    """
    when, limits = rule.when, rule.limits
    asked: tuple[tuple[Check, bool], ...] = (
        (_time, _any_set(rule.valid_from, rule.valid_to, rule.activation.code_valid_to, when.weekdays, when.hours)),
        (_uses, _any_set(limits.uses, limits.budget, limits.per_customer, limits.per_customer_and_day)),
        (_place, _any_set(rule.price_lists, when.shops, when.tills, when.tenders)),
        (_customer, _needs_customer(rule)),
        (_backend, bool(rule.rewards and (rule.is_limited or rule.activation.mode is Mode.COUPON or rule.account_id))),
    )
    return tuple(check for check, can_fail in asked if can_fail)


def takes_part_always(rule: Rule, checks: Sequence[Check]) -> bool:
    """Whether neither the customer, the place, the moment, other sales nor a missing line keep the rule out."""
    needs_somebody = rule.activation.mode in (Mode.CUSTOMER, Mode.COUPON) or bool(rule.account_id)
    stored = rule.family.is_payment or rule.family is Family.NEXT_ORDER_COUPON
    return not (checks or needs_somebody or stored)


def _any_set(*asks: object) -> bool:
    return asks.count(None) < len(asks)


def _needs_customer(rule: Rule) -> bool:
    when = rule.when
    return (
        rule.activation.mode is Mode.CUSTOMER
        or bool(rule.programme)
        or rule.family is Family.WALLET
        or _any_set(when.customer_groups, when.tiers, when.nth_order, when.from_order, when.min_points)
    )


def _time(rule: Rule, _bill: Bill, circumstances: Circumstances) -> Obstacle | None:
    now = circumstances.now
    if now is None:
        return None
    if rule.valid_from is not None and now.date() < rule.valid_from:
        return Obstacle(Reason.NOT_YET, rule.valid_from)
    last_days = [day for day in (rule.valid_to, rule.activation.code_valid_to) if day is not None]
    if last_days and now.date() > min(last_days):
        return Obstacle(Reason.ENDED, min(last_days))
    when = rule.when
    other_day = when.weekdays is not None and _WEEKDAYS[now.weekday()] not in when.weekdays
    other_hour = when.hours is not None and not when.hours.holds(now.time())
    return Obstacle(Reason.OTHER_TIME) if other_day or other_hour else None


def _uses(rule: Rule, bill: Bill, circumstances: Circumstances) -> Obstacle | None:
    limits = rule.limits
    if limits.uses is not None and limits.used + circumstances.uses.get(rule.rule_id, 0) >= limits.uses:
        return Obstacle(Reason.USED_UP)
    if limits.budget is not None:
        used = circumstances.budget_used.get(rule.rule_id)
        if used is not None and used >= limits.budget:
            return Obstacle(Reason.USED_UP)
    if bill.customer is None:
        return None
    if limits.per_customer is not None and bill.customer.rule_uses.get(rule.rule_id, 0) >= limits.per_customer:
        return Obstacle(Reason.LIMIT_REACHED)
    a_day = limits.per_customer_and_day
    if a_day is not None and circumstances.uses_today.get(rule.rule_id, 0) >= a_day:
        return Obstacle(Reason.LIMIT_REACHED)
    return None


def _place(rule: Rule, bill: Bill, circumstances: Circumstances) -> Obstacle | None:
    when = rule.when
    if rule.price_lists is not None and bill.price_list not in rule.price_lists:
        return Obstacle(Reason.OTHER_SHOP)
    if when.shops is not None and circumstances.shop_id not in when.shops:
        return Obstacle(Reason.OTHER_SHOP)
    if when.tills is not None and circumstances.till_id not in when.tills:
        return Obstacle(Reason.OTHER_SHOP)
    if when.tenders is not None and circumstances.tender not in when.tenders:
        return Obstacle(Reason.OTHER_TENDER)
    return None


def _customer(rule: Rule, bill: Bill, _circumstances: Circumstances) -> Obstacle | None:
    """Of a rule that needs somebody."""
    when, customer = rule.when, bill.customer
    if customer is None:
        return Obstacle(Reason.NEEDS_CUSTOMER)
    if when.customer_groups is not None and customer.group not in when.customer_groups:
        return Obstacle(Reason.OTHER_GROUP)
    if when.tiers is not None and customer.tier not in when.tiers:
        return Obstacle(Reason.OTHER_TIER)
    if when.min_points is not None:
        held = customer.balance(rule.account_id)
        if held is None or held.available.exact() < when.min_points:
            return Obstacle(Reason.NEEDS_POINTS)
    return _order_number(rule, customer)


def _order_number(rule: Rule, customer: LoyaltyAccount) -> Obstacle | None:
    when = rule.when
    this_order = customer.orders_placed - customer.orders_cancelled + 1
    if when.nth_order is not None and this_order != when.nth_order:
        missing = when.nth_order - this_order
        return Obstacle(Reason.NOT_THIS_ORDER, count=missing if missing > 0 else None)
    if when.from_order is not None and this_order < when.from_order:
        return Obstacle(Reason.NOT_THIS_ORDER, count=when.from_order - this_order)
    return None


def _backend(rule: Rule, _bill: Bill, circumstances: Circumstances) -> Obstacle | None:
    """Redeeming, cards, coupons and limited rules need the backend (redemption.md, "Offline").

    Points may be taken on trust where they take money off; goods for points never leave the shop without a hold.
    """
    if circumstances.online:
        return None
    if rule.is_limited or rule.activation.mode is Mode.COUPON:
        return Obstacle(Reason.NEEDS_BACKEND)
    on_trust = circumstances.on_trust and not rule.gives_goods
    return None if on_trust else Obstacle(Reason.NEEDS_BACKEND)
