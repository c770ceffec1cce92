"""Bills as they were stored, for tills that take goods back and for managers who look into one."""

from typing import Final

from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.server import buyers
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.wire.message import read_answer
from tukar.wire.receipts import WireReceipt

_BY_ID: Final = text("SELECT body FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id")
_BY_NUMBER: Final = text(
    "SELECT body FROM bills WHERE shop_id = :shop_id AND number = :number ORDER BY server_seq LIMIT 1"
)


def read(call: Call, _message: None) -> WireReceipt:
    """The bill of a number; of several the first that came."""
    key = {"shop_id": call.shop_id, "number": call.path["number"]}
    row = call.db.execute(_BY_NUMBER, key).first()
    if row is None:
        raise Refused(Refusal.UNKNOWN_BILL)
    return buyers.receipt_for_a_till(call, read_answer(row.body.encode(), WireReceipt))


def read_by_id(call: Call, _message: None) -> WireReceipt:
    """The bill of an id, for a manager who looks into it."""
    row = call.db.execute(_BY_ID, {"shop_id": call.shop_id, "bill_id": call.path["bill_id"]}).first()
    if row is None:
        raise Refused(Refusal.UNKNOWN_BILL)
    return buyers.receipt_for_eyes(call, read_answer(row.body.encode(), WireReceipt))
