"""Free items on top: paid with points, credits or nothing; choices; items no longer sold (T14, T16)."""

from dataclasses import replace

from tests.domain.pricing.till import bill, book, claim, customer, item
from tukar.domain.money import Quantity
from tukar.domain.offer import Benefit, Reason
from tukar.domain.points import Points
from tukar.domain.pricing import price

CUP, TEA, MILK = (
    item("CUP", "5"),
    item("TEA", "3", tags=frozenset({"drink"})),
    item("MILK", "2", tags=frozenset({"drink"})),
)
PER_POINTS = {
    "id": "L",
    "family": "loyalty",
    "activation": {"mode": "customer"},
    "apply": "on_claim",
    "rewards": [{"kind": "free_item", "sku": "CUP", "cost_points": "10"}],
}


def test_a_gift_is_a_line_of_its_own_at_zero() -> None:
    priced = price(bill((TEA, 1)), book([{"rewards": [{"kind": "free_item", "sku": "CUP", "qty": 2}]}], [CUP]))
    (gift,) = priced.free_lines
    assert (gift.item.sku, gift.quantity, gift.worth.decimal()) == ("CUP", Quantity.of(2), "10.00")
    assert priced.total.decimal() == "3.00"
    assert priced.pieces == 3


def test_fewer_pieces_cost_fewer_points() -> None:
    rules = book([PER_POINTS], [CUP], [{"id": "L"}])
    empty = bill((TEA, 1), customer=customer({"L": 100}))
    for pieces in (3, 2):
        priced = price(empty.with_claim(claim("L", quantity=pieces)), rules)
        assert priced.spent_of("L") == Points(10 * pieces)


def test_a_gift_no_longer_sold_is_not_offered_and_the_reason_says_so() -> None:
    gone = replace(CUP, active=False)
    priced = price(bill((TEA, 1), customer=customer({"L": 100})), book([PER_POINTS], [gone], [{"id": "L"}]))
    assert not priced.offers
    assert [why.reason for why in priced.reasons] == [Reason.ITEM_GONE]


def test_a_claim_of_an_item_no_longer_sold_gives_nothing_and_spends_nothing() -> None:
    claimed = bill((TEA, 1), customer=customer({"L": 100})).with_claim(claim("L"))
    priced = price(claimed, book([PER_POINTS], [], [{"id": "L"}]))
    assert (priced.free_lines, priced.spent) == ((), ())


def test_an_offer_names_the_gift_or_the_choices() -> None:
    choice = {"rewards": [{"kind": "free_item", "choose_from": {"tags": ["drink"]}}]}
    gift = {"apply": "on_claim", "rewards": [{"kind": "free_item", "sku": "CUP", "qty": 2}]}
    priced = price(bill((CUP, 1)), book([choice, gift], [CUP, TEA, MILK]))
    first, second = priced.offers
    assert (first.choices, first.gift, first.benefit) == (("TEA", "MILK"), "", Benefit.FREE_ITEM)
    assert (second.choices, second.gift, second.pieces) == ((), "CUP", 2)


def test_the_gift_picked_is_the_gift_given() -> None:
    choice = {"id": "F", "rewards": [{"kind": "free_item", "choose_from": {"tags": ["drink"]}}]}
    rules = book([choice], [CUP, TEA, MILK])
    priced = price(bill((CUP, 1)).with_claim(claim("F", choice="MILK")), rules)
    assert [gift.item.sku for gift in priced.free_lines] == ["MILK"]
