"""Points and credits that goods earn (FORMAT.md, "Points and credits")."""

from collections.abc import Container, Mapping
from fractions import Fraction

from tukar.domain.money import QUANTITY_DIGITS
from tukar.domain.pricing.book import CompiledRule
from tukar.domain.pricing.minimums import counted
from tukar.domain.pricing.state import State
from tukar.domain.rule import Earn, EarnPer


def earned(
    state: State,
    compiled: CompiledRule,
    own: frozenset[int],
    minor_digits: int,
    freeing: Mapping[int, list[int]] | None = None,
    among: Container[int] | None = None,
) -> Fraction:
    """What the bill as it stands earns by one rule, in whole points.

    ``own`` are the rules whose discounts do not lower the money it counts; ``freeing`` are further pieces by line
    that are about to become free: they earn nothing. ``among`` are the lines that count, None = all of them.
    """
    earn = compiled.rule.earn
    if earn is None:
        return Fraction(0)
    lines = [index for index in counted(state, compiled.rule.when) if among is None or index in among]
    if not lines:
        return Fraction(0)
    if earn.per is EarnPer.ORDER:
        points = earn.points if any(_is_bought(state, index) for index in lines) else Fraction(0)
    elif earn.per is EarnPer.UNIT:
        points = sum((_of_units(state, earn, index, freeing) for index in lines), Fraction(0))
    else:
        points = _of_money(state, earn, lines, own, minor_digits, freeing)
    return Fraction(points // 1) if earn.floor else points


def _is_bought(state: State, index: int) -> bool:
    """Whether a piece of the line is paid for; what became free earns nothing."""
    line = state.lines[index]
    return line.freed * 10**QUANTITY_DIGITS < line.fact.thousandths


def _of_units(state: State, earn: Earn, index: int, freeing: Mapping[int, list[int]] | None) -> Fraction:
    line = state.lines[index]
    if line.fact.gross < 0:
        return Fraction(0)
    freed = line.freed + len(freeing.get(index, ()) if freeing else ())
    bought = max(0, line.fact.thousandths - freed * 10**QUANTITY_DIGITS)
    each = earn.own_points.get(line.fact.item.sku, earn.points)
    return each * bought / 10**QUANTITY_DIGITS


def _of_money(
    state: State,
    earn: Earn,
    lines: list[int],
    own: frozenset[int],
    minor_digits: int,
    freeing: Mapping[int, list[int]] | None,
) -> Fraction:
    off: dict[int, int] = {}
    for taken in state.taken:
        if earn.of_gross and not taken.freed:
            continue
        if taken.rule not in own or taken.freed:
            for index, share in taken.shares.items():
                off[index] = off.get(index, 0) + share
    for index, places in (freeing or {}).items():
        left = state.lines[index].pieces().left
        off[index] = off.get(index, 0) + sum(left[at] for at in places)
    special = [index for index in lines if state.lines[index].fact.item.sku in earn.own_points]
    value = max(0, sum([state.lines[index].fact.gross - off.get(index, 0) for index in lines if index not in special]))
    points = earn.points * (Fraction(value, 10**minor_digits) if earn.every is None else value // earn.every.minor)
    return sum((_of_units(state, earn, index, freeing) for index in special), points)
