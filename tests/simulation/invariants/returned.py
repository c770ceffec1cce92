"""I14: money and points given back never exceed what was given."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.simulation.invariants.bills import Bills, by_rule
from tests.simulation.invariants.watch import Watch
from tests.simulation.till import SimulatedTill

_BROUGHT_TWICE: Final = """
    SELECT DISTINCT b.bill_id FROM bills b
        JOIN reviews r ON r.kind = 'return' AND r.ref = b.bill_id
        JOIN refunds f ON f.bill_id = json_extract(b.body, '$.returns') AND f.refund_id <> b.bill_id
            AND f.state IN ('accepted', 'paid')
        WHERE b.kind = 'return' AND NOT EXISTS (SELECT 1 FROM refunds own WHERE own.refund_id = b.bill_id)
"""

_OF_EMPTY_CARDS: Final = """
    SELECT DISTINCT b.bill_id FROM bills b
        JOIN redemptions r ON r.bill_id = json_extract(b.body, '$.returns') AND r.short > 0
            AND r.programme_id LIKE 'value.%'
        WHERE b.kind = 'return'
"""
_BACK_ON_CARDS: Final = """
    SELECT COALESCE(SUM(units), 0) FROM ledger WHERE bill_id = ? AND programme_id = 'value.gift_card'
        AND member_id <> '' AND kind IN ('refund_return', 'refund_void') AND ref LIKE '%.card'
"""


def _too_much(paid: int, total: int, bill: Mapping[str, Any], db: sqlite3.Connection) -> bool:
    """Whether more went back than the goods cost; a card that paid by its rule has its part of that."""
    on_cards = db.execute(_BACK_ON_CARDS, (bill["bill_id"],)).fetchone()[0] if by_rule(bill) else 0
    return paid + int(on_cards) > total + by_rule(bill)


def brought_twice(db: sqlite3.Connection) -> frozenset[str]:
    """Returns paid by the till that sold, before the sale was known anywhere else, of goods that another took back too.

    Whoever gets their money back twice has brought the same receipt twice; no line can prevent it, and an item says so.
    """
    return frozenset(bill_id for (bill_id,) in db.execute(_BROUGHT_TWICE))


def of_empty_cards(db: sqlite3.Connection) -> frozenset[str]:
    """Returns of sales whose card had less left once the sale was heard of: its reservation had run out.

    The till that sold gives back what it took for paid; what the shop bears of it is an item.
    """
    return frozenset(bill_id for (bill_id,) in db.execute(_OF_EMPTY_CARDS))


def refunds(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
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
        sold = bills.by_id[bill_id][1] if bill_id in bills.by_id else {"lines": (), "total": 0, "bill_id": bill_id}
        if _too_much(money, totals.get(bill_id, 0), sold, db):
            yield f"I14 {money} were paid back of bill {bill_id} of {totals.get(bill_id)}"
    for ref, returned, units in db.execute("SELECT ref, SUM(returned), SUM(units) FROM lot_uses GROUP BY ref"):
        if returned > units:
            yield f"I14 {returned} points were given back of {units} for {ref}"


def returns(tills: list[SimulatedTill], db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """I14 of the tills' own returns: what was paid out is what the server agreed to, and nothing stays reserved."""
    agreed = {
        row[0]: (row[1], row[2], int(json.loads(row[3])["money"]))
        for row in db.execute("SELECT refund_id, state, bill_id, answer FROM refunds")
    }
    twice = brought_twice(db)
    excused = twice | of_empty_cards(db)
    given: dict[str, int] = defaultdict(int)
    brought = {bill_id: bill for bill_id, (_, bill) in bills.by_id.items() if bill["kind"] == "return"}
    yield from (words for bill in brought.values() if not bill.get("returns") for words in _without_receipt(bill, db))
    for bill_id, bill in brought.items():
        if not bill.get("returns"):
            continue
        state, _, money = agreed.get(bill_id, ("unknown", "", 0))
        if bill_id not in twice:
            given[bill["returns"]] -= int(bill["total"])
        if (state not in ("paid", "accepted") or money != -int(bill["total"])) and bill_id not in excused:
            yield f"I14 {-int(bill['total'])} were paid for return {bill_id}, which is {state} with {money}"
    for bill_id, paid in given.items():
        sold = bills.by_id[bill_id][1] if bill_id in bills.by_id else None
        if sold is not None and _too_much(paid, int(sold["total"]), sold, db):
            yield f"I14 {paid} were paid back of bill {bill_id}"
    yield from _ended(tills, {refund_id: state for refund_id, (state, _, _) in agreed.items()})


def _ended(tills: list[SimulatedTill], agreed: Mapping[str, str]) -> Iterator[str]:
    """I14: every return of a till came to an end, which is the server's too."""
    for till in tills:
        for refund_id, state in till.disk.journal.execute("SELECT refund_id, state FROM refunds"):
            server = agreed.get(refund_id, "unknown")
            if state in ("asked", "accepted", "paying"):
                yield f"I14 return {refund_id} of till {till.till_id} never ended: {state}"
            if state == "dropped" and server not in ("unknown", "voided"):
                yield f"I14 return {refund_id} was given up and is {server} at the server"


def _without_receipt(bill: dict[str, Any], db: sqlite3.Connection) -> Iterator[str]:
    """I14: cash for what the goods are worth, on a second person's word, no points, and a manager is told."""
    bill_id, paid = bill["bill_id"], sum(int(one["amount"]) - int(one.get("rounding") or 0) for one in bill["tenders"])
    worth = sum(int(line["net"]) for line in bill["lines"])
    if not int(bill["total"]) == worth == paid < 0 or {one["mode"] for one in bill["tenders"]} != {"cash"}:
        yield f"I14 return {bill_id} without a receipt: goods worth {worth}, {paid} paid of {bill['total']}"
    if bill.get("approver_id", "") in ("", bill["cashier_id"]):
        yield f"I14 return {bill_id} without a receipt was nobody's word"
    if bill.get("customer") or db.execute("SELECT 1 FROM ledger WHERE bill_id = ?", (bill_id,)).fetchone():
        yield f"I14 return {bill_id} without a receipt moved points"
    told = db.execute("SELECT 1 FROM reviews WHERE bill_id = ? OR ref = ?", (bill_id, bill_id)).fetchone()
    if told is None:
        yield f"I9 return {bill_id} without a receipt, and no item says so"
