"""What is looked at after every commit, every answer and every look at a screen: I1 to I3, I12, I13, I16 and I17."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.simulation.invariants.balances import balances
from tests.simulation.invariants.trusted import Agreed
from tests.simulation.net import Reply, Request
from tests.simulation.server import SimulatedServer
from tests.simulation.till import SimulatedTill, TillLife
from tests.simulation.world import World
from tukar.domain.redemption import CODE_TRIES, RedemptionState
from tukar.till.checkout_model import CheckoutState
from tukar.till.rows import LIVE
from tukar.wire.receipts import receipt_from_json

_NEXT_STATES: Final[Mapping[str, frozenset[str]]] = {
    "held": frozenset({"held", "captured", "expired", "voided"}),
    "expired": frozenset({"expired", "captured", "voided"}),
    "captured": frozenset({"captured"}),
    "voided": frozenset({"voided"}),
    "insufficient": frozenset({"insufficient", "voided"}),
}
_WRITTEN_BEFORE: Final = {
    "redemptions": "SELECT 1 FROM redemptions WHERE redemption_id = ?",
    "challenges": "SELECT 1 FROM redemptions WHERE challenge_id = ?",
    "bills": "SELECT 1 FROM receipts WHERE bill_id = ?",
}

_HELD: Final = RedemptionState.HELD


class Violated(Exception):
    """An invariant does not hold; the schedule ends here."""


@dataclass
class _Save:
    """A bill as it was saved: when, and whether a hold it relies on had run out."""

    at: float
    late: bool = False


@dataclass
class Watch:
    """What was seen so far of one schedule."""

    world: World
    server: SimulatedServer
    tills: list[SimulatedTill]
    is_quiet: bool = False
    found: list[str] = field(default_factory=list)
    saves: dict[str, _Save] = field(default_factory=dict)
    granted_at: dict[str, float] = field(default_factory=dict)
    sendings_asked: int = 0
    released: set[str] = field(default_factory=set)
    """Holds that a manager was asked to release."""
    clocks_jumped: bool = False
    revoked: set[str] = field(default_factory=set)
    """Tills that may only deliver what they have sold."""
    is_restored: bool = False
    """The server loses what happened after its back-up."""
    is_cloned: bool = False
    """Two machines give out the same till's numbers."""
    dishonest: set[str] = field(default_factory=set)
    """Bills that a till falsified on their way."""
    paid: dict[str, int] = field(default_factory=dict)
    """Money that left for returned goods, by refund."""
    rules_changed: list[float] = field(default_factory=list)
    trusts: bool = False
    """Tills may take points without the backend."""
    _agreed: Agreed = field(default_factory=Agreed)
    _states: dict[str, str] = field(default_factory=dict)
    _wrong: dict[str, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    _bills: dict[str, bytes] = field(default_factory=dict)
    _receipts: dict[str, int] = field(default_factory=dict)

    def cloned(self, original: SimulatedTill, clone: SimulatedTill) -> None:
        """From now on two machines give out the numbers of one till."""
        self.is_cloned = True
        self._receipts[clone.name] = self._receipts.get(original.name, 0)
        self._agreed.copied(original, clone)

    def violated(self, words: str) -> None:
        self.found.append(words)
        self.world.tell(f"VIOLATED {words}")
        raise Violated(words)

    def server_restored(self) -> None:
        """What it said since its back-up it knows nothing of; it may say otherwise now."""
        self._states.clear()
        self._bills.clear()
        self._wrong.clear()

    def till_restored(self, till: SimulatedTill) -> None:
        """An older journal lies in the place of its present one; what is saved from now on is new."""
        self._receipts[till.name] = till.disk.journal.execute(
            "SELECT coalesce(max(rowid), 0) FROM receipts"
        ).fetchone()[0]

    # The server's database, after every commit

    def server_committed(self) -> None:
        """The ledger, when it was written to."""
        if self.server.ledger.is_touched:
            self.server.ledger.is_touched = False
            for words in balances(self.server.db):
                self.violated(words)
        if self.is_quiet:
            locked = self.server.db.execute("SELECT redemption_id FROM redemptions WHERE state = 'held'").fetchall()
            if locked:
                self.violated(f"I4 points are locked again when all is over: {locked}")

    # The wire, at every answer

    def answered(self, request: Request, reply: Reply) -> None:
        if reply.status == 500:
            self.violated(f"I13 {request.method} {request.path} met a fault: {self.server.faults[-1]}")
        parts = request.path.split("/")
        if parts[-1].startswith("stranger"):
            return
        if request.method == "PUT" and parts[2] in _WRITTEN_BEFORE and len(parts) == 4:
            self._demand_written(parts[2], parts[3])
        if parts[2] == "redemptions":
            self._redemption(parts[3], request, reply)
        elif parts[2] == "bills" and len(parts) == 4 and request.method == "PUT" and reply.status == 200:
            stored = self._bills.setdefault(parts[3], reply.body)
            if json.loads(stored)["parts"] != json.loads(reply.body)["parts"]:
                self.violated(f"I13 bill {parts[3]} has two answers")

    def _demand_written(self, sort: str, sent_id: str) -> None:
        """Nothing is sent before its intent is on the disk (redemption.md, principle 2)."""
        asked = _WRITTEN_BEFORE[sort]
        if not any(till.disk.journal.execute(asked, (sent_id,)).fetchone() for till in self.tills):
            self.violated(f"I6 {sort} {sent_id} was sent and never written down")

    def _redemption(self, redemption_id: str, request: Request, reply: Reply) -> None:
        told = json.loads(reply.body)
        word = told.get("state") or told.get("refusal", "")
        if word == "held":
            self.granted_at.setdefault(redemption_id, self.world.now)
        before = self._states.get(redemption_id)
        if word in _NEXT_STATES:
            if before is not None and word not in _NEXT_STATES[before]:
                self.violated(f"I13 redemption {redemption_id} was {before} and is {word}")
            self._states[redemption_id] = word
        elif word in ("wrong_code", "code_locked") and request.body:
            self._tried(json.loads(request.body), word, told.get("tries_left"))

    def _tried(self, hold: dict[str, Any], word: str, left: int | None) -> None:
        tries = self._wrong[hold["challenge_id"]]
        key = f"{hold['attempt_id']}.{hold['code']}"
        if tries.setdefault(key, (word, left or 0)) != (word, left or 0):
            self.violated(f"I13 attempt {key} has two answers")
        wrong = [one for one, _ in tries.values() if one == "wrong_code"]
        if len(wrong) >= CODE_TRIES:
            self.violated(f"I13 {len(wrong)} wrong codes and another try is left")

    # A till's journal, after every commit

    def journal_committed(self, till: SimulatedTill) -> None:
        db = till.disk.journal
        if self.trusts and (words := self._agreed.look(till, self.world.now)):
            self.violated(words)
        seen = self._receipts.get(till.name, 0)
        rows = db.execute("SELECT rowid, bill_id FROM receipts WHERE rowid > ?", (seen,)).fetchall()
        for rowid, bill_id in rows:
            self._receipts[till.name] = rowid
            self._saved(till, bill_id)

    # The screen, whenever a cashier looks at it

    def drawn(self, life: TillLife) -> None:
        """I12: what is drawn of the points is what the journal's rows say, once everything asked is written."""
        drawn = life.checkout.model.redemptions
        if not drawn or not life.writer.idle or life.checkout.state is CheckoutState.SAVED:
            return
        bill_id = life.sale.bill.bill_id
        rows = [row for row in life.journal.redemptions(bill_id) if row.state in LIVE]
        for view in drawn:
            states = {row.state for row in rows if row.programme_id == view.programme_id}
            if view.state in LIVE and view.state not in states:
                self.violated(f"I12 the screen says {view.state} of {view.programme_id}, the rows {states}")
            held = [row for row in rows if row.programme_id == view.programme_id and row.need >= view.points]
            # What the disk did not let go of by older rules is asked for anew, and replaced by that.
            is_left = life.till.disk.has_failed
            if view.state is RedemptionState.QUOTED and any(row.state is _HELD for row in held) and not is_left:
                self.violated(f"I12 the screen says nothing is held of {view.programme_id}, the rows {states}")

    def _saved(self, till: SimulatedTill, bill_id: str) -> None:
        db = till.disk.journal
        save = self.saves[bill_id] = _Save(self.world.now)
        body = db.execute("SELECT body FROM receipts WHERE bill_id = ?", (bill_id,)).fetchone()[0]
        used = set(receipt_from_json(body.encode()).holds)
        for redemption_id, held_until in db.execute(
            "SELECT redemption_id, held_until FROM redemptions WHERE bill_id = ? AND state = 'billed'", (bill_id,)
        ):
            if redemption_id not in used:
                self.violated(f"I6 {redemption_id} is billed and bill {bill_id} does not show it")
            if _seconds_left(till, held_until) > 0:
                continue
            save.late = True
            approved = db.execute("SELECT 1 FROM audit WHERE action = 'save_late' AND ref = ?", (bill_id,)).fetchone()
            if approved is None:
                self.violated(f"I17 bill {bill_id} was saved {-_seconds_left(till, held_until):.1f} s too late")


def _seconds_left(till: SimulatedTill, deadline: str | None) -> float:
    if deadline is None:
        return float("inf")
    at, _, boot_id = deadline.partition(" ")
    return -1.0 if boot_id != till.clock.boot_id else float(at) - till.clock.monotonic()
