"""Who served the customer: the list of salespeople, and the one who is on shift."""

from dataclasses import dataclass
from typing import Protocol

from tukar.domain.people import Salesperson
from tukar.till.ports import StaffDirectory
from tukar.till.sale import Sale, SaleChange


@dataclass(frozen=True, slots=True)
class SalespeopleModel:
    """The list; ``chosen`` is the one that Enter would take, -1 without any; ``current`` is on the bill."""

    is_open: bool = False
    people: tuple[Salesperson, ...] = ()
    chosen: int = -1
    current: Salesperson | None = None


class SalespeopleView(Protocol):
    """Where the list is shown."""

    def show_salespeople(self, model: SalespeopleModel) -> None: ...


class Salespeople:
    """Assigns a salesperson to the bill. Whoever was chosen last is on shift and on every new bill."""

    def __init__(self, *, view: SalespeopleView, sale: Sale, directory: StaffDirectory) -> None:
        self._view = view
        self._sale = sale
        self._directory = directory
        self._on_shift: Salesperson | None = None
        self._model = SalespeopleModel()
        sale.listen(self._changed)

    def open(self) -> None:
        """F6: the list, the present salesperson marked."""
        people = tuple(self._directory.salespeople())
        current = self._sale.bill.salesperson
        chosen = people.index(current) if current in people else min(0, len(people) - 1)
        self._show(SalespeopleModel(is_open=True, people=people, chosen=chosen, current=current))

    def close(self) -> None:
        self._show(SalespeopleModel())

    def move(self, steps: int) -> None:
        """Marks another one; stays at the ends."""
        model = self._model
        if model.people:
            chosen = min(max(model.chosen + steps, 0), len(model.people) - 1)
            self._show(SalespeopleModel(model.is_open, model.people, chosen, model.current))

    def choose(self, index: int) -> None:
        """Puts this one on the bill and on shift."""
        if 0 <= index < len(self._model.people) and not self._sale.locked:
            self._on_shift = self._model.people[index]
            self._sale.set_salesperson(self._on_shift)
            self.close()

    def take_off(self) -> None:
        """Nobody in particular served."""
        if not self._sale.locked:
            self._on_shift = None
            self._sale.set_salesperson(None)
            self.close()

    def sign_off(self) -> None:
        """Another shift: nobody is on it yet."""
        self._on_shift = None

    def _changed(self, change: SaleChange) -> None:
        fresh = not change.same_bill and self._sale.bill.is_empty and self._sale.bill.salesperson is None
        if fresh and self._on_shift is not None:
            self._sale.set_salesperson(self._on_shift)

    def _show(self, model: SalespeopleModel) -> None:
        self._model = model
        self._view.show_salespeople(model)
