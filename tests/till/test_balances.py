"""Balances asked for behind the cashier's back: only of the customer on the bill, and never a mistake of ours."""

from collections import deque

import pytest

from tests.till.bench import ORDER, Bench, TillOnBench
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.till.balances import Balances
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    return bench.serve()


@pytest.fixture
def balances(till: TillOnBench) -> Balances:
    return Balances(till.sale, till.gear)


def of_poin(till: TillOnBench) -> Points | None:
    customer = till.sale.bill.customer
    balance = None if customer is None else customer.balance("poin")
    return None if balance is None else balance.available


def test_the_bill_is_priced_by_what_there_is_now(bench: Bench, till: TillOnBench, balances: Balances) -> None:
    till.sale.claim(ORDER)
    bench.backend.posted["poin"] = 30
    balances.renew(())
    bench.stepped.run_all()
    assert (of_poin(till), till.sale.priced.spent) == (Points(30), ())


def test_an_answer_about_a_customer_who_left_puts_nobody_back_on_the_bill(
    bench: Bench, till: TillOnBench, balances: Balances
) -> None:
    balances.renew(())
    bench.stepped.start()
    till.sale.set_customer(None)
    bench.stepped.deliver()
    assert till.sale.bill.customer is None


def test_an_answer_about_the_former_customer_leaves_the_next_one_alone(
    bench: Bench, till: TillOnBench, balances: Balances
) -> None:
    other = LoyaltyAccount("siti", "Siti")
    balances.renew(())
    bench.stepped.start()
    till.sale.set_customer(other)
    bench.stepped.deliver()
    assert till.sale.bill.customer == other


def test_a_locked_bill_is_not_changed(bench: Bench, till: TillOnBench, balances: Balances) -> None:
    bench.backend.posted["poin"] = 30
    balances.renew(())
    bench.stepped.start()
    till.sale.lock()
    bench.stepped.deliver()
    assert of_poin(till) == Points(1240)


def test_without_a_customer_nobody_is_asked(bench: Bench, till: TillOnBench, balances: Balances) -> None:
    till.sale.set_customer(None)
    balances.renew(())
    bench.stepped.run_all()
    assert bench.backend.calls["member"] == 0


def test_silence_and_refusals_leave_the_figures_as_they_are(
    bench: Bench, till: TillOnBench, balances: Balances
) -> None:
    bench.backend.refuses["member"] = deque([Refused(Refusal.RECOVERING)])
    balances.renew(())
    bench.stepped.run_all()
    assert till.gear.line.online
    bench.backend.down = True
    balances.renew(())
    bench.stepped.run_all()
    assert (till.gear.line.online, of_poin(till)) == (False, Points(1240))


def test_a_mistake_of_ours_is_no_silence(bench: Bench, till: TillOnBench, balances: Balances) -> None:
    def fail(at: str) -> None:
        if at == "before:member":
            raise DiskTrouble(DiskTroubleKind.FAILED)

    bench.watch(fail)
    balances.renew(())
    with pytest.raises(DiskTrouble):
        bench.stepped.run_all()
    assert till.gear.line.online
