"""A sale from payment to receipt: cash, verbs of another state, and the end on the disk."""

import pytest

from tests.till.bench import Bench, TillOnBench, said
from tests.till.points_on_a_bill import with_order_points
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.notices import Say
from tukar.till.ports import (
    DiskTrouble,
    DiskTroubleKind,
    OutboxKind,
    PrinterState,
)

S = CheckoutState


# Cash, and nothing else


def test_a_cash_sale_never_waits_on_the_network(bench: Bench) -> None:
    bench.backend.down = True
    till = bench.start(online=False)
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash(bench.money(200_000))
    assert till.model.change == bench.money(51_000)
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert said(till) is Say.BILL_SAVED_OFFLINE
    assert set(bench.backend.calls) == {"put_bill"}


def test_the_receipt_has_its_number_and_is_printed_with_the_drawer_open(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    receipt = till.model.receipt
    assert receipt is not None
    assert receipt.number.short == "T1-000001"
    assert [(printed.bill_id, copy) for printed, copy in bench.printer.printed] == [(receipt.bill_id, False)]
    assert bench.printer.drawer_opened == 1
    assert bench.backend.bills.keys() == {receipt.bill_id}


def test_a_printer_that_fails_leaves_the_bill_saved(bench: Bench, till: TillOnBench) -> None:
    bench.printer.answers = PrinterState.OUT_OF_PAPER
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert said(till) is Say.PRINTER_PAPER
    assert len(bench.journal.saved) == 1


def test_the_next_sale_begins_empty(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    first = till.sale.bill.bill_id
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    till.checkout.next_sale()
    assert till.stands() is S.SELLING
    assert till.sale.bill.is_empty
    assert till.sale.bill.bill_id != first
    assert till.model.tenders == ()
    assert bench.journal.drafts() == ()


def test_an_empty_bill_is_not_paid(till: TillOnBench) -> None:
    till.checkout.begin_payment()
    assert till.stands() is S.SELLING
    assert said(till) is Say.BILL_EMPTY


def test_a_bill_without_its_salesperson_is_not_paid_where_one_is_required(bench: Bench) -> None:
    bench.salesperson_required = True
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    assert said(till) is Say.SALESPERSON_NEEDED


def test_lines_that_all_have_a_salesperson_of_their_own_are_paid(bench: Bench) -> None:
    bench.salesperson_required = True
    till = bench.start()
    bench.ring_rice(till)
    till.sale.credit_lines(frozenset(line.line_id for line in till.sale.bill.lines), "s-1")
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    (receipt,) = bench.journal.recent_receipts()
    assert {line.salesperson_id for line in receipt.lines} == {"s-1"}


def test_too_little_cash_counts_as_a_part(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash(bench.money(100_000))
    assert till.model.due == bench.money(49_000)
    assert not till.model.can_save
    with pytest.raises(IllegalCheckoutError):
        till.checkout.save()
    till.checkout.pay_cash(bench.money(0))
    assert said(till) is Say.NOT_ENOUGH_MONEY


def test_every_verb_of_another_state_raises(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    for verb in (
        till.checkout.back_to_bill,
        till.checkout.resend_code,
        till.checkout.cancel_code,
        till.checkout.ask_again,
        till.checkout.cancel_ask,
        till.checkout.pay_cash,
        till.checkout.pay_card,
        till.checkout.cancel_terminal,
        till.checkout.ask_terminal_again,
        till.checkout.set_payment_aside,
        till.checkout.save,
        till.checkout.next_sale,
    ):
        with pytest.raises(IllegalCheckoutError):
            verb()


# Saving


def test_a_bill_that_the_disk_does_not_take_stays_as_it_was(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    before = (till.sale.bill, till.model.tenders)
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.save()
    assert (till.stands(), said(till)) == (S.PAYING, Say.BILL_NOT_SAVED_DISK)
    assert (till.sale.bill, till.model.tenders) == before
    assert bench.journal.saved == {}
    bench.journal.trouble = None
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_saving_twice_is_illegal(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    with pytest.raises(IllegalCheckoutError):
        till.checkout.save()
    assert len(bench.journal.saved) == 1


def test_what_waits_is_a_bill_and_never_a_void_of_what_it_took(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.down = True
    till.checkout.save()
    assert [message.kind for message in bench.journal.waiting()] == [OutboxKind.BILL]


def test_a_saved_bill_keeps_its_total_when_the_line_goes(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.down = True
    till.checkout.save()
    assert not till.gear.line.online
    assert (till.model.total, till.model.due) == (bench.money(129_000), bench.money(0))
    till.checkout.next_sale()
    assert not till.gear.line.redeems
