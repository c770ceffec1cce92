"""Books that somebody spoils once the day is over: what is wrong is found, and mended where a repair says it can be.

Of every till a copy of its files is changed in one place, and its ``doctor`` has to find that. The server's database
itself is, and a manager has to be shown the difference, whose one repair puts the books right again.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fakes.secrets import PlainSeal
from tests.simulation import shop
from tests.simulation.server import SimulatedServer
from tests.simulation.till import FOLDER, SimulatedTill, as_on_disk
from tukar.domain.oversight import DifferenceState, Repair
from tukar.local import doctor
from tukar.local.disk import Connection
from tukar.local.journal import DRAFTS_FILE, JOURNAL_FILE, SqliteJournal
from tukar.local.receipts import Numbering
from tukar.server import doctor as server_doctor
from tukar.server import reconciliation
from tukar.server.call import Caller, CallerKind
from tukar.wire.oversight import WireRepair

OPERATOR: Final = Caller(CallerKind.OPERATOR, shop.SHOP_ID)


@dataclass(frozen=True)
class Spoil:
    """A change that is found by ``rule``; where it changes no row there is nothing to find."""

    rule: str
    statement: str


def _body(path: str, value: str, where_some: str = "$.lines") -> str:
    return (
        f"UPDATE receipts SET body = json_set(body, '{path}', '{value}')"  # noqa: S608 - texts of ours
        f" WHERE kind = 'sale' AND json_array_length(body, '{where_some}') > 0"
    )


def _settled(change: str) -> str:
    return f"{change} WHERE state = 'settled'"


OF_TILL: Final = {
    "a number left out": Spoil("I5", "UPDATE receipts SET n = n + 7 WHERE rowid = (SELECT MAX(rowid) FROM receipts)"),
    "points of no bill": Spoil("I7", _settled("UPDATE redemptions SET bill_id = 'gone'")),
    "points still held": Spoil("I7", _settled("UPDATE redemptions SET state = 'held'")),
    "points without a row": Spoil("I7", _settled("DELETE FROM redemptions") + " AND programme_id NOT LIKE 'value.%'"),  # noqa: S608 - texts of ours
    "points not shown": Spoil("I7", _settled("UPDATE redemptions SET redemption_id = redemption_id || 'x'")),
    "other prices": Spoil("I10", _body("$.lines[0].gross", "1")),
    "another sum": Spoil("I10", _body("$.lines[0].net", "1")),
    "another discount": Spoil("I10", _body("$.discount", "7")),
    "more for points": Spoil("I10", _body("$.redemptions[0].amount", "99999999", "$.redemptions")),
    "below zero": Spoil("I10", _body("$.total", "-100")),
    "other payments": Spoil("I15", _body("$.tenders[0].amount", "1", "$.tenders")),
    "nothing to read": Spoil("I10", "UPDATE receipts SET body = '[]' WHERE kind = 'sale'"),
    "never queued": Spoil("I8", "DELETE FROM outbox WHERE kind = 'bill'"),
    "never told": Spoil("I8", _settled("UPDATE redemptions SET state = 'dropped', bill_id = 'gone'")),
    "another audit": Spoil("I11", "UPDATE audit SET detail = detail || '.' WHERE seq = 1"),
    "audit cut off": Spoil("I11", "DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)"),
    "money of no bill": Spoil(
        "I15", "UPDATE attempts SET bill_id = 'gone', tender_id = tender_id || 'x' WHERE state = 'approved'"
    ),
    "nobody knows": Spoil("unsettled", "UPDATE attempts SET state = 'unknown'"),
    "not sent": Spoil("unsent", "UPDATE outbox SET state = 'waiting'"),
}
_FIRST: Final = (
    "DELETE FROM ledger WHERE kind = '{0}' AND ref ="
    " (SELECT MIN(ref) FROM ledger WHERE kind = '{0}' AND programme_id = 'poin')"
)
OF_SERVER: Final = {
    "more points": "UPDATE accounts SET posted = posted + 200 WHERE member_id = 'dewi' AND programme_id = 'poin'",
    "fewer lots": "UPDATE lots SET units = units - 1 WHERE units > pinned AND member_id = 'siti'",
    "more lots": "UPDATE lots SET units = units + 30 WHERE units > 0 AND member_id = 'budi'",
    "held by nobody": "UPDATE accounts SET held = posted"
    " WHERE member_id = 'budi' AND programme_id = 'poin' AND posted > held",
    "an earning lost": _FIRST.format("earn"),
    "a redemption lost": _FIRST.format("redeem"),
    "records lost": "DELETE FROM applied_promotions WHERE programme_id = 'poin'",
    "other sums": "UPDATE applied_sums SET times = times + 1 WHERE dimension = ''",
}


_SOLD: Final = (
    "SELECT MIN(ref) FROM ledger WHERE kind = 'earn' AND ref NOT IN (SELECT bill_id FROM refunds)"
    " AND ref NOT IN (SELECT COALESCE(json_extract(body, '$.returns'), '') FROM bills)"
)
PARTS: Final = 3
"""All of it together is dear: a schedule plays one part of so many."""


def found_and_mended(part: int, tills: list[SimulatedTill], server: SimulatedServer) -> Iterator[str]:
    """What of ``part``, from 1, was spoiled and not found, or not mended."""
    for till in tills:
        yield from _of_till(till, list(OF_TILL)[part - 1 :: PARTS])
    yield from _of_server(server, list(OF_SERVER)[part - 1 :: PARTS])


def _of_till(till: SimulatedTill, names: list[str]) -> Iterator[str]:
    anchors = [hash_ for (hash_,) in till.disk.journal.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")]
    for name in names:
        spoil = OF_TILL[name]
        copy = _copies(till)
        copy[JOURNAL_FILE].execute("PRAGMA foreign_keys = OFF")
        if not copy[JOURNAL_FILE].execute(spoil.statement).rowcount:
            continue
        journal = _opened(till, copy)
        rules = {finding.rule for finding in doctor.examine(journal, FOLDER, anchors)}
        if spoil.rule not in rules:
            yield f"{spoil.rule} the doctor of till {till.name} does not see {name!r}, only {sorted(rules)}"
        if doctor.repair(journal) and any(finding.mends for finding in doctor.examine(journal)):
            yield f"{spoil.rule} the doctor of till {till.name} says of {name!r} that it mends it, and does not"
    yield from _damaged(till)
    whole = _opened(till, _copies(till))
    sent = doctor.counts(whole)
    if len(doctor.delivered(whole)) > sent.bills:
        yield f"I8 till {till.name} has {sent.bills} bills, and more that were delivered"


def _copies(till: SimulatedTill) -> dict[str, sqlite3.Connection]:
    copies = {}
    for name in (JOURNAL_FILE, DRAFTS_FILE):
        copies[name] = sqlite3.connect(":memory:", isolation_level=None)
        copies[name].deserialize(till.disk.file(name).serialize())
    return copies


def _opened(till: SimulatedTill, copies: dict[str, sqlite3.Connection]) -> SqliteJournal:
    def connect(path: Path) -> Connection:
        return as_on_disk(copies[path.name])

    numbering = Numbering(shop.SHOP_ID, till.till_id, till.epoch)
    return SqliteJournal(FOLDER, numbering, clock=till.clock, seal=PlainSeal(), connect=connect)


def _damaged(till: SimulatedTill) -> Iterator[str]:
    """A sector of the disk reads otherwise than it was written; the doctor says what is to be done."""
    copies = _copies(till)
    journal = copies[JOURNAL_FILE]
    ((root,),) = journal.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'receipts_at'").fetchall()
    contents = bytearray(journal.serialize())
    end = root * int.from_bytes(contents[16:18], "big")
    if not any(contents[end - 8 : end]):
        return  # Nothing was ever sold.
    contents[end - 8 : end] = b"spoiled!"
    journal.deserialize(bytes(contents))
    rules = {finding.rule for finding in doctor.examine(_opened(till, copies))}
    if rules != {"integrity"}:
        yield f"I8 the doctor of till {till.name} finds {sorted(rules)} in a damaged file"


def _of_server(server: SimulatedServer, names: list[str]) -> Iterator[str]:
    server.changed = lambda: None
    for name in names:
        if not server.db.execute(OF_SERVER[name]).rowcount:
            continue
        server.db.commit()
        shown = server.perform(reconciliation.compare, None, OPERATOR).differences
        if not shown:
            yield f"I1 a manager is shown nothing of {name!r}"
        for one in shown:
            path = {"difference_id": one.difference_id}
            server.perform(reconciliation.repair, WireRepair(), OPERATOR, path)
            server.perform(reconciliation.repair, WireRepair(), OPERATOR, path)
        left = server.perform(reconciliation.compare, None, OPERATOR).differences
        if any(one.repair is not Repair.ASK_TILL for one in left):
            yield f"I1 the repairs of {name!r} leave {[one.difference_id for one in left]}"
        for finding in server.perform(server_doctor.examine, None, OPERATOR).findings:
            yield f"{finding.invariant} after {name!r} the server's doctor finds {finding.ref}: {finding.story}"
    yield from _bill_lost(server)


def _bill_lost(server: SimulatedServer) -> Iterator[str]:
    """Nobody but the till that sold can bring a bill back: the manager has it asked."""
    ((bill_id,),) = server.db.execute(_SOLD).fetchall()
    server.db.execute("DELETE FROM applied_promotions WHERE bill_id = ?", (bill_id,))
    lost = server.db.execute("DELETE FROM bills WHERE bill_id = ?", (bill_id,))
    server.db.commit()
    shown = server.perform(reconciliation.compare, None, OPERATOR).differences
    if lost.rowcount and not any(one.repair is Repair.ASK_TILL for one in shown):
        yield f"I7 a bill is lost, and a manager is shown {[one.difference_id for one in shown]}"
    for one in shown:
        if one.repair is Repair.ASK_TILL:
            server.perform(reconciliation.repair, WireRepair(), OPERATOR, {"difference_id": one.difference_id})
    waits = server.perform(reconciliation.compare, None, OPERATOR).differences
    if any(one.state is not DifferenceState.ASKED for one in waits if one.repair is Repair.ASK_TILL):
        yield "I7 the till was asked for a lost bill, and it does not say so"
