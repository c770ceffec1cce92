"""Points a cashier gives up because nobody answered are told as lost to a fault, not as a customer's wish."""

from tests.till.bench import ORDER, Bench, TillOnBench
from tests.till.points_on_a_bill import with_order_points, with_reward_points
from tukar.domain.applied import PromotionOutcome
from tukar.till.checkout_model import CheckoutState


def lost(bench: Bench) -> list[tuple[PromotionOutcome, str]]:
    """What became of the offers of the bill, and why."""
    return [(offer.outcome, offer.note) for told in bench.journal.offers.values() for offer in told.values()]


def test_a_hold_nobody_knows_of(bench: Bench, till: TillOnBench) -> None:
    with_order_points(bench, till)
    bench.backend.loses["hold"] = 4
    bench.backend.drops["redemption"] = 1
    till.checkout.begin_payment()
    bench.background.advance(4)
    assert till.stands() is CheckoutState.UNSURE
    till.checkout.cancel_ask()
    assert ORDER not in {claim.key for claim in till.sale.bill.claims}
    assert lost(bench) == [(PromotionOutcome.LOST, "points_unknown")]


def test_a_code_that_could_not_be_sent(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    bench.backend.loses["send_code"] = 4
    till.checkout.send_code("reward")
    bench.background.advance(4)
    till.checkout.cancel_code()
    assert lost(bench) == [(PromotionOutcome.LOST, "backend_slow")]


def test_a_code_that_was_not_wanted_is_no_fault(bench: Bench, till: TillOnBench) -> None:
    with_reward_points(bench, till)
    till.checkout.send_code("reward")
    till.checkout.cancel_code()
    assert lost(bench) == []
