"""Points that a till takes on trust while the backend cannot be reached (redemption.md, "Offline")."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from tests.fakes.journal import FakeJournal
from tests.fakes.permits import FakePermits
from tests.till.bench import COFFEE, ORDER, RIGHT, Bench, TillOnBench, said, shelf
from tukar.domain.people import Action, Right
from tukar.domain.points import Points
from tukar.domain.receipt import ReceiptRedemption
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.till.checkout_model import CheckoutState, TrustView
from tukar.till.notices import Say
from tukar.till.permitting import Permit
from tukar.till.ports import Deadline, DiskTrouble, DiskTroubleKind, Trouble, Unreachable

S = CheckoutState
TODAY = date(2026, 11, 21)
ALLOWED = OfflinePoints(per_bill=300, per_hour=500, last_day=TODAY)


@pytest.fixture
def bench() -> Bench:
    bench = Bench(stepped=True)
    bench.offline_points = ALLOWED
    return bench


@pytest.fixture
def permits() -> FakePermits:
    return FakePermits()


def opened(bench: Bench, permits: FakePermits) -> TillOnBench:
    """A customer with rice on the bill; from now on nothing comes back from the backend."""
    till = bench.start()
    till.checkout.trusting.ask_by(permits.ask_here)
    begin(bench, till)
    bench.backend.down = True
    till.gear.line.lost()
    return till


def begin(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(replace(bench.customer(), seen_at=bench.clock.now()))
    bench.ring_rice(till)
    bench.stepped.run_all()


def ask(bench: Bench, till: TillOnBench) -> None:
    """Enters payment with 200 points on the bill; nobody answers."""
    assert till.sale.claim(ORDER)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.stands() is S.UNSURE


def take(bench: Bench, till: TillOnBench) -> None:
    till.checkout.trusting.take()
    bench.stepped.run_all()


def save(bench: Bench, till: TillOnBench) -> None:
    till.checkout.pay_cash()
    bench.stepped.run_all()
    till.checkout.save()
    bench.stepped.run_all()
    assert till.stands() is S.SAVED


def offer(till: TillOnBench) -> TrustView | None:
    return till.checkout.trusting.offer


def sold(bench: Bench, till: TillOnBench) -> None:
    """A whole sale with 200 points on trust."""
    ask(bench, till)
    take(bench, till)
    save(bench, till)
    till.checkout.next_sale()
    bench.stepped.run_all()


def shown(bench: Bench) -> tuple[ReceiptRedemption, ...]:
    (receipt,) = bench.journal.saved.values()
    return receipt.redemptions


def test_points_within_the_limits_are_taken_without_a_hold(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    ask(bench, till)
    assert offer(till) == TrustView(Points(200), known_at=bench.clock.now())
    take(bench, till)
    assert till.stands() is S.PAYING
    assert till.model.notice is not None
    assert (till.model.notice.say, till.model.notice.points) == (Say.POINTS_ON_TRUST, Points(200))
    (view,) = till.model.redemptions
    assert (view.state, view.on_trust, view.until) == (RedemptionState.HELD, True, None)
    assert view.known_at == bench.clock.now()
    assert offer(till) is None
    save(bench, till)
    (redemption,) = shown(bench)
    assert (redemption.points, redemption.proof, redemption.approver) == (Points(200), "", "")
    assert permits.asked == []


def test_the_same_id_is_billed_so_that_a_hold_granted_unheard_is_the_one_that_is_taken(
    bench: Bench, permits: FakePermits
) -> None:
    till = bench.start()
    till.checkout.trusting.ask_by(permits.ask_here)
    begin(bench, till)
    bench.backend.loses["hold"] = 4
    bench.backend.drops["redemption"] = 1
    assert till.sale.claim(ORDER)
    till.checkout.begin_payment()
    for _ in range(4):
        bench.stepped.run_all()
        bench.stepped.advance(2.1)
    bench.stepped.run_all()
    assert till.stands() is S.UNSURE
    take(bench, till)
    save(bench, till)
    (held,) = bench.backend.holds.values()
    assert (held.state, held.points) == (HoldState.CAPTURED, 200)
    assert bench.backend.items == []


@pytest.mark.parametrize("limits", [NO_OFFLINE_POINTS, replace(ALLOWED, last_day=TODAY - timedelta(days=1))])
def test_without_the_shop_s_word_of_today_points_stay_where_they_are(
    bench: Bench, permits: FakePermits, limits: OfflinePoints
) -> None:
    bench.offline_points = limits
    till = bench.start()
    till.checkout.trusting.ask_by(permits.ask_here)
    begin(bench, till)
    assert till.sale.claim(ORDER)
    till.gear.line.lost()
    assert till.sale.priced.applied == ()
    till.gear.line.heard()
    bench.backend.down = True
    till.checkout.begin_payment()
    for _ in range(4):
        bench.stepped.run_all()
        bench.stepped.advance(2.1)
    bench.stepped.run_all()
    assert till.stands() is S.UNSURE
    assert offer(till) is None
    take(bench, till)
    assert till.stands() is S.UNSURE


def test_a_second_person_answers_for_more_than_a_bill_may_take(bench: Bench, permits: FakePermits) -> None:
    bench.offline_points = replace(ALLOWED, per_bill=199)
    till = opened(bench, permits)
    ask(bench, till)
    take(bench, till)
    assert till.stands() is S.UNSURE
    assert permits.about is not None
    assert (permits.about.action, permits.about.points) == (Action.REDEEM_OFFLINE, Points(200))
    assert permits.about.amount == bench.money(20_000)
    permits.approve(Permit("sari", "hendra"))
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    save(bench, till)
    assert shown(bench)[0].approver == "hendra"


def test_the_hour_is_full_whoever_sells_and_however_often_the_till_starts(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    sold(bench, till)
    again = bench.start(online=False)
    again.checkout.trusting.ask_by(permits.ask_here)
    begin(bench, again)
    sold(bench, again)
    assert permits.asked == []
    begin(bench, again)
    ask(bench, again)
    take(bench, again)
    assert [action for action, _ in permits.asked] == [Action.REDEEM_OFFLINE]


def test_what_waits_to_be_sent_counts_however_old_it_is(bench: Bench, permits: FakePermits) -> None:
    """The backend counts by the hour in which it hears of it."""
    bench.offline_points = replace(ALLOWED, per_hour=300)
    till = opened(bench, permits)
    sold(bench, till)
    bench.clock.advance(3 * 3600)
    begin(bench, till)
    ask(bench, till)
    take(bench, till)
    assert permits.asked
    till.checkout.cancel_ask()
    bench.backend.down = False
    till.checkout.abandon()
    till.outbox.wake()
    bench.stepped.advance(30)
    bench.stepped.run_all()
    assert bench.journal.waiting_count() == 0
    bench.clock.advance(3601)
    bench.backend.down = True
    permits.asked.clear()
    begin(bench, till)
    ask(bench, till)
    take(bench, till)
    assert permits.asked == []
    assert till.stands() is S.PAYING


def test_points_given_up_do_not_count(bench: Bench, permits: FakePermits) -> None:
    bench.offline_points = replace(ALLOWED, per_hour=200)
    till = opened(bench, permits)
    for _ in range(2):
        ask(bench, till)
        take(bench, till)
        assert till.stands() is S.PAYING
        assert till.checkout.abandon()
        bench.stepped.run_all()
        begin(bench, till)
    assert permits.asked == []
    assert bench.journal.waiting_count() == 2


def test_a_code_that_cannot_be_sent_needs_a_second_person(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    till.checkout.begin_payment()
    assert till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert till.stands() is S.CODE
    assert offer(till) == TrustView(Points(100), needs_code=True, known_at=bench.clock.now())
    take(bench, till)
    assert permits.about is not None
    assert permits.about.reason == "no code can be sent"
    permits.approve()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert [row.state for row in bench.journal.rows.values()] == [RedemptionState.DROPPED, RedemptionState.HELD]
    save(bench, till)
    assert [one.approver for one in shown(bench)] == ["hendra"]


def test_a_code_that_was_sent_is_waited_for(bench: Bench, permits: FakePermits) -> None:
    till = bench.start()
    till.checkout.trusting.ask_by(permits.ask_here)
    begin(bench, till)
    till.checkout.begin_payment()
    assert till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    assert till.stands() is S.CODE
    assert offer(till) is None
    bench.backend.down = True
    till.gear.line.lost()
    till.checkout.submit_code(RIGHT)
    bench.stepped.run_all()
    assert till.stands() is S.UNSURE
    trust = offer(till)
    assert trust is not None
    assert trust.needs_code


def test_goods_for_points_and_limits_stay_in_the_shop(bench: Bench, permits: FakePermits) -> None:
    till = bench.start()
    till.checkout.trusting.ask_by(permits.ask_here)
    begin(bench, till)
    till.sale.add(shelf().named("Kopi Susu Gula Aren"))
    assert till.sale.claim(COFFEE)
    bench.stepped.run_all()
    bench.backend.down = True
    till.checkout.begin_payment()
    for _ in range(5):
        bench.stepped.run_all()
        bench.stepped.advance(2.1)
    bench.stepped.run_all()
    assert till.stands() is S.UNSURE
    assert offer(till) is None


def test_nobody_s_word_is_asked_for_where_nobody_may_be_asked(bench: Bench, permits: FakePermits) -> None:
    bench.offline_points = replace(ALLOWED, per_hour=100)
    permits.rights[Action.REDEEM_OFFLINE] = Right.DENIED
    till = opened(bench, permits)
    ask(bench, till)
    take(bench, till)
    assert till.stands() is S.UNSURE
    assert till.model.notice is not None
    assert till.model.notice.say is Say.NOT_ALLOWED


def test_a_word_given_after_the_cashier_went_on_without_points_changes_nothing(
    bench: Bench, permits: FakePermits
) -> None:
    bench.offline_points = replace(ALLOWED, per_hour=100)
    till = opened(bench, permits)
    ask(bench, till)
    take(bench, till)
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    permits.approve()
    bench.stepped.run_all()
    assert till.model.redemptions == ()
    save(bench, till)
    assert shown(bench) == ()


def test_a_second_press_while_counting_takes_nothing_twice(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    ask(bench, till)
    till.checkout.trusting.take()
    till.checkout.trusting.take()
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert [row.on_trust for row in bench.journal.rows.values()] == [True]


def test_points_cancelled_while_they_are_written_down_go_back(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    ask(bench, till)
    till.checkout.trusting.take()
    bench.stepped.step()
    assert till.stands() is S.ASKING
    till.checkout.cancel_ask()
    bench.stepped.run_all()
    assert till.model.redemptions == ()
    assert [row.state for row in bench.journal.rows.values()] == [RedemptionState.DROPPED]


def test_a_disk_that_fails_takes_nothing(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    ask(bench, till)
    till.checkout.trusting.take()
    bench.stepped.step()
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    bench.stepped.run_all()
    assert till.stands() is S.PAYING
    assert till.model.notice is not None
    assert till.model.notice.say is Say.DISK_FULL
    assert not any(row.on_trust for row in bench.journal.rows.values())


class Unread(FakeJournal):
    """A journal that cannot be read just now."""

    trouble_in_reading: Exception = DiskTrouble(DiskTroubleKind.FAILED)

    def points_on_trust(self, began: Deadline, since: datetime, bill_id: str, programme_id: str) -> Fraction:
        raise self.trouble_in_reading


def test_an_hour_that_cannot_be_counted_allows_nothing_and_may_be_tried_again(
    bench: Bench, permits: FakePermits
) -> None:
    read = bench.journal
    bench.disk = Unread(bench.clock)
    till = opened(bench, permits)
    ask(bench, till)
    take(bench, till)
    assert (till.stands(), said(till), permits.asked) == (S.UNSURE, Say.DISK_FAILED, [])
    take(bench, till)
    assert said(till) is Say.DISK_FAILED, "it is counted anew"
    assert shown_rows(till) == [RedemptionState.ASKED]
    assert read.rows == {}


def test_a_journal_is_never_unreachable(bench: Bench, permits: FakePermits) -> None:
    journal = Unread(bench.clock)
    journal.trouble_in_reading = Unreachable(Trouble.NO_CONNECTION)
    bench.disk = journal
    till = opened(bench, permits)
    ask(bench, till)
    till.checkout.trusting.take()
    with pytest.raises(Unreachable):
        bench.stepped.run_all()


def shown_rows(till: TillOnBench) -> list[RedemptionState]:
    return [view.state for view in till.model.redemptions]


def test_a_count_that_comes_after_the_cashier_went_on_without_points_takes_none(
    bench: Bench, permits: FakePermits
) -> None:
    till = opened(bench, permits)
    ask(bench, till)
    till.checkout.trusting.take()
    bench.stepped.start()
    counted = bench.stepped.answers.popleft()
    till.checkout.cancel_ask()
    bench.stepped.answers.append(counted)
    bench.stepped.run_all()
    assert (till.stands(), till.sale.bill.claims, permits.asked) == (S.PAYING, (), [])
    save(bench, till)
    assert shown(bench) == ()


def test_a_greater_need_takes_the_place_of_what_was_trusted(bench: Bench, permits: FakePermits) -> None:
    bench.offline_points = OfflinePoints(500, 500, TODAY)
    till = opened(bench, permits)
    for points in (50, 100):
        if till.stands() is S.SELLING:
            till.checkout.begin_payment()
        assert till.checkout.choose_points("reward", Points(points))
        till.checkout.send_code("reward")
        bench.stepped.run_all()
        take(bench, till)
        permits.approve()
        bench.stepped.run_all()
        assert till.stands() is S.PAYING
    save(bench, till)
    assert [one.points for one in shown(bench)] == [Points(100)]
    assert [row.state for row in bench.journal.rows.values() if row.on_trust] == [
        RedemptionState.DROPPED,
        RedemptionState.BILLED,
    ]


def test_the_line_that_comes_back_leaves_a_trusted_bill_alone(bench: Bench, permits: FakePermits) -> None:
    till = opened(bench, permits)
    ask(bench, till)
    take(bench, till)
    bench.backend.down = False
    till.gear.line.heard()
    bench.stepped.advance(301)
    bench.stepped.run_all()
    assert bench.backend.calls["extend"] == 0
    (view,) = till.model.redemptions
    assert (view.on_trust, view.amount) == (True, bench.money(20_000))
    save(bench, till)
    assert [one.points for one in shown(bench)] == [Points(200)]


def test_a_clock_that_is_set_forward_does_not_empty_the_hour(bench: Bench, permits: FakePermits) -> None:
    bench.offline_points = OfflinePoints(300, 300, date(2027, 12, 31))
    till = opened(bench, permits)
    sold(bench, till)
    bench.backend.down = False
    till.outbox.wake()
    bench.stepped.advance(30)
    bench.stepped.run_all()
    assert bench.journal.waiting_count() == 0
    bench.clock.jump_wall(40 * 86_400)
    bench.backend.down = True
    till.gear.line.lost()
    begin(bench, till)
    ask(bench, till)
    take(bench, till)
    assert permits.asked


def test_the_bill_says_what_was_really_taken_and_its_paper_no_balance(bench: Bench, permits: FakePermits) -> None:
    """The balance last heard cut what the customer wanted; later, when there is more, no more may be taken."""
    bench.offline_points = OfflinePoints(500, 500, TODAY)
    till = opened(bench, permits)
    till.checkout.begin_payment()
    assert till.checkout.choose_points("reward", Points(300))
    known = bench.customer()
    poor = tuple(replace(one, posted=Points(120)) if one.programme_id == "reward" else one for one in known.balances)
    till.sale.set_customer(replace(known, balances=poor))
    till.checkout.send_code("reward")
    bench.stepped.run_all()
    take(bench, till)
    permits.approve()
    bench.stepped.run_all()
    save(bench, till)
    (receipt,) = bench.journal.saved.values()
    (claim,) = receipt.claims
    assert (claim.points, receipt.redemptions[0].points) == (Points(120), Points(120))
    feet = {foot.programme_id: foot for foot in receipt.points}
    assert (feet["reward"].before, feet["reward"].after, feet["reward"].spent) == (None, None, Points(120))
    assert feet["poin"].before == Points(1240)
