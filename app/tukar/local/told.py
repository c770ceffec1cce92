"""What the backend has acknowledged, read from the journal to be compared with what it holds (redemption.md)."""

from typing import Final

from tukar.domain.redemption import RedemptionState
from tukar.local.disk import Connection
from tukar.till.ports.records import Told, ToldRedemption

_BILLS: Final = """SELECT bill_id FROM receipts WHERE at >= ? AND NOT training AND EXISTS
    (SELECT 1 FROM outbox WHERE kind = 'bill' AND ref = receipts.bill_id AND state = 'done') ORDER BY at"""
_REDEMPTIONS: Final = """SELECT redemption_id, state, bill_id FROM redemptions
    WHERE changed_at >= ? AND state IN ('settled', 'closed') AND NOT EXISTS
        (SELECT 1 FROM outbox WHERE outbox.state = 'waiting' AND (kind = 'bill' AND ref = redemptions.bill_id
            OR kind = 'void' AND ref = redemptions.redemption_id))
    ORDER BY redemption_id"""


def since(db: Connection, moment: str) -> Told:
    """What waits is left out, for it tells of itself; and what is under review, for a manager looks at it already."""
    bills = tuple(bill_id for (bill_id,) in db.execute(_BILLS, (moment,)).fetchall())
    rows = db.execute(_REDEMPTIONS, (moment,)).fetchall()
    return Told(bills, tuple(ToldRedemption(ref, RedemptionState(state), bill_id) for ref, state, bill_id in rows))
