"""Shifts as this till's disk keeps them: one is open at most, and a crash leaves it open."""

from dataclasses import dataclass
from typing import Protocol

from tukar.domain.receipt import Receipt
from tukar.domain.shift import CashMovement, Shift, ShiftClosing


@dataclass(frozen=True, slots=True)
class ShiftSales:
    """What a shift's report is made of: its receipts, oldest first, and how often the drawer was opened without one."""

    receipts: tuple[Receipt, ...] = ()
    openings: int = 0


class ShiftBook(Protocol):
    """The shifts of this till. A method that returns has reached the disk; raises ``DiskTrouble``.

    Whatever changes an open shift raises StaleRowError when the shift named is not the one that is open.
    """

    def open(self, shift: Shift) -> Shift:
        """Begins a shift; the one that is open already where there is one."""
        ...

    def in_hand(self) -> Shift | None:
        """The open shift."""
        ...

    def admit(self, shift_id: str, staff_id: str) -> Shift:
        """Somebody has typed their password: their PIN is enough for the rest of the shift."""
        ...

    def move(self, shift_id: str, movement: CashMovement) -> Shift:
        """Cash goes into the drawer or out of it; the same movement again changes nothing."""
        ...

    def sales(self, shift_id: str) -> ShiftSales: ...

    def close(self, shift_id: str, closing: ShiftClosing) -> Shift:
        """Ends the shift, numbers it, seals it with the audit's head and queues it for the backend, all as one."""
        ...

    def get(self, shift_id: str) -> Shift | None: ...

    def latest(self, limit: int = 20) -> tuple[Shift, ...]:
        """Closed ones, latest first."""
        ...
