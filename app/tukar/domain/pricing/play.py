"""One turn of one rule: what its rewards would do is planned on the bill as the rule finds it, and then done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from tukar.domain.bill import Claim
from tukar.domain.item import Item
from tukar.domain.pricing.amount import plan_amount
from tukar.domain.pricing.book import CompiledRule, RuleBook, Turn
from tukar.domain.pricing.bundle import plan_bundle
from tukar.domain.pricing.credits import Purse
from tukar.domain.pricing.earning import earned
from tukar.domain.pricing.from_cart import Place, plan_from_cart
from tukar.domain.pricing.gift import choices, plan_gift
from tukar.domain.pricing.minimums import reached, times_possible
from tukar.domain.pricing.per_piece import plan_first_then_each
from tukar.domain.pricing.percent import plan_percent
from tukar.domain.pricing.points_off import Spending, plan_points_off, spending
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.select import select_touched
from tukar.domain.pricing.spread import room_of, trim
from tukar.domain.pricing.state import Plan, PurseKey, State, Taken
from tukar.domain.pricing.tiered import plan_tiered
from tukar.domain.reward import (
    AmountOff,
    AmountPerPoint,
    BundlePrice,
    FirstThenEach,
    FreeFromCart,
    FreeItem,
    PercentOff,
    Reward,
)
from tukar.domain.rule import Family

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Player:
    """Plays turns. ``expected`` are points that this sale earns, by purse, where they may be spent in it."""

    book: RuleBook
    circumstances: Circumstances
    expected: Mapping[PurseKey, Fraction]

    def play(self, state: State, turn: Turn) -> None:
        """Lets the rule take its turn; nothing happens where its minimums are not reached."""
        if turn.compiled.is_local and turn.claim is None:
            self._play_local(state, turn)
            return
        if turn.purse is not None and turn.purse.earns:
            state.credits[turn.rule_index] = self.credits(state, turn.compiled)
        most = turn.compiled.rule.limits.applications
        limit = 1 if most is None else most
        if turn.claim is not None:
            self._claim(state, turn)
            return
        for time in range(1, limit + 1):
            if not self.open_for(state, turn, time):
                return
            before = state.copy() if len(turn.rewards) > 1 else state
            for place in turn.rewards if len(turn.rewards) == 1 else _set_first(turn):
                reward = turn.compiled.rewards[place][1]
                if time == 1 or not _counts_itself(reward):
                    self._give(state, before, turn, place)

    def _play_local(self, state: State, turn: Turn) -> None:
        """The one percentage of a local rule: it costs nothing, knows no budget and is given once."""
        compiled = turn.compiled
        key, reward = compiled.rewards[0]
        if not self.open_for(state, turn, 1) or not isinstance(reward, PercentOff):
            return
        plan = plan_percent(state, compiled.rule, reward.target, reward.percent, reward.max_discount)
        shares = state.carry_out(plan) if plan.cuts else {}
        if shares:
            state.taken.append(Taken(compiled.index, key, 0, shares, {}, [], _NONE, None, 1, None))

    def open_for(self, state: State, turn: Turn, time: int) -> bool:
        """Whether the minimums let the rule give for the ``time``-th time."""
        rule = turn.compiled.rule
        if rule.family.keeps_balance or rule.family is Family.NEXT_ORDER_COUPON:
            return True
        if reached(state, turn.compiled, time):
            return True
        if time == 1:
            state.short.add(turn.rule_index)
        return False

    def _claim(self, state: State, turn: Turn) -> None:
        compiled, place = turn.compiled, turn.rewards[0]
        limit = compiled.rule.limits.applications
        before = sum([taken.applications for taken in state.taken if _same_reward(taken, compiled, place)])
        if limit is None and not turn.purse:
            limit = 1
        if limit is not None and before >= limit:
            return
        times = before + 1 if compiled.rule.limits.applications is not None else 1
        if self.open_for(state, turn, times):
            self._give(state, state, turn, place)

    def _give(self, state: State, before: State, turn: Turn, place: int) -> None:
        plan = self.plan(state, before, turn, place)
        if not plan.gives:
            if before is state and not plan.spent:
                state.carry_out(Plan(plan.cuts))
            return
        if before is not state:
            plan.cuts = [replace(cut, ratio=None) for cut in plan.cuts]
        if turn.compiled.rule.limits.budget is not None:
            plan = self._within_budget(state, turn, plan, turn.compiled.rule.limits.budget.minor)
        shares = state.carry_out(plan)
        if not shares and not plan.gifts:
            return
        compiled, purse = turn.compiled, turn.purse
        if purse is not None and plan.spent:
            state.pay(purse.key, plan.spent)
        state.taken.append(
            Taken(
                rule=compiled.index,
                key=compiled.rewards[place][0],
                reward=place,
                shares=shares,
                freed={index: len(places) for index, places in plan.freed.items()},
                gifts=plan.gifts,
                spent=plan.spent,
                purse=None if purse is None else purse.key,
                applications=plan.applications,
                claim=turn.claim,
                scope=plan.scope,
                lacking=plan.lacking,
            )
        )

    def _within_budget(self, state: State, turn: Turn, plan: Plan, budget: int) -> Plan:
        used = self.circumstances.budget_used.get(turn.compiled.rule.rule_id)
        here = sum(taken.amount for taken in state.taken if taken.rule == turn.compiled.index)
        left = budget - here - (0 if used is None else used.minor)
        plan.cuts = trim(state, plan.cuts, max(0, left))
        return plan

    def plan(self, state: State, before: State, turn: Turn, place: int) -> Plan:
        """What one reward would do on ``before``; sets leave out pieces that ``state`` has used since."""
        rule, (_, reward) = turn.compiled.rule, turn.compiled.rewards[place]
        match reward:
            case FreeItem():
                return self._gift(state, turn, reward, turn.claim_for(place))
            case FreeFromCart():
                return self._from_cart(state, turn, reward, turn.claim_for(place))
            case AmountPerPoint():
                return self._points_off(state, before, turn, reward, turn.claim_for(place))
        cost = reward.cost if turn.purse is not None else _NONE
        if cost and not self._pays(state, turn, cost):
            return Plan()
        match reward:
            case PercentOff():
                plan = plan_percent(before, rule, reward.target, reward.percent, reward.max_discount)
            case AmountOff():
                plan = plan_amount(before, rule, reward.target, reward.amount.minor, reward.max_discount)
            case BundlePrice():
                plan = plan_bundle(state, rule, reward, self._most_bundles(state, turn, cost))
                cost *= plan.applications
            case FirstThenEach():
                plan = plan_first_then_each(before, rule, reward)
            case _:
                plan = plan_tiered(before, rule, reward)
        plan.spent = cost
        return plan

    def _pays(self, state: State, turn: Turn, cost: Fraction) -> bool:
        """Whether the purse holds ``cost`` and the bill's points stay within the account's limits."""
        purse = turn.purse
        if purse is None:
            return True
        if self.available(state, turn.compiled, purse) < cost:
            return False
        account = purse.account
        if account is None or account.min_points is None:
            return True
        return state.spent_of(purse.key) + cost >= account.min_points.exact()

    def available(
        self, state: State, compiled: CompiledRule, purse: Purse, freeing: Mapping[int, list[int]] | None = None
    ) -> Fraction:
        """What a rule may still spend from its purse on the bill as it stands, in whole points."""
        held, account = purse.opening, purse.account
        if purse.earns:
            held += self.credits(state, compiled, freeing)
        else:
            if purse.key in self.expected:
                held += self.expected[purse.key]
            if account is not None and account.keep is not None:
                held = max(_NONE, held - account.keep.exact())
            if account is not None and account.max_points is not None:
                held = min(held, account.max_points.exact())
        spent = state.spent.get(purse.key)
        return held if spent is None else held - spent

    def credits(self, state: State, compiled: CompiledRule, freeing: Mapping[int, list[int]] | None = None) -> Fraction:
        """Credits of this sale for one rule, counted on the bill as it stands; none where its minimums fail."""
        if not reached(state, compiled):
            return _NONE
        return earned(state, compiled, frozenset({compiled.index}), self.book.currency.minor_digits, freeing)

    def spending_of(self, state: State, turn: Turn, reward: AmountPerPoint, paid: int = 0) -> Spending:
        """What points may do at this turn; ``paid`` is what payments have taken off the bill already."""
        purse, rule = turn.purse, turn.compiled.rule
        scale = 10**self.book.currency.minor_digits
        if purse is None:
            return Spending(_NONE, _NONE, Fraction(1), reward.value * scale)
        available = self.available(state, turn.compiled, purse)
        if rule.family.is_payment:
            room = state.left() + sum(fact.fixed_tax for fact in state.facts.lines) - paid
            return spending(replace(reward, cost=_NONE), room, max(0, room), available, purse.step, scale)
        room = state.bill_room(room_of(state, select_touched(state, rule, reward.target)))
        found = spending(reward, state.left(), max(0, room), available, purse.step, scale)
        account = purse.account
        if account is None or account.min_points is None:
            return found
        least = account.min_points.exact() - state.spent_of(purse.key)
        return replace(found, least=max(found.least, least))

    def _points_off(self, state: State, before: State, turn: Turn, reward: AmountPerPoint, claim: Claim | None) -> Plan:
        found = self.spending_of(state, turn, reward)
        wanted = claim.points.exact() if claim is not None and claim.points is not None else None
        points = found.cut(wanted)
        if not points:
            return Plan()
        plan = plan_points_off(before, turn.compiled.rule, reward, points, found.minor_each)
        plan.lacking = found.lacking(wanted)
        return plan

    def item_for(self, reward: FreeItem, claim: Claim | None) -> Item | None:
        """The item given: the one picked, else the first in the catalogue; None where it is no longer sold."""
        items = choices(reward, self.book.items)
        if claim is not None and claim.choice and not reward.sku:
            return next((item for item in items if item.sku == claim.choice), None)
        return items[0] if items else None

    def _gift(self, state: State, turn: Turn, reward: FreeItem, claim: Claim | None) -> Plan:
        item = self.item_for(reward, claim)
        cost = reward.cost if turn.purse is not None else _NONE
        most = self._gift_pieces(state, turn, reward, cost)
        wanted = None if claim is None else claim.quantity
        if wanted is None:
            repeats = turn.claim is None or (turn.purse is not None and turn.purse.earns and cost > 0)
            wanted = most if repeats else reward.quantity
        return plan_gift(reward, item, min(wanted, most), cost)

    def _gift_pieces(self, state: State, turn: Turn, reward: FreeItem, cost: Fraction) -> int:
        """The most pieces that one turn can give."""
        limit, purse = turn.compiled.rule.limits.applications, turn.purse
        by_pieces = times_possible(state, turn.compiled, limit) if limit is not None else 1
        if purse is None or not cost:
            return reward.quantity * by_pieces
        paid_for = int(max(_NONE, self.available(state, turn.compiled, purse)) // cost)
        if not self._pays(state, turn, cost):
            paid_for = 0
        if limit is not None:
            paid_for = min(paid_for, by_pieces)
        elif turn.claim is None and not purse.earns:
            paid_for = min(paid_for, 1)
        return reward.quantity * paid_for

    def _from_cart(self, state: State, turn: Turn, reward: FreeFromCart, claim: Claim | None) -> Plan:
        rule, purse = turn.compiled.rule, turn.purse
        cost = reward.cost if purse is not None else _NONE
        if cost and not self._pays(state, turn, cost):
            return Plan()
        wanted = None if claim is None else claim.quantity
        if claim is not None and claim.choice:
            reward = replace(reward, sku=claim.choice)
        most_sets = rule.limits.applications
        if most_sets is None and cost and purse is not None and not purse.earns:
            most_sets = 1 if wanted is None else -(-wanted // max(1, reward.quantity))
        elif most_sets is None and rule.buy is None and not cost:
            most_sets = 1

        def affordable(freed: list[list[Place]]) -> int:
            return self._sets_paid_for(state, turn, cost, freed)

        plan = plan_from_cart(state, rule, reward, most_sets, affordable, wanted)
        plan.spent = cost * plan.applications
        return plan

    def _most_bundles(self, state: State, turn: Turn, cost: Fraction) -> int | None:
        """How many sets one turn may make: each is an application of its own, and one claim of points is for one."""
        limit, purse = turn.compiled.rule.limits.applications, turn.purse
        if not cost or purse is None:
            return limit
        paid_for = int(self.available(state, turn.compiled, purse) // cost)
        if not purse.earns and limit is None:
            return min(paid_for, 1)
        return paid_for if limit is None else min(paid_for, limit)

    def _sets_paid_for(self, state: State, turn: Turn, cost: Fraction, freed: list[list[Place]]) -> int:
        purse = turn.purse
        if not cost or purse is None:
            return len(freed)
        if not purse.earns:
            return int(self.available(state, turn.compiled, purse) // cost)
        freeing: dict[int, list[int]] = {}
        for count, places in enumerate(freed):
            for index, at in places:
                freeing.setdefault(index, []).append(at)
            if self.available(state, turn.compiled, purse, freeing) < cost * (count + 1):
                return count
        return len(freed)


def _counts_itself(reward: Reward) -> bool:
    """Whether one turn gives all of its applications at once."""
    return isinstance(reward, FreeItem | FreeFromCart | BundlePrice)


def _set_first(turn: Turn) -> list[int]:
    """The rewards of a turn, those with a set quantity before the others, which share what is left of the credits."""
    set_ones = {place for place, claim in turn.adjusted if claim.quantity is not None}
    return sorted(turn.rewards, key=lambda place: place not in set_ones)


def _same_reward(taken: Taken, compiled: CompiledRule, place: int) -> bool:
    return taken.rule == compiled.index and taken.reward == place
