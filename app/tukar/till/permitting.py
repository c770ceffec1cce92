"""One door for everything the rights table guards: done at once, done on a second person's word, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from tukar.domain.approval import ApprovalSubject
from tukar.domain.money import Money
from tukar.domain.people import Action, Right
from tukar.till.approving import Approving
from tukar.till.staffing import Approval, Staffing


@dataclass(frozen=True, slots=True)
class Permit:
    """Who does it, and who said yes where the cashier may not do it alone."""

    actor: str
    approver: str = ""
    pin: str = field(default="", repr=False, compare=False)
    """The second person's, for a backend that checks it again."""


Then = Callable[[Permit], None]


@dataclass(frozen=True, slots=True)
class Much:
    """How much somebody is asked to allow."""

    amount: Money | None = None
    percent: Decimal | None = None

    def about(self, action: Action, ref: str, bill_id: str, reason: str) -> ApprovalSubject:
        """The same with what it is done to, for whoever gives their word."""
        return ApprovalSubject(action, ref, bill_id, amount=self.amount, percent=self.percent, reason=reason)


NOTHING: Final = Much()


class Permitting:
    """Asks the table of roles × actions (security.md, "Rights") before anything it guards is done."""

    def __init__(self, staffing: Staffing, approving: Approving) -> None:
        self._staffing = staffing
        self._approving = approving

    def right(self, action: Action) -> Right:
        return self._staffing.right(action)

    def ask(self, action: Action, ref: str, then: Then, about: ApprovalSubject | None = None) -> Right:
        """Calls ``then`` at once, after a second person's PIN, or never; what it returns says which.

        ``ref`` names the thing and the amount, so that a word given for one is not good for another;
        ``about`` tells whoever gives it how much it is.
        """
        right = self._staffing.right(action)
        if right is Right.ALLOWED:
            then(Permit(self._staffing.cashier().staff_id))
        elif right is Right.NEEDS_APPROVAL:
            self._approving.ask(action, ref, lambda approval: self._approved(approval, action, ref, then), about)
        return right

    def ask_here(self, then: Then, about: ApprovalSubject) -> Right:
        """The same with a PIN that is typed at this till, which the permit carries for the backend."""
        right = self._staffing.right(about.action)
        if right is not Right.DENIED:
            action, ref = about.action, about.ref
            self._approving.ask(action, ref, lambda word: self._approved(word, action, ref, then), about, is_here=True)
        return right

    def ask_second(self, action: Action, ref: str, then: Then, about: ApprovalSubject) -> Right:
        """The same where nobody acts alone, whatever their role: a second person's PIN, or never."""
        right = self._staffing.right(action)
        if right is Right.DENIED:
            return right
        self._approving.ask(action, ref, lambda approval: self._approved(approval, action, ref, then), about)
        return Right.NEEDS_APPROVAL

    def _approved(self, approval: Approval, action: Action, ref: str, then: Then) -> None:
        if self._staffing.holds(approval, action, ref):
            then(Permit(approval.actor.staff_id, approval.approver.staff_id, approval.pin))
