"""``tukar backup``, ``tukar restore`` and ``tukar audit verify``: the till's record kept, put back, and checked."""

import json
import sys
from pathlib import Path
from typing import Any

from tukar.bootstrap import anchors
from tukar.bootstrap.options import AuditOptions, BackupOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.shop_settings import settings_of
from tukar.bootstrap.till_house import OPERATOR, ask_till, demand_till, held_folder, open_closed
from tukar.local import doctor
from tukar.local.audit import RESTORED
from tukar.local.backup import Backup, BackupError, finish_restore, restore
from tukar.local.control import NoTillRunningError, QuestionError, ask_running
from tukar.local.journal import SqliteJournal, has_journal
from tukar.local.paths import data_folder, make_private
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Settings


def run_backup(options: BackupOptions) -> int:
    """Writes a back-up of the till, which may go on selling."""
    folder = options.data or data_folder()
    demand_till(folder)
    file = options.file.absolute()
    if file.exists():
        raise CommandRefused(f"{file} is there already.", "Choose another name.")
    if not file.parent.is_dir():
        raise CommandRefused(f"{file.parent} is no folder.", "Make it first, or choose another.")
    try:
        told = ask_till(folder, "backup", {"file": str(file)})
    except DiskTrouble as trouble:
        raise CommandRefused(f"The journal is damaged: {trouble.detail}.", "Restore an earlier back-up.") from None
    sys.stdout.write(f"{told['file']}: {told['bills']:,} bills, {told['bytes']:,} bytes. Keys are not in it.\n")
    return Status.WELL


def run_restore(options: BackupOptions) -> int:
    """Puts a back-up in the place of a till that is closed and has sent everything."""
    folder = options.data or data_folder()
    _demand_closed(folder)
    make_private(folder)
    with held_folder(folder):
        try:
            finish_restore(folder)
            _demand_nothing_unsent(folder)
            present = settings_of(folder).load()
            backup = restore_closed(folder, options.file, present)
        except BackupError as why:
            raise CommandRefused(f"{_sentence(str(why))}.", "Nothing was changed.") from None
        except DiskTrouble as trouble:
            raise CommandRefused(
                f"The disk did not take it: {trouble.detail}.", "Make room or check its rights, then try again."
            ) from None
    sys.stdout.write(
        f"The till of {backup.at[:16].replace('T', ' ')} UTC is back: {backup.bills:,} bills. What was here before is "
        f"kept beside it. The till asks its backend for new numbers before its next bill.\n"
    )
    return Status.WELL


def restore_closed(folder: Path, file: Path, present: Settings) -> Backup:
    """Puts a back-up in the place of a till that the caller holds. Raises BackupError or DiskTrouble."""
    return restore(folder, file, _examined_and_marked, present)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _demand_closed(folder: Path) -> None:
    try:
        ask_running(folder, "audit")
    except NoTillRunningError:
        return
    except QuestionError:
        pass
    raise CommandRefused("The till is open.", "Close its window, then restore.")


def _demand_nothing_unsent(folder: Path) -> None:
    """A journal that cannot be read any more is no hindrance: to replace it is what a back-up is for."""
    if not has_journal(folder):
        return
    try:
        journal = open_closed(folder, settings_of(folder).load())
    except DiskTrouble as trouble:
        if trouble.kind is DiskTroubleKind.DAMAGED:
            return
        raise
    try:
        in_the_way = unsent_words(journal)
    except DiskTrouble as trouble:
        if trouble.kind is not DiskTroubleKind.DAMAGED:
            raise
        in_the_way = ""
    finally:
        journal.close()
    if in_the_way:
        raise CommandRefused(f"This till has {in_the_way}.", "Open it and let it finish first, then restore.")


def unsent_words(journal: SqliteJournal) -> str:
    """What is unsent or unfinished at a till; empty when nothing is."""
    if count := journal.waiting_count():
        return _counted(count, "message that was not sent", "messages that were not sent")
    if count := len(journal.drafts()):
        return _counted(count, "bill that is not finished", "bills that are not finished")
    if count := len(journal.unsettled_attempts()):
        return _counted(count, "payment that nobody knows the end of", "payments that nobody knows the end of")
    return ""


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _examined_and_marked(unpacked: Path, settings: Settings) -> None:
    try:
        journal = open_closed(unpacked, settings)
    except DiskTrouble as trouble:
        raise BackupError(f"the journal in the back-up cannot be read: {trouble.detail}") from trouble
    try:
        damage = [finding for finding in doctor.examine(journal) if finding.rule == "integrity"]
        if damage:
            raise BackupError(f"the journal in the back-up is damaged: {damage[0].words}")
        journal.spend_series(OPERATOR, RESTORED, settings.till_id)
        journal.checkpoint()
    finally:
        journal.close()


def run_audit_verify(options: AuditOptions) -> int:
    """Follows the audit chain of the till, and of the backend beside it, and compares the one with what the other saw.

    Status 1 when a chain was changed.
    """
    folder = options.data or data_folder()
    seen = anchors.backend_anchors(options.database, folder)
    chains: list[dict[str, Any]] = []
    if has_journal(folder):
        try:
            till = settings_of(folder).load()
            asked = {"anchors": " ".join(seen.of(till.shop_id, till.till_id))}
            chains.append({"what": "till", **ask_till(folder, "audit", asked)})
        except DiskTrouble as trouble:
            raise CommandRefused(f"The journal is damaged: {trouble.detail}.", "Restore a back-up.") from None
    chains += [{"what": f"backend of {shop_id}", **told} for shop_id, told in seen.chains.items()]
    if not chains:
        raise CommandRefused(f"{folder} holds neither a till nor a backend.", "Name another folder with --data.")
    for chain in chains:
        chain["ok"] = _is_whole(chain)
    if options.as_json:
        json.dump({"ok": all(chain["ok"] for chain in chains), "chains": chains}, sys.stdout)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{chain['what']}: {_verdict(chain)}\n" for chain in chains)
    return Status.WELL if all(chain["ok"] for chain in chains) else Status.FOUND_WRONG


def _is_whole(chain: dict[str, Any]) -> bool:
    return chain["broken_at"] is None and (not chain.get("lost") or bool(chain.get("restored")))


def _verdict(chain: dict[str, Any]) -> str:
    if chain["broken_at"] is not None:
        return f"changed at row {chain['broken_at']}"
    rows = f"{chain['rows']:,} rows, whole"
    if not chain.get("lost"):
        return rows
    if chain.get("restored"):
        return f"{rows}; the backend knows of {chain['lost']} later rows than the back-up this till was restored from"
    return f"its end was cut off or re-written: the backend knows {chain['lost']} rows that are not here"
