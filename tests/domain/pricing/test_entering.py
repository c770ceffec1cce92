"""Codes and claims entered by whoever knows only ids: a rule with one reward is meant by any name of it."""

from typing import Any

from tests.domain.pricing.till import bill, book, claim, item
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.pricing import Circumstances, Entering, Refused, price

ONE = {"apply": "on_claim", "rewards": [{"kind": "amount_off", "value": "1", "id": "x"}]}
TWO: dict[str, Any] = {
    "apply": "on_claim",
    "rewards": [{"kind": "amount_off", "value": "1", "id": "x"}, {"kind": "amount_off", "value": "2", "id": "y"}],
}
BASKET = bill((item("A", "10"), 1))


def test_the_only_reward_of_a_rule_has_any_name() -> None:
    rules = book([ONE])
    for name in ("", "x", "1"):
        claimed = Entering(rules, BASKET, Circumstances()).claim(claim("R1", name))
        assert isinstance(claimed, Bill)
        assert price(claimed, rules).total.decimal() == "9.00"


def test_a_reward_of_several_is_meant_by_its_own_name() -> None:
    rules = book([TWO])
    entering = Entering(rules, BASKET, Circumstances())
    claimed = entering.claim(claim("R1", "y"))
    assert isinstance(claimed, Bill)
    assert price(claimed, rules).total.decimal() == "8.00"
    assert isinstance(entering.claim(claim("R1", "z")), Refused)
    assert isinstance(entering.removal(OfferKey("R1", "z")), Refused)
    assert isinstance(Entering(rules, claimed, Circumstances()).removal(OfferKey("R1", "x")), Refused)


def test_rules_that_nobody_knows_are_refused() -> None:
    entering = Entering(book([ONE]), BASKET, Circumstances())
    assert isinstance(entering.quantity(OfferKey("gone"), 1), Refused)
    assert isinstance(entering.removal(OfferKey("gone")), Refused)
    assert isinstance(entering.code("gone"), Refused)


def test_a_percentage_that_was_switched_off_may_be_claimed_again() -> None:
    rules = book([{"rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["A"]}}]}])
    off = BASKET.with_switched_off(OfferKey("R1"))
    assert price(off, rules).total.decimal() == "10.00"
    on = Entering(rules, off, Circumstances()).claim(claim("R1"))
    assert isinstance(on, Bill)
    assert price(on, rules).total.decimal() == "9.00"
