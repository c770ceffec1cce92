"""``tukar code`` and ``tukar connect``: a till comes to its backend from the command line, for whoever sets up many."""

import json
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tukar.bootstrap.backend_house import operator_of, standing_backend
from tukar.bootstrap.connection import Connection
from tukar.bootstrap.options import CodeOptions, ConnectOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.shop_settings import settings_of
from tukar.bootstrap.till_house import held_folder
from tukar.domain.redemption import Refusal
from tukar.local.paths import data_folder, make_private
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable

if TYPE_CHECKING:
    from tukar.server.call import Call

_TILL_NAME: Final = re.compile(r"[A-Za-z0-9]{1,12}")

_REFUSED: Final = {
    Refusal.ENROLMENT_CODE: "The code is not right or has run out.",
    Refusal.TOO_MANY_REQUESTS: "Too many wrong codes were typed in this hour.",
}
_UNREACHABLE: Final = {
    Trouble.UNTRUSTED: ("The backend cannot show who it is.", "Set ca_file to its certificate."),
    Trouble.BROKEN_ANSWER: ("Something answers there that is no loyalty backend.", "Look at the address once more."),
}
_NO_ANSWER: Final = ("The backend does not answer.", "Look at the line and the address, then repeat.")


def run_code(options: CodeOptions) -> int:
    """Prints a code that works for ten minutes."""
    from tukar.server import audit, auth
    from tukar.server.call import CallerKind

    demand_till_name(options.till)
    with standing_backend(options) as backend:
        code = backend.equipment.chance.letters(auth.CODE_LETTERS)

        def allow(call: "Call", _message: None) -> None:
            auth.allow(call, options.till, code, CallerKind.TILL, auth.CODE_SECONDS)
            audit.record(call, "new_enrolment_code", options.till)

        operator = operator_of(backend, options.shop)
        backend.perform(allow, None, operator)
    shown, minutes = f"{code[:4]}-{code[4:]}", round(auth.CODE_SECONDS / 60)
    if options.as_json:
        json.dump({"code": shown, "till": options.till, "shop": operator.shop_id, "minutes": minutes}, sys.stdout)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(
            f"{shown} makes one device till {options.till} of {operator.shop_id}, within {minutes} minutes.\n"
        )
    return Status.WELL


def demand_till_name(till: str) -> None:
    """CommandRefused when no till can be called that: it stands in receipt numbers."""
    if not _TILL_NAME.fullmatch(till):
        raise CommandRefused(f"{till!r} is no name of a till.", "Take up to twelve letters and digits.")


def run_connect(options: ConnectOptions) -> int:
    """Makes this machine a till of the backend; its window then fetches the shop and asks who is there."""
    folder = options.data or data_folder()
    make_private(folder)
    with held_folder(folder):
        connection = Connection(folder, settings_of(folder))
        if options.key_store:
            connection.change(replace(connection.settings, key_store=options.key_store))
        try:
            connection.enrol(options.address, options.code)
        except (Refused, Unreachable, DiskTrouble, ValueError) as trouble:
            raise _told(trouble) from None
        settings = connection.settings
    sys.stdout.write(f"This is till {settings.till_id} of {settings.shop_id} now. Open it with: tukar\n")
    return Status.WELL


def _told(trouble: Exception) -> CommandRefused:
    match trouble:
        case Refused():
            words = _REFUSED.get(trouble.refusal, "The backend does not take this till now.")
            return CommandRefused(words, "Ask the manager for a new code.")
        case Unreachable():
            return CommandRefused(*_UNREACHABLE.get(trouble.trouble, _NO_ANSWER))
        case DiskTrouble(kind=DiskTroubleKind.NO_KEY_STORE):
            return CommandRefused(
                "This computer has no safe place for the till's key.", "Choose a file: --key-store owner_only_file"
            )
        case DiskTrouble():
            return CommandRefused(f"The disk did not take it: {trouble.detail}.", "Make room, then repeat.")
    return CommandRefused(f"{trouble}.", "Look at the address once more.")
