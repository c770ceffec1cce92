"""A fixed amount off the order, a filter, every piece or the cheapest one (FORMAT.md, ``amount_off``)."""

from tukar.domain.money import Money
from tukar.domain.pricing.select import Selection, cheapest_piece, select
from tukar.domain.pricing.split import share_within
from tukar.domain.pricing.spread import room_of, spread, trim
from tukar.domain.pricing.state import Cut, Plan, State, Taken
from tukar.domain.reward import Scope, Target
from tukar.domain.rule import Rule


def plan_amount(state: State, rule: Rule, target: Target, amount: int, cap: Money | None) -> Plan:
    """``amount`` minor units off the target, never more than it holds, at most ``cap``."""
    selection = select(state, rule, target)
    if target.scope is Scope.CHEAPEST:
        return Plan(_capped(state, _off_cheapest(state, selection, amount), cap))
    if target.scope is Scope.EACH_ITEM:
        return Plan(_capped(state, _off_each(state, selection, amount), cap))
    wanted = amount if cap is None else min(amount, cap.minor)
    wanted = state.bill_room(wanted)
    missing = wanted - room_of(state, selection)
    if missing > 0 and selection.pieces is None:
        make_room(state, state.facts.named(target.goods), missing)
        selection = select(state, rule, target)
    cuts = spread(state, wanted, selection)
    movable = target.scope is Scope.FILTER and selection.pieces is None
    return Plan(cuts, scope=tuple(selection.lines) if movable else ())


def _capped(state: State, cuts: list[Cut], cap: Money | None) -> list[Cut]:
    most = state.bill_room(sum(cut.amount for cut in cuts))
    return trim(state, cuts, most if cap is None else min(most, cap.minor))


def _off_cheapest(state: State, selection: Selection, amount: int) -> list[Cut]:
    found = cheapest_piece(state, selection)
    if found is None:
        return []
    left, index, at = found
    share = max(0, min(amount, left - state.lines[index].fact.floor))
    return [Cut(index, share, None, {at: share})] if share else []


def _off_each(state: State, selection: Selection, amount: int) -> list[Cut]:
    return [
        cut
        for index in selection.lines
        if (
            cut := off_pieces(state, index, None if selection.pieces is None else selection.pieces[index], amount)
        ).amount
    ]


def off_pieces(state: State, index: int, places: list[int] | None, amount: int) -> Cut:
    """``amount`` off each piece of one line; what a piece or its floor cannot give is lost."""
    line = state.lines[index]
    if places is None and line.untouched and not line.fact.floor:
        return Cut(index, min(amount, line.fact.gross // line.fact.pieces) * line.fact.pieces)
    left, floor = line.pieces().left, line.fact.floor
    meant = range(line.fact.pieces) if places is None else places
    shares = {at: share for at in meant if (share := max(0, min(amount, left[at] - floor)))}
    return Cut(index, sum(shares.values()), None, shares)


def make_room(state: State, lines: list[int], missing: int) -> None:
    """Moves shares of earlier fixed amounts off ``lines`` to other pieces of their own filter, up to ``missing``.

    FORMAT.md, "If a later ``amount_off`` finds too little left on its pieces".
    """
    meant = set(lines)
    for taken in state.taken:
        if missing <= 0:
            return
        if taken.scope:
            missing -= _move(state, taken, meant, missing)


def _move(state: State, taken: Taken, meant: set[int], missing: int) -> int:
    theirs = sorted(index for index in taken.shares if index in meant)
    others = [index for index in taken.scope if index not in meant and state.lines[index].left > 0]
    rooms = [state.lines[index].room() for index in others]
    amount = min(missing, sum(taken.shares[index] for index in theirs), sum(rooms))
    if amount <= 0:
        return 0
    shares = [taken.shares[index] for index in theirs]
    for index, share in zip(theirs, share_within(amount, shares, shares), strict=True):
        if share:
            state.writable(index).give_back(share)
            taken.shares[index] -= share
    weights = [state.lines[index].left for index in others]
    for index, share in zip(others, share_within(amount, weights, rooms), strict=True):
        if share:
            state.writable(index).take(share)
            taken.shares[index] = taken.shares.get(index, 0) + share
    return amount
