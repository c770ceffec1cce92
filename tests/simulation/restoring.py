"""A back-up of a till, taken between two of its sales and put in its place again after later ones.

The bills that were sold in between are in the files that were put away and at the backend, and no longer in the till:
it has to get numbers that nobody ever gave out before it sells again. Whoever restores may be cut off anywhere, and
tries again (``local.backup``).
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fakes.secrets import PlainSeal
from tests.simulation import shop
from tests.simulation.file_keeping import Kept
from tests.simulation.real_disk import Operator
from tests.simulation.till import SimulatedTill, templates
from tests.simulation.world import Crashed, World
from tukar.local import doctor
from tukar.local.audit import RESTORED
from tukar.local.backup import BackupError, finish_restore, read_backup, restore
from tukar.local.journal import DRAFTS_FILE, JOURNAL_FILE, SqliteJournal
from tukar.local.lock import FolderLock
from tukar.local.receipts import Numbering
from tukar.local.settings import TomlSettings
from tukar.till.ports import Settings

if TYPE_CHECKING:
    from tests.simulation.invariants import Watch
    from tests.simulation.till_files import TillFiles

LOOKS_EVERY: Final = 2.3
AT_LEAST: Final = 40.0
"""Seconds between a back-up and the day it is needed."""
AGAIN_SECONDS: Final = 30.0
FILE: Final = "evening.tukar"
_BILLS: Final = "SELECT bill_id FROM receipts ORDER BY bill_id"


class Restoring:
    """Once, at ``till``; ``put_away`` hears of the machine's former self, which is never switched on again."""

    def __init__(
        self,
        world: World,
        till: SimulatedTill,
        files: "TillFiles",
        watch: "Watch",
        put_away: Callable[[SimulatedTill], None],
    ) -> None:
        self._world = world
        self._till = till
        self._files = files
        self._watch = watch
        self._put_away = put_away
        self._kept: Kept = files.kept
        self._then = Settings()
        self._bills: list[str] = []
        self.is_busy = False
        """The till is off and somebody is at its files."""

    @property
    def _file(self) -> Path:
        return self._files.path.parent / FILE

    def start(self) -> None:
        self._world.after(LOOKS_EVERY, self._back_up)

    def _is_resting(self) -> bool:
        """Nothing is in hand and everything was sent."""
        life = self._till.life
        if life is None or not life.alive or life.recovered is None or not life.writer.idle or life.background.busy:
            return False
        journal = life.journal
        return not (life.in_hand or journal.waiting_count() or journal.unfinished_refunds())

    def _back_up(self) -> None:
        if self._world.healed:
            return
        life = self._till.life
        if life is None or not self._is_resting() or not life.journal.recent_receipts(1):
            self._world.after(LOOKS_EVERY, self._back_up)
            return
        self._files.papers.settle()
        self._then = TomlSettings(self._files.path).load()
        with self._files.folder.unwatched():
            self._files.papers.write_backup(life, self._file)
        self._world.after(AT_LEAST, self._restore)

    def _restore(self) -> None:
        """The till is closed; what lay in its journal is in its folder, as on any other machine."""
        if self._world.healed:
            return
        life = self._till.life
        if life is None or not self._is_resting():
            self._world.after(LOOKS_EVERY, self._restore)
            return
        self.is_busy = True
        with self._files.folder.unwatched():
            life.journal.copy_into(self._files.path)
        self._bills = [bill_id for (bill_id,) in self._till.disk.journal.execute(_BILLS)]
        life.close()
        self._attempt()

    def _attempt(self) -> None:
        """What ``tukar restore`` does."""
        folder, path = self._files.folder, self._files.path
        operator = Operator(f"operator-{self._till.name}", folder)
        folder.process = operator
        lock: FolderLock | None = None
        try:
            lock = FolderLock(path)
            if not finish_restore(path):
                present = TomlSettings(path).load()
                self._offer_others(present)
                self._kept.write("settings", self._then, lambda: restore(path, self._file, self._marked, present))
        except Crashed:
            self._world.after(AGAIN_SECONDS, self._attempt)
        else:
            folder.process = None
            self._restored()
        finally:
            if lock is not None:
                lock.release()

    def _offer_others(self, present: Settings) -> None:
        """A damaged back-up, none at all, and one of another till are refused, and everything stays as it is."""
        pick = self._world.choices.pick
        wrong = pick(f"wrong.{self._till.name}", "", (("damaged", 0.2), ("none", 0.2), ("other", 0.2)))
        if not wrong:
            return
        file, content = self._file.with_name("other.tukar-copy"), self._file.read_bytes()
        with self._files.folder.unwatched():
            file.write_bytes(content[: len(content) // 2] + content[len(content) // 2 + 100 :])
        whose = replace(present, till_id="99") if wrong == "other" else present
        offered = {"damaged": file, "none": file.with_name("no-such-file"), "other": self._file}[wrong]
        try:
            restore(self._files.path, offered, self._marked, whose)
        except BackupError:
            return
        self._kept.demand("a wrong back-up", wrong, BackupError)

    def _marked(self, unpacked: Path, settings: Settings) -> None:
        numbering = Numbering(settings.shop_id, settings.till_id, settings.till_epoch)
        journal = SqliteJournal(unpacked, numbering, clock=self._till.clock, seal=PlainSeal())
        try:
            damage = [finding.words for finding in doctor.examine(journal) if finding.rule == "integrity"]
            self._kept.demand("what is broken in a back-up", damage, [])
            journal.spend_series("operator", RESTORED, settings.till_id)
            journal.checkpoint()
        finally:
            journal.close()

    def _restored(self) -> None:
        """Everything from before lies beside it; the till is as it was when the back-up was made."""
        path, till = self._files.path, self._till
        former = SimulatedTill(
            self._world, till.till_id, till.wire, till.token, till.salt, f"{till.name}-before-restore"
        )
        former.is_retired = True
        former.counter.bank = till.counter.bank
        self._take_over(path / "before-restore-1", former)
        lost = [bill_id for (bill_id,) in former.disk.journal.execute(_BILLS)]
        self._kept.demand("the bills that were put away", lost, self._bills)
        self._put_away(former)
        self._take_over(path, till)
        bills = till.disk.journal.execute(_BILLS).fetchall()
        self._kept.demand("how many bills the back-up had", len(bills), read_backup(self._file, None).bills)
        self._kept.demand("what is half restored", (path / "restored").exists(), expected=False)
        self._watch.till_restored(till)
        self._world.tell(f"till-{till.name} is restored: {len(bills)} bills of {len(lost)}")
        self._kept.demand("whose shop it is", TomlSettings(path).load().shop_id, shop.SHOP_ID)
        self.is_busy = False
        self._world.after(AGAIN_SECONDS, till.start)

    @staticmethod
    def _take_over(folder: Path, till: SimulatedTill) -> None:
        with (
            closing(_laid_out(folder / JOURNAL_FILE)) as journal,
            closing(_laid_out(folder / DRAFTS_FILE)) as drafts,
        ):
            till.disk.start_as({JOURNAL_FILE: journal, DRAFTS_FILE: drafts})


def _laid_out(file: Path) -> sqlite3.Connection:
    """The rows of a file page by page as every file of the simulation has them (``files.SCHEMA``)."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    templates()[file.name].backup(db)
    db.execute("ATTACH ? AS kept", (str(file),))
    tables = db.execute("SELECT name FROM kept.sqlite_schema WHERE type = 'table' ORDER BY rowid").fetchall()
    for (table,) in tables:
        db.execute(f"DELETE FROM main.{table}")  # noqa: S608 - a name of our own schema
        db.execute(f"INSERT INTO main.{table} SELECT * FROM kept.{table}")  # noqa: S608
    db.execute("DETACH kept")
    return db
