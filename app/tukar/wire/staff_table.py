"""Staff and salespeople from the rows of a table, all of them or none (the same terms as ``articles``).

PINs and passwords stand in such a table in plain words, once; what is stored are their hashes, made by the backend.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec

from tukar.domain.people import PASSWORD_LETTERS, PIN_DIGITS, Role, Salesperson
from tukar.wire.amounts import Key
from tukar.wire.articles import BadRow, BadRowsError, ColumnMapError

STAFF_FIELDS: Final = ("id", "name", "role", "pin", "password", "active")
SALESPEOPLE_FIELDS: Final = ("id", "name")
_NEEDED: Final = frozenset({"id", "name", "role"})
_YES: Final = frozenset({"", "yes", "y", "true", "1", "ya"})
_NO: Final = frozenset({"no", "n", "false", "0", "tidak"})
_NAME_AT_MOST: Final = 120
_MOST_NAMED: Final = 20

Row = tuple[int, Sequence[str]]
T = TypeVar("T", "StaffRow", "SalespersonRow")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who signs in, as a table has them; an empty PIN or password leaves what there is as it is."""

    line: int
    staff_id: str
    name: str
    role: Role
    pin: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    active: bool = True


@dataclass(frozen=True, slots=True)
class SalespersonRow:
    """Somebody who serves, as a table has them."""

    line: int
    staff_id: str
    name: str


def read_staff(headings: Sequence[str], rows: Iterable[Row]) -> tuple[StaffRow, ...]:
    """Everybody in a table; ColumnMapError when a column is missing, BadRowsError naming the rows that are bad."""
    return _read(headings, rows, STAFF_FIELDS, _staff)


def read_salespeople(headings: Sequence[str], rows: Iterable[Row]) -> tuple[Salesperson, ...]:
    """The salespeople of a table in its order; raises as ``read_staff`` does."""
    found = _read(headings, rows, SALESPEOPLE_FIELDS, _salesperson)
    return tuple(Salesperson(one.staff_id, one.name) for one in found)


def refuse(bad: Sequence[BadRow]) -> None:
    """BadRowsError with those rows, if there are any."""
    if bad:
        raise BadRowsError(tuple(bad[:_MOST_NAMED]), len(bad))


def _read(
    headings: Sequence[str],
    rows: Iterable[Row],
    fields: Sequence[str],
    one: Callable[[int, Mapping[str, str]], T],
) -> tuple[T, ...]:
    missing = next((name for name in fields if name in _NEEDED and name not in headings), None)
    if missing is not None:
        raise ColumnMapError(f"no column is headed {missing!r}; there are {', '.join(headings)}")
    places = {name: headings.index(name) for name in fields if name in headings}
    found: dict[str, T] = {}
    bad: list[BadRow] = []
    for line, cells in rows:
        cell = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        try:
            read = one(line, cell)
        except ValueError as broken:
            bad.append(BadRow(line, str(broken)))
            continue
        if read.staff_id in found:
            bad.append(BadRow(line, f"{read.staff_id} stands in line {found[read.staff_id].line} already"))
        found[read.staff_id] = read
    refuse(bad)
    return tuple(found.values())


def _staff(line: int, cell: Mapping[str, str]) -> StaffRow:
    person = _salesperson(line, cell)
    if cell["role"] not in tuple(Role):
        raise ValueError(f"the role is one of {', '.join(Role)}")
    pin, password, active = (cell.get(name, "") for name in ("pin", "password", "active"))
    if pin:
        demand_pin(pin)
    if password:
        demand_password(password)
    if active.lower() not in _YES | _NO:
        raise ValueError("active is yes or no")
    return StaffRow(
        line, person.staff_id, person.name, Role(cell["role"]), pin, password, active=active.lower() in _YES
    )


def _salesperson(line: int, cell: Mapping[str, str]) -> SalespersonRow:
    staff_id, name = cell["id"], cell["name"]
    try:
        msgspec.convert(staff_id, Key)
    except msgspec.ValidationError:
        raise ValueError("the id is up to 64 letters, digits and _ . : -") from None
    if not name or len(name) > _NAME_AT_MOST or not name.isprintable():
        raise ValueError(f"the name has from 1 to {_NAME_AT_MOST} characters")
    return SalespersonRow(line, staff_id, name)


def demand_pin(pin: str) -> None:
    """ValueError when it is none; the text never repeats it."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise ValueError(f"the PIN has {PIN_DIGITS} digits")


def demand_password(password: str) -> None:
    """ValueError when it is too short; the text never repeats it."""
    if len(password) < PASSWORD_LETTERS:
        raise ValueError(f"the password has at least {PASSWORD_LETTERS} characters")
