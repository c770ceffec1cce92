"""Points that were taken, earned and paid with: I6, I7, I13 and I14."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.simulation import shop
from tests.simulation.invariants.bills import Bills
from tests.simulation.invariants.trusted import on_trust
from tests.simulation.invariants.watch import Watch
from tests.simulation.trust import PER_BILL
from tukar.domain.stored_value import is_value


def captures(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
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
    shown |= {
        one["value"]["redemption_id"]: (bill_id, int(one["amount"]))
        for bill_id, (_, bill) in bills.by_id.items()
        for one in bill.get("tenders", ())
        if "value" in one and int(one["amount"]) > 0
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


def stored(db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """Nothing was taken but by captured redemptions, and every bill has arrived."""
    captured = {ref for (ref,) in db.execute("SELECT redemption_id FROM redemptions WHERE state = 'captured'")}
    for ref, units in db.execute("SELECT ref, units FROM ledger WHERE kind = 'redeem'"):
        if ref not in captured:
            yield f"I7 {-units} points were taken under {ref}, which is no captured redemption"
    told = " ".join(ref for (ref,) in db.execute("SELECT ref FROM reviews WHERE kind = 'other_content'"))
    for bill_id in bills.twice:
        if bill_id not in told:
            yield f"I6 bill {bill_id} was paid at two tills, and no item says so"
    for bill_id in bills.by_id:
        if db.execute("SELECT 1 FROM bills WHERE bill_id = ?", (bill_id,)).fetchone() is None:
            yield f"I6 bill {bill_id} never reached the server"


def earnings(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
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


def costs(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """What was given is paid for, whatever a till says: by the customer's points, or by the merchant."""
    trusted = on_trust(watch.tills) if watch.trusts else {}
    for redemption_id, bill_id, sort, taken, short in db.execute(
        "SELECT redemption_id, bill_id, programme_id, captured, short FROM redemptions WHERE state = 'captured'"
    ):
        # Where the shop trusts its tills, one that lies is trusted too, as far as that goes: items tell of it.
        is_lent = watch.trusts and bill_id in watch.dishonest and redemption_id not in watch.granted_at
        is_known = redemption_id in watch.granted_at or redemption_id in trusted
        if taken and not is_known and not (is_lent and taken <= PER_BILL):
            yield f"I7 {taken} points were taken for {redemption_id}, which was never held"
        if bill_id in bills.by_id and is_known and not is_lent:
            cost = _cost(bills.by_id[bill_id][1], sort, redemption_id)
            if taken + short != cost:
                yield f"I7 {redemption_id}: {taken} taken and {short} short for rewards that cost {cost}"


def _cost(bill: dict[str, Any], sort: str, redemption_id: str) -> int:
    """Worked out from the discounts on the lines: rewards of 200 and 150 points, 100 a point; or the money it paid."""
    if is_value(sort):
        took = (one for one in bill.get("tenders", ()) if one.get("value", {}).get("redemption_id") == redemption_id)
        return sum(int(one["amount"]) for one in took)
    off: dict[str, int] = defaultdict(int)
    for line in bill["lines"]:
        for discount in line.get("discounts", ()):
            off[discount["rule_id"]] += int(discount["amount"])
    if sort == shop.REWARD:
        return off["points"] // 100
    return 200 * bool(off["order"]) + 150 * bool(off["coffee"])


def codes(watch: Watch, db: sqlite3.Connection) -> Iterator[str]:
    """A retry never sends a second message: so many codes as there were challenges and presses of "again"."""
    if watch.is_restored:  # a challenge that was lost is sent once more, and none is left to count
        return
    codes = sum(1 for phone in watch.server.phones.values() for words in phone if "code" in words.lower())
    challenges = db.execute("SELECT COUNT(*) FROM challenges").fetchone()[0]
    if codes > challenges + watch.sendings_asked:
        yield f"I13 {codes} codes were sent for {challenges} challenges and {watch.sendings_asked} presses"
