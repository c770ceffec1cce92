"""Stored value in doubt: answers lost, late or given up, crashes and full disks; nothing is taken twice or lost."""

from collections import deque
from dataclasses import replace

import pytest

from tests.till.bench import MANAGER, ORDER, Bench, TillOnBench, said
from tests.till.card_in_hand import CODE, S, asking, paying, sold_card, with_card
from tukar.domain.redemption import HoldState, RedemptionState, Refusal
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused
from tukar.till.recovery import Recovery
from tukar.till.terminals import Terminals


@pytest.fixture
def card(bench: Bench) -> str:
    return sold_card(bench)


@pytest.fixture
def till(bench: Bench, card: str) -> TillOnBench:
    return paying(bench)


@pytest.fixture
def by_hand() -> Bench:
    """A till whose answers come when the test says so."""
    bench = Bench(stepped=True)
    sold_card(bench)
    return bench


def test_a_lost_answer_is_asked_for_again_and_reserves_once(bench: Bench, till: TillOnBench, card: str) -> None:
    bench.backend.loses["hold"] = 1
    with_card(till)
    bench.immediate.advance(1)
    assert (len(till.model.tenders), bench.backend.held(card)) == (1, 100_000)


def test_nobody_knows_and_the_cashier_asks_again(bench: Bench, till: TillOnBench, card: str) -> None:
    bench.backend.loses["hold"], bench.backend.drops["redemption"] = 4, 1
    with_card(till)
    bench.immediate.advance(10)
    assert (till.stands(), said(till)) == (S.UNSURE, Say.VALUE_UNKNOWN)
    till.checkout.ask_again()
    assert (len(till.model.tenders), bench.backend.held(card)) == (1, 100_000)


def test_nobody_knows_and_the_cashier_gives_up(bench: Bench, till: TillOnBench, card: str) -> None:
    bench.backend.loses["hold"], bench.backend.drops["redemption"] = 4, 1
    with_card(till)
    bench.immediate.advance(10)
    till.checkout.cancel_ask()
    bench.immediate.advance(60)
    assert (till.stands(), till.model.tenders, bench.backend.held(card)) == (S.PAYING, (), 0)
    assert bench.backend.posted[card] == 100_000


def test_a_hold_that_was_voided_meanwhile_is_no_tender(bench: Bench, till: TillOnBench, card: str) -> None:
    bench.backend.refuses["hold"] = deque([Refused(Refusal.RECOVERING)])
    with_card(till)
    assert (said(till), till.model.tenders, till.stands()) == (Say.BACKEND_RECOVERING, (), S.PAYING)


def test_I17_a_hold_that_ran_out_under_a_tender_needs_a_manager(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till)
    till.checkout.pay_cash()
    bench.backend.down = True
    bench.immediate.advance(1900)
    assert till.model.must_approve
    till.checkout.save()
    assert (till.stands(), said(till)) == (S.PAYING, Say.VALUE_RAN_OUT)
    bench.backend.down = False
    till.checkout.save(MANAGER)
    bench.immediate.advance(120)
    assert till.stands() is S.SAVED
    assert (bench.backend.posted[card], [one.state for one in bench.backend.holds.values()]) == (
        0,
        [HoldState.CAPTURED],
    )


def test_a_crash_between_hold_and_tender_gives_the_money_back(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till)
    (draft,) = bench.journal.drafts()
    bench.journal.save_draft(replace(draft, tenders=()))
    found = Recovery(bench.start().gear, Terminals(bench.card, bench.qr)).look()
    assert found.resume is not None
    assert (found.resume.rows, found.resume.draft.tenders) == ((), ())
    assert Say.VALUE_RETURNING in [notice.say for notice in found.notices]
    (row,) = bench.journal.rows.values()
    assert row.state is RedemptionState.DROPPED


def test_a_crash_with_a_tender_goes_on_with_it(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till)
    again = bench.start()
    found = Recovery(again.gear, Terminals(bench.card, bench.qr)).look()
    assert found.resume is not None
    again.checkout.resume(found.resume.draft, found.resume.rows, at_payment=True)
    assert again.model.paid == bench.money(100_000)
    again.checkout.pay_cash()
    again.checkout.save()
    assert (again.stands(), bench.backend.posted[card]) == (S.SAVED, 0)


def test_a_tender_whose_hold_was_dropped_before_the_crash_is_none(bench: Bench, till: TillOnBench, card: str) -> None:
    with_card(till)
    (draft,) = bench.journal.drafts()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    bench.journal.save_draft(draft)
    found = Recovery(bench.start().gear, Terminals(bench.card, bench.qr)).look()
    assert found.resume is not None
    assert found.resume.draft.tenders == ()


def test_a_hold_that_ran_out_before_its_answer_was_read_is_no_tender(bench: Bench, till: TillOnBench) -> None:
    bench.backend.loses["hold"], bench.backend.drops["redemption"] = 4, 1
    with_card(till)
    bench.immediate.advance(10)
    assert till.stands() is S.UNSURE
    bench.clock.advance(2000)
    till.checkout.ask_again()
    assert (till.stands(), said(till), till.model.tenders) == (S.PAYING, Say.VALUE_RAN_OUT, ())


def test_an_answer_after_the_cashier_gave_up_is_no_tender_and_goes_back(by_hand: Bench) -> None:
    till = asking(by_hand)
    by_hand.stepped.step()  # the row is on the disk
    by_hand.stepped.start()  # the backend holds, and its answer is on its way
    answer = by_hand.stepped.answers.popleft()
    till.checkout.cancel_ask()
    by_hand.stepped.answers.append(answer)
    by_hand.stepped.run_all()
    assert (till.stands(), till.model.tenders) == (S.PAYING, ())
    assert [one.state for one in by_hand.backend.holds.values()] == [HoldState.VOIDED]
    assert by_hand.backend.posted["value.card-1"] == 100_000


def test_a_hold_given_up_while_it_is_written_down_is_no_tender(by_hand: Bench) -> None:
    till = asking(by_hand)
    by_hand.stepped.step()
    by_hand.stepped.step()  # held, and on its way to the disk
    by_hand.stepped.start()
    written = by_hand.stepped.answers.popleft()
    till.checkout.cancel_ask()
    by_hand.stepped.answers.append(written)
    by_hand.stepped.run_all()
    assert (till.stands(), till.model.tenders) == (S.PAYING, ())
    assert [row.state for row in by_hand.journal.rows.values()] == [RedemptionState.CLOSED]


def test_a_full_disk_asks_nothing_of_the_card_and_says_so(bench: Bench, till: TillOnBench, card: str) -> None:
    till.checkout.value.find_card(CODE)
    found = till.model.value.card
    assert found is not None
    bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    till.checkout.value.pay(found)
    assert (till.stands(), said(till), till.model.tenders) == (S.PAYING, Say.DISK_FULL, ())
    assert not till.model.value.asking
    assert (bench.backend.calls["hold"], bench.backend.held(card)) == (0, 0)


def test_an_answer_after_the_disk_failed_is_no_tender_and_no_question_is_left(by_hand: Bench) -> None:
    till = paying(by_hand)
    till.checkout.back_to_bill()
    till.sale.set_customer(by_hand.customer())
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    by_hand.stepped.run_all()
    till.checkout.value.find_card(CODE)
    by_hand.stepped.run_all()
    found = till.model.value.card
    assert found is not None
    till.checkout.value.pay(found)
    by_hand.stepped.step()
    by_hand.stepped.start()
    answer = by_hand.stepped.answers.popleft()
    by_hand.stepped.advance(300)  # the points are extended, and the disk does not take it
    by_hand.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    by_hand.stepped.run_all()
    assert (till.stands(), said(till), till.model.value.asking) == (S.PAYING, Say.DISK_FULL, False)
    by_hand.journal.trouble = None
    by_hand.stepped.answers.append(answer)
    by_hand.stepped.run_all()
    assert (till.stands(), till.model.tenders) == (S.PAYING, ())
    till.checkout.pay_cash()
    by_hand.stepped.run_all()
    till.checkout.save()
    by_hand.stepped.run_all()
    by_hand.stepped.advance(120)
    by_hand.stepped.run_all()
    assert till.stands() is S.SAVED
    assert (by_hand.backend.held("value.card-1"), by_hand.backend.posted["value.card-1"]) == (0, 100_000)
