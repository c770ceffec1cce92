"""The lease of a bill that was taken up: answers that come too late, and a backend that keeps no bills at all."""

from dataclasses import replace
from functools import partial

import pytest

from tests.fakes.held import SECONDS, HeldDoor, HeldRoom
from tests.till.bench import Bench
from tests.till.hold_desk import HoldDesk
from tukar.till.checkout_model import CheckoutState
from tukar.till.leasing import LEASE_EVERY_SECONDS
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable
from tukar.till.ports.held import Lease

LINE = Unreachable(Trouble.NO_CONNECTION)


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def room(bench: Bench) -> HeldRoom:
    return HeldRoom(bench.clock)


@pytest.fixture
def desk(room: HeldRoom, bench: Bench) -> HoldDesk:
    """A till that has taken a bill up."""
    desk = HoldDesk(room, "T1", bench)
    desk.till.gear.line.heard()
    desk.hold_rice()
    bench.stepped.run_all()
    desk.holding.hold_or_recall()
    bench.stepped.run_all()
    desk.holding.recall(0)
    bench.stepped.run_all()
    assert desk.till.checkout.held_id
    return desk


def leases(desk: HoldDesk) -> int:
    assert desk.door is not None
    return desk.door.weather.calls.count("lease_bill")


@pytest.mark.parametrize("trouble", [None, LINE])
def test_an_answer_about_a_bill_that_is_no_longer_in_hand_renews_nothing(
    desk: HoldDesk, bench: Bench, trouble: Refused | Unreachable | None
) -> None:
    assert desk.door is not None
    desk.door.weather.trouble_of = {} if trouble is None else {"lease_bill": trouble}
    bench.stepped.advance(LEASE_EVERY_SECONDS)
    bench.stepped.start()
    assert desk.till.checkout.abandon()
    bench.stepped.run_all()
    asked = leases(desk)
    bench.stepped.advance(10 * LEASE_EVERY_SECONDS)
    bench.stepped.run_all()
    assert leases(desk) == asked
    assert Say.BILL_TAKEN_AWAY not in desk.says()


def test_a_bill_another_till_has_stays_until_the_terminal_has_answered(
    desk: HoldDesk, bench: Bench, room: HeldRoom
) -> None:
    held = desk.till.sale.bill.bill_id
    desk.till.checkout.begin_payment()
    bench.stepped.run_all()
    bench.stepped.clock.advance(SECONDS + 1)
    room.door("T2").lease_bill(desk.till.checkout.held_id)
    desk.till.checkout.pay_card()
    desk.till.gear.line.lost()
    desk.till.gear.line.heard()
    lease = bench.stepped.jobs.pop()
    bench.stepped.jobs.appendleft(lease)
    bench.stepped.start()
    bench.stepped.deliver()
    assert (desk.till.stands(), desk.till.sale.bill.bill_id) == (CheckoutState.TERMINAL, held)
    bench.stepped.run_all()
    assert len(desk.till.model.tenders) == 1
    bench.stepped.advance(LEASE_EVERY_SECONDS)
    bench.stepped.run_all()
    assert desk.says()[-1] is Say.BILL_ALSO_ELSEWHERE


def test_a_bill_cleared_without_the_line_waits_in_the_list_again(desk: HoldDesk, bench: Bench, room: HeldRoom) -> None:
    assert desk.door is not None
    held = desk.till.sale.bill.bill_id
    desk.door.weather.trouble_of["end_held"] = LINE
    assert desk.till.checkout.abandon()
    bench.stepped.run_all()
    bench.stepped.clock.advance(SECONDS + 1)
    assert [row.bill_id for row in room.door("T2").held_bills()] == [held]


class Mistaken(HeldDoor):
    """A door behind which a mistake of ours comes to light."""

    def lease_bill(self, held_id: str) -> Lease:
        raise DiskTrouble(DiskTroubleKind.FAILED, held_id)

    def end_held(self, held_id: str) -> None:
        raise DiskTrouble(DiskTroubleKind.FAILED, held_id)


@pytest.mark.parametrize("cleared", [False, True])
def test_a_mistake_of_ours_is_no_silence(room: HeldRoom, *, cleared: bool) -> None:
    desk = HoldDesk(room, "T1")
    desk.hold_rice()
    draft = replace(desk.bench.journal.drafts()[0], aside=None, held_id="held-1")
    desk.door = Mistaken(room, "T1")
    desk.restart()
    desk.till.checkout.resume(draft, at_payment=False)
    told = desk.till.checkout.abandon if cleared else partial(desk.bench.background.advance, LEASE_EVERY_SECONDS)
    with pytest.raises(DiskTrouble):
        told()


def test_where_the_backend_keeps_no_bills_there_is_nothing_to_renew_and_nothing_to_end() -> None:
    desk = HoldDesk(None)
    desk.hold_rice()
    draft = replace(desk.bench.journal.drafts()[0], aside=None, held_id="held-1")
    desk.till.checkout.resume(draft, at_payment=False)
    desk.bench.background.advance(3 * LEASE_EVERY_SECONDS)
    assert desk.till.sale.bill.bill_id == draft.bill.bill_id
    assert desk.till.checkout.abandon()
    assert desk.says() == [Say.BILL_HELD]
