"""What stays the same from one bill to the next, so that after one more line not all of it is worked out again.

A turn is kept together with the lines it found and the lines it left. It is taken over only where it would find the
very same lines (the same objects, which nobody changes once they are kept), so the answer is always that of a
computation from scratch. Kept are only turns of rules that look at nothing but the lines they name
(``CompiledRule.is_local``); all others are played anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tukar.domain.bill import Bill
from tukar.domain.pricing.book import CompiledRule, RuleBook
from tukar.domain.pricing.facts import Facts
from tukar.domain.pricing.result import AppliedPromotion, PricedLine
from tukar.domain.pricing.state import LineState, State, Taken
from tukar.domain.pricing.turns import Turn
from tukar.domain.reward import PercentOff


@dataclass(frozen=True, slots=True)
class _Played:
    """One turn as it went: which lines it looked at, as what it found and left them, and what it took."""

    looked_at: list[int]
    found: list[LineState]
    left: list[LineState]
    taken: Taken | None
    is_short: bool


class Memory:
    """Of one bill, made while it is priced; it takes over from the memory of the bill ``before``."""

    facts: Facts
    __slots__ = ("_before", "_bill", "_book", "_lines", "_played", "_promotions", "_told", "_turns", "facts")

    def __init__(self, book: RuleBook, bill: Bill, before: "Memory | None" = None) -> None:
        self._book = book
        self._bill = bill
        self._before = before if before is not None and before._book is book else None  # noqa: SLF001 - its own kind
        self._played: dict[int, _Played] = {}
        self._turns: dict[int, list[Turn]] = {}
        self._told: dict[int, tuple[LineState, PricedLine]] = {}
        self._promotions: dict[int, tuple[Taken, AppliedPromotion]] = {}
        self.facts = Facts(bill, None if self._before is None else self._before.facts)
        self._lines = self._first_states()

    def forget_before(self) -> None:
        """Lets go of the bill before this one; called once this one is priced."""
        self._before = None

    def _first_states(self) -> list[LineState]:
        known = [] if self._before is None else self._before._lines  # noqa: SLF001 - its own kind
        return [
            known[fact.index]
            if fact.index < len(known) and known[fact.index].fact is fact and known[fact.index].is_whole
            else LineState(fact)
            for fact in self.facts.lines
        ]

    def state(self) -> State:
        """The bill before any turn, whose lines are copied before they change."""
        return State(self.facts, self._lines.copy())

    def turns_of(self, compiled: CompiledRule, make: Callable[[CompiledRule], list[Turn]]) -> list[Turn]:
        """The turns of a rule; those of a local one depend on nothing but what is claimed and switched off."""
        if not compiled.is_local:
            return make(compiled)
        before = self._before
        turns = None
        if before is not None and before._may_lend(self._bill):  # noqa: SLF001 - its own kind
            turns = before._turns.get(compiled.index)  # noqa: SLF001 - its own kind
        if turns is None:
            turns = make(compiled)
        self._turns[compiled.index] = turns
        return turns

    def _may_lend(self, bill: Bill) -> bool:
        own = self._bill
        return own.claims == bill.claims and own.switched_off == bill.switched_off

    def play(self, state: State, turn: Turn, play: Callable[[State, Turn], None]) -> None:
        """Lets a turn take place: as it went before where it would go the same way, else anew."""
        if not turn.compiled.is_local or turn.adjusted or turn.claim is not None or state.has_negative:
            play(state, turn)
            return
        index = turn.rule_index
        before = None if self._before is None else self._before._played.get(index)  # noqa: SLF001 - its own kind
        looked_at = _looked_at(state.facts, turn.compiled)
        if before is not None and _finds_the_same(state, looked_at, before):
            played = before
            for at, line in zip(looked_at, played.left, strict=True):
                state.put(at, line)
            if played.taken is not None:
                state.taken.append(played.taken)
            if played.is_short:
                state.short.add(index)
        else:
            played = _watched(state, turn, play, looked_at)
        if played is before or all(line.is_whole for line in played.left):
            self._played[index] = played

    def told(self, line: LineState) -> PricedLine | None:
        """The line as it was told before, where exactly the same turns made it."""
        before = self._before
        kept = None if before is None else before._told.get(line.fact.index)  # noqa: SLF001 - its own kind
        return kept[1] if kept is not None and kept[0] is line else None

    def tell(self, line: LineState, told: PricedLine) -> None:
        self._told[line.fact.index] = line, told

    def promotion(self, taken: Taken, make: Callable[[], AppliedPromotion]) -> AppliedPromotion:
        """What one reward took, told as before where it is the very same."""
        before = self._before
        kept = None if before is None else before._promotions.get(taken.rule)  # noqa: SLF001 - its own kind
        promotion = kept[1] if kept is not None and kept[0] is taken else make()
        self._promotions[taken.rule] = taken, promotion
        return promotion


def _looked_at(facts: Facts, compiled: CompiledRule) -> list[int]:
    """The lines that decide about a local rule: those of its condition and those it may take something off."""
    reward = compiled.rewards[0][1]
    goods = compiled.rule.when.goods
    if not isinstance(reward, PercentOff) or reward.target.goods == goods:
        return facts.named(goods)
    named = facts.named(reward.target.goods)
    return named if goods.names_all else sorted({*named, *facts.named(goods)})


def _finds_the_same(state: State, looked_at: list[int], before: _Played) -> bool:
    if looked_at != before.looked_at:
        return False
    for at, found, left in zip(looked_at, before.found, before.left, strict=True):
        if state.lines[at] is not found or not found.is_whole or not left.is_whole:
            return False
    return True


def _watched(state: State, turn: Turn, play: Callable[[State, Turn], None], looked_at: list[int]) -> _Played:
    state.keep(looked_at)
    found = [state.lines[at] for at in looked_at]
    count = len(state.taken)
    play(state, turn)
    state.keep(looked_at)
    left = [state.lines[at] for at in looked_at]
    taken = state.taken[count] if len(state.taken) > count else None
    return _Played(looked_at, found, left, taken, turn.rule_index in state.short)
