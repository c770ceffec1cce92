"""Bills set aside where every till of the shop finds them: a row that one till at a time leases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tukar.domain.bill import Bill
from tukar.domain.money import Money


@dataclass(frozen=True, slots=True)
class BillAside:
    """A bill to set aside under an id of its own. ``replaces`` is the id that it was taken up under, if any."""

    held_id: str
    bill: Bill
    total: Money
    pieces: int
    cashier: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A bill that waits at the backend. ``till_id`` set it aside; ``leased_to`` has it in hand now, or is empty."""

    held_id: str
    bill_id: str
    customer_name: str
    pieces: int
    total: Money
    till_id: str
    cashier: str
    held_at: datetime
    leased_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """A bill that is this till's alone, for ``seconds`` from when the answer was made."""

    held_id: str
    bill: Bill
    seconds: float


class HeldBills(Protocol):
    """A backend that keeps bills for all tills. Every method blocks and raises ``Refused`` or ``Unreachable``."""

    def hold_bill(self, aside: BillAside) -> bool:
        """Whether it waits there now; False when the bill is paid, given up, or in hand at another till."""
        ...

    def held_bills(self) -> tuple[HeldRow, ...]:
        """Those that wait, the oldest first."""
        ...

    def lease_bill(self, held_id: str) -> Lease:
        """Takes it up, or says that this till still has it. ``TAKEN_UP`` when another till has it or it has ended."""
        ...

    def end_held(self, held_id: str) -> None:
        """Given up for good; sent again it is no different."""
        ...
