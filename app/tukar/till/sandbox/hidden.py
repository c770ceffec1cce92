"""Rules that can never apply because another one always comes first."""

from collections.abc import Sequence
from fractions import Fraction

from tukar.domain.goods import Goods
from tukar.domain.pricing.book import rank_of
from tukar.domain.reward import AmountOff, PercentOff, Scope
from tukar.domain.rule import Apply, Mode, Rule, When


def hidden_by(rule: Rule, rules: Sequence[Rule]) -> Rule | None:
    """The rule in whose shadow ``rule`` stands on every bill; None where it can apply."""
    if rule.family.is_payment or not rule.rewards:
        return None
    return next((other for other in rules if other is not rule and _hides(other, rule, rules)), None)


def _hides(other: Rule, rule: Rule, rules: Sequence[Rule]) -> bool:
    if not _always_gives(other) or not _asks_no_more(other, rule):
        return False
    earlier = (rank_of(other), rules.index(other)) < (rank_of(rule), rules.index(rule))
    if other.exclusive:
        return not rule.exclusive or earlier
    in_group = rule.best_of and other.best_of and rule.stack_group == other.stack_group != ""
    return in_group and not rule.exclusive and _worth_more(other, rule, earlier=earlier)


def _always_gives(rule: Rule) -> bool:
    """Whether it takes something off every bill that meets its conditions, without being asked and without end."""
    limits = rule.limits
    endless = all(
        limit is None for limit in (limits.uses, limits.per_customer, limits.per_customer_and_day, limits.budget)
    )
    free = not (rule.pays_cost and any(reward.cost for reward in rule.rewards))
    on_order = any(
        isinstance(reward, PercentOff | AmountOff)
        and reward.target.scope is Scope.ORDER
        and not reward.target.picks_pieces
        and reward.target.price_from is None
        and reward.target.price_to is None
        for reward in rule.rewards
    )
    return rule.apply is Apply.AUTOMATIC and endless and free and on_order and rule.on_sale_items


def _asks_no_more(other: Rule, rule: Rule) -> bool:
    """Whether ``other`` takes part wherever ``rule`` does."""
    if other.activation.mode is not Mode.AUTO:
        return False
    if other.price_lists is not None and other.price_lists != rule.price_lists:
        return False
    if other.valid_from is not None and (rule.valid_from is None or rule.valid_from < other.valid_from):
        return False
    if other.valid_to is not None and (rule.valid_to is None or rule.valid_to > other.valid_to):
        return False
    return _covers(other.when, rule.when)


def _covers(wider: When, narrower: When) -> bool:
    """Whether every bill that meets ``narrower`` meets ``wider`` too, as far as that can be told from the rules."""
    if wider == narrower:
        return True
    asks = (
        wider.customer_groups,
        wider.tiers,
        wider.nth_order,
        wider.from_order,
        wider.min_points,
        wider.shops,
        wider.tills,
        wider.weekdays,
        wider.hours,
        wider.tenders,
    )
    if any(ask is not None for ask in asks) or wider.full_price_only or wider.goods != Goods():
        return False
    if wider.min_qty is not None and (narrower.min_qty is None or narrower.min_qty < wider.min_qty):
        return False
    if wider.min_amount is None:
        return True
    same_sense = wider.amount_without_tax == narrower.amount_without_tax
    return same_sense and narrower.min_amount is not None and narrower.min_amount >= wider.min_amount


def _worth_more(other: Rule, rule: Rule, *, earlier: bool) -> bool:
    """Whether one order-wide percentage beats another whatever the bill."""
    mine, theirs = _percent(rule), _percent(other)
    if mine is None or theirs is None:
        return False
    return theirs > mine or (theirs == mine and earlier)


def _percent(rule: Rule) -> Fraction | None:
    """The one uncapped percentage on the order that a rule gives; None where it gives anything else."""
    if len(rule.rewards) != 1:
        return None
    reward = rule.rewards[0]
    if not isinstance(reward, PercentOff) or reward.target.scope is not Scope.ORDER or reward.max_discount is not None:
        return None
    return Fraction(reward.percent)
