"""Where bills set aside lie: told to the backend one by one, and taken up wherever they can still be found."""

import pytest

from tests.fakes.held import HeldDoor, HeldRoom
from tests.till.bench import Bench
from tests.till.hold_desk import HoldDesk
from tukar.domain.redemption import Refusal
from tukar.till.held_shelf import HeldShelf
from tukar.till.ports import Refused, Trouble, Unreachable
from tukar.till.ports.held import BillAside

LINE = Unreachable(Trouble.NO_CONNECTION)


@pytest.fixture
def room(bench: Bench) -> HeldRoom:
    return HeldRoom(bench.clock)


@pytest.fixture
def alone(room: HeldRoom, bench: Bench) -> HoldDesk:
    """A till that set two bills aside without the line."""
    desk = HoldDesk(room, "T1", bench)
    assert desk.door is not None
    desk.door.weather.trouble = LINE
    desk.hold_rice(1)
    desk.hold_rice(2)
    desk.door.weather.trouble = None
    return desk


def shelf(desk: HoldDesk, door: HeldDoor | None) -> HeldShelf:
    return HeldShelf(desk.bench.journal, door, desk.till_id)


class Picky(HeldDoor):
    """Takes every bill but one."""

    refused = 0

    def hold_bill(self, aside: BillAside) -> bool:
        self.weather.calls.append("hold_bill")
        if self.refused == 0:
            self.refused += 1
            raise Refused(Refusal.BAD_REQUEST)
        return super().hold_bill(aside)


def test_a_bill_that_is_refused_keeps_no_other_one_from_being_told(alone: HoldDesk, room: HeldRoom) -> None:
    shelf(alone, Picky(room, "T1")).put_waiting()
    assert len(room.rows) == 1
    assert len(alone.bench.journal.drafts()) == 2, "the other one still waits here"


def test_where_nobody_answers_the_rest_waits_for_the_next_time(alone: HoldDesk, room: HeldRoom) -> None:
    door = room.door("T1")
    door.weather.trouble = LINE
    shelf(alone, door).put_waiting()
    assert (door.weather.calls, room.rows) == (["hold_bill"], {})
    door.weather.trouble = None
    shelf(alone, door).put_waiting()
    assert len(room.rows) == 2


@pytest.mark.parametrize("trouble", [LINE, Refused(Refusal.BAD_REQUEST)])
def test_a_bill_that_cannot_be_told_is_in_the_list_all_the_same(
    alone: HoldDesk, room: HeldRoom, trouble: Refused | Unreachable
) -> None:
    door = room.door("T1")
    door.weather.trouble_of["hold_bill"] = trouble
    found = shelf(alone, door).look()
    assert (found.everywhere, len(found.bills), len(alone.bench.journal.drafts())) == (True, 2, 2)


def test_another_tills_bill_is_not_taken_up_without_the_line(alone: HoldDesk, room: HeldRoom) -> None:
    shelf(alone, room.door("T1")).put_waiting()
    other = HoldDesk(room, "T2")
    assert other.door is not None
    (first, _second) = shelf(other, other.door).look().bills
    other.door.weather.trouble = LINE
    with pytest.raises(Unreachable):
        shelf(other, other.door).take(first)


def test_a_bill_that_is_nowhere_cannot_be_taken_up(alone: HoldDesk) -> None:
    own = shelf(alone, None)
    held = own.look().bills[0]
    alone.bench.journal.delete_draft(held.bill_id)
    with pytest.raises(LookupError, match=held.bill_id):
        own.take(held)
