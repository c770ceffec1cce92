"""What the return sheet shows: which step, which lines, money and points both ways, and where the money goes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from tukar.domain.money import Money
from tukar.domain.receipt import Receipt, ReceiptLine
from tukar.domain.tender import Tender
from tukar.till.notices import Notice
from tukar.till.return_receipt import PointsBack

CASH: Final = -1
NEW_BILL: Final = -2
"""Where money goes back to, beside the places of the sale's cards: the drawer, or new goods (an exchange)."""


class ReturnStep(StrEnum):
    """Where a return stands on the screen."""

    CLOSED = "closed"
    FIND = "find"
    CHOOSE = "choose"
    AGREED = "agreed"
    UNSURE = "unsure"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A line of the sale: what may still come back of it and what does, in thousandths; ``money`` is for ``back``."""

    line: ReceiptLine
    left: int
    back: int
    money: Money


@dataclass(frozen=True, slots=True)
class ReturnModel:
    """Everything the return sheet shows.

    ``money`` is what goes back: an estimate while lines are chosen, the backend's own once it agreed. ``cards`` are
    payments of the sale that it can go back to, ``card`` the place of the one chosen, else CASH or NEW_BILL, which
    ``can_exchange`` allows. ``saved`` is the return receipt once it is one.
    """

    step: ReturnStep = ReturnStep.CLOSED
    text: str = ""
    sale: Receipt | None = None
    lines: tuple[ReturnLine, ...] = ()
    chosen: int = -1
    reason: str = ""
    money: Money | None = None
    points: tuple[PointsBack, ...] = ()
    reduced_by: Money | None = None
    unspent_only: bool = False
    """A gift card that was sold has been spent: that is part of what lowered the money."""
    back: tuple[tuple[Tender, Money], ...] = ()
    """The part of ``money`` that goes back to gift cards and store credit: their tender and its share."""
    cards: tuple[Tender, ...] = ()
    card: int = CASH
    can_exchange: bool = False
    busy: bool = False
    saved: Receipt | None = None
    notice: Notice | None = None

    @property
    def is_open(self) -> bool:
        return self.step is not ReturnStep.CLOSED

    @property
    def to_pay(self) -> Money | None:
        """What leaves the till: the money but for what goes back to gift cards and store credit."""
        if self.money is None:
            return None
        return self.money - self.money.currency.total(amount for _, amount in self.back)

    @property
    def can_go_on(self) -> bool:
        """Whether Enter would do something now."""
        if self.busy:
            return False
        if self.step is ReturnStep.FIND:
            return bool(self.text.strip())
        return self.step is not ReturnStep.CHOOSE or any(line.back for line in self.lines)


class ReturnView(Protocol):
    """Where goods are taken back."""

    def show_return(self, model: ReturnModel) -> None: ...
