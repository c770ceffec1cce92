"""Why a rule gives nothing on this bill, with the figure that is missing (promotions.md, "Why not")."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import LocalName, Reason, WhyNot
from tukar.domain.pricing.answer import Answer
from tukar.domain.pricing.book import CompiledRule, RuleBook
from tukar.domain.pricing.credits import needs_code
from tukar.domain.pricing.gift import choices
from tukar.domain.pricing.minimums import Shortfall, pieces_missing, quantity_of, shortfall, value_for
from tukar.domain.pricing.points_off import range_of
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.standing import Obstacle
from tukar.domain.pricing.walk import Outcome
from tukar.domain.reward import AmountPerPoint, FreeItem, Reward
from tukar.domain.rule import EarnPer, Family, Rule


class Reasons:
    """Explains the rewards of one bill that are neither applied nor offered."""

    def __init__(self, book: RuleBook, bill: Bill, circumstances: Circumstances, outcome: Outcome) -> None:
        self._book = book
        self._bill = bill
        self._circumstances = circumstances
        self._outcome = outcome
        self._order = outcome.order
        self._answer = Answer(book, outcome)
        givers = outcome.givers()
        turns = outcome.turns if outcome.asking else []
        contested = {turn.rule_index: turn.compiled.rule for turn in turns if turn.compiled.contests}
        self._contested = [rule for index, rule in contested.items() if index in givers]
        self._first_giver = next((turn.compiled.rule for turn in outcome.turns if turn.rule_index in givers), None)

    def of(self, rules: Iterable[CompiledRule], offered: Iterable[OfferKey]) -> tuple[WhyNot, ...]:
        """One reason for each reward that needs one: those that can be measured first, the nearest before."""
        silent = set(offered)
        silent.update(payment.turn.compiled.rewards[0][0] for payment in self._outcome.payments)
        given = {(taken.rule, taken.reward) for taken in self._outcome.state.taken}
        unsaid = (compiled for compiled in rules if len(compiled.rewards) != 1 or (compiled.index, 0) not in given)
        found = [why for compiled in unsaid for why in self._of_rule(compiled, silent, given)]
        return tuple(sorted(found, key=lambda why: -1 if why.progress is None else why.progress, reverse=True))

    def _of_rule(self, compiled: CompiledRule, silent: set[OfferKey], given: set[tuple[int, int]]) -> Iterator[WhyNot]:
        known = self._outcome.barred
        barred = known[compiled.index] if compiled.index in known else self._obstacle(compiled)
        for place, (key, reward) in enumerate(compiled.rewards):
            if (compiled.index, place) in given or key in silent:
                continue
            if barred is not None:
                yield self._barred(compiled, key, reward, barred)
            elif (why := self._short(compiled, place)) is not None:
                yield why

    def _obstacle(self, compiled: CompiledRule) -> Obstacle | None:
        return None if compiled.is_standing else compiled.obstacle(self._bill, self._circumstances)

    def _why(self, rule: Rule, key: OfferKey, reward: Reward, reason: Reason) -> WhyNot:
        return WhyNot(key, rule.name_of(reward), reason)

    def _barred(self, compiled: CompiledRule, key: OfferKey, reward: Reward, barred: Obstacle) -> WhyNot:
        rule = compiled.rule
        if barred.reason is Reason.NEEDS_POINTS and rule.when.min_points is not None:
            held = self._held(rule)
            missing = self._answer.points(rule.account_id, rule.when.min_points - held)
            progress = held / rule.when.min_points
            return WhyNot(key, rule.name_of(reward), barred.reason, points=missing, progress=progress)
        return WhyNot(key, rule.name_of(reward), barred.reason, day=barred.day, pieces=barred.count)

    def _held(self, rule: Rule) -> Fraction:
        held = self._bill.customer.balance(rule.account_id) if self._bill.customer is not None else None
        return Fraction(0) if held is None else held.available.exact()

    def _short(self, compiled: CompiledRule, place: int) -> WhyNot | None:
        rule = compiled.rule
        key, reward = compiled.rewards[place]
        if not self._order.codes_of(compiled):
            return self._why(rule, key, reward, Reason.NEEDS_CODE) if needs_code(rule) else None
        if rule.family is Family.NEXT_ORDER_COUPON:
            return None
        state = self._outcome.state
        missing = Shortfall() if rule.family.keeps_balance else shortfall(state, compiled)
        lack = self._lack(compiled, reward)
        if lack.never:
            return self._why(rule, key, reward, Reason.LIMIT_REACHED)
        if lack.thousandths or lack.minor:
            most = max(missing.thousandths, lack.thousandths), max(missing.minor, lack.minor)
            missing = Shortfall(missing.item, *most)
        if missing.nothing and lack.points <= 0:
            return self._other(compiled, place)
        return WhyNot(
            key=key,
            name=rule.name_of(reward),
            reason=_first(missing),
            amount=Money(missing.minor, self._bill.currency) if missing.minor else None,
            points=self._answer.points(rule.account_id, lack.points) if lack.points > 0 else None,
            pieces=pieces_missing(missing.thousandths) if missing.thousandths else None,
            skus=tuple(sorted(rule.when.goods.items or ())) if missing.item else (),
            progress=min([lack.there, *self._progress(compiled, missing)]),
        )

    def _progress(self, compiled: CompiledRule, missing: Shortfall) -> Iterator[Fraction]:
        when, state = compiled.rule.when, self._outcome.state
        if missing.item:
            yield Fraction(0)
        if missing.minor and when.min_amount is not None:
            yield max(Fraction(0), Fraction(value_for(state, compiled), when.min_amount.minor))
        if missing.thousandths and when.min_qty is not None:
            yield Fraction(quantity_of(state, when), when.min_qty.thousandths)

    def _lack(self, compiled: CompiledRule, reward: Reward) -> "_Lack":
        """What is missing to pay for one application: points, or goods that earn the credits."""
        rule = compiled.rule
        code = next(iter(self._order.codes_of(compiled)), "")
        purse = self._order.purse_of(compiled, code)
        if purse is None:
            return _Lack()
        cost = reward.cost
        if isinstance(reward, AmountPerPoint):
            cost = max(cost, purse.step if reward.block is None else reward.block)
        account, spent = purse.account, self._outcome.state.spent_of(purse.key)
        if account is not None and account.min_points is not None:
            cost = max(cost, account.min_points.exact() - spent)
        available = self._outcome.player.available(self._outcome.state, compiled, purse)
        missing = cost - available
        if missing <= 0:
            return _Lack(minor=self._below_ranges(reward))
        there = max(Fraction(0), available / cost)
        if purse.earns:
            return self._credits_lacking(compiled, missing, there)
        if account is not None and account.max_points is not None and spent + cost > account.max_points.exact():
            return _Lack(never=True)
        if purse.key[0] != "points":
            return _Lack(never=True)
        if account is not None and account.keep is not None:
            missing += max(Fraction(0), account.keep.exact() - self._held(rule))
        return _Lack(points=missing, there=there)

    def _below_ranges(self, reward: Reward) -> int:
        """Minor units up to the next cart range, where the cart lies in none."""
        if not isinstance(reward, AmountPerPoint):
            return 0
        cart = self._outcome.goods_left
        if range_of(reward, cart) is not None:
            return 0
        return min((band.least.minor - cart for band in reward.ranges if band.least.minor > cart), default=0)

    def _credits_lacking(self, compiled: CompiledRule, missing: Fraction, there: Fraction) -> "_Lack":
        """Goods that would earn the credits; an order earns them once, so nothing more can be bought for them."""
        earn = compiled.rule.earn
        if earn is None or not earn.points or earn.per is EarnPer.ORDER:
            return _Lack(never=self._outcome.state.facts.named(compiled.rule.when.goods) != [], there=there)
        if earn.per is EarnPer.UNIT:
            return _Lack(thousandths=math.ceil(missing / earn.points) * 1000, there=there)
        if earn.every is not None:
            return _Lack(minor=math.ceil(missing / earn.points) * earn.every.minor, there=there)
        scale = 10**self._bill.currency.minor_digits
        return _Lack(minor=math.ceil(missing / earn.points * scale), there=there)

    def _other(self, compiled: CompiledRule, place: int) -> WhyNot:
        """Nothing is missing, and still it gives nothing: another rule, the cashier, or nothing to take off."""
        rule = compiled.rule
        key, reward = compiled.rewards[place]
        rival = self._rival(compiled)
        if rival is not None:
            return WhyNot(key, rule.name_of(reward), Reason.NOT_TOGETHER, other=rival)
        off = self._bill.switched_off
        if key in off or OfferKey(rule.rule_id) in off:
            return self._why(rule, key, reward, Reason.SWITCHED_OFF)
        if isinstance(reward, FreeItem) and not choices(reward, self._book.items):
            return self._why(rule, key, reward, Reason.ITEM_GONE)
        return self._why(rule, key, reward, Reason.NOTHING_TO_TAKE_OFF)

    def _rival(self, compiled: CompiledRule) -> LocalName | None:
        """The rule that keeps this one out: an exclusive one in force, or a better one of its group."""
        if compiled.rule.exclusive and self._first_giver is not None:
            return self._first_giver.name
        for other in self._contested:
            if other is compiled.rule:
                continue
            group = compiled.rule.stack_group
            in_group = other.stack_group == group and compiled.rule.best_of
            if other.exclusive or in_group:
                return other.name
        return None


@dataclass(frozen=True, slots=True)
class _Lack:
    """What a purse lacks. ``never``: nothing that is bought or saved would change it on this bill."""

    points: Fraction = Fraction(0)
    thousandths: int = 0
    minor: int = 0
    there: Fraction = Fraction(1)
    never: bool = False


def _first(missing: Shortfall) -> Reason:
    if missing.item:
        return Reason.NEEDS_ITEM
    if missing.thousandths:
        return Reason.NEEDS_PIECES
    return Reason.NEEDS_AMOUNT if missing.minor else Reason.NEEDS_POINTS
