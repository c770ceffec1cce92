"""``tukar update try``: opens the till on a copy of a back-up, without a screen and without a line, and ends.

That is how a new version shows that it starts on this machine and can read what the one before wrote, before any bill
depends on it.
"""

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tukar import __version__
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.local.backup import BackupError, read_backup
from tukar.local.paths import make_private

NOWHERE = "https://localhost:9"
"""No backend is asked: what the copy would send belongs to the till itself."""


def run_trial(back_up: Path) -> int:
    """Prints the version once a window was painted."""
    from tukar.bootstrap.disk import open_disk
    from tukar.bootstrap.program import Program
    from tukar.bootstrap.till import readable_journal
    from tukar.ui.application import Application

    with TemporaryDirectory(prefix="tukar-trial-") as place:
        folder = make_private(Path(place))
        try:
            read_backup(back_up, folder)
        except BackupError as why:
            raise CommandRefused(f"{why}.", "Give a file that tukar backup wrote.") from None
        disk = open_disk(folder)
        settings = disk.connection.settings
        # The token is in no back-up, and the key store belongs to the till that sells.
        disk.connection.change(replace(settings, backend_url=NOWHERE, key_store="owner_only_file"))
        app = Application(offscreen=True)
        faults: list[BaseException] = []

        def broke(fault: BaseException) -> None:
            faults.append(fault)
            app.stop()

        program = Program(app, disk, last_resort=broke)
        try:
            with readable_journal(folder):
                program.start()
            app.when_painted(app.stop)
            app.run()
        finally:
            program.close()
    if faults:
        raise faults[0]
    sys.stdout.write(f"{__version__}\n")
    return Status.WELL
