"""Points on the bill in hand, of either journey, and what the checkout then says."""

from tests.till.bench import ORDER, Bench, TillOnBench
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState


def with_order_points(bench: Bench, till: TillOnBench) -> None:
    """Journey B: 200 points of the programme without a code on the bill."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    assert till.sale.claim(ORDER)


def with_reward_points(bench: Bench, till: TillOnBench, points: int = 300) -> None:
    """Journey A: points of the programme that asks for a code, chosen at payment."""
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.checkout.begin_payment()
    assert till.checkout.choose_points("reward", Points(points))


def redemption_state(till: TillOnBench) -> RedemptionState:
    return till.model.redemptions[0].state
