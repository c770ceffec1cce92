"""``tukar serve``: the loyalty backend as a process, by itself or as the child of a demo till."""

import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tukar.bootstrap.backend_house import backend_folder, database_troubles, database_words
from tukar.bootstrap.options import ServeOptions
from tukar.bootstrap.outcome import CommandRefused, Status

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Call
    from tukar.server.outbox import Carrier

CODE_LETTERS: Final = 8
LOG_VARIABLE: Final = "TUKAR_LOG"
"""``json`` makes the log one object a line."""


def run_serve(options: ServeOptions) -> int:
    """Serves until a signal comes, or as a child until its standard input ends."""
    from tukar.server.serve import CannotListenError, Lines, serve

    _log_to_stderr(as_json=os.environ.get(LOG_VARIABLE) == "json")
    folder = options.child or backend_folder(options.data)
    told = Lines(sys.stdout).ready if options.child else _greeting(database_words(options.database, folder))
    with database_troubles(options.database, folder):
        try:
            serve(
                options.database,
                options.host,
                options.port,
                data_dir=folder,
                carrier=_carrier(options),
                ready=told,
                prepare=_preparing(options),
                stop_on_stdin_eof=options.child is not None,
            )
        except CannotListenError as trouble:
            raise CommandRefused(f"{trouble}.", "Choose another --host or --port.") from None
    return Status.WELL


def _log_to_stderr(*, as_json: bool) -> None:
    """In words for a person; as JSON, and from the start of the service on, for whoever collects logs."""
    if not as_json:
        logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        return
    from tukar.server.logs import JsonLines

    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[lines])
    logging.getLogger("tukar").setLevel(logging.INFO)


def _preparing(options: ServeOptions) -> "Callable[[Backend], None] | None":
    if not options.demo:
        return None
    return _load_and_hand_over if options.child else _load_and_tell


def _load_and_hand_over(backend: "Backend") -> None:
    """The codes to the program that started this one, through the pipe between the two."""
    sys.stdout.write(json.dumps({"codes": load_demo(backend)}) + "\n")
    sys.stdout.flush()


def _greeting(database: str) -> Callable[[str, int], None]:
    def ready(host: str, port: int) -> None:
        place = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"Serving on http://{place}:{port}, database {database}. Ctrl+C stops.\n")
        sys.stdout.flush()

    return ready


def _carrier(options: ServeOptions) -> "Carrier | None":
    """Who brings codes to customers: services by URL, or the demo's phone in the program that started this one."""
    from tukar.server.carriers import AppriseCarrier, LineCarrier

    if options.carriers:
        return AppriseCarrier(*options.carriers)
    return LineCarrier(sys.stdout) if options.child else None


def _load_and_tell(backend: "Backend") -> None:
    sys.stdout.writelines(
        f"Till {till_id} may connect with code {code[:4]}-{code[4:]} within 10 minutes.\n"
        for till_id, code in load_demo(backend).items()
    )
    sys.stdout.flush()


def load_demo(backend: "Backend") -> dict[str, str]:
    """Loads the demo shop where it is not there yet; fresh enrolment codes of its tills, by till id."""
    from tukar.server import auth, sweep
    from tukar.server.call import Caller, CallerKind
    from tukar.server.demo_shop import demo_zone, read_demo_shop
    from tukar.server.seed import demo_seed, load_shop

    shop = read_demo_shop(datetime.now(ZoneInfo(demo_zone())).date())
    codes = {till_id: backend.equipment.chance.letters(CODE_LETTERS) for till_id in shop.tills}
    # Looked for first: making the hashes of everybody's PIN takes longer than all the rest of a start.
    if shop.profile.shop_id not in backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR)):
        load_shop(backend, demo_seed(shop, codes=()))

    def allow(call: "Call", _message: None) -> None:
        for till_id, code in codes.items():
            auth.allow(call, till_id, code, CallerKind.TILL, auth.CODE_SECONDS)

    backend.perform(allow, None, Caller(CallerKind.OPERATOR, shop.profile.shop_id))
    return codes
