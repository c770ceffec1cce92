from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tukar.domain.money import Currency, Money, Quantity
from tukar.domain.refund import NothingToRefundError, Refundable, Rounding, SoldLine, next_part, share

EURO = Currency("EUR", 2)


def sold(line_id: str, pieces: int, gross: str, net: str) -> SoldLine:
    return SoldLine(line_id, Quantity.of(pieces), EURO.money(gross), EURO.money(net))


def two_lines(returned: dict[str, int] | None = None) -> Refundable:
    lines = (sold("a", 3, "10.00", "9.00"), sold("b", 1, "5.00", "5.00"))
    return Refundable(lines, EURO.money("14.00"), returned or {})


def test_half_of_the_goods_takes_half_of_the_points() -> None:
    # FORMAT.md's own figures: 70 earned and 150 spent on two pieces, one comes back.
    refundable = Refundable((sold("a", 2, "100.00", "90.00"),), EURO.money("90.00"), {})
    value = refundable.value({"a": 1000})
    assert (value.part_of(70), value.part_of(150)) == (35, 75)
    assert refundable.money({"a": 1000}) == EURO.money("45.00")


def test_the_merchant_keeps_what_does_not_divide_until_the_last_part() -> None:
    parts = [next_part(100, before, 1, 3, Rounding.DOWN) for before in range(3)]
    assert parts == [33, 33, 34]
    assert [next_part(100, before, 1, 3) for before in range(3)] == [33, 34, 33]


def test_shares_go_by_gross_value_of_the_goods_concerned() -> None:
    refundable = two_lines()
    assert refundable.value({"b": 1000}).part_of(30) == 10
    assert refundable.value({"b": 1000}, frozenset({"b"})).part_of(30) == 30
    assert refundable.value({"b": 1000}, frozenset({"a"})).part_of(30) == 0


def test_what_the_bill_cost_beyond_its_lines_goes_back_too() -> None:
    lines = (sold("a", 2, "10.00", "10.00"),)
    first = Refundable(lines, EURO.money("11.01"), {}).money({"a": 1000})
    assert first == EURO.money("5.51")
    assert first + Refundable(lines, EURO.money("11.01"), {"a": 1000}).money({"a": 1000}) == EURO.money("11.01")


@pytest.mark.parametrize("wanted", [{"a": 4000}, {"c": 1}, {"a": 0}, {"a": -1}])
def test_no_more_goes_back_than_was_sold(wanted: dict[str, int]) -> None:
    with pytest.raises(NothingToRefundError):
        two_lines().check(wanted)


def test_no_more_goes_back_than_is_left() -> None:
    two_lines({"a": 2000}).check({"a": 1000})
    with pytest.raises(NothingToRefundError):
        two_lines({"a": 2000}).check({"a": 1001})


def test_the_last_part_is_known() -> None:
    assert not two_lines().is_last({"a": 3000})
    assert two_lines({"b": 1000}).is_last({"a": 3000})


def test_goods_worth_nothing_take_nothing_along() -> None:
    assert share(7, 0, 0) == 0
    assert next_part(7, 0, 0, 0) == 0


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=12),
    st.sampled_from(Rounding),
)
def test_parts_add_up_and_never_exceed_what_there_is(amount: int, parts: Sequence[int], rounding: Rounding) -> None:
    whole, before, given_back = sum(parts), 0, 0
    for part in parts:
        moved = next_part(amount, before, part, whole, rounding)
        assert moved >= 0
        before += part
        given_back += moved
        assert given_back <= amount
        if rounding is Rounding.DOWN:
            assert given_back * whole <= amount * before
    assert given_back == amount


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=6),
    st.data(),
)
def test_money_of_all_parts_is_the_total(goods: list[tuple[int, int, int]], data: st.DataObject) -> None:
    lines = tuple(
        SoldLine(str(at), Quantity.of(pieces), Money(gross, EURO), Money(net, EURO))
        for at, (pieces, gross, net) in enumerate(goods)
    )
    assume(sum(line.gross.minor for line in lines))
    total = EURO.total(line.net for line in lines) + EURO.money("0.07")
    returned: dict[str, int] = {}
    paid = EURO.zero()
    while not Refundable(lines, total, returned).is_last({}):
        left = [line for line in lines if returned.get(line.line_id, 0) < line.quantity.thousandths]
        wanted = {data.draw(st.sampled_from(left)).line_id: 1000}
        refundable = Refundable(lines, total, dict(returned))
        refundable.check(wanted)
        paid += refundable.money(wanted)
        returned = {**returned, **{line_id: returned.get(line_id, 0) + more for line_id, more in wanted.items()}}
    assert paid == total
