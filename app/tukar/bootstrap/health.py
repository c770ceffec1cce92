"""``tukar doctor``: whether the till's journal and the backend's database are whole and agree with themselves."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Examined:
    """One patient: what was found, and what there is."""

    patient: str
    findings: tuple[Finding, ...]
    facts: dict[str, Any]


def run_doctor(options: DoctorOptions) -> int:
    """Examines what the data folder holds; status 1, with a list, when something is not in order."""
    folder = options.data or data_folder()
    patients = [*_till(folder), *_backends(options, folder)]
    if not patients:
        raise CommandRefused(f"{folder} holds neither a till nor a backend.", "Name another folder with --data.")
    if options.as_json:
        _tell_json(patients)
    else:
        _tell(patients)
    return Status.FOUND_WRONG if any(patient.findings for patient in patients) else Status.WELL


def _till(folder: Path) -> list[Examined]:
    if not (folder / JOURNAL_FILE).exists():
        return []
    try:
        lock = FolderLock(folder)
    except DiskTrouble as trouble:
        raise CommandRefused(f"The till is open: {trouble.detail}.", "Close its window, then ask again.") from None
    try:
        return [_examined_till(folder)]
    except DiskTrouble as trouble:
        if trouble.kind is not DiskTroubleKind.DAMAGED:
            raise CommandRefused(
                f"The journal cannot be read: {trouble.detail}.", "Check the disk and its rights."
            ) from None
        return [Examined("till", (Finding("file", JOURNAL_FILE, trouble.detail),), {})]
    finally:
        lock.release()


def _examined_till(folder: Path) -> Examined:
    # Nothing is saved or unsealed here, so numbering and key are never asked for.
    journal = SqliteJournal(folder, Numbering("NONE", "0", 1), clock=SystemClock(), seal=AesSeal(lambda: bytes(32)))
    try:
        state = examine_journal(journal)
    finally:
        journal.close()
    facts = {"bills": state.bills, "unsent": state.unsent, "to_review": state.to_review}
    return Examined("till", state.findings, facts)


def _backends(options: DoctorOptions, folder: Path) -> list[Examined]:
    from tukar.server.serve import DATABASE_FILE

    place = backend_folder(folder)
    if not options.database and not (place / DATABASE_FILE).exists():
        return []
    from tukar.server import doctor, sweep
    from tukar.server.call import Caller, CallerKind

    with opened_backend(options.database, place) as backend:
        patients = []
        for shop_id in backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR)):
            told = backend.perform(doctor.examine, None, Caller(CallerKind.OPERATOR, shop_id))
            found = tuple(Finding(one.invariant, one.ref, one.story) for one in told.findings)
            facts = {**told.checked, "to_review": told.open_reviews}
            patients.append(Examined(f"backend of {shop_id}", found, facts))
    return patients


def _tell(patients: list[Examined]) -> None:
    for patient in patients:
        facts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in patient.facts.items())
        verdict = f"{len(patient.findings)} not in order" if patient.findings else "in order"
        sys.stdout.write(f"{patient.patient}: {verdict} ({facts})\n")
        sys.stdout.writelines(f"  {one.invariant} {one.where}: {one.story}\n" for one in patient.findings)


def _tell_json(patients: list[Examined]) -> None:
    answer = {
        "ok": not any(patient.findings for patient in patients),
        "examined": [
            {
                "what": patient.patient,
                "facts": patient.facts,
                "findings": [
                    {"invariant": one.invariant, "where": one.where, "story": one.story} for one in patient.findings
                ],
            }
            for patient in patients
        ],
    }
    json.dump(answer, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
