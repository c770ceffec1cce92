from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.permits import FakePermits
from tests.fakes.shifts import RUPIAH, rupiah
from tests.till.bench import profile
from tests.till.test_signing_in import SARI
from tukar.domain.bill import Bill, BillLine
from tukar.domain.item import Item
from tukar.domain.money import Quantity, UnitPrice
from tukar.domain.people import Action, LoyaltyAccount, Right
from tukar.domain.shift import CashMovement
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Draft, Enrolment, PrinterState, ShiftPaper
from tukar.till.shift_desk import ShiftDesk, ShiftRule
from tukar.till.shift_screen import ShiftModel, ShiftScreen, ShiftStep, ShiftTools


class Office:
    """The shift sheet over a journal in memory; it is the view and the printer."""

    def __init__(self, *, required: bool = True) -> None:
        self.clock = FakeClock()
        self.journal, self.permits = FakeJournal(self.clock), FakePermits()
        background = ImmediateBackground(self.clock)
        self.desk = ShiftDesk(self.journal.shifts, background, self.clock, FakeIds(), ShiftRule("2", required))
        self.model = ShiftModel()
        self.free = True
        self.left = 0
        self.papers: list[ShiftPaper] = []
        self.prints = PrinterState.READY
        self.file: Path | None = Path("z.pdf")
        self.screen = ShiftScreen(
            self,
            ShiftTools(
                desk=self.desk,
                journal=self.journal,
                printer=self,
                background=background,
                clock=self.clock,
                permits=self.permits,
                profile=replace(profile(), currency=RUPIAH),
                cashier=lambda: SARI,
                names=lambda: {"sari": "Sari"},
                sellers=dict,
                may_close=lambda: self.free,
                left=self._leave,
            ),
        )
        self.desk.load()

    def _leave(self) -> None:
        self.left += 1

    def show_shift(self, model: ShiftModel) -> None:
        self.model = model

    def print_shift(self, paper: ShiftPaper) -> PrinterState:
        self.papers.append(paper)
        return self.prints

    def keep_shift(self, _paper: ShiftPaper) -> Path:
        if self.file is None:
            raise OSError("full")
        return self.file

    def said(self) -> Say | None:
        return None if self.model.notice is None else self.model.notice.say

    def movements(self) -> tuple[CashMovement, ...]:
        return () if self.desk.shift is None else self.desk.shift.movements

    def paper(self) -> ShiftPaper | None:
        return self.model.paper

    def begin(self, digits: str = "200000") -> None:
        self.screen.open()
        self.screen.type(digits)
        self.screen.go_on()

    def move(self, step: ShiftStep, digits: str, reason: str) -> None:
        self.screen.open()
        self.screen.choose(step)
        self.screen.type(digits)
        self.screen.give_reason(reason)
        self.screen.go_on()

    def close(self, *pieces: int) -> None:
        self.screen.open()
        self.screen.choose(ShiftStep.COUNT)
        for place, many in enumerate(pieces):
            self.screen.count(place, many)
        self.screen.go_on()


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_shift_is_demanded_and_its_float_opens_the_till(office: Office) -> None:
    office.screen.demand()
    assert (office.model.step, office.model.must) == (ShiftStep.OPENING, True)
    office.screen.type("150000")
    office.screen.go_on()
    assert not office.model.is_open
    assert office.desk.shift is not None
    assert office.desk.shift.opening_float == rupiah(150_000)
    office.screen.demand()
    assert not office.model.is_open


def test_esc_in_place_of_a_float_leaves_the_till(office: Office) -> None:
    office.screen.demand()
    office.screen.back()
    assert (office.model.is_open, office.left) == (False, 1)


def test_where_none_is_asked_for_esc_only_closes_the_sheet() -> None:
    office = Office(required=False)
    office.screen.demand()
    assert not office.model.is_open
    office.screen.open()
    office.screen.back()
    assert office.left == 0


def test_the_last_float_is_suggested(office: Office) -> None:
    office.begin("250000")
    office.close(2, 1)
    office.screen.go_on()
    office.screen.open()
    assert (office.model.digits, office.model.fresh) == ("250000", True)


def test_money_moves_with_an_amount_a_reason_and_a_second_person(office: Office) -> None:
    office.begin()
    office.permits.rights[Action.MOVE_CASH] = Right.NEEDS_APPROVAL
    office.move(ShiftStep.PAY_OUT, "", "Ice")
    assert office.said() is Say.AMOUNT_NEEDED
    office.screen.type("15000")
    office.screen.give_reason(" ")
    office.screen.go_on()
    assert office.said() is Say.DRAWER_REASON
    office.screen.give_reason("4111 1111 1111 1111")
    office.screen.go_on()
    assert office.said() is Say.CARD_NUMBER_TYPED
    office.screen.give_reason(" Ice ")
    office.screen.go_on()
    assert office.permits.asked[-1] == (Action.MOVE_CASH, "pay_out 15000 Ice")
    assert office.movements() == ()
    office.permits.approve()
    (ice,) = office.movements()
    assert (ice.into_drawer, ice.reason, ice.actor, ice.approver) == (rupiah(-15_000), "Ice", "sari", "hendra")
    assert not office.model.is_open


def test_who_may_not_move_money_is_told_at_once(office: Office) -> None:
    office.begin()
    office.permits.rights[Action.MOVE_CASH] = Right.DENIED
    office.move(ShiftStep.PAY_IN, "1000", "Found")
    assert office.said() is Say.NOT_ALLOWED
    assert office.movements() == ()


def test_only_who_may_see_reports_sees_what_was_sold(office: Office) -> None:
    office.begin()
    office.screen.open()
    assert office.paper() is not None
    office.screen.back()
    office.permits.rights[Action.SEE_REPORTS] = Right.DENIED
    office.screen.open()
    assert office.model.step is ShiftStep.OVERVIEW
    assert office.paper() is None


def test_the_count_is_blind_and_its_difference_comes_after(office: Office) -> None:
    office.begin("200000")
    office.permits.rights[Action.SEE_REPORTS] = Right.DENIED
    office.screen.open()
    office.screen.choose(ShiftStep.COUNT)
    assert office.paper() is None
    assert [one.value.minor for one in office.model.counted][:3] == [100_000, 50_000, 20_000]
    office.screen.count(0, 1)
    office.screen.count(1, 1)
    office.screen.count(99, 1)
    office.screen.count(2, -1)
    assert office.model.in_drawer == rupiah(150_000)
    office.screen.go_on()
    closed = office.model.shift
    assert closed is not None
    assert closed.closing is not None
    assert closed.closing.difference == rupiah(-50_000)
    assert office.paper() is not None
    assert office.desk.shift is None
    assert office.journal.waiting_count() == 1
    office.screen.go_on()
    assert (office.model.is_open, office.left) == (False, 1)


def test_a_bill_in_hand_keeps_the_shift_open(office: Office) -> None:
    office.begin()
    office.free = False
    office.screen.open()
    office.screen.choose(ShiftStep.COUNT)
    assert office.said() is Say.SHIFT_BILL_IN_HAND
    assert office.model.step is ShiftStep.OVERVIEW


def test_the_count_names_what_stays_behind(office: Office) -> None:
    rice = Item("RICE", "Rice", UnitPrice.of(rupiah(70_000)))
    lines = (BillLine("l", rice, Quantity.of(1), rice.price),)
    office.journal.save_draft(Draft(Bill("b-1", RUPIAH, lines, customer=LoyaltyAccount("m", "Dewi"))))
    office.journal.save_draft(Draft(Bill("b-2", RUPIAH)))
    office.begin()
    office.screen.open()
    office.screen.choose(ShiftStep.COUNT)
    assert [(one.customer, one.pieces) for one in office.model.held] == [("Dewi", 1)]
    office.screen.go_on()
    assert office.model.shift is not None
    assert office.model.shift.closing is not None
    assert office.model.shift.closing.held == 1


def test_the_count_names_what_waits_to_be_sent_and_the_shift_ends_all_the_same(office: Office) -> None:
    office.begin()
    for who in ("m-1", "m-2", "m-3"):
        office.journal.put_enrolment(Enrolment(who, "Ayu", "+6281100000001", office.clock.now()))
    office.screen.open()
    office.screen.choose(ShiftStep.COUNT)
    assert office.model.unsent == 3
    office.journal.acknowledge(office.journal.waiting()[0].seq)  # the coins are still being counted
    office.screen.go_on()
    assert office.model.shift is not None
    assert office.model.shift.closing is not None
    assert office.model.shift.closing.unsent == 2
    assert office.journal.waiting_count() == 3, "nothing is lost, and the shift waits behind it"


def test_a_report_is_printed_and_kept(office: Office) -> None:
    office.begin()
    office.screen.open()
    office.screen.print()
    assert office.papers == [office.model.paper]
    assert office.said() is None
    office.prints = PrinterState.OUT_OF_PAPER
    office.screen.print()
    assert office.said() is Say.PRINTER_PAPER
    office.screen.keep()
    assert office.model.file == Path("z.pdf")
    office.file = None
    office.screen.keep()
    assert office.said() is Say.DISK_FAILED


def test_a_full_disk_leaves_the_count_to_try_again(office: Office) -> None:
    office.begin()
    office.screen.open()
    office.screen.choose(ShiftStep.COUNT)
    office.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    office.screen.go_on()
    assert (office.said(), office.model.step, office.model.busy) == (Say.DISK_FULL, ShiftStep.COUNT, False)
    office.journal.trouble = None
    office.screen.go_on()
    assert office.model.step is ShiftStep.CLOSED


def test_one_step_back_from_a_step_out_of_the_sheet_from_the_overview(office: Office) -> None:
    office.begin()
    office.screen.open()
    office.screen.choose(ShiftStep.PAY_IN)
    office.screen.back()
    assert office.model.step is ShiftStep.OVERVIEW
    office.screen.go_on()
    assert (office.model.is_open, office.left) == (False, 0)
