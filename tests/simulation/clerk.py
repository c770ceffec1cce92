"""What a cashier does beside selling: keeps a shift, and fusses over the bill before the customer decides."""

from collections.abc import Callable
from typing import Final

from tests.simulation import shop
from tests.simulation.till import TillLife
from tukar.domain.money import Money, Quantity
from tukar.domain.people import Salesperson
from tukar.domain.shift import CashMovement, Counted, MovementKind, Shift, ShiftClosing, report_of
from tukar.till.ports import DiskTrouble, StaleRowError

FLOAT: Final = Money(200_000, shop.CURRENCY)
ICE: Final = Money(15_000, shop.CURRENCY)
_WATI: Final = Salesperson("s-1", "Wati")


class ShiftKeeper:
    """One shift of one till, across its lives; every step is written in the background and may meet a full disk."""

    def __init__(self, till_id: str) -> None:
        self._till_id = till_id
        self.is_kept = False

    def begin(self, life: TillLife) -> None:
        """Opens it, or goes on with the open one; money goes out for ice, and a second person signs in."""
        book, clock = life.journal.shifts, life.till.clock

        def work() -> None:
            began = Shift(f"shift-{life.till.name}", self._till_id, clock.now(), shop.CASHIER.staff_id, FLOAT)
            if book.get(began.shift_id) is not None:
                return
            shift = book.open(began)
            ice = CashMovement("ice", MovementKind.PAY_OUT, ICE, "Ice", clock.now(), shop.CASHIER.staff_id)
            book.move(shift.shift_id, ice)
            book.move(shift.shift_id, ice)
            book.admit(shift.shift_id, shop.CASHIER.staff_id)
            book.admit(shift.shift_id, shop.CASHIER.staff_id)

        self._write(life, work)

    def end(self, life: TillLife) -> None:
        """Counts the drawer and closes it; the backend hears of it like of a bill."""
        book, clock = life.journal.shifts, life.till.clock

        def work() -> None:
            shift = book.in_hand()
            if shift is None:
                return
            sales = book.sales(shift.shift_id)
            report = report_of(shift, sales.receipts, openings=sales.openings)
            counted = (Counted(Money(1_000, shop.CURRENCY), 200),)
            waiting = life.journal.waiting_count()
            who = shop.CASHIER.staff_id
            book.close(shift.shift_id, ShiftClosing(0, clock.now(), who, counted, report, unsent=waiting))
            book.latest()

        self._write(life, work)

    def _write(self, life: TillLife, work: Callable[[], None]) -> None:
        def failed(trouble: Exception) -> None:
            if not isinstance(trouble, DiskTrouble | StaleRowError):
                raise trouble

        life.background.run(work, lambda _: life.outbox.wake(), failed)


def fuss(life: TillLife) -> None:
    """Takes things up and off again, asks what would be, names who served; the bill is worth what it was before."""
    sale = life.sale
    sale.add(shop.items()[shop.TEA], Quantity.of(2))
    if sale.can_undo:
        sale.undo()
    tea = sale.add(shop.items()[shop.TEA])
    sale.note_line(tea, "iced")
    sale.as_if(sale.bill)
    sale.explained()
    sale.remove_line(tea)
    sale.set_salesperson(_WATI)
    sale.enter_code("NO-SUCH-CODE")
    sale.remove_code("NO-SUCH-CODE")
    sale.claim(shop.ORDER)
    sale.unclaim(shop.ORDER)
    sale.remove_all_promotions()
