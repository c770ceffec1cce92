"""One amount of money shared out over lines, and then over pieces where single pieces are meant."""

from itertools import accumulate, pairwise

from tukar.domain.pricing.select import Selection
from tukar.domain.pricing.split import capped, share_out, share_within
from tukar.domain.pricing.state import Cut, State


def spread(state: State, amount: int, selection: Selection) -> list[Cut]:
    """``amount`` in proportion to the value left, down to floors; first over lines, then over each line's pieces.

    What a floored piece cannot take goes to all the other pieces. What all floors together keep is left out, so the
    cuts may add up to less.
    """
    chosen = selection.pieces
    if chosen is None:
        if not any(state.lines[index].fact.floor for index in selection.lines):
            weights = [state.lines[index].left for index in selection.lines]
            shares = share_out(amount, weights) if amount < sum(weights) else weights
            return [Cut(index, share) for index, share in zip(selection.lines, shares, strict=True) if share]
        chosen = {index: list(range(state.lines[index].fact.pieces)) for index in selection.lines}
    return _spread_over_pieces(state, amount, chosen)


def room_of(state: State, selection: Selection) -> int:
    """The most that can come off the selection."""
    if selection.pieces is None:
        return sum([state.lines[index].room() for index in selection.lines])
    return sum(sum(_piece_rooms(state, index, places)) for index, places in selection.pieces.items())


def trim(state: State, cuts: list[Cut], most: int) -> list[Cut]:
    """``cuts`` lowered to ``most`` together: in proportion to the value left, none above what was planned."""
    if sum(cut.amount for cut in cuts) <= most:
        return cuts
    weights = [_weight(state, cut) for cut in cuts]
    shares = share_within(most, weights, [cut.amount for cut in cuts])
    trimmed = []
    for cut, share in zip(cuts, shares, strict=True):
        if not share:
            continue
        pieces = None
        if cut.pieces is not None:
            left = state.lines[cut.line].pieces().left
            planned = list(cut.pieces.items())
            parts = share_within(share, [left[at] for at, _ in planned], [amount for _, amount in planned])
            pieces = {at: part for (at, _), part in zip(planned, parts, strict=True)}
        trimmed.append(Cut(cut.line, share, None, pieces))
    return trimmed


def _weight(state: State, cut: Cut) -> int:
    line = state.lines[cut.line]
    if cut.pieces is None:
        return line.left
    left = line.pieces().left
    return sum(left[at] for at in cut.pieces)


def _piece_rooms(state: State, index: int, places: list[int]) -> list[int]:
    line = state.lines[index]
    left, floor = line.pieces().left, line.fact.floor
    return [max(0, left[at] - floor) for at in places]


def _spread_over_pieces(state: State, amount: int, chosen: dict[int, list[int]]) -> list[Cut]:
    lefts = [state.lines[index].pieces().left[at] for index, places in chosen.items() for at in places]
    rooms = [room for index, places in chosen.items() for room in _piece_rooms(state, index, places)]
    parts, open_places, amount = capped(amount, lefts, rooms)
    weights = [0] * len(lefts)
    for place in open_places:
        weights[place] = lefts[place]
    ends = list(accumulate(map(len, chosen.values()), initial=0))
    lines = [slice(start, end) for start, end in pairwise(ends)]
    by_line = share_out(amount if open_places else 0, [sum(weights[line]) for line in lines])
    cuts = []
    for (index, places), line, share in zip(chosen.items(), lines, by_line, strict=True):
        more = share_within(share, weights[line], rooms[line])
        shares = {at: full + part for at, full, part in zip(places, parts[line], more, strict=True) if full + part}
        if shares:
            cuts.append(Cut(index, sum(shares.values()), None, shares))
    return cuts
