from decimal import Decimal

import pytest

from tests.till.counter import Counter, open_counter
from tukar.domain.bill import HandDiscount, PriceOverride
from tukar.domain.item import Item
from tukar.domain.money import Money, Quantity, UnitPrice
from tukar.domain.people import Action, Right
from tukar.till.line_work import By, LineModel, Work
from tukar.till.notices import Say

CARD = "4111 1111 1111 1111"


@pytest.fixture
def counter() -> Counter:
    counter = open_counter()
    counter.sell("01001")
    counter.line_work.open(counter.sale.bill.lines[0].line_id)
    return counter


def shown(counter: Counter) -> LineModel:
    return counter.views.line


def said(counter: Counter) -> Say | None:
    notice = shown(counter).notice
    return None if notice is None else notice.say


def rupiah(counter: Counter, minor: int) -> Money:
    return Money(minor, counter.sale.bill.currency)


def price_by_hand(counter: Counter, digits: str, reason: str) -> None:
    counter.line_work.choose(Work.PRICE)
    counter.line_work.type(digits)
    counter.line_work.give_reason(reason)
    counter.line_work.set()


def discount_by_hand(counter: Counter, text: str, reason: str, by: By = By.PERCENT) -> None:
    counter.line_work.choose(Work.DISCOUNT)
    counter.line_work.choose_by(by)
    counter.line_work.type(text)
    counter.line_work.give_reason(reason)
    counter.line_work.set()


def test_it_opens_with_the_quantity_there_is(counter: Counter) -> None:
    model = shown(counter)
    assert (model.work, model.text, model.fresh) == (Work.QUANTITY, "1", True)
    assert model.after == counter.sale.priced.lines[0].net


def test_a_quantity_shows_what_it_comes_to_before_it_counts(counter: Counter) -> None:
    one = counter.sale.priced.lines[0].net
    counter.line_work.type("3")
    assert shown(counter).after == one * 3
    assert counter.sale.bill.lines[0].quantity == Quantity.of(1)
    counter.line_work.set()
    assert counter.sale.bill.lines[0].quantity == Quantity.of(3)
    assert not shown(counter).is_open


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "-1", "1,2345"])
def test_what_is_no_quantity_cannot_be_set(counter: Counter, text: str) -> None:
    counter.line_work.type(text)
    assert not shown(counter).can_set
    counter.line_work.set()
    assert counter.sale.bill.lines[0].quantity == Quantity.of(1)


def test_half_a_piece_is_refused_in_words(counter: Counter) -> None:
    counter.line_work.type("0,5")
    counter.line_work.set()
    assert said(counter) is Say.SOLD_BY_PIECE
    assert counter.sale.bill.lines[0].quantity == Quantity.of(1)


def test_weighed_goods_take_a_part_of_a_kilogram() -> None:
    rice = Item("RICE", "Rice", UnitPrice.of(Money(14_000, open_counter().sale.bill.currency)), weighed=True)
    counter = open_counter(rice)
    counter.sell("RICE")
    counter.line_work.open(counter.sale.bill.lines[0].line_id)
    counter.line_work.type("0,75")
    counter.line_work.set()
    assert counter.sale.bill.lines[0].quantity == Quantity(750)


def test_zero_takes_the_line_off(counter: Counter) -> None:
    counter.line_work.type("0")
    counter.line_work.set()
    assert counter.sale.bill.is_empty
    assert not shown(counter).is_open


def test_a_price_carries_its_reason_and_who_gave_it(counter: Counter) -> None:
    price_by_hand(counter, "12000", " Shelf price ")
    line = counter.sale.bill.lines[0]
    assert line.unit_price == UnitPrice.of(rupiah(counter, 12_000))
    assert line.override == PriceOverride("Shelf price", "sari")
    assert counter.sale.priced.lines[0].gross == rupiah(counter, 12_000)


def test_without_a_reason_it_is_asked_for(counter: Counter) -> None:
    price_by_hand(counter, "12000", "  ")
    assert said(counter) is Say.REASON_NEEDED
    assert shown(counter).asks_reason
    assert counter.sale.bill.lines[0].override is None
    assert counter.permits.asked == []


def test_a_second_person_is_named_beside_the_cashier(counter: Counter) -> None:
    counter.permits.rights[Action.OVERRIDE_PRICE] = Right.NEEDS_APPROVAL
    price_by_hand(counter, "12000", "Damaged")
    line = counter.sale.bill.lines[0]
    assert line.override is None
    assert shown(counter).is_open
    assert counter.permits.asked == [(Action.OVERRIDE_PRICE, f"{line.line_id} 12000")]
    counter.permits.approve()
    assert counter.sale.bill.lines[0].override == PriceOverride("Damaged", "sari", "hendra")
    assert not shown(counter).is_open


def test_a_word_given_for_a_line_that_is_gone_does_nothing(counter: Counter) -> None:
    counter.permits.rights[Action.OVERRIDE_PRICE] = Right.NEEDS_APPROVAL
    price_by_hand(counter, "12000", "Damaged")
    counter.sale.start()
    assert not shown(counter).is_open
    counter.permits.approve()
    assert counter.sale.bill.is_empty


def test_who_may_not_reads_it_at_once_and_cannot(counter: Counter) -> None:
    counter.permits.rights[Action.DISCOUNT_LINE] = Right.DENIED
    counter.line_work.choose(Work.DISCOUNT)
    assert said(counter) is Say.NOT_ALLOWED
    counter.line_work.type("10")
    counter.line_work.give_reason("Goodwill")
    assert not shown(counter).can_set
    counter.line_work.set()
    assert counter.sale.bill.lines[0].discount is None


def test_the_shops_own_price_comes_back_without_anybody(counter: Counter) -> None:
    line = counter.sale.bill.lines[0]
    price_by_hand(counter, "12000", "Damaged")
    counter.permits.rights[Action.OVERRIDE_PRICE] = Right.DENIED
    counter.permits.rights.clear()
    counter.permits.asked.clear()
    counter.line_work.open(line.line_id, Work.PRICE)
    assert (shown(counter).text, shown(counter).reason) == ("12000", "Damaged")
    counter.line_work.type(str(line.item.charged_price.rounded().minor))
    counter.line_work.set()
    assert counter.sale.bill.lines[0].override is None
    assert counter.permits.asked == []


def test_a_discount_in_percent(counter: Counter) -> None:
    gross = counter.sale.priced.lines[0].gross
    discount_by_hand(counter, "12,5", "Damaged")
    assert counter.sale.bill.lines[0].discount == HandDiscount(percent=Decimal("12.5"), reason="Damaged", actor="sari")
    assert counter.sale.priced.lines[0].gross.minor == round(gross.minor * 0.875)


def test_a_discount_as_an_amount_off_every_piece(counter: Counter) -> None:
    gross = counter.sale.priced.lines[0].gross
    discount_by_hand(counter, "1500", "Goodwill", By.AMOUNT)
    assert counter.sale.priced.lines[0].gross == gross - rupiah(counter, 1_500)
    counter.line_work.open(counter.sale.bill.lines[0].line_id, Work.DISCOUNT)
    assert (shown(counter).by, shown(counter).text, shown(counter).reason) == (By.AMOUNT, "1500", "Goodwill")
    counter.line_work.type("")
    counter.line_work.set()
    assert counter.sale.bill.lines[0].discount is None


def test_more_than_the_price_does_not_come_off(counter: Counter) -> None:
    discount_by_hand(counter, "99999999", "Goodwill", By.AMOUNT)
    assert said(counter) is Say.DISCOUNT_TOO_MUCH
    assert shown(counter).after is None
    assert counter.sale.bill.lines[0].discount is None


def test_more_than_everything_is_no_percentage(counter: Counter) -> None:
    counter.line_work.choose(Work.DISCOUNT)
    counter.line_work.type("101")
    assert not shown(counter).can_set


def test_a_note_is_kept_on_its_line(counter: Counter) -> None:
    counter.line_work.choose(Work.NOTE)
    counter.line_work.type(" Lid dented ")
    counter.line_work.set()
    assert counter.sale.bill.lines[0].note == "Lid dented"
    counter.sell("01001")
    assert len(counter.sale.bill.lines) == 2, "what is noted on one piece is not noted on the next"


def test_a_card_number_is_kept_nowhere(counter: Counter) -> None:
    counter.line_work.choose(Work.NOTE)
    counter.line_work.type(f"paid by {CARD}")
    counter.line_work.set()
    assert said(counter) is Say.CARD_NUMBER_TYPED
    price_by_hand(counter, "12000", CARD)
    assert said(counter) is Say.CARD_NUMBER_TYPED
    assert counter.sale.bill.lines[0].note == ""
    assert counter.sale.bill.lines[0].override is None


def test_removing_asks_the_table(counter: Counter) -> None:
    counter.permits.rights[Action.VOID_LINE] = Right.NEEDS_APPROVAL
    counter.line_work.remove()
    assert len(counter.names) == 1
    counter.permits.approve()
    assert counter.names == []
    counter.sale.undo()
    assert len(counter.names) == 1


def test_a_bill_that_waits_for_points_is_not_worked_on(counter: Counter) -> None:
    counter.sale.lock()
    counter.line_work.type("2")
    counter.line_work.set()
    assert said(counter) is Say.POINTS_ASKED
    counter.line_work.remove()
    assert not counter.sale.bill.is_empty


def test_esc_leaves_the_line_as_it_was(counter: Counter) -> None:
    before = counter.sale.bill
    counter.line_work.type("7")
    counter.line_work.close()
    assert counter.sale.bill == before
    counter.line_work.set()
    assert counter.sale.bill == before


def test_arrows_go_through_the_kinds_of_work_and_stop_at_the_ends(counter: Counter) -> None:
    counter.line_work.move(-1)
    assert shown(counter).work is Work.QUANTITY
    seen = []
    for _ in range(4):
        counter.line_work.move(1)
        seen.append(shown(counter).work)
    assert seen == [Work.PRICE, Work.DISCOUNT, Work.NOTE, Work.NOTE]
