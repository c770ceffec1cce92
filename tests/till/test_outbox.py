"""What was saved is delivered: in order, past bad messages, after any silence, and visibly paused when it must be."""

from collections import deque
from collections.abc import Collection
from dataclasses import replace

import pytest

from tests.fakes.shifts import a_shift, an_open_shift
from tests.till.bench import Bench, TillOnBench
from tukar.domain.redemption import BillAnswer, Refusal
from tukar.domain.shift import ShiftClosing
from tukar.till.delivery import Delivered, Delivery, Postman
from tukar.till.line import Line
from tukar.till.outbox import OutboxSender
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Enrolment, OutboxKind, OutboxState, Refused


def sell(bench: Bench, till: TillOnBench, *, member: bool = False) -> str:
    if member:
        till.sale.set_customer(bench.customer())
    bench.ring_rice(till, 1)
    bill_id = till.sale.bill.bill_id
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    till.checkout.next_sale()
    return bill_id


def _closing() -> ShiftClosing:
    closing = a_shift().closing
    assert closing is not None
    return closing


def postman(bench: Bench) -> Postman:
    return Postman(bench.journal, bench.backend, lambda ref, _: bench.journal.enrolments[ref])


def test_a_saved_bill_is_sent_at_once(bench: Bench, till: TillOnBench) -> None:
    bill_id = sell(bench, till)
    assert list(bench.backend.bills) == [bill_id]
    assert till.outbox.model.waiting == 0


def test_T36_it_sends_again_by_itself_when_the_line_is_back(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    bill_id = sell(bench, till)
    assert (till.outbox.model.waiting, till.outbox.model.online) == (1, False)
    bench.background.advance(30)
    assert bench.backend.bills == {}
    bench.backend.down = False
    bench.background.advance(61)
    assert list(bench.backend.bills) == [bill_id]
    assert till.outbox.model.online


def test_the_line_coming_back_by_other_means_wakes_it(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sell(bench, till)
    bench.backend.down = False
    till.gear.line.heard()
    assert till.outbox.model.waiting == 0


def test_silence_is_met_with_longer_pauses_and_never_more_than_a_minute(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sell(bench, till)
    bench.background.advance(600)
    tries = bench.backend.calls["put_bill"]
    assert 12 <= tries <= 22


def test_T28_a_lost_answer_makes_no_second_bill(bench: Bench, till: TillOnBench) -> None:
    bench.backend.loses["put_bill"] = 3
    bill_id = sell(bench, till, member=True)
    bench.background.advance(60)
    assert list(bench.backend.bills) == bench.backend.earned == [bill_id]
    assert bench.backend.calls["put_bill"] == 4


def test_T29_two_senders_of_one_journal_make_one_bill(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    bill_id = sell(bench, till, member=True)
    another = bench.start()
    bench.backend.down = False
    till.outbox.wake()
    another.outbox.wake()
    assert list(bench.backend.bills) == bench.backend.earned == [bill_id]
    assert another.outbox.model.waiting == 0


def test_T30_bills_made_offline_are_sent_once_however_often_the_line_comes_back(
    bench: Bench, till: TillOnBench
) -> None:
    bench.backend.down = True
    sold = [sell(bench, till) for _ in range(3)]
    bench.background.advance(5)
    tried = bench.backend.calls["put_bill"]
    bench.backend.down = False
    for _ in range(3):
        till.outbox.wake()
        till.gear.line.lost()
        till.gear.line.heard()
    bench.background.advance(120)
    assert set(bench.backend.bills) == set(sold)
    assert bench.backend.calls["put_bill"] == tried + 3


def test_T32_printed_bills_of_one_second_all_arrive_also_after_a_restart(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sold = [sell(bench, till) for _ in range(20)]
    assert len(set(sold)) == 20
    printed = [receipt.number for receipt in bench.journal.recent_receipts()]
    after = bench.start()
    bench.backend.down = False
    after.outbox.wake()
    assert list(bench.backend.bills) == sold
    assert {receipt.number for receipt in bench.backend.bills.values()} == set(printed)


def test_T34_one_bad_bill_does_not_block_the_next(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    bad, good = sell(bench, till), sell(bench, till)
    bench.backend.down = False
    bench.backend.refuses["put_bill"] = deque([Refused(Refusal.BAD_REQUEST, detail="no such thing")])
    till.outbox.wake()
    assert list(bench.backend.bills) == [good]
    assert [(item.kind, item.ref) for item in bench.journal.review_items()] == [("bill", bad)]
    assert till.outbox.model.waiting == 0


@pytest.mark.parametrize("refusal", [Refusal.NOT_SIGNED_IN, Refusal.OUTDATED, Refusal.REVOKED])
def test_it_pauses_visibly_with_bills_safe_until_put_right(bench: Bench, till: TillOnBench, refusal: Refusal) -> None:
    bench.backend.refuses["put_bill"] = deque([Refused(refusal)] * 3)
    bill_id = sell(bench, till)
    assert (till.outbox.model.paused_reason, till.outbox.model.waiting) == (refusal, 1)
    bench.background.advance(600)
    another = sell(bench, till)
    assert bench.backend.bills == {}
    assert till.outbox.model.waiting == 2
    assert bench.backend.calls["put_bill"] == 3
    till.outbox.resume()
    assert list(bench.backend.bills) == [bill_id, another]
    assert till.outbox.model.paused_reason is None


def test_an_enrolment_that_waited_says_that_nobody_is_there_any_more(bench: Bench, till: TillOnBench) -> None:
    """Refused for a known number it would leave the customer's points with nobody."""
    waiting = Enrolment("m-1", "Ayu", "+6281100000001", bench.clock.now())
    bench.journal.put_enrolment(waiting)
    till.outbox.resume()
    assert bench.backend.enrolled == [replace(waiting, offline=True)]


def test_other_messages_of_a_revoked_till_keep_no_bill_waiting(bench: Bench, till: TillOnBench) -> None:
    """Bills of a revoked till are taken for 35 days, and no enrolment or shift of it is."""
    for verb in ("enrol_member", "put_shift"):
        bench.backend.refuses[verb] = deque([Refused(Refusal.REVOKED)])
    bench.journal.put_enrolment(Enrolment("m-1", "Ayu", "+6281100000001", bench.clock.now()))
    closing = a_shift().closing
    assert closing is not None
    bench.journal.shifts.close(bench.journal.shifts.open(an_open_shift()).shift_id, closing)
    bill_id = sell(bench, till)
    assert list(bench.backend.bills) == [bill_id]
    assert (till.outbox.model.paused_reason, till.outbox.model.waiting) == (None, 0)


def test_a_pause_whose_reason_is_gone_ends_by_itself(bench: Bench, till: TillOnBench) -> None:
    bench.backend.refuses["put_bill"] = deque([Refused(Refusal.NOT_SIGNED_IN)])
    bill_id = sell(bench, till)
    bench.background.advance(301)
    assert list(bench.backend.bills) == [bill_id]
    assert till.outbox.model.paused_reason is None


@pytest.mark.parametrize(("asked", "waits"), [(20.0, 20), (86_400.0, 300)])
def test_a_busy_backend_is_left_alone_as_long_as_it_asks(
    bench: Bench, till: TillOnBench, asked: float, waits: int
) -> None:
    bench.backend.down = True
    sold = [sell(bench, till), sell(bench, till)]
    bench.backend.down = False
    tried = bench.backend.calls["put_bill"]
    bench.backend.refuses["put_bill"] = deque([Refused(Refusal.TOO_MANY_REQUESTS, wait=asked)])
    till.outbox.wake()
    till.outbox.wake()
    sold.append(sell(bench, till))
    bench.background.advance(waits - 1)
    assert bench.backend.calls["put_bill"] == tried + 1
    assert till.outbox.model.waiting == 3
    bench.background.advance(2)
    assert set(bench.backend.bills) == set(sold)
    assert bench.journal.review_items() == ()


def test_a_recovering_backend_is_asked_later_and_others_go_on(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    first, second = sell(bench, till), sell(bench, till)
    bench.backend.down = False
    bench.backend.refuses["put_bill"] = deque([Refused(Refusal.RECOVERING)])
    till.outbox.wake()
    assert list(bench.backend.bills) == [second]
    bench.background.advance(61)
    assert set(bench.backend.bills) == {first, second}


def test_a_fault_of_the_backend_holds_up_only_its_own_message(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    first, second = sell(bench, till), sell(bench, till)
    bench.backend.down = False
    bench.backend.faults["put_bill"] = 1
    till.outbox.wake()
    assert list(bench.backend.bills) == [second]
    bench.background.advance(61)
    assert set(bench.backend.bills) == {first, second}


def test_bills_of_one_customer_go_in_order(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    first, second = sell(bench, till, member=True), sell(bench, till, member=True)
    assert [message.ref for message in bench.journal.waiting()] == [first]
    bench.backend.down = False
    till.outbox.wake()
    assert list(bench.backend.bills) == [first, second]


def test_the_answer_to_a_bill_is_told(bench: Bench, till: TillOnBench) -> None:
    told: list[BillAnswer] = []
    till.outbox.tell_delivered(told.append)
    bill_id = sell(bench, till)
    assert [answer.bill_id for answer in told] == [bill_id]


def test_a_disk_that_fails_loses_nothing_and_is_tried_again(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    bill_id = sell(bench, till)
    bench.backend.down = False
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.outbox.wake()
    assert till.outbox.model.trouble is not None
    bench.journal.trouble = None
    bench.background.advance(61)
    assert list(bench.backend.bills) == [bill_id]
    assert till.outbox.model.waiting == 0
    assert till.outbox.model.trouble is None


def test_a_wake_while_it_sends_is_not_forgotten(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.backend.down = True
    sell_by_steps(bench, till)
    bench.backend.down = False
    till.outbox.wake()
    till.outbox.wake()
    bench.stepped.run_all()
    assert till.outbox.model.waiting == 0


def test_the_last_message_delivered_is_the_last_look(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sell(bench, till)
    sell(bench, till)
    bench.backend.down = False
    looks = CountedPostman(bench.journal, bench.backend, lambda ref, _: bench.journal.enrolments[ref])
    sender = OutboxSender(looks, bench.background, Line(), lambda: 0.5)
    sender.wake()
    assert (looks.many, sender.model.waiting, len(bench.backend.bills)) == (2, 0, 2)


class CountedPostman(Postman):
    """Knows how often it looked whether anything waits."""

    many = 0

    def deliver_one(self, skip: Collection[int] = ()) -> Delivery:
        self.many += 1
        return super().deliver_one(skip)


def sell_by_steps(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till, 1)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    bench.stepped.run_all()


def test_the_postman_delivers_all_in_one_call(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sold = [sell(bench, till) for _ in range(3)]
    bench.backend.down = False
    seen: list[Delivery] = []
    last = postman(bench).deliver_all(seen.append)
    assert (last.outcome, last.waiting) == (Delivered.NOTHING, 0)
    assert list(bench.backend.bills) == sold
    assert [one.outcome for one in seen] == [Delivered.TAKEN] * 3 + [Delivered.NOTHING]


def test_the_postman_stops_where_nobody_answers(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sell(bench, till)
    sell(bench, till)
    last = postman(bench).deliver_all()
    assert (last.outcome, last.waiting) == (Delivered.UNREACHABLE, 2)


def test_a_message_that_cannot_be_read_becomes_an_item(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    bill_id = sell(bench, till)
    bench.backend.down = False
    del bench.journal.saved[bill_id]
    assert postman(bench).deliver_all().waiting == 0
    assert [message.state for message in bench.journal.outbox.values()] == [OutboxState.REVIEW]


def test_a_void_of_something_already_gone_is_done(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.choose_points("reward", till.sale.priced.offers[0].cost or bench.customer().balances[0].available)
    till.checkout.send_code("reward")
    till.checkout.cancel_code()
    bench.backend.refuses["void"] = deque([Refused(Refusal.UNKNOWN_REDEMPTION)])
    till.outbox.wake()
    assert till.outbox.model.waiting == 0
    assert bench.journal.review_items() == ()


def test_a_closed_shift_is_sent_and_a_backend_without_shifts_needs_none(bench: Bench) -> None:
    closing = _closing()
    for refuses in (False, True):
        shift = bench.journal.shifts.open(an_open_shift(shift_id=f"shift-{refuses}"))
        closed = bench.journal.shifts.close(shift.shift_id, closing)
        if refuses:
            bench.backend.refuses["put_shift"] = deque([Refused(Refusal.NOT_SUPPORTED)])
        assert postman(bench).deliver_one().outcome is Delivered.TAKEN
        assert (bench.backend.shifts.get(shift.shift_id) == closed) is not refuses
    assert bench.journal.waiting_count() == 0


def test_bills_unsent_when_their_shift_is_closed_arrive_later_and_so_does_the_shift(
    bench: Bench, till: TillOnBench
) -> None:
    bench.journal.shifts.open(an_open_shift())
    bench.backend.down = True
    sold = [sell(bench, till, member=True) for _ in range(2)]
    told = replace(_closing(), unsent=bench.journal.waiting_count())
    closed = bench.journal.shifts.close("shift-1", told)
    assert [one.bill_id for one in bench.journal.shifts.sales("shift-1").receipts] == sold
    after = bench.start()
    after.outbox.wake()
    assert (bench.backend.bills, bench.backend.shifts, after.outbox.model.waiting) == ({}, {}, 3)
    bench.backend.down = False
    bench.background.advance(61)
    assert list(bench.backend.bills) == bench.backend.earned == sold
    assert bench.backend.shifts == {"shift-1": closed}
    assert closed.closing is not None
    assert (closed.closing.unsent, after.outbox.model.waiting) == (2, 0)
    assert bench.journal.shifts.get("shift-1") == closed, "what its paper says stays as it was printed"


def test_everybody_who_listens_hears_of_every_change(bench: Bench, till: TillOnBench) -> None:
    heard: list[int] = []
    till.outbox.listen(lambda model: heard.append(model.waiting))
    bench.backend.down = True
    sell(bench, till)
    bench.backend.down = False
    till.outbox.wake()
    assert (max(heard), heard[-1]) == (1, 0)


def test_a_wake_while_nobody_answers_is_tried_once_more(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.backend.down = True
    sell_by_steps(bench, till)
    tried = bench.backend.calls["put_bill"]
    till.outbox.wake()
    till.outbox.wake()
    bench.stepped.run_all()
    assert bench.backend.calls["put_bill"] == tried + 2


def test_a_shift_that_cannot_be_read_becomes_an_item(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    bill_id = sell(bench, till)
    bench.backend.down = False
    (seq, message), *_ = bench.journal.outbox.items()
    bench.journal.outbox[seq] = replace(message, kind=OutboxKind.SHIFT)
    assert postman(bench).deliver_all().waiting == 0
    assert bill_id not in bench.backend.bills
    assert [one.state for one in bench.journal.outbox.values()] == [OutboxState.REVIEW]


def test_an_enrolment_and_a_refund_given_up_are_sent_in_their_turn(bench: Bench, till: TillOnBench) -> None:
    bench.backend.down = True
    sell(bench, till)
    sell(bench, till)
    bench.backend.down = False
    first, second = bench.journal.outbox.items()
    bench.journal.enrolments["m-9"] = Enrolment("m-9", "Ayu", "+6281100000001", bench.clock.now())
    bench.journal.outbox[first[0]] = replace(first[1], kind=OutboxKind.ENROL, ref="m-9")
    bench.journal.outbox[second[0]] = replace(second[1], kind=OutboxKind.REFUND_VOID, ref="refund-1")
    bench.backend.refuses["void_refund"] = deque([Refused(Refusal.UNKNOWN_BILL)])
    assert postman(bench).deliver_all().waiting == 0
    assert bench.backend.calls["enrol_member"] == 1


def test_a_pause_that_ends_while_it_sends_begins_nothing_twice(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start()
    bench.backend.down = True
    sell_by_steps(bench, till)
    bench.backend.down = False
    tried = bench.backend.calls["put_bill"]
    till.outbox.wake()
    till.outbox._waited()
    bench.stepped.run_all()
    assert bench.backend.calls["put_bill"] == tried + 1
