"""From paid to saved where a manager answers for a hold that ran out."""

import pytest

from tests.till.bench import CASHIER, MANAGER, ORDER, Bench, TillOnBench, said
from tukar.domain.people import Action
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind

S = CheckoutState


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    """A bill that is paid for, and whose points have run out meanwhile."""
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    assert till.sale.claim(ORDER)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    bench.stepped.run_all()
    till.checkout.pay_cash()
    bench.stepped.run_all()
    bench.backend.down = True
    bench.clock.advance(1900)
    till.checkout.save()
    bench.stepped.run_all()
    assert till.model.must_approve
    if till.stands() is not S.PAYING:
        till.checkout.cancel_ask()
        bench.stepped.run_all()
    return till


def deeds(bench: Bench) -> list[tuple[str, str]]:
    return [(actor, action) for actor, action, *_ in bench.journal.trail]


def test_a_cashier_does_not_answer_for_it(bench: Bench, till: TillOnBench) -> None:
    till.checkout.save(CASHIER)
    bench.stepped.run_all()
    assert (said(till), bench.journal.saved, deeds(bench)) == (Say.NOT_ALLOWED, {}, [])


def test_a_manager_does_and_is_written_down_before_the_bill(bench: Bench, till: TillOnBench) -> None:
    order: list[str] = []
    bench.watch(order.append)
    till.checkout.save(MANAGER)
    bench.stepped.run_all()
    assert till.stands() is S.SAVED
    assert deeds(bench) == [(MANAGER.staff_id, Action.SAVE_LATE)]
    assert order.index("after:audit") < order.index("before:save_bill")


def test_money_taken_back_while_it_is_written_down_saves_nothing(bench: Bench, till: TillOnBench) -> None:
    till.checkout.save(MANAGER)
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    bench.stepped.run_all()
    assert (till.stands(), bench.journal.saved) == (S.PAYING, {})
    assert till.model.due.minor > 0


def test_a_disk_that_does_not_take_the_managers_name_saves_nothing(bench: Bench, till: TillOnBench) -> None:
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.save(MANAGER)
    bench.stepped.run_all()
    assert (till.stands(), said(till), bench.journal.saved) == (S.PAYING, Say.DISK_FULL, {})


def test_points_that_nobody_ever_held_are_not_saved_late(bench: Bench, till: TillOnBench) -> None:
    """A bill taken up with its money and without its hold: the discount has no reason, whoever answers for it."""
    (draft,) = bench.journal.drafts()
    bench.backend.down = False
    after = bench.start()
    after.checkout.resume(draft, (), at_payment=True)
    bench.stepped.run_all()
    assert after.model.due.minor == 0
    with pytest.raises(IllegalCheckoutError, match="once stood"):
        after.checkout.save(MANAGER)
    assert bench.journal.saved == {}


def test_a_bill_that_is_not_paid_is_not_saved_by_anybody(bench: Bench, till: TillOnBench) -> None:
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    bench.stepped.run_all()
    for late_by in (None, MANAGER):
        with pytest.raises(IllegalCheckoutError, match="not paid"):
            till.checkout.save(late_by)
