"""Money that a shop keeps for its customers: on gift cards, and as store credit of a customer.

It pays like money does, so it is a tender and never a discount (promotions.md, "Money, points, quantities"). Behind it
lies an account like those of points, in minor units of the shop's currency: what is spent is held first, captured with
the bill, and follows the same table (redemption.md, "Server").
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tukar.domain.money import Money
from tukar.domain.people import masked
from tukar.domain.points import Points
from tukar.domain.tender import PaymentMode

CODE_AT_LEAST: Final = 6
"""A gift card's code is not shorter than this: a shorter one is somebody's slip, or could be guessed."""


class ValueAccount(StrEnum):
    """The account that stored value lies in, in place of a programme's: no programme's id begins so."""

    GIFT_CARD = "value.gift_card"
    STORE_CREDIT = "value.store_credit"

    @property
    def mode(self) -> PaymentMode:
        """How it pays."""
        return PaymentMode.GIFT_CARD if self is ValueAccount.GIFT_CARD else PaymentMode.STORE_CREDIT


PREFIX: Final = "value."
VALUE_MODES: Final = frozenset(account.mode for account in ValueAccount)
"""The payment modes that spend stored value; they give no change."""


def account_of(mode: PaymentMode) -> ValueAccount:
    """The account that a mode spends of; LookupError for money that lies in none."""
    for account in ValueAccount:
        if account.mode is mode:
            return account
    raise LookupError(mode)


def is_value(programme_id: str) -> bool:
    """Whether an account holds stored value and not points."""
    return programme_id.startswith(PREFIX)


@dataclass(frozen=True, slots=True)
class StoredBalance:
    """What can be spent now of one gift card, or of one customer's store credit.

    ``holder`` is the backend's own name for it, never the code on the card; ``mask`` is what people may see of that.
    """

    account: ValueAccount
    holder: str = field(repr=False)
    mask: str
    balance: Money

    def spendable(self, due: Money) -> Money:
        """The most that it pays of ``due``: never below zero, never above what there is."""
        return max(min(self.balance, due), due.currency.zero())


def card_code(typed: str) -> str:
    """A gift card's code as it is compared: without the blanks it is printed with, in capitals."""
    return "".join(typed.split()).upper()


def card_mask(code: str) -> str:
    """What paper, screens and logs show of a gift card: its last four characters."""
    return masked(card_code(code))


def points_of_money(money: Money) -> Points:
    """Minor units as an account counts them."""
    return Points(money.minor, money.currency.minor_digits)


def money_of_points(points: Points, like: Money) -> Money:
    """An account's units as money of the same currency as ``like``."""
    return Money(points.units, like.currency)
