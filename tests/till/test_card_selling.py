"""Gift cards as goods: each on a line of its own with a code, made here or scanned, and on paper once saved."""

from dataclasses import replace

import pytest

from tests.till.bench import Bench, TillOnBench, shelf
from tukar.domain.item import Item
from tukar.domain.money import Quantity
from tukar.domain.pricing.issuing import code_left_by
from tukar.till.card_selling import CardSelling
from tukar.till.notices import Notice, Say

CARD = "Kartu Hadiah Rp 100.000"


class Counter:
    """A till where gift cards are sold, and what the cashier was told."""

    def __init__(self) -> None:
        self.bench = Bench()
        self.till: TillOnBench = self.bench.start()
        self.told: list[Notice] = []
        self.selling = CardSelling(self.till.sale, self.till.gear, self.told.append)

    @property
    def codes(self) -> list[str]:
        return [line.card for line in self.till.sale.bill.lines]

    def said(self) -> list[Say]:
        return [notice.say for notice in self.told]


def gift_card() -> Item:
    return shelf().named(CARD)


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.till.sale.add(gift_card())
    return counter


def test_a_gift_card_gets_a_code_that_only_this_bill_could_make(counter: Counter) -> None:
    bill = counter.till.sale.bill
    assert counter.codes == [code_left_by(bill.bill_id, bill.lines[0].line_id)]
    assert counter.said() == [Say.GIFT_CARD_ADDED]


def test_every_card_has_a_line_and_a_code_of_its_own(counter: Counter) -> None:
    counter.till.sale.add(gift_card(), Quantity.of(2))
    assert len(set(counter.codes)) == len(counter.codes) == 3
    assert {line.quantity for line in counter.till.sale.bill.lines} == {Quantity.of(1)}


def test_other_goods_have_no_code(counter: Counter) -> None:
    counter.bench.ring_rice(counter.till)
    assert counter.codes[1:] == [""]
    assert counter.said() == [Say.GIFT_CARD_ADDED]


def test_the_next_scan_names_the_card_and_keeps_it_for_the_bill(counter: Counter) -> None:
    assert counter.selling.scanned(" kado 0001 ")
    assert counter.codes == ["KADO0001"]
    assert counter.bench.backend.calls["reserve_card"] == 1
    assert not counter.selling.scanned("KADO0002")


def test_a_card_that_is_somebodys_is_refused_and_the_new_code_stays(counter: Counter) -> None:
    counter.bench.backend.sell_card("KADO0001", 50_000)
    made = counter.codes
    assert counter.selling.scanned("KADO0001")
    assert (counter.codes, counter.said()[-1]) == (made, Say.GIFT_CARD_TAKEN)


def test_offline_the_scan_is_taken_as_it_is(counter: Counter) -> None:
    counter.bench.backend.down = True
    assert counter.selling.scanned("KADO0001")
    assert counter.codes == ["KADO0001"]


def test_nothing_but_the_card_just_added_is_named(counter: Counter) -> None:
    counter.bench.ring_rice(counter.till)
    assert not counter.selling.scanned("KADO0001")


def test_a_backend_without_stored_value_names_none(counter: Counter) -> None:
    counter.bench.backend.capabilities = replace(counter.bench.backend.capabilities, stored_value=False)
    assert not counter.selling.scanned("KADO0001")


def test_what_is_paid_for_a_card_goes_onto_it_when_the_bill_is_saved(counter: Counter) -> None:
    (left,) = counter.till.sale.priced.left
    assert (left.code, int(left.credits)) == (counter.codes[0], 100_000)
    counter.till.checkout.begin_payment()
    counter.till.checkout.pay_cash()
    counter.till.checkout.save()
    receipt = counter.till.model.receipt
    assert receipt is not None
    assert [line.card for line in receipt.lines] == counter.codes
