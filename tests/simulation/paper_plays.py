"""What a till and a manager keep in small files: settings, views, a token, sealed numbers, tables, a log, back-ups."""

import csv
import logging
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.file_keeping import Kept
from tests.simulation.real_disk import RealFolder
from tests.simulation.world import World
from tukar.domain.applied import PromotionFilter, PromotionOutcome, Settlement
from tukar.domain.points import Points
from tukar.domain.report import ReportKind
from tukar.local.backup import Backup, BackupError, read_backup, write_backup
from tukar.local.intents import IntentLog
from tukar.local.log_file import end_of_log, logging_to
from tukar.local.manager_shelf import PlanFile, ViewsFile
from tukar.local.outbox import SealBrokenError
from tukar.local.sealing import AesSeal
from tukar.local.secrets import Keeping, key_of, open_secrets
from tukar.local.settings import FILE as SETTINGS_FILE
from tukar.local.settings import TomlSettings
from tukar.local.sheets import SheetFolder
from tukar.loyalty.emulated import Conclusion, Intent, intent_fields, intent_of
from tukar.till.managing.filtering import SavedView, Wanted
from tukar.till.managing.spans import Days, Span
from tukar.till.ports import Secrets
from tukar.till.ports.reviewing import ExportPlan, SheetForm

if TYPE_CHECKING:
    from tests.simulation.till import SimulatedTill, TillLife

Play = Callable[["TillLife"], None]
"""What is done once at the files of a till, while that life of its program sells."""
NUMBER: Final = "+62 811 0000 4711"
"""A customer's, which no file may show."""
_DAY: Final = date(2026, 11, 21)
_DAMAGED: Final = b'language = "en\nlock_after_minutes = ['
_HALF: Final = b'{"reference": "half'


class Papers:
    """Each play writes one of them and says what must be found afterwards, now or in the next life."""

    def __init__(self, world: World, till: "SimulatedTill", folder: RealFolder, kept: Kept) -> None:
        self._world = world
        self._till = till
        self._folder = folder
        self._path = folder.path
        self._kept = kept
        self._times = 0
        self._sealed: dict[bytes, str] = {}
        self._intents: dict[str, Conclusion] = {}
        self._tables: dict[str, list[list[str]]] = {}
        self.backups: dict[str, Backup] = {}

    def begin(self) -> None:
        """Reads all there is, as a program does that starts."""
        found = self._kept.found
        found("settings", TomlSettings(self._path).load())
        found("views", ViewsFile(self._path).load())
        found("export plan", (PlanFile(self._path).load(), PlanFile(self._path).exported()))
        found("token", self._store.get("token"))
        self._read_intents()
        self.check()

    def died(self) -> None:
        """A line that was being written when the program ended may be there in part."""
        torn = self._world.choices.pick(f"torn.{self._till.name}", "", (("torn", 0.3),))
        if torn and self._intents:
            with self._folder.unwatched(), (self._path / "intents.jsonl").open("ab") as file:
                file.write(_HALF)

    def plays(self) -> list[Play]:
        return [
            self._change_settings, self._spoil_settings, self._keep_views, self._keep_plan, self._mark_exported,
            self._keep_token, self._seal, self._note_intent, self._export, self._log, self._back_up,
        ]  # fmt: skip

    def _number(self) -> int:
        self._times += 1
        return self._times

    def _pick(self, what: str, tame: str, *wild: tuple[str, float]) -> str:
        return self._world.choices.pick(f"{what}.{self._till.name}", tame, wild)

    # Settings

    def settle(self) -> None:
        """The settings say whose till it is, as they do once it is connected to its shop."""
        with self._folder.unwatched():
            self._change_settings()

    def _change_settings(self, _: "TillLife | None" = None) -> None:
        store = TomlSettings(self._path)
        changed = replace(
            store.load(),
            shop_id=shop.SHOP_ID,
            till_id=self._till.till_id,
            till_epoch=self._till.epoch,
            key_store=Keeping.OWNER_ONLY_FILE.value,
            lock_after_minutes=self._number(),
            hand=self._pick("hand", "right", ("left", 0.5)),
        )
        self._kept.write("settings", changed, lambda: store.save(changed))
        self._kept.demand("the till's own settings", store.own()["till_id"], self._till.till_id)

    def _spoil_settings(self, _: "TillLife") -> None:
        """Somebody edits the file and makes a mistake: the last good settings stay in force, the file is put aside."""
        store = TomlSettings(self._path)
        before = store.load()
        if not (self._path / SETTINGS_FILE).exists():
            return
        with self._folder.unwatched():
            (self._path / SETTINGS_FILE).write_bytes(_DAMAGED)
        self._kept.demand("settings in force", store.load(), before)
        self._kept.demand("what is said of the damage", bool(store.trouble), expected=True)
        self._kept.demand("what a damaged file says", dict(store.own()), {})
        mended = replace(before, lock_after_minutes=self._number())
        self._kept.write("settings", mended, lambda: store.save(mended))
        aside = [file.read_bytes() for file in sorted(self._path.glob("settings.damaged-*.toml"))]
        self._kept.demand("the damaged file beside it", _DAMAGED in aside, expected=True)

    # A manager's

    def _keep_views(self, _: "TillLife") -> None:
        store = ViewsFile(self._path)
        narrow = PromotionFilter(
            outcome=PromotionOutcome.TAKEN, settlement=next(iter(Settlement)), till_id=self._till.till_id, text="De"
        )
        views = (
            *store.load(),
            SavedView(f"View {self._number()}", Wanted(Days(Span.DAYS, _DAY, None), narrow)),
            SavedView("All", Wanted(Days(Span.ALL))),
        )[-4:]
        self._kept.write("views", views, lambda: store.save(views))

    def _keep_plan(self, _: "TillLife") -> None:
        store = PlanFile(self._path)
        plan = ExportPlan(f"/exports/{self._number()}", form=SheetForm.XLSX, reports=tuple(ReportKind)[:2])
        self._kept.write("export plan", (plan, store.exported()), lambda: store.save(plan))

    def _mark_exported(self, _: "TillLife") -> None:
        store = PlanFile(self._path)
        day = _DAY.replace(day=1 + self._number() % 28)
        self._kept.write("export plan", (store.load(), day), lambda: store.mark_exported(day))
        if self._pick("plan", "", ("spoiled", 0.2)):
            with self._folder.unwatched():
                (self._path / "export-plan.json").write_bytes(_HALF)
            self._kept.demand("a plan that nobody can read", (store.load(), store.exported()), (ExportPlan(), None))
            self._kept.write("export plan", (ExportPlan(), None), lambda: store.save(ExportPlan()))

    # Secrets

    @property
    def _store(self) -> Secrets:
        return open_secrets(Keeping.OWNER_ONLY_FILE, self._path)

    def _keep_token(self, _: "TillLife") -> None:
        store, token = self._store, f"token-{self._number()}"
        self._kept.write("token", token, lambda: store.set("token", token))
        self._kept.demand(
            "a token that was forgotten", open_secrets(Keeping.ASK_EVERY_TIME, self._path).get("token"), None
        )
        if self._pick("token", "", ("gone", 0.2)):
            self._kept.write("token", None, lambda: store.delete("token"))

    def _seal(self, _: "TillLife") -> None:
        """What is sealed opens in every life with the key that is kept, and with no other."""
        text = f"{NUMBER} {self._number()}"
        seal = AesSeal(lambda: key_of(self._store, "seal"))
        sealed = seal.seal(text)
        self._sealed[sealed] = text
        self._kept.demand("a number that is sealed", NUMBER.encode() in sealed, expected=False)
        with suppress(SealBrokenError):
            self._kept.demand("opened with another key", AesSeal(lambda: bytes(32)).open(sealed), SealBrokenError)

    # What an emulated hold writes down

    def _log_of_intents(self) -> IntentLog[Intent]:
        return IntentLog(self._path / "intents.jsonl", intent_fields, intent_of)

    def _read_intents(self) -> None:
        log = self._log_of_intents()
        for reference, conclusion in sorted(self._intents.items()):
            found = log.find(reference)
            allowed = (conclusion, Conclusion.DONE)
            self._kept.demand(f"intent {reference}", found is not None and found.conclusion in allowed, expected=True)

    def _note_intent(self, _: "TillLife") -> None:
        log, reference = self._log_of_intents(), f"r-{self._number()}"
        intent = Intent(reference, "dewi", shop.POIN, Points(150))
        log.put(intent)
        self._intents[reference] = Conclusion.UNKNOWN
        log.put(replace(intent, conclusion=Conclusion.DONE))
        self._intents[reference] = Conclusion.DONE

    # Tables

    def _export(self, life: "TillLife") -> None:
        """The bills of the day, for a spreadsheet; they add up to what the journal says."""
        with life.journal.inspect() as db:
            bills = db.execute("SELECT series || '-' || n, cashier_id, total FROM receipts ORDER BY rowid").fetchall()
        form = SheetForm(self._pick("sheet", SheetForm.CSV.value, (SheetForm.XLSX.value, 0.25)))
        rows = [(number, f"={cashier}", total, _DAY, None) for number, cashier, total in bills]
        file = self._path / "exports" / f"day-{self._number()}.{form.value}"
        self._tables[file.name] = [
            [number, f"'={cashier}", str(total), "2026-11-21", ""] for number, cashier, total in bills
        ]
        # The library behind XLSX leaves open files where it is cut off; only the end of a process clears them away.
        with self._folder.unwatched() if form is SheetForm.XLSX else nullcontext():
            written = SheetFolder().write(file, form, ("Bill", "Cashier", "Total", "Day", "-"), rows)
        self._kept.demand("rows written", written, len(bills))
        self._kept.demand("the table", file.exists(), expected=True)

    def check(self) -> None:
        """Tables and back-ups are whole or not there; what was sealed opens."""
        for file in sorted((self._path / "exports").glob("day-*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as lines:
                self._kept.demand(file.name, list(csv.reader(lines))[1:], self._tables[file.name])
        for sealed, text in self._sealed.items():
            opened = AesSeal(lambda: key_of(self._store, "seal")).open(sealed)
            self._kept.demand("what was sealed", opened, text)
        for file in sorted(self._path.parent.glob("*.tukar")):
            told = read_backup(file, None)
            self._kept.demand(f"back-up {file.name}", told, self.backups.get(file.name, told))

    # The log

    def _log(self, _: "TillLife") -> None:
        with logging_to(self._path):
            logging.getLogger("tukar.till.simulated").info("no answer about %s, try %d", NUMBER, self._number())
        words = end_of_log(self._path, 4_000)
        self._kept.demand("the log", ("(number)" in words, NUMBER in words), (True, False))

    # Back-ups

    def _back_up(self, life: "TillLife") -> None:
        self.write_backup(life, self._path.parent / f"{self._number()}.tukar")

    def write_backup(self, life: "TillLife", file: Path) -> None:
        """While the till may go on selling; what is there is whole, with no secret in it."""
        backup = write_backup(life.journal, self._path, file, self._till.clock.now())
        self.backups[file.name] = backup
        self._kept.demand("what a back-up says of itself", read_backup(file, None), backup)
        self._kept.demand("what a back-up leaves behind", [*self._path.glob("backing-up*")], [])
        content = file.read_bytes()
        for secret in (self._store.get("seal"), self._store.get("token")):
            self._kept.demand(
                "a secret in a back-up", secret is not None and secret.encode() in content, expected=False
            )
        try:
            write_backup(life.journal, self._path, file, self._till.clock.now())
        except BackupError:
            return
        self._kept.demand("a back-up in the place of another", file.name, BackupError)
