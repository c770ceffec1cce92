"""A printer for the reports of shifts that prints nothing."""

from pathlib import Path

from tukar.till.ports import PrinterState, ShiftPaper


class NoShiftPrinter:
    """``ports.ShiftPrinter`` of a till without one."""

    def print_shift(self, paper: ShiftPaper) -> PrinterState:
        return PrinterState.MISSING

    def keep_shift(self, paper: ShiftPaper) -> Path:
        raise OSError(f"nowhere to keep {paper.shift.shift_id}")
