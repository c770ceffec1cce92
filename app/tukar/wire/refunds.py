"""Refunds as messages: what is asked before money leaves, and what it moves."""

from typing import Annotated

from msgspec import Meta

from tukar.wire.amounts import (
    AmountText,
    Code,
    Count,
    Key,
    PointsByProgramme,
    Text,
    WireCurrency,
)
from tukar.wire.bills import LINES_AT_MOST
from tukar.wire.message import Message


class WireRefundLine(Message):
    """Goods given back: which line of the sale, and how many thousandths of it."""

    line_id: Key
    sku: Code
    thousandths: Annotated[int, Meta(ge=1, le=10**12)]


class WireRefund(Message):
    """Asks for a refund of a stored bill; the refund's id is in the address."""

    bill_id: Key
    lines: Annotated[tuple[WireRefundLine, ...], Meta(min_length=1, max_length=LINES_AT_MOST)]
    reason: Text = ""
    actor: Annotated[str, Meta(max_length=64)] = ""


class WireRefundAnswer(Message):
    """What it moves: ``money`` to pay out, points ``returned`` to the customer and ``reversed`` from them.

    ``short`` is what was earned and already spent elsewhere, ``reduced_by`` the money it lowered the refund by.
    ``unspent_only``: a gift card that was sold has been spent, which is part of that. ``paid_back`` is the part of
    ``money`` that goes back to gift cards and store credit, by the redemption that took it. ``state`` is
    ``accepted``, ``voided`` or ``paid``.
    """

    refund_id: Key
    accepted: bool
    state: Annotated[str, Meta(max_length=12)] = "accepted"
    currency: WireCurrency
    money: AmountText
    returned: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    reversed: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    short: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    reduced_by: AmountText | None = None
    unspent_only: bool = False
    paid_back: Annotated[dict[Key, AmountText], Meta(max_length=100)] = {}  # noqa: RUF012 - msgspec copies it
    server_seq: Count = 0


class WireRefundStep(Message):
    """Voids a refund before the money left, or says that it has left."""

    reason: Text = ""
