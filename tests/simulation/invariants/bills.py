"""The bills of all tills and what they come to: I5, I6, I8, I10 and I11."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.simulation import shop
from tests.simulation.invariants.watch import Watch
from tests.simulation.till import SimulatedTill
from tukar.local import audit as till_audit

FOR_POINTS: Final = frozenset({"order", "coffee", "points"})
HELD: Final = FOR_POINTS | {"few", "voucher", "milk"}
"""What our backend holds before it counts; another one only takes points."""
CARDS: Final = frozenset(shop.GIFT_CARDS)


@dataclass(frozen=True)
class Bills:
    """All bills of all tills, by id, with the till that saved them."""

    by_id: Mapping[str, tuple[SimulatedTill, dict[str, Any]]]
    twice: Mapping[str, tuple[SimulatedTill, dict[str, Any]]] = field(default_factory=dict)
    """Those that were in hand at two tills and paid at both: the one that came to the server second."""

    @classmethod
    def of(cls, tills: list[SimulatedTill], db: sqlite3.Connection | None = None) -> "Bills":
        came_first = {} if db is None else dict(db.execute("SELECT bill_id, number FROM bills").fetchall())
        by_id: dict[str, tuple[SimulatedTill, dict[str, Any]]] = {}
        twice: dict[str, tuple[SimulatedTill, dict[str, Any]]] = {}
        for till in tills:
            for bill_id, text in till.disk.journal.execute("SELECT bill_id, body FROM receipts"):
                body = json.loads(text)
                (by_id if came_first.get(bill_id, body["number"]) == body["number"] else twice)[bill_id] = (till, body)
        return cls(by_id, twice)


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
        yield from _sums(db, HELD if till.other_backend is None else FOR_POINTS)


def _sums(db: sqlite3.Connection, held: frozenset[str]) -> Iterator[str]:
    """``held`` are the rules that give nothing without a redemption."""
    for (body,) in db.execute("SELECT body FROM receipts"):
        bill = json.loads(body)
        if bill["kind"] == "return":
            continue
        net = sum(int(line["net"]) for line in bill["lines"])
        off = sum(int(one["amount"]) for line in bill["lines"] for one in line.get("discounts", ()))
        to_pay = net - by_rule(bill)
        if int(bill["total"]) != to_pay or to_pay < 0 or int(bill["before"]) - int(bill["discount"]) != net:
            yield f"I10 bill {bill['bill_id']} comes to {bill['total']}, its lines to {net}"
        for_points = sum(int(one["amount"]) for one in bill.get("redemptions", ()))
        if off != int(bill["discount"]) or for_points > off:
            yield f"I10 bill {bill['bill_id']}: discounts {off}, shown {bill['discount']}, for points {for_points}"
        paid = sum(int(one["amount"]) - int(one.get("rounding") or 0) for one in bill.get("tenders", ()))
        if paid != int(bill["total"]):
            yield f"I10 bill {bill['bill_id']} of {bill['total']} was paid with {paid}"
        unheld = {line_off["rule_id"] for line in bill["lines"] for line_off in line.get("discounts", ())} & held
        if unheld and not bill.get("redemptions"):
            yield f"I10 bill {bill['bill_id']} has discounts {sorted(unheld)} without a redemption"


def by_rule(bill: Mapping[str, Any]) -> int:
    """What a gift card paid whose code was entered as a voucher's: no tender, but less to pay than the goods cost."""
    net = sum(int(line["net"]) for line in bill["lines"])
    return net - int(bill["total"]) if set(bill.get("codes", ())) & CARDS else 0


def numbers(watch: Watch, db: sqlite3.Connection) -> Iterator[str]:
    """A number that two bills have is in sight of a manager."""
    seen = {ref for (ref,) in db.execute("SELECT ref FROM reviews WHERE kind = 'number'")}
    for number, bill_ids in db.execute("SELECT number, GROUP_CONCAT(bill_id) FROM bills GROUP BY number"):
        if "," in bill_ids and (not watch.is_cloned or not seen & set(bill_ids.split(","))):
            yield f"I5 bills {bill_ids} have the number {number}"
