"""SHORT settles itself from earnings that are sent again after a restore (redemption.md, "A bill is always stored").

A restored database may have lost the very points that a bill then spent: the merchant bore them. When the bill that
earned them comes again, the customer pays what is still open of it: neither refunded nor resolved by a manager. What a
till took without a hold was never the customer's word, and stays with the merchant.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.stored_value import is_value
from tukar.server import accounts, applied
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call

_OPEN: Final = text(
    "SELECT r.redemption_id, r.bill_id, r.short FROM redemptions r"
    " JOIN bills b ON b.shop_id = r.shop_id AND b.bill_id = r.bill_id"
    " JOIN reviews v ON v.shop_id = r.shop_id AND v.kind = 'short' AND v.ref = r.redemption_id"
    " WHERE r.shop_id = :shop_id AND r.member_id = :member_id AND r.programme_id = :programme_id"
    " AND r.state = 'captured' AND r.short > 0 AND v.resolved_by = '' AND b.sold_at >= :earned_at"
    " AND NOT EXISTS (SELECT 1 FROM refunds f WHERE f.shop_id = r.shop_id AND f.bill_id = r.bill_id)"
    " AND NOT EXISTS (SELECT 1 FROM reviews n WHERE n.shop_id = r.shop_id AND n.kind = 'no_hold'"
    " AND n.ref = r.redemption_id)"
    " ORDER BY b.sold_at, r.redemption_id"
)
_SETTLE: Final = text(
    "UPDATE redemptions SET captured = captured + :units, short = short - :units"
    " WHERE shop_id = :shop_id AND redemption_id = :redemption_id"
)
_RESOLVE: Final = text(
    "UPDATE reviews SET resolved_by = 'backend', resolution = 'settled from an earning that was sent again'"
    " WHERE shop_id = :shop_id AND kind = 'short' AND ref = :redemption_id"
)


def settle(call: Call, account: Account, earned_at: datetime, earned: int) -> int:
    """Takes up to ``earned`` units for what later bills were short of, and returns how many that were."""
    left = min(earned, account.available)
    values = {**account.key, "earned_at": earned_at.astimezone(UTC).isoformat(timespec="milliseconds")}
    settled = 0
    for row in call.db.execute(_OPEN, values).all():
        units = min(left - settled, row.short)
        if units <= 0:
            break
        ref = f"{row.redemption_id}.{row.short}"
        accounts.debit(call, account, units, Entry("redeem_settled", ref, row.bill_id))
        entry = Entry("short_settled", ref, row.bill_id)
        accounts.charge_merchant(call, account.programme_id, account.digits, units, entry)
        key = {"shop_id": call.shop_id, "redemption_id": row.redemption_id}
        call.db.execute(_SETTLE, {**key, "units": units})
        if not is_value(account.programme_id):
            applied.settled_later(call, row.bill_id, account.programme_id, units)
        if units == row.short:
            call.db.execute(_RESOLVE, key)
        settled += units
    return settled
