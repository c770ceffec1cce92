"""What the sheet for goods without a receipt shows: the search, what comes back at today's price, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tukar.domain.money import Money
from tukar.domain.pricing.result import PricedLine
from tukar.domain.receipt import Receipt
from tukar.till.notices import Notice
from tukar.till.ports import Hit


class ReceiptlessStep(StrEnum):
    """Where it stands on the screen."""

    CLOSED = "closed"
    CHOOSE = "choose"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ReceiptlessModel:
    """Everything the sheet shows.

    While somebody searches, ``chosen`` is the place of a hit, else of a line; -1 without any. ``money`` is what goes
    back. ``saved`` is the return receipt once it is one.
    """

    step: ReceiptlessStep = ReceiptlessStep.CLOSED
    text: str = ""
    hits: tuple[Hit, ...] = ()
    lines: tuple[PricedLine, ...] = ()
    chosen: int = -1
    reason: str = ""
    money: Money | None = None
    busy: bool = False
    saved: Receipt | None = None
    notice: Notice | None = None

    @property
    def is_open(self) -> bool:
        return self.step is not ReceiptlessStep.CLOSED

    @property
    def searching(self) -> bool:
        return bool(self.text.strip())

    @property
    def can_go_on(self) -> bool:
        """Whether Enter would do something now."""
        at_work = self.searching or bool(self.lines)
        return not self.busy and (self.step is ReceiptlessStep.DONE or at_work)


class ReceiptlessView(Protocol):
    """Where goods without a receipt are taken back."""

    def show_receiptless(self, model: ReceiptlessModel) -> None: ...
