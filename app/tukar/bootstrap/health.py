"""``tukar doctor``: whether the till's journal and the backend's database are whole and agree with each other."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tukar.bootstrap.backend_house import backend_folder, opened_backend
from tukar.bootstrap.journal_check import Finding, examine_journal
from tukar.bootstrap.options import DoctorOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.local.clock import SystemClock
from tukar.local.journal import JOURNAL_FILE, SqliteJournal
from tukar.local.lock import FolderLock
from tukar.local.paths import data_folder
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal
from tukar.till.ports import DiskTrouble, DiskTroubleKind

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Call, Caller


@dataclass(frozen=True, slots=True)
class Patient:
    """A till or a shop at a backend: what was found, what there is, and what was put right.

    ``delivered`` are the bills that a till knows to be at the backend, ``bills`` those that a backend has.
    """

    name: str
    findings: tuple[Finding, ...]
    facts: dict[str, Any]
    repaired: tuple[str, ...] = ()
    delivered: frozenset[str] = field(default=frozenset(), repr=False)
    bills: frozenset[str] = field(default=frozenset(), repr=False)


def run_doctor(options: DoctorOptions) -> int:
    """Examines what the data folder holds; status 1, with a list, when something is not in order."""
    folder = options.data or data_folder()
    tills, backends = list(_tills(options, folder)), list(_backends(options, folder))
    if not tills and not backends:
        raise CommandRefused(f"{folder} holds neither a till nor a backend.", "Name another folder with --data.")
    if backends:
        tills = [_compared(till, backends) for till in tills]
    patients = [*tills, *backends]
    if options.as_json:
        _tell_json(patients)
    else:
        _tell(patients)
    return Status.FOUND_WRONG if any(patient.findings for patient in patients) else Status.WELL


# The till


def _tills(options: DoctorOptions, folder: Path) -> Iterator[Patient]:
    if not (folder / JOURNAL_FILE).exists():
        return
    try:
        lock = FolderLock(folder)
    except DiskTrouble as trouble:
        raise CommandRefused(f"The till is open: {trouble.detail}.", "Close its window, then ask again.") from None
    try:
        yield _examined_till(options, folder)
    except DiskTrouble as trouble:
        if trouble.kind is not DiskTroubleKind.DAMAGED:
            raise CommandRefused(
                f"The journal cannot be read: {trouble.detail}.", "Check the disk and its rights."
            ) from None
        yield Patient("till", (Finding("file", JOURNAL_FILE, trouble.detail),), {})
    finally:
        lock.release()


def _examined_till(options: DoctorOptions, folder: Path) -> Patient:
    # Nothing is saved or unsealed here, so numbering and key are never asked for.
    numbering = Numbering("NONE", "0", 1)
    with closing(SqliteJournal(folder, numbering, clock=SystemClock(), seal=AesSeal(bytes))) as journal:
        state = examine_journal(journal)
        if options.repair:
            journal.checkpoint()
    facts = {"bills": state.bills, "unsent": state.unsent, "to_review": state.to_review}
    repaired = ("the journal's log is in its file",) if options.repair else ()
    return Patient("till", state.findings, facts, repaired, delivered=state.delivered)


def _compared(till: Patient, backends: list[Patient]) -> Patient:
    """The till with what the backend beside it lacks."""
    there = frozenset().union(*(backend.bills for backend in backends))
    missing = sorted(till.delivered - there)
    drift = tuple(Finding("drift", bill_id, "the till delivered it, the backend has it not") for bill_id in missing)
    return replace(till, findings=(*till.findings, *drift))


# The backend


def _backends(options: DoctorOptions, folder: Path) -> Iterator[Patient]:
    from tukar.server.serve import DATABASE_FILE

    place = backend_folder(folder)
    if not options.database and not (place / DATABASE_FILE).exists():
        return
    from tukar.server import sweep
    from tukar.server.call import Caller, CallerKind

    with opened_backend(options.database, place) as backend:
        for shop_id in backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR)):
            yield _examined_shop(options, backend, Caller(CallerKind.OPERATOR, shop_id))


def _examined_shop(options: DoctorOptions, backend: "Backend", operator: "Caller") -> Patient:
    from tukar.server import doctor, sweep

    repaired: tuple[str, ...] = ()
    if options.repair:
        swept = backend.perform(sweep.sweep, None, operator)
        repaired = (f"{swept} accounts were freed of holds that had run out",)
    told = backend.perform(doctor.examine, None, operator)
    found = tuple(Finding(one.invariant, one.ref, one.story) for one in told.findings)
    facts = {**told.checked, "to_review": told.open_reviews}
    bills = backend.perform(_bill_ids, None, operator)
    return Patient(f"backend of {operator.shop_id}", found, facts, repaired, bills=bills)


def _bill_ids(call: "Call", _message: None) -> frozenset[str]:
    from sqlalchemy import select

    from tukar.server.storage.tables import BILLS

    ids = call.db.execute(select(BILLS.c.bill_id).where(BILLS.c.shop_id == call.shop_id)).scalars()
    return frozenset(map(str, ids))


# Telling


def _tell(patients: list[Patient]) -> None:
    for patient in patients:
        facts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in patient.facts.items())
        verdict = f"{len(patient.findings)} not in order" if patient.findings else "in order"
        sys.stdout.write(f"{patient.name}: {verdict}{f' ({facts})' if facts else ''}\n")
        sys.stdout.writelines(f"  {one.invariant} {one.where}: {one.story}\n" for one in patient.findings)
        sys.stdout.writelines(f"  repaired: {words}\n" for words in patient.repaired)


def _tell_json(patients: list[Patient]) -> None:
    answer = {
        "ok": not any(patient.findings for patient in patients),
        "examined": [
            {
                "what": patient.name,
                "facts": patient.facts,
                "findings": [
                    {"invariant": one.invariant, "where": one.where, "story": one.story} for one in patient.findings
                ],
                "repaired": list(patient.repaired),
            }
            for patient in patients
        ],
    }
    json.dump(answer, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
