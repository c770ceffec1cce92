"""A percentage off the order, a filter, every piece or the cheapest one (FORMAT.md, ``percent_off``)."""

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tukar.domain.money import Money, round_ratio
from tukar.domain.pricing.select import Selection, cheapest_piece, select
from tukar.domain.pricing.split import share_out
from tukar.domain.pricing.spread import spread, trim
from tukar.domain.pricing.state import Cut, Plan, Ratio, State
from tukar.domain.reward import Scope, Target
from tukar.domain.rule import Rule


def plan_percent(state: State, rule: Rule, target: Target, percent: Decimal, cap: Money | None) -> Plan:
    """``percent`` of what the target is still worth, at most ``cap``."""
    ratio = ratio_of(percent)
    selection = select(state, rule, target)
    if not selection.lines or not ratio[0]:
        return Plan()
    if target.scope is Scope.CHEAPEST:
        cuts = _of_cheapest(state, selection, ratio)
    elif target.scope is Scope.EACH_ITEM:
        cuts = _of_each(state, selection, ratio)
    else:
        cuts = _of_groups(state, selection, ratio)
    if cap is None and not state.has_negative:
        return Plan(cuts)
    most = state.bill_room(sum(cut.amount for cut in cuts))
    if cap is not None:
        most = min(most, cap.minor)
    if most < sum(cut.amount for cut in cuts):
        whole_selection = target.scope in (Scope.ORDER, Scope.FILTER)
        cuts = spread(state, most, selection) if whole_selection else trim(state, cuts, most)
    return Plan(cuts)


@lru_cache(maxsize=256)
def ratio_of(percent: Decimal) -> Ratio:
    """A percentage as a share of the whole, in lowest terms."""
    off, whole = percent.as_integer_ratio()
    return Fraction(off, whole * 100).as_integer_ratio()


def _rounded(exact: int, denominator: int, ratio: Ratio) -> int:
    return round_ratio(exact * ratio[0], denominator * ratio[1])


def _of_cheapest(state: State, selection: Selection, ratio: Ratio) -> list[Cut]:
    found = cheapest_piece(state, selection)
    if found is None:
        return []
    return [_of_pieces(state, found[1], [found[2]], ratio)]


def _of_each(state: State, selection: Selection, ratio: Ratio) -> list[Cut]:
    cuts = []
    for index in selection.lines:
        line = state.lines[index]
        if line.untouched and not line.fact.floor:
            count = line.fact.pieces
            share = _rounded(line.fact.gross // count, 1, ratio)
            cuts.append(Cut(index, share * count, ratio))
        else:
            places = range(line.fact.pieces) if selection.pieces is None else selection.pieces[index]
            cuts.append(_of_pieces(state, index, places, ratio))
    return cuts


def _of_pieces(state: State, index: int, places: "range | list[int]", ratio: Ratio) -> Cut:
    """Every piece rounded by itself; what a floor keeps is lost."""
    line = state.lines[index]
    pieces, floor = line.pieces(), line.fact.floor
    shares: dict[int, int] = {}
    kept = False
    for at in places:
        left = pieces.left[at]
        wanted = left if ratio[0] == ratio[1] else _rounded(pieces.exact[at], line.denominator, ratio)
        share = max(0, min(wanted, left - floor))
        kept = kept or share < wanted
        if left > 0:
            shares[at] = share
    return Cut(index, sum(shares.values()), None if kept else ratio, shares)


def _of_groups(state: State, selection: Selection, ratio: Ratio) -> list[Cut]:
    """Rounded once a tax group, shared out inside it; what floors or negative lines keep goes over all of them."""
    if len(selection.lines) == 1 and not selection.negative and selection.pieces is None:
        (index,) = selection.lines
        if not state.lines[index].fact.floor:
            return [Cut(index, _group_amount(state, selection.lines, selection, ratio, 0), ratio)]
    groups: dict[int, list[int]] = {}
    for index in selection.lines:
        groups.setdefault(state.lines[index].fact.group, []).append(index)
    below = _below_zero(state, selection)
    amounts = {
        group: _group_amount(state, groups.get(group, []), selection, ratio, below.get(group, 0))
        for group in dict.fromkeys((*groups, *below))
    }
    plain = selection.pieces is None and not any(state.lines[index].fact.floor for index in selection.lines)
    if any(amount < 0 for amount in amounts.values()):
        return spread(state, max(0, sum(amounts.values())), selection)
    if not plain:
        return _groups_with_floors(state, selection, groups, amounts, ratio)
    cuts = []
    for group, lines in groups.items():
        exact_share = _lowered(state, lines, ratio, below[group]) if group in below else ratio
        shares = share_out(amounts[group], [state.lines[index].left for index in lines])
        cuts += [Cut(index, share, exact_share) for index, share in zip(lines, shares, strict=True)]
    return cuts


def _lowered(state: State, lines: list[int], ratio: Ratio, below: int) -> Ratio | None:
    """What comes off each of ``lines`` where negative lines lower what the percentage is taken of."""
    exact = sum((Fraction(state.lines[index].exact, state.lines[index].denominator) for index in lines), Fraction(0))
    base = max(Fraction(0), exact + below)
    return (Fraction(*ratio) * base / exact).as_integer_ratio() if exact else None


def _group_amount(state: State, lines: list[int], selection: Selection, ratio: Ratio, below: int) -> int:
    """The percentage of one tax group; ``below`` is what its negative lines are worth."""
    left = exact = 0
    by_denominator: dict[int, int] = {}
    for index in lines:
        line = state.lines[index]
        if selection.pieces is None:
            left, exact = left + line.left, line.exact
        else:
            pieces = line.pieces()
            left += sum(pieces.left[at] for at in selection.pieces[index])
            exact = sum(pieces.exact[at] for at in selection.pieces[index])
        by_denominator[line.denominator] = by_denominator.get(line.denominator, 0) + exact
    left += below
    if below:
        by_denominator[1] = by_denominator.get(1, 0) + below
    if ratio[0] == ratio[1]:
        return left
    if len(by_denominator) == 1:
        ((denominator, exact),) = by_denominator.items()
        amount = _rounded(exact, denominator, ratio)
    else:
        common = math.lcm(*by_denominator)
        exact = sum(part * (common // under) for under, part in by_denominator.items())
        amount = _rounded(exact, common, ratio)
    return min(left, amount) if left > 0 else amount


def _below_zero(state: State, selection: Selection) -> dict[int, int]:
    """What negative lines are worth, by tax group: they lower the base of its percentage."""
    by_group: dict[int, int] = {}
    for index in selection.negative:
        group = state.lines[index].fact.group
        by_group[group] = by_group.get(group, 0) + state.lines[index].left
    return by_group


def _groups_with_floors(
    state: State, selection: Selection, groups: dict[int, list[int]], amounts: dict[int, int], ratio: Ratio
) -> list[Cut]:
    """Inside each tax group while no floor is in the way; else what one keeps goes to all the other pieces."""
    cuts: list[Cut] = []
    for group, lines in groups.items():
        unhindered = _unhindered(state, amounts[group], _part(selection, lines), ratio)
        if unhindered is None:
            return spread(state, sum(amounts.values()), selection)
        cuts += unhindered
    return cuts


def _unhindered(state: State, amount: int, part: Selection, ratio: Ratio) -> list[Cut] | None:
    """``amount`` over the lines and pieces of ``part`` as exact shares of ``ratio``; None where a floor keeps one."""
    every = part.pieces
    places = {index: every[index] if every else list(range(state.lines[index].fact.pieces)) for index in part.lines}
    lefts = {index: [state.lines[index].pieces().left[at] for at in places[index]] for index in part.lines}
    shares = share_out(amount, [sum(lefts[index]) for index in part.lines])
    cuts = []
    for index, share in zip(part.lines, shares, strict=True):
        floor = state.lines[index].fact.floor
        parts = share_out(share, lefts[index])
        if any(one > max(0, left - floor) for one, left in zip(parts, lefts[index], strict=True)):
            return None
        cuts.append(Cut(index, share, ratio, dict(zip(places[index], parts, strict=True))))
    return cuts


def _part(selection: Selection, lines: list[int]) -> Selection:
    pieces = None if selection.pieces is None else {index: selection.pieces[index] for index in lines}
    return Selection(lines, [], pieces)
