"""The commands that set up a shop at its backend, as they are typed: shop and staff.

Nothing but argparse and the options is imported before one of them runs (performance.md, P1).
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.options import PeopleOptions, ShopOptions

if TYPE_CHECKING:
    from tukar.bootstrap.parsers import Add, Subcommands


def add_commands(commands: "Subcommands", add_data: "Add", add_database: "Add", add_json: "Add") -> None:
    """Adds them; the three functions give a parser the options that all commands share."""

    def add_shared(parser: argparse.ArgumentParser) -> None:
        add_data(parser)
        add_database(parser)

    _add_shop(commands, add_shared, add_json)
    _add_staff(commands, add_shared, add_json)


def _add_which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shop", default="", metavar="ID", help="which shop, where the backend has several")


def _template(_typed: argparse.Namespace) -> int:
    from tukar.bootstrap.shopkeeping import run_template

    return run_template()


def _create(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.shopkeeping import run_create

    options = {"till": typed.till, "database": typed.database, "data": typed.data, "as_json": typed.json}
    return run_create(ShopOptions(typed.file, **options))


def _change(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.shopkeeping import run_change

    return run_change(ShopOptions(typed.file, database=typed.database, data=typed.data))


def _show(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.shopkeeping import run_show

    return run_show(ShopOptions(shop=typed.shop, database=typed.database, data=typed.data))


def _people(typed: argparse.Namespace) -> PeopleOptions:
    named = {"shop": typed.shop, "database": typed.database, "data": typed.data}
    return PeopleOptions(typed.file, dry_run=typed.dry_run, as_json=typed.json, **named)


def _staff(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.people_import import run_staff_import

    return run_staff_import(_people(typed))


def _salespeople(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.people_import import run_salespeople

    return run_salespeople(_people(typed))


def _add_shop(commands: "Subcommands", add_shared: "Add", add_json: "Add") -> None:
    about = "a shop of one's own: name, money, taxes, limits, thresholds"
    shop = commands.add_parser(
        "shop", help=f"{about}; on the backend's machine", description=f"Sets up and changes {about}."
    )
    actions = shop.add_subparsers(title="actions", metavar="ACTION", required=True)
    template = actions.add_parser(
        "template", help="a file to start from", description="Writes a file with every key of a shop explained."
    )
    template.set_defaults(command=_template)
    create = actions.add_parser(
        "create",
        help="make it",
        description="Makes the shop that the file describes. PIN and password of its first manager are asked for, or "
        "read as two lines from the standard input where that is no terminal. Prints a code for the first till.",
    )
    create.add_argument("file", type=Path, metavar="FILE", help="what tukar shop template wrote, filled in")
    create.add_argument("--till", default="1", help="name of the first till (default: %(default)s)")
    add_shared(create)
    add_json(create)
    create.set_defaults(command=_create)
    change = actions.add_parser(
        "change",
        help="put a changed file in force",
        description="Puts what the file says in force; its id says for which shop. Tills hear of it within a minute.",
    )
    change.add_argument("file", type=Path, metavar="FILE", help="what tukar shop show wrote, changed")
    add_shared(change)
    change.set_defaults(command=_change)
    show = actions.add_parser(
        "show", help="what is in force", description="Writes what is in force, in the form that shop change takes."
    )
    _add_which(show)
    add_shared(show)
    show.set_defaults(command=_show)


def _add_staff(commands: "Subcommands", add_shared: "Add", add_json: "Add") -> None:
    about = "who works in a shop"
    staff = commands.add_parser("staff", help=f"{about}; on the backend's machine", description=f"Says {about}.")
    actions = staff.add_subparsers(title="actions", metavar="ACTION", required=True)
    importer = actions.add_parser(
        "import",
        help="who signs in, from a CSV or XLSX file",
        description="Takes up the staff of a table: all of them, or nobody when a row is bad; each bad row is named. "
        "Who is there already is changed, who is not in the table stays, and who is not active signs in no more.",
        epilog="Columns: id, name, role (cashier, supervisor, manager, technician); and if wanted pin, password, "
        "active. An empty PIN or password leaves what there is; a new one ends a lock after wrong PINs.",
    )
    importer.set_defaults(command=_staff)
    serving = actions.add_parser(
        "salespeople",
        help="who serves customers, from a CSV or XLSX file",
        description="Puts the salespeople of a table, in its order, in place of those there are.",
        epilog="Columns: id, name.",
    )
    serving.set_defaults(command=_salespeople)
    for parser in (importer, serving):
        parser.add_argument("file", type=Path, metavar="FILE")
        _add_which(parser)
        parser.add_argument("--dry-run", action="store_true", help="read and judge every row, store nothing")
        add_shared(parser)
        add_json(parser)
