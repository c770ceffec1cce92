from tests.till.counter import FakeDirectory, open_counter
from tukar.domain.bill import Bill
from tukar.domain.money import Quantity
from tukar.till.salespeople import SalespeopleModel


def test_the_chosen_one_is_on_the_bill_and_on_every_new_one() -> None:
    counter = open_counter()
    counter.salespeople.open()
    people = counter.views.salespeople.people
    assert counter.views.salespeople.is_open
    assert len(people) == 5
    counter.salespeople.choose(2)
    assert counter.sale.bill.salesperson == people[2]
    shown = counter.views.salespeople
    assert not shown.is_open
    counter.sale.start()
    assert counter.sale.bill.salesperson == people[2]
    assert counter.bill.salesperson == people[2]


def test_the_present_one_is_marked() -> None:
    counter = open_counter()
    counter.salespeople.open()
    counter.salespeople.choose(3)
    counter.salespeople.open()
    assert counter.views.salespeople.chosen == 3
    counter.salespeople.move(1)
    assert counter.views.salespeople.chosen == 4
    counter.salespeople.move(9)
    assert counter.views.salespeople.chosen == 4


def test_nobody_is_also_an_answer() -> None:
    counter = open_counter()
    counter.salespeople.open()
    counter.salespeople.choose(0)
    counter.salespeople.take_off()
    assert counter.sale.bill.salesperson is None
    counter.sale.start()
    assert counter.sale.bill.salesperson is None


def test_another_shift_starts_without_one() -> None:
    counter = open_counter()
    counter.salespeople.open()
    counter.salespeople.choose(0)
    counter.salespeople.sign_off()
    counter.sale.start()
    assert counter.sale.bill.salesperson is None


def test_while_the_backend_decides_it_stays() -> None:
    counter = open_counter()
    counter.salespeople.open()
    counter.sale.lock()
    counter.salespeople.choose(0)
    counter.salespeople.take_off()
    assert counter.sale.bill.salesperson is None
    assert counter.views.salespeople.is_open


def test_by_line_goods_without_one_open_the_list_and_closing_takes_them_off() -> None:
    counter = open_counter(salesperson_by_line=True)
    counter.sell("01001")
    shown = counter.views.salespeople
    assert (shown.is_open, shown.must, shown.can_be_nobody) == (True, True, False)
    assert shown.goods == counter.sale.bill.lines[0].item.name
    counter.salespeople.take_off()
    assert counter.views.salespeople == shown, "nobody is no answer"
    counter.salespeople.close()
    assert counter.views.salespeople == SalespeopleModel()
    assert counter.sale.bill.is_empty


def test_by_line_the_chosen_one_is_on_the_line_alone() -> None:
    counter = open_counter(salesperson_by_line=True)
    counter.sell("01001")
    counter.salespeople.choose(1)
    people = FakeDirectory().salespeople()
    (line,) = counter.sale.bill.lines
    assert (line.salesperson_id, counter.sale.bill.salesperson) == (people[1].salesperson_id, None)
    assert counter.bill.sellers == (people[1],)
    counter.sell("01002")
    assert counter.views.salespeople.chosen == 1, "whoever was last is marked for the next"
    counter.salespeople.close()
    assert [one.line_id for one in counter.sale.bill.lines] == [line.line_id]


def test_by_line_scans_behind_the_open_list_go_to_the_same_one() -> None:
    counter = open_counter(salesperson_by_line=True)
    counter.sell("01001")
    counter.sell("01002")
    counter.salespeople.choose(0)
    assert len({line.salesperson_id for line in counter.sale.bill.lines}) == 1
    assert counter.sale.bill.unserved == ()


def test_by_line_a_bill_that_has_one_is_not_asked_about_and_keeps_them() -> None:
    counter = open_counter(salesperson_by_line=True)
    counter.salespeople.open()
    counter.salespeople.choose(0)
    counter.sell("01001")
    assert not counter.views.salespeople.is_open
    counter.salespeople.open()
    counter.salespeople.take_off()
    assert counter.sale.bill.salesperson is not None


def test_by_line_what_undo_brings_back_is_asked_about_again() -> None:
    counter = open_counter(salesperson_by_line=True)
    counter.sell("01001")
    counter.salespeople.choose(0)
    counter.sale.undo()
    assert counter.views.salespeople.must
    counter.salespeople.close()
    assert counter.sale.bill.is_empty


def test_goods_that_came_with_a_bill_stay_when_the_list_is_closed() -> None:
    counter = open_counter(salesperson_by_line=True)
    item = counter.shelf.items[0]
    held = Bill("held-1", counter.sale.bill.currency).with_item(item, Quantity.of(1), "line-of-old")
    counter.sale.resume(held)
    assert not counter.views.salespeople.is_open
    counter.sell("01002")
    counter.salespeople.close()
    assert [line.line_id for line in counter.sale.bill.lines] == ["line-of-old"]
    assert len(counter.sale.bill.unserved) == 1, "it is not saved as it is"


def test_a_line_gets_one_of_its_own_and_goes_back_to_the_bills() -> None:
    counter = open_counter()
    counter.salespeople.open()
    counter.salespeople.choose(0)
    counter.sell("01001")
    line_id = counter.sale.bill.lines[0].line_id
    counter.line_work.open(line_id)
    counter.line_work.let_choose_seller(counter.salespeople.open_line)
    counter.line_work.choose_seller()
    shown = counter.views.salespeople
    assert (shown.is_open, shown.must, shown.chosen) == (True, False, 0)
    counter.salespeople.choose(3)
    people = shown.people
    assert counter.sale.bill.lines[0].salesperson_id == people[3].salesperson_id
    assert counter.sale.bill.salesperson == people[0]
    counter.salespeople.open_line(line_id)
    assert counter.views.salespeople.chosen == 3
    counter.salespeople.take_off()
    assert counter.sale.bill.lines[0].salesperson_id == ""
    counter.salespeople.open_line("gone")
    assert not counter.views.salespeople.is_open


def test_the_line_stays_as_it_is_while_the_backend_decides() -> None:
    counter = open_counter()
    counter.sell("01001")
    counter.line_work.open(counter.sale.bill.lines[0].line_id)
    counter.sale.lock()
    counter.line_work.choose_seller()
    assert not counter.views.salespeople.is_open
