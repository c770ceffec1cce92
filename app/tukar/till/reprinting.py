"""Prints a saved receipt again, marked as a copy: the last ones of this till, newest first."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from tukar.domain.people import Action, Right
from tukar.domain.receipt import Receipt
from tukar.till.background import Background
from tukar.till.line_work import Permits
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit
from tukar.till.ports import DiskTrouble, Journal, PrinterState, ReceiptPrinter
from tukar.till.refusals import disk_notice, printer_notice

SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class ReprintModel:
    """The receipts that may be printed again; ``chosen`` is a place in them, -1 where there is none."""

    is_open: bool = False
    receipts: tuple[Receipt, ...] = ()
    chosen: int = -1
    busy: bool = False
    notice: Notice | None = None


class ReprintView(Protocol):
    """Where a receipt is chosen."""

    def show_reprint(self, model: ReprintModel) -> None: ...


class Reprinting:
    """Presenter of the list of saved receipts. Who printed which copy goes into the audit."""

    def __init__(
        self,
        *,
        view: ReprintView,
        journal: Journal,
        printer: ReceiptPrinter,
        background: Background,
        permits: Permits,
    ) -> None:
        self._view = view
        self._journal = journal
        self._printer = printer
        self._background = background
        self._permits = permits
        self._model = ReprintModel()

    def open(self) -> None:
        self._background.run(
            lambda: self._journal.recent_receipts(SHOWN), self._found, self._failed, slot="recent receipts"
        )

    def move(self, steps: int) -> None:
        """Chooses another receipt; stays at the ends."""
        if self._model.receipts:
            self.choose(min(max(self._model.chosen + steps, 0), len(self._model.receipts) - 1))

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._model.receipts):
            self._show(replace(self._model, chosen=index, notice=None))

    def print(self) -> None:
        """Enter: a copy of the chosen one, if this cashier may."""
        if self._model.chosen < 0 or self._model.busy:
            return
        receipt = self._model.receipts[self._model.chosen]
        right = self._permits.ask(Action.REPRINT, str(receipt.number), lambda who: self._print(receipt, who))
        if right is Right.DENIED:
            self._show(replace(self._model, notice=Notice(Say.NOT_ALLOWED, Level.WARN)))

    def close(self) -> None:
        self._show(ReprintModel())

    def _print(self, receipt: Receipt, who: Permit) -> None:
        self._show(replace(self._model, busy=True, notice=None))

        def run() -> PrinterState:
            self._journal.audit(who.actor, Action.REPRINT, receipt.bill_id, who.approver)
            return self._printer.print(receipt, copy=True)

        self._background.run(run, self._printed, self._failed)

    def _printed(self, state: PrinterState) -> None:
        notice = printer_notice(state)
        if notice is None:
            self.close()
        elif self._model.is_open:
            self._show(replace(self._model, busy=False, notice=notice))

    def _found(self, receipts: tuple[Receipt, ...]) -> None:
        notice = None if receipts else Notice(Say.NO_RECEIPTS)
        self._show(ReprintModel(is_open=True, receipts=receipts, chosen=0 if receipts else -1, notice=notice))

    def _failed(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._show(replace(self._model, is_open=True, busy=False, notice=disk_notice(trouble)))

    def _show(self, model: ReprintModel) -> None:
        self._model = model
        self._view.show_reprint(model)
