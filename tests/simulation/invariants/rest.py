"""Everything that does not add up once all is quiet."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import chain

from tests.simulation import shop
from tests.simulation.invariants.balances import BALANCES
from tests.simulation.invariants.bills import Bills, journals, numbers
from tests.simulation.invariants.items import items
from tests.simulation.invariants.money import money
from tests.simulation.invariants.points import captures, codes, costs, earnings, stored
from tests.simulation.invariants.returned import refunds, returns
from tests.simulation.invariants.watch import Watch
from tests.simulation.till import SimulatedTill
from tukar.local import doctor as till_doctor
from tukar.server import doctor, reconciliation
from tukar.server.call import Caller, CallerKind


def at_rest(watch: Watch, tills: list[SimulatedTill]) -> Iterator[str]:
    """Everything that does not add up once all is quiet."""
    db, bills = watch.server.db, Bills.of(tills)
    yield from journals(tills)
    yield from money(tills, bills)
    yield from captures(watch, db, bills)
    yield from stored(db, bills)
    yield from numbers(watch, db)
    yield from earnings(watch, db, bills)
    yield from costs(watch, db, bills)
    yield from refunds(watch, db)
    yield from returns(tills, db, bills)
    yield from items(watch, db, tills, bills)
    yield from codes(watch, db)
    yield from _manager(watch, db)
    if watch.world.crashes:
        yield from _doctor(tills)
    yield from (words for (words,) in db.execute(BALANCES))
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
