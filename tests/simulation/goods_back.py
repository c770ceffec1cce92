"""Goods that a customer brings back to the till: a receipt of here, elsewhere or nowhere, and the return sheet."""

from typing import TYPE_CHECKING, Final

from tests.simulation.plans import LOOK_AGAIN, PATIENCE_TURNS
from tests.simulation.till import TillLife
from tukar.till.returning import Returning
from tukar.till.returning_model import NEW_BILL, ReturnStep

if TYPE_CHECKING:
    from tests.simulation.cashier import Cashier

_SOLD_ELSEWHERE: Final = "SELECT number FROM bills WHERE kind = 'sale' AND till_id <> ? ORDER BY bill_id"
EXCHANGES: Final = 0.5
"""How often other goods are taken for those that come back."""


class GoodsBack:
    """What one cashier does about them. ``number`` is on the receipt that was brought; empty when there is none."""

    def __init__(self, cashier: "Cashier") -> None:
        self._cashier = cashier
        self._sheet_turns = 0
        self.number = ""

    def come(self, own: str) -> None:
        """Somebody is back with what they bought, here under the number ``own``, or elsewhere."""
        self.number, self._sheet_turns = self._brought(own), 0

    def _brought(self, own: str) -> str:
        """The number on the receipt that a customer brings: of this till, of another one, or one that nobody knows."""
        server, till_id = self._cashier.server, self._cashier.till.till_id
        others = server.db.execute(_SOLD_ELSEWHERE, (till_id,)).fetchall()
        sort = self._cashier.pick("return-of", "own", ("other", 0.2), ("unknown", 0.05))
        return f"{own}9" if sort == "unknown" else others[-1][0] if sort == "other" and others else own

    def step(self, life: TillLife) -> float:
        """One step on the return sheet; whoever cannot go on goes back."""
        model, returning = life.sheet.model, life.returning
        self._sheet_turns += 1
        if model.busy:
            return LOOK_AGAIN
        if model.step is ReturnStep.CLOSED:
            if self._sheet_turns > 1:
                self.number = ""
            else:
                self._bring(life)
            return LOOK_AGAIN
        if self._sheet_turns > PATIENCE_TURNS or self._cashier.pick("return-step", "on", ("back", 0.05)) == "back":
            returning.back()
            if self._sheet_turns > 3 * PATIENCE_TURNS and not life.sheet.model.is_open:
                self.number = ""
            return self._cashier.think()
        if model.step is ReturnStep.CHOOSE:
            self._choose(returning)
            if not life.sheet.model.can_go_on:
                returning.back()
                return LOOK_AGAIN
        elif model.can_exchange and self._cashier.pick("exchange", "", ("for other goods", EXCHANGES)):
            self._cashier.sales_left += 1
            returning.choose_card(NEW_BILL)
        elif model.step is ReturnStep.AGREED and model.cards:
            returning.choose_card(0 if self._cashier.pick("return-to", "card", ("cash", 0.3)) == "card" else -1)
        returning.go_on()
        return self._cashier.think()

    def _bring(self, life: TillLife) -> None:
        """The receipt is scanned, or its number typed."""
        returning = life.returning
        if life.front is None:
            returning.open(self.number)
        elif self._cashier.pick("bring", "scans", ("types", 0.5)) == "scans":
            life.front.scanning().scanned(self.number)
        else:
            returning.open()
            returning.type(self.number)
            returning.go_on()

    def _choose(self, returning: Returning) -> None:
        """All of it, one piece, or this and that until the customer is sure."""
        what = self._cashier.pick("return-what", "all", ("one", 0.3), ("unsure", 0.15))
        if what == "one":
            returning.choose(0)
            returning.more()
        elif what == "unsure":
            returning.give_reason("too sweet")
            for step in (returning.more, returning.more, returning.fewer):
                step()
            returning.move(1)
            returning.toggle(0)
            returning.toggle(0)
            returning.toggle(0)
        else:
            returning.take_all()
