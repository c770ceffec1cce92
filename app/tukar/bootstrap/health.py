"""``tukar doctor``: whether the till's journal and the backend's database are whole and agree with each other."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tukar.bootstrap.anchors import SeenAudit, backend_anchors
from tukar.bootstrap.backend_house import backend_folder, opened_backend
from tukar.bootstrap.options import DoctorOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.shop_settings import settings_of
from tukar.bootstrap.till_house import ask_till
from tukar.local.journal import JOURNAL_FILE, has_journal
from tukar.local.paths import data_folder
from tukar.till.ports import DiskTrouble

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Call, Caller


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: the invariant or check it belongs to, about what, and in words."""

    invariant: str
    where: str
    story: str


@dataclass(frozen=True, slots=True)
class Patient:
    """A till or a shop at a backend: what is wrong, what only waits, what there is, and what was put right.

    ``delivered`` are the bills that a till knows to be at the backend, ``bills`` those that a backend has.
    """

    name: str
    findings: tuple[Found, ...]
    facts: dict[str, Any]
    repaired: tuple[str, ...] = ()
    waits: tuple[Found, ...] = ()
    delivered: frozenset[str] = field(default=frozenset(), repr=False)
    bills: frozenset[str] = field(default=frozenset(), repr=False)


def run_doctor(options: DoctorOptions) -> int:
    """Examines what the data folder holds, a till that runs included; status 1, with a list, when something is wrong.

    The till is asked between two looks at the backend: what it has delivered by then must be there afterwards, and
    what the backend had heard before must be in its chain.
    """
    folder = options.data or data_folder()
    tills = list(_tills(options, folder, backend_anchors(options.database, folder)))
    backends = list(_backends(options, folder))
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


def _tills(options: DoctorOptions, folder: Path, seen: SeenAudit) -> Iterator[Patient]:
    if not has_journal(folder):
        return
    asked = {"repair": "yes"} if options.repair else {}
    try:
        settings = settings_of(folder).load()
        told = ask_till(folder, "doctor", {**asked, "anchors": " ".join(seen.of(settings.shop_id, settings.till_id))})
    except DiskTrouble as trouble:
        yield Patient("till", (Found("integrity", JOURNAL_FILE, f"{trouble.detail}. Restore a back-up."),), {})
        return
    found = [(one["waits"], Found(one["invariant"], one["where"], one["story"])) for one in told["findings"]]
    yield Patient(
        "till",
        tuple(finding for waits, finding in found if not waits),
        told["facts"],
        tuple(told["repaired"]),
        tuple(finding for waits, finding in found if waits),
        delivered=frozenset(told["delivered"]),
    )


def _compared(till: Patient, backends: list[Patient]) -> Patient:
    """The till with what the backend beside it lacks."""
    there = frozenset().union(*(backend.bills for backend in backends))
    missing = sorted(till.delivered - there)
    drift = tuple(Found("drift", bill_id, "The till delivered it, the backend has it not.") for bill_id in missing)
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
        repaired = (f"{swept} accounts were freed of holds that had run out.",)
    told = backend.perform(doctor.examine, None, operator)
    found = tuple(Found(one.invariant, one.ref, one.story) for one in told.findings)
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
        sys.stdout.writelines(f"  {words}\n" for words in patient.repaired)
        sys.stdout.writelines(f"  waits: {one.story}\n" for one in patient.waits)


def _tell_json(patients: list[Patient]) -> None:
    answer = {
        "ok": not any(patient.findings for patient in patients),
        "examined": [
            {
                "what": patient.name,
                "facts": patient.facts,
                "findings": _listed(patient.findings),
                "waits": _listed(patient.waits),
                "repaired": list(patient.repaired),
            }
            for patient in patients
        ],
    }
    json.dump(answer, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def _listed(found: tuple[Found, ...]) -> list[dict[str, str]]:
    return [{"invariant": one.invariant, "where": one.where, "story": one.story} for one in found]
