"""After the bill is saved: the receipt, the change to give back, and the next customer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from tukar.domain.money import Money
from tukar.domain.offer import WhyNot
from tukar.domain.receipt import Receipt
from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, PrinterState, ReceiptPrinter
from tukar.till.refusals import printer_notice


@dataclass(frozen=True, slots=True)
class ReceiptModel:
    """The saved bill; ``receipt`` is None when none is shown. ``file`` is where the PDF was put.

    ``printed`` is how the printing went, None before it was tried. ``notice`` is the checkout's word on the bill.
    """

    receipt: Receipt | None = None
    nudge: WhyNot | None = None
    change: Money | None = None
    printed: PrinterState | None = None
    busy: bool = False
    file: Path | None = None
    notice: Notice | None = None


class ReceiptView(Protocol):
    """Where the saved bill is shown."""

    def show_receipt(self, model: ReceiptModel) -> None: ...


class SavedDesk(Protocol):
    """What of the checkout the receipt uses; ``Checkout`` is one."""

    @property
    def model(self) -> CheckoutModel: ...

    def next_sale(self) -> None: ...


class Receipts:
    """Shows what was saved.

    ``write_pdf`` puts a receipt's PDF where the shop keeps them and says where that is; it is called in the
    background. ``nudge`` is what the points that are left may become.
    """

    def __init__(
        self,
        *,
        view: ReceiptView,
        checkout: SavedDesk,
        printer: ReceiptPrinter,
        background: Background,
        write_pdf: Callable[[Receipt], Path],
        nudge: Callable[[Receipt], WhyNot | None] = lambda _: None,
    ) -> None:
        self._view = view
        self._checkout = checkout
        self._printer = printer
        self._background = background
        self._write_pdf = write_pdf
        self._nudge = nudge
        self._model = ReceiptModel()

    def checkout_changed(self, model: CheckoutModel) -> None:
        """Opens when a bill was saved, closes when the next sale begins."""
        if model.state is not CheckoutState.SAVED or model.receipt is None:
            if self._model.receipt is not None:
                self._show(ReceiptModel())
            return
        shown = self._model.receipt
        if shown is None or shown.bill_id != model.receipt.bill_id:
            self._model = ReceiptModel(model.receipt, self._nudge(model.receipt), model.receipt.change)
        self._show(replace(self._model, printed=model.printer, notice=model.notice))

    def next_sale(self) -> None:
        """Enter: the next customer."""
        if self._checkout.model.state is CheckoutState.SAVED:
            self._checkout.next_sale()

    def print_again(self) -> None:
        """Prints once more, marked as a copy; the first printing that failed is no copy."""
        receipt = self._model.receipt
        if receipt is None or self._model.busy:
            return
        copy = self._model.printed is PrinterState.READY
        self._show(replace(self._model, busy=True))
        self._background.run(lambda: self._printer.print(receipt, copy=copy), self._was_printed, self._failed)

    def save_pdf(self) -> None:
        """Writes the receipt to a file and says where it is."""
        receipt = self._model.receipt
        if receipt is None or self._model.busy:
            return
        self._show(replace(self._model, busy=True))
        self._background.run(lambda: self._pdf(receipt), self._was_written, self._failed)

    def _pdf(self, receipt: Receipt) -> Path:
        try:
            return self._write_pdf(receipt)
        except OSError as failed:
            raise DiskTrouble(DiskTroubleKind.FAILED, str(failed)) from failed

    def _was_printed(self, state: PrinterState) -> None:
        self._done(replace(self._model, printed=state, notice=printer_notice(state)))

    def _was_written(self, file: Path) -> None:
        self._done(replace(self._model, file=file))

    def _failed(self, _trouble: Exception) -> None:
        self._done(replace(self._model, notice=Notice(Say.DISK_FAILED, Level.WARN)))

    def _done(self, model: ReceiptModel) -> None:
        """The answer, unless the next customer is being served already."""
        if self._model.receipt is not None:
            self._show(replace(model, busy=False))

    def _show(self, model: ReceiptModel) -> None:
        self._model = model
        self._view.show_receipt(model)
