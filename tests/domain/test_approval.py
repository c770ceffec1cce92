"""Limits of whoever gives their word: by amount, by percentage, by points."""

from decimal import Decimal

import pytest

from tests.fakes.shop import IDR
from tukar.domain.approval import ApprovalLimits, ApprovalSubject, LimitKind, LimitTable
from tukar.domain.money import Money
from tukar.domain.people import Action, Role
from tukar.domain.points import Points

LIMITS = ApprovalLimits(amount=50_000, percent=Decimal(20), points=500)


def subject(amount: int | None = None, percent: str | None = None, points: Points | None = None) -> ApprovalSubject:
    return ApprovalSubject(
        Action.DISCOUNT_LINE,
        "line-1",
        amount=None if amount is None else Money(amount, IDR),
        percent=None if percent is None else Decimal(percent),
        points=points,
    )


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        (subject(), None),
        (subject(amount=50_000, percent="20", points=Points(500)), None),
        (subject(amount=50_001), LimitKind.AMOUNT),
        (subject(amount=-50_001), LimitKind.AMOUNT),
        (subject(percent="20.5"), LimitKind.PERCENT),
        (subject(points=Points(50_001, 2)), LimitKind.POINTS),
        (subject(points=Points(50_000, 2)), None),
    ],
)
def test_the_first_limit_that_is_passed_is_told(asked: ApprovalSubject, passed: LimitKind | None) -> None:
    assert LIMITS.beyond(asked) is passed


def test_a_role_that_the_table_does_not_name_has_no_limits() -> None:
    table = LimitTable({Role.SUPERVISOR: LIMITS})
    big = subject(amount=10_000_000)
    assert table.of(Role.SUPERVISOR).beyond(big) is LimitKind.AMOUNT
    assert table.of(Role.MANAGER).beyond(big) is None
