"""Money on its way back through the terminal: whatever the terminal says, the tender counts or it does not."""

import pytest

from tests.till.bench import Bench, TillOnBench, said
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import AttemptState, DiskTrouble, DiskTroubleKind, TerminalOutcome

S = CheckoutState


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    """A bill of Rp 149.000 with Rp 100.000 paid by card."""
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(100_000))
    return till


def give_back(till: TillOnBench) -> None:
    till.checkout.remove_tender(till.model.tenders[0].tender_id)


def attempt_state(bench: Bench, till: TillOnBench) -> AttemptState:
    return bench.journal.attempts(till.sale.bill.bill_id)[0].state


def test_a_refund_that_is_declined_leaves_the_tender(bench: Bench, till: TillOnBench) -> None:
    bench.card.refunds.append(TerminalOutcome.DECLINED)
    give_back(till)
    assert (till.stands(), said(till)) == (S.PAYING, Say.CARD_DECLINED)
    assert till.model.paid == bench.money(100_000)
    assert attempt_state(bench, till) is AttemptState.APPROVED
    assert len(bench.journal.drafts()[0].tenders) == 1


def test_an_unclear_refund_that_went_through_is_found_out(bench: Bench, till: TillOnBench) -> None:
    bench.card.refunds.append(TerminalOutcome.UNKNOWN)
    give_back(till)
    assert (till.stands(), said(till)) == (S.UNCLEAR, Say.CARD_UNKNOWN)
    assert till.model.terminal is not None
    assert till.model.terminal.giving_back
    till.checkout.ask_terminal_again()
    assert till.stands() is S.PAYING
    assert till.model.tenders == ()
    assert attempt_state(bench, till) is AttemptState.REFUNDED


def test_an_unclear_refund_that_did_not_go_through_leaves_the_tender(bench: Bench, till: TillOnBench) -> None:
    bench.card.unknown_takes = False
    bench.card.refunds.append(TerminalOutcome.UNKNOWN)
    give_back(till)
    till.checkout.ask_terminal_again()
    assert (till.stands(), said(till)) == (S.PAYING, Say.CARD_DECLINED)
    assert till.model.paid == bench.money(100_000)
    assert attempt_state(bench, till) is AttemptState.APPROVED


def test_a_terminal_that_stays_silent_is_asked_as_often_as_one_likes(bench: Bench, till: TillOnBench) -> None:
    bench.card.refunds.append(TerminalOutcome.UNKNOWN)
    bench.card.silent = True
    give_back(till)
    for _ in range(3):
        till.checkout.ask_terminal_again()
        assert till.stands() is S.UNCLEAR
    till.checkout.set_payment_aside()
    assert till.stands() is S.PAYING
    assert till.model.paid == bench.money(100_000)
    assert [item.kind for item in bench.journal.review_items()] == ["payment_unclear"]


def test_a_full_disk_gives_nothing_back(bench: Bench, till: TillOnBench) -> None:
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    give_back(till)
    assert (till.stands(), said(till)) == (S.PAYING, Say.DISK_FULL)
    assert till.model.paid == bench.money(100_000)
    assert len(bench.card.taken) == 1


def test_an_item_that_the_disk_refuses_keeps_the_payment_unclear(bench: Bench, till: TillOnBench) -> None:
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.set_payment_aside()
    assert (till.stands(), said(till)) == (S.UNCLEAR, Say.DISK_FULL)


def test_an_approval_that_the_disk_does_not_take_counts_all_the_same(bench: Bench, till: TillOnBench) -> None:
    def full_after_paying(point: str) -> None:
        if point == "after:terminal.pay":
            bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)

    bench.watch(full_after_paying)
    till.checkout.pay_card()
    assert till.model.can_save
    bench.journal.trouble = None
    bill_id = till.sale.bill.bill_id
    assert [one.state for one in bench.journal.attempts(bill_id)] == [AttemptState.APPROVED, AttemptState.OPEN]
    till.checkout.save()
    assert till.stands() is S.SAVED
    assert [one.state for one in bench.journal.attempts(bill_id)] == [AttemptState.APPROVED] * 2


def test_when_more_was_taken_than_the_bill_comes_to_it_is_not_saved(bench: Bench, till: TillOnBench) -> None:
    till.checkout.back_to_bill()
    till.sale.remove_line(till.sale.bill.lines[0].line_id)
    bench.ring_rice(till, 1)
    till.checkout.begin_payment()
    assert till.model.due.minor < 0
    assert not till.model.can_save
    give_back(till)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.stands() is S.SAVED
