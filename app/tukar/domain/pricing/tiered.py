"""Percentages and amounts that grow with the value (FORMAT.md, ``tiered_percent_off``, ``tiered_amount_off``)."""

from tukar.domain.pricing.amount import plan_amount
from tukar.domain.pricing.percent import plan_percent
from tukar.domain.pricing.select import cheapest_piece, select
from tukar.domain.pricing.state import Plan, State
from tukar.domain.reward import Scope, Target, TieredAmountOff, TieredPercentOff
from tukar.domain.rule import Rule


def plan_tiered(state: State, rule: Rule, reward: TieredPercentOff | TieredAmountOff) -> Plan:
    """The highest step that the value left of the pieces it would discount reaches; nothing below the first."""
    value = value_of(state, rule, reward.target)
    if isinstance(reward, TieredPercentOff):
        reached = [step for step in reward.steps if step.least.minor <= value]
        if not reached:
            return Plan()
        percent = max(reached, key=lambda step: step.least.minor).percent
        return plan_percent(state, rule, reward.target, percent, reward.max_discount)
    amounts = [step for step in reward.steps if step.least.minor <= value]
    if not amounts:
        return Plan()
    amount = max(amounts, key=lambda step: step.least.minor).amount
    return plan_amount(state, rule, reward.target, amount.minor, reward.max_discount)


def value_of(state: State, rule: Rule, target: Target) -> int:
    """What is left of the pieces that ``target`` means."""
    selection = select(state, rule, target)
    if target.scope is Scope.CHEAPEST:
        found = cheapest_piece(state, selection)
        return 0 if found is None else found[0]
    if selection.pieces is None:
        return sum(state.lines[index].left for index in selection.lines)
    return sum(state.lines[index].pieces().left[at] for index, places in selection.pieces.items() for at in places)
