"""Where receipts go: a receipt printer, a printer of the system, or a folder of PDFs, as the settings say."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tukar.devices.escpos import Raster
from tukar.devices.printers import EscPosPrinter, NoPrinter, PrinterNameError, open_printer
from tukar.domain.receipt import Receipt
from tukar.till.ports import PrinterState, Settings, ShiftPaper, ShopProfile
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import Names, Paper
from tukar.ui.shift_rows import ShiftRows

FOLDER_PRINTER = "folder"
"""The setting ``printer`` that puts every receipt into ``receipt_folder`` as a PDF."""

_RECEIPT_PRINTERS = ("file:", "tcp:")
"""How the setting begins for a printer that speaks ESC/POS, by its device file or network address."""


def receipt_file(folder: Path, receipt: Receipt) -> Path:
    """Where the PDF of a receipt lies; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{receipt.number}.pdf"


class ReceiptOutlet:
    """``ports.ReceiptPrinter`` and ``ports.ShiftPrinter``.

    ``settings``, ``shop`` and ``names`` are asked at each printing, because all may change.

    With no printer set the state is MISSING and nothing is printed; the bill is safe all the same. Only a receipt
    printer has a drawer on its cable.
    """

    def __init__(
        self,
        printing: ReceiptPrinting,
        settings: Callable[[], Settings],
        shop: Callable[[], ShopProfile],
        folder: Path,
        names: Callable[[], Names] = Names,
    ) -> None:
        self._printing = printing
        self._settings = settings
        self._shop = shop
        self._folder = folder
        self._names = names

    def state(self) -> PrinterState:
        printer = self._receipt_printer()
        if printer is not None:
            return printer.state()
        return PrinterState.READY if self._settings().printer else PrinterState.MISSING

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState:
        name, printer = self._settings().printer, self._receipt_printer()
        if not name:
            return PrinterState.MISSING
        if printer is not None:
            return printer.print(receipt, copy=copy)
        if name == FOLDER_PRINTER:
            try:
                self.write_pdf(receipt, copy=copy)
            except OSError:
                return PrinterState.FAILED
            return PrinterState.READY
        paper = self._paper(receipt, copy=copy)
        return PrinterState.READY if self._printing.print_on(paper, name) else PrinterState.FAILED

    def open_drawer(self) -> None:
        printer = self._receipt_printer()
        if printer is not None:
            printer.open_drawer()

    def print_shift(self, paper: ShiftPaper) -> PrinterState:
        name, printer = self._settings().printer, self._receipt_printer()
        report = self._report(paper)
        if not name:
            return PrinterState.MISSING
        if printer is not None:
            row_bytes, _height, dots = self._printing.raster(report)
            return printer.print_picture(Raster(8 * row_bytes, dots))
        if name == FOLDER_PRINTER:
            try:
                self.keep_shift(paper)
            except OSError:
                return PrinterState.FAILED
            return PrinterState.READY
        return PrinterState.READY if self._printing.print_on(report, name) else PrinterState.FAILED

    def keep_shift(self, paper: ShiftPaper) -> Path:
        """The report as a PDF in the receipt folder. Raises OSError."""
        report = self._report(paper)
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{report.title}.pdf"
        self._printing.write_pdf(report, file)
        return file

    def _paper(self, receipt: Receipt, *, copy: bool) -> Paper:
        return Paper(receipt, self._shop(), copy=copy, practice=self._settings().practice, names=self._names())

    def _report(self, paper: ShiftPaper) -> ShiftRows:
        return ShiftRows(paper, self._shop(), self._settings().practice)

    def _receipt_printer(self) -> EscPosPrinter | NoPrinter | None:
        name = self._settings().printer
        if not name.startswith(_RECEIPT_PRINTERS):
            return None
        with suppress(PrinterNameError):  # a name nobody has then fails like a printer that is not there
            return open_printer(name, self._raster)
        return None

    def _raster(self, receipt: Receipt, copy: bool) -> Raster:  # noqa: FBT001 - as the printer asks for it
        row_bytes, _height, dots = self._printing.raster(self._paper(receipt, copy=copy))
        return Raster(8 * row_bytes, dots)

    def write_pdf(self, receipt: Receipt, *, copy: bool = False) -> Path:
        """The receipt as a PDF in the receipt folder. Raises OSError."""
        file = receipt_file(self._folder, receipt)
        self._printing.write_pdf(self._paper(receipt, copy=copy), file)
        return file
