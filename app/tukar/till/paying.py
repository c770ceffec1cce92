"""Tenders: what is left to pay, cash with change and rounding, parts by card or QR. Pure; nothing waits here."""

from dataclasses import dataclass, field
from datetime import datetime

from tukar.domain.money import Money
from tukar.domain.tender import PaymentMode, Tender, balance_due


class NotEnoughError(ValueError):
    """Nothing, or less than nothing, was given."""


class OverpaidByCardError(ValueError):
    """A card or QR payment is never above what is left to pay, because only cash gives change."""


class NothingDueError(ValueError):
    """The bill is paid already."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What was given towards a bill of ``total`` so far. ``due`` is below zero when too much stands."""

    total: Money
    tenders: tuple[Tender, ...] = ()
    due: Money = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "due", balance_due(self.total, self.tenders))

    @property
    def paid(self) -> Money:
        return self.total - self.due

    @property
    def cash_due(self) -> Money:
        """What is left to pay as coins can make it (promotions.md: cash rounding is a tender line)."""
        return self.due.rounded_to_cash()

    @property
    def change(self) -> Money:
        return self.total.currency.total(tender.change for tender in self.tenders)

    @property
    def settled(self) -> bool:
        return self.due.minor == 0

    def cash(self, given: Money | None, tender_id: str, at: datetime) -> Tender:
        """A cash tender for ``given``, None = exactly what is due. What is above the sum due is change.

        When it pays the rest, the difference to what coins can make becomes the tender's rounding. Raises
        NothingDueError on a paid bill and NotEnoughError when nothing was given.
        """
        due, rounded = self._still_due(), self.cash_due
        handed = rounded if given is None else given
        if handed.minor < 0 or (not handed and rounded):
            raise NotEnoughError(handed.decimal())
        if handed < rounded:  # a sum that no coins make may lie between what is due and what coins can make
            return Tender(tender_id, PaymentMode.CASH, min(handed, due), handed, at)
        rounding = rounded - due
        return Tender(tender_id, PaymentMode.CASH, rounded, handed, at, rounding=rounding or None)

    def part(self, amount: Money | None) -> Money:
        """The amount to ask a terminal for: all that is due, or ``amount`` of it.

        Raises NothingDueError, NotEnoughError or OverpaidByCardError.
        """
        due = self._still_due()
        asked = due if amount is None else amount
        if asked.minor <= 0:
            raise NotEnoughError(asked.decimal())
        if asked > due:
            raise OverpaidByCardError(asked.decimal())
        return asked

    def pays_all(self, amount: Money) -> bool:
        """Whether a tender of ``amount`` would be the last one."""
        return amount >= self.due or amount >= self.cash_due

    def tender(self, tender_id: str) -> Tender:
        """The tender of that id; LookupError when there is none."""
        for tender in self.tenders:
            if tender.tender_id == tender_id:
                return tender
        raise LookupError(tender_id)

    def _still_due(self) -> Money:
        due = self.due
        if due.minor <= 0:
            raise NothingDueError(due.decimal())
        return due
