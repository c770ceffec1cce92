"""One door for everything the rights table guards: done at once, done on a second person's word, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from tukar.domain.people import Action, Right
from tukar.till.approving import Approving
from tukar.till.staffing import Approval, Staffing


@dataclass(frozen=True, slots=True)
class Permit:
    """Who does it, and who said yes where the cashier may not do it alone."""

    actor: str
    approver: str = ""


Then = Callable[[Permit], None]


class Permitting:
    """Asks the table of roles × actions (security.md, "Rights") before anything it guards is done."""

    def __init__(self, staffing: Staffing, approving: Approving) -> None:
        self._staffing = staffing
        self._approving = approving

    def right(self, action: Action) -> Right:
        return self._staffing.right(action)

    def ask(self, action: Action, ref: str, then: Then) -> Right:
        """Calls ``then`` at once, after a second person's PIN, or never; what it returns says which.

        ``ref`` names the thing and the amount, so that a word given for one is not good for another.
        """
        right = self._staffing.right(action)
        if right is Right.ALLOWED:
            then(Permit(self._staffing.cashier().staff_id))
        elif right is Right.NEEDS_APPROVAL:
            self._approving.ask(action, ref, lambda approval: self._approved(approval, action, ref, then))
        return right

    def _approved(self, approval: Approval, action: Action, ref: str, then: Then) -> None:
        if self._staffing.holds(approval, action, ref):
            then(Permit(approval.actor.staff_id, approval.approver.staff_id))
