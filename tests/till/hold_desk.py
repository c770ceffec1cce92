"""Tills on the bench with their list of bills set aside, over one room of such bills at the backend."""

from dataclasses import dataclass, field

from tests.fakes.held import HeldDoor, HeldRoom
from tests.fakes.ids import FakeIds
from tests.till.bench import CASHIER, Bench, TillOnBench
from tukar.till.held_shelf import HeldShelf
from tukar.till.holding import HoldGear, Holding, HoldingModel
from tukar.till.leasing import Leasing
from tukar.till.notices import Notice, Say


@dataclass
class ListShown:
    """The list as it was last shown."""

    model: HoldingModel = field(default_factory=HoldingModel)

    def show_holding(self, model: HoldingModel) -> None:
        self.model = model


class HoldDesk:
    """One till; ``restart`` makes the next one over the same disk. ``door`` is its way to the backend's room."""

    def __init__(self, room: HeldRoom | None, till_id: str = "T1", bench: Bench | None = None) -> None:
        self.bench = bench or Bench()
        self.bench.ids = FakeIds(till_id)
        self.till_id = till_id
        self.door: HeldDoor | None = None if room is None else room.door(till_id)
        self.told: list[Notice] = []
        self.restart()

    def restart(self) -> None:
        self.till: TillOnBench = self.bench.start()
        self.shown = ListShown()
        till, bench = self.till, self.bench
        self.leasing = Leasing(
            sale=till.sale, checkout=till.checkout, backend=self.door, background=bench.background, line=till.gear.line,
            tell=self.told.append,
        )  # fmt: skip
        gear = HoldGear(
            HeldShelf(bench.journal, self.door, self.till_id), self.leasing, bench.background, bench.clock, bench.ids,
            till.gear.line, self.till_id, lambda: CASHIER.name, self.told.append,
        )  # fmt: skip
        self.holding = Holding(view=self.shown, sale=till.sale, checkout=till.checkout, gear=gear)

    @property
    def model(self) -> HoldingModel:
        return self.shown.model

    def says(self) -> list[Say]:
        return [notice.say for notice in self.told]

    def hold_rice(self, pieces: int = 2) -> str:
        """A bill of rice for Dewi is set aside; its id."""
        self.till.sale.set_customer(self.bench.customer())
        self.bench.ring_rice(self.till, pieces)
        bill_id = self.till.sale.bill.bill_id
        self.holding.hold_or_recall()
        return bill_id

    def look(self) -> list[str]:
        """The bills in the list."""
        self.holding.hold_or_recall()
        return [held.bill_id for held in self.model.bills]

    def take_first(self) -> str:
        """The bill in hand after the first of the list was taken up."""
        self.holding.recall(0)
        return self.till.sale.bill.bill_id

    def pay(self) -> None:
        checkout = self.till.checkout
        checkout.begin_payment()
        checkout.pay_cash()
        checkout.save()
