"""Whether a bill may be delivered now: by a till that was revoked, or while the backend is being restored."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text

from tukar.domain.receipt import Receipt
from tukar.domain.redemption import Refusal
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.shops import Shop

REVOKED_DELIVERS_DAYS: Final = 35

_IS_THERE: Final = text("SELECT 1 FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id")


def demand_may_deliver(call: Call) -> None:
    """A revoked till delivers what it has sold, signed by its own key and for so many days. Refused(REVOKED)."""
    caller = call.caller
    if not caller.is_revoked:
        return
    since = call.now - datetime.fromisoformat(caller.revoked_at)
    if not caller.is_signed or since > timedelta(days=REVOKED_DELIVERS_DAYS):
        raise Refused(Refusal.REVOKED)


def demand_sale_first(call: Call, shop: Shop, receipt: Receipt) -> None:
    """After a restore the sale that goods come back of may still be on its way; the return is sent again then.

    Refused(RECOVERING).
    """
    if not receipt.returns or not shop.is_recovering:
        return
    if call.db.execute(_IS_THERE, {"shop_id": call.shop_id, "bill_id": receipt.returns}).first() is None:
        raise Refused(Refusal.RECOVERING, "the sale is not known yet")
