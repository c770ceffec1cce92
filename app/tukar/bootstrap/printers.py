"""Where receipts go: a printer of the system, or a folder of PDFs, as the settings say."""

from collections.abc import Callable
from pathlib import Path

from tukar.domain.receipt import Receipt
from tukar.till.ports import PrinterState, Settings, ShopProfile
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import Paper

FOLDER_PRINTER = "folder"
"""The setting ``printer`` that puts every receipt into ``receipt_folder`` as a PDF."""


def receipt_file(folder: Path, receipt: Receipt) -> Path:
    """Where the PDF of a receipt lies; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{receipt.number}.pdf"


class ReceiptOutlet:
    """``ports.ReceiptPrinter``. ``settings`` and ``shop`` are asked at each printing, because both may change.

    With no printer set the state is MISSING and nothing is printed; the bill is safe all the same.
    """

    def __init__(
        self,
        printing: ReceiptPrinting,
        settings: Callable[[], Settings],
        shop: Callable[[], ShopProfile],
        folder: Path,
    ) -> None:
        self._printing = printing
        self._settings = settings
        self._shop = shop
        self._folder = folder

    def state(self) -> PrinterState:
        return PrinterState.READY if self._settings().printer else PrinterState.MISSING

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState:
        printer = self._settings().printer
        if not printer:
            return PrinterState.MISSING
        if printer == FOLDER_PRINTER:
            try:
                self.write_pdf(receipt, copy=copy)
            except OSError:
                return PrinterState.FAILED
            return PrinterState.READY
        paper = Paper(receipt, self._shop(), copy=copy)
        return PrinterState.READY if self._printing.print_on(paper, printer) else PrinterState.FAILED

    def open_drawer(self) -> None:
        """Nothing: an office printer and a folder have no drawer to open."""

    def write_pdf(self, receipt: Receipt, *, copy: bool = False) -> Path:
        """The receipt as a PDF in the receipt folder. Raises OSError."""
        file = receipt_file(self._folder, receipt)
        self._printing.write_pdf(Paper(receipt, self._shop(), copy=copy), file)
        return file
