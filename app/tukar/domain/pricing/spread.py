"""One amount of money shared out over lines, and then over pieces where single pieces are meant."""

from tukar.domain.pricing.select import Selection
from tukar.domain.pricing.split import share_within
from tukar.domain.pricing.state import Cut, State


def spread(state: State, amount: int, selection: Selection) -> list[Cut]:
    """``amount`` in proportion to the value left, down to floors; first over lines, then over each line's pieces.

    What the floors keep is left out, so the cuts may add up to less.
    """
    if selection.pieces is None:
        weights = [state.lines[index].left for index in selection.lines]
        caps = [state.lines[index].room() for index in selection.lines]
        shares = share_within(amount, weights, caps)
        return [Cut(index, share) for index, share in zip(selection.lines, shares, strict=True) if share]
    return _spread_over_pieces(state, amount, selection.pieces)


def room_of(state: State, selection: Selection) -> int:
    """The most that can come off the selection."""
    if selection.pieces is None:
        return sum(state.lines[index].room() for index in selection.lines)
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
    rooms = {index: _piece_rooms(state, index, places) for index, places in chosen.items()}
    lefts = {index: [state.lines[index].pieces().left[at] for at in places] for index, places in chosen.items()}
    over_lines = share_within(amount, [sum(lefts[index]) for index in chosen], [sum(rooms[index]) for index in chosen])
    cuts = []
    for (index, places), share in zip(chosen.items(), over_lines, strict=True):
        if share:
            parts = share_within(share, lefts[index], rooms[index])
            cuts.append(Cut(index, share, None, dict(zip(places, parts, strict=True))))
    return cuts
