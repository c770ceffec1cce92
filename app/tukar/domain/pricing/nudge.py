"""The nearest missing offer (promotions.md, "Nudge and best")."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from tukar.domain.offer import Reason, WhyNot

WORTH_A_WORD: Final = Fraction(1, 2)
"""A nudge is for what is at least half there: below that it is noise."""

_NOT_MEASURED: Final = Fraction(-1)
_BY_BUYING: Final = frozenset({Reason.NEEDS_AMOUNT, Reason.NEEDS_PIECES, Reason.NEEDS_ITEM})


def nudge(reasons: Iterable[WhyNot]) -> WhyNot | None:
    """The one reason worth saying aloud: what the customer can still buy first, then the points that are missing."""
    near = [why for why in reasons if _progress(why) >= WORTH_A_WORD]
    buying = [why for why in near if why.reason in _BY_BUYING and why.points is None]
    saving = [why for why in near if why.reason is Reason.NEEDS_POINTS]
    return max(buying or saving, key=_progress, default=None)


def _progress(why: WhyNot) -> Fraction:
    return _NOT_MEASURED if why.progress is None else why.progress
