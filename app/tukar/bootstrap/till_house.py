"""The till of a data folder, as commands meet it: asked over its socket while it runs, opened here while it does not.

A running till holds its journal alone (redemption.md, "Disk"), so every question has one answer here, a function of
the open journal, which the till calls for whoever asks and a command calls for itself.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.shop_settings import settings_of
from tukar.local import audit, backup, doctor
from tukar.local.backup import BackupError
from tukar.local.clock import SystemClock
from tukar.local.control import Answer, NoTillRunningError, QuestionError, ask_running
from tukar.local.doctor import Weight
from tukar.local.journal import SqliteJournal, has_journal
from tukar.local.lock import FolderLock
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Settings

OPERATOR: Final = "operator"
"""Who did it, in the audit, where a command did."""

Question = Callable[[SqliteJournal, Path, Mapping[str, str]], dict[str, Any]]


def _doctor(journal: SqliteJournal, folder: Path, asked: Mapping[str, str]) -> dict[str, Any]:
    repaired: list[str] = []
    if asked.get("repair"):
        repaired = [f"Queued again: {mended.words}" for mended in doctor.repair(journal)]
        journal.checkpoint()
        repaired.append("The journal's log is in its file.")
    found = doctor.examine(journal, folder, asked.get("anchors", "").split())
    counted = doctor.counts(journal)
    return {
        "findings": [
            {"invariant": one.rule, "where": one.ref, "story": one.words, "waits": one.weight is Weight.WAITS}
            for one in found
        ],
        "facts": {"bills": counted.bills, "unsent": counted.unsent, "to_review": counted.to_review},
        "repaired": repaired,
        "delivered": sorted(doctor.delivered(journal)),
    }


def _backup(journal: SqliteJournal, folder: Path, asked: Mapping[str, str]) -> dict[str, Any]:
    file = Path(asked["file"])
    made = backup.write_backup(journal, folder, file, SystemClock().now())
    return {"file": str(file), "bills": made.bills, "bytes": file.stat().st_size}


def _audit(journal: SqliteJournal, _folder: Path, asked: Mapping[str, str]) -> dict[str, Any]:
    with journal.inspect() as db:
        head = audit.head(db)
        broken = audit.first_broken(db)
        lost = audit.lost_anchors(db, asked.get("anchors", "").split())
        restored = audit.restored(db)
    return {"rows": head.seq, "head": head.hash, "broken_at": broken, "lost": len(lost), "restored": restored}


QUESTIONS: Final[Mapping[str, Question]] = {"doctor": _doctor, "backup": _backup, "audit": _audit}


def answers(journal: SqliteJournal, folder: Path) -> dict[str, Answer]:
    """What a running till answers, for its ``ControlServer``; called on that server's thread."""

    def answer(question: Question) -> Answer:
        def told(asked: Mapping[str, str]) -> dict[str, Any]:
            try:
                return question(journal, folder, asked)
            except (DiskTrouble, BackupError) as trouble:
                raise QuestionError(_words(trouble)) from trouble

        return told

    return {name: answer(question) for name, question in QUESTIONS.items()}


def _words(trouble: DiskTrouble | BackupError) -> str:
    return trouble.detail if isinstance(trouble, DiskTrouble) else str(trouble)


def demand_till(folder: Path) -> None:
    if not has_journal(folder):
        raise CommandRefused(f"{folder} holds no till.", "Name another folder with --data.")


def ask_till(folder: Path, question: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The answer of the till in ``folder``, running or not.

    Raises CommandRefused with words where there is none; a journal that cannot be read is DiskTrouble DAMAGED.
    """
    try:
        told: dict[str, Any] = ask_running(folder, question, asked)
    except NoTillRunningError:
        return _ask_closed(folder, question, asked)
    except QuestionError as why:
        raise CommandRefused(f"The till says: {why}.", "Put that right, then ask again.") from None
    return told


def _ask_closed(folder: Path, question: str, asked: Mapping[str, str]) -> dict[str, Any]:
    with closed_till(folder) as journal:
        try:
            return QUESTIONS[question](journal, folder, asked)
        except BackupError as why:
            raise CommandRefused(f"{why}.", "Put that right, then try again.") from None


@contextmanager
def closed_till(folder: Path) -> Iterator[SqliteJournal]:
    """The journal of a till that does not run. CommandRefused when it runs or the disk fails; DAMAGED is raised."""
    with held_folder(folder):
        try:
            backup.finish_restore(folder)
            journal = open_closed(folder, settings_of(folder).load())
            try:
                yield journal
            finally:
                journal.close()
        except DiskTrouble as trouble:
            if trouble.kind is DiskTroubleKind.DAMAGED:
                raise
            raise CommandRefused(
                f"The till's files cannot be used: {trouble.detail}.", "Check the disk and its rights."
            ) from None


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """The folder, kept from every other program meanwhile; CommandRefused while a till has it."""
    try:
        lock = FolderLock(folder)
    except DiskTrouble as trouble:
        if trouble.kind is DiskTroubleKind.IN_USE:
            raise CommandRefused(f"The till is open: {trouble.detail}.", "Close its window, then ask again.") from None
        raise CommandRefused(f"{folder} cannot be used: {trouble.detail}.", "Check the disk and its rights.") from None
    try:
        yield
    finally:
        lock.release()


def open_closed(folder: Path, settings: Settings) -> SqliteJournal:
    """The journal as the till itself would open it, but for the key: no command reads a sealed number."""
    numbering = Numbering(settings.shop_id, settings.till_id, settings.till_epoch)
    return SqliteJournal(folder, numbering, clock=SystemClock(), seal=AesSeal(bytes))
