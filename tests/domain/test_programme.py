"""Programmes: who must confirm and who must approve, on the bill's sum."""

from fractions import Fraction

import pytest

from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.programme import ApprovalPolicy, Demand, OtpPolicy, PointsAccount, Programme

IDR = Currency("IDR", 0, 100)


@pytest.mark.parametrize(
    ("policy", "spent", "asks"),
    [
        (OtpPolicy(), 1000, False),
        (OtpPolicy(Demand.ALWAYS), 0, False),
        (OtpPolicy(Demand.ALWAYS), 1, True),
        (OtpPolicy(Demand.ABOVE, Points(100)), 100, False),
        (OtpPolicy(Demand.ABOVE, Points(100)), 101, True),
        (OtpPolicy(Demand.ABOVE), 1, True),
    ],
)
def test_a_code_is_asked_for_on_the_sum_of_the_bill(policy: OtpPolicy, spent: int, asks: bool) -> None:
    assert policy.asks_for(Points(spent)) is asks


@pytest.mark.parametrize(
    ("policy", "money", "asks"),
    [
        (ApprovalPolicy(), 1000, False),
        (ApprovalPolicy(Demand.ALWAYS), 0, False),
        (ApprovalPolicy(Demand.ABOVE, Money(500, IDR)), 500, False),
        (ApprovalPolicy(Demand.ABOVE, Money(500, IDR)), 501, True),
    ],
)
def test_approval_is_asked_for_on_the_money_taken_off(policy: ApprovalPolicy, money: int, asks: bool) -> None:
    assert policy.asks_for(Money(money, IDR)) is asks


def test_accounts_and_rules_are_found_by_id() -> None:
    account = PointsAccount("P", LocalName("Poin"), digits=1)
    programme = Programme(1, IDR, (account,))
    assert programme.account("P") is account
    assert programme.account("Q") is None
    assert programme.rule("r") is None
    assert account.points(Fraction(5, 4)) == Points(13, 1)
