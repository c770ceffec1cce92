"""What the customer may see of a till: their own bill, and nothing of anybody else."""

import pytest

from tests.fakes.customers import account_of
from tests.till.bench import Bench, demo_shop, shelf
from tukar.domain.bill import CustomerSource
from tukar.domain.money import Quantity
from tukar.domain.people import Role, StaffMember
from tukar.domain.points import Points
from tukar.till.customer_display import CustomerDisplay, DisplayModel, DisplayStep
from tukar.till.staffing import StaffingModel

SARI = StaffMember("sari", "Sari Wulandari", Role.CASHIER)
HERE = StaffingModel(cashier=SARI)
DEWI, BUDI = map(account_of, demo_shop().customers[:2])


class Counter:
    """A till on the bench with a second screen; it is that screen."""

    def __init__(self) -> None:
        self.till = Bench().start()
        self.sale, self.checkout = self.till.sale, self.till.checkout
        self.shown: list[DisplayModel] = []
        self.display = CustomerDisplay(
            view=self, sale=self.sale, checkout=self.checkout.model, staffing=HERE, shop="Toko"
        )
        self.sale.listen(self.display.bill_changed)
        self.checkout.listen(self.display.checkout_changed)
        self.display.open()

    def show_display(self, model: DisplayModel) -> None:
        self.shown.append(model)

    @property
    def model(self) -> DisplayModel:
        return self.shown[-1]

    def sell(self) -> None:
        self.sale.add(shelf().named("Beras Ramos"), Quantity.of(2))


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_an_empty_till_greets(counter: Counter) -> None:
    assert counter.model == DisplayModel(shop="Toko")


def test_lines_and_total_are_those_of_the_bill(counter: Counter) -> None:
    counter.sell()
    priced = counter.sale.priced
    (line,) = [line for line in counter.model.lines if line.amount]
    assert (line.name, line.quantity, line.amount) == (
        "Beras Ramos 5 kg",
        Quantity.of(2),
        priced.lines[0].net,
    )
    assert (counter.model.step, counter.model.total) == (DisplayStep.BILL, priced.total)
    assert counter.model.discount == (priced.discount or None)
    assert counter.model.due is None


def test_the_customer_is_a_first_name_and_the_end_of_a_number(counter: Counter) -> None:
    counter.sell()
    counter.sale.set_customer(DEWI, CustomerSource.MOBILE)
    first, _, last = DEWI.name.partition(" ")
    assert counter.model.customer == f"{first}  {DEWI.masked_mobile}"
    told = repr(counter.model)
    for private in (last, DEWI.masked_card, DEWI.member_id, "\N{HORIZONTAL ELLIPSIS}" * 2):
        assert private not in told
    assert counter.model.points[0].balance == DEWI.balances[0].available


def test_another_customer_leaves_nothing_of_the_former(counter: Counter) -> None:
    counter.sell()
    counter.sale.set_customer(DEWI, CustomerSource.MOBILE)
    counter.sale.set_customer(BUDI, CustomerSource.MOBILE)
    assert DEWI.name.split()[0] not in repr(counter.model)
    counter.sale.set_customer(None)
    assert (counter.model.customer, counter.model.points) == ("", ())


@pytest.mark.parametrize("staffing", [StaffingModel(), StaffingModel(cashier=SARI, locked=True)])
def test_a_locked_till_shows_nobodys_bill(counter: Counter, staffing: StaffingModel) -> None:
    counter.sell()
    counter.sale.set_customer(DEWI, CustomerSource.MOBILE)
    counter.display.staffing_changed(staffing)
    assert counter.model == DisplayModel(shop="Toko")
    counter.display.staffing_changed(HERE)
    assert counter.model.step is DisplayStep.BILL


def test_what_is_left_to_pay_and_then_thanks_with_change(counter: Counter) -> None:
    counter.sell()
    counter.sale.set_customer(DEWI, CustomerSource.MOBILE)
    counter.checkout.begin_payment()
    total = counter.sale.priced.total
    part = total.currency.money("50000")
    counter.checkout.pay_cash(part)
    assert counter.model.due == total - part
    counter.checkout.pay_cash(total.currency.money("200000"))
    counter.checkout.save()
    model = counter.model
    assert (model.step, model.lines, model.change) == (
        DisplayStep.THANKS, (), counter.checkout.model.receipt and counter.checkout.model.receipt.change,
    )  # fmt: skip
    assert all(isinstance(one.balance, Points) for one in model.points)
    counter.checkout.next_sale()
    assert counter.model == DisplayModel(shop="Toko")


def test_nothing_is_drawn_twice_and_a_screen_plugged_in_again_is_told(counter: Counter) -> None:
    counter.sell()
    before = len(counter.shown)
    counter.sale.reprice()
    assert len(counter.shown) == before
    counter.display.open()
    assert counter.shown[-1] == counter.shown[-2]
