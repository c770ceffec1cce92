"""Sharing an amount of minor units out exactly: by largest remainder, ties to the earlier share, within caps.

The same split as ``money.allocate`` in whole numbers only, because a bill of hundreds of lines is shared out again
and again while it is worked out.
"""

from collections.abc import Sequence


def share_out(amount: int, weights: Sequence[int]) -> list[int]:
    """``amount`` (at least 0) in proportion to ``weights`` (at least 0); equal parts where all weights are 0."""
    whole = sum(weights)
    if not whole:
        weights = [1] * len(weights)
        whole = len(weights)
    if len(weights) == 1:
        return [amount]
    products = [amount * weight for weight in weights]
    parts = [product // whole for product in products]
    left = amount - sum(parts)
    if left:
        remainders = [product % whole for product in products]
        by_remainder = sorted(range(len(parts)), key=remainders.__getitem__, reverse=True)
        for place in by_remainder[:left]:
            parts[place] += 1
    return parts


def share_within(amount: int, weights: Sequence[int], caps: Sequence[int]) -> list[int]:
    """The same, but no share above its cap: what a capped one cannot take goes to the others, again and again.

    What nobody can take is left out, so the parts may add up to less than ``amount``.
    """
    parts, open_places, amount = capped(amount, weights, caps)
    if open_places:
        shares = share_out(amount, [weights[place] for place in open_places])
        for place, share in zip(open_places, shares, strict=True):
            parts[place] = share
    return parts


def capped(amount: int, weights: Sequence[int], caps: Sequence[int]) -> tuple[list[int], list[int], int]:
    """The shares that reach their caps; the places that stay below theirs, and what is left for them.

    A share is capped where it is above its cap before rounding: one that is rounded up to it keeps nothing from the
    others.
    """
    parts = [0] * len(weights)
    open_places = [place for place, cap in enumerate(caps) if cap > 0]
    while open_places:
        whole = sum(weights[place] for place in open_places)
        if not whole:
            weights, whole = [1] * len(weights), len(open_places)
        full = {place for place in open_places if amount * weights[place] > caps[place] * whole}
        if not full:
            break
        for place in full:
            parts[place] = caps[place]
            amount -= caps[place]
        open_places = [place for place in open_places if place not in full]
    return parts, open_places, amount
