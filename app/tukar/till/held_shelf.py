"""Where bills set aside lie: on this till's disk, and, where the backend keeps them, where every till finds them.

A bill is on this disk before the backend hears of it, and its copy stays: while the line is down this till takes up
what it set aside itself (till.md, "Also"). What the backend has not got yet is told again at the next look; what has
ended there meanwhile is forgotten here. Every method blocks and is called in the background.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tukar.domain.money import Money
from tukar.domain.redemption import Refusal
from tukar.till.ports import Draft, Journal, Refused, SetAside, Unreachable
from tukar.till.ports.held import BillAside, HeldBills, HeldRow


@dataclass(frozen=True, slots=True)
class HeldBill:
    """A bill set aside, as the list shows it; ``total`` is what it came to then.

    ``till_id`` set it aside. ``leased_to`` is another till that has it in hand now, or empty.
    """

    held_id: str
    bill_id: str
    customer_name: str
    pieces: int
    total: Money
    at: datetime
    till_id: str
    cashier: str
    leased_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Bills that wait, latest first; ``everywhere`` when the backend told of all tills, else this till's own."""

    bills: tuple[HeldBill, ...]
    everywhere: bool


class HeldShelf:
    """``backend`` is None where it keeps no bills for others. Raises DiskTrouble beside what each method says."""

    def __init__(self, journal: Journal, backend: HeldBills | None, till_id: str) -> None:
        self._journal = journal
        self._backend = backend
        self._till_id = till_id

    def put(self, draft: Draft) -> bool:
        """Tells the backend of a bill set aside; False when it has ended there. Raises Refused or Unreachable."""
        aside = draft.aside
        if self._backend is None or aside is None or draft.bill.training:
            return True
        told = BillAside(aside.held_id, draft.bill, aside.total, aside.pieces, aside.cashier, aside.replaces)
        return self._backend.hold_bill(told)

    def put_waiting(self) -> None:
        """Tells of every bill on this disk that the backend may not know yet; silence leaves it for the next time."""
        for draft in self._set_aside():
            try:
                self.put(draft)
            except Refused:
                continue
            except Unreachable:
                return

    def forget(self, draft: Draft) -> None:
        """This till's copy of a bill that has ended elsewhere."""
        self._journal.delete_draft(draft.bill.bill_id)

    def look(self) -> Found:
        """Everything that waits, as far as it can be seen from here."""
        drafts = self._set_aside()
        rows = self._rows()
        if rows is None:
            own = (self._own(draft, draft.aside) for draft in drafts if draft.aside is not None)
            return Found(_latest_first(own), everywhere=False)
        rows = tuple(row for row in rows if self._journal.receipt(row.bill_id) is None)
        told = {row.held_id for row in rows}
        own = (
            self._own(draft, draft.aside)
            for draft in drafts
            if draft.aside is not None and draft.aside.held_id not in told and self._stands(draft)
        )
        others = [self._others(row) for row in rows]
        return Found(_latest_first((*own, *others)), everywhere=True)

    def take(self, held: HeldBill) -> Draft:
        """The bill, leased to this till; from this disk while the line is down.

        Raises Refused TAKEN_UP when another till has it, or when it was paid here and the backend has not heard of it
        yet; Unreachable when only the backend could give it.
        """
        if self._journal.receipt(held.bill_id) is not None:
            raise Refused(Refusal.TAKEN_UP)
        copy = next((draft for draft in self._set_aside() if draft.bill.bill_id == held.bill_id), None)
        own = None if copy is None else replace(copy, held=False, aside=None, held_id=held.held_id)
        if self._backend is None or (own is not None and own.bill.training):
            if own is None:
                raise LookupError(held.bill_id)
            return own
        try:
            return Draft(self._backend.lease_bill(held.held_id).bill, held_id=held.held_id)
        except Unreachable:
            if own is None:
                raise
            return own

    def _set_aside(self) -> list[Draft]:
        return [draft for draft in self._journal.drafts() if draft.aside is not None]

    def _rows(self) -> tuple[HeldRow, ...] | None:
        """None where the backend does not say; why it does not, to a till signed off, it says at ``take``."""
        try:
            return None if self._backend is None else self._backend.held_bills()
        except (Refused, Unreachable):
            return None

    def _stands(self, draft: Draft) -> bool:
        """Whether a bill that the backend does not list waits all the same; one that ended is forgotten here."""
        try:
            stands = self.put(draft)
        except (Refused, Unreachable):
            return True
        if not stands:
            self.forget(draft)
        return stands

    def _own(self, draft: Draft, aside: SetAside) -> HeldBill:
        name = draft.bill.customer.name if draft.bill.customer else ""
        return HeldBill(
            aside.held_id, draft.bill.bill_id, name, aside.pieces, aside.total, aside.at, self._till_id, aside.cashier,
            note=draft.bill.note,
        )  # fmt: skip

    def _others(self, row: HeldRow) -> HeldBill:
        return HeldBill(
            row.held_id, row.bill_id, row.customer_name, row.pieces, row.total, row.held_at, row.till_id, row.cashier,
            leased_to="" if row.leased_to == self._till_id else row.leased_to, note=row.note,
        )  # fmt: skip


def _latest_first(bills: Iterable[HeldBill]) -> tuple[HeldBill, ...]:
    return tuple(sorted(bills, key=lambda held: (held.at, held.held_id), reverse=True))
