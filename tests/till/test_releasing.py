"""Points that another bill holds are let go by a second person at this till."""

from dataclasses import replace

import pytest

from tests.fakes.model_backend import Held
from tests.fakes.permits import FakePermits
from tests.till.bench import MANAGER, MANAGER_PIN, ORDER, Bench, TillOnBench
from tukar.domain.people import Action, Right
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Notice, Say
from tukar.till.permitting import Permit
from tukar.till.releasing import HeldElsewhere

WORD = Permit("c-1", MANAGER.staff_id, MANAGER_PIN)


@pytest.fixture
def bench() -> Bench:
    """Of 1,240 points another till holds 1,100."""
    bench = Bench(stepped=True)
    bench.backend.holds["lost"] = Held(None, "poin", 1100, HoldState.HELD, until=1e9, bill_id="elsewhere")
    return bench


@pytest.fixture
def permits() -> FakePermits:
    return FakePermits()


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def till(bench: Bench, permits: FakePermits) -> TillOnBench:
    till = bench.start()
    till.checkout.releasing.ask_by(permits.ask_here)
    till.sale.set_customer(bench.backend.member("dewi"))
    bench.ring_rice(till)
    bench.stepped.run_all()
    return till


def elsewhere(till: TillOnBench) -> HeldElsewhere | None:
    return till.checkout.releasing.elsewhere


def settle(bench: Bench) -> None:
    for _ in range(4):
        bench.stepped.run_all()
        bench.stepped.advance(2.1)
    bench.stepped.run_all()


def test_what_others_hold_is_let_go_on_a_second_person_s_word(
    bench: Bench, till: TillOnBench, permits: FakePermits, told: list[Notice]
) -> None:
    assert elsewhere(till) == HeldElsewhere("poin", Points(1100))
    assert not till.sale.claim(ORDER)
    till.checkout.releasing.ask(told.append)
    assert permits.about is not None
    assert (permits.about.action, permits.about.points) == (Action.RELEASE_HOLD, Points(1100))
    permits.approve(WORD)
    settle(bench)
    assert told == [Notice(Say.POINTS_RELEASED, points=Points(1100))]
    assert bench.backend.holds["lost"].state is HoldState.EXPIRED
    assert elsewhere(till) is None
    assert till.sale.claim(ORDER)
    till.checkout.begin_payment()
    settle(bench)
    assert till.stands() is CheckoutState.PAYING
    assert bench.backend.held("poin") == 200


def test_the_bill_s_own_hold_stays(bench: Bench, till: TillOnBench, permits: FakePermits, told: list[Notice]) -> None:
    bench.backend.holds["lost"].points = 1000
    till.sale.set_customer(bench.backend.member("dewi"))
    assert till.sale.claim(ORDER)
    till.checkout.begin_payment()
    settle(bench)
    till.checkout.releasing.ask(told.append)
    permits.approve(WORD)
    settle(bench)
    assert bench.backend.held("poin") == 200
    customer = till.sale.bill.customer
    assert customer is not None
    balance = customer.balance("poin")
    assert balance is not None
    assert balance.available == Points(1240)


def test_a_wrong_pin_changes_nothing(bench: Bench, till: TillOnBench, permits: FakePermits, told: list[Notice]) -> None:
    till.checkout.releasing.ask(told.append)
    permits.approve(replace(WORD, pin="000000"))
    settle(bench)
    assert [notice.say for notice in told] == [Say.NOT_ALLOWED]
    assert bench.backend.held("poin") == 1100


def test_nobody_is_asked_where_nobody_may_be(till: TillOnBench, permits: FakePermits, told: list[Notice]) -> None:
    permits.rights[Action.RELEASE_HOLD] = Right.DENIED
    till.checkout.releasing.ask(told.append)
    assert [notice.say for notice in told] == [Say.NOT_ALLOWED]


def test_a_backend_that_does_not_answer_is_said(
    bench: Bench, till: TillOnBench, permits: FakePermits, told: list[Notice]
) -> None:
    till.checkout.releasing.ask(told.append)
    till.checkout.releasing.ask(told.append)
    bench.backend.drops["release_holds"] = 4
    permits.approve(WORD)
    till.checkout.releasing.ask(told.append)
    settle(bench)
    assert [notice.say for notice in told] == [Say.BACKEND_SLOW]
    assert elsewhere(till) is None
    assert bench.backend.held("poin") == 1100


def test_another_customer_meanwhile_keeps_their_own_figures(
    bench: Bench, till: TillOnBench, permits: FakePermits, told: list[Notice]
) -> None:
    till.checkout.releasing.ask(told.append)
    permits.approve(WORD)
    till.sale.set_customer(None)
    settle(bench)
    assert till.sale.bill.customer is None
    assert told == []


def test_there_is_nothing_to_release_without_a_line_or_anybody_to_ask(bench: Bench, till: TillOnBench) -> None:
    till.gear.line.lost()
    assert elsewhere(till) is None
    alone = bench.start()
    alone.sale.set_customer(bench.backend.member("dewi"))
    assert elsewhere(alone) is None
