"""Makes a failing schedule small: leaves out wild decisions as long as the same invariant still breaks."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.simulation.choices import Value

TRIES_AT_MOST: Final = 400

Fails = Callable[[Mapping[str, Value]], bool]


def minimised(taken: Mapping[str, Value], fails: Fails) -> dict[str, Value]:
    """The fewest decisions found that still fail: halves, quarters … and then single ones are left out in turn."""
    kept = dict(taken)
    size = max(1, len(kept) // 2)
    tries = 0
    while tries < TRIES_AT_MOST:
        smaller = _without_some(kept, size, fails)
        tries += -(-len(kept) // size)
        if smaller is None and size == 1:
            break
        kept = smaller if smaller is not None else kept
        size = max(1, min(size, len(kept) // 2) if smaller is not None else size // 2)
    return kept


def _without_some(kept: Mapping[str, Value], size: int, fails: Fails) -> dict[str, Value] | None:
    """The decisions without every part of that size that is not needed; None when all are."""
    left, changed = dict(kept), False
    names = list(kept)
    for start in range(0, len(names), size):
        part = set(names[start : start + size])
        tried = {name: value for name, value in left.items() if name not in part}
        if len(tried) < len(left) and fails(tried):
            left, changed = tried, True
    return left if changed else None
