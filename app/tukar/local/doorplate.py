"""What stands on the door of a till: its shop and who may sign in, as its copies said when they were last read.

Reading the copies themselves takes the messages of the wire, whose library alone takes longer to load than the first
picture may (performance.md, P1). The plate says of which files it was made: once one of them was replaced it counts
no longer, and the copies are read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tukar.domain.money import Currency
from tukar.domain.people import Role, StaffMember
from tukar.local.atomic import write_whole
from tukar.local.paths import PEOPLE_FILE, PROGRAMME_FILE, SHOP_FILE

if TYPE_CHECKING:
    from pathlib import Path

PLATE_FILE: Final = "doorplate.json"


@dataclass(frozen=True, slots=True)
class Doorplate:
    """``staff`` are those who may sign in, in the order of their tiles, without what they sign in with."""

    shop: str
    currency: Currency
    staff: tuple[StaffMember, ...]


def read_plate(folder: Path) -> Doorplate | None:
    """None where there is none, where it cannot be read, and where the copies are others by now."""
    try:
        kept = json.loads((folder / PLATE_FILE).read_bytes())
        if kept["of"] != _made_of(folder):
            return None
        staff = tuple(StaffMember(staff_id, name, Role(role)) for staff_id, name, role in kept["staff"])
        return Doorplate(str(kept["shop"]), Currency(*kept["currency"]), staff)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep_plate(folder: Path, plate: Doorplate) -> None:
    """Writes it where it says something new. Raises DiskTrouble."""
    bare = tuple(StaffMember(member.staff_id, member.name, member.role) for member in plate.staff)
    if read_plate(folder) == Doorplate(plate.shop, plate.currency, bare):
        return
    currency = plate.currency
    kept = {
        "of": _made_of(folder),
        "shop": plate.shop,
        "currency": [currency.code, currency.minor_digits, currency.cash_step],
        "staff": [[member.staff_id, member.name, member.role.value] for member in bare],
    }
    write_whole(folder / PLATE_FILE, json.dumps(kept, ensure_ascii=False).encode())


def _made_of(folder: Path) -> list[Any]:
    """What tells these copies from any others; FileNotFoundError while one of them is missing."""
    found = [(folder / name).stat() for name in (PROGRAMME_FILE, PEOPLE_FILE, SHOP_FILE)]
    return [[of.st_size, of.st_mtime_ns] for of in found]
