"""Saves the bill, which is the commit, and then sees to printer, drawer and outbox, which never touch it any more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tukar.domain.people import StaffMember
from tukar.domain.pricing.result import PricedBill
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import HOLDS, NO_ACCOUNT, BillAnswer, Outcome
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.exchanging import Exchange
from tukar.till.gear import Gear
from tukar.till.needs import Need
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, PrinterState, ReceiptPrinter, RedemptionRow, ShopProfile
from tukar.till.receipts import Selling, receipt_of
from tukar.till.refusals import printer_notice


@dataclass(frozen=True, slots=True)
class Place:
    """Where this till stands. ``salesperson_required``: no bill is saved without one (Ginesys' strict mode a)."""

    profile: ShopProfile
    till_id: str
    till_epoch: int = 1
    salesperson_required: bool = False


class Wake(Protocol):
    """Somebody who sends what waits; ``OutboxSender`` is one."""

    def wake(self) -> None: ...


def redemptions_of(needs: Sequence[Need], held: Sequence[RedemptionRow]) -> tuple[ReceiptRedemption, ...]:
    """What the bill takes of its holds: fewer points than were held are allowed, the rest goes back."""
    newest = {row.programme_id: row for row in held}
    return tuple(
        ReceiptRedemption(
            row.redemption_id, need.programme_id, min(need.points, row.need), need.amount, row.proof, row.approver
        )
        for need in needs
        if (row := newest.get(need.programme_id)) is not None
    )


class Saving:
    """Writes receipts and looks after what follows; ``printed`` hears how printing went."""

    def __init__(self, gear: Gear, place: Place, printer: ReceiptPrinter, cashier: Callable[[], StaffMember]) -> None:
        self._gear = gear
        self._place = place
        self._printer = printer
        self._cashier = cashier

    def save(
        self,
        priced: PricedBill,
        tenders: Sequence[Tender],
        redemptions: Sequence[ReceiptRedemption],
        saved: Callable[[Receipt, Receipt | None], None],
        failed: Callable[[DiskTrouble], None],
        exchange: Exchange | None = None,
    ) -> None:
        """``saved`` gets the receipt with its number, once bill, redemptions and outbox are on the disk as one.

        The return of an ``exchange`` is on the disk with it or not at all, and is handed on beside it.
        """
        profile = self._place.profile
        selling = Selling(
            shop_id=profile.shop_id,
            shop_name=profile.name,
            till_id=self._place.till_id,
            till_epoch=self._place.till_epoch,
            cashier=self._cashier(),
            programme=self._gear.copies.programme,
            catalogue_version=self._gear.copies.catalogue_version,
        )
        receipt = receipt_of(priced, tenders, redemptions, selling, self._gear.clock.now())
        back = None if exchange is None else exchange.return_receipt(receipt, selling, self._gear)
        self._gear.writer.write(
            lambda: lambda: self._gear.journal.save_exchange(receipt, back), lambda both: saved(*both), failed
        )

    def print(self, receipt: Receipt, printed: Callable[[PrinterState, Notice | None], None]) -> None:
        """Prints, and opens the drawer for cash; a till without a printer shows the receipt and says nothing."""

        def run() -> PrinterState:
            if any(tender.mode is PaymentMode.CASH for tender in receipt.tenders):
                self._printer.open_drawer()
            state = self._printer.state()
            return self._printer.print(receipt) if state is not PrinterState.MISSING else state

        def told(state: PrinterState) -> None:
            printed(state, None if state is PrinterState.MISSING else printer_notice(state))

        self._gear.background.run(run, told, _bug)


def saved_notice(receipt: Receipt, *, online: bool) -> Notice:
    """What the cashier reads of a saved bill: its number and change, and whether it still waits to be sent."""
    say = Say.BILL_SAVED if online else Say.BILL_SAVED_OFFLINE
    return Notice(say, text=receipt.number.short, money=receipt.change or None)


def delivered_notice(receipt: Receipt, answer: BillAnswer) -> Notice | None:
    """What the cashier reads once the backend has the bill; nothing where nothing was held for it."""
    taken = {part.outcome for part in answer.parts if part.part in HOLDS}
    if taken - {Outcome.DONE}:
        return Notice(Say.NEEDS_MANAGER, Level.WARN)
    spent = [one.programme_id for one in receipt.redemptions if one.programme_id != NO_ACCOUNT]
    return Notice(Say.POINTS_TAKEN, points=answer.balances.get(spent[0])) if taken and spent else None


def _bug(trouble: Exception) -> None:
    raise trouble
