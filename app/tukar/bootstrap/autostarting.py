"""``tukar autostart``: the till opens by itself when somebody signs in to this machine, or no longer does."""

import sys

from tukar.bootstrap.backend_process import this_program
from tukar.bootstrap.options import AutostartOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.deploy.autostart import Autostart, this_machine


def run_autostart(options: AutostartOptions, machine: Autostart | None = None) -> int:
    """Switches it, or says how it is; ``machine`` is this one unless a test hands in another."""
    machine = machine or this_machine()
    where = ["--data", str(options.data.absolute())] if options.data is not None else []
    try:
        if options.on is True:
            machine.switch_on([*this_program(), *where])
        elif options.on is False:
            machine.switch_off()
        command = machine.command()
    except OSError as problem:
        raise CommandRefused(
            f"What this machine starts by itself cannot be changed: {problem.strerror}.", "Check the rights."
        ) from None
    sys.stdout.write(f"On: {command}\n" if command else "Off: the till is opened by hand.\n")
    return Status.WELL
