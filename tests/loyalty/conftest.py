"""The backends that the contract suite is played against, each with a way to reach behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.fakes.backends import FakeBackend, Member, OneShotBackend
from tests.fakes.clock import FakeClock
from tests.fakes.lock_backend import LockBackend
from tests.fakes.one_shot import FakeIntents
from tests.fakes.shop import IDR, POINTS, programme
from tests.loyalty.our_server import CHANNEL_CODE, TILL_CODE, our_server
from tukar.domain.people import Role
from tukar.domain.points import Points
from tukar.domain.redemption import OneTimeCode
from tukar.loyalty import addresses
from tukar.loyalty.emulated import EmulatedHold
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.server.seed import SeedStaff
from tukar.till.ports import LoyaltyBackend
from tukar.wire.amounts import wire_currency
from tukar.wire.message import write
from tukar.wire.upkeep import WireOrder

BOSS_PIN = "728164"
BOSS = SeedStaff("boss", "Hadi", Role.MANAGER, BOSS_PIN)
SARI = Member("m-1", "Sari Dewi", "+6281234565678", "CARD-77")


@dataclass
class Subject:
    """A backend that knows Sari with her 500 points."""

    backend: LoyaltyBackend
    clock: FakeClock
    newest_code: Callable[[], OneTimeCode]
    spend_elsewhere: Callable[[int], None]

    def available(self) -> Points:
        balance = self.backend.member("m-1").balance(POINTS)
        assert balance is not None
        return balance.available


@contextmanager
def fake_subject() -> Iterator[Subject]:
    backend = FakeBackend()
    backend.add_member(SARI, 500)
    yield Subject(
        backend,
        backend.clock,
        lambda: OneTimeCode(backend.challenges.sent[-1][1]),
        lambda points: backend.spend_elsewhere("m-1", points),
    )


@contextmanager
def lock_subject() -> Iterator[Subject]:
    backend = LockBackend()
    backend.add_member(SARI, 500)
    yield Subject(
        backend, backend.clock, lambda: OneTimeCode("000000"), lambda points: backend.spend_elsewhere("m-1", points)
    )


@contextmanager
def one_shot_subject() -> Iterator[Subject]:
    clock = FakeClock()
    service, house = OneShotBackend(clock), FakeBackend(clock, programme())
    service.add_member(SARI, 500)
    yield Subject(
        EmulatedHold(service, house, FakeIntents()),
        clock,
        lambda: OneTimeCode(service.challenges.sent[-1][1]),
        lambda points: service.accounts.move(("m-1", POINTS), Points(-points), "spend", "web-shop"),
    )


@contextmanager
def our_subject() -> Iterator[Subject]:
    clock = FakeClock()
    with our_server(clock, (BOSS,)) as server:
        endpoint = Endpoint(server.address)
        entrance = Http(endpoint)
        key = DeviceKey.new()
        till = enrol_till(entrance, "device-1", TILL_CODE, key, "Kasir 1")
        web = enrol_till(entrance, "device-2", CHANNEL_CODE, DeviceKey.new())
        entrance.close()
        shop = Http(endpoint, TillIdentity(lambda: web.token))
        backend = TukarBackend(Http(endpoint, TillIdentity(lambda: till.token, key)))

        def spend(points: int) -> None:
            order = WireOrder(
                member_id="m-1", currency=wire_currency(IDR), amount="1000", spend={POINTS: str(points)}, label="web"
            )
            shop.ask(addresses.put("orders", f"order-{points}", body=write(order)))

        yield Subject(backend, clock, lambda: OneTimeCode(server.newest_code()), spend)
        backend.close()
        shop.close()


SUBJECTS = {"fake": fake_subject, "one-shot": one_shot_subject, "lock": lock_subject, "ours": our_subject}


@pytest.fixture(params=SUBJECTS)
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    with SUBJECTS[request.param]() as made:
        yield made
