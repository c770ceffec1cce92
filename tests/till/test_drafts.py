"""The sale in hand is on the disk behind the cashier's back: newest state only, in order, and never after its end."""

import pytest

from tests.till.bench import Bench, TillOnBench
from tukar.domain.bill import Bill
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


def kept(bench: Bench) -> list[Bill]:
    return [draft.bill for draft in bench.journal.drafts()]


def test_many_changes_become_two_writes_with_the_last_state(bench: Bench, till: TillOnBench) -> None:
    for _ in range(10):
        bench.ring_rice(till, 1)
    bench.stepped.run_all()
    assert kept(bench) == [till.sale.bill]
    assert bench.journal.written.count("save_draft") == 2


def test_an_empty_bill_leaves_no_draft(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till, 1)
    bench.stepped.run_all()
    till.sale.remove_line(till.sale.bill.lines[0].line_id)
    bench.stepped.run_all()
    assert kept(bench) == []


def test_a_draft_holds_no_discount_only_what_was_entered(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till, 3)
    bench.stepped.run_all()
    (draft,) = bench.journal.drafts()
    assert draft.bill == till.sale.bill
    assert (draft.tenders, draft.at_payment, draft.cashier_id) == ((), False, "c-1")


def test_cash_is_in_the_draft(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash(bench.money(50_000))
    bench.stepped.run_all()
    (draft,) = bench.journal.drafts()
    assert draft.at_payment
    assert [tender.amount for tender in draft.tenders] == [bench.money(50_000)]


def test_a_saved_bill_is_never_kept_again(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    bench.stepped.run_all()
    till.sale.reprice()
    bench.stepped.run_all()
    assert kept(bench) == []


def test_a_full_disk_is_said_and_the_next_change_tries_again(bench: Bench, till: TillOnBench) -> None:
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    bench.ring_rice(till, 1)
    bench.stepped.run_all()
    assert till.model.notice is not None
    assert till.model.notice.say is Say.DISK_FULL
    bench.journal.trouble = None
    bench.ring_rice(till, 1)
    bench.stepped.run_all()
    assert kept(bench) == [till.sale.bill]


def test_a_failed_write_is_tried_again_even_when_the_bill_is_as_before(bench: Bench, till: TillOnBench) -> None:
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    bench.ring_rice(till, 1)
    bench.stepped.run_all()
    bench.journal.trouble = None
    till.sale.reprice()
    bench.stepped.run_all()
    assert kept(bench) == [till.sale.bill]
