"""The command line: reads what was typed, starts the one command meant, and says in one line what went wrong.

Nothing but argparse and the options is imported before it is known which command runs (performance.md, P1).
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from tukar import __version__
from tukar.bootstrap.outcome import CommandRefused, Status

LANGUAGES = ("en", "id", "hi")
INTERRUPTED = 130
FAULT = 70

_EXAMPLES = """\
examples:
  tukar                                   the till of this machine
  tukar demo --language id                the demo shop, in Bahasa Indonesia
  tukar serve --demo                      the loyalty backend with the demo shop
  tukar catalogue import articles.xlsx --map sku=Code,name=Description,price="Price incl."
  tukar doctor --repair
  tukar backup monday.tukar
"""

_BACKEND_EXAMPLES = """\
examples:
  sudo tukar-server shop template > shop.toml
  sudo tukar-server shop create shop.toml
  sudo tukar-server catalogue import articles.csv
  sudo tukar-server code 3
"""

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Refuses in one line with what to do next, in place of the whole usage (commands.md)."""

    def error(self, message: str) -> NoReturn:
        words = message.replace("invalid choice:", "there is no").replace("error: ", "")
        self.exit(Status.BAD_INPUT, f"{self.prog}: {words}. See {self.prog} --help.\n")


def main(arguments: Sequence[str] | None = None, *, backend_only: bool = False) -> int:
    """The exit status: 0 well, 1 something is not in order, 2 bad input, 70 a bug of ours, 130 interrupted.

    ``backend_only`` is the program that is installed for a backend alone: no window, no till.
    """
    _speak_somewhere()
    words = sys.argv[1:] if arguments is None else arguments
    typed = (None if backend_only else _opening(words)) or _parse(words, backend_only=backend_only)
    command: Command = typed.command
    return ended(lambda: command(typed))


def _parse(words: Sequence[str], *, backend_only: bool) -> argparse.Namespace:
    return (_backend_parser() if backend_only else _parser()).parse_args(words)


def _opening(words: Sequence[str]) -> argparse.Namespace | None:
    """What opens the till and names no command: its window does not wait until all the others are described."""
    if words and not words[0].startswith(("--data", "--language")):
        return None
    parser = _Parser(prog="tukar", add_help=False, allow_abbrev=False)
    _add_till(parser)
    typed, others = parser.parse_known_args(words)
    return None if others else typed


def _speak_somewhere() -> None:
    """A program without a console has no streams on Windows; what it says goes nowhere then, and breaks nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good


def ended(command: Callable[[], int]) -> int:
    """The exit status of ``command``, whatever it ran into; a person at a terminal gets words, never a traceback."""
    try:
        status = command()
        sys.stdout.flush()
    except CommandRefused as refused:
        print(f"tukar: {refused.what} {refused.then}", file=sys.stderr)
        return Status.BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our answer has heard enough; nothing more must be written at the exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the last resort of the command line
        print(_told(fault), file=sys.stderr)
        return FAULT
    return status


def _told(fault: Exception) -> str:
    """One line about a bug of ours, and where its report lies; the report holds no values, only places."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="tukar-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
        places = traceback.format_list(traceback.extract_tb(fault.__traceback__))
        file.writelines([*places, f"{type(fault).__name__}\n"])
    return f"tukar: Something in Tukar itself broke ({type(fault).__name__}). Send us its report: {file.name}"


def _till(typed: argparse.Namespace) -> int:
    gc.disable()  # until the first picture, which would come a tenth later; Program turns it on again
    from tukar.bootstrap.till import run_till
    from tukar.bootstrap.window_options import TillOptions

    return run_till(TillOptions(data=typed.data, language=typed.language))


def _demo(typed: argparse.Namespace) -> int:
    gc.disable()
    from tukar.bootstrap.till import run_demo
    from tukar.bootstrap.window_options import DemoOptions

    named = {"language": typed.language, "offscreen": typed.offscreen, "tour": typed.tour, "practice": typed.practice}
    return run_demo(DemoOptions(data=typed.data, **named))


def _manage(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.till import run_manage
    from tukar.bootstrap.window_options import ManageOptions

    return run_manage(ManageOptions(data=typed.data, language=typed.language))


def _serve(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_serve
    from tukar.bootstrap.options import ServeOptions

    return run_serve(
        ServeOptions(
            database="" if typed.child else typed.database,
            data=typed.data,
            host=typed.host,
            port=typed.port,
            carriers=() if typed.child else tuple(typed.carrier or os.environ.get("TUKAR_CARRIERS", "").split()),
            demo=typed.demo,
            child=typed.child,
        )
    )


def _import(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_import
    from tukar.bootstrap.options import ImportOptions

    return run_import(
        ImportOptions(
            file=typed.file,
            columns=tuple(typed.map),
            taxes=tuple(typed.tax),
            commonest=typed.commonest,
            database=typed.database,
            data=typed.data,
            shop=typed.shop,
            dry_run=typed.dry_run,
            as_json=typed.json,
        )
    )


def _replay(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_replay
    from tukar.bootstrap.options import ReplayOptions

    return run_replay(ReplayOptions(file=typed.file, limit=typed.limit, data=typed.data, as_json=typed.json))


def _doctor(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_doctor
    from tukar.bootstrap.options import DoctorOptions

    return run_doctor(DoctorOptions(data=typed.data, database=typed.database, repair=typed.repair, as_json=typed.json))


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = (part.strip() for part in text.partition("="))
    if not (left and equals and right):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form name=value")
    return left, right


def _pairs(text: str) -> list[tuple[str, str]]:
    return [_pair(part) for part in text.split(",")]


def _at_least(least: int, most: int | None = None) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) < least or (most is not None and int(text) > most):
            span = f"from {least} to {most}" if most is not None else f"of at least {least}"
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number {span}")
        return int(text)

    return number


Subcommands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - has no public name


def _parser() -> argparse.ArgumentParser:
    from tukar.bootstrap import keeping_commands, rule_commands, shop_commands, technician

    parser = _Parser(
        prog="tukar",
        description="A till in which a customer's loyalty points become promotions or free items. "
        "Without a command it opens the till.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"tukar {__version__}")
    _add_till(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (_add_demo, _add_manage, _add_serve, _add_catalogue, _add_replay):
        add(commands)
    rule_commands.add_commands(commands, _add_data, _add_database, _add_json)
    _add_doctor(commands)
    keeping_commands.add_commands(commands, _add_data, _add_database, _add_json)
    shop_commands.add_commands(commands, _add_data, _add_database, _add_json)
    technician.add_commands(commands, _add_data, _add_json)
    return parser


def _add_till(parser: argparse.ArgumentParser) -> None:
    _add_data(parser)
    _add_language(parser)
    parser.set_defaults(command=_till, data=None, language=None)


def _backend_parser() -> _Parser:
    from tukar.bootstrap import keeping_commands, rule_commands, shop_commands, technician

    parser = _Parser(
        prog="tukar-server",
        description="The loyalty backend of Tukar tills: what is done on its machine. The service itself runs serve.",
        epilog=_BACKEND_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"tukar-server {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    shop_commands.add_commands(commands, _add_data, _add_database, _add_json)
    _add_catalogue(commands)
    rule_commands.add_commands(commands, _add_data, _add_database, _add_json)
    technician.add_code(commands, _add_data, _add_json)
    _add_doctor(commands)
    keeping_commands.add_audit(commands, _add_data, _add_database, _add_json)
    _add_serve(commands)
    parser.set_defaults(data=None)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="data folder; else the user's own"
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", choices=LANGUAGES, default=argparse.SUPPRESS, help="language of the screens; else as set"
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer with JSON alone on standard output")


def _add_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database",
        default=os.environ.get("TUKAR_DATABASE", ""),
        metavar="URL",
        help="the backend's database, such as postgresql://user@host/tukar; else what the variable TUKAR_DATABASE "
        "says, where a password is nobody else's to read; else SQLite in the data folder",
    )


def _add_demo(commands: Subcommands) -> None:
    about = "the demo shop with its own backend, customers and points"
    demo = commands.add_parser("demo", help=about, description=f"Opens {about}, and the customer's phone beside it.")
    _add_data(demo)
    _add_language(demo)
    demo.add_argument("--offscreen", action="store_true", help="without a screen, for a tour on a server")
    demo.add_argument(
        "--tour",
        type=Path,
        metavar="DIR",
        help="play the journeys with real key presses; pictures and tour.json to DIR",
    )
    demo.add_argument("--practice", action="store_true", help="every screen and paper says that nothing counts")
    demo.set_defaults(command=_demo)


def _add_manage(commands: Subcommands) -> None:
    about = "the manager's room: applied promotions, what looks odd, what does not add up, reports"
    manage = commands.add_parser(
        "manage",
        help="the manager's room, without a till",
        description=f"Opens {about}; on a machine that is enrolled.",
    )
    _add_data(manage)
    _add_language(manage)
    manage.set_defaults(command=_manage)


def _add_serve(commands: Subcommands) -> None:
    about = "the loyalty backend: members, points, rules, catalogue, bills"
    serve = commands.add_parser("serve", help=about, description=f"Runs {about}.")
    _add_data(serve)
    _add_database(serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port", type=_at_least(0, 65_535), default=8480, help="port; 0 takes a free one (default: %(default)s)"
    )
    serve.add_argument(
        "--carrier",
        action="append",
        default=[],
        metavar="URL",
        help="service that brings codes to customers, as an apprise URL; {to} in it stands for the number; else what "
        "the variable TUKAR_CARRIERS says",
    )
    serve.add_argument("--demo", action="store_true", help="seed the demo shop where there is no shop yet")
    serve.add_argument("--child", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    serve.set_defaults(command=_serve)


def _add_catalogue(commands: Subcommands) -> None:
    catalogue = commands.add_parser("catalogue", help="what the shop sells", description="What the shop sells.")
    actions = catalogue.add_subparsers(title="actions", metavar="ACTION", required=True)
    importer = actions.add_parser(
        "import",
        help="articles from a CSV or XLSX file",
        description="Takes articles from a CSV (also .gz) or XLSX file into the shop's catalogue: all of them, or none "
        "when a row is bad; each bad row is named by line and reason. An article that is there already is changed.",
        epilog="Fields: sku, name, price; and if wanted barcodes, sale_price, floor_price, tax, category, tags, "
        "product, unit, minimum_age, popularity, active, picture. A column headed like a field needs no --map.",
    )
    importer.add_argument("file", type=Path, metavar="FILE")
    importer.add_argument(
        "--map",
        type=_pairs,
        action="extend",
        default=[],
        metavar="FIELD=COLUMN[,…]",
        help="which column of the file holds a field, such as sku=code,price=unit_price",
    )
    importer.add_argument(
        "--tax",
        type=_pair,
        action="append",
        default=[],
        metavar="WORD=PERCENT",
        help="what a word in the tax column means, such as ppn=11; with + after it the tax comes on top of the price",
    )
    importer.add_argument(
        "--commonest",
        action="store_true",
        help="a code may stand in many rows, as in bills: its commonest name and price count",
    )
    importer.add_argument("--shop", default="", metavar="ID", help="which shop, where the backend has several")
    importer.add_argument("--dry-run", action="store_true", help="read and judge every row, store nothing")
    _add_data(importer)
    _add_database(importer)
    _add_json(importer)
    importer.set_defaults(command=_import)


def _add_replay(commands: Subcommands) -> None:
    replay = commands.add_parser(
        "replay",
        help="ring real bills, one by one, in a shop of their own",
        description="Rings the invoices of a file through sale, pricing, journal, outbox and a backend process, and "
        "adds up what came of them.",
    )
    replay.add_argument("file", type=Path, metavar="FILE", help="bills as CSV, also .gz")
    replay.add_argument("--limit", type=_at_least(1), default=0, metavar="N", help="only the first N invoices")
    _add_data(replay)
    _add_json(replay)
    replay.set_defaults(command=_replay)


def _add_doctor(commands: Subcommands) -> None:
    about = "looks whether till and backend are well"
    doctor = commands.add_parser(
        "doctor",
        help=about,
        description="Looks at integrity, invariants, unsent work, and drift against the backend.",
    )
    doctor.add_argument("--repair", action="store_true", help="put right what is safe to put right")
    _add_data(doctor)
    _add_database(doctor)
    _add_json(doctor)
    doctor.set_defaults(command=_doctor)
