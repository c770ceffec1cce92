"""The invariants of redemption.md, looked for in the database itself: I1–I4, I6, I7, I11, I13, I14 and I16.

And that the records which managers look at come to what the ledger has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import TextClause, text

from tukar.domain.oversight import DifferenceKind
from tukar.server import audit
from tukar.server.call import Call
from tukar.server.storage.statements import Row
from tukar.wire.upkeep import WireFinding, WireFindings

LISTED_AT_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Check:
    """What must not be found: rows with a ``ref`` and two figures that ought to be the same.

    ``kind`` is what a manager's reconciliation calls it, None where only an engineer can help.
    """

    invariant: str
    story: str
    statement: TextClause
    kind: DifferenceKind | None = None


CHECKS: Final = (
    Check(
        "I1",
        "the ledger comes to {a}, the account says {b}",
        text(
            "SELECT a.member_id || '/' || a.programme_id AS ref, COALESCE(SUM(l.units), 0) AS a, a.posted AS b"
            " FROM accounts a LEFT JOIN ledger l ON l.shop_id = a.shop_id AND l.member_id = a.member_id"
            " AND l.programme_id = a.programme_id WHERE a.shop_id = :shop_id"
            " GROUP BY a.member_id, a.programme_id, a.posted HAVING COALESCE(SUM(l.units), 0) <> a.posted"
        ),
        DifferenceKind.BALANCE,
    ),
    Check(
        "I1",
        "the lots come to {a}, the account says {b}",
        text(
            "SELECT a.member_id || '/' || a.programme_id AS ref, COALESCE(SUM(l.units), 0) AS a, a.posted AS b"
            " FROM accounts a LEFT JOIN lots l ON l.shop_id = a.shop_id AND l.member_id = a.member_id"
            " AND l.programme_id = a.programme_id WHERE a.shop_id = :shop_id AND a.kind = 'member'"
            " GROUP BY a.member_id, a.programme_id, a.posted HAVING COALESCE(SUM(l.units), 0) <> a.posted"
        ),
        DifferenceKind.LOTS,
    ),
    Check(
        "I2",
        "{a} are held of {b}",
        text(
            "SELECT member_id || '/' || programme_id AS ref, held AS a, posted AS b FROM accounts"
            " WHERE shop_id = :shop_id AND kind = 'member' AND (posted < 0 OR held < 0 OR held > posted)"
        ),
    ),
    Check(
        "I3",
        "holds come to {a}, the account says {b}",
        text(
            "SELECT a.member_id || '/' || a.programme_id AS ref, COALESCE(SUM(r.need), 0) AS a, a.held AS b"
            " FROM accounts a LEFT JOIN redemptions r ON r.shop_id = a.shop_id AND r.member_id = a.member_id"
            " AND r.programme_id = a.programme_id AND r.state = 'held' WHERE a.shop_id = :shop_id"
            " GROUP BY a.member_id, a.programme_id, a.held HAVING COALESCE(SUM(r.need), 0) <> a.held"
        ),
        DifferenceKind.HELD,
    ),
    Check(
        "I4",
        "a hold of {a} units ran out {b} seconds ago and still holds them",
        text(
            "SELECT redemption_id AS ref, need AS a, CAST(:time - expires_time AS INTEGER) AS b FROM redemptions"
            " WHERE shop_id = :shop_id AND state = 'held' AND expires_time + 3600 < :time"
        ),
        DifferenceKind.HOLD_LEFT,
    ),
    Check(
        "I6",
        "{a} captures of one account on one bill",
        text(
            "SELECT bill_id AS ref, COUNT(*) AS a, 0 AS b FROM redemptions WHERE shop_id = :shop_id"
            " AND state = 'captured' AND captured > 0 GROUP BY bill_id, member_id, programme_id HAVING COUNT(*) > 1"
        ),
    ),
    Check(
        "I7",
        "captured, but there is no bill",
        text(
            "SELECT r.redemption_id AS ref, 0 AS a, 0 AS b FROM redemptions r LEFT JOIN bills b"
            " ON b.shop_id = r.shop_id AND b.bill_id = r.bill_id"
            " WHERE r.shop_id = :shop_id AND r.state = 'captured' AND b.bill_id IS NULL"
        ),
        DifferenceKind.BOOKED_NO_BILL,
    ),
    Check(
        "I7",
        "{a} were taken by the ledger, {b} by the redemption",
        text(
            "SELECT r.redemption_id AS ref, -COALESCE(SUM(l.units), 0) AS a, r.captured + r.short AS b"
            " FROM redemptions r LEFT JOIN ledger l ON l.shop_id = r.shop_id AND l.ref = r.redemption_id"
            " AND l.kind IN ('redeem', 'short') WHERE r.shop_id = :shop_id AND r.state = 'captured'"
            " GROUP BY r.redemption_id, r.captured, r.short"
            " HAVING -COALESCE(SUM(l.units), 0) <> r.captured + r.short"
        ),
        DifferenceKind.BILL_NOT_BOOKED,
    ),
    Check(
        "I13",
        "{a} entries under one reference and kind",
        text(
            "SELECT ref, COUNT(*) AS a, 0 AS b FROM ledger WHERE shop_id = :shop_id"
            " GROUP BY ref, kind, member_id, programme_id HAVING COUNT(*) > 1"
        ),
    ),
    Check(
        "I14",
        "{a} points were given back of {b} taken",
        text(
            "SELECT ref, SUM(returned) AS a, SUM(units) AS b FROM lot_uses WHERE shop_id = :shop_id"
            " GROUP BY ref HAVING SUM(returned) > SUM(units)"
        ),
    ),
    Check(
        "I16",
        "{a} live holds of one account on one bill",
        text(
            "SELECT bill_id AS ref, COUNT(*) AS a, 0 AS b FROM redemptions WHERE shop_id = :shop_id"
            " AND state = 'held' GROUP BY bill_id, member_id, programme_id HAVING COUNT(*) > 1"
        ),
    ),
    Check(
        "records",
        "the ledger comes to {a}, the manager's records to {b}",
        text(
            "SELECT ref, SUM(a) AS a, SUM(b) AS b FROM (SELECT bill_id || '/' || programme_id AS ref, units AS a,"
            " 0 AS b FROM ledger WHERE shop_id = :shop_id AND bill_id <> '' AND member_id <> ''"
            " AND programme_id NOT LIKE 'value.%' UNION ALL"
            " SELECT bill_id || '/' || programme_id, 0, earned - spent FROM applied_promotions"
            " WHERE shop_id = :shop_id AND programme_id <> '') AS told GROUP BY ref HAVING SUM(a) <> SUM(b)"
        ),
        DifferenceKind.RECORDS,
    ),
    Check(
        "records",
        "the shop bears {a} by the ledger, {b} by the manager's records",
        text(
            "SELECT ref, SUM(a) AS a, SUM(b) AS b FROM (SELECT bill_id || '/' || programme_id AS ref, -units AS a,"
            " 0 AS b FROM ledger WHERE shop_id = :shop_id AND bill_id <> '' AND member_id = ''"
            " AND programme_id NOT LIKE 'value.%' UNION ALL"
            " SELECT bill_id || '/' || programme_id, 0, short FROM applied_promotions"
            " WHERE shop_id = :shop_id AND programme_id <> '') AS told GROUP BY ref HAVING SUM(a) <> SUM(b)"
        ),
        DifferenceKind.RECORDS,
    ),
    Check(
        "records",
        "{a} records of a day, {b} in its sums, or other figures",
        text(
            "SELECT sold_on AS ref, SUM(n) AS a, SUM(m) AS b FROM (SELECT sold_on, outcome, currency, programme_id,"
            " 1 AS n, 0 AS m, discount AS d, spent AS s, short AS t, earned AS e FROM applied_promotions"
            " WHERE shop_id = :shop_id UNION ALL SELECT sold_on, outcome, currency, programme_id, 0, times, -discount,"
            " -spent, -short, -earned FROM applied_sums WHERE shop_id = :shop_id AND dimension = '') AS told"
            " GROUP BY sold_on, outcome, currency, programme_id HAVING SUM(n) <> SUM(m) OR SUM(d) <> 0 OR SUM(s) <> 0"
            " OR SUM(t) <> 0 OR SUM(e) <> 0"
        ),
        DifferenceKind.SUMMARY,
    ),
)
_COUNTS: Final = {
    name: text(f"SELECT COUNT(*) FROM {name} WHERE shop_id = :shop_id")  # noqa: S608 - names of our own tables
    for name in ("accounts", "ledger", "redemptions", "bills", "refunds", "members")
}
_RECORDS: Final = text("SELECT COALESCE(SUM(times), 0) FROM applied_sums WHERE shop_id = :shop_id AND dimension = ''")
_OPEN: Final = text("SELECT COUNT(*) FROM reviews WHERE shop_id = :shop_id AND odd = 0 AND resolved_by = ''")


def examine(call: Call, _message: None = None) -> WireFindings:
    """Looks at every row of the shop; what is open for a manager is counted, not listed."""
    findings = [finding for check in (_by_statement, _audit) for finding in check(call)]
    key = {"shop_id": call.shop_id}
    return WireFindings(
        findings=tuple(findings[:LISTED_AT_MOST]),
        checked=counts(call),
        open_reviews=int(call.db.execute(_OPEN, key).scalar_one()),
    )


def found(call: Call, kind: DifferenceKind) -> Iterator[Row]:
    """The rows that the checks of one kind find."""
    for check in CHECKS:
        if check.kind is kind:
            yield from call.db.execute(check.statement, {"shop_id": call.shop_id, "time": call.time})


def counts(call: Call) -> dict[str, int]:
    """How many rows of each sort there are to look at."""
    key = {"shop_id": call.shop_id}
    return {name: int(call.db.execute(count, key).scalar_one()) for name, count in _COUNTS.items()}


def records(call: Call) -> int:
    """How many records of promotions there are."""
    return int(call.db.execute(_RECORDS, {"shop_id": call.shop_id}).scalar_one())


def _by_statement(call: Call) -> Iterator[WireFinding]:
    for check in CHECKS:
        for row in call.db.execute(check.statement, {"shop_id": call.shop_id, "time": call.time}):
            yield WireFinding(invariant=check.invariant, ref=str(row.ref), story=_told(check.story, row))


def _told(story: str, row: Row) -> str:
    return story.format(a=row.a, b=row.b)


def _audit(call: Call) -> Iterator[WireFinding]:
    verification = audit.verify(call)
    if verification.broken_at is not None:
        story = "the chain does not fit from this row on"
        yield WireFinding(invariant="I11", ref=str(verification.broken_at), story=story)
