"""Money given for a bill: tenders, change, and what is left to pay."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tukar.domain.money import Money


class PaymentMode(StrEnum):
    """How a customer pays. Points are a discount, not a payment; gift card, wallet and voucher are payments."""

    CASH = "cash"
    CARD = "card"
    QR = "qr"
    VOUCHER = "voucher"
    GIFT_CARD = "gift_card"
    WALLET = "wallet"
    STORE_CREDIT = "store_credit"
    EXCHANGE = "exchange"
    """Goods that come back pay for new ones: into the new bill, and out of the return it is the other side of."""


class OverpaidError(ValueError):
    """Only cash may exceed what is left to pay, because only cash gives change."""


@dataclass(frozen=True, slots=True)
class ValueTaken:
    """Which stored value a tender spends: the hold that reserved it, whose it is, what stays there, and the proof.

    ``holder`` is the backend's own name for the card or customer, never the code on the card (security.md, "Cards").
    """

    redemption_id: str
    holder: str = field(repr=False)
    left: Money | None = None
    proof: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment towards a bill, or out of it when negative.

    ``amount`` is what counts towards the bill. ``given`` is what the customer handed over, in cash more than the
    amount; the difference is the change. ``rounding`` is what cash rounding added to or took off the amount due
    (a tender line, never a discount: promotions.md). ``reference`` and ``label`` are the terminal's, without any
    card number but its last four digits.
    """

    tender_id: str
    mode: PaymentMode
    amount: Money
    given: Money
    at: datetime
    rounding: Money | None = None
    reference: str = ""
    label: str = ""
    value: ValueTaken | None = None
    """Of a gift card or store credit; ``label`` is then its mask."""

    def __post_init__(self) -> None:
        if self.given < self.amount and self.amount.minor > 0:
            raise ValueError("a tender does not count for more than was given")
        if self.given != self.amount and self.mode is not PaymentMode.CASH:
            raise OverpaidError(f"{self.mode} gives no change")

    @property
    def change(self) -> Money:
        return self.given - self.amount


def settled_by(tenders: Iterable[Tender], total: Money) -> Money:
    """What the tenders count for together, in the currency of ``total``, cash rounding included."""
    return total.currency.total(
        tender.amount - tender.rounding if tender.rounding is not None else tender.amount for tender in tenders
    )


def balance_due(total: Money, tenders: Iterable[Tender]) -> Money:
    """What is left to pay of ``total``; negative when more was taken than the bill came to."""
    return total - settled_by(tenders, total)


def quick_cash(due: Money, notes: Iterable[int]) -> tuple[Money, ...]:
    """Likely amounts handed over for ``due``: exact, then the next round sums that ``notes`` (minor units) make.

    At most four, ascending, each no less than ``due``; the exact sum first.
    """
    exact = due.rounded_to_cash()
    if exact.minor <= 0:
        return ()
    rounded_up = {-(-exact.minor // note) * note for note in notes}
    return (exact, *(Money(minor, due.currency) for minor in sorted(rounded_up - {exact.minor})[:3]))
