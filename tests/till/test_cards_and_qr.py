"""Cards and QR at the checkout: declined, ambiguous, split and taken back."""

from datetime import UTC, datetime

import pytest

from tests.till.bench import Bench, PointedTerminal, TillOnBench, said, shelf
from tests.till.points_on_a_bill import redemption_state, with_order_points
from tukar.domain.money import Money, Quantity
from tukar.domain.redemption import RedemptionState
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import (
    AttemptState,
    DiskTrouble,
    DiskTroubleKind,
    TerminalAnswer,
    TerminalOutcome,
    Trouble,
    Unreachable,
)

S = CheckoutState


def test_a_card_pays_what_is_due(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    assert till.stands() is S.PAYING
    assert [tender.mode for tender in till.model.tenders] == [PaymentMode.CARD]
    till.checkout.save()
    assert bench.printer.drawer_opened == 0


def test_split_between_cash_and_card(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(100_000))
    till.checkout.pay_cash(bench.money(50_000))
    assert till.model.change == bench.money(1_000)
    till.checkout.save()
    assert till.stands() is S.SAVED


def test_draft_and_attempt_are_on_the_disk_before_the_terminal_hears_of_them(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    order: list[str] = []
    bench.watch(order.append)
    till.checkout.pay_card()
    assert (
        order.index("after:save_draft") < order.index("after:record_attempt:open") < order.index("before:terminal.pay")
    )


def test_a_disk_that_fails_keeps_the_terminal_out_of_it(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.pay_card()
    assert (till.stands(), said(till)) == (S.PAYING, Say.DISK_FULL)
    assert bench.card.asked == []


@pytest.mark.parametrize(
    ("outcome", "say"),
    [(TerminalOutcome.DECLINED, Say.CARD_DECLINED), (TerminalOutcome.CANCELLED, Say.CARD_CANCELLED)],
)
def test_T49_a_declined_card_costs_no_reward(
    bench: Bench, till: TillOnBench, outcome: TerminalOutcome, say: Say
) -> None:
    with_order_points(bench, till)
    till.checkout.begin_payment()
    bench.card.script.append(outcome)
    till.checkout.pay_card()
    assert (till.stands(), said(till)) == (S.PAYING, say)
    assert redemption_state(till) is RedemptionState.HELD
    till.checkout.pay_cash()
    till.checkout.save()
    assert bench.backend.posted["poin"] == 1040


def test_T41_what_was_valid_in_the_cart_is_valid_in_the_payment_window(bench: Bench, till: TillOnBench) -> None:
    """The fruit of the weekend is rung up a minute before its last day ends and paid two minutes later."""
    last_minute = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    bench.clock.advance((last_minute - bench.clock.now()).total_seconds())
    till.sale.add(shelf().named("Apel Fuji"), Quantity.of(2))
    till.checkout.begin_payment()
    due = till.model.due
    assert due == bench.money(71_400)
    bench.clock.advance(120)
    till.checkout.pay_cash()
    till.checkout.save()
    assert till.model.receipt is not None
    assert (till.stands(), till.model.receipt.total) == (S.SAVED, due)


def test_T39_an_ambiguous_answer_is_asked_again_by_reference(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    assert (till.stands(), said(till)) == (S.UNCLEAR, Say.CARD_UNKNOWN)
    till.checkout.ask_terminal_again()
    assert (till.stands(), said(till)) == (S.PAYING, Say.CARD_APPROVED_AFTER_ALL)
    assert till.model.can_save
    assert len(bench.card.asked) == 1


def test_an_ambiguous_payment_that_was_not_taken_is_no_tender(bench: Bench, till: TillOnBench) -> None:
    bench.card.unknown_takes = False
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    till.checkout.ask_terminal_again()
    assert till.stands() is S.PAYING
    assert till.model.tenders == ()


def test_a_payment_that_stays_unclear_becomes_an_item_for_the_manager(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    till.checkout.set_payment_aside()
    assert till.stands() is S.PAYING
    assert [item.kind for item in bench.journal.review_items()] == ["payment_unclear"]


def test_while_an_unclear_payment_is_set_aside_it_is_neither_asked_about_nor_set_aside_twice() -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.checkout.pay_card()
    bench.stepped.run_all()
    assert till.stands() is S.UNCLEAR
    till.checkout.set_payment_aside()
    till.checkout.ask_terminal_again()
    till.checkout.set_payment_aside()
    assert till.stands() is S.UNCLEAR
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert [item.kind for item in bench.journal.review_items()] == ["payment_unclear"]


def test_a_card_never_takes_more_than_is_due(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(200_000))
    assert said(till) is Say.ONLY_CASH_CHANGE
    assert bench.card.asked == []


def test_cancelling_at_the_terminal_waits_for_its_word(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    bench.card.script.append(TerminalOutcome.CANCELLED)
    till.checkout.pay_card()
    till.checkout.cancel_terminal()
    assert till.stands() is S.TERMINAL
    assert till.model.terminal is not None
    assert till.model.terminal.cancelling
    bench.stepped.run_all()
    assert (till.stands(), said(till)) == (S.PAYING, Say.CARD_CANCELLED)
    assert len(bench.card.cancelled) == 1


def test_a_qr_payment_shows_its_code(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_qr()
    shown: set[str] = set()
    till.checkout.listen(lambda model: shown.add(model.terminal.payload if model.terminal else ""))
    bench.stepped.run_all()
    assert any(payload.startswith("pay:") for payload in shown)
    assert till.model.can_save


def test_cash_taken_back_is_due_again(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert till.model.due == bench.money(149_000)


def test_a_card_tender_is_taken_back_through_the_terminal(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert till.model.tenders == ()
    assert bench.card.taken == {}
    attempts = bench.journal.attempts(till.sale.bill.bill_id)
    assert [attempt.state for attempt in attempts] == [AttemptState.REFUNDED]


class Cut(PointedTerminal):
    """A terminal whose cable is out from a call on; the money may be taken or not."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.cut = True

    def pay(self, reference: str, amount: Money) -> TerminalAnswer:
        super().pay(reference, amount)
        return self._out(TerminalAnswer(TerminalOutcome.APPROVED, reference))

    def query(self, reference: str) -> TerminalAnswer:
        return self._out(super().query(reference))

    def refund(self, reference: str, amount: Money) -> TerminalAnswer:
        return self._out(super().refund(reference, amount))

    def _out(self, answer: TerminalAnswer) -> TerminalAnswer:
        if self.cut:
            raise Unreachable(Trouble.TIMED_OUT)
        return answer


def test_a_terminal_that_cannot_be_reached_may_have_taken_the_money_all_the_same(bench: Bench) -> None:
    bench.card = cut = Cut()
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    assert (till.stands(), said(till), till.model.tenders) == (S.UNCLEAR, Say.CARD_UNKNOWN, ())
    till.checkout.ask_terminal_again()
    assert till.stands() is S.UNCLEAR
    cut.cut = False
    till.checkout.ask_terminal_again()
    assert (said(till), [one.amount for one in till.model.tenders]) == (
        Say.CARD_APPROVED_AFTER_ALL,
        [bench.money(149_000)],
    )
    cut.cut = True
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    assert (till.stands(), said(till)) == (S.UNCLEAR, Say.CARD_UNKNOWN)


def at_qr(bench: Bench) -> TillOnBench:
    """A code is on the screen, and the service has not said yet whether it was paid."""
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_qr()
    while till.model.terminal is None or not till.model.terminal.payload:
        bench.stepped.step()
    return till


def test_a_look_that_comes_after_the_end_of_a_payment_takes_no_money_twice() -> None:
    bench = Bench(stepped=True)
    till = at_qr(bench)
    till.checkout.check_payment()
    pays, looks = bench.stepped.jobs
    bench.stepped.jobs.clear()
    bench.stepped.jobs.append(pays)
    bench.stepped.run_all()
    assert (till.stands(), len(till.model.tenders)) == (S.PAYING, 1)
    bench.stepped.jobs.append(looks)
    bench.stepped.run_all()
    assert (till.stands(), len(till.model.tenders), till.model.due.minor) == (S.PAYING, 1, 0)
