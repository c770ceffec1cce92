"""``tukar rules publish``: a programme file comes in force at a shop's backend, or is refused with all its mistakes."""

import json
import sys

from tukar.bootstrap.backend_house import operator_of, standing_backend
from tukar.bootstrap.files import json_in
from tukar.bootstrap.options import PublishOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.till.sandbox.check import mistakes_in
from tukar.wire.programme import programme_from_json


def run_publish(options: PublishOptions) -> int:
    """Checks the file as ``tukar rules check`` does, then puts it in force as the shop's next version."""
    from tukar.server import programmes, shops

    raw = json_in(options.file)
    mistakes = list(mistakes_in(raw))
    if mistakes:
        sys.stderr.writelines(f"{options.file}: {mistake}\n" for mistake in mistakes)
        raise CommandRefused(f"{options.file} has {len(mistakes)} mistakes.", "The rules stay as they were.")
    programme = programme_from_json(raw)
    with standing_backend(options) as backend:
        operator = operator_of(backend, options.shop)
        shop = backend.perform(lambda call, _: shops.load(call), None, operator)
        money = shop.currency
        if (programme.currency.code, programme.currency.minor_digits) != (money.code, money.minor_digits):
            meant = f"{money.code} with {money.minor_digits} digits"
            raise CommandRefused(
                f"{options.file} is not in the shop's currency, {meant}.", "The rules stay as they were."
            )
        version = backend.perform(lambda call, _: programmes.take_up(call, programme), None, operator)
    if options.as_json:
        told = {"version": version, "changed": version != shop.programme_version, "rules": len(programme.rules)}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        were = "" if version != shop.programme_version else ", as they were"
        sys.stdout.write(f"{len(programme.rules)} rules are in force as version {version}{were}\n")
    return Status.WELL
