"""Bills set aside for all tills, in memory: one room, and a door for each till."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from tests.fakes.clock import FakeClock
from tests.fakes.members import Weather
from tukar.domain.bill import Bill
from tukar.domain.redemption import Refusal
from tukar.till.ports import Refused
from tukar.till.ports.held import BillAside, HeldRow, Lease

T = TypeVar("T")

SECONDS = 120.0


@dataclass(frozen=True)
class _Row:
    aside: BillAside | None
    till_id: str
    at: datetime
    ended: bool = False
    leased_to: str = ""
    until: float = 0.0


class HeldRoom:
    """What the backend keeps; ``paid`` are bills that were stored."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.rows: dict[str, _Row] = {}
        self.paid: set[str] = set()

    def pay(self, bill_id: str) -> None:
        """The bill is stored: it waits nowhere any more."""
        self.paid.add(bill_id)
        self.end_rows_of(bill_id)

    def end_rows_of(self, bill_id: str) -> None:
        for held_id, row in self.rows.items():
            if row.aside is not None and row.aside.bill.bill_id == bill_id:
                self.rows[held_id] = replace(row, ended=True)

    def door(self, till_id: str) -> "HeldDoor":
        return HeldDoor(self, till_id)

    def holder(self, row: _Row) -> str:
        return row.leased_to if not row.ended and row.until > self.clock.monotonic() else ""


class HeldDoor:
    """``ports.held.HeldBills`` as one till has it; ``weather`` cuts this till's line."""

    def __init__(self, room: HeldRoom, till_id: str) -> None:
        self._room = room
        self._till_id = till_id
        self.weather = Weather()

    def hold_bill(self, aside: BillAside) -> bool:
        return self._carry("hold_bill", lambda: self._hold(aside))

    def held_bills(self) -> tuple[HeldRow, ...]:
        return self._carry("held_bills", self._waiting)

    def lease_bill(self, held_id: str) -> Lease:
        return self._carry("lease_bill", lambda: self._lease(held_id))

    def end_held(self, held_id: str) -> None:
        self._carry("end_held", lambda: self._end(held_id))

    def _carry(self, name: str, call: Callable[[], T]) -> T:
        return self.weather.carry(name, call)

    def _hold(self, aside: BillAside) -> bool:
        room, bill_id = self._room, aside.bill.bill_id
        known = room.rows.get(aside.held_id)
        if known is not None:
            if known.aside not in (None, aside):
                raise Refused(Refusal.ID_REUSED)
            return not known.ended
        waiting = [row for row in room.rows.values() if not row.ended and _bill(row) == bill_id]
        stands = bill_id not in room.paid and all(room.holder(row) in ("", self._till_id) for row in waiting)
        if stands:
            room.end_rows_of(bill_id)
        room.rows[aside.held_id] = _Row(aside, self._till_id, room.clock.now(), ended=not stands)
        return stands

    def _waiting(self) -> tuple[HeldRow, ...]:
        return tuple(
            HeldRow(
                held_id, row.aside.bill.bill_id, _customer(row.aside.bill), row.aside.pieces, row.aside.total,
                row.till_id, row.aside.cashier, row.at, self._room.holder(row), row.aside.bill.note,
            )
            for held_id, row in self._room.rows.items()
            if not row.ended and row.aside is not None
        )  # fmt: skip

    def _lease(self, held_id: str) -> Lease:
        row = self._room.rows.get(held_id)
        if row is None:
            raise Refused(Refusal.UNKNOWN_BILL)
        if row.ended or row.aside is None or self._room.holder(row) not in ("", self._till_id):
            raise Refused(Refusal.TAKEN_UP)
        until = self._room.clock.monotonic() + SECONDS
        self._room.rows[held_id] = replace(row, leased_to=self._till_id, until=until)
        return Lease(held_id, row.aside.bill, SECONDS)

    def _end(self, held_id: str) -> None:
        row = self._room.rows.get(held_id) or _Row(None, self._till_id, self._room.clock.now())
        if self._room.holder(row) not in ("", self._till_id):
            raise Refused(Refusal.TAKEN_UP)
        self._room.rows[held_id] = replace(row, ended=True)


def _bill(row: _Row) -> str:
    return "" if row.aside is None else row.aside.bill.bill_id


def _customer(bill: Bill) -> str:
    return "" if bill.customer is None else bill.customer.name
