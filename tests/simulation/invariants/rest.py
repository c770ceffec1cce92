"""Everything that does not add up once all is quiet."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from tests.simulation import shop
from tests.simulation.invariants.balances import balances
from tests.simulation.invariants.bills import Bills, journals, numbers
from tests.simulation.invariants.items import items
from tests.simulation.invariants.money import money
from tests.simulation.invariants.points import captures, codes, costs, earnings, stored
from tests.simulation.invariants.returned import refunds, returns
from tests.simulation.invariants.value import conserved
from tests.simulation.invariants.watch import Watch
from tests.simulation.till import SimulatedTill
from tukar.local import doctor as till_doctor
from tukar.server import doctor, reconciliation
from tukar.server.call import Caller, CallerKind

_SALES_THAT_STAND: Final = """SELECT body FROM bills AS sale WHERE kind = 'sale' AND NOT EXISTS
    (SELECT 1 FROM refunds WHERE refunds.bill_id = sale.bill_id AND state IN ('accepted', 'paid'))"""
"""Goods that come back give back what they used of limits."""
_LOST_RETURN: Final = "SELECT 1 FROM refunds WHERE state = 'voided' AND bill_id = ''"
"""One that was agreed to and called off, of which a restore left only the latter: what it gave back nobody can tell."""
_TELL_OF_LIMITS: Final = "SELECT story FROM reviews WHERE kind IN ('bill', 'no_hold', 'refund_void_short')"


def at_rest(watch: Watch, tills: list[SimulatedTill]) -> Iterator[str]:
    """Everything that does not add up once all is quiet."""
    db, bills = watch.server.db, Bills.of(tills, watch.server.db)
    yield from journals(tills)
    yield from money(tills, bills)
    yield from captures(watch, db, bills)
    yield from stored(db, bills)
    yield from numbers(watch, db)
    yield from earnings(watch, db, bills)
    yield from costs(watch, db, bills)
    yield from refunds(watch, db, bills)
    yield from returns(tills, db, bills)
    yield from conserved(watch, db, bills)
    yield from items(watch, db, tills, bills)
    yield from codes(watch, db)
    yield from _manager(watch)
    if not (watch.server.restored_at and db.execute(_LOST_RETURN).fetchone()):
        yield from _limits(db)
    if watch.world.crashes:
        yield from _doctor(tills)
    yield from balances(db)
    yield from (
        f"{one.invariant} the server's doctor finds {one.ref}: {one.story}"
        for one in watch.server.perform(doctor.examine, None, Caller(CallerKind.OPERATOR, shop.SHOP_ID)).findings
    )


def _manager(watch: Watch) -> Iterator[str]:
    """What a manager is shown of bills, ledger and balances agrees."""
    compared = watch.server.perform(reconciliation.compare, None, Caller(CallerKind.OPERATOR, shop.SHOP_ID))
    for one in compared.differences:
        yield f"I1 a manager is shown a difference: {one}"


def _limits(db: sqlite3.Connection) -> Iterator[str]:
    """What is limited was given no more often, and took no more off, than the shop allows; or an item says so."""
    given: dict[str, int] = defaultdict(int)
    off: dict[str, int] = defaultdict(int)
    of_member: dict[tuple[str, str], int] = defaultdict(int)
    for (body,) in db.execute(_SALES_THAT_STAND):
        discounts = [one for line in json.loads(body)["lines"] for one in line.get("discounts", ())]
        for rule_id in {one["rule_id"] for one in discounts}:
            given[rule_id] += 1
            if rule_id == shop.ONCE:
                of_member[rule_id, json.loads(body)["customer"]["member_id"]] += 1
        for one in discounts:
            off[one["rule_id"]] += int(one["amount"])
    told = " ".join(story for (story,) in db.execute(_TELL_OF_LIMITS))
    for rule_id, at_most in shop.AT_MOST.items():
        if given[rule_id] > at_most and not ("over its limit" in told or "comes to" in told):
            yield f"I9 {rule_id} was given {given[rule_id]} times, of {at_most}, and no item says so"
    for rule_id, member_id in (one for one, times in of_member.items() if times > 1):
        if "over its limit" not in told:
            yield f"I9 {member_id} got {rule_id} more than once, and no item says so"
    if off["milk"] > int(shop.MILK_BUDGET) and not ("over its limit" in told or "comes to" in told):
        yield f"I9 milk took {off['milk']} off, of {shop.MILK_BUDGET}, and no item says so"


def _doctor(tills: list[SimulatedTill]) -> Iterator[str]:
    """What the till's own doctor finds wrong; what only waits for a manager is no violation."""
    for till in tills:
        for finding in till_doctor.examine(till.journal_at_rest()):
            if finding.weight is till_doctor.Weight.WRONG:
                yield f"{finding.rule} the doctor of till {till.name} finds {finding.ref}: {finding.words}"
