"""Points that tills took on trust: who agreed to them, how many in an hour, and what may come of it.

Beside I6, I7 and I9 it is looked at here that no till agrees to more in an hour than the shop allows, whatever restarts
and whichever clock jumps, unless a second person gave their word (redemption.md, "Offline"). I18 is its name.
"""

import sqlite3
from collections import defaultdict
from typing import Final

from tests.simulation.till import SimulatedTill
from tests.simulation.trust import PER_BILL, PER_HOUR

HOUR: Final = 3600.0
_TAKEN: Final = "SELECT redemption_id, need, bill_id, programme_id, approver, state FROM redemptions WHERE on_trust = 1"
_STANDS: Final = frozenset({"held", "billed", "settled", "review"})


class Agreed:
    """When which machine agreed to what, in the world's own time."""

    def __init__(self) -> None:
        self._at: dict[str, dict[str, float]] = defaultdict(dict)

    def copied(self, original: SimulatedTill, clone: SimulatedTill) -> None:
        """A machine made after another's disk remembers what that one agreed to, and when."""
        self._at[clone.name] = dict(self._at[original.name])

    def look(self, till: SimulatedTill, now: float) -> str:
        """What a machine has newly agreed to is within the shop's limits; else the words of the violation."""
        rows = {row[0]: row[1:] for row in till.disk.journal.execute(_TAKEN)}
        at = self._at[till.name]
        new = [redemption_id for redemption_id in rows if redemption_id not in at]
        at.update(dict.fromkeys(new, now))
        return next(filter(None, (_beyond(till, rows, at, redemption_id, now) for redemption_id in new)), "")


def _beyond(
    till: SimulatedTill, rows: dict[str, tuple[int, str, str, str, str]], at: dict[str, float], new: str, now: float
) -> str:
    need, bill_id, sort, approver, _ = rows[new]
    others = {
        key: row for key, row in rows.items()
        if key != new and row[4] in _STANDS and (row[1], row[2]) != (bill_id, sort)
    }  # fmt: skip
    lately = sum(row[0] for key, row in others.items() if now - at[key] < HOUR)
    of_bill = sum(row[0] for row in others.values() if row[1] == bill_id)
    if approver or (need + of_bill <= PER_BILL and need + lately <= PER_HOUR):
        return ""
    return f"I18 till {till.name} agreed to {need} points on trust after {lately} in an hour and {of_bill} of the bill"


def on_trust(tills: list[SimulatedTill]) -> dict[str, tuple[SimulatedTill, str]]:
    """Everything that was taken on trust, with its till and who else said yes."""
    return {row[0]: (till, row[4]) for till in tills for row in till.disk.journal.execute(_TAKEN)}


def is_explained(
    taken: dict[str, tuple[SimulatedTill, str]], kind: str, ref: str, *, is_upset: bool, db: sqlite3.Connection
) -> bool:
    """Whether an item is what trust costs: points that were not there, or a second person who wanted more.

    ``is_upset`` are days on which till and server cannot have counted the same: copies, restores, another till.
    """
    if ref not in taken:
        return False
    till, approver = taken[ref]
    if kind == "offline_approval":
        return bool(approver)
    if kind == "no_hold":
        beyond = any(who and at.till_id == till.till_id for at, who in taken.values())
        return beyond or is_upset
    return kind in ("short", "redemption") and _is_short(db, ref)


def _is_short(db: sqlite3.Connection, redemption_id: str) -> bool:
    row = db.execute("SELECT short FROM redemptions WHERE redemption_id = ?", (redemption_id,)).fetchone()
    return row is not None and row[0] > 0
