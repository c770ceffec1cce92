"""Gift cards as messages. Codes travel in bodies, never in an address, so that no log holds one."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.stored_value import StoredBalance, ValueAccount
from tukar.wire.amounts import Key, PointsText, WireCurrency, Word, currency_of
from tukar.wire.message import Message

CardCode = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]


class WireCardLookUp(Message):
    """Asks what a gift card holds."""

    code: CardCode

    def __repr__(self) -> str:
        return "WireCardLookUp()"


class WireCardAnswer(Message):
    """What it holds. ``holder`` is the backend's name for it, which holds and bills carry in place of the code."""

    holder: Key
    mask: Word
    currency: WireCurrency
    balance: PointsText


class WireCardSale(Message):
    """A new card's code is to be sold on the bill of the address."""

    code: CardCode

    def __repr__(self) -> str:
        return "WireCardSale()"


class WireCardSold(Message):
    """It is that bill's now, and active once the bill is stored."""

    mask: Word


def stored_balance_of(message: WireCardAnswer) -> StoredBalance:
    currency = currency_of(message.currency)
    return StoredBalance(ValueAccount.GIFT_CARD, message.holder, message.mask, currency.money(message.balance))
