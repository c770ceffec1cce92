"""What stays the same from one bill to the next, so that after one more line not all of it is worked out again.

A turn is kept together with the lines it found and the lines it left. It is taken over only where it would find the
very same lines (the same objects, which nobody changes once they are kept), so the answer is always that of a
computation from scratch. Kept are only turns of rules that look at nothing but the lines they name
(``CompiledRule.is_local``); all others are played anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tukar.domain.bill import Bill
from tukar.domain.pricing.book import CompiledRule, RuleBook, Turn, looks_at
from tukar.domain.pricing.facts import Facts
from tukar.domain.pricing.state import LineState, State, Taken

Play = Callable[[State, Turn], None]


@dataclass(frozen=True, slots=True)
class _Played:
    """One turn as it went: which lines it looked at, as (place, found, left), and what it took."""

    looked_at: list[int]
    lines: tuple[tuple[int, LineState, LineState], ...]
    taken: Taken | None


@dataclass(slots=True)
class Kept:
    """What is remembered of one bill: its facts, its lines before any turn, and how its turns went."""

    book: RuleBook
    bill: Bill
    facts: Facts
    lines: list[LineState]
    played: dict[int, _Played] = field(default_factory=dict)


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
            line if line.fact is fact and line.told_apart is None else LineState(fact)
            for line, fact in zip(known, facts.lines, strict=False)
        ]
        lines = shared + [LineState(fact) for fact in facts.lines[len(shared) :]]
        self.kept = Kept(book, bill, facts, lines)

    @property
    def facts(self) -> Facts:
        return self.kept.facts

    def play_all(self, turns: Iterable[Turn], play: Play) -> State:
        """The bill after all ``turns``: each as it went before where it would go the same way, else anew."""
        state = State(self.facts, self.kept.lines.copy())
        if state.has_negative:
            for turn in turns:
                play(state, turn)
            return state
        known, touched = self._known()
        played = self.kept.played
        for turn in turns:
            index = turn.compiled.index
            if not turn.compiled.is_local or turn.adjusted:
                play(state, turn)
                continue
            before = known.get(index)
            if before is not None and (touched is None or index in touched):
                before = before if _looked_at(self.facts, turn.compiled) == before.looked_at else None
            if before is None or not _take_over(state, before):
                before = _watched(state, turn, play, _looked_at(self.facts, turn.compiled))
                if any(left.told_apart is not None for _, _, left in before.lines):
                    continue
            played[index] = before
        return state

    def _known(self) -> tuple[dict[int, _Played], set[int] | None]:
        """How turns went on the bill before, and the rules that may look at other lines now; None = all of them."""
        before, changed = self._before, self.facts.changed
        if before is None:
            return {}, None
        return before.played, None if changed is None else self.kept.book.looking_at(changed)


def _looked_at(facts: Facts, compiled: CompiledRule) -> list[int]:
    """The lines that decide about a local rule."""
    named = [facts.named(goods) for goods in looks_at(compiled)]
    return named[0] if len(named) == 1 else sorted(set().union(*named))


def _take_over(state: State, before: _Played) -> bool:
    """Does to the bill what a turn did before; False, and nothing is done, where it finds other lines."""
    lines = state.lines
    for at, found, left in before.lines:
        if lines[at] is not found or found.told_apart is not None or left.told_apart is not None:
            return False
    for at, _, left in before.lines:
        lines[at] = left
    if before.taken is not None:
        state.taken.append(before.taken)
    return True


def _watched(state: State, turn: Turn, play: Play, looked_at: list[int]) -> _Played:
    state.keep(looked_at)
    found = [state.lines[at] for at in looked_at]
    count = len(state.taken)
    play(state, turn)
    state.keep(looked_at)
    lines = tuple((at, line, state.lines[at]) for at, line in zip(looked_at, found, strict=True))
    taken = state.taken[count] if len(state.taken) > count else None
    return _Played(looked_at, lines, taken)
