"""What every backend that keeps bills for all tills promises, played against ours over HTTP and the tests' own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.held import SECONDS, HeldRoom
from tests.fakes.shop import COFFEE, IDR
from tests.loyalty.our_server import SECOND_TILL_CODE, TILL_CODE, our_server
from tukar.domain.bill import Bill
from tukar.domain.money import Money, Quantity
from tukar.domain.people import LoyaltyAccount
from tukar.domain.redemption import Refusal
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.till.ports import Refused
from tukar.till.ports.held import BillAside, HeldBills

SARI = LoyaltyAccount("m-1", "Sari Dewi", "\N{HORIZONTAL ELLIPSIS}5678")


@dataclass
class Tills:
    """Two tills of one shop."""

    one: HeldBills
    two: HeldBills
    clock: FakeClock


@contextmanager
def fake_tills() -> Iterator[Tills]:
    clock = FakeClock()
    room = HeldRoom(clock)
    yield Tills(room.door("T1"), room.door("T2"), clock)


@contextmanager
def our_tills() -> Iterator[Tills]:
    clock = FakeClock()
    with our_server(clock) as server:
        endpoint = Endpoint(server.address)
        entrance = Http(endpoint)
        made = []
        for device, code in (("device-1", TILL_CODE), ("device-2", SECOND_TILL_CODE)):
            key = DeviceKey.new()
            till = enrol_till(entrance, device, code, key)
            made.append(TukarBackend(Http(endpoint, TillIdentity(lambda till=till: till.token, key))))  # type: ignore[misc]
        entrance.close()
        yield Tills(made[0], made[1], clock)
        for backend in made:
            backend.close()


@pytest.fixture(params=[fake_tills, our_tills])
def tills(request: pytest.FixtureRequest) -> Iterator[Tills]:
    with request.param() as made:
        yield made


def aside(held_id: str = "h-1", bill_id: str = "b-1", pieces: int = 2) -> BillAside:
    goods = Bill(bill_id, IDR).with_customer(SARI).with_item(COFFEE, Quantity.of(pieces), "line-1")
    return BillAside(held_id, goods, Money(130_000, IDR), pieces, "Ayu")


def refusal_of(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal


def test_a_bill_set_aside_at_one_till_is_taken_up_whole_at_another(tills: Tills) -> None:
    told = aside()
    assert tills.one.hold_bill(told)
    (row,) = tills.two.held_bills()
    assert (row.held_id, row.bill_id, row.customer_name) == ("h-1", "b-1", "Sari Dewi")
    assert (row.pieces, row.total, row.till_id, row.cashier, row.leased_to) == (2, told.total, "T1", "Ayu", "")
    assert abs(row.held_at - tills.clock.now()) < timedelta(seconds=1)
    lease = tills.two.lease_bill("h-1")
    assert (lease.held_id, lease.bill, lease.seconds) == ("h-1", told.bill, SECONDS)
    assert [row.leased_to for row in tills.one.held_bills()] == ["T2"]


def test_a_lease_belongs_to_one_till_until_it_is_silent_for_two_minutes(tills: Tills) -> None:
    tills.one.hold_bill(aside())
    tills.one.lease_bill("h-1")
    assert refusal_of(lambda: tills.two.lease_bill("h-1")) is Refusal.TAKEN_UP
    assert refusal_of(lambda: tills.two.end_held("h-1")) is Refusal.TAKEN_UP
    tills.clock.advance(SECONDS - 1)
    tills.one.lease_bill("h-1")
    tills.clock.advance(SECONDS + 1)
    tills.two.lease_bill("h-1")
    assert refusal_of(lambda: tills.one.lease_bill("h-1")) is Refusal.TAKEN_UP


def test_what_is_given_up_is_gone_for_good_however_often_it_is_said(tills: Tills) -> None:
    tills.one.hold_bill(aside())
    tills.two.lease_bill("h-1")
    for _ in range(2):
        tills.two.end_held("h-1")
    assert tills.one.held_bills() == ()
    assert not tills.one.hold_bill(aside())
    assert refusal_of(lambda: tills.one.lease_bill("h-1")) is Refusal.TAKEN_UP


def test_set_aside_again_it_is_there_once_as_it_is_now(tills: Tills) -> None:
    tills.one.hold_bill(aside())
    tills.two.lease_bill("h-1")
    again = replace(aside("h-2", pieces=3), replaces="h-1")
    assert tills.two.hold_bill(again)
    assert [row.held_id for row in tills.one.held_bills()] == ["h-2"]
    assert tills.one.lease_bill("h-2").bill == again.bill


def test_a_stale_copy_never_comes_back(tills: Tills) -> None:
    tills.one.hold_bill(aside())
    tills.two.lease_bill("h-1")
    assert not tills.one.hold_bill(aside("h-2"))
    assert [row.held_id for row in tills.one.held_bills()] == ["h-1"]


def test_an_id_means_one_bill(tills: Tills) -> None:
    assert tills.one.hold_bill(aside())
    assert tills.one.hold_bill(aside())
    assert refusal_of(lambda: tills.one.hold_bill(aside(pieces=9))) is Refusal.ID_REUSED
    tills.one.end_held("never-heard-of")
    assert not tills.one.hold_bill(aside("never-heard-of", "b-2"))


def test_nobody_takes_up_what_nobody_set_aside(tills: Tills) -> None:
    assert tills.one.held_bills() == ()
    assert refusal_of(lambda: tills.one.lease_bill("nothing")) is Refusal.UNKNOWN_BILL
