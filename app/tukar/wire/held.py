"""Bills set aside for every till, as messages: put aside, listed, leased and ended."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from tukar.wire.amounts import AmountText, Count, Key, KeyOrNone, Moment, Seconds, Text, WireCurrency, Word
from tukar.wire.bills import WireBill
from tukar.wire.message import Message

HELD_AT_MOST = 500
"""As many as a list shows; more are there all the same, the oldest first."""


class HeldState(StrEnum):
    """Where a bill set aside stands: it waits (perhaps leased to a till), or somebody paid it or gave it up."""

    WAITING = "waiting"
    ENDED = "ended"


class WireHeldBill(Message):
    """Sets a bill aside. ``total`` and ``pieces`` are for the list; ``replaces`` is what it was taken up from."""

    bill: WireBill
    total: AmountText
    pieces: Count = 0
    cashier: Word = ""
    replaces: KeyOrNone = ""


class WireHeldStanding(Message):
    """What became of a bill set aside; ``leased_to`` is the till that has it in hand now."""

    held_id: Key
    state: HeldState
    leased_to: KeyOrNone = ""


class WireHeldRow(Message):
    """A bill that waits, as the list shows it. ``till_id`` set it aside, ``leased_to`` has it in hand now."""

    held_id: Key
    bill_id: Key
    total: AmountText
    pieces: Count = 0
    customer: Word = ""
    cashier: Word = ""
    till_id: KeyOrNone = ""
    held_at: Moment
    leased_to: KeyOrNone = ""
    note: Text = ""


class WireHeldBills(Message):
    """The bills that wait, the oldest first."""

    currency: WireCurrency
    bills: Annotated[tuple[WireHeldRow, ...], Meta(max_length=HELD_AT_MOST)] = ()


class WireLease(Message):
    """Takes a bill up, or says that the till still has it."""


class WireLeased(Message):
    """The bill, this till's for ``ttl`` more seconds."""

    held_id: Key
    bill: WireBill
    ttl: Seconds


class WireHeldEnd(Message):
    """A bill that was taken up is given up for good."""
