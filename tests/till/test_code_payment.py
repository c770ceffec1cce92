"""A payment by a code on the screen: looked at before its end, run out, shown anew. It is taken once."""

import pytest

from tests.till.bench import Bench, TillOnBench, said
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import AttemptState, TerminalOutcome


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    """The code is on the screen, and the service has not answered yet."""
    till = bench.start()
    bench.stepped.run_all()
    bench.ring_rice(till, 1)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    show_code(bench, till)
    return till


def show_code(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_qr()
    while till.model.terminal is None or not till.model.terminal.payload:
        bench.stepped.step()


def reference(bench: Bench) -> str:
    return bench.journal.unsettled_attempts()[-1].reference


def look(bench: Bench, till: TillOnBench) -> None:
    """The look is answered before the payment itself."""
    till.checkout.check_payment()
    bench.stepped.jobs.rotate(1)
    bench.stepped.step()


def test_the_code_says_how_long_it_is_good_for(till: TillOnBench) -> None:
    assert till.model.terminal is not None
    assert till.model.terminal.good_for == 300.0


def test_a_payment_found_by_looking_is_taken_once(bench: Bench, till: TillOnBench) -> None:
    bench.qr.taken[reference(bench)] = till.model.due
    look(bench, till)
    bench.stepped.run_all()
    assert (till.stands(), len(till.model.tenders), till.model.due.minor) == (CheckoutState.PAYING, 1, 0)
    assert [one.state for one in bench.journal.attempts(till.sale.bill.bill_id)] == [AttemptState.APPROVED]


def test_a_late_end_does_not_bring_back_what_was_given_back(bench: Bench, till: TillOnBench) -> None:
    bench.qr.taken[reference(bench)] = till.model.due
    late = bench.stepped.jobs.popleft()
    till.checkout.check_payment()
    bench.stepped.run_all()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    bench.stepped.run_all()
    bench.stepped.jobs.append(late)
    bench.stepped.run_all()
    assert till.model.tenders == ()
    assert [one.state for one in bench.journal.attempts(till.sale.bill.bill_id)] == [AttemptState.REFUNDED]


def test_nothing_paid_yet_is_said_and_the_code_stays(bench: Bench, till: TillOnBench) -> None:
    look(bench, till)
    assert (till.stands(), said(till)) == (CheckoutState.TERMINAL, Say.NOT_PAID_YET)
    assert till.model.terminal is not None
    assert not till.model.terminal.checking
    bench.stepped.run_all()
    assert len(till.model.tenders) == 1


def test_looking_twice_asks_once(bench: Bench, till: TillOnBench) -> None:
    till.checkout.check_payment()
    waiting = len(bench.stepped.jobs)
    till.checkout.check_payment()
    assert len(bench.stepped.jobs) == waiting


def test_a_code_that_runs_out_is_cancelled_and_a_new_one_is_shown(bench: Bench, till: TillOnBench) -> None:
    bench.qr.script.append(TerminalOutcome.CANCELLED)
    old = reference(bench)
    bench.stepped.advance(301)
    assert till.model.terminal is not None
    assert till.model.terminal.cancelling
    bench.stepped.run_all()
    assert (till.stands(), said(till)) == (CheckoutState.PAYING, Say.QR_RAN_OUT)
    assert bench.qr.cancelled == [old]
    show_code(bench, till)
    assert reference(bench) != old
    bench.stepped.run_all()
    assert len(till.model.tenders) == 1


def test_somebody_paid_in_the_last_moment(bench: Bench, till: TillOnBench) -> None:
    """The service has the last word, not the clock of the till."""
    bench.stepped.advance(301)
    bench.stepped.run_all()
    assert (till.stands(), len(till.model.tenders)) == (CheckoutState.PAYING, 1)


def test_the_clock_of_a_code_that_was_paid_stops_nothing(bench: Bench, till: TillOnBench) -> None:
    bench.stepped.run_all()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    bench.stepped.run_all()
    show_code(bench, till)
    bench.stepped.advance(100)
    assert till.model.terminal is not None
    assert not till.model.terminal.cancelling
