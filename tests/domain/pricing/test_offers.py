"""Offers: their figures are what claiming them gives, whatever else is on the bill."""

from typing import Any

import pytest

from tests.domain.pricing.till import IDR, bill, book, claim, customer, item, offered
from tukar.domain.bill import Claim, OfferKey
from tukar.domain.offer import Benefit, Trigger
from tukar.domain.points import Points
from tukar.domain.pricing import RuleBook, price
from tukar.domain.pricing.entering import Entering, Refused
from tukar.domain.pricing.result import Circumstances

BERAS, TEH = item("BERAS", "75000", currency=IDR, rate="11"), item("TEH", "6000", currency=IDR, rate="11")

RULES: list[dict[str, Any]] = [
    {
        "id": "hemat",
        "name": "Hemat 10 %",
        "apply": "on_claim",
        "when": {"min_amount": "50000"},
        "rewards": [{"kind": "percent_off", "value": "10"}],
    },
    {
        "id": "poin",
        "name": "Poin",
        "programme": "B",
        "apply": "on_claim",
        "activation": {"mode": "customer"},
        "when": {"min_amount": "100000", "from_order": 3},
        "rewards": [{"kind": "amount_off", "value": "20000", "cost_points": "200"}],
    },
    {
        "id": "bayar",
        "family": "loyalty",
        "programme": "A",
        "apply": "on_claim",
        "trigger": "on_request",
        "activation": {"mode": "customer"},
        "rewards": [{"kind": "amount_per_point", "value": "100"}],
    },
    {"id": "besar", "apply": "on_claim", "exclusive": True, "rewards": [{"kind": "amount_off", "value": "1000"}]},
    {
        "id": "best5",
        "apply": "on_claim",
        "stack_group": "g",
        "best_of": True,
        "rewards": [{"kind": "percent_off", "value": "5"}],
    },
    {"id": "best6", "stack_group": "g", "best_of": True, "rewards": [{"kind": "amount_off", "value": "6000"}]},
    {
        "id": "dompet",
        "family": "wallet",
        "activation": {"mode": "customer"},
        "apply": "on_claim",
        "rewards": [{"kind": "amount_per_point", "value": "1"}],
    },
    {"id": "early", "apply": "on_claim", "priority": 5, "rewards": [{"kind": "percent_off", "value": "1"}]},
]


@pytest.fixture
def rules() -> RuleBook:
    return book(RULES, [BERAS, TEH], [{"id": "A"}, {"id": "B"}], IDR)


@pytest.mark.parametrize("claimed", [(), ("hemat",), ("poin", "hemat"), ("bayar",), ("dompet", "early")])
def test_every_offer_comes_true_when_it_is_claimed(rules: RuleBook, claimed: tuple[str, ...]) -> None:
    who = customer({"A": 300, "B": 400}, orders_placed=5, wallet=IDR.money("15000"))
    basket = bill((BERAS, 2), (TEH, 3), currency=IDR, customer=who)
    for rule_id in claimed:
        basket = basket.with_claim(claim(rule_id))
    before = price(basket, rules)
    assert before.offers
    for offer in before.offers:
        after = price(basket.with_further_claim(Claim(offer.key)), rules)
        assert after.total == offer.total_after
        assert before.total - after.total == offer.takes_off
        if offer.cost is not None:
            spent, earlier = after.spent_of(offer.programme_id), before.spent_of(offer.programme_id)
            assert spent is not None
            assert offer.cost == (spent - earlier if earlier else spent)


def test_what_an_offer_says_about_itself(rules: RuleBook) -> None:
    who = customer({"B": 400}, orders_placed=5)
    offers = {offer.key.rule_id: offer for offer in price(bill((BERAS, 2), currency=IDR, customer=who), rules).offers}
    poin = offers["poin"]
    assert (poin.name.default, poin.programme_id, poin.cost) == ("Poin", "B", Points(200))
    assert (poin.benefit, poin.trigger, poin.takes_off.minor) == (Benefit.POINTS_OFF, Trigger.POP_UP, 20000)
    assert (offers["hemat"].benefit, offers["hemat"].cost) == (Benefit.PERCENT_OFF, None)
    assert [name.default for name in offers["besar"].instead_of] == ["best6"]
    assert "bayar" not in offers
    assert "dompet" not in offers


def test_points_offers_need_balance_amount_and_orders(rules: RuleBook) -> None:
    def poin_offered(points: int, quantity: int, orders: int) -> bool:
        who = customer({"B": points}, orders_placed=orders)
        return "poin" in offered(price(bill((BERAS, quantity), currency=IDR, customer=who), rules))

    assert poin_offered(200, 2, 2)
    assert not poin_offered(199, 2, 2)
    assert not poin_offered(200, 1, 2)
    assert not poin_offered(200, 2, 1)


def test_what_is_claimed_is_no_longer_offered_and_a_decline_stays_an_offer(rules: RuleBook) -> None:
    basket = bill((BERAS, 2), currency=IDR)
    assert "hemat" not in offered(price(basket.with_claim(claim("hemat")), rules))
    assert "hemat" in offered(price(basket.with_declined(OfferKey("hemat")), rules))


def test_offline_nothing_is_offered_that_the_backend_must_allow(rules: RuleBook) -> None:
    who = customer({"A": 300, "B": 400}, orders_placed=5, wallet=IDR.money("15000"))
    basket = bill((BERAS, 2), currency=IDR, customer=who)
    offline = price(basket, rules, Circumstances(online=False))
    assert not {"poin", "bayar", "dompet"} & offered(offline).keys()
    assert "hemat" in offered(offline)


def test_claims_of_rules_nobody_knows_are_refused_and_ignored(rules: RuleBook) -> None:
    basket = bill((BERAS, 1), currency=IDR)
    assert isinstance(Entering(rules, basket, Circumstances()).claim(claim("gone")), Refused)
    assert price(basket.with_claim(claim("gone")), rules).total == price(basket, rules).total
