"""Fixed amounts: spread by value, never more than there is, moved when a later one finds too little."""

from tests.domain.pricing.till import bill, book, item, off
from tukar.domain.pricing import price


def amount(value: str, **more: object) -> dict[str, object]:
    return {"rewards": [{"kind": "amount_off", "value": value} | more]}


def test_spread_in_proportion_by_largest_remainder() -> None:
    lines = bill((item("A", "7"), 1), (item("B", "7"), 1), (item("C", "7"), 1))
    assert off(price(lines, book([amount("10")]))) == ["3.34", "3.33", "3.33"]


def test_never_more_than_the_bill_holds() -> None:
    priced = price(bill((item("A", "7"), 1)), book([amount("10")]))
    assert (priced.total.decimal(), priced.discount.decimal()) == ("0.00", "7.00")


def test_floors_hand_on_what_they_cannot_take_again_and_again() -> None:
    floored = item("T", "50", floor_price=item("x", "45").price)
    kept = item("K", "20", floor_price=item("x", "15").price)
    lines = bill((floored, 2), (kept, 2), (item("O", "30"), 1), (item("U", "10"), 1))
    assert off(price(lines, book([amount("36")]))) == ["10.00", "10.00", "12.00", "4.00"]


def test_what_no_floor_lets_go_is_not_taken() -> None:
    floored = item("T", "50", floor_price=item("x", "45").price)
    assert price(bill((floored, 2)), book([amount("36")])).discount.decimal() == "10.00"


def test_a_later_amount_moves_the_shares_of_earlier_ones_on_filters() -> None:
    lines = bill((item("A", "6"), 1), (item("B", "4"), 1), (item("C", "10"), 1))
    rules = [amount("5", on={"items": ["A", "B"]}), amount("10", on={"items": ["A"]})]
    priced = price(lines, book(rules))
    shares = [{cut.key.rule_id: cut.amount.decimal() for cut in line.discounts} for line in priced.lines]
    assert shares == [{"R1": "1.00", "R2": "5.00"}, {"R1": "4.00"}, {}]


def test_shares_move_between_lines_of_many_pieces() -> None:
    lines = bill((item("A", "2"), 3), (item("B", "2"), 2))
    rules = [
        amount("4", on={"items": ["A", "B"]}),
        amount("1.50", on="each_item", of={"items": ["A"]}),
        amount("6", on={"items": ["A"]}),
    ]
    priced = price(lines, book(rules))
    assert priced.total.minor >= 0
    assert sum(applied.amount.minor for applied in priced.applied) == priced.discount.minor


def test_off_every_piece_and_off_the_cheapest() -> None:
    lines = bill((item("A", "1"), 2), (item("B", "5"), 1))
    assert off(price(lines, book([amount("2", on="each_item")]))) == ["2.00", "2.00"]
    assert off(price(lines, book([amount("0.40", on="cheapest")]))) == ["0.40", "0.00"]


def test_shares_of_a_rule_that_picks_pieces_do_not_move() -> None:
    """The first takes 3.00 and 2.00 and keeps them there, so the second finds 3.00 only."""
    lines = bill((item("A", "6"), 1), (item("B", "4"), 1))
    rules = [amount("5", on={"items": ["A", "B"]}, max_items=2), amount("10", on={"items": ["A"]})]
    assert off(price(lines, book(rules))) == ["6.00", "2.00"]


def test_what_cannot_be_split_evenly_goes_to_the_earlier_line_be_it_the_dearer() -> None:
    lines = bill((item("A", "3"), 1), (item("B", "1"), 1))
    assert off(price(lines, book([amount("0.02")]))) == ["0.02", "0.00"]
    assert off(price(lines, book([amount("0.02", max_items=2)]))) == ["0.02", "0.00"]


def test_of_equal_shares_that_move_the_earlier_line_gives_the_odd_cent() -> None:
    """0.20 of each; the second finds 1.60 and wants 1.61, so a cent of A's moves to D."""
    lines = bill((item("A", "1"), 1), (item("B", "1"), 1), (item("D", "1"), 1))
    rules = [amount("0.60", on={"items": ["A", "B", "D"]}), amount("1.61", on={"items": ["A", "B"]})]
    priced = price(lines, book(rules))
    shares = [{cut.key.rule_id: cut.amount.decimal() for cut in line.discounts} for line in priced.lines]
    assert shares == [{"R1": "0.19", "R2": "0.81"}, {"R1": "0.20", "R2": "0.80"}, {"R1": "0.21"}]


def test_a_share_that_moves_goes_to_the_others_by_what_is_left_of_them_and_ties_to_the_earlier() -> None:
    """3 cents of A's move: D and E are left with 0.90 and 0.90 of a dollar, so 2 go to D and 1 to E."""
    lines = bill((item("A", "1"), 1), (item("D", "1"), 1), (item("E", "1"), 1))
    rules = [amount("0.30", on={"items": ["A", "D", "E"]}), amount("0.93", on={"items": ["A"]})]
    priced = price(lines, book(rules))
    shares = [{cut.key.rule_id: cut.amount.decimal() for cut in line.discounts} for line in priced.lines]
    assert shares == [{"R1": "0.07", "R2": "0.93"}, {"R1": "0.12"}, {"R1": "0.11"}]


def test_of_two_earlier_amounts_the_first_moves_first_and_only_what_is_missing() -> None:
    lines = bill((item("A", "1"), 1), (item("D", "1"), 1))
    both = {"items": ["A", "D"]}
    rules = [amount("0.20", on=both), amount("0.40", on=both), amount("0.85", on={"items": ["A"]})]
    priced = price(lines, book(rules))
    shares = [{cut.key.rule_id: cut.amount.decimal() for cut in line.discounts} for line in priced.lines]
    assert shares == [{"R2": "0.15", "R3": "0.85"}, {"R1": "0.20", "R2": "0.25"}]
