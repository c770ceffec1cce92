"""Numbers of points worth a button: round ones, the one that leaves a round sum, and all there is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tukar.domain.money import Money
from tukar.domain.offer import PointsRange
from tukar.domain.points import Points

_ROUND: Final = (1, 2, 5)
_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number of points; ``leaves`` is the round sum then left to pay, ``is_most`` marks all that may be spent."""

    points: Points
    leaves: Money | None = None
    is_most: bool = False


def suggestions(limits: PointsRange, due: Money, notes: Sequence[int]) -> tuple[Suggestion, ...]:
    """At most four, ascending but for the last: two round numbers, what leaves a round sum of ``due``, the most."""
    rounded = leaving_round_sum(limits, due, notes)
    taken = {limits.most, rounded.points if rounded else limits.most}
    found = [Suggestion(points) for points in _round_points(limits) if points not in taken][-_SHOWN:]
    return (*found, *((rounded,) if rounded else ()), Suggestion(limits.most, is_most=True))


def leaving_round_sum(limits: PointsRange, due: Money, notes: Sequence[int]) -> Suggestion | None:
    """The fewest points that leave a multiple of the largest bank note that can be left; ``notes`` in minor units."""
    for note in sorted(notes, reverse=True):
        left = due.minor // note * note
        if left in (0, due.minor) or limits.value_each <= 0:
            continue
        off = due.minor - left
        points = Points.of(off / limits.value_each, limits.most.digits)
        if points.exact() * limits.value_each == off and points < limits.most and fits(limits, points):
            return Suggestion(points, replace(due, minor=left))
    return None


def fits(limits: PointsRange, points: Points) -> bool:
    """Whether so many may be spent: within the limits and on their steps."""
    return limits.least <= points <= limits.most and not points.units % max(limits.step.units, 1)


def _round_points(limits: PointsRange) -> list[Points]:
    """1, 2, 5, 10, 20, 50 … whole points that fit, ascending."""
    digits = limits.most.digits
    ten = 10**digits
    found: list[Points] = []
    while ten <= limits.most.units:
        found += [Points(one * ten, digits) for one in _ROUND]
        ten *= 10
    return [points for points in found if points < limits.most and fits(limits, points)]
