"""One amount off the first piece and another off every further one."""

from tests.domain.pricing.till import bill, book, item, off
from tukar.domain.pricing import price


def rule(first: str, each: str, **more: object) -> dict[str, object]:
    return {"rewards": [{"kind": "first_then_each", "first": first, "each": each} | more]}


def test_ten_pieces() -> None:
    assert price(bill((item("A", "100"), 10)), book([rule("1.13", "2.11")])).discount.decimal() == "20.12"


def test_in_the_order_of_the_bill_and_what_a_piece_cannot_give_is_lost() -> None:
    lines = bill((item("A", "1"), 2), (item("B", "9"), 1))
    assert off(price(lines, book([rule("3", "2")]))) == ["2.00", "2.00"]


def test_a_filter_and_a_cap() -> None:
    lines = bill((item("A", "10"), 1), (item("B", "10"), 3))
    assert off(price(lines, book([rule("3", "2", on={"items": ["B"]})]))) == ["0.00", "7.00"]
    assert price(lines, book([rule("3", "2", max_discount="4")])).discount.decimal() == "4.00"
