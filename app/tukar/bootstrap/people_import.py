"""``tukar staff import`` and ``tukar staff salespeople``: who works in a shop, from tables, all of them or nobody."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from tukar.bootstrap.backend_house import backend_folder, demand_backend, opened_backend, operator_of
from tukar.bootstrap.files import table_in
from tukar.bootstrap.importing import refuse_rows
from tukar.bootstrap.options import PeopleOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.domain.people import Role, StaffMember
from tukar.wire.articles import BadRow, BadRowsError, ColumnMapError
from tukar.wire.staff_table import Row, StaffRow, read_salespeople, read_staff, refuse

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Caller

T = TypeVar("T")


def run_staff_import(options: PeopleOptions) -> int:
    """Takes up the staff of a table; status 2 and nothing changed when a row is bad. Who is not in it stays."""
    folder = backend_folder(options.data)
    demand_backend(options.database, folder)
    try:
        rows = _rows(options, read_staff)
        with opened_backend(options.database, folder) as backend:
            new = _take_up(backend, operator_of(backend, options.shop), rows, store=not options.dry_run)
    except BadRowsError as bad:
        return refuse_rows(options.file, bad, as_json=options.as_json)
    if options.as_json:
        told = {"staff": len(rows), "new": new, "bad_rows": []}
        sys.stdout.write(json.dumps(told) + "\n")
        return Status.WELL
    done = "nothing was stored" if options.dry_run else f"{new} of them new"
    sys.stdout.write(f"{len(rows)} members of staff, all good; {done}\n")
    if any(row.pin or row.password for row in rows) and not options.dry_run:
        sys.stdout.write(f"Now delete {options.file}: it holds PINs.\n")
    return Status.WELL


def run_salespeople(options: PeopleOptions) -> int:
    """Puts the salespeople of a table in place of those there are; status 2 and nothing changed when a row is bad."""
    from tukar.server import staff

    folder = backend_folder(options.data)
    demand_backend(options.database, folder)
    try:
        people = _rows(options, read_salespeople)
    except BadRowsError as bad:
        return refuse_rows(options.file, bad, as_json=options.as_json)
    if not options.dry_run:
        with opened_backend(options.database, folder) as backend:
            operator = operator_of(backend, options.shop)
            backend.perform(lambda call, _: staff.put_salespeople(call, people), None, operator)
    if options.as_json:
        sys.stdout.write(json.dumps({"salespeople": len(people), "bad_rows": []}) + "\n")
    else:
        done = "; nothing was stored" if options.dry_run else ""
        sys.stdout.write(f"{len(people)} salespeople, all good{done}\n")
    return Status.WELL


def _rows(options: PeopleOptions, read: Callable[[Sequence[str], Iterable[Row]], tuple[T, ...]]) -> tuple[T, ...]:
    try:
        with table_in(options.file) as table:
            return read(table.columns, table.rows)
    except ColumnMapError as unfit:
        raise CommandRefused(f"{options.file}: {unfit}.", "The first line names the columns.") from None


def _take_up(backend: "Backend", operator: "Caller", rows: Sequence[StaffRow], *, store: bool) -> int:
    """How many of them are new; BadRowsError where somebody new has no PIN, or nobody would be manager."""
    from tukar.server import staff

    there = {one.staff_id: one for one in backend.perform(lambda call, _: staff.everybody(call), None, operator)}
    refuse([BadRow(row.line, f"{row.staff_id} is new and has no PIN") for row in rows if _lacks_pin(row, there)])
    if not _has_manager(rows, there):
        refuse([BadRow(row.line, "nobody would be manager") for row in rows[-1:]])
    if store:
        hashed = backend.equipment.passwords.hash
        members = [_member(row, there.get(row.staff_id), hashed) for row in rows]
        backend.perform(lambda call, _: staff.put(call, members), None, operator)
    return sum(row.staff_id not in there for row in rows)


def _lacks_pin(row: StaffRow, there: Mapping[str, StaffMember]) -> bool:
    return row.active and not row.pin and not (row.staff_id in there and there[row.staff_id].pin_hash)


def _has_manager(rows: Sequence[StaffRow], there: Mapping[str, StaffMember]) -> bool:
    roles = {staff_id: one.role for staff_id, one in there.items() if one.active}
    roles.update({row.staff_id: row.role for row in rows if row.active})
    gone = {row.staff_id for row in rows if not row.active}
    return any(role is Role.MANAGER for staff_id, role in roles.items() if staff_id not in gone)


def _member(row: StaffRow, there: StaffMember | None, hashed: Callable[[str], str]) -> StaffMember:
    pin = hashed(row.pin) if row.pin or there is None else there.pin_hash
    password = hashed(row.password) if row.password or there is None else there.password_hash
    return StaffMember(row.staff_id, row.name, row.role, pin, password, active=row.active)
