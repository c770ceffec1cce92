"""Stored value is conserved: what was issued and loaded is what was spent and what is still there."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from tests.simulation import shop
from tests.simulation.invariants.bills import CARDS, Bills, by_rule
from tests.simulation.invariants.watch import Watch
from tukar.domain.stored_value import ValueAccount

_ISSUED = "SELECT COALESCE(SUM(units), 0) FROM ledger WHERE programme_id = ? AND member_id <> '' AND kind = 'opening'"
_UNLOADED = """SELECT COALESCE(SUM(units), 0) FROM ledger WHERE programme_id = ? AND member_id <> ''
    AND (kind = 'refund_reverse' OR kind = 'refund_void' AND ref LIKE '%.left_%')"""
_PAID_BACK = """SELECT COALESCE(SUM(units), 0) FROM ledger WHERE programme_id = ? AND member_id <> ''
    AND (kind = 'refund_return' OR kind = 'refund_void' AND ref NOT LIKE '%.left_%')"""
_BALANCE = "SELECT COALESCE(SUM(posted), 0) FROM accounts WHERE programme_id = ? AND kind = 'member'"
_LOADED = "SELECT COALESCE(SUM(units), 0) FROM ledger WHERE programme_id = ? AND kind = 'load' AND bill_id = ?"
_PAID_BY_RULE = """SELECT COALESCE(-SUM(units), 0) FROM ledger WHERE programme_id = ? AND bill_id = ?
    AND kind = 'pay' AND member_id <> ''"""
_SHORT_BY_RULE = """SELECT COALESCE(-SUM(units), 0) FROM ledger WHERE programme_id = ? AND bill_id = ?
    AND kind = 'short' AND member_id = '' AND ref LIKE '%.card.%'"""
_SHORT = "SELECT COALESCE(SUM(short), 0) FROM redemptions WHERE programme_id = ? AND state = 'captured'"
_OUTDATED = "SELECT ref FROM reviews WHERE kind = 'bill' AND story LIKE '%were not in force%'"
_NOT_TAKEN = "SELECT redemption_id FROM redemptions WHERE programme_id = ? AND state <> 'captured'"


def conserved(watch: Watch, db: sqlite3.Connection, bills: Bills) -> Iterator[str]:
    """Of gift cards and of store credit each: issued + loaded + paid back = spent + balance, in minor units.

    What was spent and loaded is read off the tills' own bills, what is there off the server's accounts.
    """
    for account in ValueAccount:

        def sum_of(statement: str, account: str = account.value) -> int:
            return int(db.execute(statement, (account,)).fetchone()[0])

        not_taken = {ref for (ref,) in db.execute(_NOT_TAKEN, (account.value,))}
        spent = sum(_spent(bill, account, not_taken) for _, bill in bills.by_id.values()) - sum_of(_SHORT)
        if account is ValueAccount.GIFT_CARD:
            spent += _by_rule(watch, db, bills)
        loaded = _loaded(watch, db, bills) if account is ValueAccount.GIFT_CARD else 0
        there = sum_of(_ISSUED) + loaded + sum_of(_UNLOADED) + sum_of(_PAID_BACK)
        if there != spent + sum_of(_BALANCE):
            yield f"I1 {account}: {there} were issued, {spent} spent, {sum_of(_BALANCE)} are there"


def _spent(bill: dict[str, Any], account: ValueAccount, not_taken: set[str]) -> int:
    return sum(
        int(tender["amount"])
        for tender in bill.get("tenders", ())
        if tender["mode"] == account.mode.value
        and int(tender["amount"]) > 0
        and tender["value"]["redemption_id"] not in not_taken
    )


def _by_rule(watch: Watch, db: sqlite3.Connection, bills: Bills) -> int:
    """What cards paid whose codes were entered as vouchers', less what was not there and the shop bore.

    Of the bills that the server works out anew by itself it is what the server has booked.
    """
    outdated = _outdated(watch, db)
    return sum(
        int(db.execute(_PAID_BY_RULE, (ValueAccount.GIFT_CARD.value, bill_id)).fetchone()[0])
        if bill_id in watch.dishonest or bill_id in outdated
        else by_rule(bill) - int(db.execute(_SHORT_BY_RULE, (ValueAccount.GIFT_CARD.value, bill_id)).fetchone()[0])
        for bill_id, (_, bill) in bills.by_id.items()
        if bill["kind"] == "sale" and set(bill.get("codes", ())) & CARDS
    )


def _outdated(watch: Watch, db: sqlite3.Connection) -> set[str]:
    return {ref for (ref,) in db.execute(_OUTDATED)} if watch.rules_changed else set()


def _loaded(watch: Watch, db: sqlite3.Connection, bills: Bills) -> int:
    """What bills put on new cards.

    Of a bill that its till falsified, or sold without the line by rules that were out of force, the server books what
    it makes of it itself; and one of a till that is signed off puts nothing on a card, unless it was there before the
    server had heard of that.
    """
    card = ValueAccount.GIFT_CARD.value
    outdated = _outdated(watch, db)
    return sum(
        int(db.execute(_LOADED, (card, bill_id)).fetchone()[0])
        if bill_id in watch.dishonest or bill_id in outdated or till.till_id in watch.revoked
        else sum(int(line["net"]) for line in bill["lines"] if line["sku"] == shop.GIFT)
        for bill_id, (till, bill) in bills.by_id.items()
        if bill["kind"] == "sale"
    )
