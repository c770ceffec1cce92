"""Conditions of a rule that depend on the goods, read at its turn: pieces, value, and that its goods are there."""

from dataclasses import dataclass

from tukar.domain.money import QUANTITY_DIGITS
from tukar.domain.pricing.book import CompiledRule
from tukar.domain.pricing.state import State
from tukar.domain.rule import When


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing: an item at all, thousandths of pieces, or minor units; None where nothing is missing."""

    item: bool = False
    thousandths: int = 0
    minor: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.item or self.thousandths or self.minor)


def counted(state: State, when: When) -> list[int]:
    """The lines that the conditions count."""
    lines = state.facts.named(when.goods)
    if not when.full_price_only:
        return lines
    return [index for index in lines if not state.facts.lines[index].on_sale]


def quantity_of(state: State, when: When) -> int:
    """Thousandths of bought pieces that the conditions name; negative lines count for nothing."""
    lines = state.facts.lines
    return sum(lines[index].thousandths for index in counted(state, when) if lines[index].gross > 0)


def value_for(state: State, compiled: CompiledRule) -> int:
    """What ``min_amount`` reads: the value left by the other rules, never lowered by the rule's own discount."""
    when = compiled.rule.when
    lines = range(len(state.lines)) if when.amount_of_order else counted(state, when)
    own: dict[int, int] = {}
    for taken in state.taken:
        if taken.rule == compiled.index:
            for index, share in taken.shares.items():
                own[index] = own.get(index, 0) + share
    if not when.amount_without_tax:
        value = sum(state.lines[index].left for index in lines)
        return value + sum(own.get(index, 0) for index in lines) if own else value
    by_group: dict[int, int] = {}
    for index in lines:
        group = state.lines[index].fact.group
        by_group[group] = by_group.get(group, 0) + state.lines[index].left + own.get(index, 0)
    return sum(state.facts.groups[group].net_of(value) for group, value in by_group.items())


def shortfall(state: State, compiled: CompiledRule, times: int = 1) -> Shortfall:
    """What is missing for the rule to apply ``times`` over on the bill as it stands."""
    when = compiled.rule.when
    if not when.goods.names_all and not counted(state, when):
        wanted = 0 if when.min_qty is None else when.min_qty.thousandths
        return Shortfall(item=True, thousandths=wanted, minor=_missing_value(state, compiled))
    thousandths = 0
    if when.min_qty is not None:
        thousandths = max(0, when.min_qty.thousandths * times - quantity_of(state, when))
    return Shortfall(thousandths=thousandths, minor=_missing_value(state, compiled))


def reached(state: State, compiled: CompiledRule, times: int = 1) -> bool:
    """Whether every minimum is reached; both are reached when equal."""
    when = compiled.rule.when
    if when.min_qty is None and when.min_amount is None:
        return when.goods.names_all or bool(counted(state, when))
    return shortfall(state, compiled, times).nothing


def times_possible(state: State, compiled: CompiledRule, most: int) -> int:
    """How often the rule may apply by its pieces, at most ``most``."""
    minimum = compiled.rule.when.min_qty
    if minimum is None or not minimum.thousandths:
        return most
    return min(most, quantity_of(state, compiled.rule.when) // minimum.thousandths)


def pieces_missing(thousandths: int) -> int:
    """Whole pieces that make up for ``thousandths``."""
    return -(-thousandths // 10**QUANTITY_DIGITS)


def _missing_value(state: State, compiled: CompiledRule) -> int:
    minimum = compiled.rule.when.min_amount
    return 0 if minimum is None else max(0, minimum.minor - value_for(state, compiled))
