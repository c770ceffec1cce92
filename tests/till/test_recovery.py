"""What the next start finds: every draft, payment and redemption ends in something the cashier or a manager sees."""

from dataclasses import replace

from tests.till.bench import COFFEE, ORDER, Bench, TillOnBench, shelf
from tukar.domain.bill import Bill
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import AttemptState, DiskTrouble, DiskTroubleKind, Draft, PaymentAttempt
from tukar.till.recovery import Recovered, Recovery
from tukar.till.terminals import Terminals

S = CheckoutState


def look(bench: Bench, till: TillOnBench) -> Recovered:
    return Recovery(till.gear, Terminals(bench.card, bench.qr)).look()


def says(recovered: Recovered) -> list[Say]:
    return [notice.say for notice in recovered.notices]


def paid_by_card(bench: Bench, till: TillOnBench) -> Draft:
    """A bill with points held and an approved card on it, left by a crash."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.pay_card(bench.money(100_000))
    return bench.journal.drafts()[0]


def resume(till: TillOnBench, recovered: Recovered) -> None:
    bill = recovered.resume
    assert bill is not None
    till.checkout.resume(bill.draft, bill.rows, bill.unclear, at_payment=bill.has_money)


def test_a_clean_start_says_nothing(bench: Bench, till: TillOnBench) -> None:
    assert look(bench, till) == Recovered()


def test_money_is_resumed_at_payment_with_its_hold_checked(bench: Bench, till: TillOnBench) -> None:
    paid_by_card(bench, till)
    bench.clock.reboot()
    after = bench.start()
    recovered = look(bench, after)
    assert says(recovered) == [Say.BILL_RESUMED_PAID]
    resume(after, recovered)
    assert after.stands() is S.PAYING
    assert after.model.due == bench.money(29_000)
    assert bench.backend.calls["redemption"] == 1
    after.checkout.pay_cash()
    after.checkout.save()
    assert after.stands() is S.SAVED
    assert bench.backend.posted["poin"] == 1040


def test_the_cashier_may_give_the_money_back_instead(bench: Bench, till: TillOnBench) -> None:
    paid_by_card(bench, till)
    after = bench.start()
    resume(after, look(bench, after))
    after.checkout.remove_tender(after.model.tenders[0].tender_id)
    assert after.checkout.abandon()
    assert bench.card.taken == {}
    assert bench.backend.held("poin") == 0


def test_a_hold_that_ran_out_meanwhile_is_asked_for_again(bench: Bench, till: TillOnBench) -> None:
    paid_by_card(bench, till)
    bench.clock.reboot(7_200)
    for one in bench.backend.holds.values():
        one.state = HoldState.EXPIRED
    after = bench.start()
    resume(after, look(bench, after))
    assert after.model.must_approve
    after.checkout.pay_cash()
    assert bench.backend.calls["hold"] == 2
    after.checkout.save()
    assert bench.backend.posted["poin"] == 1040
    assert bench.backend.items == []


def test_without_the_line_a_hold_of_another_boot_opens_no_tender(bench: Bench, till: TillOnBench) -> None:
    paid_by_card(bench, till)
    bench.clock.reboot()
    bench.backend.down = True
    after = bench.start(online=False)
    resume(after, look(bench, after))
    bench.background.advance(4)
    after.checkout.pay_cash()
    bench.background.advance(4)
    assert after.stands() is S.UNSURE
    assert len(after.model.tenders) == 1


def test_a_bill_with_money_goes_before_one_without(bench: Bench, till: TillOnBench) -> None:
    paid = paid_by_card(bench, till)
    other = Draft(replace(paid.bill, bill_id="other"))
    bench.journal.save_draft(other)
    recovered = look(bench, bench.start())
    assert recovered.resume is not None
    assert recovered.resume.draft.bill.bill_id == paid.bill.bill_id
    assert [draft.bill.bill_id for draft in recovered.aside] == ["other"]


def test_a_bill_set_aside_waits_in_its_list_and_is_not_forced_on_the_cashier(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    held = till.sale.bill.bill_id
    assert till.checkout.put_aside()
    recovered = look(bench, bench.start())
    assert (recovered.resume, [draft.bill.bill_id for draft in recovered.aside]) == (None, [held])
    assert Say.BILL_RESUMED not in says(recovered)
    till.checkout.resume(recovered.aside[0], at_payment=False)
    again = look(bench, bench.start())
    assert again.resume is not None
    assert again.resume.draft.bill.bill_id == held


def test_a_payment_given_back_before_the_crash_is_no_tender_any_more(bench: Bench, till: TillOnBench) -> None:
    draft = paid_by_card(bench, till)
    bench.card.refund(draft.tenders[0].reference, draft.tenders[0].amount)
    recovered = look(bench, bench.start())
    assert recovered.resume is not None
    assert recovered.resume.draft.tenders == ()
    assert [one.state for one in bench.journal.attempts(draft.bill.bill_id)] == [AttemptState.REFUNDED]
    assert Say.CARD_CANCELLED in says(recovered)
    assert bench.journal.rows.popitem()[1].state is RedemptionState.DROPPED


def test_a_terminal_that_forgot_an_approved_payment_does_not_undo_it(bench: Bench, till: TillOnBench) -> None:
    paid_by_card(bench, till)
    bench.card.taken.clear()
    bench.card.asked.clear()
    recovered = look(bench, bench.start())
    assert recovered.resume is not None
    assert len(recovered.resume.draft.tenders) == 1


def test_two_payments_nobody_knows_the_end_of_are_both_visible(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    bill_id = till.sale.bill.bill_id
    for name in ("one", "two"):
        amount = bench.money(10_000)
        bench.journal.record_attempt(PaymentAttempt(name, bill_id, PaymentMode.CARD, amount, AttemptState.OPEN, name))
    bench.card.silent = True
    after = bench.start()
    recovered = look(bench, after)
    assert says(recovered) == [Say.BILL_RESUMED_PAID, Say.CARD_UNKNOWN, Say.CARD_UNKNOWN]
    assert [item.item_id for item in bench.journal.review_items()] == ["payment:two"]
    resume(after, recovered)
    assert after.stands() is S.UNCLEAR


def test_a_till_that_lost_its_terminal_keeps_the_payment_unclear(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    bill_id = till.sale.bill.bill_id
    attempt = PaymentAttempt("one", bill_id, PaymentMode.CARD, bench.money(10_000), AttemptState.OPEN, "one")
    bench.journal.record_attempt(attempt)
    after = bench.start()
    recovered = Recovery(after.gear, Terminals()).look()
    assert recovered.resume is not None
    assert recovered.resume.unclear is not None


def test_redemptions_of_a_bill_that_left_nothing_else_are_given_back(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    till.sale.add(shelf().named("Kopi Susu Gula Aren"))
    till.sale.claim(COFFEE)
    till.checkout.begin_payment()
    bench.journal.delete_draft(till.sale.bill.bill_id)
    after = bench.start()
    assert says(look(bench, after)) == [Say.POINTS_RETURNING]
    after.outbox.wake()
    assert bench.backend.held("poin") == 0


def test_the_last_bill_is_named_while_its_customer_may_still_be_there(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    assert says(look(bench, bench.start())) == [Say.BILL_WAS_SAVED]
    bench.clock.advance(16 * 60)
    assert says(look(bench, bench.start())) == []


def test_a_draft_that_outlived_its_bill_is_deleted_whatever_stands_on_it(bench: Bench, till: TillOnBench) -> None:
    draft = paid_by_card(bench, till)
    till.checkout.pay_cash()
    till.checkout.save()
    bench.journal._drafts[draft.bill.bill_id] = draft
    recovered = look(bench, bench.start())
    assert (recovered.resume, says(recovered)) == (None, [Say.BILL_WAS_SAVED])
    assert bench.journal.drafts() == ()


def test_looking_twice_finds_the_same(bench: Bench, till: TillOnBench) -> None:
    paid_by_card(bench, till)
    after = bench.start()
    assert look(bench, after) == look(bench, after)


def test_it_looks_in_the_background_and_tells_of_a_disk_that_fails(bench: Bench, till: TillOnBench) -> None:
    bench.journal.save_draft(Draft(Bill("b", bench.money(0).currency)))
    found: list[Recovered] = []
    troubles: list[DiskTrouble] = []
    recovery = Recovery(till.gear, Terminals(bench.card, bench.qr))
    recovery.start(found.append, troubles.append)
    assert len(found) == 1
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FAILED)
    recovery.start(found.append, troubles.append)
    assert (len(found), troubles) == (1, [bench.journal.trouble])
