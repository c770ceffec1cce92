"""Every decision that a schedule takes, by the place where it is taken, so that a run can be repeated and made smaller.

A decision has a *site*, such as ``net.1.hold`` or ``think.2``, and is the n-th one there. Whoever asks names the tame
value; a seed makes some decisions wild, and only those are kept. A schedule is therefore its wild decisions, and a
smaller schedule is a part of them: everything left out is tame.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Value = str | int | float
V = TypeVar("V", str, int, float)


class Choices:
    """Decisions drawn from ``seed``, or exactly those ``given``. ``taken`` are the wild ones so far."""

    def __init__(self, seed: int, given: Mapping[str, Value] | None = None) -> None:
        self.taken: dict[str, Value] = {}
        self._given = given
        self._random = Random(seed)
        self._times: dict[str, int] = {}
        self.tame = False
        """Once set, every further decision is the tame one: the world has healed."""

    def pick(self, site: str, tame: V, wild: Sequence[tuple[V, float]]) -> V:
        """``tame``, or one of ``wild`` with the probability beside it."""
        if self.tame:
            return tame
        number = self._times.get(site, 0) + 1
        self._times[site] = number
        if self._given is not None:
            return self._repeated(f"{site}#{number}", tame)
        drawn = self._random.random()
        for value, probability in wild:
            if drawn < probability:
                self.taken[f"{site}#{number}"] = value
                return value
            drawn -= probability
        return tame

    def _repeated(self, key: str, tame: V) -> V:
        given = self._given or {}
        if key not in given:
            return tame
        value = type(tame)(given[key])
        self.taken[key] = value
        return value
