from tests.till.counter import Counter, open_counter
from tukar.domain.money import Quantity
from tukar.domain.pricing import FreeLine
from tukar.till.keys import Command
from tukar.till.notices import Say


def selected(counter: Counter) -> str:
    row = counter.bill.rows[counter.bill.selected]
    return row.item.name if isinstance(row, FreeLine) else row.line.item.name


def test_what_was_sold_last_is_selected() -> None:
    counter = open_counter()
    counter.sell("01001", "01002")
    assert selected(counter).startswith("Kopi Kapal")
    counter.sell("01001")
    assert selected(counter).startswith("Kopi Susu")


def test_totals_are_those_of_the_engine() -> None:
    counter = open_counter()
    counter.sell("01001")
    priced = counter.sale.priced
    bill = counter.bill
    assert (bill.before, bill.discount, bill.total, bill.tax) == (
        priced.before,
        priced.discount,
        priced.total,
        priced.tax,
    )
    assert bill.tax_names == ("PPN",)
    assert bill.tax_included
    assert bill.pieces == 1


def test_plus_and_minus_change_the_selected_line() -> None:
    counter = open_counter()
    counter.sell("01001", "01002")
    counter.billing.select(0)
    counter.billing.more()
    assert counter.sale.bill.lines[0].quantity == Quantity.of(2)
    counter.billing.fewer()
    counter.billing.fewer()
    assert counter.names == ["Kopi Kapal Api Mix 10 × 25 g"]


def test_the_line_below_is_selected_when_one_goes() -> None:
    counter = open_counter()
    counter.sell("01001", "01002", "01003")
    counter.billing.select(1)
    counter.billing.remove()
    assert selected(counter).startswith("Kopi Tubruk")
    counter.billing.remove()
    assert selected(counter).startswith("Kopi Susu")
    counter.billing.remove()
    assert counter.bill.selected == -1


def test_undo_brings_a_line_back() -> None:
    counter = open_counter()
    counter.sell("01001")
    counter.billing.remove()
    assert counter.bill.can_undo
    counter.billing.undo()
    assert counter.names == ["Kopi Susu Gula Aren 250 ml"]


def test_arrows_stay_on_the_bill() -> None:
    counter = open_counter()
    counter.billing.move(1)
    counter.sell("01001", "01002")
    counter.billing.move(-5)
    assert counter.bill.selected == 0
    counter.billing.move(9)
    assert counter.bill.selected == 1


def test_a_part_of_a_piece_is_refused_in_words() -> None:
    counter = open_counter()
    counter.sell("01001")
    counter.billing.set_quantity(Quantity(500))
    assert counter.bill.notice is not None
    assert counter.bill.notice.say is Say.SOLD_BY_PIECE
    counter.sell("01002")
    assert counter.bill.notice is None, "a notice is gone with the next change"


def test_nothing_changes_while_the_backend_decides() -> None:
    counter = open_counter()
    counter.sell("01001")
    before = counter.sale.bill
    counter.sale.lock()
    for edit in (counter.billing.more, counter.billing.fewer, counter.billing.remove, counter.billing.undo):
        edit()
        assert counter.bill.notice is not None
        assert counter.bill.notice.say is Say.POINTS_ASKED
    assert counter.sale.bill is before
    assert counter.bill.commands == {Command.FULL_SCREEN, Command.LOCK}


def test_keys_that_cannot_act_are_off() -> None:
    counter = open_counter()
    assert Command.PAYMENT not in counter.bill.commands
    assert Command.CUSTOMER in counter.bill.commands
    counter.sell("01001")
    assert {Command.PAYMENT, Command.SAVE, Command.PROMOTIONS} <= counter.bill.commands
    assert Command.REDEEM not in counter.bill.commands
    counter.greet("dewi")
    assert Command.REDEEM in counter.bill.commands


def test_a_new_bill_starts_without_a_selection_and_with_its_number() -> None:
    counter = open_counter()
    counter.sell("01001")
    counter.sale.start()
    counter.billing.renumber("2-000318")
    assert (counter.bill.number, counter.bill.rows, counter.bill.selected) == ("2-000318", (), -1)


def test_lines_that_did_not_change_are_the_same_objects() -> None:
    """A long bill is not written anew with every scan (performance.md, P4)."""
    counter = open_counter()
    counter.sell("01001", "01002")
    before = counter.sale.bill.lines[0]
    counter.sell("01003")
    assert counter.sale.bill.lines[0] is before
