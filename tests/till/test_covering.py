"""Codes and holds at their edges: too late, given up meanwhile, and refused without a figure."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.till.bench import MANAGER, MANAGER_PIN, ORDER, RIGHT, WRONG, Bench, TillOnBench, said
from tukar.domain.approval import ApprovalSubject
from tukar.domain.bill import Bill
from tukar.domain.people import Right, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.redemption import HoldAnswer, HoldState, RedemptionState, Refusal
from tukar.till.asking import Asked
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.needs import needs_of
from tukar.till.notices import Say
from tukar.till.permitting import Permit
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Hold, Refused
from tukar.till.staffing import NobodyError

S = CheckoutState


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    return bench.serve()


def waits(till: TillOnBench) -> bool:
    return till.model.waits


def at_code(bench: Bench, till: TillOnBench) -> None:
    """A code was sent for 300 Reward points, and is waited for."""
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.checkout.choose_points("reward", Points(300))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert till.stands() is S.CODE


def test_too_many_codes_leave_the_one_that_was_sent_usable_and_say_when(bench: Bench, till: TillOnBench) -> None:
    at_code(bench, till)
    bench.backend.refuses["send_code"] = deque([Refused(Refusal.TOO_MANY_CODES)])
    till.checkout.resend_code()
    bench.stepped.run_all()
    assert till.model.notice is not None
    assert till.model.notice.seconds is not None
    assert till.stands() is S.CODE
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert bench.backend.held("reward") == 300


def test_while_a_code_is_on_its_way_the_cashier_waits(bench: Bench, till: TillOnBench) -> None:
    till.checkout.begin_payment()
    bench.stepped.run_all()
    till.checkout.choose_points("reward", Points(300))
    till.checkout.send_code("reward")
    assert waits(till)
    bench.stepped.run_all()
    assert not waits(till)
    with pytest.raises(IllegalCheckoutError):
        till.checkout.save()


def test_a_new_code_that_was_given_up_before_the_old_one_was_off_the_disk_is_not_sent(
    bench: Bench, till: TillOnBench
) -> None:
    """Found by the monkey: its customer was off the bill by then, and points are a customer's."""
    at_code(bench, till)
    bench.backend.refuses["hold"] = deque([Refused(Refusal.CODE_EXPIRED)])
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    till.checkout.resend_code()
    till.checkout.cancel_code()
    till.sale.set_customer(None)
    bench.stepped.run_all()
    assert len(bench.backend.sms) == 1


def test_word_of_a_code_that_a_failing_disk_has_ended_says_nothing(bench: Bench, till: TillOnBench) -> None:
    at_code(bench, till)
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert till.checkout.choose_points("reward", Points(400))
    till.checkout.send_code("reward")
    bench.stepped.start()
    while len(bench.backend.sms) == 1:
        bench.stepped.deliver()
        bench.stepped.start()
    sent = bench.stepped.answers.popleft()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    bench.stepped.advance(300)  # the hold is extended, and the disk does not take it
    bench.stepped.run_all()
    assert (till.stands(), said(till)) == (S.PAYING, Say.DISK_FULL)
    bench.stepped.answers.append(sent)
    bench.stepped.run_all()
    assert (till.stands(), till.model.code) == (S.PAYING, None)


def test_a_code_that_nobody_waits_for_cannot_be_typed(bench: Bench, till: TillOnBench) -> None:
    at_code(bench, till)
    till.checkout.cancel_code()
    bench.stepped.run_all()
    with pytest.raises(IllegalCheckoutError):
        till.checkout.submit_code(RIGHT)
    with pytest.raises(IllegalCheckoutError):
        till.checkout.resend_code()
    assert till.stands() is S.PAYING


def test_a_wrong_code_without_a_figure_keeps_the_tries_that_were_left(bench: Bench, till: TillOnBench) -> None:
    at_code(bench, till)
    assert till.model.code is not None
    left = till.model.code.tries_left
    bench.backend.refuses["hold"] = deque([Refused(Refusal.WRONG_CODE)])
    till.checkout.submit_code(WRONG)
    bench.stepped.run_all()
    assert till.model.code is not None
    assert (till.stands(), till.model.code.tries_left) == (S.CODE, left)


def test_too_few_points_without_a_figure_take_the_points_off(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.INSUFFICIENT)])
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.sale.bill.claims == ()
    assert till.stands() is S.PAYING


def test_points_that_were_spent_before_the_quote_are_said_and_priced_again(bench: Bench, till: TillOnBench) -> None:
    bench.backend.refuses["quote"] = deque([Refused(Refusal.INSUFFICIENT, points=Points(100))])
    bench.backend.posted["poin"] = 100
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert said(till) is Say.POINTS_SPENT_ELSEWHERE


def test_a_quote_that_fails_for_a_bill_that_has_changed_says_nothing(bench: Bench, till: TillOnBench) -> None:
    bench.backend.drops["quote"] = 1
    till.sale.claim(ORDER)
    bench.stepped.start()
    bench.ring_rice(till)
    bench.stepped.deliver()
    assert said(till) is None


def test_an_answer_about_a_hold_that_is_dropped_meanwhile_changes_nothing(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    bench.stepped.run_all()
    bench.clock.advance(0)
    bench.stepped.advance(300)
    till.checkout.back_to_bill()
    till.sale.set_customer(None)
    bench.stepped.run_all()
    assert bench.backend.held("poin") == 0
    assert [held.state for held in bench.backend.holds.values()] == [HoldState.VOIDED]
    assert replace(till.model).redemptions == ()


def test_what_only_a_granted_hold_of_a_customer_may_be_is_nothing_else(bench: Bench, till: TillOnBench) -> None:
    """The doors of redeeming: no row without a customer, nothing held that the backend does not hold."""
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    bench.stepped.run_all()
    redeeming = till.checkout._covering.redeeming
    (row,) = redeeming.rows.held
    gone = HoldAnswer(row.redemption_id, HoldState.EXPIRED, Points(0), 0.0, "")
    nothing: Asked[HoldAnswer] = Asked(0.0)
    for asked in (nothing, Asked(0.0, answer=gone)):
        with pytest.raises(ValueError, match="granted"):
            redeeming.granted(row, asked, lambda: None)
    (need,) = needs_of(till.sale.priced)
    with pytest.raises(ValueError, match="customer"):
        redeeming._row(replace(till.sale.bill, customer=None), need, RedemptionState.QUOTED)


def test_with_nothing_to_wait_for_nothing_is_asked_again(bench: Bench, till: TillOnBench) -> None:
    covering = till.checkout._covering
    covering.ask_again()
    covering.cancel_code()
    with pytest.raises(LookupError):
        covering.submit_code(RIGHT)
    bench.stepped.run_all()
    assert till.stands() is S.SELLING
    assert set(bench.backend.calls) <= {"quote"}


def test_a_bill_that_needs_a_salesperson_is_not_saved_without(bench: Bench) -> None:
    bench.salesperson_required = True
    till = bench.start()
    bench.ring_rice(till)
    till.sale.set_salesperson(Salesperson("s-1", "Budi"))
    till.checkout.begin_payment()
    bench.stepped.run_all()
    till.checkout.pay_cash()
    bench.stepped.run_all()
    till.sale.set_salesperson(None)
    till.checkout.save()
    assert (till.stands(), said(till)) == (S.PAYING, Say.SALESPERSON_NEEDED)


def test_the_customer_is_taken_off_while_a_code_is_waited_for(bench: Bench, till: TillOnBench) -> None:
    at_code(bench, till)
    till.sale.set_customer(None)
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert till.model.code is None
    assert bench.backend.held("reward") == 0


def test_rules_that_cannot_be_fetched_take_the_points_off(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.RULES_CHANGED)])
    bench.backend.drops["programme"] = 1
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert till.sale.bill.claims == ()


def test_a_disk_that_fails_while_points_are_asked_for_sends_nothing(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert said(till) is Say.DISK_FULL
    assert bench.backend.calls["hold"] == 0


def test_nobody_signed_in_is_no_obstacle_to_keeping_a_draft(bench: Bench, till: TillOnBench) -> None:
    def nobody() -> StaffMember:
        raise NobodyError

    till.checkout._cashier = nobody
    bench.ring_rice(till)
    bench.stepped.run_all()
    assert bench.journal.drafts()[0].cashier_id == ""


def test_a_code_that_is_refused_before_it_is_sent_leaves_the_points_and_says_why(
    bench: Bench, till: TillOnBench
) -> None:
    bench.backend.refuses["send_code"] = deque([Refused(Refusal.CODE_LOCKED)])
    assert till.checkout.choose_points("reward", Points(300))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert till.model.code is not None
    assert (till.stands(), said(till), till.model.code.over) == (S.CODE, Say.CODE_LOCKED, True)
    assert till.sale.priced.spent_of("reward") == Points(300)
    assert [row.state for row in bench.journal.rows.values()] == [RedemptionState.CLOSED]
    till.checkout.resend_code()
    bench.stepped.run_all()
    assert (till.model.code.over, len(bench.backend.sms)) == (False, 1)


def test_a_code_called_wrong_that_nobody_typed_is_over(bench: Bench, till: TillOnBench) -> None:
    """A backend that answers so is in error: nothing is held, and a code is asked of the customer in its place."""
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.WRONG_CODE, tries_left=3)])
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.model.code is not None
    assert (till.stands(), till.model.code.over, bench.backend.held("poin")) == (S.CODE, True, 0)
    till.checkout.resend_code()
    bench.stepped.run_all()
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert (till.stands(), bench.backend.held("poin")) == (S.PAYING, 200)


def test_rules_that_changed_while_a_code_was_asked_for_are_fetched_and_nothing_else_is_asked(
    bench: Bench, till: TillOnBench
) -> None:
    bench.backend.refuses["send_code"] = deque([Refused(Refusal.RULES_CHANGED)])
    assert till.checkout.choose_points("reward", Points(300))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert (till.stands(), till.model.code, till.copies.refreshed) == (S.PAYING, None, 1)
    assert till.sale.priced.spent_of("reward") == Points(300)
    assert (bench.backend.sms, bench.backend.calls["hold"]) == ([], 0)


def test_a_hold_that_is_gone_takes_the_code_for_more_with_it(bench: Bench, till: TillOnBench) -> None:
    at_code(bench, till)
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert till.checkout.choose_points("reward", Points(500))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert till.stands() is S.CODE
    for one in bench.backend.holds.values():
        one.state = HoldState.VOIDED
    bench.stepped.advance(300)
    bench.stepped.run_all()
    assert (till.stands(), till.model.code, till.sale.bill.claims) == (S.PAYING, None, ())
    assert bench.backend.held("reward") == 0


def test_a_disk_that_fails_while_points_are_given_back_is_said_where_the_cashier_is(
    bench: Bench, till: TillOnBench
) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    bench.stepped.run_all()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.sale.unclaim(ORDER)
    bench.stepped.run_all()
    assert (till.stands(), said(till)) == (S.PAYING, Say.DISK_FULL)


def test_an_answer_that_overtakes_the_drop_of_its_hold_extends_nothing(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    till.checkout.begin_payment()
    bench.stepped.run_all()
    (before,) = bench.journal.rows.values()
    bench.stepped.advance(300)
    bench.stepped.start()
    extended = bench.stepped.answers.popleft()
    till.sale.unclaim(ORDER)
    bench.stepped.run_all()
    bench.stepped.answers.append(extended)
    bench.stepped.run_all()
    (row,) = bench.journal.rows.values()
    assert (row.state, row.held_until) == (RedemptionState.CLOSED, before.held_until)


class Slow:
    """``covering.Refresh`` whose answer a test brings."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[bool], None]] = []

    def refresh(self, then: Callable[[bool], None]) -> None:
        self.waiting.append(then)

    def renewed(self, bill: Bill) -> Bill:
        return bill


def test_rules_that_come_after_the_cashier_gave_up_ask_for_nothing(bench: Bench, till: TillOnBench) -> None:
    slow = Slow()
    till.checkout._covering._refresh = slow
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.RULES_CHANGED)])
    till.checkout.begin_payment()
    bench.stepped.run_all()
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    assert till.sale.bill.claims == ()
    for then in slow.waiting:
        then(True)
    bench.stepped.run_all()
    assert (till.stands(), bench.backend.calls["hold"], bench.backend.held("poin")) == (S.PAYING, 1, 0)


def test_a_limit_that_nobody_can_name_takes_the_points_off(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.USED_UP, rules=("of-another-shop",))])
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert (till.stands(), said(till)) == (S.PAYING, Say.OFFER_USED_UP)
    assert (till.sale.bill.claims, bench.backend.held("poin")) == ((), 0)


def test_what_is_left_of_a_limit_is_not_asked_for_a_bill_that_was_given_up(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.USED_UP, rules=(ORDER.rule_id,))])
    till.checkout.begin_payment()
    while not bench.backend.calls["hold"]:
        bench.stepped.step()
    bench.stepped.start()  # what is left is counted, and its answer is on its way
    counted = bench.stepped.answers.popleft()
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    notice = till.model.notice
    bench.stepped.answers.append(counted)
    bench.stepped.run_all()
    assert (till.stands(), till.model.notice, bench.backend.held("poin")) == (S.PAYING, notice, 0)


@pytest.mark.parametrize("silent", [False, True])
def test_without_a_count_only_what_was_named_leaves_the_bill(bench: Bench, till: TillOnBench, silent: bool) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    bench.backend.refuses["hold"] = deque([Refused(Refusal.USED_UP, rules=(ORDER.rule_id,))])
    bench.backend.refuses["quote"] = deque([] if silent else [Refused(Refusal.RECOVERING)])
    bench.backend.drops["quote"] = 1 if silent else 0
    heard: list[bool] = []
    till.gear.line.listen(heard.append)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert (till.stands(), said(till), till.sale.bill.claims) == (S.PAYING, Say.OFFER_USED_UP, ())
    assert heard == ([False, True] if silent else [])


def test_nobody_is_asked_to_answer_for_a_code_that_was_never_sent(bench: Bench, till: TillOnBench) -> None:
    asked: list[str] = []

    def ask_here(_then: object, subject: ApprovalSubject) -> Right:
        asked.append(subject.ref)
        return Right.ALLOWED

    overriding = till.checkout.overriding
    overriding.ask_by(ask_here)
    overriding.ask()
    at_code(bench, till)
    assert asked == []
    overriding.ask()
    assert len(asked) == 1


# What the customer has agreed to by a code and got nothing for yet


def refused_after_code(bench: Bench, till: TillOnBench, refused: Refused, *, code: bool = True) -> None:
    """The right code for 300 Reward points, and a refusal of the hold for another reason."""
    at_code(bench, till)
    bench.backend.refuses["hold"] = deque([refused])
    if code:
        till.checkout.submit_code(RIGHT)
    else:
        till.checkout.overriding.override(Permit("c-1", MANAGER.staff_id, MANAGER_PIN), "no code came")
    bench.stepped.run_all()


def pays(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_cash()
    bench.stepped.run_all()


@pytest.mark.parametrize("code", [True, False])
def test_whoever_agreed_gets_no_second_message_for_what_others_used_up(
    bench: Bench, till: TillOnBench, code: bool
) -> None:
    """Neither after a code nor after a manager's word in its place; and the one message serves one refusal more."""
    refused_after_code(bench, till, Refused(Refusal.INSUFFICIENT, points=Points(120)), code=code)
    assert (till.stands(), said(till)) == (S.PAYING, Say.POINTS_SPENT_ELSEWHERE)
    assert till.checkout.choose_points("reward", Points(100))
    assert not till.model.redemptions[0].needs_code
    bench.backend.refuses["hold"] = deque([Refused(Refusal.INSUFFICIENT, points=Points(60))])
    pays(bench, till)
    assert till.checkout.choose_points("reward", Points(50))
    pays(bench, till)
    assert (till.stands(), bench.backend.held("reward"), till.model.can_save) == (S.PAYING, 50, True)
    assert len(bench.backend.sms) == 1


def test_rules_that_changed_under_a_code_are_followed_by_the_same_code(bench: Bench, till: TillOnBench) -> None:
    refused_after_code(bench, till, Refused(Refusal.RULES_CHANGED))
    pays(bench, till)
    assert (bench.backend.held("reward"), len(bench.backend.sms)) == (300, 1)


def test_more_than_the_customer_agreed_to_is_asked_for_by_a_new_code(bench: Bench, till: TillOnBench) -> None:
    refused_after_code(bench, till, Refused(Refusal.ALREADY_HELD))
    assert till.checkout.choose_points("reward", Points(350))
    pays(bench, till)
    assert (till.stands(), len(bench.backend.sms)) == (S.CODE, 2)


def test_what_one_customer_agreed_to_serves_no_other(bench: Bench, till: TillOnBench) -> None:
    refused_after_code(bench, till, Refused(Refusal.ALREADY_HELD))
    till.sale.set_customer(None)
    till.sale.set_customer(bench.customer())
    assert till.checkout.choose_points("reward", Points(300))
    pays(bench, till)
    assert (till.stands(), len(bench.backend.sms)) == (S.CODE, 2)


def test_a_code_that_is_over_by_then_is_said_and_sent_anew_when_asked(bench: Bench, till: TillOnBench) -> None:
    refused_after_code(bench, till, Refused(Refusal.ALREADY_HELD))
    bench.clock.advance(301)
    assert till.checkout.choose_points("reward", Points(300))
    pays(bench, till)
    assert (till.stands(), said(till), len(bench.backend.sms)) == (S.CODE, Say.CODE_EXPIRED, 1)


def test_a_backend_that_redeems_at_once_is_not_given_a_code_twice(bench: Bench, till: TillOnBench) -> None:
    bench.backend.capabilities = replace(bench.backend.capabilities, hold=Hold.NONE)
    refused_after_code(bench, till, Refused(Refusal.ALREADY_HELD))
    assert till.checkout.choose_points("reward", Points(300))
    pays(bench, till)
    assert (till.stands(), len(bench.backend.sms)) == (S.CODE, 2)
