"""What a start has to do with the last update: count itself, go back to the version before, or say that it is well.

Nothing is imported for it, and nothing read, on a till that was never updated.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.outcome import CommandRefused
from tukar.deploy.update_record import FILE
from tukar.till.ports import DiskTrouble

if TYPE_CHECKING:
    from tukar.till.background import Background
    from tukar.till.ports import Settings


def after_update(folder: Path) -> int | None:
    """Before anything is opened: the status of the version before, if it had to take over; None to go on."""
    if not (folder / FILE).exists():
        return None
    from tukar.bootstrap.shop_settings import settings_of
    from tukar.bootstrap.till_house import held_folder
    from tukar.bootstrap.updates import start_other_version, this_installation, updating
    from tukar.deploy.installation import Kind
    from tukar.deploy.updating import StuckBetween

    if this_installation().kind is Kind.SOURCE:
        return None
    with held_folder(folder):
        made, installer = updating(folder, settings_of(folder).load())
        try:
            told = made.starting()
        except StuckBetween as stuck:
            raise CommandRefused(
                f"The update stands still: {stuck}.", "Take it back by hand: tukar update back"
            ) from None
        takes_over = made.is_other_in_force
    if not told:
        return None
    sys.stderr.write(f"tukar: {told}\n")
    return start_other_version(installer.start_command(), sys.argv[1:]) if takes_over else None


def confirm_update(
    folder: Path, settings: Settings, when_painted: Callable[[Callable[[], None]], None], background: Background
) -> None:
    """A window of this version will be there: then it is here to stay."""
    if not (folder / FILE).exists():
        return

    def confirm() -> None:
        from tukar.bootstrap.updates import this_installation, updating
        from tukar.deploy.installation import Kind

        if this_installation().kind is not Kind.SOURCE:
            updating(folder, settings)[0].confirm()

    def failed(trouble: Exception) -> None:
        """It is confirmed at another start."""
        if not isinstance(trouble, DiskTrouble):
            raise trouble

    def painted() -> None:
        background.run(confirm, lambda _none: None, failed)

    when_painted(painted)
