"""A second person's word for points worth much: asked before the points are (promotions.md, "approval")."""

from collections.abc import Callable

from tukar.domain.people import Action, Right
from tukar.till.gear import Gear
from tukar.till.needs import Need
from tukar.till.permitting import Permit
from tukar.till.sale import Sale

AskPermit = Callable[[Action, str, Callable[[Permit], None]], Right]
"""``Permitting.ask``: done at once, done on a second person's word, or not at all."""


class Vouching:
    """Remembers who said yes to how much on the bill in hand; more than that is asked for anew.

    Without anybody to ask the question goes to the backend as it is, and the backend refuses it.
    """

    def __init__(self, sale: Sale, gear: Gear) -> None:
        self._sale = sale
        self._gear = gear
        self._ask: AskPermit | None = None
        self._given: tuple[str, str, int, str] | None = None

    def ask_by(self, ask: AskPermit) -> None:
        self._ask = ask

    def approver(self, need: Need) -> str:
        """Who said yes to at least as much; empty where nobody did."""
        if self._given is None:
            return ""
        bill_id, programme_id, amount, approver = self._given
        same = (bill_id, programme_id) == (self._sale.bill.bill_id, need.programme_id)
        return approver if same and need.amount.minor <= amount else ""

    def then(self, need: Need, go_on: Callable[[], None]) -> None:
        """Goes on at once where nobody needs to be asked, or once somebody has said yes."""
        account = self._gear.copies.programme.account(need.programme_id)
        asks = account is not None and account.approval.asks_for(need.amount)
        if not asks or self._ask is None or self.approver(need):
            go_on()
            return
        bill_id = self._sale.bill.bill_id

        def given(who: Permit) -> None:
            self._given = bill_id, need.programme_id, need.amount.minor, who.approver or who.actor
            go_on()

        self._ask(Action.DISCOUNT_BILL, f"{bill_id} {need.amount.decimal()}", given)
