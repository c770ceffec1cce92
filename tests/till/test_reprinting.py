import pytest

from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.permits import FakePermits
from tests.fakes.printer import FakePrinter
from tests.till.return_desk import sold
from tukar.domain.people import Action, Right
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, PrinterState
from tukar.till.reprinting import Reprinting, ReprintModel


class Shelf:
    """The list of receipts over a journal with one sale in it."""

    def __init__(self) -> None:
        clock = FakeClock()
        self.journal, self.printer, self.permits = FakeJournal(clock), FakePrinter(), FakePermits()
        self.model = ReprintModel()
        self.reprinting = Reprinting(
            view=self,
            journal=self.journal,
            printer=self.printer,
            background=ImmediateBackground(clock),
            permits=self.permits,
        )

    def show_reprint(self, model: ReprintModel) -> None:
        self.model = model

    def said(self) -> Say | None:
        return None if self.model.notice is None else self.model.notice.say


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_copy_is_marked_as_one_and_written_down(shelf: Shelf) -> None:
    saved = shelf.journal.save_bill(sold())
    shelf.reprinting.open()
    shelf.reprinting.print()
    assert shelf.printer.printed == [(saved, True)]
    assert shelf.journal.trail == [("sari", "reprint", saved.bill_id, "")]
    assert not shelf.model.is_open


def test_without_a_sale_there_is_nothing_to_print(shelf: Shelf) -> None:
    shelf.reprinting.open()
    assert (shelf.model.chosen, shelf.said()) == (-1, Say.NO_RECEIPTS)
    shelf.reprinting.print()
    assert shelf.printer.printed == []


@pytest.mark.parametrize(
    ("state", "say"),
    [
        (PrinterState.MISSING, Say.PRINTER_MISSING),
        (PrinterState.OUT_OF_PAPER, Say.PRINTER_PAPER),
        (PrinterState.FAILED, Say.PRINTER_FAILED),
    ],
)
def test_a_printer_in_trouble_is_told_and_the_list_stays(shelf: Shelf, state: PrinterState, say: Say) -> None:
    shelf.journal.save_bill(sold())
    shelf.printer.answers = state
    shelf.reprinting.open()
    shelf.reprinting.print()
    assert (shelf.said(), shelf.model.is_open, shelf.model.busy) == (say, True, False)


def test_who_may_not_prints_nothing(shelf: Shelf) -> None:
    shelf.journal.save_bill(sold())
    shelf.permits.rights[Action.REPRINT] = Right.DENIED
    shelf.reprinting.open()
    shelf.reprinting.print()
    assert shelf.said() is Say.NOT_ALLOWED
    assert shelf.printer.printed == []


def test_nothing_is_printed_that_is_not_written_down(shelf: Shelf) -> None:
    shelf.journal.save_bill(sold())
    shelf.reprinting.open()
    shelf.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    shelf.reprinting.print()
    assert shelf.said() is Say.DISK_FULL
    assert shelf.printer.printed == []


def test_arrows_stay_in_the_list(shelf: Shelf) -> None:
    shelf.journal.save_bill(sold())
    shelf.reprinting.open()
    for steps in (-3, 5):
        shelf.reprinting.move(steps)
        assert shelf.model.chosen == 0
