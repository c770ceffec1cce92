"""Back-ups of this till: one file with journal, drafts, settings and copies; the token and the keys are never in it.

A back-up is a zip archive with a list of its own content and the hash of every part. It is restored in two steps that
a crash cannot split: everything is unpacked, examined and marked beside the files in use, then one rename decides that
it counts, and ``finish_restore`` brings the parts to their places, now or at the next start. What lay there before is
put away, never deleted.

Numbers given out after a back-up was made are lost with what was lost. So a restored journal is marked, and the till
asks the backend for a new series before its next bill (redemption.md, "Restore, clone or replacement of a till").
"""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tukar.local.atomic import sync_folder, write_whole
from tukar.local.catalogue import CATALOGUE_FILE
from tukar.local.columns import moment_text
from tukar.local.disk import disk_troubles
from tukar.local.journal import DRAFTS_FILE, JOURNAL_FILE, SqliteJournal
from tukar.local.paths import PEOPLE_FILE, PROGRAMME_FILE, RESTORED, SHOP_FILE
from tukar.local.settings import FILE as SETTINGS_FILE
from tukar.local.settings import read_settings, write_settings
from tukar.till.ports import Settings
from tukar.till.settings_table import SettingsError

CONTENT_FILE: Final = "backup.json"
FORMAT: Final = 1

_NEEDED: Final = (JOURNAL_FILE, DRAFTS_FILE, SETTINGS_FILE)
_COPIES: Final = (PROGRAMME_FILE, PEOPLE_FILE, SHOP_FILE)
_PARTS: Final = (*_NEEDED, *_COPIES, CATALOGUE_FILE)
_UNPACKED: Final = "restoring"
_STAGING: Final = "backing-up"
_CHUNK: Final = 1024 * 1024
_NONSENSE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, TypeError, AttributeError, ValueError,
    RuntimeError,
)  # fmt: skip
"""All that reading an archive of arbitrary bytes raises."""
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


class BackupError(ValueError):
    """A back-up cannot be written, read or restored; the text says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a back-up says of itself; ``at`` is the moment it was made, in ISO 8601."""

    at: str
    shop_id: str
    till_id: str
    bills: int
    parts: dict[str, str]


def write_backup(journal: SqliteJournal, folder: Path, file: Path, at: datetime) -> Backup:
    """Writes the back-up of the till in ``folder`` to ``file``, which must not be there yet; it is read back once.

    Raises BackupError or DiskTrouble, and then there is no file.
    """
    if file.exists():
        raise BackupError(f"{file} is there already")
    with disk_troubles(folder), _staging_in(folder) as staging:
        _stage(journal, folder, staging)
        settings = read_settings((staging / SETTINGS_FILE).read_bytes())
        with journal.inspect() as db:
            bills: int = db.execute("SELECT count(*) FROM receipts").fetchone()[0]
        parts = {name: _hash(staging / name) for name in _PARTS if (staging / name).exists()}
        backup = Backup(moment_text(at), settings.shop_id, settings.till_id, bills, parts)
        _pack(staging, backup, file)
    return backup


@contextmanager
def _staging_in(folder: Path) -> Iterator[Path]:
    """A folder for the parts, gone afterwards; what a back-up that was cut off has left there goes first.

    Its name is always the same: whoever has the journal open is alone with it, and makes one back-up at a time.
    """
    staging = folder / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage(journal: SqliteJournal, folder: Path, staging: Path) -> None:
    journal.copy_into(staging)
    for name in (SETTINGS_FILE, *_COPIES):
        if (folder / name).exists():
            shutil.copyfile(folder / name, staging / name)
    try:
        read_settings((staging / SETTINGS_FILE).read_bytes())
    except (FileNotFoundError, SettingsError):
        # A damaged file would restore damage; the till fills in what it does not know.
        write_whole(staging / SETTINGS_FILE, write_settings(Settings()).encode())
    if (folder / CATALOGUE_FILE).exists():
        with closing(sqlite3.connect(folder / CATALOGUE_FILE, timeout=5)) as catalogue:
            catalogue.execute("VACUUM INTO ?", (str(staging / CATALOGUE_FILE),))


def _pack(staging: Path, backup: Backup, file: Path) -> None:
    fresh = file.with_name(f"{file.name}.new")
    with disk_troubles(file):
        fresh.unlink(missing_ok=True)
        try:
            handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w+b") as raw:
                with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                    archive.writestr(CONTENT_FILE, _content_of(backup))
                    for name in backup.parts:
                        archive.write(staging / name, name)
                raw.flush()
                os.fsync(raw.fileno())
            read_backup(fresh, None)
            fresh.replace(file)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        sync_folder(file.parent)


def _content_of(backup: Backup) -> str:
    content = {
        "format": FORMAT,
        "at": backup.at,
        "shop_id": backup.shop_id,
        "till_id": backup.till_id,
        "bills": backup.bills,
        "parts": backup.parts,
    }
    return json.dumps(content, indent=2)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_backup(file: Path, into: Path | None) -> Backup:
    """Reads every byte of a back-up and compares it with its hash; unpacks it where ``into`` is given.

    Raises BackupError, also for a file that is no back-up at all, and DiskTrouble.
    """
    if not file.exists():
        raise BackupError(f"{file} is not there")
    try:
        with disk_troubles(file), _wrong_places_are_damage(), zipfile.ZipFile(file) as archive:
            content = json.loads(archive.read(CONTENT_FILE))
            backup = _backup_from(content)
            found = {name: _unpacked(archive, name, into) for name in backup.parts}
    except BackupError:
        raise
    except _NONSENSE as why:
        raise BackupError(f"{file} is no back-up of a till, or it is damaged") from why
    for name, digest in found.items():
        if digest != backup.parts[name]:
            raise BackupError(f"{file} is damaged: {name} is not what was backed up")
    return backup


@contextmanager
def _wrong_places_are_damage() -> Iterator[None]:
    """A list of parts may send its reader before the beginning of the file, for which the disk is not to blame."""
    try:
        yield
    except OSError as refused:
        if refused.errno == errno.EINVAL:
            raise zipfile.BadZipFile("a part lies before the beginning") from refused
        raise


def _backup_from(content: dict[str, Any]) -> Backup:
    if content["format"] != FORMAT:
        raise BackupError("the back-up was made by a newer Tukar")
    parts = {str(name): str(digest) for name, digest in content["parts"].items()}
    if not set(_NEEDED) <= set(parts) <= set(_PARTS):
        raise BackupError("the back-up does not hold the parts of a till")
    return Backup(content["at"], content["shop_id"], content["till_id"], int(content["bills"]), parts)


def _unpacked(archive: zipfile.ZipFile, name: str, into: Path | None) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as packed:
        if into is None:
            while chunk := packed.read(_CHUNK):
                digest.update(chunk)
            return digest.hexdigest()
        with disk_troubles(into / name), (into / name).open("xb") as unpacked:
            while chunk := packed.read(_CHUNK):
                digest.update(chunk)
                unpacked.write(chunk)
            unpacked.flush()
            os.fsync(unpacked.fileno())
    return digest.hexdigest()


def restore(folder: Path, file: Path, mark: Callable[[Path, Settings], None], present: Settings) -> Backup:
    """Puts a back-up in the place of the till in ``folder``, whose lock the caller holds.

    ``mark`` examines and marks what was unpacked, before it counts, and may raise BackupError; ``present`` are the
    settings in force. Raises BackupError or DiskTrouble, and then everything is as it was.
    """
    unpacked = folder / _UNPACKED
    with disk_troubles(folder):
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir(mode=0o700)
        try:
            backup = read_backup(file, unpacked)
            settings = _joined(backup, present, unpacked)
            mark(unpacked, settings)
            write_whole(unpacked / SETTINGS_FILE, write_settings(settings).encode())
            unpacked.replace(folder / RESTORED)
            sync_folder(folder)
        except BaseException:
            shutil.rmtree(unpacked, ignore_errors=True)
            raise
    finish_restore(folder)
    return backup


def _joined(backup: Backup, present: Settings, unpacked: Path) -> Settings:
    """The settings of the back-up; what connects this very till to its backend stays as it is now."""
    try:
        kept = read_settings((unpacked / SETTINGS_FILE).read_bytes())
    except SettingsError as why:
        raise BackupError(f"the settings of the back-up cannot be read: {why}") from why
    if not present.till_id:
        # Another machine, or another disk: it has no token, and has to be connected before it is a till again.
        return replace(kept, till_id="")
    if backup.till_id and (present.shop_id, present.till_id) != (backup.shop_id, backup.till_id):
        here, there = f"{present.shop_id}-{present.till_id}", f"{backup.shop_id}-{backup.till_id}"
        raise BackupError(f"this is till {here}, and the back-up is of till {there}")
    return replace(kept, **{name: getattr(present, name) for name in _CONNECTING})


_CONNECTING: Final = ("backend_url", "shop_id", "till_id", "till_epoch", "ca_file", "proxy", "key_store")


def finish_restore(folder: Path) -> str:
    """Ends a restore that was decided, also one that a crash stopped on its way; to be called before files are opened.

    The name of the folder in which everything from before lies; empty when there is nothing to end.
    """
    decided = folder / RESTORED
    if not decided.exists():
        return ""
    with disk_troubles(folder):
        away = _place_for_former(folder, decided)
        for name in _PARTS:
            if not (decided / name).exists():
                continue
            for former in (*(f"{name}{side}" for side in _SIDE_FILES), name):
                if (folder / former).exists():
                    (folder / former).replace(away / former)
            (decided / name).replace(folder / name)
        sync_folder(away)
        sync_folder(folder)
        shutil.rmtree(decided)
    return away.name


def _place_for_former(folder: Path, decided: Path) -> Path:
    """The folder for what was there before: the same one when a restore goes on after a crash."""
    noted = decided / "former"
    if not noted.exists():
        number = 1
        while (folder / f"before-restore-{number}").exists():
            number += 1
        write_whole(noted, f"before-restore-{number}".encode())
    away = folder / noted.read_text()
    away.mkdir(mode=0o700, exist_ok=True)
    return away
