"""Rules as values: accounts, what ignores its cost, hours, and names of rewards."""

from datetime import time
from fractions import Fraction
from typing import Any

import pytest

from tukar.domain.bill import OfferKey
from tukar.domain.money import Currency
from tukar.domain.offer import LocalName
from tukar.domain.reward import AmountOff, CartRange
from tukar.domain.rule import Activation, Earn, EarnPer, Family, Hours, Mode, Rule

USD = Currency("USD", 2)
ONE = AmountOff(amount=USD.money("1"))


def rule(family: Family = Family.PROMOTION, **more: Any) -> Rule:
    return Rule("r", LocalName("R"), family, **more)


def test_a_loyalty_rule_has_an_account_of_its_own_unless_it_names_one() -> None:
    assert rule().account_id == ""
    assert rule(Family.LOYALTY).account_id == "r"
    assert rule(Family.LOYALTY, programme="P").account_id == "P"
    assert rule(programme="P").account_id == "P"


@pytest.mark.parametrize(
    ("made", "pays"),
    [
        (rule(), False),
        (rule(Family.COUPON, activation=Activation(Mode.COUPON, "x")), False),
        (rule(Family.COUPON, activation=Activation(Mode.COUPON, "x", Fraction(0))), True),
        (rule(earn=Earn(EarnPer.ORDER, Fraction(1))), True),
        (rule(programme="P"), True),
        (rule(Family.LOYALTY), True),
        (rule(Family.NEXT_ORDER_COUPON), True),
        (rule(Family.GIFT_CARD), True),
        (rule(Family.WALLET), True),
    ],
)
def test_a_rule_without_earn_balance_or_account_ignores_cost(made: Rule, pays: bool) -> None:
    assert made.pays_cost is pays


def test_one_reward_is_named_by_its_rule_and_several_by_id_or_place() -> None:
    named, unnamed = AmountOff(amount=USD.money("1"), reward_id="a"), AmountOff(amount=USD.money("2"))
    assert rule(rewards=(named,)).keyed_rewards() == ((OfferKey("r"), named),)
    both = rule(rewards=(named, unnamed))
    assert [key for key, _ in both.keyed_rewards()] == [OfferKey("r", "a"), OfferKey("r", "2")]


def test_a_reward_has_the_name_of_its_rule_unless_it_has_one() -> None:
    own = AmountOff(amount=USD.money("1"), name=LocalName("Own"))
    assert rule().name_of(ONE).default == "R"
    assert rule().name_of(own).default == "Own"


@pytest.mark.parametrize(
    ("start", "end", "moment", "holds"),
    [
        (9, 17, 9, True),
        (9, 17, 17, False),
        (9, 17, 8, False),
        (22, 3, 23, True),
        (22, 3, 2, True),
        (22, 3, 3, False),
        (22, 3, 12, False),
    ],
)
def test_hours_may_pass_midnight(start: int, end: int, moment: int, holds: bool) -> None:
    assert Hours(time(start), time(end)).holds(time(moment)) is holds


def test_a_cart_range_has_one_cap() -> None:
    with pytest.raises(ValueError, match="either a fixed cap or a percentage"):
        CartRange(USD.zero(), None)
