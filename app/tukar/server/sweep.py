"""What is due without anybody asking: holds that ran out, returns whose till is gone, counters of the past."""

from typing import Final

from sqlalchemy import text

from tukar.server import accounts, approvals, limits, redemption_rows, refunds, sessions, shops, suspicions, uses
from tukar.server.call import Call

AT_ONCE: Final = 500

_SHOPS: Final = text("SELECT shop_id FROM shops ORDER BY shop_id")
_RUN_OUT: Final = text(
    "SELECT DISTINCT r.member_id, r.programme_id, r.digits FROM redemptions r WHERE r.shop_id = :shop_id"
    " AND r.programme_id <> '' AND r.state = 'held' AND r.expires_time <= :time"
    " ORDER BY r.member_id, r.programme_id LIMIT :at_once"
)
_CODES: Final = text(
    "UPDATE challenges SET state = 'expired', code_mac = ''"
    " WHERE shop_id = :shop_id AND state = 'sent' AND expires_time <= :time"
)
_PER_HOUR: Final = ("lookups.", "overrides.", "offline.", "enrolment")
_PER_DAY: Final = ("sends.", "wrong.")


def shop_ids(call: Call, _message: None = None) -> list[str]:
    return list(call.db.execute(_SHOPS).scalars())


def sweep(call: Call, _message: None = None) -> int:
    """Lets one shop's holds go that ran out and returns how many accounts had such; run every few minutes."""
    today = shops.load(call).today(call.now)
    values = {"shop_id": call.shop_id, "time": call.time}
    rows = call.db.execute(_RUN_OUT, {**values, "at_once": AT_ONCE}).all()
    for row in rows:
        accounts.lock(call, row.member_id, row.programme_id, row.digits, today)
    redemption_rows.let_all_run_out(call)
    call.db.execute(_CODES, values)
    uses.forget_ended(call)
    refunds.remind(call)
    sessions.sweep(call)
    approvals.sweep(call)
    suspicions.sweep(call, today)
    for kind in _PER_HOUR:
        limits.sweep(call, kind, limits.HOUR)
    for kind in _PER_DAY:
        limits.sweep(call, kind, limits.DAY)
    return len(rows)
