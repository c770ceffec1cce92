"""A second person's word for points worth much: asked once, for so much, on this bill."""

from dataclasses import replace

import pytest

from tests.fakes.permits import FakePermits
from tests.till.bench import ORDER, Bench, TillOnBench
from tukar.domain.money import Money
from tukar.domain.people import Action, Right
from tukar.domain.programme import ApprovalPolicy, Demand, PointsAccount
from tukar.till.needs import Need, needs_of
from tukar.till.vouching import Vouching


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    return till


def need_of(till: TillOnBench) -> Need:
    (need,) = needs_of(till.sale.priced)
    return need


class Copies:
    """The demo programme with an approval policy on every account."""

    def __init__(self, till: TillOnBench, policy: ApprovalPolicy) -> None:
        accounts = till.gear.copies.programme.accounts
        self.programme = replace(till.gear.copies.programme, accounts=tuple(self._asking(a, policy) for a in accounts))
        self.catalogue_version = till.gear.copies.catalogue_version
        self.offline_points = till.gear.copies.offline_points

    def _asking(self, account: PointsAccount, policy: ApprovalPolicy) -> PointsAccount:
        return replace(account, approval=policy)


def vouching(till: TillOnBench, policy: ApprovalPolicy, permits: FakePermits | None) -> Vouching:
    made = Vouching(till.sale, replace(till.gear, copies=Copies(till, policy)))
    if permits is not None:
        made.ask_by(permits.ask)
    return made


ALWAYS = ApprovalPolicy(Demand.ALWAYS)


def test_nobody_is_asked_where_the_programme_wants_nobody(till: TillOnBench) -> None:
    permits, went = FakePermits(), list[int]()
    need = need_of(till)
    off = need.amount
    for policy in (ApprovalPolicy(), ApprovalPolicy(Demand.ABOVE, off)):
        vouching(till, policy, permits).then(need, lambda: went.append(1))
    assert (went, permits.asked) == ([1, 1], [])


def test_a_cashier_waits_for_a_second_person_and_is_not_asked_again(till: TillOnBench) -> None:
    permits, went = FakePermits(), list[int]()
    permits.rights[Action.DISCOUNT_BILL] = Right.NEEDS_APPROVAL
    need = need_of(till)
    below = Money(need.amount.minor - 1, need.amount.currency)
    asked = vouching(till, ApprovalPolicy(Demand.ABOVE, below), permits)
    asked.then(need, lambda: went.append(1))
    assert (went, asked.approver(need)) == ([], "")
    permits.approve()
    assert (went, asked.approver(need)) == ([1], "hendra")
    asked.then(need, lambda: went.append(2))
    assert went == [1, 2]
    assert permits.asked == [(Action.DISCOUNT_BILL, f"{till.sale.bill.bill_id} {need.amount.decimal()}")]


def test_more_than_was_approved_is_asked_for_anew(till: TillOnBench) -> None:
    permits = FakePermits()
    asked = vouching(till, ALWAYS, permits)
    need = need_of(till)
    asked.then(need, lambda: None)
    assert asked.approver(need) == "sari"
    more = replace(need, amount=Money(need.amount.minor + 1, need.amount.currency))
    assert asked.approver(more) == ""
    assert asked.approver(replace(need, programme_id="other")) == ""


def test_without_anybody_to_ask_the_backend_is_asked(till: TillOnBench) -> None:
    went: list[int] = []
    vouching(till, ALWAYS, None).then(need_of(till), lambda: went.append(1))
    assert went == [1]


def test_somebody_without_the_right_goes_nowhere(till: TillOnBench) -> None:
    permits, went = FakePermits(), list[int]()
    permits.rights[Action.DISCOUNT_BILL] = Right.DENIED
    vouching(till, ALWAYS, permits).then(need_of(till), lambda: went.append(1))
    assert went == []
