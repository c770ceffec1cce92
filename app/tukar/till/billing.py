"""The bill in hand as it lies on the screen: its lines, the one selected, what they come to, what can be done now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tukar.domain.money import Money, Quantity
from tukar.domain.people import Salesperson, masked
from tukar.domain.pricing.result import FreeLine, PricedBill, PricedLine
from tukar.till.checkout_model import ExchangeView
from tukar.till.keys import Command
from tukar.till.notices import Level, Notice, Say
from tukar.till.sale import Sale, SaleChange

Row = PricedLine | FreeLine


@dataclass(frozen=True, slots=True)
class BillModel:
    """The bill as its panels show it; ``rows`` are the engine's own lines, so that nothing is copied per change.

    ``selected`` is an index into ``rows``, -1 on an empty bill. ``commands`` can act now. ``sellers`` are those
    whom a line of its own names. ``tax_names`` are what the
    shop calls the taxes in the total, for the words beside ``tax``.
    """

    number: str
    rows: tuple[Row, ...]
    selected: int
    pieces: int
    before: Money
    discount: Money
    total: Money
    tax: Money
    tax_names: tuple[str, ...]
    tax_included: bool
    salesperson: Salesperson | None
    customer_name: str
    can_undo: bool
    locked: bool
    commands: frozenset[Command]
    notice: Notice | None = None
    sellers: tuple[Salesperson, ...] = ()
    note: str = ""
    buyer: str = ""
    """The last four signs of the buyer's tax number."""
    exchange: ExchangeView | None = None
    """Goods that come back and pay for this bill."""

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def left_to_pay(self) -> Money:
        """What the goods that come back leave of the total; below zero it is given back."""
        return self.total if self.exchange is None else self.total - self.exchange.credit


class BillingView(Protocol):
    """Where the bill is shown."""

    def show_bill(self, model: BillModel) -> None: ...


class Billing:
    """Selects and changes lines. A line that has just been sold is the selected one.

    While the backend decides about points the bill is locked and every edit is answered with a notice
    (redemption.md, principle 3).
    """

    def __init__(
        self,
        *,
        view: BillingView,
        sale: Sale,
        number: str = "",
        salespeople: Callable[[], Sequence[Salesperson]] = tuple,
    ) -> None:
        self._salespeople = salespeople
        self._view = view
        self._sale = sale
        self._number = number
        self._void: Callable[[str], None] | None = None
        self._selected = ""
        self._notice: Notice | None = None
        self._exchange: ExchangeView | None = None
        sale.listen(self._changed)

    def ask_before_removing(self, void: Callable[[str], None]) -> None:
        """From now on ``void`` is called with a line's id in place of removing it: somebody says why first."""
        self._void = void

    def open(self) -> None:
        self._show()

    def renumber(self, number: str) -> None:
        """The number that the bill in hand would get if it were saved now."""
        self._number = number
        self._show()

    def exchanging(self, exchange: ExchangeView | None) -> None:
        """Goods come back in exchange for the bill in hand, or no longer do."""
        if exchange != self._exchange:
            self._exchange = exchange
            self._show()

    def select(self, index: int) -> None:
        rows = _rows(self._sale.priced)
        if 0 <= index < len(rows):
            self._selected = _id(rows[index])
            self._show()

    def move(self, steps: int) -> None:
        """Selects another line; stays at the ends."""
        rows = _rows(self._sale.priced)
        if rows:
            self.select(min(max(self._index(rows) + steps, 0), len(rows) - 1))

    def more(self) -> None:
        """One more of the selected line."""
        line = self._line()
        if line is not None:
            self.set_quantity(line.line.quantity + Quantity.of(1))

    def fewer(self) -> None:
        """One less; the last one removes the line."""
        line = self._line()
        if line is not None:
            self.set_quantity(max(line.line.quantity - Quantity.of(1), Quantity(0)))

    def set_quantity(self, quantity: Quantity) -> None:
        """Gives the selected line that quantity; zero removes it."""
        line = self._line()
        if line is None:
            return
        if not quantity.is_whole and not line.line.item.weighed:
            self.tell(Notice(Say.SOLD_BY_PIECE, Level.WARN, text=line.line.item.name))
        elif not quantity:
            self.remove()
        elif not self._refuses():
            self._sale.set_quantity(line.line.line_id, quantity)

    def remove(self) -> None:
        """Takes the selected line off; ``undo`` brings it back."""
        line = self._line()
        if line is None or self._refuses():
            return
        if self._void is not None:
            self._void(line.line.line_id)
        else:
            self._sale.remove_line(line.line.line_id)

    def undo(self) -> None:
        """Back to the bill before the last change."""
        if not self._refuses():
            self._sale.undo()

    def _refuses(self) -> bool:
        if self._sale.locked:
            self.tell(Notice(Say.POINTS_ASKED, Level.INFO))
        return self._sale.locked

    def tell(self, notice: Notice) -> None:
        """Says something above the bill, until the next change."""
        self._notice = notice
        self._show()
        self._notice = None

    def _line(self) -> PricedLine | None:
        rows = _rows(self._sale.priced)
        row = rows[self._index(rows)] if rows else None
        return row if isinstance(row, PricedLine) else None

    def _index(self, rows: tuple[Row, ...]) -> int:
        last = len(rows) - 1  # where the line just sold is: most often the one selected
        return next((place for place in range(last, -1, -1) if _id(rows[place]) == self._selected), last)

    def _changed(self, change: SaleChange) -> None:
        if not change.same_bill:
            self._selected = ""
        self._selected = _touched(change, self._selected)
        self._show()

    def _sellers(self, priced: PricedBill) -> tuple[Salesperson, ...]:
        wanted = {line.salesperson_id for line in priced.bill.lines if line.salesperson_id}
        # Looked up only where a line has somebody: most bills never ask.
        return tuple(one for one in self._salespeople() if one.salesperson_id in wanted) if wanted else ()

    def _show(self) -> None:
        priced = self._sale.priced
        rows = _rows(priced)
        self._view.show_bill(
            BillModel(
                number=self._number,
                rows=rows,
                selected=self._index(rows),
                pieces=priced.pieces,
                before=priced.before,
                discount=priced.discount,
                total=priced.total,
                tax=priced.tax,
                tax_names=tuple(dict.fromkeys(tax.name for tax in priced.taxes if tax.name)),
                tax_included=all(tax.included for tax in priced.taxes),
                salesperson=priced.bill.salesperson,
                sellers=self._sellers(priced),
                customer_name=priced.bill.customer.name if priced.bill.customer else "",
                can_undo=self._sale.can_undo,
                locked=self._sale.locked,
                commands=_commands(self._sale),
                notice=self._notice,
                note=priced.bill.note,
                buyer=masked(priced.bill.buyer_tax_number),
                exchange=self._exchange,
            )
        )


def _rows(priced: PricedBill) -> tuple[Row, ...]:
    return (*priced.lines, *priced.free_lines) if priced.free_lines else priced.lines


def _id(row: Row) -> str:
    return row.line.line_id if isinstance(row, PricedLine) else f"{row.key.rule_id}/{row.key.reward_id}/{row.item.sku}"


def _touched(change: SaleChange, selected: str) -> str:
    """The line that a change is about: the one that came or changed, else the next in place of the one that went."""
    new = change.after.bill.lines
    before = change.before.bill.lines if change.same_bill else ()
    if before is new:
        return selected
    old = {line.line_id: line for line in before}
    for line in reversed(new):
        known = old.get(line.line_id)
        if known is not line and known != line:
            return line.line_id
    ids = [line.line_id for line in new]
    if selected in ids or not ids or selected not in old:
        return selected
    return ids[min(list(old).index(selected), len(ids) - 1)]


def _commands(sale: Sale) -> frozenset[Command]:
    always = {Command.SEARCH, Command.FULL_SCREEN, Command.LOCK, Command.HOLD, Command.SAVE, Command.PAYMENT,
              Command.MORE}  # fmt: skip
    if sale.locked:
        return frozenset({Command.FULL_SCREEN, Command.LOCK})
    able = always | {Command.CUSTOMER, Command.SALESPERSON, Command.PROMOTIONS, Command.REDEEM}
    bill = sale.bill
    if bill.is_empty:
        able -= {Command.PAYMENT, Command.SAVE, Command.REDEEM, Command.PROMOTIONS}
    if bill.customer is None:
        able -= {Command.REDEEM}
    return frozenset(able)
