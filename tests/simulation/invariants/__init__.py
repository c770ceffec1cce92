"""I1 to I17 of redemption.md, as they are seen from outside: in the databases, at the bank and on the wire.

``watch`` looks after every commit and every answer; ``rest`` looks at everything once nothing moves any more: ``bills``
and their numbers, ``points``, ``money``, what was ``returned``, and the ``items`` that managers find. Each finding
begins with the invariant's name.
"""

from tests.simulation.invariants.rest import at_rest
from tests.simulation.invariants.watch import Violated, Watch

__all__ = ["Violated", "Watch", "at_rest"]
