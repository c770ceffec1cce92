"""What every balance has to be at any moment: I1 to I3, I6 and I16.

Asked after every commit that touched points, so the few rows there are are added up here, which takes a fifth of the
time that SQLite needs to sort and join them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Final

_ACCOUNTS: Final = "SELECT member_id || '/' || programme_id, kind = 'member', posted, held FROM accounts"
_LEDGER: Final = "SELECT member_id || '/' || programme_id, units FROM ledger"
_LOTS: Final = "SELECT member_id || '/' || programme_id, units, pinned FROM lots"
_REDEMPTIONS: Final = """SELECT member_id || '/' || programme_id, bill_id, state, need FROM redemptions
    WHERE state IN ('held', 'captured')"""
_ONCE: Final = {
    "held": "I16 {} live holds of one account on bill {}",
    "captured": "I6 {} captures of one account on bill {}",
}


def balances(db: sqlite3.Connection) -> Iterator[str]:
    """What does not add up in the server's database as it is."""
    in_ledger: Counter[str] = Counter()
    in_lots: Counter[str] = Counter()
    pinned: Counter[str] = Counter()
    in_holds: Counter[str] = Counter()
    times: Counter[tuple[str, str, str]] = Counter()
    for name, units in db.execute(_LEDGER):
        in_ledger[name] += units
    for name, units, locked in db.execute(_LOTS):
        in_lots[name] += units
        pinned[name] += locked
    for name, bill_id, state, need in db.execute(_REDEMPTIONS):
        times[name, bill_id, state] += 1
        if state == "held":
            in_holds[name] += need
    for name, is_member, posted, held in db.execute(_ACCOUNTS):
        if in_ledger[name] != posted:
            yield f"I1 {name}: ledger {in_ledger[name]}, posted {posted}"
        if in_holds[name] != held:
            yield f"I3 {name}: held {held}, holds come to {in_holds[name]}"
        yield from _of_member(name, posted, held, in_lots[name], pinned[name]) if is_member else ()
    yield from (_ONCE[state].format(count, bill) for (_, bill, state), count in times.items() if count > 1)


def _of_member(name: str, posted: int, held: int, in_lots: int, pinned: int) -> Iterator[str]:
    if in_lots != posted:
        yield f"I1 {name}: lots {in_lots}, posted {posted}"
    if posted < 0 or held < 0 or held > posted:
        yield f"I2 {name}: held {held} of {posted}"
    if held != pinned:
        yield f"I3 {name}: held {held}, pinned {pinned}"
