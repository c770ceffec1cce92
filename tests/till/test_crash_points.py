"""The till dies at every point of a sale, around each write and each message, and the next one tells the truth.

Journal, terminal and backend survive; the till object does not. Afterwards, whatever the point: points are taken if
and only if the bill is saved, once; nothing stays reserved; money the bank took is on a saved bill.
"""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.till.bench import ORDER, RIGHT, WRONG, Bench, TillOnBench
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.domain.shop import OfflinePoints
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import TerminalOutcome
from tukar.till.recovery import Recovered, Recovery
from tukar.till.terminals import Terminals

S = CheckoutState
Journey = Callable[[Bench, TillOnBench], None]


class Crash(BaseException):
    """The power is gone."""


class Reaper:
    """Counts the points it is called at, and kills at one of them."""

    def __init__(self, kill_at: int = -1) -> None:
        self.kill_at = kill_at
        self.names: list[str] = []

    def __call__(self, name: str) -> None:
        self.names.append(name)
        if len(self.names) - 1 == self.kill_at:
            raise Crash(name)


def journey_a(bench: Bench, till: TillOnBench) -> None:
    """Find the customer, ring, pay with points by code (wrong once), the rest by card and cash, save."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.choose_points("reward", Points(300))
    till.checkout.send_code("reward")
    till.checkout.submit_code(WRONG)
    till.checkout.submit_code(RIGHT)
    till.checkout.pay_card(bench.money(100_000))
    till.checkout.pay_cash(bench.money(20_000))
    till.checkout.save()
    till.checkout.next_sale()


def journey_b(bench: Bench, till: TillOnBench) -> None:
    """Points as a promotion, exact cash."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    till.checkout.next_sale()


def edited_under_a_hold(bench: Bench, till: TillOnBench) -> None:
    """A hold replaced by a greater one, with money on the bill."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.begin_payment()
    till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    till.checkout.submit_code(RIGHT)
    till.checkout.pay_card(bench.money(50_000))
    till.checkout.choose_points("reward", Points(300))
    till.checkout.pay_card()
    till.checkout.submit_code(RIGHT)
    till.checkout.save()


def card_given_back(bench: Bench, till: TillOnBench) -> None:
    """A card payment taken back through the terminal, cash instead."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    till.checkout.remove_tender(till.model.tenders[0].tender_id)
    till.checkout.pay_cash()
    till.checkout.save()


def unclear_card(bench: Bench, till: TillOnBench) -> None:
    """The terminal's answer is ambiguous and asked for again."""
    bench.card.script.append(TerminalOutcome.UNKNOWN)
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.pay_card()
    till.checkout.ask_terminal_again()
    till.checkout.save()


def given_up(bench: Bench, till: TillOnBench) -> None:
    """Points held, and the customer walks away."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.abandon()


def on_trust(bench: Bench, till: TillOnBench) -> None:
    """The answer to the hold is lost and the line with it: the points are taken on trust, and paid by card."""
    bench.offline_points = till.copies.offline_points = OfflinePoints(300, 300, date(2026, 12, 31))
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    assert till.sale.claim(ORDER)
    till.gear.line.lost()
    bench.backend.loses["hold"] = bench.backend.drops["redemption"] = 1
    till.checkout.begin_payment()
    assert till.stands() is S.UNSURE
    till.checkout.trusting.take()
    till.checkout.pay_card()
    till.checkout.save()
    till.checkout.next_sale()


JOURNEYS: tuple[Journey, ...] = (
    journey_a,
    journey_b,
    edited_under_a_hold,
    card_given_back,
    unclear_card,
    given_up,
    on_trust,
)


def recover(bench: Bench, till: TillOnBench) -> Recovered:
    """What the next life of the till finds; the line is there again."""
    bench.backend.loses.clear()
    bench.backend.drops.clear()
    recovered = Recovery(till.gear, Terminals(bench.card, bench.qr)).look()
    bill = recovered.resume
    if bill is not None:
        till.checkout.resume(bill.draft, bill.rows, bill.unclear, at_payment=bill.has_money)
    till.outbox.wake()
    return recovered


def finish(bench: Bench, till: TillOnBench) -> None:
    """The cashier goes on with what the till shows: money is brought to its end, a bill without it is sold anew."""
    if till.stands() is S.SELLING and not till.sale.bill.is_empty:
        till.checkout.begin_payment()
    if till.stands() is S.CODE:
        till.checkout.submit_code(RIGHT)
    if till.stands() is S.UNCLEAR:
        till.checkout.ask_terminal_again()
    if till.stands() is S.PAYING:
        if till.model.due.minor > 0:
            till.checkout.pay_cash()
        if till.stands() is S.CODE:
            till.checkout.submit_code(RIGHT)
        assert till.model.due.minor == 0
        till.checkout.save()
    assert till.stands() in (S.SAVED, S.SELLING)


def check(bench: Bench) -> None:
    """The invariants at rest."""
    journal, backend = bench.journal, bench.backend
    assert journal.waiting() == ()
    assert journal.drafts() == ()
    assert [backend.held(name) for name in backend.posted] == [0, 0]
    assert backend.bills.keys() == journal.saved.keys()
    assert sorted(backend.earned) == sorted(journal.saved)
    assert backend.items == []
    assert journal.review_items() == ()
    spent = dict.fromkeys(backend.posted, 0)
    for receipt in journal.saved.values():
        captured = backend.captured(receipt.bill_id)
        assert len(captured) == len(receipt.redemptions)
        for redemption in receipt.redemptions:
            spent[redemption.programme_id] += redemption.points.units
        off = receipt.before - receipt.total
        assert off.minor == sum(one.amount.minor for one in receipt.redemptions)
    assert backend.posted == {"poin": 1240 - spent["poin"], "reward": 1500 - spent["reward"]}
    by_card = sum(
        tender.amount.minor
        for receipt in journal.saved.values()
        for tender in receipt.tenders
        if tender.mode is PaymentMode.CARD
    )
    assert sum(amount.minor for amount in bench.card.taken.values()) == by_card
    assert not any(row.state in (RedemptionState.ASKED, RedemptionState.HELD) for row in journal.rows.values())
    assert not any(one.state is HoldState.HELD for one in backend.holds.values())


def points_of(journey: Journey) -> list[str]:
    reaper = Reaper()
    bench = Bench(reaper)
    till = bench.start()
    journey(bench, till)
    check(bench)
    return reaper.names


def died_at(journey: Journey, kill_at: int) -> Bench:
    bench = Bench(Reaper(kill_at))
    with pytest.raises(Crash):
        journey(bench, bench.start())
    return bench


def cases() -> Iterator[tuple[Journey, int, str]]:
    for journey in JOURNEYS:
        for index, name in enumerate(points_of(journey)):
            yield journey, index, name


CASES = list(cases())


def test_journey_a_has_more_than_enough_points_to_die_at() -> None:
    assert len(points_of(journey_a)) >= 36


@pytest.mark.parametrize("finishing", [True, False], ids=["finished", "given-up"])
@pytest.mark.parametrize(
    ("journey", "index"), [(j, i) for j, i, _ in CASES], ids=[f"{j.__name__}-{i}-{n}" for j, i, n in CASES]
)
def test_the_till_dies_at_every_point_and_nothing_is_lost(journey: Journey, index: int, finishing: bool) -> None:
    bench = died_at(journey, index)
    before = len(bench.journal.saved)
    bench.watch(lambda _: None)
    till = bench.start()
    recovered = recover(bench, till)
    money = recovered.resume is not None and recovered.resume.has_money
    if finishing or money:
        finish(bench, till)
    elif recovered.resume is not None:
        assert till.checkout.abandon()
    till.outbox.wake()
    check(bench)
    if money:
        assert len(bench.journal.saved) == before + 1


@pytest.mark.parametrize("first", range(0, len(points_of(journey_a)), 3))
def test_it_dies_again_while_it_recovers(first: int) -> None:
    for second in itertools.count():
        bench = died_at(journey_a, first)
        reaper = Reaper(second)
        bench.watch(reaper)
        with contextlib.suppress(Crash):
            recover(bench, bench.start())
        bench.watch(lambda _: None)
        till = bench.start()
        recover(bench, till)
        finish(bench, till)
        till.outbox.wake()
        check(bench)
        if len(reaper.names) <= second:
            break


def said_after(journey: Journey, name: str) -> tuple[list[Say], TillOnBench]:
    bench = died_at(journey, points_of(journey).index(name))
    bench.watch(lambda _: None)
    till = bench.start()
    return [notice.say for notice in recover(bench, till).notices], till


def test_a_card_approved_before_the_crash_is_told_and_counts() -> None:
    says, till = said_after(journey_a, "after:terminal.pay")
    assert says == [Say.BILL_RESUMED_PAID, Say.CARD_APPROVED_AFTER_ALL]
    assert till.stands() is S.PAYING
    assert till.model.paid.minor == 100_000
    assert till.model.redemptions[0].state is RedemptionState.HELD


def test_a_card_that_never_heard_of_it_is_told() -> None:
    says, till = said_after(journey_a, "before:terminal.pay")
    assert says == [Say.BILL_RESUMED, Say.CARD_CANCELLED, Say.POINTS_RETURNING]
    assert till.stands() is S.SELLING
    assert till.model.tenders == ()


def test_points_asked_for_without_money_are_said_to_come_back() -> None:
    says, _ = said_after(journey_b, "after:hold")
    assert says == [Say.BILL_RESUMED, Say.POINTS_RETURNING]


def test_a_bill_saved_before_the_crash_is_named() -> None:
    says, till = said_after(journey_b, "after:save_bill")
    assert says == [Say.BILL_WAS_SAVED]
    assert till.stands() is S.SELLING
    assert till.sale.bill.is_empty


def test_an_unclear_card_is_resumed_as_unclear() -> None:
    bench = died_at(unclear_card, points_of(unclear_card).index("after:terminal.pay"))
    bench.watch(lambda _: None)
    bench.card.silent = True
    till = bench.start()
    recover(bench, till)
    assert till.stands() is S.UNCLEAR
    bench.card.silent = False
    finish(bench, till)
    till.outbox.wake()
    check(bench)
