"""Sets at one price: the cheapest pieces first, a set that costs less left alone, the saving spread exactly."""

from tests.domain.pricing.till import bill, book, claim, customer, item, off
from tukar.domain.points import Points
from tukar.domain.pricing import price


def bundle(value: str, pieces: int | None, **more: object) -> dict[str, object]:
    when = {} if pieces is None else {"min_qty": pieces}
    return {"when": when, "rewards": [{"kind": "bundle_price", "value": value}]} | more


def test_three_for_twenty_is_spread_over_three_lines() -> None:
    lines = bill((item("A", "7"), 1), (item("B", "7"), 1), (item("C", "7"), 1))
    assert off(price(lines, book([bundle("20", 3)]))) == ["0.34", "0.33", "0.33"]


def test_sets_repeat_and_a_rest_stays_as_it_is() -> None:
    priced = price(bill((item("A", "7"), 8)), book([bundle("20", 3)]))
    assert (priced.discount.decimal(), priced.applied[0].applications) == ("2.00", 2)


def test_a_set_that_costs_less_is_left_alone() -> None:
    lines = bill((item("A", "9"), 2), (item("B", "1"), 2))
    assert off(price(lines, book([bundle("10", 2)]))) == ["8.00", "0.00"]


def test_all_matching_pieces_without_a_number() -> None:
    assert price(bill((item("A", "7"), 4)), book([bundle("20", None)])).total.decimal() == "20.00"


def test_every_set_is_paid_for_with_points_or_credits() -> None:
    """T10: a reward with too few points."""
    shared = {"apply": "on_claim", "programme": "P"}
    priced_with = {"when": {"min_qty": 2}, "rewards": [{"kind": "bundle_price", "value": "10", "cost_points": "10"}]}
    rules = book([priced_with | shared], accounts=[{"id": "P"}])
    basket = bill((item("A", "7"), 8), customer=customer({"P": 25}))
    for claims, spent in ((1, 10), (2, 20), (3, 20)):
        claimed = basket
        for _ in range(claims):
            claimed = claimed.with_further_claim(claim("R1"))
        assert price(claimed, rules).spent_of("P") == Points(spent)
    credits_ = book([priced_with | {"earn": {"per": "unit", "points": "3"}}])
    assert price(bill((item("A", "7"), 8)), credits_).applied[0].applications == 2


def test_floors_hand_the_saving_on() -> None:
    floored = item("A", "10", floor_price=item("x", "9").price)
    lines = bill((floored, 1), (item("B", "10"), 1))
    assert off(price(lines, book([bundle("15", 2)]))) == ["1.00", "4.00"]


def test_what_cannot_be_split_evenly_goes_to_the_earlier_line_be_it_the_dearer() -> None:
    lines = bill((item("A", "3"), 1), (item("B", "1"), 1))
    assert off(price(lines, book([bundle("3.98", 2)]))) == ["0.02", "0.00"]


def test_only_pieces_within_the_prices_make_sets() -> None:
    ranged = {"kind": "bundle_price", "value": "5", "price_from": "5", "price_to": "8"}
    lines = bill((item("A", "7"), 2), (item("B", "2"), 1), (item("C", "9"), 1))
    assert off(price(lines, book([bundle("5", 2) | {"rewards": [ranged]}]))) == ["9.00", "0.00", "0.00"]
