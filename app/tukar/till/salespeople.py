"""Who served the customer: the list of salespeople, and the one who is on shift; on the bill, or on one line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.bill import BillLine
from tukar.domain.people import Salesperson
from tukar.till.ports import StaffDirectory
from tukar.till.sale import Sale, SaleChange


@dataclass(frozen=True, slots=True)
class SalespeopleModel:
    """The list; ``chosen`` is the one that Enter would take, -1 without any; ``current`` is on the bill.

    ``goods`` names the line that it is about, if not the bill. With ``must`` closing takes that line off the bill.
    """

    is_open: bool = False
    people: tuple[Salesperson, ...] = ()
    chosen: int = -1
    current: Salesperson | None = None
    goods: str = ""
    must: bool = False
    can_be_nobody: bool = True


class SalespeopleView(Protocol):
    """Where the list is shown."""

    def show_salespeople(self, model: SalespeopleModel) -> None: ...


class Salespeople:
    """Assigns a salesperson to the bill or to a line. Whoever was chosen last for a bill is on every new one.

    With ``by_line`` no line stays without one (Ginesys' strict mode "line"): whatever puts goods on the bill that
    nobody is credited with, by scan, touch or offer, opens the list, and closing it takes them off again. Goods that
    came with the bill, held elsewhere or before a crash, stay: such a bill is not saved before they have somebody.
    """

    def __init__(self, *, view: SalespeopleView, sale: Sale, directory: StaffDirectory, by_line: bool = False) -> None:
        self._view = view
        self._sale = sale
        self._directory = directory
        self._by_line = by_line
        self._on_shift: Salesperson | None = None
        self._last: Salesperson | None = None
        self._came_with = frozenset(line.line_id for line in sale.bill.lines)
        self._line_ids: frozenset[str] = frozenset()
        self._model = SalespeopleModel()
        sale.listen(self._changed)

    def open(self) -> None:
        """F6: the list, the present salesperson marked."""
        self._line_ids = frozenset()
        bill = self._sale.bill
        needed = self._by_line and any(not line.salesperson_id for line in bill.lines)
        self._list(bill.salesperson, SalespeopleModel(can_be_nobody=not needed))

    def open_line(self, line_id: str) -> None:
        """The list for one line of the bill in hand; for one that is gone nothing happens."""
        bill = self._sale.bill
        line = next((line for line in bill.lines if line.line_id == line_id), None)
        if line is None:
            return
        self._line_ids = frozenset((line_id,))
        nobody = not self._by_line or bill.salesperson is not None
        present = self._named(line.salesperson_id) or bill.salesperson
        self._list(present, SalespeopleModel(goods=line.item.name, can_be_nobody=nobody))

    def close(self) -> None:
        """Esc: all stays as it was; goods that must have somebody go off the bill."""
        unserved = frozenset(line.line_id for line in self._new_unserved())
        must = self._model.must
        self._show(SalespeopleModel())
        if must and unserved and not self._sale.locked:
            self._sale.remove_lines(unserved)

    def move(self, steps: int) -> None:
        """Marks another one; stays at the ends."""
        model = self._model
        if model.people:
            chosen = min(max(model.chosen + steps, 0), len(model.people) - 1)
            self._show(replace(model, chosen=chosen))

    def choose(self, index: int) -> None:
        """Puts this one on the bill and on shift, or on the line that the list is for."""
        if not (0 <= index < len(self._model.people)) or self._sale.locked:
            return
        person = self._model.people[index]
        self._last = person
        model, line_ids = self._model, self._line_ids
        self._show(SalespeopleModel())
        if model.must:
            # Whatever was scanned while the list was open is this one's too.
            line_ids = frozenset(line.line_id for line in self._new_unserved())
        if model.goods:
            self._sale.credit_lines(line_ids, person.salesperson_id)
        else:
            self._on_shift = person
            self._sale.set_salesperson(person)

    def take_off(self) -> None:
        """Nobody in particular served; a line goes to the bill's salesperson again."""
        if self._sale.locked or not self._model.can_be_nobody:
            return
        model = self._model
        self._show(SalespeopleModel())
        if model.goods:
            self._sale.credit_lines(self._line_ids, "")
        else:
            self._on_shift = None
            self._sale.set_salesperson(None)

    def sign_off(self) -> None:
        """Another shift: nobody is on it yet."""
        self._on_shift = self._last = None

    def _changed(self, change: SaleChange) -> None:
        if not change.same_bill:
            self._came_with = frozenset(line.line_id for line in self._sale.bill.lines)
        fresh = not change.same_bill and self._sale.bill.is_empty and self._sale.bill.salesperson is None
        if fresh and self._on_shift is not None:
            self._sale.set_salesperson(self._on_shift)
        unserved = self._new_unserved() if self._by_line else ()
        if unserved and not self._model.must:
            self._line_ids = frozenset(line.line_id for line in unserved)
            self._list(self._last, SalespeopleModel(goods=unserved[-1].item.name, must=True, can_be_nobody=False))

    def _new_unserved(self) -> Sequence[BillLine]:
        return [line for line in self._sale.bill.unserved if line.line_id not in self._came_with]

    def _named(self, salesperson_id: str) -> Salesperson | None:
        people = self._directory.salespeople() if salesperson_id else ()
        return next((one for one in people if one.salesperson_id == salesperson_id), None)

    def _list(self, present: Salesperson | None, model: SalespeopleModel) -> None:
        people = tuple(self._directory.salespeople())
        chosen = people.index(present) if present in people else min(0, len(people) - 1)
        current = self._sale.bill.salesperson
        self._show(replace(model, is_open=True, people=people, chosen=chosen, current=current))

    def _show(self, model: SalespeopleModel) -> None:
        self._model = model
        self._view.show_salespeople(model)
