"""I1 to I17 of redemption.md, as they are seen from outside: in the databases, at the bank and on the wire.

``Watch`` looks after every commit and every answer; ``at_rest`` looks at everything once nothing moves any more. Each
finding begins with the invariant's name.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from tests.simulation import shop
from tests.simulation.net import Reply, Request
from tests.simulation.server import SimulatedServer
from tests.simulation.till import SimulatedTill, TillLife
from tests.simulation.world import World
from tukar.devices.bank import Bank
from tukar.domain.redemption import CODE_TRIES, RedemptionState
from tukar.local import audit as till_audit
from tukar.local import doctor as till_doctor
from tukar.server import doctor, reconciliation
from tukar.server.call import Caller, CallerKind
from tukar.till.checkout_model import CheckoutState
from tukar.till.rows import LIVE

EXCUSE_SECONDS: Final = 60.0
"""A till that was cut off for less than this never lost a hold by it."""

_BALANCES: Final = """
    SELECT 'I1 ' || a.member_id || '/' || a.programme_id || ': ledger ' || COALESCE(l.units, 0) || ', posted '
        || a.posted
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(units) AS units FROM ledger
            GROUP BY member_id, programme_id) l USING (member_id, programme_id)
        WHERE COALESCE(l.units, 0) <> a.posted
    UNION ALL
    SELECT 'I1 ' || a.member_id || '/' || a.programme_id || ': lots ' || COALESCE(l.units, 0) || ', posted ' || a.posted
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(units) AS units FROM lots
            GROUP BY member_id, programme_id) l USING (member_id, programme_id)
        WHERE a.kind = 'member' AND COALESCE(l.units, 0) <> a.posted
    UNION ALL
    SELECT 'I2 ' || member_id || '/' || programme_id || ': held ' || held || ' of ' || posted
        FROM accounts WHERE kind = 'member' AND (posted < 0 OR held < 0 OR held > posted)
    UNION ALL
    SELECT 'I3 ' || a.member_id || '/' || a.programme_id || ': held ' || a.held || ', holds come to '
        || COALESCE(r.need, 0)
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(need) AS need FROM redemptions
            WHERE state = 'held' GROUP BY member_id, programme_id) r USING (member_id, programme_id)
        WHERE a.held <> COALESCE(r.need, 0)
    UNION ALL
    SELECT 'I3 ' || a.member_id || '/' || a.programme_id || ': held ' || a.held || ', pinned ' || COALESCE(l.pinned, 0)
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(pinned) AS pinned FROM lots
            GROUP BY member_id, programme_id) l USING (member_id, programme_id)
        WHERE a.kind = 'member' AND a.held <> COALESCE(l.pinned, 0)
    UNION ALL
    SELECT 'I16 ' || COUNT(*) || ' live holds of one account on bill ' || bill_id FROM redemptions WHERE state = 'held'
        GROUP BY bill_id, member_id, programme_id HAVING COUNT(*) > 1
    UNION ALL
    SELECT 'I6 ' || COUNT(*) || ' captures of one account on bill ' || bill_id FROM redemptions
        WHERE state = 'captured' GROUP BY bill_id, member_id, programme_id HAVING COUNT(*) > 1
"""  # fmt: skip

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
    _states: dict[str, str] = field(default_factory=dict)
    _wrong: dict[str, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    _bills: dict[str, bytes] = field(default_factory=dict)
    _receipts: dict[str, int] = field(default_factory=dict)

    def violated(self, words: str) -> None:
        self.found.append(words)
        self.world.tell(f"VIOLATED {words}")
        raise Violated(words)

    def server_restored(self) -> None:
        """What it said since its back-up it knows nothing of; it may say otherwise now."""
        self._states.clear()
        self._bills.clear()
        self._wrong.clear()

    # The server's database, after every commit

    def server_committed(self) -> None:
        """The ledger, when it was written to."""
        if self.server.ledger.is_touched:
            self.server.ledger.is_touched = False
            for (words,) in self.server.db.execute(_BALANCES):
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
        if request.method == "PUT" and parts[2] in _WRITTEN_BEFORE and len(parts) == 4:
            self._demand_written(parts[2], parts[3])
        if parts[2] == "redemptions":
            self._redemption(parts[3], request, reply)
        elif parts[2] == "bills" and request.method == "PUT" and reply.status == 200:
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
        seen = self._receipts.get(till.till_id, 0)
        rows = db.execute("SELECT rowid, bill_id FROM receipts WHERE rowid > ?", (seen,)).fetchall()
        for rowid, bill_id in rows:
            self._receipts[till.till_id] = rowid
            self._saved(till, bill_id)

    # The screen, whenever a cashier looks at it

    def drawn(self, life: TillLife) -> None:
        """I12: what is drawn of the points is what the journal's rows say, once everything asked is written."""
        if not life.writer.idle or life.checkout.state is CheckoutState.SAVED:
            return
        bill_id = life.sale.bill.bill_id
        rows = [row for row in life.journal.redemptions(bill_id) if row.state in LIVE]
        for view in life.checkout.model.redemptions:
            states = {row.state for row in rows if row.programme_id == view.programme_id}
            if view.state in LIVE and view.state not in states:
                self.violated(f"I12 the screen says {view.state} of {view.programme_id}, the rows {states}")
            held = [row for row in rows if row.programme_id == view.programme_id and row.need >= view.points]
            if view.state is RedemptionState.QUOTED and any(row.state is RedemptionState.HELD for row in held):
                self.violated(f"I12 the screen says nothing is held of {view.programme_id}, the rows {states}")

    def _saved(self, till: SimulatedTill, bill_id: str) -> None:
        db = till.disk.journal
        save = self.saves[bill_id] = _Save(self.world.now)
        used = {
            one["redemption_id"]
            for one in json.loads(db.execute("SELECT body FROM receipts WHERE bill_id = ?", (bill_id,)).fetchone()[0])
            .get("redemptions", ())
        }  # fmt: skip
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


# At rest


@dataclass(frozen=True)
class Bills:
    """All bills of all tills, by id, with the till that saved them."""

    by_id: Mapping[str, tuple[SimulatedTill, dict[str, Any]]]

    @classmethod
    def of(cls, tills: list[SimulatedTill]) -> "Bills":
        return cls(
            {
                bill_id: (till, json.loads(body))
                for till in tills
                for bill_id, body in till.disk.journal.execute("SELECT bill_id, body FROM receipts")
            }
        )


def at_rest(watch: Watch, tills: list[SimulatedTill]) -> Iterator[str]:
    """Everything that does not add up once all is quiet."""
    db, bills = watch.server.db, Bills.of(tills)
    yield from journals(tills)
    yield from money(tills, bills)
    yield from _captures(watch, db, bills)
    yield from _stored(db, bills)
    yield from _numbers(watch, db)
    yield from _earnings(watch, db, bills)
    yield from _costs(watch, db, bills)
    yield from _refunds(watch, db)
    yield from _returns(tills, db, bills)
    yield from _items(watch, db, tills, bills)
    yield from _codes(watch, db)
    yield from _manager(watch, db)
    if watch.world.crashes:
        yield from _doctor(tills)
    yield from (words for (words,) in db.execute(_BALANCES))
    yield from (
        f"{one.invariant} the server's doctor finds {one.ref}: {one.story}"
        for one in watch.server.perform(doctor.examine, None, Caller(CallerKind.OPERATOR, shop.SHOP_ID)).findings
    )


def _manager(watch: Watch, db: sqlite3.Connection) -> Iterator[str]:
    """What a manager is shown of bills, ledger and balances agrees; and what is limited was given no more often."""
    compared = watch.server.perform(reconciliation.compare, None, Caller(CallerKind.OPERATOR, shop.SHOP_ID))
    for one in compared.differences:
        yield f"I1 a manager is shown a difference: {one}"
    bodies = db.execute("SELECT body FROM bills WHERE kind = 'sale' AND body LIKE '%\"coffee\"%'")
    lines = ([line.get("discounts", ()) for line in json.loads(body)["lines"]] for (body,) in bodies)
    coffees = sum(any(one["rule_id"] == "coffee" for one in chain.from_iterable(of_bill)) for of_bill in lines)
    if coffees > shop.COFFEES and not db.execute("SELECT 1 FROM reviews WHERE story LIKE '%limit%'").fetchone():
        yield f"I9 {coffees} free coffees were given, of {shop.COFFEES}, and no item says so"


def _doctor(tills: list[SimulatedTill]) -> Iterator[str]:
    """What the till's own doctor finds wrong; what only waits for a manager is no violation."""
    for till in tills:
        for finding in till_doctor.examine(till.journal_at_rest()):
            if finding.weight is till_doctor.Weight.WRONG:
                yield f"{finding.rule} the doctor of till {till.name} finds {finding.ref}: {finding.words}"


def journals(tills: list[SimulatedTill]) -> Iterator[str]:
    for till in tills:
        db = till.disk.journal
        for series, first, last, count in db.execute(
            "SELECT series, MIN(n), MAX(n), COUNT(*) FROM receipts GROUP BY series"
        ):
            if first != 1 or last != count:
                yield f"I5 {series} has {count} numbers from {first} to {last}"
        waiting = db.execute("SELECT kind, ref FROM outbox WHERE state = 'waiting'").fetchall()
        if waiting:
            yield f"I8 till {till.till_id} still waits to send {waiting}"
        live = db.execute(
            "SELECT redemption_id, state FROM redemptions"
            " WHERE state IN ('challenged', 'asked', 'held', 'billed', 'dropped')"
        ).fetchall()
        if live:
            yield f"I6 redemptions of till {till.till_id} never ended: {live}"
        broken = till_audit.first_broken(db)
        if broken is not None:
            yield f"I11 the audit of till {till.till_id} breaks at {broken}"
        yield from _sums(db)


def _sums(db: sqlite3.Connection) -> Iterator[str]:
    for (body,) in db.execute("SELECT body FROM receipts"):
        bill = json.loads(body)
        if bill["kind"] == "return":
            continue
        net = sum(int(line["net"]) for line in bill["lines"])
        off = sum(int(one["amount"]) for line in bill["lines"] for one in line.get("discounts", ()))
        if int(bill["total"]) != net or int(bill["total"]) < 0 or int(bill["before"]) - int(bill["discount"]) != net:
            yield f"I10 bill {bill['bill_id']} comes to {bill['total']}, its lines to {net}"
        for_points = sum(int(one["amount"]) for one in bill.get("redemptions", ()))
        if off != int(bill["discount"]) or for_points > off:
            yield f"I10 bill {bill['bill_id']}: discounts {off}, shown {bill['discount']}, for points {for_points}"
        paid = sum(int(one["amount"]) - int(one.get("rounding") or 0) for one in bill["tenders"])
        if paid != int(bill["total"]):
            yield f"I10 bill {bill['bill_id']} of {bill['total']} was paid with {paid}"
        spends = {"order": 200, "coffee": 150}
        claimed = {line_off["rule_id"] for line in bill["lines"] for line_off in line.get("discounts", ())}
        if claimed and not bill.get("redemptions"):
            yield f"I10 bill {bill['bill_id']} has discounts {claimed & {*spends, 'points'}} without a redemption"


def _by_device(bills: Bills, bank: Bank) -> dict[str, int]:
    """What the bills say that card and QR payments came to, less what went back, by the bank's reference."""
    billed: dict[str, int] = defaultdict(int)
    for owner, bill in bills.by_id.values():
        for tender in bill["tenders"] if owner.counter.bank is bank else ():
            if tender["mode"] in ("card", "qr"):
                billed[tender["reference"]] += int(tender["amount"])
    return billed


def money(tills: list[SimulatedTill], bills: Bills) -> Iterator[str]:
    """I15: what the bank took is on a bill, in a draft at payment or with a manager; and the other way round."""
    for till in tills:
        bank = till.counter.bank
        taken, same = dict(bank.taken()), [one for one in tills if one.counter.bank is bank]
        drafts = [json.loads(body) for one in same for (body,) in one.disk.drafts.execute("SELECT body FROM drafts")]
        items = " ".join(
            story
            for one in same
            for (story,) in one.disk.journal.execute("SELECT story || ' ' || item_id FROM review_items")
        )
        billed = _by_device(bills, bank)
        drafted = {tender["tender_id"] for draft in drafts for tender in draft.get("tenders", ())}
        for reference, amount in taken.items():
            if reference not in billed and reference not in drafted and reference not in items:
                yield f"I15 the bank took {amount} under {reference}, and no bill, draft or item knows of it"
        for reference, minor in billed.items():
            has = taken[reference].minor if reference in taken else 0
            if has != minor and reference not in items:
                yield f"I15 a bill shows a payment {reference} of {minor} that the bank does not have"
        open_attempts = till.disk.journal.execute(
            "SELECT tender_id, state FROM attempts WHERE state IN ('open', 'unknown')"
        ).fetchall()
        for tender_id, state in open_attempts:
            if tender_id not in items and tender_id not in billed and tender_id not in drafted:
                yield f"I15 attempt {tender_id} is still {state}"


def _numbers(watch: Watch, db: sqlite3.Connection) -> Iterator[str]:
    """A number that two bills have is in sight of a manager."""
    seen = {ref for (ref,) in db.execute("SELECT ref FROM reviews WHERE kind = 'number'")}
    for number, bill_ids in db.execute("SELECT number, GROUP_CONCAT(bill_id) FROM bills GROUP BY number"):
        if "," in bill_ids and (not watch.is_cloned or not seen & set(bill_ids.split(","))):
            yield f"I5 bills {bill_ids} have the number {number}"


def _captures(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    rows = {
        row[0]: row[1:]
        for row in db.execute("SELECT redemption_id, state, bill_id, captured, short, need FROM redemptions")
    }
    items = {ref for (ref,) in db.execute("SELECT ref FROM reviews WHERE odd = 0")}
    shown = {
        one["redemption_id"]: (bill_id, int(one["points"]))
        for bill_id, (_, bill) in bills.by_id.items()
        for one in bill.get("redemptions", ())
    }
    for redemption_id, (bill_id, points) in shown.items():
        state, at_bill, captured, short, _ = rows.get(redemption_id, ("unknown", "", 0, 0, 0))
        has_item = redemption_id in items or f"{redemption_id}.{bill_id}" in items
        if (state, at_bill) != ("captured", bill_id) and not has_item:
            yield f"I6 bill {bill_id} shows {redemption_id}, which is {state} for bill {at_bill!r}"
        elif state == "captured" and captured + short != points and not has_item and bill_id not in watch.dishonest:
            yield f"I7 {redemption_id}: {captured} taken, {short} short, the bill shows {points}"
    for redemption_id, (state, at_bill, captured, _, _) in rows.items():
        if state == "captured" and shown.get(redemption_id, ("",))[0] != at_bill and at_bill not in watch.dishonest:
            yield f"I7 {redemption_id} is captured for bill {at_bill}, which does not show it"
        booked = db.execute(
            "SELECT COALESCE(SUM(units), 0) FROM ledger WHERE kind = 'redeem' AND ref = :id"
            " OR kind = 'redeem_settled' AND ref LIKE :id || '.%'",
            {"id": redemption_id},
        ).fetchone()[0]
        if -booked != (captured if state == "captured" else 0):
            yield f"I7 {redemption_id} is {state} with {captured}, the ledger has {booked}"


def _stored(db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """Nothing was taken but by captured redemptions, and every bill has arrived."""
    captured = {ref for (ref,) in db.execute("SELECT redemption_id FROM redemptions WHERE state = 'captured'")}
    for ref, units in db.execute("SELECT ref, units FROM ledger WHERE kind = 'redeem'"):
        if ref not in captured:
            yield f"I7 {-units} points were taken under {ref}, which is no captured redemption"
    for bill_id in bills.by_id:
        if db.execute("SELECT 1 FROM bills WHERE bill_id = ?", (bill_id,)).fetchone() is None:
            yield f"I6 bill {bill_id} never reached the server"


def _earnings(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    earned: dict[str, int] = defaultdict(int)
    for bill_id, units in db.execute("SELECT ref, units FROM ledger WHERE kind = 'earn'"):
        if earned[bill_id]:
            yield f"I14 bill {bill_id} earned twice"
        earned[bill_id] += units
        if bill_id not in bills.by_id:
            yield f"I14 {units} were earned by {bill_id}, which no till has"
    for bill_id, (till, bill) in bills.by_id.items():
        if bill["kind"] == "return":
            continue
        expected = sum(int(one["points"]) for one in bill.get("expected_earning", ()))
        if not earned[bill_id] and till.till_id in watch.revoked:
            continue
        if earned[bill_id] != expected and bill_id not in watch.dishonest:
            yield f"I14 bill {bill_id} earned {earned[bill_id]}, not {expected}"


def _costs(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """What was given is paid for, whatever a till says: by the customer's points, or by the merchant."""
    for redemption_id, bill_id, sort, taken, short in db.execute(
        "SELECT redemption_id, bill_id, programme_id, captured, short FROM redemptions WHERE state = 'captured'"
    ):
        if taken and redemption_id not in watch.granted_at:
            yield f"I7 {taken} points were taken for {redemption_id}, which was never held"
        if bill_id in bills.by_id and redemption_id in watch.granted_at:
            cost = _cost(bills.by_id[bill_id][1], sort)
            if taken + short != cost:
                yield f"I7 {redemption_id}: {taken} taken and {short} short for rewards that cost {cost}"


def _cost(bill: dict[str, Any], sort: str) -> int:
    """Worked out from the discounts on the lines: rewards of 200 and 150 points, and 100 a point."""
    off: dict[str, int] = defaultdict(int)
    for line in bill["lines"]:
        for discount in line.get("discounts", ()):
            off[discount["rule_id"]] += int(discount["amount"])
    if sort == shop.REWARD:
        return off["points"] // 100
    return 200 * bool(off["order"]) + 150 * bool(off["coffee"])


def _refunds(watch: Watch, db: sqlite3.Connection) -> Iterator[str]:
    """I14: money and points given back never exceed what was given."""
    refunds = {
        row[0]: (row[1], row[2], int(json.loads(row[3])["money"]))
        for row in db.execute("SELECT refund_id, bill_id, state, answer FROM refunds")
    }
    totals = dict(db.execute("SELECT bill_id, total FROM bills").fetchall())
    paid: dict[str, int] = defaultdict(int)
    for refund_id, money in watch.paid.items():
        bill_id, state, accepted = refunds.get(refund_id, ("", "unknown", 0))
        if state not in ("accepted", "paid") or accepted != money:
            yield f"I14 {money} were paid for {refund_id}, which is {state} with {accepted}"
        paid[bill_id] += money
    for bill_id, money in paid.items():
        if money > totals.get(bill_id, 0):
            yield f"I14 {money} were paid back of bill {bill_id} of {totals.get(bill_id)}"
    for ref, returned, units in db.execute("SELECT ref, SUM(returned), SUM(units) FROM lot_uses GROUP BY ref"):
        if returned > units:
            yield f"I14 {returned} points were given back of {units} for {ref}"


def _items(watch: Watch, db: sqlite3.Connection, tills: list[SimulatedTill], bills: Bills) -> Iterator[str]:
    """I9: every item has a reason that is not of the line's or the disk's making."""
    excused = {number for (number,) in db.execute("SELECT number FROM bills") if _is_falsified(watch, db, number)}
    for kind, ref, story in db.execute("SELECT kind, ref, story FROM reviews WHERE odd = 0"):
        # Points that a refund moves may have been spent meanwhile: an item of the shop's own making.
        if (
            kind in ("refund_short", "refund_void_short")
            or (kind == "earning" and ref in bills.by_id and bills.by_id[ref][0].till_id in watch.revoked)
            or (kind == "number" and watch.is_cloned)
            or any(number in story.replace(":", " ").split() for number in excused)
        ):
            continue
        if not (kind == "short" and _ran_out(watch, db, ref, bills)) and not _outdated(watch, kind, story):
            yield f"I9 the server has an item without a reason: {kind} {ref}: {story}"
    for till in tills:
        for kind, ref, story in till.disk.journal.execute("SELECT kind, ref, story FROM review_items"):
            if kind == "refund_unclear" or (kind == "number" and watch.is_cloned):
                continue
            if till.till_id in watch.revoked and kind in ("earning", "drift", "shift", "enrol"):
                continue
            if kind == "payment_unclear" or (kind == "redemption" and _ran_out(watch, db, ref, bills)):
                continue
            if _outdated(watch, kind, story) or _is_of_dishonest(watch, db, ref):
                continue
            yield f"I9 till {till.till_id} has an item without a reason: {kind} {ref}: {story}"


def _returns(tills: list[SimulatedTill], db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """I14 of the tills' own returns: what was paid out is what the server agreed to, and nothing stays reserved."""
    agreed = {
        row[0]: (row[1], row[2], int(json.loads(row[3])["money"]))
        for row in db.execute("SELECT refund_id, state, bill_id, answer FROM refunds")
    }
    given: dict[str, int] = defaultdict(int)
    for bill_id, (_, bill) in bills.by_id.items():
        if bill["kind"] != "return":
            continue
        state, _, money = agreed.get(bill_id, ("unknown", "", 0))
        given[bill["returns"]] -= int(bill["total"])
        if state not in ("paid", "accepted") or money != -int(bill["total"]):
            yield f"I14 {-int(bill['total'])} were paid for return {bill_id}, which is {state} with {money}"
    for bill_id, paid in given.items():
        if bill_id in bills.by_id and paid > int(bills.by_id[bill_id][1]["total"]):
            yield f"I14 {paid} were paid back of bill {bill_id}"
    for till in tills:
        for refund_id, state in till.disk.journal.execute("SELECT refund_id, state FROM refunds"):
            server = agreed.get(refund_id, ("unknown",))[0]
            if state in ("asked", "accepted", "paying"):
                yield f"I14 return {refund_id} of till {till.till_id} never ended: {state}"
            if state == "dropped" and server not in ("unknown", "voided"):
                yield f"I14 return {refund_id} was given up and is {server} at the server"


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
        or save.late
        or till.wire.held_back.endswith(f"/{row[1]}")
        or any(seconds >= EXCUSE_SECONDS and began + seconds > since for began, seconds in outages)
    )


def _codes(watch: Watch, db: sqlite3.Connection) -> Iterator[str]:
    """A retry never sends a second message: so many codes as there were challenges and presses of "again"."""
    if watch.is_restored:  # a challenge that was lost is sent once more, and none is left to count
        return
    codes = sum(1 for phone in watch.server.phones.values() for words in phone if "code" in words.lower())
    challenges = db.execute("SELECT COUNT(*) FROM challenges").fetchone()[0]
    if codes > challenges + watch.sendings_asked:
        yield f"I13 {codes} codes were sent for {challenges} challenges and {watch.sendings_asked} presses"
