"""What a code holds, asked of the backend; the cashier is answered whatever it says."""

from fractions import Fraction

import pytest

from tests.till.bench import Bench, TillOnBench
from tukar.domain.bill import Bill
from tukar.domain.pricing import CodeBalance
from tukar.domain.redemption import Counted
from tukar.till.code_looking import CodeLooking

HELD = {"CARD-7": CodeBalance("voucher-ultah", Fraction(1))}


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    till = bench.start()
    bench.ring_rice(till)
    bench.stepped.run_all()
    return till


def asked(bench: Bench, till: TillOnBench, bill: Bill) -> list[str]:
    told: list[str] = []
    CodeLooking(till.sale, till.gear).ask(bill, lambda: told.append("now"))
    bench.stepped.run_all()
    return told


def test_the_sale_learns_what_the_backend_knows(bench: Bench, till: TillOnBench) -> None:
    bench.backend.counted = Counted(cards=HELD)
    bill = till.sale.bill.with_code("CARD-7")
    assert asked(bench, till, bill) == ["now"]
    assert till.sale.as_if(bill).applied != till.sale.priced.applied
    assert bench.backend.calls["quote"] == 1


def test_nothing_is_asked_while_the_line_is_down(bench: Bench, till: TillOnBench) -> None:
    till.gear.line.lost()
    assert asked(bench, till, till.sale.bill.with_code("CARD-7")) == ["now"]
    assert bench.backend.calls["quote"] == 0


def test_an_answer_about_another_bill_teaches_nothing(bench: Bench, till: TillOnBench) -> None:
    bench.backend.counted = Counted(cards=HELD)
    CodeLooking(till.sale, till.gear).ask(till.sale.bill.with_code("CARD-7"), lambda: None)
    till.sale.start()
    bench.ring_rice(till)
    bench.stepped.run_all()
    after = till.sale.as_if(till.sale.bill.with_code("CARD-7"))
    assert after.applied == till.sale.priced.applied


def test_a_backend_that_is_not_there_is_told_of_and_the_cashier_answered(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    assert asked(bench, till, till.sale.bill.with_code("CARD-7")) == ["now"]
    assert not till.gear.line.online
