"""The nudge: the one thing worth saying."""

from fractions import Fraction
from typing import Any

from tukar.domain.bill import OfferKey
from tukar.domain.offer import LocalName, Reason, WhyNot
from tukar.domain.points import Points
from tukar.domain.pricing import nudge


def why(name: str, reason: Reason, progress: str | None, **more: Any) -> WhyNot:
    there = None if progress is None else Fraction(progress)
    return WhyNot(OfferKey(name), LocalName(name), reason, progress=there, **more)


def said(*reasons: WhyNot) -> str | None:
    found = nudge(reasons)
    return None if found is None else found.key.rule_id


def test_what_is_half_there_is_worth_a_word_and_less_is_not() -> None:
    assert said(why("HALF", Reason.NEEDS_AMOUNT, "1/2")) == "HALF"
    assert said(why("LESS", Reason.NEEDS_AMOUNT, "49/100")) is None
    assert said(why("NOBODY KNOWS", Reason.NEEDS_AMOUNT, None)) is None


def test_the_nearest_is_said_and_of_equal_ones_the_first() -> None:
    near, far = why("NEAR", Reason.NEEDS_PIECES, "9/10"), why("FAR", Reason.NEEDS_ITEM, "6/10")
    assert said(far, why("NEVER", Reason.ENDED, None), near, why("TOO", Reason.NEEDS_AMOUNT, "9/10")) == "NEAR"


def test_what_can_be_bought_comes_before_what_must_be_saved() -> None:
    points = Points(5)
    saving = why("SAVE", Reason.NEEDS_POINTS, "9/10", points=points)
    assert said(saving, why("BUY", Reason.NEEDS_AMOUNT, "6/10")) == "BUY"
    assert said(saving, why("BUY AND SAVE", Reason.NEEDS_AMOUNT, "95/100", points=points)) == "SAVE"
    assert said(saving, why("OTHER", Reason.NOT_TOGETHER, "1")) == "SAVE"
    assert said(why("OTHER", Reason.NOT_TOGETHER, "1")) is None
