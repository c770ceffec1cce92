"""One amount off the first piece, another off every further one (FORMAT.md, ``first_then_each``)."""

from tukar.domain.pricing.amount import off_pieces
from tukar.domain.pricing.select import select_touched
from tukar.domain.pricing.spread import trim
from tukar.domain.pricing.state import Cut, Plan, State
from tukar.domain.reward import FirstThenEach
from tukar.domain.rule import Rule


def plan_first_then_each(state: State, rule: Rule, reward: FirstThenEach) -> Plan:
    """In the order of the bill; what a piece cannot give is lost."""
    selection = select_touched(state, rule, reward.target)
    cuts: list[Cut] = []
    for index in selection.lines:
        line = state.lines[index]
        places = list(range(line.fact.pieces)) if selection.pieces is None else selection.pieces[index]
        meant = [at for at in places if line.pieces().left[at] > 0]
        if not meant:
            continue
        if not cuts:
            cuts.append(off_pieces(state, index, meant[:1], reward.first.minor))
            meant = meant[1:]
        if meant:
            cuts.append(off_pieces(state, index, meant, reward.each.minor))
    most = state.bill_room(sum(cut.amount for cut in cuts))
    if reward.max_discount is not None:
        most = min(most, reward.max_discount.minor)
    return Plan(trim(state, [cut for cut in cuts if cut.amount], most))
