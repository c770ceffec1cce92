"""What is left of lines and of their pieces while rules take their turns: floors, exact remainders, copies."""

from typing import Any

from tests.domain.pricing.till import Json, bill, book, item, off
from tukar.domain.pricing import price

A, B = item("A", "10"), item("B", "20")
HALF: Json = {"kind": "percent_off", "value": "50"}


def amount(value: str, **more: Any) -> Json:
    return {"kind": "amount_off", "value": value} | more


def percent(value: str, **more: Any) -> Json:
    return {"kind": "percent_off", "value": value} | more


def after(*rewards: Json, lines: tuple[Any, ...]) -> str:
    """What the bill comes to after one automatic rule for each reward."""
    return price(bill(*lines), book([{"rewards": [reward]} for reward in rewards])).total.decimal()


def test_trying_an_offer_leaves_the_pieces_of_the_bill_alone() -> None:
    each: Json = {"apply": "on_claim", "rewards": [amount("5", on="each_item")]}
    priced = price(bill((A, 2)), book([{"rewards": [amount("1", on="cheapest")]}, each, each]))
    assert (off(priced), [offer.takes_off.decimal() for offer in priced.offers]) == (["1.00"], ["10.00", "10.00"])


def test_the_cheapest_piece_is_worth_what_earlier_rules_left_of_it() -> None:
    assert after(percent("10"), percent("100", on="cheapest"), lines=((A, 2),)) == "9.00"
    halved = HALF | {"on": {"items": ["B"]}}
    assert after(halved, percent("100", on="cheapest"), lines=((B, 1), (item("C", "12"), 1))) == "12.00"


def test_a_piece_that_is_free_is_not_the_cheapest() -> None:
    rules: list[Json] = [
        {"buy": 1, "rewards": [{"kind": "free_item", "from_cart": True}]},
        {"rewards": [HALF | {"on": "cheapest"}]},
    ]
    assert price(bill((A, 2)), book(rules)).total.decimal() == "5.00"


def test_the_last_cent_of_a_piece_is_the_cheapest() -> None:
    cents = (item("CENT", "0.01"), 2)
    assert after(amount("0.01", on="cheapest"), percent("100", on="cheapest"), lines=(cents,)) == "0.00"


def test_pieces_told_apart_keep_their_floors_under_an_amount_on_the_order() -> None:
    floored = (item("F", "20", floor_price=item("F", "15").price), 2)
    assert after(amount("4", on="cheapest"), amount("5"), amount("10"), lines=(floored,)) == "30.00"
    assert after(amount("5", on="cheapest"), amount("3"), amount("10"), lines=(floored,)) == "30.00"


def test_two_rewards_of_one_rule_stop_at_the_floor_together() -> None:
    floored = item("F", "20", floor_price=item("F", "15").price)
    both = [amount("4", id="x", on="each_item"), amount("4", id="y", on="each_item")]
    assert price(bill((floored, 1)), book([{"rewards": both}])).total.decimal() == "15.00"


def test_a_piece_that_loses_nothing_to_a_percentage_shrinks_all_the_same() -> None:
    # 0.03, 0.04, 0.04 less 10 %: 0.099 are left exactly, 95 % of which are 0.09405
    little = (item("X", "0.04"), 3)
    assert after(amount("0.01", on="cheapest"), percent("10"), percent("95"), lines=(little,)) == "0.01"


def test_a_free_piece_leaves_nothing_to_take_a_percentage_of() -> None:
    rules: list[Json] = [
        {"buy": 1, "rewards": [{"kind": "free_item", "from_cart": True}]},
        {"rewards": [percent("10")]},
    ]
    assert price(bill((item("X", "10.04"), 2)), book(rules)).total.decimal() == "9.04"


def test_of_a_cent_that_is_left_there_is_a_percentage() -> None:
    assert after(amount("0.01", on="cheapest"), percent("60"), lines=((item("X", "0.02"), 1),)) == "0.00"


def test_an_amount_off_a_piece_comes_off_its_exact_remainder() -> None:
    # 10 % of 10.05 is 1.005, rounded 1.01; 50 % of the 8.045 that are left is 4.0225
    assert after(percent("10"), amount("1", on="cheapest"), HALF, lines=((item("X", "10.05"), 1),)) == "4.02"
