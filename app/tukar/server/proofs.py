"""Hold proofs: what a backend granted, in a form that only it can have made (redemption.md, principle 6).

A proof carries all that is needed to make the hold again: after a restore the till's copy is the only one left.
"""

import hashlib
from typing import Final

from tukar.domain.receipt import ReceiptRedemption
from tukar.server.call import Call
from tukar.server.keys import decoded, encoded
from tukar.wire.bills import WireClaim
from tukar.wire.message import Message, MessageError, read_answer, write

VERSION: Final = "h1"
_PARTS: Final = 3


class Granted(Message):
    """What was reserved, for whom, for which bill, with which rules and prices."""

    redemption_id: str
    bill_id: str
    member_id: str
    programme_id: str
    units: int
    digits: int
    claims: str
    programme_version: int
    catalogue_version: int
    till_id: str
    at: str


def claims_digest(claims: tuple[WireClaim, ...]) -> str:
    return hashlib.sha256(write(claims)).hexdigest()[:32]


def make(call: Call, granted: Granted) -> str:
    body = encoded(write(granted))
    return f"{VERSION}.{body}.{call.equipment.keys.mac('proof', call.shop_id, body)}"


def read(call: Call, proof: str) -> Granted | None:
    """What a proof says; None unless this backend made it for this shop."""
    parts = proof.split(".")
    if len(parts) != _PARTS or parts[0] != VERSION:
        return None
    if not call.equipment.keys.is_mac(parts[2], "proof", call.shop_id, parts[1]):
        return None
    try:
        return read_answer(decoded(parts[1]), Granted)
    except (MessageError, ValueError):
        return None


def units_of(call: Call, redemption: ReceiptRedemption) -> int:
    """What the proof of a redemption says was granted, in the smallest part of its points; 0 without one."""
    granted = read(call, redemption.proof)
    shown = (redemption.redemption_id, redemption.programme_id, redemption.points.digits)
    if granted is None or (granted.redemption_id, granted.programme_id, granted.digits) != shown:
        return 0
    return granted.units
