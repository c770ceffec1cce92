"""``tukar update check``, ``apply``, ``back`` and ``try``."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tukar.bootstrap.options import UpdateOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.progress import ProgressLine
from tukar.bootstrap.shop_settings import settings_of
from tukar.bootstrap.till_house import held_folder
from tukar.bootstrap.updates import feed_of, this_installation, updating
from tukar.deploy.updating import Offer, RolledBack, StuckBetween, UpdateRefused
from tukar.local.paths import data_folder, make_private
from tukar.till.ports import DiskTrouble, Settings


def run_check(options: UpdateOptions) -> int:
    """Says whether there is a later version; changes nothing, and the till may be open."""
    folder = options.data or data_folder()
    settings = settings_of(folder).load()
    with _told():
        made, _ = updating(folder, settings)
        offer = made.check(feed_of(settings, options.source), _key(settings))
    present = this_installation().version
    if options.as_json:
        told = {"present": present, "offered": str(offer.manifest.version) if offer else None}
        json.dump({**told, "notes": offer.manifest.notes if offer else ""}, sys.stdout)
        sys.stdout.write("\n")
    elif offer is None:
        sys.stdout.write(f"Version {present} is the latest.\n")
    else:
        size = offer.package.size / 1e6
        sys.stdout.write(
            f"Version {offer.manifest.version} is there, {size:.0f} MB. {offer.manifest.notes}".rstrip() + "\n"
        )
        sys.stdout.write("Close the till, then: tukar update apply\n")
    return Status.WELL


def run_apply(options: UpdateOptions) -> int:
    """Brings the later version; status 1 when it had to be taken back."""
    folder = options.data or data_folder()
    make_private(folder)
    with held_folder(folder), _told():
        settings = settings_of(folder).load()
        made, _ = updating(folder, settings)
        if told := made.recover():
            sys.stdout.write(f"{told}\n")
            if made.is_other_in_force:
                sys.stdout.write("Repeat the command to update from there.\n")
                return Status.FOUND_WRONG
        feed = feed_of(settings, options.source)
        offer = made.check(feed, _key(settings))
        if offer is None:
            sys.stdout.write(f"Version {this_installation().version} is the latest.\n")
            return Status.WELL
        _demand_worth_trying(made.failed_before(offer), offer, again=options.again)
        with _shown(offer) as shown:
            made.apply(offer, feed, shown)
    sys.stdout.write(f"Version {offer.manifest.version} is installed. Open the till.\n")
    return Status.WELL


def run_back(options: UpdateOptions) -> int:
    """Takes an update back that was not confirmed by a window yet."""
    folder = options.data or data_folder()
    with held_folder(folder):
        made, _ = updating(folder, settings_of(folder).load())
        try:
            made.back()
        except RolledBack as done:
            sys.stdout.write(f"{done}\n")
        except (UpdateRefused, StuckBetween) as stuck:
            raise _refused(stuck) from None
    return Status.WELL


def _key(settings: Settings) -> str:
    """What the shop says goes over what the build put in."""
    return settings.update_key or this_installation().update_key


def _demand_worth_trying(reason: str, offer: Offer, *, again: bool) -> None:
    if reason and not again:
        raise CommandRefused(
            f"Version {offer.manifest.version} was taken back here: {reason}.", "Wait for the next, or add --again."
        )


@contextmanager
def _shown(offer: Offer) -> Iterator[Callable[[int], None]]:
    line = ProgressLine(sys.stderr)
    try:
        yield lambda size: line.show(f"Fetching {offer.package.name}: {size * 100 // offer.package.size} %")
    finally:
        line.end()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (UpdateRefused, RolledBack, StuckBetween) as why:
        raise _refused(why) from None
    except DiskTrouble as trouble:
        raise CommandRefused(f"The disk did not take it: {trouble.detail}.", "Make room, then repeat.") from None


def _refused(why: Exception) -> CommandRefused:
    match why:
        case UpdateRefused():
            return CommandRefused(why.what, why.then)
        case StuckBetween():
            return CommandRefused(f"The update stands still: {why}.", "Install one of the two versions by hand.")
    return CommandRefused(str(why), "The till can be opened as before.")


def run_try(back_up: Path) -> int:
    from tukar.bootstrap.trial import run_trial

    return run_trial(back_up)
