"""The devices beside the till: card terminal, QR service, receipt printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tukar.domain.money import Money
    from tukar.domain.receipt import Receipt
    from tukar.domain.shift import Shift, ShiftReport


class TerminalOutcome(StrEnum):
    """What the card terminal or QR service says of one payment."""

    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """No answer, or an ambiguous one: ask again by reference."""
    NOT_FOUND = "not_found"
    """It never heard of the reference: nothing was taken."""


@dataclass(frozen=True, slots=True)
class TerminalAnswer:
    """``label`` is for receipt and ledger, such as ``Debit BCA …4417``; never a whole card number."""

    outcome: TerminalOutcome
    reference: str
    label: str = ""
    reason: str = ""


class Terminal(Protocol):
    """A card terminal or QR service. ``pay`` blocks until the bank has answered or the wait is over."""

    name: str

    def pay(self, reference: str, amount: Money) -> TerminalAnswer: ...

    def query(self, reference: str) -> TerminalAnswer: ...

    def cancel(self, reference: str) -> None:
        """Asks the terminal to stop waiting; ``pay`` then returns what came of it."""
        ...

    def refund(self, reference: str, amount: Money) -> TerminalAnswer: ...


class QrService(Terminal, Protocol):
    """A payment that the customer makes by scanning; ``payload`` is what the code says, good for ``seconds``."""

    seconds: float

    def payload(self, reference: str, amount: Money) -> str: ...


class PrinterState(StrEnum):
    """What the status strip says of the printer."""

    READY = "ready"
    MISSING = "missing"
    OUT_OF_PAPER = "out_of_paper"
    FAILED = "failed"


class ReceiptPrinter(Protocol):
    """Prints a saved receipt; a failure never touches the bill, which is already in the journal."""

    def state(self) -> PrinterState: ...

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState: ...

    def open_drawer(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ShiftPaper:
    """An X report, or the Z of a shift that is closed. ``names`` are those of the staff, by id."""

    shift: Shift
    report: ShiftReport
    at: datetime
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)


class ShiftPrinter(Protocol):
    """Prints what a shift came to, and keeps it as a PDF. Both block; ``keep`` raises OSError."""

    def print_shift(self, paper: ShiftPaper) -> PrinterState: ...

    def keep_shift(self, paper: ShiftPaper) -> Path: ...
