"""What a cashier does while the backend decides about points: codes, patience, and trust where nobody answers."""

import re
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.plans import LOOK_AGAIN, PATIENCE_TURNS, Plan
from tests.simulation.till import TillLife
from tukar.domain.redemption import OneTimeCode
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.permitting import Permit

if TYPE_CHECKING:
    from tests.simulation.cashier import Cashier

_CODE: Final = re.compile(r"\b(\d{6})\b")


class Asking:
    """What one cashier does about a question that is out, or has an answer that the customer has to give."""

    def __init__(self, cashier: "Cashier") -> None:
        self._cashier = cashier

    def code(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        """The code on the customer's phone, or a wrong one; whoever has none asks for another, or for the manager."""
        view = model.code
        if view is None or view.busy:
            return LOOK_AGAIN
        if self._trusts(life):
            return self._cashier.think()
        customer = life.sale.bill.customer
        is_known = customer is not None and customer.member_id in shop.MEMBERS
        phone = self._cashier.phone(shop.mobile(customer.member_id)) if customer is not None and is_known else []
        codes = [found[1] for message in phone if (found := _CODE.search(message))]
        fresh = [code for code in codes if code not in plan.codes_tried]
        # Whoever was not told that a code is on its way may not ask the customer for it.
        untold = not view.sent_to and not view.over and self._cashier.pick("untold", "asks", ("again", 0.5)) == "again"
        if view.over or untold or (not fresh and plan.turns_in_state > 4):
            return self._no_code(life, plan)
        if plan.wrong_codes:
            plan.wrong_codes -= 1
            self._submit(life, "000000")
        elif fresh:
            plan.codes_tried.add(fresh[-1])
            self._submit(life, fresh[-1])
        else:
            return 5.0
        return self._cashier.think()

    @staticmethod
    def _submit(life: TillLife, code: str) -> None:
        """On the sheet where there is one."""
        if life.front is None:
            life.checkout.submit_code(OneTimeCode(code))
        else:
            life.front.redeem.code_typed(code)
            life.front.redeem.go_on()

    def _no_code(self, life: TillLife, plan: Plan) -> float:
        plan.resends += 1
        plan.turns_in_state = 0
        overriding = life.checkout.overriding
        if overriding.about is not None and self._cashier.pick("no-code", "", ("manager", 0.25)) == "manager":
            if life.front is not None:
                life.front.redeem.ask_second_person()
                return LOOK_AGAIN
            word = Permit(shop.CASHIER.staff_id, shop.MANAGER.staff_id, shop.PIN)
            overriding.override(word, "no code came")
            return 5.0
        if plan.resends > 3 or self._cashier.pick("resend", "yes", ("no", 0.3)) == "no":
            life.checkout.cancel_code()
        else:
            # Where the first sending was never heard of, "again" asks for that same one.
            view = life.checkout.model.code
            self._cashier.resends += int(view is not None and (view.over or bool(view.sent_to)))
            life.checkout.resend_code()
        return 35.0

    def wait(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        """Somebody is at work; whoever waits too long for the backend goes on without it."""
        part = 0.02 if self._cashier.loses_line else 0.15
        impatient = model.state is CheckoutState.ASKING and plan.turns_in_state > 3
        if impatient and self._cashier.pick("patience", "waits", ("cancels", part)) == "cancels":
            life.checkout.cancel_ask()
        return LOOK_AGAIN

    def _trusts(self, life: TillLife) -> bool:
        """Nobody answers, and the shop lets its tills take points all the same."""
        trusting = life.checkout.trusting
        if trusting.offer is None or self._cashier.pick("trust", "takes", ("waits", 0.3)) == "waits":
            return False
        trusting.take()
        return True

    def unsure(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        """Nobody answered: asked again, given up, or left to be settled later on the manager's word."""
        if self._trusts(life):
            return self._cashier.think()
        does = self._cashier.pick("unsure", "again", ("cancel", 0.35), ("late", 0.1))
        if does == "late" and model.tenders and model.must_approve and model.due.minor == 0:
            life.checkout.save(late_by=shop.MANAGER)
        elif does == "cancel" or plan.turns_in_state > PATIENCE_TURNS:
            life.checkout.cancel_ask()
        else:
            life.checkout.ask_again()
        return self._cashier.think()
