"""Sets of pieces at one price (FORMAT.md, ``bundle_price``)."""

from tukar.domain.pricing.select import cheapest_first
from tukar.domain.pricing.split import share_within
from tukar.domain.pricing.spread import trim
from tukar.domain.pricing.state import Cut, Plan, State
from tukar.domain.reward import BundlePrice
from tukar.domain.rule import Rule


def plan_bundle(state: State, rule: Rule, reward: BundlePrice, most_sets: int | None) -> Plan:
    """Sets of ``min_qty`` matching pieces, cheapest first; a set that costs less anyway is left alone."""
    pieces = _matching(state, rule, reward)
    size = rule.when.min_qty.pieces if rule.when.min_qty is not None else len(pieces)
    plan = Plan(applications=0)
    if not size:
        return plan
    for start in range(0, len(pieces) - size + 1, size):
        if most_sets is not None and plan.applications >= most_sets:
            break
        group = pieces[start : start + size]
        saving = sum(left for left, _, _ in group) - reward.price.minor
        if reward.max_discount is not None:
            saving = min(saving, reward.max_discount.minor)
        cuts = _off_set(state, group, saving) if saving > 0 else []
        if not cuts:
            continue
        plan.cuts += cuts
        plan.applications += 1
        for _, index, at in group:
            plan.used.setdefault(index, []).append(at)
    plan.cuts = trim(state, plan.cuts, state.bill_room(plan.amount))
    return plan


def _matching(state: State, rule: Rule, reward: BundlePrice) -> list[tuple[int, int, int]]:
    lines = [
        index
        for index in state.facts.named(rule.when.goods)
        if state.lines[index].fact.gross > 0
        and (rule.on_sale_items or not state.lines[index].fact.on_sale)
        and state.lines[index].fact.within(reward.price_from, reward.price_to)
    ]
    pieces = cheapest_first(state, lines)
    return [entry for entry in pieces if not state.lines[entry[1]].pieces().used[entry[2]]]


def _off_set(state: State, group: list[tuple[int, int, int]], saving: int) -> list[Cut]:
    """``saving`` over the lines of a set in proportion to the value left, then over each line's pieces."""
    by_line: dict[int, list[tuple[int, int]]] = {}
    for left, index, at in sorted(group, key=lambda entry: entry[1:]):
        by_line.setdefault(index, []).append((at, left))
    floors = {index: state.lines[index].fact.floor for index in by_line}
    weights = [sum(left for _, left in places) for places in by_line.values()]
    caps = [sum(max(0, left - floors[index]) for _, left in places) for index, places in by_line.items()]
    cuts = []
    for (index, places), share in zip(by_line.items(), share_within(saving, weights, caps), strict=True):
        if share:
            rooms = [max(0, left - floors[index]) for _, left in places]
            parts = share_within(share, [left for _, left in places], rooms)
            cuts.append(Cut(index, share, None, {at: part for (at, _), part in zip(places, parts, strict=True)}))
    return cuts
