"""A programme compiled once, so that a bill meets only the rules that name its goods."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.money import Currency
from tukar.domain.pricing.credits import Purse, needs_code
from tukar.domain.pricing.facts import Facts, names_of
from tukar.domain.pricing.gift import ItemSource
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.standing import Check, Obstacle, checks_of, takes_part_always
from tukar.domain.programme import Programme
from tukar.domain.reward import (
    AmountPerPoint,
    BundlePrice,
    FreeFromCart,
    FreeItem,
    PercentOff,
    Reward,
    Scope,
)
from tukar.domain.rule import Apply, Family, Mode, Rule


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its place in the programme and its rewards by key."""

    index: int
    rule: Rule
    rewards: tuple[tuple[OfferKey, Reward], ...]
    is_payment: bool
    rank: tuple[int, int, int]
    is_local: bool
    """Whether its only turn looks at nothing of the bill but the lines that it names."""
    is_standing: bool
    """Whether it takes part on any day, for anybody, everywhere: nothing but the goods decides."""
    is_plain: bool
    """Whether it is both, contests no other rule and earns nothing: all that can come of it is its one turn."""
    gives_unasked: bool
    """Whether rewards of it may apply by themselves; else each of them waits for a claim."""
    asks_code: bool
    """Whether it takes part only under a code that was entered."""
    pays_cost: bool
    earns: bool
    """Whether a bill may earn points, a coupon or stored money by it."""
    contests: bool
    """Whether it can keep other rules out."""
    checks: tuple[Check, ...]

    @classmethod
    def of(cls, index: int, rule: Rule) -> Self:
        checks = checks_of(rule)
        is_local, is_standing = _is_local(rule), takes_part_always(rule, checks)
        return cls(
            index=index,
            rule=rule,
            rewards=rule.keyed_rewards(),
            is_payment=rule.family.is_payment,
            rank=rank_of(rule),
            is_local=is_local,
            is_standing=is_standing,
            is_plain=is_local and is_standing and rule.earn is None and not contests(rule),
            gives_unasked=bool(rule.rewards) and applies_by_itself(rule),
            asks_code=needs_code(rule) or rule.family is Family.GIFT_CARD,
            pays_cost=rule.pays_cost,
            earns=rule.earn is not None
            and (rule.family.keeps_balance or bool(rule.account_id) or rule.family is Family.NEXT_ORDER_COUPON),
            contests=contests(rule),
            checks=checks,
        )

    def obstacle(self, bill: Bill, circumstances: Circumstances) -> Obstacle | None:
        """The first reason why the rule takes no part in this sale, whatever is on the bill; None when it does."""
        for check in self.checks:
            found = check(self.rule, bill, circumstances)
            if found is not None:
                return found
        return None

    def place_of(self, key: OfferKey) -> int | None:
        """Which reward a key means: its own key, or the first one where the key names just the rule."""
        for place, (own, _) in enumerate(self.rewards):
            if own == key:
                return place
        return 0 if self.rewards and not key.reward_id else None


SortKey = tuple[int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """One moment at which a rule may give something: all automatic rewards of it, or one claim.

    ``rewards`` are places among the rule's rewards; ``claims`` say how an automatic reward was adjusted.
    """

    compiled: CompiledRule
    rewards: tuple[int, ...]
    key: SortKey
    purse: Purse | None
    code: str = ""
    claim: Claim | None = None
    adjusted: tuple[tuple[int, Claim], ...] = ()

    @property
    def rule_index(self) -> int:
        return self.compiled.index

    def claim_for(self, reward: int) -> Claim | None:
        """The claim that says how much of this reward is wanted."""
        if self.claim is not None:
            return self.claim
        return next((claim for place, claim in self.adjusted if place == reward), None)


def applies_by_itself(rule: Rule) -> bool:
    """Whether it asks nobody; credits of a coupon are always somebody's to spend."""
    return rule.apply is Apply.AUTOMATIC and rule.family is not Family.NEXT_ORDER_COUPON


def contests(rule: Rule) -> bool:
    """Whether a rule can keep others out."""
    return rule.exclusive or (rule.best_of and bool(rule.stack_group))


def rank_of(rule: Rule) -> tuple[int, int, int]:
    """What turns are sorted by first: payments last, priority high to low, then order low to high."""
    return int(rule.family.is_payment), -rule.priority, rule.order


class RuleBook:
    """All rules of a programme and the goods each of them hangs on. Immutable: a new programme is a new book."""

    __slots__ = (
        "_always", "_by_account", "_by_code", "_by_id", "_by_name", "_card_rules", "_lookers", "_own_turns",
        "currency", "items", "programme", "rules",
    )  # fmt: skip

    def __init__(self, programme: Programme, items: ItemSource, currency: Currency) -> None:
        self.programme = programme
        self.items = items
        self.currency = currency
        self._card_rules = tuple(
            rule
            for rule in programme.rules
            if rule.family is Family.GIFT_CARD and rule.earn is not None and not rule.when.goods.names_all
        )
        self.rules = tuple(CompiledRule.of(index, rule) for index, rule in enumerate(programme.rules))
        self._own_turns = [_own_turn(compiled) for compiled in self.rules]
        self._by_id = {compiled.rule.rule_id: compiled for compiled in self.rules}
        self._by_code: dict[str, list[CompiledRule]] = {}
        self._by_name: dict[str, dict[str, list[int]]] = {}
        self._always: list[int] = []
        self._lookers: dict[tuple[str, str], list[int]] = {}
        self._by_account: dict[str, frozenset[int]] = {}
        for compiled in self.rules:
            if account := compiled.rule.account_id:
                self._by_account[account] = self._by_account.get(account, frozenset()) | {compiled.index}
            if compiled.rule.activation.code:
                self._by_code.setdefault(compiled.rule.activation.code, []).append(compiled)
            self._file(compiled)

    @classmethod
    def compile(cls, programme: Programme, items: ItemSource, currency: Currency | None = None) -> Self:
        """The book of ``programme``; gifts and choices are looked up in ``items``."""
        return cls(programme, items, currency or programme.currency)

    def sells_card(self, item: Item) -> bool:
        """Whether the item is a gift card: a rule puts what is paid for it on a card."""
        return any(rule.when.goods.names(item) for rule in self._card_rules)

    def rule(self, rule_id: str) -> CompiledRule | None:
        return self._by_id.get(rule_id)

    def with_code(self, code: str) -> tuple[CompiledRule, ...]:
        """The rules that a code wakes up."""
        return tuple(self._by_code.get(code, ()))

    def spending_from(self, programme_id: str) -> frozenset[int]:
        """The rules that spend from a points account."""
        return self._by_account.get(programme_id, frozenset())

    def own_turn(self, compiled: CompiledRule) -> Turn | None:
        """The turn of a local rule that nobody has adjusted or switched off: the same on every bill."""
        return self._own_turns[compiled.index]

    def near(self, facts: Facts, also: Iterable[int] = ()) -> list[CompiledRule]:
        """The rules that name goods of this bill or no goods at all, as listed; ``also`` adds further ones."""
        found = set(self._always)
        found.update(also)
        for sort, names in facts.names():
            index = self._by_name.get(sort)
            if index:
                found.update(*[index[name] for name in index.keys() & names])
        return [self.rules[index] for index in sorted(found)]

    def looking_at(self, items: Iterable[Item]) -> set[int]:
        """The local rules whose conditions or rewards name one of these items."""
        found: set[int] = set()
        for item in items:
            found.update(*[self._lookers.get(name, ()) for name in names_of(item)])
        return found

    def _file(self, compiled: CompiledRule) -> None:
        if compiled.is_local:
            for goods in looks_at(compiled):
                for pair in goods.pairs():
                    self._lookers.setdefault(pair, []).append(compiled.index)
        wanted = _hangs_on(compiled.rule)
        if wanted is None:
            self._always.append(compiled.index)
            return
        for goods in wanted:
            for sort, name in goods.pairs():
                self._by_name.setdefault(sort, {}).setdefault(name, []).append(compiled.index)


def _own_turn(compiled: CompiledRule) -> Turn | None:
    if not compiled.is_local:
        return None
    return Turn(compiled, (0,), (*compiled.rank, 0, compiled.index, 0, 0), None)


def looks_at(compiled: CompiledRule) -> list[Goods]:
    """The goods whose lines decide about a local rule: those it may take something off, those of its condition."""
    reward, goods = compiled.rewards[0][1], compiled.rule.when.goods
    if not isinstance(reward, PercentOff) or reward.target.goods == goods:
        return [goods]
    return [reward.target.goods] if goods.names_all else [reward.target.goods, goods]


def _is_local(rule: Rule) -> bool:
    """Automatic, free of charge and once: a percentage off some goods, on conditions of some goods."""
    when, limits = rule.when, rule.limits
    if len(rule.rewards) != 1 or not isinstance(rule.rewards[0], PercentOff):
        return False
    counts = when.min_qty is not None or when.min_amount is not None
    return (
        rule.family in (Family.PROMOTION, Family.BUY_X_GET_Y)
        and rule.activation.mode in (Mode.AUTO, Mode.CUSTOMER)
        and rule.apply is Apply.AUTOMATIC
        and not rule.pays_cost
        and not rule.rewards[0].target.goods.names_all
        and limits.applications in (None, 1)
        and limits.budget is None
        and not (when.amount_of_order or when.amount_without_tax or (counts and when.goods.names_all))
    )


def _hangs_on(rule: Rule) -> list[Goods] | None:
    """Goods of which at least one must be on the bill before the rule can do anything; None = it needs none."""
    if rule.family is Family.NEXT_ORDER_COUPON or (rule.family.keeps_balance and rule.rewards):
        return None
    if not rule.when.goods.names_all:
        return [rule.when.goods]
    if rule.earn is not None or rule.tiers or not rule.rewards:
        return None
    touched = [_touches(reward) for reward in rule.rewards]
    return None if any(goods is None for goods in touched) else [goods for goods in touched if goods is not None]


def _touches(reward: Reward) -> Goods | None:
    """The goods that a reward can take something off; None where that is everything or nothing of the bill."""
    if isinstance(reward, FreeItem | BundlePrice):
        return None
    if isinstance(reward, FreeFromCart):
        goods = reward.goods()
        return None if goods is None or goods.names_all else goods
    if isinstance(reward, AmountPerPoint) or reward.target.scope is Scope.ORDER or reward.target.goods.names_all:
        return None
    return reward.target.goods
