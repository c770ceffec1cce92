"""``tukar support``, and the same from the window: gathers what an engineer needs of a till that goes on selling."""

import platform
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tukar import __version__
from tukar.bootstrap.options import SupportOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.shop_settings import settings_of
from tukar.bootstrap.till_house import ask_till
from tukar.bootstrap.updates import this_installation
from tukar.deploy.support import listing, write_bundle
from tukar.deploy.update_record import RecordFile
from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.local.journal import has_journal
from tukar.local.log_file import end_of_log
from tukar.local.paths import data_folder, free_bytes
from tukar.till.ports import DiskTrouble, Settings
from tukar.till.settings_table import TABLE

_LOG_BYTES: Final = 256 * 1024
SUPPORT_FOLDER: Final = "support"
"""In the data folder: what was made from the window."""

_ADDRESSES: Final = ("backend_url", "proxy", "update_source")


def run_support(options: SupportOptions) -> int:
    folder, file = options.data or data_folder(), options.file.absolute()
    if not folder.is_dir():
        raise CommandRefused(f"{folder} holds no till.", "Name another folder with --data.")
    try:
        write_bundle(file, _gathered(folder), log=end_of_log(folder, _LOG_BYTES))
    except FileExistsError:
        raise CommandRefused(f"{file} is there already.", "Choose another name.") from None
    except OSError as problem:
        raise CommandRefused(f"{file}: {problem.strerror}.", "Choose another place.") from None
    sys.stdout.write(f"{file}: ready to be sent. It holds no bills, members, codes or keys.\n")
    return Status.WELL


def write_for_support(folder: Path, at: datetime) -> str:
    """The same from a till that runs, beside its own files; where it lies. Blocks; raises DiskTrouble.

    The till is asked over its own socket, like by the command, so this is for a thread of the background.
    """
    place = folder / SUPPORT_FOLDER
    file = place / f"tukar-support-{at:%Y%m%d-%H%M%S}.zip"
    with disk_troubles(place):
        place.mkdir(mode=0o700, exist_ok=True)
        write_bundle(file, _gathered(folder), log=end_of_log(folder, _LOG_BYTES))
    return str(file)


def _gathered(folder: Path) -> dict[str, Any]:
    store = settings_of(folder)
    settings = store.load()
    record = RecordFile(folder, write_whole).load()
    installation = this_installation()
    return {
        "program": {
            "version": __version__,
            "installation": installation.kind.value,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        },
        "settings": {"trouble": store.trouble, **_settings(settings)},
        "update": None if record is None else {"phase": record.phase.value, "starts": record.starts,
                                               "from": record.before, "to": record.after, "reason": record.reason},
        "disk": {"free_mib": free_bytes(folder) // (1024 * 1024), "files": listing(folder)},
        "till": _doctor(folder),
    }  # fmt: skip


def _settings(settings: Settings) -> dict[str, Any]:
    """Without what an address may hold beside the machine's name: a user, a password, a path."""
    told = {setting.name: getattr(settings, setting.name) for setting in TABLE}
    for name in _ADDRESSES:
        told[name] = urlsplit(told[name]).hostname or ("set" if told[name] else "")
    return told


def _doctor(folder: Path) -> dict[str, Any]:
    if not has_journal(folder):
        return {"journal": "none"}
    try:
        told = ask_till(folder, "doctor", {})
    except (DiskTrouble, CommandRefused) as trouble:
        return {"journal": str(trouble)}
    return {"facts": told["facts"], "findings": told["findings"]}
