import pytest

from tests.fakes.customers import account_of
from tests.till.bench import Bench, demo_shop, shelf
from tukar.till.bill_words import BillWords, BillWordsModel
from tukar.till.notices import Say
from tukar.till.ports import Draft

NPWP = "01.234.567.8-901.000"
DEWI, BUDI = map(account_of, demo_shop().customers[:2])


class Desk:
    """A bill of rice at a till of that country; it is the view."""

    def __init__(self, country: str = "ID") -> None:
        self.bench = Bench()
        self.till = self.bench.start()
        self.sale = self.till.sale
        self.model = BillWordsModel()
        self.words = BillWords(view=self, sale=self.sale, country=country)
        self.sale.add(shelf().named("Beras Ramos"))

    def show_bill_words(self, model: BillWordsModel) -> None:
        self.model = model

    def write(self, note: str = "", number: str = "") -> Say | None:
        """What was said to it, or None when the sheet has closed."""
        self.words.open()
        self.words.type_note(note)
        self.words.type_tax_number(number)
        self.words.set()
        assert self.model.is_open == (self.model.notice is not None)
        return None if self.model.notice is None else self.model.notice.say

    def is_wrong(self) -> bool:
        return self.model.is_number_wrong

    def on_bill(self) -> tuple[str, str]:
        return self.sale.bill.note, self.sale.bill.buyer_tax_number


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_both_go_on_the_bill_in_one_step_and_off_again(desk: Desk) -> None:
    assert desk.write("  Gift wrap ", "012345678901000") is None
    assert desk.on_bill() == ("Gift wrap", NPWP)
    desk.words.open()
    assert (desk.model.note, desk.model.tax_number, desk.model.number_name) == ("Gift wrap", NPWP, "NPWP")
    desk.words.close()
    desk.sale.undo()
    assert desk.on_bill() == ("", "")
    desk.write("Gift wrap", NPWP)
    assert desk.write() is None
    assert desk.on_bill() == ("", "")


def test_esc_leaves_the_bill_as_it_was(desk: Desk) -> None:
    desk.words.open()
    desk.words.type_note("Not this")
    desk.words.close()
    desk.words.set()
    assert desk.on_bill() == ("", "")
    assert not desk.model.is_open


@pytest.mark.parametrize(
    ("country", "number", "said"),
    [
        ("ID", "01.234.567.8", Say.TAX_NUMBER_LENGTH),
        ("ID", "3273013208870002", Say.TAX_NUMBER_FORM),
        ("IN", "27AAPFU0939F1ZW", Say.TAX_NUMBER_CHECK),
        ("SG", "!", Say.TAX_NUMBER_FORM),
    ],
)
def test_a_number_that_is_none_is_said_and_stays_to_be_put_right(country: str, number: str, said: Say) -> None:
    desk = Desk(country)
    assert desk.write("Gift wrap", number) is said
    assert desk.is_wrong()
    assert desk.model.tax_number == number
    assert desk.on_bill() == ("", "")
    desk.words.type_tax_number("")
    assert not desk.is_wrong()
    desk.words.set()
    assert desk.on_bill() == ("Gift wrap", "")


def test_a_note_never_holds_a_card_number(desk: Desk) -> None:
    assert desk.write("card 4111 1111 1111 1111") is Say.CARD_NUMBER_TYPED
    assert not desk.is_wrong()
    assert desk.on_bill() == ("", "")


def test_while_points_are_asked_for_the_bill_stays(desk: Desk) -> None:
    desk.sale.lock()
    assert desk.write("Gift wrap") is Say.POINTS_ASKED
    assert desk.on_bill() == ("", "")
    desk.sale.unlock()
    desk.words.set()
    assert desk.on_bill() == ("Gift wrap", "")


def test_another_bill_closes_the_sheet(desk: Desk) -> None:
    desk.words.open()
    desk.sale.start()
    assert not desk.model.is_open


def test_the_number_goes_with_the_customer_it_was_taken_down_for(desk: Desk) -> None:
    desk.write("Gift wrap", NPWP)
    desk.sale.set_customer(DEWI)
    assert desk.on_bill() == ("Gift wrap", NPWP)
    desk.sale.set_customer(BUDI)
    assert desk.on_bill() == ("Gift wrap", "")
    desk.write("Gift wrap", NPWP)
    desk.sale.set_customer(None)
    assert desk.on_bill() == ("Gift wrap", "")


def test_receipt_draft_and_repr(desk: Desk) -> None:
    desk.write("Gift wrap", NPWP)
    assert NPWP not in repr(desk.sale.bill)
    desk.bench.journal.save_draft(Draft(desk.sale.bill))
    assert desk.bench.journal.drafts()[0].bill == desk.sale.bill
    desk.till.checkout.begin_payment()
    desk.till.checkout.pay_cash()
    desk.till.checkout.save()
    receipt = desk.bench.journal.recent_receipts()[0]
    assert (receipt.note, receipt.buyer_tax_number) == ("Gift wrap", NPWP)
    assert NPWP not in repr(receipt)
