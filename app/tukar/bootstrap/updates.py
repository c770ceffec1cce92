"""Updates as this program has them: its installation, its disk, its till; built here for the commands and the start."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tukar import __version__
from tukar.bootstrap.keeping_safe import restore_closed, unsent_words
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.till_house import open_closed
from tukar.deploy.feed import Feed, FeedError, FolderFeed, Progress
from tukar.deploy.installation import Installation, Kind, find_installation
from tukar.deploy.installing import DebInstaller, FolderInstaller, Installer, InstallError, Ran, SetupInstaller
from tukar.deploy.update_record import RecordFile
from tukar.deploy.updating import FETCHED_FOLDER, Updating
from tukar.local import backup
from tukar.local.atomic import write_whole
from tukar.local.clock import SystemClock
from tukar.local.journal import JOURNAL_FILE, SqliteJournal, has_journal
from tukar.local.paths import make_private
from tukar.till.ports import DiskTrouble, Settings, Unreachable

if TYPE_CHECKING:
    pass

TRIAL_SECONDS: Final = 120.0
NOT_FOUND: Final = 127


def this_installation() -> Installation:
    """CommandRefused when the file that says it is broken."""
    if not getattr(sys, "frozen", False) and os.name != "nt":
        return Installation(Kind.SOURCE, __version__)
    try:
        return find_installation(Path(sys.executable), __version__)
    except ValueError as broken:
        raise CommandRefused(f"{broken}.", "The till's data stays as it is.") from None


def run(command: Sequence[str]) -> Ran:
    """``installing.Run`` with this system's processes; what asks for a password may do so on the terminal."""
    try:
        done = subprocess.run(  # noqa: S603 - the commands are those of the installers
            list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
        )
    except OSError as problem:
        return Ran(NOT_FOUND, f"{command[0]}: {problem.strerror}")
    return Ran(done.returncode, done.stdout)


def installer_of(installation: Installation, folder: Path) -> Installer:
    """How a version comes to this installation. CommandRefused for a checkout."""
    match installation.kind:
        case Kind.FOLDER:
            return FolderInstaller(installation.home)
        case Kind.SETUP:
            return SetupInstaller(installation.home, run)
        case Kind.DEB:
            return DebInstaller("tukar", folder / FETCHED_FOLDER, run, _as_root())
    raise CommandRefused("This program runs from its sources.", "Bring them up to date the way they came.")


def _as_root() -> list[str]:
    if os.name == "nt" or os.geteuid() == 0:
        return []
    may_ask = sys.stdin is not None and sys.stdin.isatty()
    return ["sudo"] if may_ask else ["sudo", "--non-interactive"]


class ClosedTill:
    """``updating.Till``: the till of a folder that the caller holds."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings

    def in_the_way(self) -> str:
        if not has_journal(self._folder):
            return ""
        with self._journal() as journal:
            return unsent_words(journal)

    def back_up(self, file: Path) -> None:
        make_private(file.parent)
        with self._journal() as journal:
            backup.write_backup(journal, self._folder, file, SystemClock().now())

    def make_readable(self, back_up: Path) -> None:
        """Where the new version changed the journal's form, and sold nothing yet."""
        if not has_journal(self._folder) or not back_up.exists():
            return
        with TemporaryDirectory(prefix="tukar-back-") as place, _install_errors():
            then = backup.read_backup(back_up, Path(place))
            form, _ = _form_and_bills(Path(place) / JOURNAL_FILE)
            form_now, bills_now = _form_and_bills(self._folder / JOURNAL_FILE)
            if form_now <= form:
                return
            if bills_now != then.bills:
                raise InstallError("the new version has saved bills already, so it has to stay")
            restore_closed(self._folder, back_up, self._settings)

    @contextmanager
    def _journal(self) -> Iterator[SqliteJournal]:
        with _install_errors():
            journal = open_closed(self._folder, self._settings)
            try:
                yield journal
            finally:
                journal.close()


@contextmanager
def _install_errors() -> Iterator[None]:
    try:
        yield
    except DiskTrouble as trouble:
        raise InstallError(trouble.detail) from trouble
    except backup.BackupError as trouble:
        raise InstallError(str(trouble)) from trouble


def _form_and_bills(journal: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(journal)) as db:
        form: int = db.execute("PRAGMA user_version").fetchone()[0]
        bills: int = db.execute("SELECT count(*) FROM receipts").fetchone()[0]
    return form, bills


def updating(folder: Path, settings: Settings) -> tuple[Updating, Installer]:
    """The updates of the till in ``folder``."""
    installation = this_installation()
    installer = installer_of(installation, folder)
    made = Updating(
        installation,
        installer,
        RecordFile(folder, write_whole),
        ClosedTill(folder, settings),
        folder,
        lambda back_up: tried(installer.start_command(), back_up),
    )
    return made, installer


def tried(command: Sequence[str], back_up: Path) -> str:
    """Why the version that ``command`` starts did not open a copy of the back-up; empty when it did."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("_PYI", "_MEI"))}
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, in another version
            [*command, "update", "try", str(back_up)],
            env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", timeout=TRIAL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"it showed no window within {TRIAL_SECONDS:.0f} seconds"
    except OSError as problem:
        return f"it cannot be started: {problem.strerror}"
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stdout.splitlines() if line.strip()] or [f"status {done.returncode}"]
    return lines[-1]


class LineFeed:
    """``feed.Feed`` at an https address."""

    def __init__(self, settings: Settings) -> None:
        from tukar.loyalty.downloads import Downloads
        from tukar.loyalty.http import AddressError, Endpoint

        try:
            endpoint = Endpoint(settings.update_source, ca_file=settings.ca_file, proxy=settings.proxy)
        except AddressError as problem:
            raise CommandRefused(f"update_source: {problem}.", "Look at the shop's settings: tukar settings") from None
        self._downloads: Downloads = Downloads(endpoint)

    def small(self, name: str, at_most: int) -> bytes:
        with _feed_errors():
            return self._downloads.small(name, at_most)

    def into(self, name: str, target: Path, at_most: int, progress: Progress) -> None:
        with _feed_errors():
            self._downloads.into(name, target, at_most, progress)


@contextmanager
def _feed_errors() -> Iterator[None]:
    try:
        yield
    except Unreachable as trouble:
        raise FeedError(f"update_source does not give it: {trouble.detail or trouble.trouble}") from trouble
    except OSError as problem:
        raise FeedError(f"the disk does not take it: {problem.strerror}") from problem


def feed_of(settings: Settings, source: str = "") -> Feed:
    """Where updates come from: what was typed, else what the shop says. CommandRefused where nothing does."""
    named = source or settings.update_source
    if not named:
        raise CommandRefused(
            "No update_source is set.", "Give one with --from, or set it for all tills: tukar settings"
        )
    if named.startswith(("https://", "http://")):
        from dataclasses import replace

        return LineFeed(replace(settings, update_source=named))
    if not Path(named).is_dir():
        raise CommandRefused(f"{named} is no folder.", "Give the folder that holds tukar-update.json.")
    return FolderFeed(Path(named))


def start_other_version(command: Sequence[str], arguments: Sequence[str]) -> int:
    """Goes on as the version that is in force now; the status it ends with."""
    program = shutil.which(command[0]) or command[0]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("_PYI", "_MEI"))}
    started = subprocess.run([program, *command[1:], *arguments], env=surroundings, check=False)  # noqa: S603 - ourselves
    return started.returncode
