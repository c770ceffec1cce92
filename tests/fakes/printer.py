"""A receipt printer that remembers what it was given."""

from tukar.domain.receipt import Receipt
from tukar.till.ports import PrinterState


class FakePrinter:
    """``ports.ReceiptPrinter``; ``answers`` is what it says of itself, and of each print."""

    def __init__(self, answers: PrinterState = PrinterState.READY) -> None:
        self.answers = answers
        self.printed: list[tuple[Receipt, bool]] = []
        self.drawer_opened = 0

    def state(self) -> PrinterState:
        return self.answers

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState:
        if self.answers is PrinterState.READY:
            self.printed.append((receipt, copy))
        return self.answers

    def open_drawer(self) -> None:
        self.drawer_opened += 1
