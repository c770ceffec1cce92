from dataclasses import replace

import pytest

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.shifts import a_shift, an_open_shift, rupiah
from tukar.domain.shift import CashMovement, MovementKind, Shift
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.shift_desk import ShiftDesk, ShiftRule


class Till:
    """A desk over a journal in memory."""

    def __init__(self, *, required: bool = True, loaded: bool = True) -> None:
        self.clock = FakeClock()
        self.journal = FakeJournal(self.clock)
        self.heard: list[Shift | None] = []
        self.troubles: list[Exception] = []
        self.desk = self.another(required=required)
        if loaded:
            self.desk.load()

    def another(self, *, required: bool = True) -> ShiftDesk:
        """The desk of the next start of the program."""
        rule = ShiftRule("2", is_required=required)
        desk = ShiftDesk(self.journal.shifts, ImmediateBackground(self.clock), self.clock, FakeIds(), rule)
        desk.listen(self.heard.append)
        return desk

    def must_open(self) -> bool:
        return self.desk.must_open

    def shift(self) -> Shift | None:
        return self.desk.shift

    def open(self) -> Shift:
        self.desk.open(rupiah(200_000), "sari", self.troubles.append)
        assert self.desk.shift is not None
        return self.desk.shift


def test_without_a_shift_a_password_is_due_and_with_it_for_everybody_once() -> None:
    till = Till()
    assert till.must_open()
    assert till.desk.needs_password("sari")
    shift = till.open()
    assert (shift.till_id, shift.opened_by, shift.opening_float) == ("2", "sari", rupiah(200_000))
    assert not till.must_open()
    assert not till.desk.needs_password("sari")
    assert till.desk.needs_password("rizky")
    till.desk.admit("rizky")
    assert not till.desk.needs_password("rizky")


def test_before_the_disk_has_answered_a_pin_is_not_enough_and_nothing_is_demanded() -> None:
    till = Till(loaded=False)
    assert till.desk.needs_password("sari")
    assert not till.must_open()


def test_where_the_shop_asks_for_none_a_pin_is_enough() -> None:
    till = Till(required=False)
    assert not till.desk.needs_password("sari")
    assert not till.must_open()


def test_a_shift_left_open_by_a_crash_goes_on() -> None:
    till = Till()
    shift = till.open()
    after = till.another()
    after.load()
    assert after.shift == shift
    assert not after.needs_password("sari")


def test_cash_moves_and_the_end_are_heard_of() -> None:
    till = Till()
    till.open()
    done: list[str] = []
    till.desk.move(
        lambda name: CashMovement(name, MovementKind.PAY_IN, rupiah(1000), "Found", till.clock.now(), "sari"),
        lambda: done.append("moved"),
        till.troubles.append,
    )
    assert till.desk.shift is not None
    assert [one.reason for one in till.desk.shift.movements] == ["Found"]
    closing = a_shift().closing
    assert closing is not None
    till.desk.close(lambda _shift, _sales: closing, lambda shift: done.append(shift.shift_id), till.troubles.append)
    assert done[0] == "moved"
    assert till.shift() is None
    assert till.heard[-1] is None
    found: list[Shift] = []
    till.desk.latest(found.extend)
    assert [one.shift_id for one in found] == [done[1]]


def test_without_a_shift_nothing_is_moved_closed_or_asked() -> None:
    till = Till()
    moved = replace(a_shift().movements[0], movement_id="x")
    till.desk.move(lambda _name: moved, lambda: pytest.fail("moved"), till.troubles.append)
    till.desk.close(lambda _shift, _sales: pytest.fail("closed"), lambda _: None, till.troubles.append)
    till.desk.sales(lambda _: pytest.fail("told"), till.troubles.append)
    till.desk.admit("sari")
    assert till.journal.written == []


def test_a_full_disk_opens_nothing() -> None:
    till = Till()
    till.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.desk.open(rupiah(0), "sari", till.troubles.append)
    assert till.desk.shift is None
    assert till.troubles == [till.journal.trouble]


def test_writes_are_made_in_the_background() -> None:
    clock = FakeClock()
    background = SteppedBackground(clock)
    journal = FakeJournal(clock)
    journal.shifts.open(an_open_shift())
    desk = ShiftDesk(journal.shifts, background, clock, FakeIds(), ShiftRule("2"))
    desk.load()
    heard: list[Shift | None] = []
    desk.listen(heard.append)
    assert heard == []
    background.run_all()
    assert heard == [an_open_shift()]
