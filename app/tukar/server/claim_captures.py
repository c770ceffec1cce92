"""What a bill takes of a hold without points: the same column of the table as ``captures``, for limits and coupons.

The bill's discounts are reckoned from what is left for it, so there is nothing to debit here: the hold ends, and with
it what it claimed, which the completed sale counts for good. Whatever is odd about the hold is an item.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import text

from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import NO_ACCOUNT, Outcome, Part, PartResult
from tukar.server import programmes, proofs, reckoning, reviews, uses
from tukar.server import redemption_rows as rows
from tukar.server.call import Call, Versions
from tukar.server.redemption_rows import RowState
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row

_CAPTURE: Final = text(
    "UPDATE redemptions SET state = 'captured', late = :late"
    " WHERE shop_id = :shop_id AND redemption_id = :redemption_id"
)


def settle(call: Call, receipt: Receipt, redemption: ReceiptRedemption) -> PartResult:
    """Ends one hold that a bill shows."""
    ref = redemption.redemption_id
    row = rows.find(call, ref)
    if row is not None and row.state == RowState.REFUSED:
        return _odd(call, receipt, ref, "it was refused")
    if row is None:
        if not _is_proven(call, receipt, redemption):
            return _odd(call, receipt, ref, "nobody knows such a hold")
        member_id = receipt.customer.member_id if receipt.customer is not None else ""
        rows.insert(call, ref, RowState.CAPTURED, {"bill_id": receipt.bill_id, "member_id": member_id})
        return _capture(call, redemption, is_late=True)
    why = _refusal(call, receipt, row)
    if why:
        return _odd(call, receipt, ref, why)
    return _capture(call, redemption, is_late=row.state == RowState.EXPIRED)


def over_limit(call: Call, shop: Shop, priced: PricedBill, versions: Versions) -> Iterable[str]:
    """Of a bill whose hold ran out, what others have used since: it counts all the same, over its limit."""
    programme = programmes.version(call, versions.programme)
    if programme is None or not uses.contended(programme, priced):
        return
    others_left = reckoning.reckon(call, shop, priced.bill, versions, call.now, uses.View.STRANGER)
    for rule_id in uses.used_up(programme, others_left, priced):
        yield f"{rule_id} was given over its limit"


def _refusal(call: Call, receipt: Receipt, row: Row) -> str:
    """Why a hold that is known is not this bill's; empty where it is."""
    if row.state == RowState.VOIDED:
        return "the hold was cancelled"
    if row.bill_id != receipt.bill_id or row.programme_id:
        return "the hold is of another bill or account"
    if call.caller.is_revoked and row.held_at >= call.caller.revoked_at:
        return "held after the till was revoked"
    return ""


def _is_proven(call: Call, receipt: Receipt, redemption: ReceiptRedemption) -> bool:
    granted = proofs.read(call, redemption.proof)
    if granted is None or (granted.redemption_id, granted.bill_id) != (redemption.redemption_id, receipt.bill_id):
        return False
    return not call.caller.is_revoked or granted.at < call.caller.revoked_at


def _capture(call: Call, redemption: ReceiptRedemption, *, is_late: bool) -> PartResult:
    ref = redemption.redemption_id
    call.db.execute(_CAPTURE, {"shop_id": call.shop_id, "redemption_id": ref, "late": int(is_late)})
    note = "late" if is_late else ""
    return PartResult(Part.REDEMPTION, ref, Outcome.DONE, NO_ACCOUNT, Points(0, 0), note=note)


def _odd(call: Call, receipt: Receipt, ref: str, why: str) -> PartResult:
    story = f"Bill {receipt.number}: {why}"
    reviews.add(call, "capture_refused", f"{ref}.{receipt.bill_id}", story, receipt.bill_id)
    return PartResult(Part.REDEMPTION, ref, Outcome.REFUSED, NO_ACCOUNT, Points(0, 0), note=why)
