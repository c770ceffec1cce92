"""F4 of a simulated till: the program's own list of bills set aside, their leases, and what a cashier does there."""

from typing import TYPE_CHECKING

from tests.simulation import shop
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.till.held_shelf import HeldShelf
from tukar.till.holding import HoldGear, Holding, HoldingModel
from tukar.till.leasing import Leasing
from tukar.till.notices import Notice, Say

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

TURNS_AT_MOST = 8
"""A list that is open for so long is closed again."""


class HeldDesk:
    """Sets bills aside and takes them up again in one life of a till. ``model`` is what its list shows."""

    def __init__(self, life: "TillLife", backend: TukarBackend) -> None:
        self.model = HoldingModel()
        self._life = life
        self._turns = 0
        till_id = life.till.till_id
        leasing = Leasing(
            sale=life.sale,
            checkout=life.checkout,
            backend=backend,
            background=life.background,
            line=life.line,
            tell=self._told,
        )
        gear = HoldGear(
            shelf=HeldShelf(life.journal, backend, till_id),
            leasing=leasing,
            background=life.background,
            clock=life.till.clock,
            ids=life.ids,
            line=life.line,
            till_id=till_id,
            cashier=lambda: shop.CASHIER.name,
            tell=self._told,
        )
        self._holding = Holding(view=self, sale=life.sale, checkout=life.checkout, gear=gear)

    def show_holding(self, model: HoldingModel) -> None:
        self.model = model

    def _told(self, notice: Notice) -> None:
        if notice.say in (Say.BILL_ALSO_ELSEWHERE, Say.BILL_TAKEN_AWAY):
            self._life.till.world.tell(f"till-{self._life.till.name} reads {notice.say}")

    def set_aside(self) -> None:
        """The bill in hand waits for whichever till its customer comes back to."""
        self._holding.hold_or_recall()

    def look(self) -> None:
        """Opens the list; ``choose`` goes on from there."""
        self._turns = 0
        self._holding.hold_or_recall()

    def choose(self, how: str) -> bool:
        """One look at the list: takes a bill up that waits, or closes it; whether the list is done with."""
        self._turns += 1
        if self.model.busy and self._turns < TURNS_AT_MOST:
            return False
        if not self.model.is_open:
            return True
        free = [place for place, held in enumerate(self.model.bills) if not held.leased_to]
        if how == "close" or not free or self._turns >= TURNS_AT_MOST:
            self._holding.close()
            return True
        if how == "own":
            self._holding.show_all(all_tills=False)
            self._holding.show_all(all_tills=True)
            self._holding.move(1)
        self._holding.recall(free[0])
        return False
