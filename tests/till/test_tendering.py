"""Money at its edges: a way to pay that this till has not, and words that come when nothing is under way."""

import pytest

from tests.till.bench import Bench, TillOnBench, said
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.notices import Say
from tukar.till.ports import TerminalOutcome
from tukar.till.stage import Stage
from tukar.till.terminals import Terminals

S = CheckoutState


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    """A bill of Rp 149.000 at payment."""
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    return till


def test_money_is_not_taken_in_a_way_that_this_till_has_not(bench: Bench, till: TillOnBench) -> None:
    till.checkout._tendering._desk._terminals = Terminals()
    for mode in (PaymentMode.CARD, PaymentMode.QR):
        with pytest.raises(IllegalCheckoutError):
            till.checkout._tendering.pay_by(mode, None)


def test_a_card_pays_neither_more_than_is_due_nor_nothing(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_card(bench.money(200_000))
    assert (till.stands(), said(till)) == (S.PAYING, Say.ONLY_CASH_CHANGE)
    till.checkout.pay_card(bench.money(0))
    assert (till.stands(), said(till)) == (S.PAYING, Say.NOT_ENOUGH_MONEY)
    assert bench.card.asked == []


def test_cancelling_what_is_given_back_changes_nothing(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_card(bench.money(100_000))
    bench.stepped.run_all()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    before = till.model
    till.checkout.cancel_terminal()
    assert till.model == before
    bench.stepped.run_all()
    assert till.model.tenders == ()


def test_nothing_is_asked_again_or_set_aside_where_nothing_is_under_way(bench: Bench, till: TillOnBench) -> None:
    tendering = till.checkout._tendering
    tendering.ask_again()
    tendering.set_aside()
    tendering.cancel()
    bench.stepped.run_all()
    assert (till.stands(), bench.journal.review_items()) == (S.PAYING, ())


def test_a_code_that_is_shown_after_the_payment_ended_is_not_drawn(bench: Bench, till: TillOnBench) -> None:
    bench.qr.script.append(TerminalOutcome.DECLINED)
    till.checkout.pay_qr()
    bench.stepped.run_all()
    till.checkout._tendering._show_payload("00020101", 300.0)
    assert till.model.terminal is None
    assert till.stands() is S.PAYING


def test_a_move_that_the_machine_does_not_know_is_refused() -> None:
    sale = Bench().start().sale
    stage = Stage(sale)
    with pytest.raises(IllegalCheckoutError, match="selling does not lead to saved"):
        stage.go(S.SAVED)
    assert stage.state is S.SELLING


def test_nothing_more_is_taken_once_all_is_paid(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_cash()
    bench.stepped.run_all()
    with pytest.raises(IllegalCheckoutError, match="nothing is left"):
        till.checkout.pay_card()


def test_a_code_that_ran_out_after_its_payment_changes_nothing(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_card(bench.money(100_000))
    bench.stepped.run_all()
    tendering = till.checkout._tendering
    (attempt,) = bench.journal.attempts(till.sale.bill.bill_id)
    tendering._run_out(attempt)
    tendering._not_paid_yet()
    assert (till.stands(), said(till)) == (S.PAYING, Say.NOT_PAID_YET)
    assert len(till.model.tenders) == 1
