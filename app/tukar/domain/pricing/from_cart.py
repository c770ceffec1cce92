"""Pieces already on the bill become free (FORMAT.md, ``free_item`` with ``from_cart``)."""

from collections.abc import Callable, Iterator

from tukar.domain.pricing.select import cheapest_first
from tukar.domain.pricing.spread import trim
from tukar.domain.pricing.state import Cut, Plan, State
from tukar.domain.reward import FreeFromCart
from tukar.domain.rule import Rule

Place = tuple[int, int]
Affordable = Callable[[list[list[Place]]], int]


def plan_from_cart(
    state: State,
    rule: Rule,
    reward: FreeFromCart,
    most_sets: int | None,
    affordable: Affordable,
    most_pieces: int | None = None,
) -> Plan:
    """Sets of paid and free pieces while they last.

    ``affordable`` tells how many of the sets, given by their free pieces, can be paid for; ``most_pieces`` limits
    the free pieces altogether.
    """
    sets = _sets(state, rule, reward, most_sets, most_pieces)
    sets = sets[: affordable([freed for freed, _ in sets])]
    plan = Plan(applications=len(sets))
    by_line: dict[int, dict[int, int]] = {}
    for freed, paid in sets:
        for index, at in freed:
            by_line.setdefault(index, {})[at] = state.lines[index].pieces().left[at]
            plan.freed.setdefault(index, []).append(at)
        for index, at in (*freed, *paid):
            plan.used.setdefault(index, []).append(at)
    plan.cuts = [
        Cut(index, sum(shares.values()), None, dict(sorted(shares.items())))
        for index, shares in sorted(by_line.items())
    ]
    most = state.bill_room(plan.amount)
    if reward.max_discount is not None:
        most = min(most, reward.max_discount.minor * plan.applications)
    plan.cuts = trim(state, plan.cuts, most)
    return plan


def _sets(
    state: State, rule: Rule, reward: FreeFromCart, most_sets: int | None, most_pieces: int | None
) -> list[tuple[list[Place], list[Place]]]:
    """Every complete set that the unused pieces make, and a last incomplete one: (free, paid) pieces.

    Paid are first the pieces that cannot become free, then those from the other end.
    """
    free_order = _free_candidates(state, rule, reward)
    may_free = set(free_order)
    named = _unused(state, state.facts.named(rule.when.goods))
    paying = [place for place in named if place not in may_free]
    shared = set(named) & may_free
    paying += [place for place in reversed(free_order) if place in shared]
    need = _paid_pieces(rule)
    gone: set[Place] = set()
    room = len(free_order) if most_pieces is None else most_pieces
    sets: list[tuple[list[Place], list[Place]]] = []
    payers, takers = iter(paying), iter(free_order)
    while room > 0 and (most_sets is None or len(sets) < most_sets):
        paid = _next(payers, gone, need)
        freed = _next(takers, gone, min(reward.quantity, room)) if len(paid) == need else []
        if not freed:
            break
        room -= len(freed)
        sets.append((freed, paid))
    return sets


def _next(places: Iterator[Place], gone: set[Place], count: int) -> list[Place]:
    """The next ``count`` places that are not gone yet, fewer at the end; they are gone then."""
    found: list[Place] = []
    while len(found) < count and (place := next(places, None)) is not None:
        if place not in gone:
            found.append(place)
            gone.add(place)
    return found


def _paid_pieces(rule: Rule) -> int:
    if rule.buy is not None:
        return rule.buy
    return 0 if rule.when.min_qty is None else rule.when.min_qty.pieces


def _unused(state: State, lines: list[int]) -> list[Place]:
    return [
        (index, at)
        for index in lines
        if state.lines[index].fact.gross > 0
        for at, left in enumerate(state.lines[index].pieces().left)
        if left > 0 and not state.lines[index].pieces().used[at]
    ]


def _free_candidates(state: State, rule: Rule, reward: FreeFromCart) -> list[Place]:
    """What may become free, in the order in which it does: the cheapest first, or the dearest."""
    goods = reward.goods()
    lines = [
        index
        for index in state.facts.named(rule.when.goods if goods is None else goods)
        if state.lines[index].fact.gross > 0
        and (rule.on_sale_items or not state.lines[index].fact.on_sale)
        and not state.lines[index].fact.floor
        and state.lines[index].fact.within(reward.price_from, reward.price_to)
    ]
    ordered = [
        (left, index, at)
        for left, index, at in cheapest_first(state, lines)
        if not state.lines[index].pieces().used[at]
    ]
    if reward.dearest:
        ordered.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    return [(index, at) for _, index, at in ordered]
