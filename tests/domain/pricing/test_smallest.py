"""The smallest figures: one cent, one piece, one point, one credit, nothing at all; none of them is lost at an edge."""

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from tests.domain.pricing.till import Json, bill, book, claim, customer, item, off
from tukar.domain.bill import OfferKey
from tukar.domain.offer import Reason
from tukar.domain.pricing import Circumstances, CodeBalance, Entering, Refused, price, settle

A, B, CENT = item("A", "10"), item("B", "20"), item("CENT", "0.01")
HALF: Json = {"kind": "percent_off", "value": "50"}
FROM_CART: Json = {"kind": "free_item", "from_cart": True}
OFFLINE = Circumstances(online=False)


def amount(value: str, **more: Any) -> Json:
    return {"kind": "amount_off", "value": value} | more


def total(*lines: Any, rules: list[Json], known: Circumstances | None = None) -> str:
    return price(bill(*lines), book(rules, [one for one, _ in lines]), known).total.decimal()


# One cent


def test_a_set_that_saves_a_cent_is_made() -> None:
    rules = [{"when": {"min_qty": 2}, "rewards": [{"kind": "bundle_price", "value": "19.99"}]}]
    assert total((A, 2), rules=rules) == "19.99"


def test_pieces_worth_a_cent_make_sets_pay_for_sets_and_become_free() -> None:
    bundle = {"when": {"min_qty": 2}, "rewards": [{"kind": "bundle_price", "value": "5"}]}
    assert total((CENT, 1), (A, 1), rules=[bundle]) == "5.00"
    assert total((CENT, 2), rules=[{"buy": 1, "rewards": [FROM_CART]}]) == "0.01"


def test_pieces_worth_a_cent_count_and_lose_it() -> None:
    counted = {"when": {"items": ["CENT"], "min_qty": 2}, "rewards": [amount("1")]}
    assert total((CENT, 2), (A, 1), rules=[counted]) == "9.02"
    everything = {"kind": "percent_off", "value": "100"}
    assert total((CENT, 1), rules=[{"rewards": [everything]}]) == "0.00"
    assert total((CENT, 3), rules=[{"rewards": [everything | {"on": "each_item", "max_items": 2}]}]) == "0.01"
    first = {"kind": "first_then_each", "first": "0.01", "each": "0"}
    assert total((CENT, 2), rules=[{"rewards": [first]}]) == "0.01"


def test_a_point_worth_a_cent_is_spent() -> None:
    rule = {"id": "L", "family": "loyalty", "apply": "on_claim"}
    rules = book([rule | {"rewards": [{"kind": "amount_per_point", "value": "0.01"}]}], accounts=[{"id": "L"}])
    claimed = bill((A, 1), customer=customer({"L": 5})).with_claim(claim("L", points=None))
    assert price(claimed, rules).total.decimal() == "9.95"
    last = bill((CENT, 1), customer=customer({"L": 5})).with_claim(claim("L"))
    assert price(last, rules).total.decimal() == "0.00"


def test_a_percentage_is_rounded_in_each_tax_group_by_itself() -> None:
    other = item("OTHER", "10", rate="10")
    priced = price(bill((item("X", "10.04"), 1), (other, 1)), book([{"rewards": [HALF | {"value": "10"}]}]))
    assert off(priced) == ["1.00", "1.00"]


def test_a_claim_that_is_a_cent_short_of_its_minimum_is_refused() -> None:
    rules = book([
        {"id": "P", "apply": "on_claim", "max_applications": 2, "when": {"min_amount": "10"}, "rewards": [amount("1")]},
        {"id": "Q", "apply": "on_claim", "rewards": [amount("0.01")]},
        {"id": "N", "apply": "on_claim", "max_applications": 2,
         "when": {"min_amount": "10", "min_amount_tax": "excl"}, "rewards": [amount("1")]},
    ])  # fmt: skip
    for name in ("P", "N"):
        basket = bill((A, 1)).with_further_claim(claim(name)).with_further_claim(claim("Q"))
        assert isinstance(Entering(rules, basket, Circumstances()).claim(claim(name)), Refused)


@pytest.mark.parametrize("tax", ["incl", "excl"])
def test_a_minimum_counts_what_the_rule_itself_took_on_its_own_lines_only(tax: str) -> None:
    one = amount("1", on={"items": ["A"]})
    when = {"min_amount": "10.01", "min_amount_tax": tax}
    rules = book([
        {"id": "N", "apply": "on_claim", "max_applications": 2, "when": when, "rewards": [one]},
        {"id": "Q", "apply": "on_claim", "rewards": [amount("0.01")]},
    ])  # fmt: skip
    basket = bill((A, 1), (CENT, 1)).with_claim(claim("N"))
    assert not isinstance(Entering(rules, basket, Circumstances()).claim(claim("N")), Refused)
    short = basket.with_further_claim(claim("Q"))
    assert isinstance(Entering(rules, short, Circumstances()).claim(claim("N")), Refused)


def test_a_budget_that_is_met_exactly_leaves_the_exact_remainder() -> None:
    # 10 % of 0.15 is 0.015, rounded 0.02; 3.8 % of the 0.135 that are left is 0.00513, of 0.13 it were 0.00494
    tenth, little = HALF | {"value": "10"}, HALF | {"value": "3.8"}
    rules: list[Json] = [{"rewards": [tenth], "budget": "0.02"}, {"rewards": [little]}]
    assert total((item("X", "0.15"), 1), rules=rules) == "0.12"


# Floors


@pytest.mark.parametrize("price_of_set", ["37", "35"])
def test_a_set_takes_nothing_off_a_piece_at_its_floor(price_of_set: str) -> None:
    floored = item("F", "20", floor_price=item("F", "20").price)
    rules = [{"when": {"min_qty": 2}, "rewards": [{"kind": "bundle_price", "value": price_of_set}]}]
    assert total((floored, 1), (B, 1), rules=rules) == f"{price_of_set}.00"


def test_a_set_takes_of_each_piece_of_a_line_what_its_floor_lets() -> None:
    floored = item("F", "20", floor_price=item("F", "15").price)
    rules = [
        {"order": 1, "rewards": [amount("4", on="cheapest")]},
        {"order": 2, "when": {"min_qty": 2}, "rewards": [{"kind": "bundle_price", "value": "30"}]},
    ]
    assert total((floored, 2), rules=rules) == "30.00"


def test_a_capped_percentage_of_every_piece_passes_over_a_piece_at_its_floor() -> None:
    floored = item("F", "10", floor_price=item("F", "10").price)
    rules = [{"rewards": [HALF | {"on": "each_item", "max_discount": "5"}]}]
    priced = price(bill((floored, 1), (B, 1)), book(rules))
    assert off(priced) == ["0.00", "5.00"]


# One piece, or none


def test_a_minimum_of_the_whole_order_does_not_stand_in_for_the_goods_named() -> None:
    rule = {"when": {"items": ["B"], "min_amount": "10", "min_amount_scope": "order"}, "rewards": [amount("1")]}
    assert total((A, 1), rules=[rule]) == "10.00"


def test_a_gift_without_conditions_is_given_on_an_empty_bill() -> None:
    assert price(bill(), book([{"rewards": [{"kind": "free_item", "sku": "A"}]}], [A])).free_lines[0].item is A


def test_a_minimum_of_no_pieces_is_none() -> None:
    rule = {"when": {"min_qty": 0}, "max_applications": 2, "rewards": [{"kind": "free_item", "sku": "A"}]}
    assert price(bill((B, 1)), book([rule], [A, B])).free_lines[0].quantity.pieces == 2


def test_a_gift_that_nothing_pays_for_is_not_listed() -> None:
    gift = {"kind": "free_item", "sku": "A", "cost_points": "2"}
    priced = price(bill((B, 1)), book([{"earn": {"per": "unit", "points": "1"}, "rewards": [gift]}], [A, B]))
    assert (priced.applied, priced.free_lines) == ((), ())


def test_pieces_that_are_free_already_are_neither_first_nor_the_cheapest_to_pick() -> None:
    freed = {"order": 1, "buy": 1, "max_applications": 1, "rewards": [FROM_CART]}
    first = {"kind": "first_then_each", "first": "3", "each": "1"}
    assert total((A, 3), rules=[freed, {"order": 2, "rewards": [first]}]) == "16.00"
    one = HALF | {"on": "each_item", "max_items": 1}
    assert total((A, 3), rules=[freed, {"order": 2, "rewards": [one]}]) == "15.00"


def test_a_negative_line_earns_nothing_by_the_piece() -> None:
    rules = book([{"id": "L", "family": "loyalty", "earn": {"per": "unit", "points": "1"}}], accounts=[{"id": "L"}])
    moved = price(bill((A, 2), (item("HAND", "-5"), 1), customer=customer({"L": 0})), rules).earned_of("L")
    assert moved is not None
    assert moved.exact() == 2


def test_the_reason_says_how_many_pieces_are_missing_and_none_where_any_will_do() -> None:
    rules = book([
        {"id": "FIVE", "when": {"items": ["A"], "min_qty": 6}, "rewards": [amount("1")]},
        {"id": "ANY", "when": {"items": ["B"]}, "rewards": [amount("1")]},
    ])  # fmt: skip
    told = {why.key.rule_id: why for why in price(bill((A, 1)), rules, reasons=True).reasons}
    assert (told["FIVE"].reason, told["FIVE"].pieces) == (Reason.NEEDS_PIECES, 5)
    assert (told["ANY"].reason, told["ANY"].pieces) == (Reason.NEEDS_ITEM, None)


# One point, one credit


def test_points_without_digits_are_spent_whole() -> None:
    rule = {"id": "L", "family": "loyalty", "apply": "on_claim"}
    rules = book(
        [rule | {"rewards": [{"kind": "amount_per_point", "value": "3"}]}], accounts=[{"id": "L", "digits": 0}]
    )
    priced = price(bill((A, 1), customer=customer({"L": 5})).with_claim(claim("L")), rules)
    assert priced.total.decimal() == "1.00"


def test_credits_are_cut_to_the_hundredth() -> None:
    rule = {"earn": {"per": "order", "points": "1.239"}, "rewards": [{"kind": "amount_per_point", "value": "1"}]}
    assert total((A, 1), rules=[rule]) == "8.77"


def test_a_customer_without_a_wallet_pays_nothing_from_it() -> None:
    rule = {"family": "wallet", "rewards": [{"kind": "amount_per_point", "value": "1"}]}
    assert price(bill((A, 1), customer=customer()), book([rule])).stored_value == ()


def test_cards_sold_on_one_bill_hold_what_their_own_lines_load() -> None:
    def left(earn: Json) -> dict[str, int]:
        rule = {"family": "gift_card", "when": {"items": ["A"]}, "earn": earn}
        basket = bill((A, 2), (A, 1))
        lines = tuple(replace(line, card=f"c{at}") for at, line in enumerate(basket.lines))
        return {part.code: int(part.credits) for part in price(replace(basket, lines=lines), book([rule])).left}

    assert left({"per": "unit", "points": "7"}) == {"c0": 14, "c1": 7}
    assert left({"per": "money", "points": "2"}) == {"c0": 40, "c1": 20}


def test_what_a_code_holds_is_told_apart_from_the_points_and_the_sale_s_own_credits() -> None:
    loyalty = {"id": "L", "family": "loyalty", "apply": "on_claim", "rewards": [amount("1", cost_points="1")]}
    code = {
        "id": "K",
        "family": "promo_code",
        "activation": {"mode": "code", "code": "k", "balance": "3"},
        "earn": {"per": "order", "points": "1"},
        "rewards": [{"kind": "free_item", "sku": "B", "cost_points": "2"}],
    }
    rules = book([loyalty | {"priority": 1}, code], [A, B], [{"id": "L"}])
    basket = bill((A, 1), customer=customer({"L": 5})).with_claim(claim("L")).with_code("k")
    (spent,) = settle(basket, rules, Circumstances()).credits_spent
    assert (spent.rule_id, spent.credits) == ("K", Fraction(3))


# Nobody, nowhere


def test_a_gift_card_pays_nothing_while_the_backend_is_away() -> None:
    rule = {"id": "G", "family": "gift_card", "rewards": [{"kind": "amount_per_point", "value": "1"}]}
    cards = MappingProxyType({"g": CodeBalance("G", Fraction(5))})
    paid = price(bill((A, 1)).with_code("g"), book([rule]), Circumstances(cards=cards))
    assert paid.total.decimal() == "5.00"
    away = price(bill((A, 1)).with_code("g"), book([rule]), Circumstances(cards=cards, online=False))
    assert away.total.decimal() == "10.00"


def test_a_card_s_coupon_needs_the_backend_and_an_ordinary_rule_does_not() -> None:
    coupon = {"family": "coupon", "activation": {"mode": "coupon", "code": "c"}, "rewards": [amount("1")]}
    assert price(bill((A, 1)).with_code("c"), book([coupon]), OFFLINE).total.decimal() == "10.00"
    dated = {"valid_to": "2030-01-01", "rewards": [amount("1")]}
    assert total((A, 1), rules=[dated], known=OFFLINE) == "9.00"


def test_a_rule_once_a_day_is_there_for_a_customer_not_seen_today() -> None:
    rules = book([{"limit_per_customer_and_day": 1, "rewards": [amount("1")]}])
    assert price(bill((A, 1), customer=customer()), rules).total.decimal() == "9.00"


def test_a_rule_switched_off_by_its_name_gives_none_of_its_rewards() -> None:
    rules = book([{"id": "P", "rewards": [amount("1", id="x"), amount("2", id="y")]}])
    assert price(bill((A, 1)).with_switched_off(OfferKey("P")), rules).total.decimal() == "10.00"
