"""Which lines and which pieces a reward may touch."""

from collections.abc import Iterable
from dataclasses import dataclass

from tukar.domain.pricing.state import State
from tukar.domain.reward import Scope, Target
from tukar.domain.rule import Rule


@dataclass(slots=True)
class Selection:
    """``lines`` may lose something; ``negative`` ones only lower the base of a percentage on the order.

    ``pieces`` tells which pieces of each line are meant, None = all of them.
    """

    lines: list[int]
    negative: list[int]
    pieces: dict[int, list[int]] | None = None


def select(state: State, rule: Rule, target: Target) -> Selection:
    """What ``target`` means on the bill as it stands."""
    lines: list[int] = []
    negative: list[int] = []
    bounded = target.price_from is not None or target.price_to is not None
    for index in state.facts.named(target.goods):
        line = state.lines[index]
        fact = line.fact
        if not rule.on_sale_items and fact.on_sale:
            continue
        if bounded and not fact.within(target.price_from, target.price_to):
            continue
        if fact.gross < 0:
            negative.append(index)
        elif line.left > 0:
            lines.append(index)
    if target.scope is not Scope.ORDER:
        negative.clear()
    if not target.picks_pieces:
        return Selection(lines, negative)
    pieces = _cheapest_of(state, lines, target)
    return Selection(list(pieces), negative, pieces)


def select_touched(state: State, rule: Rule, target: Target) -> Selection:
    """The same, and of the cheapest only the one piece: for rewards that share one amount out over what they touch."""
    selection = select(state, rule, target)
    if target.scope is not Scope.CHEAPEST:
        return selection
    found = cheapest_piece(state, selection)
    return Selection([], []) if found is None else Selection([found[1]], [], {found[1]: [found[2]]})


def cheapest_first(state: State, lines: Iterable[int]) -> list[tuple[int, int, int]]:
    """(value left, line, piece) of every piece that is worth something, cheapest first, earlier ones before."""
    return sorted(
        (left, index, at) for index in lines for at, left in enumerate(state.lines[index].pieces().left) if left > 0
    )


def cheapest_piece(state: State, selection: Selection) -> tuple[int, int, int] | None:
    """(value left, line, piece) of the cheapest piece of a selection; None where nothing is worth anything."""
    if selection.pieces is not None:
        chosen = {(index, at) for index, places in selection.pieces.items() for at in places}
        return next((entry for entry in cheapest_first(state, selection.lines) if entry[1:] in chosen), None)
    found = ((index, state.lines[index].cheapest()) for index in selection.lines)
    return min(((piece[0], index, piece[1]) for index, piece in found if piece is not None), default=None)


def _cheapest_of(state: State, lines: list[int], target: Target) -> dict[int, list[int]]:
    """The pieces picked by line, both in the order of the bill: equal remainders go to the earlier of them."""
    chosen: dict[int, list[int]] = {}
    room = target.max_items
    for _, index, at in cheapest_first(state, lines):
        if room is not None and room <= 0:
            break
        places = chosen.setdefault(index, [])
        if target.max_items_per_line is not None and len(places) >= target.max_items_per_line:
            continue
        places.append(at)
        room = None if room is None else room - 1
    return {index: sorted(places) for index, places in sorted(chosen.items()) if places}
