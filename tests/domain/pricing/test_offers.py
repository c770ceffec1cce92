"""Offers: their figures are what claiming them gives, whatever else is on the bill."""

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.pricing.till import IDR, USD, bill, book, claim, customer, item, offered
from tukar.domain.bill import Claim, OfferKey
from tukar.domain.money import Currency
from tukar.domain.offer import Benefit, Reason, Trigger
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


OFF: dict[str, Any] = {"kind": "amount_off", "value": "10"}
TEN = item("X", "100")


def rest(value: str, **more: Any) -> dict[str, Any]:
    return {"rewards": [{"kind": "percent_off", "value": value}]} | more


def test_an_offer_between_two_rules_is_worked_out_in_its_own_place() -> None:
    """10 off leave 90, half of them 45, 20 off leave 25; without the half there are 70 left."""
    rules = book([{"rewards": [OFF]}, rest("50", order=5, apply="on_claim"), {"rewards": [OFF, OFF], "order": 9}])
    assert offered(price(bill((TEN, 1)), rules)) == {"R2": "45.00"}


def test_rules_that_apply_or_are_barred_hide_no_offer_after_them() -> None:
    local = {"rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["X"]}}]}
    rules = book(
        [
            local,
            local | {"limit_uses": 5},
            {"rewards": [OFF], "limit_uses": 1, "used": 1, "apply": "on_claim"},
            {"rewards": [], "family": "loyalty", "programme": "P", "earn": {"per": "order", "points": "1"}},
            {"rewards": [OFF], "apply": "on_claim"},
        ],
        accounts=[{"id": "P"}],
    )
    assert offered(price(bill((TEN, 1)), rules)) == {"R5": "10.00"}
    off = bill((TEN, 1)).with_switched_off(OfferKey("R1"))
    assert offered(price(off, rules)) == {"R1": "9.00", "R5": "10.00"}


def test_only_points_of_an_account_are_a_cost() -> None:
    credits_ = {"activation": {"mode": "code", "code": "k", "balance": "3"}, "apply": "on_claim"}
    rules = book(
        [
            {"rewards": [OFF | {"cost_points": "1"}]} | credits_,
            {"rewards": [OFF], "programme": "P", "apply": "on_claim"},
            {"rewards": [OFF | {"cost_points": "2"}], "programme": "P", "apply": "on_claim"},
        ],
        accounts=[{"id": "P"}],
    )
    basket = bill((TEN, 1), customer=customer({"P": 5})).with_code("k")
    costs = {offer.key.rule_id: (offer.programme_id, offer.cost) for offer in price(basket, rules).offers}
    assert costs == {"R1": ("", None), "R2": ("", None), "R3": ("P", Points(2))}


def test_the_other_reward_of_a_rule_is_offered_with_its_own_figures() -> None:
    rewards = [OFF | {"id": "x", "cost_points": "1"}, OFF | {"id": "y", "value": "7", "cost_points": "2"}]
    rules = book([{"rewards": rewards, "programme": "P", "apply": "on_claim"}], accounts=[{"id": "P"}])
    basket = bill((TEN, 1), customer=customer({"P": 5}))
    for claimed, other, takes_off, cost in (("x", "y", "7.00", 2), ("y", "x", "10.00", 1)):
        (offer,) = price(basket.with_further_claim(claim("R1", claimed)), rules).offers
        assert (offer.key.reward_id, offer.takes_off.decimal(), offer.cost) == (other, takes_off, Points(cost))


def test_credits_are_counted_where_the_offer_would_take_its_turn() -> None:
    """At the end nothing is left to earn credits for; at its turn there were 100."""
    earning = {
        "rewards": [{"kind": "free_item", "sku": "X", "cost_points": "50"}],
        "earn": {"per": "money", "points": "1"},
        "priority": 1,
        "apply": "on_claim",
    }
    (offer,) = price(bill((TEN, 1)), book([earning, rest("100")], [TEN])).offers
    assert (offer.key.rule_id, offer.pieces, offer.gift) == ("R1", 2, "X")


def test_an_offer_needs_its_pieces_once() -> None:
    rules = book([{"rewards": [OFF], "apply": "on_claim", "when": {"min_qty": 2}}])
    assert offered(price(bill((TEN, 1)), rules)) == {}
    assert offered(price(bill((TEN, 2)), rules)) == {"R1": "10.00"}


def test_what_an_offer_would_be_instead_of_in_the_order_of_the_programme() -> None:
    rules = book([{"rewards": [OFF]}, rest("1"), {"rewards": [OFF], "apply": "on_claim", "exclusive": True}])
    (offer,) = price(bill((TEN, 1)), rules).offers
    assert [name.default for name in offer.instead_of] == ["R1", "R2"]


def test_a_wallet_is_offered_to_the_last_digit_of_its_currency() -> None:
    dinar = Currency("KWD", 3)
    wallet = {
        "family": "wallet",
        "activation": {"mode": "customer"},
        "apply": "on_claim",
        "rewards": [{"kind": "amount_per_point", "value": "1"}],
    }
    rules = book([wallet, {"rewards": [OFF | {"value": "1"}], "apply": "on_claim"}], currency=dinar)
    coffee = item("C", "2.500", currency=dinar, fixed_tax=dinar.money("0.100"))
    rich = customer(wallet=dinar.money("1.234"))
    before = price(bill((coffee, 1), currency=dinar, customer=rich), rules)
    found = {offer.key.rule_id: offer for offer in before.offers}
    points = found["R1"].points
    assert points is not None
    assert (points.most.exact(), points.step.exact()) == (Fraction("1.234"), Fraction("0.001"))
    assert (found["R1"].takes_off.decimal(), found["R1"].total_after.decimal()) == ("1.234", "1.366")
    paid = price(bill((coffee, 1), currency=dinar, customer=rich).with_claim(claim("R1")), rules)
    assert offered(paid) == {"R2": "1.000"}
    full = bill((coffee, 1), currency=dinar, customer=customer(wallet=dinar.money("9")))
    assert offered(price(full, rules)) == {"R1": "2.600", "R2": "1.000"}
    half = bill((coffee, 1), currency=dinar, customer=customer(wallet=dinar.money("0.5")))
    assert offered(price(half, rules)) == {"R1": "0.500", "R2": "1.000"}
    all_paid = price(full.with_claim(claim("R1")), rules)
    assert (all_paid.total.minor, offered(all_paid)) == (0, {"R2": "0.000"})


def test_an_offer_of_a_group_or_beside_an_exclusive_rule_is_what_the_contest_leaves() -> None:
    group = {"stack_group": "g", "best_of": True}
    rules = book(
        [{"rewards": [OFF]} | group, rest("15", apply="on_claim", **group), rest("5", apply="on_claim", **group)]
    )
    assert offered(price(bill((TEN, 1)), rules)) == {"R2": "5.00"}
    alone = book([{"rewards": [OFF], "exclusive": True}, rest("50", apply="on_claim")])
    assert offered(price(bill((TEN, 1)), alone)) == {}
    exclusive = book([{"rewards": [OFF]}, rest("15", apply="on_claim", exclusive=True)])
    assert offered(price(bill((TEN, 1)), exclusive)) == {"R2": "5.00"}
    loose = book(
        [{"rewards": [OFF]}, rest("15", apply="on_claim", best_of=True), rest("5", apply="on_claim", stack_group="g")]
    )
    assert offered(price(bill((TEN, 1)), loose)) == {"R2": "13.50", "R3": "4.50"}


def test_points_of_this_very_sale_are_offered_as_often_as_they_settle() -> None:
    earning = {"family": "loyalty", "programme": "P", "earn": {"per": "money", "points": "1"}, "rewards": []}
    spending = {"programme": "P", "apply": "on_claim", "rewards": [OFF | {"cost_points": "60"}]}
    rules = book([earning, spending], accounts=[{"id": "P", "spend_points_of_this_sale": True}])
    assert offered(price(bill((TEN, 1), customer=customer({"P": 0})), rules)) == {"R2": "10.00"}
    assert offered(price(bill((item("Y", "59"), 1), customer=customer({"P": 0})), rules)) == {}


def test_a_wallet_is_offered_beside_a_card_that_pays() -> None:
    pays = {"rewards": [{"kind": "amount_per_point", "value": "1"}]}
    gift_card = {"family": "gift_card", "activation": {"mode": "code", "code": "g", "balance": "30"}} | pays
    wallet = {"family": "wallet", "activation": {"mode": "customer"}, "apply": "on_claim"} | pays
    basket = bill((TEN, 1), customer=customer(wallet=USD.money("50"))).with_code("g")
    priced = price(basket, book([gift_card, wallet]))
    assert (priced.total.decimal(), offered(priced)) == ("70.00", {"R2": "50.00"})


def test_a_reward_that_costs_no_points_needs_none() -> None:
    rules = book([{"rewards": [OFF], "programme": "P", "apply": "on_claim"}], accounts=[{"id": "P"}])
    basket = bill((TEN, 1), customer=customer({"P": 0}))
    assert offered(price(basket, rules)) == {"R1": "10.00"}
    entered = Entering(rules, basket, Circumstances()).claim(claim("R1"))
    assert not isinstance(entered, Refused)
    assert price(entered, rules).total.decimal() == "90.00"


def test_points_that_another_rule_spends_now_may_pay_for_a_claim_that_comes_before_it() -> None:
    """The 10 points go to 10 off by itself; claimed, 50 off takes them first: 40 more."""
    rules = book(
        [
            {"rewards": [OFF | {"cost_points": "10"}], "programme": "P", "order": 9},
            {"rewards": [OFF | {"value": "50", "cost_points": "10"}], "programme": "P", "apply": "on_claim"},
        ],
        accounts=[{"id": "P"}],
    )
    basket = bill((TEN, 1), customer=customer({"P": 10}))
    priced = price(basket, rules)
    assert (priced.total.decimal(), offered(priced)) == ("90.00", {"R2": "40.00"})
    entered = Entering(rules, basket, Circumstances()).claim(claim("R2"))
    assert not isinstance(entered, Refused)
    assert price(entered, rules).total.decimal() == "50.00"


def test_what_an_offer_would_be_instead_of_is_in_order_however_far_apart() -> None:
    idle = {"rewards": [OFF], "when": {"items": ["Y"]}}
    rules = book(
        [idle, rest("1"), *[idle] * 6, {"rewards": [OFF]}, {"rewards": [OFF], "apply": "on_claim", "exclusive": True}]
    )
    (offer,) = price(bill((TEN, 1)), rules).offers
    assert [name.default for name in offer.instead_of] == ["R2", "R9"]


def test_points_are_chosen_in_whole_ones_and_money_in_cents() -> None:
    pays: dict[str, Any] = {"rewards": [{"kind": "amount_per_point", "value": "1"}], "apply": "on_claim"}
    wallet = {"family": "wallet", "activation": {"mode": "customer"}} | pays
    rules = book([wallet, {"family": "loyalty", "programme": "P"} | pays], accounts=[{"id": "P"}])
    basket = bill((item("Y", "30"), 1), customer=customer({"P": 20}, wallet=USD.money("50")))
    found = {offer.key.rule_id: offer.points for offer in price(basket, rules).offers}
    (money, points) = (found["R1"], found["R2"])
    assert money is not None
    assert points is not None
    assert (money.most, money.step) == (Points(3000, 2), Points(1, 2))
    assert (points.most, points.step) == (Points(20), Points(1))


def test_more_of_a_wallet_than_it_still_holds_is_refused() -> None:
    """3 of the 8 are left after the first 5."""
    pays: dict[str, Any] = {"rewards": [{"kind": "amount_per_point", "value": "1"}], "apply": "on_claim"}
    rules = book([{"family": "wallet", "activation": {"mode": "customer"}} | pays])
    basket = bill((item("Y", "30"), 1), customer=customer(wallet=USD.money("8")))
    first = Entering(rules, basket, Circumstances()).claim(claim("R1", points=Points(500, 2)))
    assert not isinstance(first, Refused)
    again = Entering(rules, first, Circumstances())
    assert again.claim(claim("R1", points=Points(1000, 2))) == Refused(Reason.NEEDS_POINTS)
    rest_of_it = again.claim(claim("R1", points=Points(300, 2)))
    assert not isinstance(rest_of_it, Refused)
    assert price(rest_of_it, rules).total.decimal() == "22.00"


def test_the_last_point_pays_for_what_costs_one() -> None:
    rules = book(
        [{"rewards": [OFF | {"cost_points": "1"}], "programme": "P", "apply": "on_claim"}], accounts=[{"id": "P"}]
    )
    assert offered(price(bill((TEN, 1), customer=customer({"P": 1})), rules)) == {"R1": "10.00"}
    assert offered(price(bill((TEN, 1), customer=customer({"P": 0})), rules)) == {}


def test_a_code_whose_credits_are_used_up_offers_nothing() -> None:
    code = {"activation": {"mode": "code", "code": "k", "balance": "0"}, "apply": "on_claim"}
    rules = book([{"rewards": [OFF | {"cost_points": "1"}]} | code, {"rewards": [OFF], "apply": "on_claim"}])
    assert offered(price(bill((TEN, 1)).with_code("k"), rules)) == {"R2": "10.00"}


def test_of_a_rule_that_was_switched_off_what_costs_nothing_is_offered_without_points() -> None:
    rewards = [OFF | {"id": "x"}, OFF | {"id": "y", "cost_points": "7"}]
    rules = book([{"rewards": rewards, "programme": "P"}], accounts=[{"id": "P"}])
    basket = bill((TEN, 1), customer=customer({"P": 0})).with_switched_off(OfferKey("R1", "x"))
    assert price(basket, rules).total.decimal() == "100.00"
    assert offered(price(basket, rules)) == {"R1": "10.00"}
