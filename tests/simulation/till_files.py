"""The files of a till that lie on a real disk: opened by every life of its program, and written while it sells.

Whatever was kept is there in the next life as it was, and what was being written is there as before or as wanted, never
half (``file_keeping``). Copies of what the backend owns are damaged now and then while the till is off, and fetched
anew by the program's own ``Sync``.
"""

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.background import Unhurried
from tests.simulation.file_keeping import NEW, FileConnection, Kept
from tests.simulation.paper_plays import Papers, Play
from tests.simulation.real_disk import RealFolder
from tests.simulation.world import KILL, World
from tukar.domain.goods import Goods
from tukar.local.backup import finish_restore
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.local.credentials import Argon2Check
from tukar.local.disk import Connection
from tukar.local.doorplate import Doorplate, keep_plate, read_plate
from tukar.local.lock import FolderLock
from tukar.local.paths import PEOPLE_FILE, PROGRAMME_FILE, SHOP_FILE, free_bytes, make_private
from tukar.local.programme_copy import ProgrammeCopy
from tukar.local.tries import TriesFile
from tukar.till.line import Line
from tukar.till.ports import Deadline, DiskTrouble, DiskTroubleKind, WrongTries
from tukar.till.staffing import who_may_sign_in
from tukar.till.sync import Sync

if TYPE_CHECKING:
    from tests.simulation.till import SimulatedTill, TillLife

COPIES: Final = (PROGRAMME_FILE, PEOPLE_FILE, SHOP_FILE)
DAMAGES: Final = tuple((name, 0.08) for name in (*COPIES, CATALOGUE_FILE))
PAUSE_SECONDS: Final = 3.0
WAIT_SECONDS: Final = 30.0
_GARBAGE: Final = b"\x00\xff this was a file once" * 40


@dataclass
class _Opened:
    """What one life of the program has open."""

    life: "TillLife"
    lock: FolderLock
    copies: ProgrammeCopy
    catalogue: CatalogueCopy
    tries: TriesFile
    sync: Sync
    connections: list[FileConnection]


class TillFiles:
    """The folder of ``till`` across all its lives."""

    def __init__(self, world: World, till: "SimulatedTill", violated: Callable[[str], None]) -> None:
        self._world = world
        self._till = till
        self.kept = Kept(violated)
        self.folder = RealFolder(world, till.name)
        self.papers = Papers(world, till, self.folder, self.kept)
        self._open: _Opened | None = None
        self._left: list[Play] | None = None

    @property
    def path(self) -> Path:
        return self.folder.path

    # Life

    def begin(self, life: "TillLife") -> None:
        """As the program opens its folder: nobody else may, a restore that broke off is ended, and all is whole."""
        if self._open is not None and self._open.life is life:
            return
        self._damage()
        self.folder.process = life
        make_private(self.path)
        lock = FolderLock(self.path)
        try:
            self._open = self._opened(life, lock)
        except BaseException:
            if life.alive:
                raise
            lock.release()  # as the system does when a program ends
            raise
        if self._left is None:
            self._left = self._plays()
        self._open.sync.start()
        life.background.after(PAUSE_SECONDS, lambda: self._next(life))

    def _opened(self, life: "TillLife", lock: FolderLock) -> _Opened:
        finish_restore(self.path)
        self.papers.begin()
        connections: list[FileConnection] = []

        def connect(path: Path) -> Connection:
            connections.append(FileConnection(self._world, life, path))
            return connections[-1]

        tries = TriesFile(self.path)
        self.kept.found("wrong tries", dict(tries.wrong_tries()))
        copies = ProgrammeCopy(self.path)
        for name, found in (("programme", copies.programme()), ("shop", copies.shop())):
            self.kept.demand(f"the {name} copy", found is None or self._is_of_shop(found), expected=True)
        catalogue = CatalogueCopy(self.path / CATALOGUE_FILE, connect)
        sync = Sync(life.backend, Unhurried(life.background), Line(), copies, catalogue)
        return _Opened(life, lock, copies, catalogue, tries, sync, connections)

    @staticmethod
    def _is_of_shop(found: object) -> bool:
        return getattr(found, "currency", None) == shop.CURRENCY

    def _damage(self) -> None:
        """While the till was off something happened to a copy."""
        name = "" if self._world.healed else self._world.choices.pick(f"damage.{self._till.name}", "", DAMAGES)
        if name and (self.path / name).exists():
            with self.folder.unwatched():
                (self.path / name).write_bytes(_GARBAGE)

    def died(self, how: str) -> None:
        """The system lets go of what the program had open."""
        opened, self._open = self._open, None
        self.folder.died(how)
        if opened is not None:
            for connection in opened.connections:
                connection.close()
            opened.lock.release()
        self.papers.died()

    def closed(self) -> None:
        """The program is closed in order."""
        opened, self._open = self._open, None
        if opened is not None:
            opened.catalogue.close()
            opened.lock.release()
        self.folder.process = None

    def remove(self) -> None:
        """The schedule is over."""
        self.died(KILL)
        self.folder.remove()

    # What is done there while the till sells

    def _plays(self) -> list[Play]:
        """Each once, also when the program ends in the middle of it."""
        plays: list[Play] = [self._type_pin, self._search, self._keep_plate, self._start_another, *self.papers.plays()]
        share = 1 / len(plays)
        first = self._world.choices.pick(
            f"paper.{self._till.name}", 0, tuple((number, share) for number in range(1, len(plays)))
        )
        return plays[first:] + plays[:first]

    def _next(self, life: "TillLife") -> None:
        if not self._left:
            return
        play = self._left.pop(0)

        def over(_: None) -> None:
            life.background.after(PAUSE_SECONDS, lambda: self._next(life))

        def failed(trouble: Exception) -> None:
            full = isinstance(trouble, DiskTrouble) and trouble.kind is DiskTroubleKind.FULL
            self.kept.demand("trouble that nobody made", full or trouble, expected=True)
            over(None)

        def turn() -> None:
            with self.folder.getting_full():
                play(life)

        life.background.run(turn, over, failed)

    @property
    def _now(self) -> _Opened:
        if self._open is None:
            raise RuntimeError("the till is off")
        return self._open

    def _type_pin(self, _: "TillLife") -> None:
        """Somebody types the manager's PIN, or what they take for it."""
        opened, pick = self._now, self._world.choices.pick
        staff = [one for one in opened.copies.staff() if one.pin_hash]
        if not staff:
            return
        for member in staff:
            typed = pick(f"pin.{self._till.name}", shop.PIN, (("000000", 0.5),))
            fits = Argon2Check().matches(member.pin_hash, typed)
            self.kept.demand(f"whether {typed} is the PIN", fits, typed == shop.PIN)
            tries = dict(opened.tries.wrong_tries())
            wrong = tries.get(member.staff_id, WrongTries()).wrong + 1
            until = Deadline(self._till.clock.boot_id, self._till.clock.monotonic() + WAIT_SECONDS)
            told = WrongTries() if fits else WrongTries(wrong, until if wrong > 1 else None)
            tries = {name: one for name, one in tries.items() if name != member.staff_id}
            after = tries if fits else {**tries, member.staff_id: told}
            keep = partial(opened.tries.keep_tries, member.staff_id, told)
            self.kept.write("wrong tries", after, keep)

    def _search(self, _: "TillLife") -> None:
        """What is typed finds what the shop sells, by code, by the beginnings of words and by shelf."""
        catalogue = self._now.catalogue
        if not catalogue.version:
            return
        goods = shop.items()
        demand = self.kept.demand
        demand("how many items are sold", catalogue.count(), len(goods))
        for sku, item in sorted(goods.items()):
            demand(f"{sku} by code", [one.sku for one in catalogue.by_code(sku.lower())], [sku])
            demand(
                f"{sku} by its name",
                sku in {hit.item.sku for hit in catalogue.find(item.name[:3].upper())},
                expected=True,
            )
            demand(f"{sku} itself", catalogue.by_sku(sku), item)
        demand("no code", (catalogue.by_code("no-such-code"), catalogue.find("  "), catalogue.find("?!")), ((), (), ()))
        named = catalogue.matching(Goods(items=frozenset({shop.TEA})))
        demand("what a rule names", [item.sku for item in named], [shop.TEA])
        demand("what sells", len(catalogue.often_sold(3)), 3)
        demand("all of it", len(catalogue.matching(Goods())), len(goods))
        for category in catalogue.shelves():
            demand(f"shelf {category}", {item.category for item in catalogue.on_shelf(category)}, {category})
        demand("room on the disk", free_bytes(self.path) > 0, expected=True)

    def _keep_plate(self, _: "TillLife") -> None:
        """Who may sign in, for the next first picture; a plate of other copies counts for nothing."""
        copies = self._now.copies
        profile = copies.shop()
        if profile is None or copies.programme() is None or not copies.people_version:
            return
        with self.folder.unwatched():
            for name in COPIES:
                file = self.path / name
                # The machine's own clock would make two runs of one schedule differ.
                moment = zlib.crc32(file.read_bytes()) * 1_000
                os.utime(file, ns=(moment, moment))
        staff = tuple(type(one)(one.staff_id, one.name, one.role) for one in who_may_sign_in(copies))
        plate = Doorplate(profile.name, profile.currency, staff)
        keep_plate(self.path, plate)
        self.kept.demand("the plate on the door", read_plate(self.path), plate)

    def _start_another(self, _: "TillLife") -> None:
        """A second program at the same files is refused."""
        try:
            other = FolderLock(self.path)
        except DiskTrouble as trouble:
            if trouble.kind is DiskTroubleKind.FULL:
                raise
            self.kept.demand("a second program", trouble.kind, DiskTroubleKind.IN_USE)
        else:
            other.release()
            self.kept.demand("a second program", NEW, DiskTroubleKind.IN_USE)

    # The end

    def check(self) -> None:
        """Once all is quiet: what was fetched lies there whole, for a start without the line."""
        opened = self._open
        self.papers.check()
        if opened is None or opened.sync.model.state is None or opened.sync.model.busy:
            return
        state, lying = opened.sync.model.state, ProgrammeCopy(self.path)
        programme = lying.programme()
        demand = self.kept.demand
        # Other rules may have come into force between the answer about the shop and the one that brought them.
        is_new = programme is not None and programme.version >= state.programme_version
        demand("the programme is the one in force", is_new, expected=True)
        demand("the shop", lying.shop(), state.shop)
        demand("the people", lying.people_version, state.staff_version)
        demand("the staff", {one.staff_id for one in lying.staff()}, {shop.CASHIER.staff_id, shop.MANAGER.staff_id})
        demand("the catalogue", (opened.catalogue.version, opened.catalogue.next_page), (state.catalogue_version, ""))
