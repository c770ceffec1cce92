"""What is still agreed to when all is over: a day later a manager is shown it, and can end it, paid or not.

A till that somebody took away with a return in hand never says what became of that. Its goods are not reserved for
ever by it, and whichever way a manager decides, the books add up.
"""

from collections.abc import Iterator
from typing import Final

from tests.simulation.server import SimulatedServer
from tests.simulation.spoiled import OPERATOR
from tests.simulation.world import World
from tukar.domain.oversight import DifferenceKind
from tukar.server import doctor, reconciliation, reviews, sweep
from tukar.server.refund_rows import LEFT, LEFT_AFTER_SECONDS
from tukar.wire.oversight import WireRepair
from tukar.wire.redemptions import WireApproval

_ACCEPTED: Final = "SELECT refund_id FROM refunds WHERE state = 'accepted' ORDER BY refund_id"
_ITEMS: Final = "SELECT ref FROM reviews WHERE kind = ? AND resolved_by = '' ORDER BY ref"


def ended_by_a_manager(world: World, server: SimulatedServer) -> Iterator[str]:
    """What stayed reserved and is not shown, or is not ended by a manager's word."""
    left = [ref for (ref,) in server.db.execute(_ACCEPTED)]
    if not left:
        return
    world.run(world.now + LEFT_AFTER_SECONDS)
    server.perform(sweep.sweep, None, OPERATOR)
    differences = server.perform(reconciliation.compare, None, OPERATOR).differences
    shown = sorted(one.ref for one in differences if one.kind is DifferenceKind.REFUND_LEFT)
    items = [ref for (ref,) in server.db.execute(_ITEMS, (LEFT,))]
    if not left == shown == items:
        yield f"I14 returns {left} have no end, a manager is shown {shown} and has items about {items}"
    for number, refund_id in enumerate(shown):
        if number % 2:
            path = {"review_id": f"{LEFT}.{refund_id}"}
            server.perform(reviews.resolve, WireApproval(staff_id="m-1", pin="", reason="paid"), OPERATOR, path)
        else:
            path = {"difference_id": f"{DifferenceKind.REFUND_LEFT.value}.{refund_id}"}
            server.perform(reconciliation.repair, WireRepair(), OPERATOR, path)
    still = [ref for (ref,) in server.db.execute(_ACCEPTED)]
    if still or server.db.execute(_ITEMS, (LEFT,)).fetchone():
        yield f"I14 returns {still} have no end though a manager decided"
    for finding in server.perform(doctor.examine, None, OPERATOR).findings:
        yield f"{finding.invariant} after a manager ended returns: {finding.ref}: {finding.story}"
