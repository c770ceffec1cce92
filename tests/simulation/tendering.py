"""How a customer pays: in cash, by card, in part, by gift card or credit, and with a terminal that leaves it open."""

from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.plans import LOOK_AGAIN, PATIENCE_TURNS, Plan
from tests.simulation.till import TillLife
from tukar.domain.money import Money
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutModel

if TYPE_CHECKING:
    from tests.simulation.cashier import Cashier

VALUE_TURNS: Final = 4
"""So often a gift card is tried before the customer pays otherwise."""


class Tendering:
    """What one cashier does while there is something to pay."""

    def __init__(self, cashier: "Cashier") -> None:
        self._cashier = cashier

    def tender(self, life: TillLife, plan: Plan, model: CheckoutModel) -> None:
        """One touch towards paying, as the customer wants it; in cash where nothing else goes."""
        part = Money(30_000, shop.CURRENCY)
        if self._cashier.plays is not None and plan.turns_in_state < PATIENCE_TURNS:
            sold = self._cashier.server.cards_sold
            if self._cashier.plays.pay(plan.pay, sold[-1] if plan.card == "sold" and sold else plan.card):
                return
        if plan.pay in ("gift", "credit") and self._by_value(life, plan, model):
            return
        if plan.pay == "split" and model.due > part and not model.tenders:
            life.checkout.pay_cash(part)
        elif plan.pay in ("card", "split") and plan.turns_in_state < PATIENCE_TURNS:
            life.checkout.pay_card()
        elif plan.pay == "qr" and plan.turns_in_state < PATIENCE_TURNS:
            life.checkout.pay_qr()
        else:
            life.checkout.pay_cash(model.quick_cash[-1] if model.quick_cash else None)

    def _by_value(self, life: TillLife, plan: Plan, model: CheckoutModel) -> bool:
        """By gift card or store credit, as much as the customer wants of it; False once it is no use."""
        plan.value_turns += 1
        value, wanted = model.value, PaymentMode.GIFT_CARD if plan.pay == "gift" else PaymentMode.STORE_CREDIT
        paid = any(tender.mode is wanted for tender in model.tenders)
        if plan.value_turns > VALUE_TURNS or paid or wanted not in model.modes:
            return False
        held = value.card if plan.pay == "gift" else value.credit
        if held is not None:
            some = self._cashier.pick("value-part", "all", ("some", 0.3)) == "some"
            life.checkout.value.pay(held, min(held.balance, model.due, Money(20_000, shop.CURRENCY)) if some else None)
        elif plan.pay == "gift" and not value.finding:
            sold = self._cashier.server.cards_sold
            life.checkout.value.find_card(sold[-1] if plan.card == "sold" and sold else plan.card)
        return plan.pay == "gift" or held is not None

    def manager(self, life: TillLife, plan: Plan, model: CheckoutModel) -> None:
        """A hold ran out under money already taken."""
        does = self._cashier.pick("manager", "late", ("back", 0.3))
        if model.due.minor > 0 or (does == "back" and model.tenders):
            if model.tenders:
                plan.pay = "cash"
                life.checkout.remove_tender(model.tenders[-1].tender_id)
            return
        if model.due.minor == 0:
            life.checkout.save(late_by=shop.MANAGER)

    def terminal(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        """The customer is at the terminal; after long enough it is cancelled, perhaps."""
        if life.front is not None and plan.turns_in_state:
            life.front.paying.check()
        if plan.turns_in_state > 20 and self._cashier.pick("cancel-card", "waits", ("cancels", 0.5)) == "cancels":
            life.checkout.cancel_terminal()
        return LOOK_AGAIN if plan.turns_in_state < 20 else 30.0

    def unclear(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        """Nobody knows whether the terminal took the money: it is asked again, or the payment is set aside."""
        plan.unclear_asked += 1
        if plan.unclear_asked > 4 or self._cashier.pick("unclear", "ask", ("aside", 0.1)) == "aside":
            life.checkout.set_payment_aside()
        else:
            life.checkout.ask_terminal_again()
        return self._cashier.think()
