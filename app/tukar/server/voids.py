"""Holds taken back by their till: one by its id, or all that a bill still has that is refused whole."""

from typing import Final

from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.server import accounts, codes, holds, shops, suspicions
from tukar.server import redemption_rows as rows
from tukar.server.accounts import Account
from tukar.server.call import Call
from tukar.server.redemption_rows import RowState
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Row
from tukar.wire.redemptions import WireHoldAnswer, WireVoid

_OF_BILL: Final = text(
    "SELECT redemption_id FROM redemptions WHERE shop_id = :shop_id AND bill_id = :bill_id AND till_id = :till_id"
    " AND state = 'held' ORDER BY redemption_id || ''"
)
"""Ordered as ``accounts`` orders live holds, and for its reason."""


def void(call: Call, _message: WireVoid) -> WireHoldAnswer:
    """Takes a hold back, or makes sure that it never comes to be; 409 once it was captured."""
    redemption_id = call.path["redemption_id"]
    account, row = rows.account_and_row(call, redemption_id)
    if row is None:
        rows.insert(call, redemption_id, RowState.VOIDED, {})
    elif row.state == RowState.CAPTURED:
        raise Refused(Refusal.CAPTURED, "use a refund")
    elif row.state != RowState.VOIDED:
        _take_back(call, account, row)
    return holds.answer_of(call, rows.stored(call, redemption_id))


def let_go(call: Call, bill_id: str) -> None:
    """A bill of this till is refused whole: nobody settles what it still holds."""
    values = {"shop_id": call.shop_id, "bill_id": bill_id, "till_id": call.caller.till_id}
    for redemption_id in call.db.execute(_OF_BILL, values).scalars():
        account, row = rows.account_and_row(call, redemption_id)
        if row is not None and row.state == RowState.HELD:
            _take_back(call, account, row)


def _take_back(call: Call, account: Account | None, row: Row) -> None:
    if row.state == RowState.HELD and account is not None:
        accounts.release(call, account, row.redemption_id)
        suspicions.void(call, shops.load(call), row.member_id, row.bill_id, row.need, row.digits)
    rows.move(call, row.redemption_id, RowState.VOIDED)
    if row.state != RowState.REFUSED:
        # What was refused has used nothing: its code buys the next hold.
        codes.end(call, row.challenge_id)
