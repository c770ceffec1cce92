"""Mistakes that the simulation found, each as the shortest story that shows it."""

from tests.till.bench import MANAGER, ORDER, REWARD, RIGHT, Bench, TillOnBench
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.ports import AttemptState, DiskTrouble, DiskTroubleKind, PaymentAttempt, TerminalOutcome
from tukar.till.recovery import Recovery
from tukar.till.terminals import Terminals


def open_attempt(bench: Bench, bill_id: str) -> PaymentAttempt:
    attempt = PaymentAttempt("t-9", bill_id, PaymentMode.CARD.value, bench.money(5_000), AttemptState.OPEN, "t-9")
    bench.journal.record_attempt(attempt)
    return attempt


def look(bench: Bench, till: TillOnBench) -> None:
    Recovery(till.gear, Terminals(bench.card, bench.qr)).look()


def test_points_of_a_bill_given_up_go_back_at_once(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    assert bench.backend.held("poin") == 200
    assert till.checkout.abandon()
    assert bench.backend.held("poin") == 0
    assert bench.journal.waiting_count() == 0


def test_a_claim_that_gives_nothing_while_offline_is_not_on_the_receipt(bench: Bench) -> None:
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    bench.backend.down = True
    till.gear.line.lost()
    till.sale.reprice()
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    till.checkout.save()
    receipt = till.model.receipt
    assert receipt is not None
    assert not receipt.discount
    assert receipt.claims == ()


def test_what_came_of_a_payment_for_a_bill_that_is_gone_is_found_at_the_next_start(
    bench: Bench, till: TillOnBench
) -> None:
    open_attempt(bench, "gone")
    bench.card.pay("t-9", bench.money(5_000))
    look(bench, till)
    (item,) = bench.journal.review_items()
    assert (item.kind, item.ref) == ("payment_unclear", "gone")
    assert bench.journal.attempts("gone")[0].state is AttemptState.APPROVED


def test_a_payment_that_never_happened_ends_at_the_next_start(bench: Bench, till: TillOnBench) -> None:
    open_attempt(bench, "gone")
    look(bench, till)
    assert bench.journal.review_items() == ()
    assert bench.journal.attempts("gone")[0].state is AttemptState.CANCELLED


def test_the_screen_follows_every_row(bench: Bench) -> None:
    till = Bench(stepped=True)
    life = till.start()
    life.sale.set_customer(till.customer())
    till.ring_rice(life)
    life.sale.claim(ORDER)
    till.stepped.run_all()
    life.checkout.begin_payment()
    while not till.journal.rows:
        till.stepped.step()
    assert [view.state for view in life.model.redemptions] == [RedemptionState.ASKED]


def test_who_saves_late_is_written_down_first(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    till.checkout.pay_cash()
    bench.backend.down = True
    bench.immediate.advance(3 * 3600)
    assert till.model.must_approve
    seen: list[str] = []
    bench.watch(seen.append)
    till.checkout.save(late_by=MANAGER)
    assert till.stands() is CheckoutState.SAVED
    writes = [point for point in seen if "audit" in point or "save_bill" in point]
    assert "audit" in writes[0]


def test_an_older_answer_of_the_terminal_never_comes_after_a_newer_one(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.card.script.append(TerminalOutcome.UNKNOWN)

    def disk_is_full(point: str) -> None:
        full = DiskTrouble(DiskTroubleKind.FULL) if point == "after:terminal.pay" else None
        bench.journal.trouble = full or (bench.journal.trouble if "record_attempt" in point else None)

    bench.watch(disk_is_full)
    till.checkout.pay_card()
    bench.watch(lambda _: None)
    bench.journal.trouble = None
    assert till.stands() is CheckoutState.UNCLEAR
    assert bench.journal.attempts(till.sale.bill.bill_id)[0].state is AttemptState.OPEN
    till.checkout.ask_terminal_again()
    assert till.stands() is CheckoutState.PAYING
    till.checkout.save()
    assert till.stands() is CheckoutState.SAVED


def test_rules_that_changed_are_those_of_every_hold_on_the_bill(bench: Bench, till: TillOnBench) -> None:
    """Two accounts held under different rules would make two sums of one bill."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    (first,) = bench.backend.holds.values()
    till.checkout.back_to_bill()
    till.sale.claim(REWARD, points=Points(50))
    bench.backend.programme_version += 1
    till.checkout.begin_payment()
    for _ in range(2):
        if till.checkout.state is CheckoutState.CODE:
            till.checkout.submit_code(RIGHT)
    assert first.state is HoldState.VOIDED
    held = [one.request for one in bench.backend.holds.values() if one.state is HoldState.HELD]
    assert {one.programme_version for one in held if one} == {bench.backend.programme_version}
