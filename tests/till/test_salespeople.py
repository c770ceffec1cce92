from tests.till.counter import open_counter


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
