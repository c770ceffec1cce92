"""Points that another bill holds, at another till or a lost one: a second person lets them go.

The table is that of redemption.md, "Server": the holds are released in one message; should one of those bills come
after all, it settles as late, and what is not there any more is SHORT. The second person types their PIN here, and the
backend checks it once more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from tukar.domain.approval import ApprovalSubject
from tukar.domain.people import Action, LoyaltyAccount, Right
from tukar.domain.points import Points
from tukar.domain.redemption import ReleaseRequest
from tukar.till.asking import Asked, Asking
from tukar.till.balances import with_own_holds
from tukar.till.checkout_model import CheckoutState
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit, Then
from tukar.till.ports import Hold
from tukar.till.refusals import refused_notice
from tukar.till.rows import RedemptionRows
from tukar.till.sale import Sale
from tukar.till.stage import Stage

REASON: Final = "in the way of another bill"
_OPEN: Final = (CheckoutState.SELLING, CheckoutState.PAYING)

AskHere = Callable[[Then, ApprovalSubject], Right]
Told = Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class HeldElsewhere:
    """Points of an account that other bills hold."""

    programme_id: str
    points: Points


class Releasing:
    """``elsewhere`` is what others hold of the customer's points, as last heard; None where nobody does."""

    def __init__(self, sale: Sale, stage: Stage, gear: Gear, rows: RedemptionRows) -> None:
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._rows = rows
        self._ask_here: AskHere | None = None
        self._asking = False

    def ask_by(self, ask_here: AskHere) -> None:
        """``Permitting.ask_here``: somebody else's PIN, typed at this till."""
        self._ask_here = ask_here

    @property
    def elsewhere(self) -> HeldElsewhere | None:
        customer, able = self._sale.bill.customer, self._gear.backend.capabilities
        can_ask = self._ask_here is not None and able.hold is Hold.TENTATIVE and self._gear.line.online
        if customer is None or not can_ask or self._stage.state not in _OPEN:
            return None
        held = (HeldElsewhere(one.programme_id, one.held) for one in customer.balances if one.held.units)
        return next(held, None)

    def ask(self, told: Told) -> None:
        """Asks a second person, then the backend; ``told`` hears what came of it once the balance is put right."""
        held, customer = self.elsewhere, self._sale.bill.customer
        if held is None or customer is None or self._ask_here is None or self._asking:
            return
        bill_id = self._sale.bill.bill_id
        ref = f"{customer.member_id} {held.programme_id} {held.points.decimal()}"
        about = ApprovalSubject(Action.RELEASE_HOLD, ref, bill_id, points=held.points, reason=REASON)
        if self._ask_here(partial(self._release, customer, held, told), about) is Right.DENIED:
            told(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _release(self, customer: LoyaltyAccount, held: HeldElsewhere, told: Told, word: Permit) -> None:
        self._asking = True
        request = ReleaseRequest(
            customer.member_id,
            held.programme_id,
            self._sale.bill.bill_id,
            word.approver,
            word.pin,
            REASON,
            word.actor,
        )
        call = partial(self._gear.backend.release_holds, request)
        Asking(self._gear, call, partial(self._answered, held, told)).ask()

    def _answered(self, held: HeldElsewhere, told: Told, asked: Asked[LoyaltyAccount]) -> None:
        self._asking = False
        account, customer = asked.answer, self._sale.bill.customer
        if account is None:
            refused = asked.refused
            told(Notice(Say.BACKEND_SLOW, Level.WARN) if refused is None else refused_notice(refused))
        elif customer is not None and customer.member_id == account.member_id and not self._sale.locked:
            self._sale.set_customer(with_own_holds(account, self._rows.reserved))
            told(Notice(Say.POINTS_RELEASED, points=held.points))
