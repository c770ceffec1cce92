"""The manager's connector and the till's way to a manager, against our own backend behind a socket."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.shop import IDR
from tests.local.samples import receipt
from tests.loyalty.our_server import SECOND_TILL_CODE, TILL_CODE, our_server
from tukar.domain.applied import PromotionFilter, PromotionOutcome
from tukar.domain.approval import ApprovalState, ApprovalSubject
from tukar.domain.money import Money
from tukar.domain.oversight import DifferenceState, ReviewFilter, ReviewReason, ReviewState
from tukar.domain.people import Action, Role
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.domain.report import ReportFilter, ReportKind
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.manager import TukarApprovals, TukarManagerBackend
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.server.call import Call, Caller, CallerKind
from tukar.server.seed import SeedStaff
from tukar.till.ports import Refused

PIN = "246810"
"""Hendra's."""
SUBJECT = ApprovalSubject(
    Action.DISCOUNT_LINE, "line-1:10", "bill-1", "1-000001", Money(6_500, IDR), Decimal(10), Points(3), "dented"
)


@dataclass
class House:
    """Two tills and a manager at the second one; ``pauses`` are the seconds somebody waited for news."""

    till: TukarBackend
    approvals: TukarApprovals
    manager: TukarManagerBackend
    pauses: list[float]
    clock: FakeClock
    spoil: "Spoiler"


class Spoiler:
    """Does to the database what no message does."""

    def __init__(self, backend: object) -> None:
        self._backend = backend

    def __call__(self, statement: str) -> None:
        from sqlalchemy import text

        from tukar.server.backend import Backend

        def run(call: Call, _message: object) -> None:
            call.db.execute(text(statement))

        assert isinstance(self._backend, Backend)
        self._backend.perform(run, None, Caller(CallerKind.OPERATOR, "TOKO1"))


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    clock = FakeClock()
    pauses: list[float] = []
    staff = (SeedStaff("sari", "Sari", Role.CASHIER, "111111"), SeedStaff("hendra", "Hendra", Role.MANAGER, PIN))
    with our_server(clock, staff) as server:
        endpoint = Endpoint(server.address)
        links = []
        for device, code in (("device-1", TILL_CODE), ("device-2", SECOND_TILL_CODE)):
            plain = Http(endpoint)
            token = enrol_till(plain, device, code, DeviceKey.new()).token
            plain.close()
            links.append(TillIdentity(partial(str, token)))
        till = TukarBackend(Http(endpoint, links[0]))
        approvals = TukarApprovals(Http(endpoint, links[0]), IDR, pauses.append)
        manager = TukarManagerBackend(Http(endpoint, links[1]), FakeIds("m"), pauses.append)
        yield House(till, approvals, manager, pauses, clock, Spoiler(server.backend))
        for one in (till, approvals, manager):
            one.close()


@pytest.fixture
def manager(house: House) -> TukarManagerBackend:
    assert house.manager.sign_in("hendra", PIN).role is Role.MANAGER
    return house.manager


def test_nothing_without_a_session(house: House) -> None:
    house.manager.sign_out()
    for ask in (house.manager.choices, house.manager.requests, house.manager.reconcile):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.refusal is Refusal.NOT_SIGNED_IN
    with pytest.raises(Refused) as refused:
        house.manager.sign_in("hendra", "000000")
    assert refused.value.refusal is Refusal.NOT_ALLOWED


def test_a_session_ends_when_the_manager_leaves(manager: TukarManagerBackend) -> None:
    assert manager.choices().shop.name.default == "Toko Satu"
    manager.sign_out()
    manager.sign_out()
    with pytest.raises(Refused):
        manager.choices()


def test_what_a_till_sold_is_seen_added_up_and_opened(house: House, manager: TukarManagerBackend) -> None:
    sold = receipt("seen", member_id="m-1")
    house.till.put_bill(sold)
    page = manager.promotions(PromotionFilter(member_id="m-1"))
    summary = manager.summary(PromotionFilter(outcome=PromotionOutcome.BY_ITSELF))
    assert [record.bill_id for record in page.records] == ["seen"] * len(page.records)
    assert summary.total.discount == Money(sum(record.discount.minor for record in page.records), IDR)
    assert manager.receipt("seen").total == sold.total
    with pytest.raises(Refused) as refused:
        manager.receipt("never")
    assert refused.value.refusal is Refusal.UNKNOWN_BILL
    assert manager.choices().currency == IDR


def test_a_word_goes_from_the_till_to_the_manager_and_back(house: House, manager: TukarManagerBackend) -> None:
    assert house.approvals.ask("w-1", "sari", SUBJECT).state is ApprovalState.WAITING
    told = manager.requests()
    (request,) = told.requests
    assert (request.subject, request.actor_name, request.beyond) == (SUBJECT, "Sari", None)
    assert request.seconds_left == 60.0
    assert manager.answer_request("w-1", give=True, pin=PIN, note="fine").state is ApprovalState.GIVEN
    given = house.approvals.look("w-1", wait_seconds=5)
    assert (given.state, given.approver_name, given.note) == (ApprovalState.GIVEN, "Hendra", "fine")
    assert house.pauses == []


def test_who_waits_asks_every_second(house: House, manager: TukarManagerBackend) -> None:
    house.approvals.ask("w-2", "sari", SUBJECT)
    version = manager.requests().version
    house.pauses.clear()
    assert manager.requests(version, wait_seconds=2.5).version == version
    assert house.approvals.look("w-2", wait_seconds=1.0).state is ApprovalState.WAITING
    assert house.pauses == [1.0, 1.0, 0.5, 1.0]
    assert house.approvals.withdraw("w-2").state is ApprovalState.WITHDRAWN
    assert manager.requests(version, wait_seconds=60.0).version > version


def test_what_is_odd_is_decided_and_noted(house: House, manager: TukarManagerBackend) -> None:
    house.till.put_bill(replace(receipt("long-ago"), at=house.clock.now() - timedelta(days=2)))
    page = manager.reviews(ReviewFilter(reason=ReviewReason.BACK_DATED))
    case = next(case for case in page.cases if case.bill_id == "long-ago")
    assert page.open >= 1
    assert manager.decide(case.review_id, ReviewState.FLAGGED, "ask").state is ReviewState.FLAGGED
    assert [note.text for note in manager.add_note(case.review_id, "n-1", "asked").notes] == ["ask", "asked"]
    assert manager.decide(case.review_id, ReviewState.APPROVED).decided_by == "Hendra"


def test_a_difference_is_told_and_mended(house: House, manager: TukarManagerBackend) -> None:
    assert manager.reconcile().differences == ()
    house.spoil("UPDATE accounts SET posted = posted + 7 WHERE member_id = 'm-1'")
    (one,) = manager.reconcile().differences
    assert one.expected is not None
    assert one.found == Points(one.expected.units + 7)
    assert manager.repair(one.difference_id).state is DifferenceState.REPAIRED
    assert manager.reconcile().differences == ()


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_report_is_read(house: House, manager: TukarManagerBackend, kind: ReportKind) -> None:
    house.till.put_bill(receipt("seen", member_id="m-1"))
    told = manager.report(kind, ReportFilter(date(2000, 1, 1), date(2100, 1, 1)))
    assert told.kind is kind
    assert all(len(row) == len(told.columns) for row in told.rows)
    if kind is ReportKind.DAYS:
        assert isinstance(told.rows[0][0], date)
        assert isinstance(told.rows[0][3], Money)
