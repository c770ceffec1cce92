"""An update from the question whether there is one to the window of the new version, or back.

The steps, each durable before the next one begins::

    check      the manifest is signed, names a later version, and has a package for this machine
    fetch      size and hash are those of the manifest
    demand     nothing is unsent, no bill is in hand
    back up    the till as it is
    install    the new version beside the present one (``installing``)
    try        it opens the till on a copy of the back-up, without a screen; else back
    start      three starts without a window are too many: back
    confirm    a window was there; the version before may go

Going back puts the version before in force. Only where the new one has changed the till's files into a form that the
old one does not read, and nothing was sold since, does the back-up take their place.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NoReturn, Protocol

from tukar.deploy.feed import Feed, FeedError, Progress, fetch, manifest_of
from tukar.deploy.installation import Installation
from tukar.deploy.installing import Installer, InstallError
from tukar.deploy.manifest import Manifest, ManifestError, Package
from tukar.deploy.update_record import Phase, RecordFile, UpdateRecord
from tukar.deploy.version import Version

STARTS_AT_MOST: Final = 3
FETCHED_FOLDER: Final = "updates"


class UpdateRefused(Exception):
    """An update is not made, and nothing was changed; ``what`` says why, ``then`` what to do."""

    def __init__(self, what: str, then: str) -> None:
        super().__init__(f"{what} {then}")
        self.what = what
        self.then = then


class RolledBack(Exception):
    """An update was begun and taken back: the version before is in force; the text says why."""


class StuckBetween(Exception):
    """Neither the new version nor the way back works; the text says what is in the way."""


class Till(Protocol):
    """The till that is updated, closed and held for this program alone."""

    def in_the_way(self) -> str:
        """What is unsent or unfinished, in words; empty when nothing is."""
        ...

    def back_up(self, file: Path) -> None:
        """Writes a back-up. Raises InstallError when the disk does not take it."""
        ...

    def make_readable(self, back_up: Path) -> None:
        """Puts the back-up in the place of files that the version before cannot read. Raises InstallError."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A later version, with the package for this machine."""

    manifest: Manifest
    package: Package


class Updating:
    """Updates one till.

    ``tried`` opens a copy of a back-up with the version that is in force now: why it failed, or empty when it opened.
    """

    def __init__(
        self,
        installation: Installation,
        installer: Installer,
        record: RecordFile,
        till: Till,
        folder: Path,
        tried: Callable[[Path], str],
    ) -> None:
        self._installation = installation
        self._installer = installer
        self._record = record
        self._till = till
        self._folder = folder
        self._tried = tried

    def check(self, feed: Feed, public_key: str) -> Offer | None:
        """The later version that there is, or None. Raises UpdateRefused for a feed that cannot be believed."""
        try:
            manifest = manifest_of(feed, public_key)
        except ManifestError as doubt:
            raise UpdateRefused(
                f"{_sentence(doubt)}.", "Nothing was changed. Tell whoever makes your releases."
            ) from None
        except FeedError as trouble:
            raise UpdateRefused(f"{_sentence(trouble)}.", "Look at update_source and the line, then repeat.") from None
        if manifest.version <= Version.parse(self._installation.version):
            return None
        package = manifest.package_for(self._installation.platform, self._installation.kind)
        if package is None:
            place = f"{self._installation.platform}, {self._installation.kind}"
            raise UpdateRefused(f"Version {manifest.version} has no package for {place}.", "Install it by hand.")
        return Offer(manifest, package)

    def failed_before(self, offer: Offer) -> str:
        """Why this very version was rolled back here; empty when it was not."""
        record = self._record.load()
        if record is None or record.phase is not Phase.ROLLED_BACK or record.after != str(offer.manifest.version):
            return ""
        return record.reason

    def apply(self, offer: Offer, feed: Feed, progress: Progress = lambda _bytes: None) -> None:
        """Brings the version. Raises UpdateRefused, RolledBack or StuckBetween."""
        self.recover()
        if in_the_way := self._till.in_the_way():
            raise UpdateRefused(f"This till has {in_the_way}.", "Open it and let it finish first, then update.")
        version = str(offer.manifest.version)
        try:
            package = fetch(feed, offer.package, self._folder / FETCHED_FOLDER, progress)
        except (FeedError, ManifestError) as trouble:
            raise UpdateRefused(f"{_sentence(trouble)}.", "Nothing was changed.") from None
        try:
            self._installer.make_ready()
            back_up = self._backed_up(version)
        except InstallError as trouble:
            raise UpdateRefused(f"{_sentence(trouble)}.", "Nothing was changed.") from None
        record = UpdateRecord(Phase.INSTALLING, self._installation.version, version, str(back_up))
        self._record.keep(record)
        try:
            self._installer.install(package, version)
        except InstallError as trouble:
            self._go_back(record, str(trouble))
        if trouble_at_start := self._tried(back_up):
            self._go_back(record, f"version {version} did not open: {trouble_at_start}")
        self._record.keep(replace(record, phase=Phase.INSTALLED))
        package.unlink(missing_ok=True)

    def _backed_up(self, version: str) -> Path:
        place = self._folder / FETCHED_FOLDER
        number = 1
        while (file := place / f"before-{version}-{number}.tukar").exists():
            number += 1
        self._till.back_up(file)
        return file

    def recover(self) -> str:
        """Takes back an update that was interrupted; in words what was done, empty when there was nothing to do.

        Raises StuckBetween.
        """
        record = self._record.load()
        if record is None or record.phase is not Phase.INSTALLING:
            return ""
        try:
            self._go_back(record, "it was interrupted")
        except RolledBack as done:
            return str(done)

    def starting(self) -> str:
        """At each start, before anything is opened: what was taken back, in words, or empty.

        Then the version in force may be another one, and ``Installer.start_command`` starts it. Raises StuckBetween.
        """
        record = self._record.load()
        if record is None or record.phase in (Phase.CONFIRMED, Phase.ROLLED_BACK):
            return ""
        if record.phase is Phase.INSTALLING:
            return self.recover()
        if record.after != self._installation.version:
            return ""
        record = replace(record, starts=record.starts + 1)
        self._record.keep(record)
        if record.starts <= STARTS_AT_MOST:
            return ""
        try:
            self._go_back(record, f"version {record.after} came to no window in {STARTS_AT_MOST} starts")
        except RolledBack as done:
            return str(done)

    @property
    def is_other_in_force(self) -> bool:
        """Whether the last update was taken back, and this program is the one that was."""
        record = self._record.load()
        rolled_back = record is not None and record.phase is Phase.ROLLED_BACK
        return rolled_back and record is not None and record.after == self._installation.version

    def confirm(self) -> None:
        """A window of the new version is there: it stays, and the one before it may go."""
        record = self._record.load()
        if record is None or record.phase is not Phase.INSTALLED or record.after != self._installation.version:
            return
        self._record.keep(replace(record, phase=Phase.CONFIRMED))
        self._installer.forget(record.before)

    def back(self) -> None:
        """A person wants the version before again. Raises RolledBack when it is in force, else UpdateRefused."""
        record = self._record.load()
        if record is None or record.phase not in (Phase.INSTALLING, Phase.INSTALLED):
            raise UpdateRefused("There is no update to take back.", "Nothing was changed.")
        self._go_back(record, "somebody took it back")

    def _go_back(self, record: UpdateRecord, reason: str) -> NoReturn:
        try:
            self._installer.go_back(record.before)
            if record.back_up:
                self._till.make_readable(Path(record.back_up))
        except InstallError as trouble:
            raise StuckBetween(f"{reason}; and version {record.before} did not come back: {trouble}") from None
        self._record.keep(replace(record, phase=Phase.ROLLED_BACK, reason=reason))
        raise RolledBack(f"Version {record.before} is in force again, for {reason}.")


def _sentence(trouble: Exception) -> str:
    text = str(trouble)
    return text[:1].upper() + text[1:]
