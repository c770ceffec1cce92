"""I9: every item has a reason that is not of the line's or the disk's making."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.simulation.invariants.bills import Bills
from tests.simulation.invariants.returned import brought_twice, of_empty_cards
from tests.simulation.invariants.trusted import is_explained, on_trust
from tests.simulation.invariants.watch import Watch
from tests.simulation.till import SimulatedTill

EXCUSE_SECONDS: Final = 60.0
"""A till that was cut off for less than this never lost a hold by it."""

_RELEASED: Final = "SELECT 1 FROM audit WHERE action = 'release_hold' AND ref = ?"
"""By the office, or by a second person at another till."""


@dataclass(frozen=True)
class _OddReturns:
    """Returns that no line can prevent, and that an item is about."""

    twice: frozenset[str]
    of_empty_cards: frozenset[str]

    def explain(self, kind: str, ref: str) -> bool:
        """Whether an item of a till is about one of them."""
        return (kind == "earning" and ref in self.twice) or (kind in ("bill", "payment") and ref in self.of_empty_cards)


def items(watch: Watch, db: sqlite3.Connection, tills: list[SimulatedTill], bills: Bills) -> Iterator[str]:
    """I9: every item has a reason that is not of the line's or the disk's making."""
    odd = _OddReturns(brought_twice(db), of_empty_cards(db))
    yield from _of_server(watch, db, tills, bills, odd)
    for till in tills:
        yield from _of_till(watch, db, bills, till, odd)


def _of_server(
    watch: Watch, db: sqlite3.Connection, tills: list[SimulatedTill], bills: Bills, odd: _OddReturns
) -> Iterator[str]:
    taken = on_trust(tills) if watch.trusts else {}
    excused = {number for (number,) in db.execute("SELECT number FROM bills") if _is_falsified(watch, db, number)}
    for kind, ref, story in db.execute("SELECT kind, ref, story FROM reviews WHERE odd = 0"):
        # Points that a refund moves may have been spent meanwhile: an item of the shop's own making.
        if (
            kind in ("refund_short", "refund_void_short")
            or (
                kind in ("earning", "activation")
                and ref in bills.by_id
                and bills.by_id[ref][0].till_id in watch.revoked
            )
            or (kind == "number" and watch.is_cloned)
            or (kind == "return" and ref in odd.twice)
            or (kind == "return_money" and ref.partition(".")[0] in odd.of_empty_cards)
            or (kind == "other_content" and ref.partition(".")[0] in bills.twice)
            or any(number in story.replace(":", " ").split() for number in excused)
        ):
            continue
        if kind == "bill" and _is_over_limit(watch, db, ref, story, bills):
            continue
        if is_explained(taken, kind, ref, is_upset=_is_upset(watch), db=db):
            continue
        if not (kind == "short" and _ran_out(watch, db, ref, bills)) and not _outdated(watch, kind, story):
            yield f"I9 the server has an item without a reason: {kind} {ref}: {story}"


def _of_till(
    watch: Watch, db: sqlite3.Connection, bills: Bills, till: SimulatedTill, odd: _OddReturns
) -> Iterator[str]:
    taken = on_trust([till]) if watch.trusts else {}
    for kind, ref, story in till.disk.journal.execute("SELECT kind, ref, story FROM review_items"):
        if kind in ("bill", "redemption") and _is_paid_twice(till, bills, ref):
            continue
        if kind == "refund_unclear" or (kind == "number" and watch.is_cloned) or odd.explain(kind, ref):
            continue
        if till.till_id in watch.revoked and kind in ("earning", "activation", "drift", "shift", "enrol"):
            continue
        if kind == "payment_unclear" or (kind in ("redemption", "payment") and _ran_out(watch, db, ref, bills)):
            continue
        if _outdated(watch, kind, story) or _is_of_dishonest(watch, db, ref):
            continue
        if kind == "bill" and _is_over_limit(watch, db, ref, story, bills):
            continue
        if is_explained(taken, kind, ref, is_upset=_is_upset(watch), db=db):
            continue
        yield f"I9 till {till.till_id} has an item without a reason: {kind} {ref}: {story}"


def _is_upset(watch: Watch) -> bool:
    """Whether a till cannot know what the server has counted of it; what it forged counts there, too."""
    machines = [till.till_id for till in watch.tills]
    is_shared = len(machines) > len(set(machines))
    return bool(watch.revoked or watch.dishonest) or watch.is_restored or watch.clocks_jumped or is_shared


def _is_paid_twice(till: SimulatedTill, bills: Bills, ref: str) -> bool:
    """Whether an item is about a bill that another till was paid for too, or about points of one."""
    row = till.disk.journal.execute("SELECT bill_id FROM redemptions WHERE redemption_id = ?", (ref,)).fetchone()
    return (ref if row is None else row[0]) in bills.twice


def _is_falsified(watch: Watch, db: sqlite3.Connection, number: str) -> bool:
    row = db.execute("SELECT bill_id FROM bills WHERE number = ?", (number,)).fetchone()
    return row is not None and row[0] in watch.dishonest


def _is_of_dishonest(watch: Watch, db: sqlite3.Connection, ref: str) -> bool:
    """Whether an item is about a falsified bill or a redemption of one."""
    row = db.execute("SELECT bill_id FROM redemptions WHERE redemption_id = ?", (ref,)).fetchone()
    return ref in watch.dishonest or (row is not None and row[0] in watch.dishonest)


def _outdated(watch: Watch, kind: str, story: str) -> bool:
    """Whether a bill was sold by rules that its till could not hear of any more, or by a clock that was set wrong."""
    if kind != "bill":
        return False
    return (bool(watch.rules_changed) and "were not in force" in story) or (
        watch.clocks_jumped and "which is to come" in story
    )


def _is_over_limit(watch: Watch, db: sqlite3.Connection, bill_id: str, story: str, bills: Bills) -> bool:
    """Whether a bill came when others had used what its hold, which had run out, once claimed."""
    if "over its limit" not in story and "comes to" not in story:
        return False
    holds = db.execute("SELECT redemption_id FROM redemptions WHERE bill_id = ?", (bill_id,))
    return any(_ran_out(watch, db, redemption_id, bills) for (redemption_id,) in holds.fetchall())


def _ran_out(watch: Watch, db: sqlite3.Connection, redemption_id: str, bills: Bills) -> bool:
    """Whether the hold ran out because its till was down or cut off, or a manager saved late."""
    row = db.execute("SELECT late, bill_id FROM redemptions WHERE redemption_id = ?", (redemption_id,)).fetchone()
    if row is None or not row[0] or row[1] not in bills.by_id:
        return False
    till, _ = bills.by_id[row[1]]
    save, since = watch.saves[row[1]], watch.granted_at.get(redemption_id, 0.0)
    outages = [*till.down, *till.wire.cut_seconds, *watch.server.outages]
    lost = any(at <= save.at and since <= at for at in watch.server.restored_at)
    return (
        lost
        or till.till_id in watch.revoked
        or redemption_id in watch.released
        or db.execute(_RELEASED, (redemption_id,)).fetchone() is not None
        or save.late
        or _waited_behind(till, row[1], bills)
        or any(seconds >= EXCUSE_SECONDS and began + seconds > since for began, seconds in outages)
    )


def _waited_behind(till: SimulatedTill, bill_id: str, bills: Bills) -> bool:
    """Whether it was the message that never got through, or one about the same customer, who is served in order."""
    stuck = till.wire.held_back.rpartition("/")[2]
    return bill_id == stuck or _customer(bills, bill_id) == _customer(bills, stuck) != ""


def _customer(bills: Bills, bill_id: str) -> str:
    _, bill = bills.by_id.get(bill_id, (None, {}))
    return str((bill.get("customer") or {}).get("member_id", ""))
