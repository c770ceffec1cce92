"""A whole bill worked out: turns in their order, exclusive rules and best-of groups settled, then what it earns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tukar.domain.bill import Bill
from tukar.domain.offer import Reason
from tukar.domain.pricing.book import CompiledRule, RuleBook, Turn
from tukar.domain.pricing.credits import Purse
from tukar.domain.pricing.earning import earned
from tukar.domain.pricing.facts import Facts, worth_of
from tukar.domain.pricing.memory import Memory
from tukar.domain.pricing.minimums import reached
from tukar.domain.pricing.play import Player
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.standing import Obstacle
from tukar.domain.pricing.state import PurseKey, State
from tukar.domain.pricing.turns import TurnOrder
from tukar.domain.reward import AmountPerPoint
from tukar.domain.rule import Family

_SETTLING_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Payment:
    """Money of a gift card or wallet that pays for the bill, in minor units.

    ``lacking`` is what was asked for and not there, in major units.
    """

    turn: Turn
    amount: int
    lacking: Fraction = Fraction(0)


@dataclass(slots=True)
class Outcome:
    """A bill worked out. ``earned`` is by rule in whole points (money in major units for cards and wallets).

    ``asking`` are the rules near the bill that are not plain: of the others nothing is known but their turns.
    ``turns`` are those that were played, ``displaced`` those that an exclusive or better rule kept out. ``barred``
    tells of every rule near the bill that does not take part on any day, for anybody, why it does not now.
    """

    facts: Facts
    state: State
    player: Player
    order: TurnOrder
    near: list[CompiledRule]
    asking: list[CompiledRule]
    turns: list[Turn]
    displaced: list[Turn]
    barred: dict[int, Obstacle | None]
    payments: list[Payment] = field(default_factory=list)
    earned: dict[int, Fraction] = field(default_factory=dict)
    pending: dict[int, Fraction] = field(default_factory=dict)

    @property
    def goods_left(self) -> int:
        return self.state.left()

    @property
    def fixed_tax(self) -> int:
        return self.facts.fixed_tax

    @property
    def paid(self) -> int:
        return sum([payment.amount for payment in self.payments])

    @property
    def total(self) -> int:
        """What the customer pays, in minor units."""
        return self.goods_left + self.fixed_tax - self.paid

    def givers(self) -> set[int]:
        """The rules that took something off, gave something or paid something."""
        return {taken.rule for taken in self.state.taken} | {payment.turn.rule_index for payment in self.payments}


class Walk:
    """Works one bill out by a rule book under its circumstances."""

    def __init__(
        self,
        book: RuleBook,
        bill: Bill,
        circumstances: Circumstances,
        facts: Facts | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._book = book
        self._bill = bill
        self._circumstances = circumstances
        self._facts = Facts(bill) if facts is None else facts
        self._memory = memory
        self._order = TurnOrder(book, bill, circumstances)
        self._near = self._rules_near()
        self._asking = [compiled for compiled in self._near if not compiled.is_plain]
        self._barred = {
            compiled.index: compiled.obstacle(bill, circumstances)
            for compiled in self._asking
            if not compiled.is_standing
        }

    def _rules_near(self) -> list[CompiledRule]:
        """Those that look at goods of the bill or at none, and those that a claim or code of it names."""
        named = [compiled.index for claim in self._bill.claims if (compiled := self._book.rule(claim.key.rule_id))]
        named += [compiled.index for code in self._bill.codes for compiled in self._book.with_code(code)]
        return self._book.near(self._facts, named)

    def work_out(self) -> Outcome:
        """The bill from scratch; points that may be spent in the sale that earns them are settled by repetition."""
        barred = self._barred
        taking_part = [compiled for compiled in self._near if barred.get(compiled.index) is None]
        turns = self._order.turns(taking_part)
        expected: dict[PurseKey, Fraction] = {}
        purses = [turn.purse for turn in turns if turn.purse is not None] if self._asking else []
        spenders = {purse.key for purse in purses if _spends_own_earnings(purse)}
        if spenders:
            others = [turn for turn in turns if turn.purse is None or turn.purse.key not in spenders]
            expected = self._earnings(self._play(others, {}), spenders)
        for _ in range(_SETTLING_ROUNDS):
            outcome = self._play(turns, expected)
            now = self._earnings(outcome, spenders) if spenders else expected
            if now == expected:
                break
            expected = {key: min(now[key], expected[key]) for key in now}
        return outcome

    def _earnings(self, outcome: Outcome, purses: set[PurseKey]) -> dict[PurseKey, Fraction]:
        sums = dict.fromkeys(purses, Fraction(0))
        for index, points in outcome.earned.items():
            key = ("points", self._book.rules[index].rule.account_id)
            if key in sums:
                sums[key] += points
        return sums

    def _play(self, turns: list[Turn], expected: Mapping[PurseKey, Fraction]) -> Outcome:
        player = Player(self._book, self._circumstances, expected)
        if not self._asking:
            return self._outcome(player, self._played(player, turns), turns, [])
        goods = [turn for turn in turns if not turn.compiled.is_payment]
        state, played = self._settle(player, goods)
        kept = {id(turn) for turn in played}
        displaced = [turn for turn in goods if id(turn) not in kept]
        outcome = self._outcome(player, state, played, displaced)
        for turn in turns:
            if turn.compiled.is_payment:
                self._pay(outcome, turn)
        self._earn(outcome)
        return outcome

    def _outcome(self, player: Player, state: State, played: list[Turn], displaced: list[Turn]) -> Outcome:
        return Outcome(
            self._facts, state, player, self._order, self._near, self._asking, played, displaced, self._barred
        )

    def _played(self, player: Player, turns: list[Turn]) -> State:
        """The bill after turns that nobody contests."""
        if self._memory is not None:
            return self._memory.play_all(turns, player.play)
        state = State(self._facts)
        _play_all(player, state, turns)
        return state

    def _settle(self, player: Player, turns: list[Turn]) -> tuple[State, list[Turn]]:
        """The bill after all turns but payments, and the turns that were let in."""
        exclusive = [turn for turn in turns if turn.compiled.rule.exclusive]
        tried: set[int] = set()
        for turn in exclusive:
            if turn.rule_index not in tried:
                tried.add(turn.rule_index)
                alone = [other for other in exclusive if other.rule_index == turn.rule_index]
                state = State(self._facts)
                _play_all(player, state, alone)
                if state.taken:
                    return state, alone
        common = [turn for turn in turns if not turn.compiled.rule.exclusive]
        common = self._best_of_groups(player, common)
        return self._played(player, common), common

    def _best_of_groups(self, player: Player, turns: list[Turn]) -> list[Turn]:
        """Only the best rule of every best-of group is left; groups are settled in the order of their first turn."""
        groups = _groups(turns)
        undecided = set(groups)
        for group, rules in groups.items():
            undecided.discard(group)
            others = [t for t in turns if not _competes(t) or t.compiled.rule.stack_group not in undecided]
            best = self._best(player, others, group, rules)
            turns = [turn for turn in turns if not _in_group(turn, group) or turn.rule_index == best]
        return turns

    def _best(self, player: Player, turns: list[Turn], group: str, rules: list[int]) -> int:
        """The rule worth most when it is the only one of its group; of equal ones the first in order."""
        first = next(at for at, turn in enumerate(turns) if _in_group(turn, group))
        before = State(self._facts)
        _play_all(player, before, turns[:first])
        worth = {rule: self._worth(player, before.copy(), turns[first:], group, rule) for rule in rules}
        return max(rules, key=lambda rule: (worth[rule], -rules.index(rule)))

    def _worth(self, player: Player, state: State, turns: list[Turn], group: str, rule: int) -> int:
        """What a rule takes off and gives on the way to its own last turn, in minor units."""
        last = max(at for at, turn in enumerate(turns) if turn.rule_index == rule)
        _play_all(player, state, [t for t in turns[: last + 1] if not _in_group(t, group) or t.rule_index == rule])
        return sum(
            taken.amount + sum(worth_of(gift.item, gift.pieces) for gift in taken.gifts)
            for taken in state.taken
            if taken.rule == rule
        )

    def _pay(self, outcome: Outcome, turn: Turn) -> None:
        place = turn.rewards[0]
        reward = turn.compiled.rewards[place][1]
        purse, claim = turn.purse, turn.claim_for(place)
        if not isinstance(reward, AmountPerPoint) or purse is None:
            return
        state = outcome.state
        found = outcome.player.spending_of(state, turn, reward, outcome.paid)
        wanted = claim.points.exact() if claim is not None and claim.points is not None else None
        points = found.cut(wanted)
        amount = int(points * found.minor_each)
        if amount > 0:
            state.pay(purse.key, points)
            outcome.payments.append(Payment(turn, amount, found.lacking(wanted)))

    def _earn(self, outcome: Outcome) -> None:
        """Points, stored money and coupons that the finished bill gives; an empty bill gives nothing."""
        for compiled in outcome.asking:
            if not compiled.earns or not _may_earn(outcome.barred.get(compiled.index)):
                continue
            if _is_coupon(compiled) and _kept_out(outcome, compiled):
                continue
            if not self._order.codes_of(compiled) and compiled.rule.family is not Family.GIFT_CARD:
                continue
            if not reached(outcome.state, compiled):
                continue
            points = earned(outcome.state, compiled, self._own(compiled), self._book.currency.minor_digits)
            if points > 0:
                (outcome.pending if _is_coupon(compiled) else outcome.earned)[compiled.index] = points

    def _own(self, compiled: CompiledRule) -> frozenset[int]:
        """The rules whose discounts do not lower what this one earns: those that spend from the same account."""
        account = self._book.programme.account(compiled.rule.account_id)
        if account is None:
            return frozenset({compiled.index})
        if account.own_redemption_lowers_earning:
            return frozenset()
        return self._book.spending_from(account.programme_id)


def _play_all(player: Player, state: State, turns: Iterable[Turn]) -> None:
    for turn in turns:
        player.play(state, turn)


def _may_earn(barred: Obstacle | None) -> bool:
    """Whether a rule lets the customer earn: only what it gives waits for a backend that does not answer."""
    return barred is None or barred.reason is Reason.NEEDS_BACKEND


def _kept_out(outcome: Outcome, compiled: CompiledRule) -> bool:
    """Whether another rule stands alone on the bill, or a better one of its group has taken its place."""
    if any(turn.compiled.rule.exclusive for turn in outcome.turns):
        return True
    displaced = any(turn.compiled is compiled for turn in outcome.displaced)
    return displaced and not any(turn.compiled is compiled for turn in outcome.turns)


def _is_coupon(compiled: CompiledRule) -> bool:
    return compiled.rule.family is Family.NEXT_ORDER_COUPON


def _competes(turn: Turn) -> bool:
    return turn.compiled.rule.best_of and bool(turn.compiled.rule.stack_group)


def _in_group(turn: Turn, group: str) -> bool:
    return _competes(turn) and turn.compiled.rule.stack_group == group


def _groups(turns: list[Turn]) -> dict[str, list[int]]:
    """The rules of every best-of group that has several of them here, in the order of their turns."""
    found: dict[str, list[int]] = {}
    for turn in turns:
        if _competes(turn):
            rules = found.setdefault(turn.compiled.rule.stack_group, [])
            if turn.rule_index not in rules:
                rules.append(turn.rule_index)
    return {group: rules for group, rules in found.items() if len(rules) > 1}


def _spends_own_earnings(purse: Purse) -> bool:
    return purse.account is not None and purse.account.spends_points_of_this_sale
