"""What stays the same from one bill to the next, so that after one more line not all of it is worked out again.

A turn is kept together with the lines it found and the lines it left. It is taken over only where it would find the
very same lines (the same objects, which nobody changes once they are kept), so the answer is always that of a
computation from scratch. Kept are only turns of rules that look at nothing but the lines they name
(``CompiledRule.is_local``); all others are played anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tukar.domain.bill import Bill
from tukar.domain.pricing.book import CompiledRule, RuleBook, looks_at
from tukar.domain.pricing.facts import Facts
from tukar.domain.pricing.result import AppliedPromotion, PricedLine
from tukar.domain.pricing.state import LineState, State, Taken
from tukar.domain.pricing.turns import Turn

Play = Callable[[State, Turn], None]


@dataclass(frozen=True, slots=True)
class _Played:
    """One turn as it went: which lines it looked at, as (place, found, left), and what it took."""

    looked_at: list[int]
    lines: tuple[tuple[int, LineState, LineState], ...]
    taken: Taken | None
    is_short: bool


@dataclass(slots=True)
class Kept:
    """What is remembered of one bill: how its turns went, and how its lines and promotions were told."""

    book: RuleBook
    bill: Bill
    facts: Facts
    lines: list[LineState]
    played: dict[int, _Played] = field(default_factory=dict)
    turns: dict[int, list[Turn]] = field(default_factory=dict)
    told: list[tuple[LineState, PricedLine]] = field(default_factory=list)
    promotions: dict[int, tuple[Taken, AppliedPromotion]] = field(default_factory=dict)


class Memory:
    """Of one bill, made while it is priced; it takes over what was ``kept`` of the bill before."""

    __slots__ = ("_before", "kept")

    def __init__(self, book: RuleBook, bill: Bill, before: Kept | None = None) -> None:
        if before is not None and before.book is not book:
            before = None
        self._before = before
        facts = Facts(bill, None if before is None else before.facts)
        known = [] if before is None else before.lines
        shared = [
            line if line.fact is fact and line.is_whole else LineState(fact)
            for line, fact in zip(known, facts.lines, strict=False)
        ]
        lines = shared + [LineState(fact) for fact in facts.lines[len(shared) :]]
        self.kept = Kept(book, bill, facts, lines)

    @property
    def facts(self) -> Facts:
        return self.kept.facts

    def turns_of(self, rules: Iterable[CompiledRule], make: Callable[[CompiledRule], list[Turn]]) -> list[Turn]:
        """The turns of ``rules``; those of a local one depend on nothing but what is claimed and switched off."""
        before, own = self._before, self.kept.bill
        lent: dict[int, list[Turn]] = {}
        if before is not None and before.bill.claims == own.claims and before.bill.switched_off == own.switched_off:
            lent = before.turns
        found = []
        for compiled in rules:
            turns = lent.get(compiled.index)
            if turns is None:
                turns = make(compiled)
            if compiled.is_local:
                self.kept.turns[compiled.index] = turns
            found += turns
        return found

    def play_all(self, turns: Iterable[Turn], play: Play) -> State:
        """The bill after all ``turns``: each as it went before where it would go the same way, else anew."""
        state = State(self.facts, self.kept.lines.copy())
        if state.has_negative:
            for turn in turns:
                play(state, turn)
            return state
        known, touched = self._known()
        for turn in turns:
            index = turn.compiled.index
            if not turn.compiled.is_local or turn.adjusted or turn.claim is not None:
                play(state, turn)
                continue
            before = known.get(index)
            if before is not None and (touched is None or index in touched):
                before = before if _looked_at(self.facts, turn.compiled) == before.looked_at else None
            if before is None or not _take_over(state, before, index):
                before = _watched(state, turn, play, _looked_at(self.facts, turn.compiled))
                if not all(left.is_whole for _, _, left in before.lines):
                    continue
            self.kept.played[index] = before
        return state

    def _known(self) -> tuple[dict[int, _Played], set[int] | None]:
        """How turns went on the bill before, and the rules that may look at other lines now; None = all of them."""
        before, changed = self._before, self.facts.changed
        if before is None:
            return {}, None
        return before.played, None if changed is None else self.kept.book.looking_at(changed)

    def told(self, lines: list[LineState]) -> list[PricedLine | None]:
        """The lines as they were told before, where exactly the same turns made them; None for the others."""
        before = [] if self._before is None else self._before.told
        known = [told if was is line else None for line, (was, told) in zip(lines, before[: len(lines)], strict=False)]
        return known + [None] * (len(lines) - len(known))

    def tell(self, lines: list[LineState], told: list[PricedLine]) -> None:
        self.kept.told = list(zip(lines, told, strict=True))

    def promotion(self, taken: Taken) -> AppliedPromotion | None:
        """What one reward took, told as before where it is the very same."""
        kept = None if self._before is None else self._before.promotions.get(taken.rule)
        return kept[1] if kept is not None and kept[0] is taken else None

    def promote(self, taken: Taken, promotion: AppliedPromotion) -> None:
        self.kept.promotions[taken.rule] = taken, promotion


def _looked_at(facts: Facts, compiled: CompiledRule) -> list[int]:
    """The lines that decide about a local rule."""
    named = [facts.named(goods) for goods in looks_at(compiled)]
    return named[0] if len(named) == 1 else sorted(set().union(*named))


def _take_over(state: State, before: _Played, index: int) -> bool:
    """Does to the bill what a turn did before; False, and nothing is done, where it finds other lines."""
    lines = state.lines
    for at, found, left in before.lines:
        if lines[at] is not found or not (found.is_whole and left.is_whole):
            return False
    for at, _, left in before.lines:
        lines[at] = left
    if before.taken is not None:
        state.taken.append(before.taken)
    if before.is_short:
        state.short.add(index)
    return True


def _watched(state: State, turn: Turn, play: Play, looked_at: list[int]) -> _Played:
    state.keep(looked_at)
    found = [state.lines[at] for at in looked_at]
    count = len(state.taken)
    play(state, turn)
    state.keep(looked_at)
    lines = tuple((at, line, state.lines[at]) for at, line in zip(looked_at, found, strict=True))
    taken = state.taken[count] if len(state.taken) > count else None
    return _Played(looked_at, lines, taken, turn.rule_index in state.short)
