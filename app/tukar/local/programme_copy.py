"""Programme, staff, salespeople and shop as the backend last told them, for a start without the line."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.local.paths import PEOPLE_FILE, PROGRAMME_FILE, SHOP_FILE
from tukar.wire.amounts import Version
from tukar.wire.message import Message, MessageError, read_answer, write
from tukar.wire.people import (
    WireSalesperson,
    WireStaffMember,
    salesperson_of,
    staff_member_of,
    wire_salesperson,
    wire_staff_member,
)
from tukar.wire.shop import WireShop, shop_of, wire_shop

if TYPE_CHECKING:
    from tukar.domain.people import Salesperson, StaffMember
    from tukar.domain.programme import Programme
    from tukar.till.ports import ShopProfile


class StoredPeople(Message):
    """Staff and salespeople under one version."""

    version: Version
    staff: tuple[WireStaffMember, ...] = ()
    salespeople: tuple[WireSalesperson, ...] = ()


class ProgrammeCopy:
    """The till's copies in ``folder``, also as ``ports.StaffDirectory``; each file is replaced whole or not at all.

    A copy that is missing or cannot be read counts as none: the backend is asked again. Everything is read once, at
    the first use; threads may share it. Raises DiskTrouble.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._programme: Programme | None = None
        self._people: StoredPeople | None = None
        self._shop: ShopProfile | None = None

    def programme(self) -> Programme | None:
        with self._lock:
            if self._programme is None:
                content = self._content(PROGRAMME_FILE)
                self._programme = None if content is None else _programme_from(content)
            return self._programme

    def keep_programme(self, programme: Programme) -> None:
        with self._lock:
            from tukar.wire.programme import programme_json

            content = json.dumps(programme_json(programme), ensure_ascii=False, separators=(",", ":"))
            write_whole(self._folder / PROGRAMME_FILE, content.encode())
            self._programme = programme

    def shop(self) -> ShopProfile | None:
        with self._lock:
            if self._shop is None:
                content = self._content(SHOP_FILE)
                self._shop = None if content is None else _shop_from(content)
            return self._shop

    def keep_shop(self, shop: ShopProfile) -> None:
        with self._lock:
            write_whole(self._folder / SHOP_FILE, write(wire_shop(shop)))
            self._shop = shop

    @property
    def people_version(self) -> int:
        """Of staff and salespeople; 0 where there is no copy."""
        return self._people_kept().version

    def staff(self) -> Sequence[StaffMember]:
        return tuple(map(staff_member_of, self._people_kept().staff))

    def salespeople(self) -> Sequence[Salesperson]:
        return tuple(map(salesperson_of, self._people_kept().salespeople))

    def keep_people(self, version: int, staff: Sequence[StaffMember], salespeople: Sequence[Salesperson]) -> None:
        people = StoredPeople(
            version=version,
            staff=tuple(map(wire_staff_member, staff)),
            salespeople=tuple(map(wire_salesperson, salespeople)),
        )
        with self._lock:
            write_whole(self._folder / PEOPLE_FILE, write(people))
            self._people = people

    def _people_kept(self) -> StoredPeople:
        with self._lock:
            if self._people is None:
                content = self._content(PEOPLE_FILE)
                self._people = StoredPeople(version=0) if content is None else _people_from(content)
            return self._people

    def _content(self, name: str) -> bytes | None:
        path = self._folder / name
        with disk_troubles(path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None


def _programme_from(content: bytes) -> Programme | None:
    from tukar.wire.programme import programme_from_json  # all rules: not for who only asks for the staff

    try:
        return programme_from_json(json.loads(content))
    except ValueError:
        return None


def _people_from(content: bytes) -> StoredPeople:
    try:
        return read_answer(content, StoredPeople)
    except MessageError:
        return StoredPeople(version=0)


def _shop_from(content: bytes) -> ShopProfile | None:
    try:
        return shop_of(read_answer(content, WireShop))
    except ValueError:
        return None
