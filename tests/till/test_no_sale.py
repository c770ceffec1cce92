import pytest

from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.permits import FakePermits
from tests.fakes.printer import FakePrinter
from tukar.domain.people import Action, Right
from tukar.till.no_sale import NoSale, NoSaleModel
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind


class Drawer:
    """The no-sale sheet over a drawer that counts."""

    def __init__(self) -> None:
        clock = FakeClock()
        self.journal, self.printer, self.permits = FakeJournal(clock), FakePrinter(), FakePermits()
        self.model = NoSaleModel()
        self.no_sale = NoSale(
            view=self,
            journal=self.journal,
            printer=self.printer,
            background=ImmediateBackground(clock),
            permits=self.permits,
        )
        self.no_sale.open()

    def show_no_sale(self, model: NoSaleModel) -> None:
        self.model = model

    def ask(self, reason: str) -> Say | None:
        self.no_sale.type(reason)
        self.no_sale.go_on()
        return None if self.model.notice is None else self.model.notice.say


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def test_it_opens_with_a_reason_that_is_written_down_first(drawer: Drawer) -> None:
    assert drawer.ask(" Coins ") is None
    assert drawer.printer.drawer_opened == 1
    assert drawer.journal.trail == [("sari", "open_drawer", "no sale", "Coins")]
    assert not drawer.model.is_open


@pytest.mark.parametrize(("reason", "say"), [("  ", Say.DRAWER_REASON), ("4111 1111 1111 1111", Say.CARD_NUMBER_TYPED)])
def test_it_stays_shut_without_a_fit_reason(drawer: Drawer, reason: str, say: Say) -> None:
    assert drawer.ask(reason) is say
    assert drawer.printer.drawer_opened == 0
    assert drawer.journal.trail == []


def test_a_second_person_is_named(drawer: Drawer) -> None:
    drawer.permits.rights[Action.OPEN_DRAWER] = Right.NEEDS_APPROVAL
    drawer.no_sale.open()
    assert drawer.model.needs_second
    drawer.ask("Coins")
    assert drawer.printer.drawer_opened == 0
    drawer.permits.approve()
    assert drawer.journal.trail == [("sari", "open_drawer", "no sale", "Coins (hendra)")]
    assert drawer.printer.drawer_opened == 1


def test_who_may_not_is_told(drawer: Drawer) -> None:
    drawer.permits.rights[Action.OPEN_DRAWER] = Right.DENIED
    assert drawer.ask("Coins") is Say.NOT_ALLOWED
    assert drawer.printer.drawer_opened == 0


def test_a_full_disk_keeps_it_shut(drawer: Drawer) -> None:
    drawer.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    assert drawer.ask("Coins") is Say.DISK_FULL
    assert drawer.printer.drawer_opened == 0


def test_esc_opens_nothing(drawer: Drawer) -> None:
    drawer.no_sale.type("Coins")
    drawer.no_sale.close()
    drawer.no_sale.go_on()
    assert drawer.printer.drawer_opened == 0
