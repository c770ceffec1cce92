"""What the server's tables themselves say, for those who compare it with what a manager is shown."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.simulation.server import SimulatedServer
    from tukar.domain.applied import PromotionFilter

_APPLIED: Final = (
    "SELECT COUNT(*), COALESCE(SUM(discount), 0), COALESCE(MAX(entry), 0), COALESCE(SUM(spent + earned + short), 0),"
    " COALESCE(SUM(settlement = 'settled'), 0) FROM applied_promotions"
)
_SOLD: Final = "SELECT COALESCE(SUM(total), 0) FROM bills WHERE kind {0} 'sale'"
_SOLD_ON: Final = "SELECT COALESCE(SUM(sold), 0) FROM sales_sums WHERE dimension = 'day' AND sold_on = ?"
_RECORDS: Final = (
    "SELECT COUNT(*) FROM applied_promotions WHERE (:till = '' OR till_id = :till)"
    " AND (:cashier = '' OR cashier_id = :cashier) AND (:member = '' OR member_id = :member)"
    " AND (:rule = '' OR rule_id = :rule) AND (:outcome = '' OR outcome = :outcome)"
    " AND (:settlement = '' OR settlement = :settlement) AND (:first = '' OR sold_on >= :first)"
    " AND (:last = '' OR sold_on <= :last) AND (:salesperson = '' OR salesperson_id = :salesperson)"
)
_WORDS: Final = (
    "SELECT ref, COUNT(*) FROM audit WHERE action IN ('give_approval', 'refuse_approval') GROUP BY ref"
    " HAVING COUNT(*) > 1"
)


class Books:
    """Plain questions to the tables; amounts in minor units."""

    def __init__(self, server: "SimulatedServer") -> None:
        self._server = server

    def applied(self) -> tuple[int, ...]:
        """Something that differs once anything was booked: rows, their discount, and what else may move."""
        row: tuple[int, ...] = self._server.db.execute(_APPLIED).fetchone()
        return row

    def records(self, wanted: "PromotionFilter") -> int:
        """How many rows a filter lets through that names no text."""
        values = {
            "till": wanted.till_id,
            "cashier": wanted.cashier_id,
            "salesperson": wanted.salesperson_id,
            "member": wanted.member_id,
            "rule": wanted.rule_id,
            "outcome": wanted.outcome.value if wanted.outcome else "",
            "settlement": wanted.settlement.value if wanted.settlement else "",
            "first": wanted.first_day.isoformat() if wanted.first_day else "",
            "last": wanted.last_day.isoformat() if wanted.last_day else "",
        }
        return int(self._server.db.execute(_RECORDS, values).fetchone()[0])

    def bills(self) -> int:
        return int(self._server.db.execute("SELECT COUNT(*) FROM bills").fetchone()[0])

    def total(self, bill_id: str) -> int | None:
        row = self._server.db.execute("SELECT total FROM bills WHERE bill_id = ?", (bill_id,)).fetchone()
        return None if row is None else int(row[0])

    def sold(self) -> dict[str, int]:
        """What all bills come to, and what was given back on them."""
        sales, returns = (self._server.db.execute(_SOLD.format(sign)).fetchone()[0] for sign in ("=", "<>"))
        return {"sales": sales, "returns": returns}

    def sold_on(self, day: date) -> Decimal:
        return Decimal(self._server.db.execute(_SOLD_ON, (day.isoformat(),)).fetchone()[0])

    # People

    def has_session(self, staff_id: str) -> bool:
        asked = "SELECT 1 FROM manager_sessions WHERE staff_id = ? AND ended_at = ''"
        return self._server.db.execute(asked, (staff_id,)).fetchone() is not None

    def session_of(self, prefix: str) -> str:
        """The session of that machine's life which is in force."""
        asked = "SELECT session_id FROM manager_sessions WHERE session_id LIKE ? AND ended_at = '' ORDER BY session_id"
        row = self._server.db.execute(asked, (f"{prefix}%",)).fetchone()
        return "" if row is None else str(row[0])

    # Words and cases

    def state_of(self, request_id: str) -> str:
        """Where a request for a word stands; empty where nobody knows it."""
        asked = "SELECT state FROM approval_requests WHERE request_id = ?"
        row = self._server.db.execute(asked, (request_id,)).fetchone()
        return "" if row is None else str(row[0])

    def said_twice(self) -> list[tuple[str, int]]:
        """Requests that more than one word was given on."""
        return self._server.db.execute(_WORDS).fetchall()

    def noted(self, review_id: str, note: str) -> int:
        """How often that note stands below the case."""
        asked = "SELECT COUNT(*) FROM review_notes WHERE review_id = ? AND note = ?"
        return int(self._server.db.execute(asked, (review_id, note)).fetchone()[0])

    def decided(self, review_id: str, state: str) -> int:
        """How often the case was put in that state."""
        asked = "SELECT COUNT(*) FROM review_notes WHERE review_id = ? AND state = ?"
        return int(self._server.db.execute(asked, (review_id, state)).fetchone()[0])

    def waiting(self) -> int:
        return int(self._server.db.execute("SELECT COUNT(*) FROM reviews WHERE state = 'open'").fetchone()[0])

    def spoil(self) -> bool:
        """Somebody writes into the books behind the program's back; False where there was nothing to write to."""
        db = self._server.db
        wrote = db.execute(
            "UPDATE accounts SET posted = posted + 200 WHERE member_id = 'dewi' AND programme_id = 'poin'"
        )
        db.execute("UPDATE applied_sums SET times = times + 1 WHERE dimension = ''")
        db.commit()
        return wrote.rowcount > 0
