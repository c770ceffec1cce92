"""The commands about rules, as they are typed: try them, check a file, put it in force.

Nothing but argparse and the options is imported before one of them runs (performance.md, P1).
"""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.options import PublishOptions, RulesOptions

if TYPE_CHECKING:
    from tukar.bootstrap.parsers import Add, Subcommands


def add_commands(commands: "Subcommands", add_data: "Add", add_database: "Add", add_json: "Add") -> None:
    """Adds them; the three functions give a parser the options that all commands share."""
    rules = commands.add_parser(
        "rules", help="try promotions, and put them in force", description="The rules sandbox, and what is in force."
    )
    actions = rules.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_try(actions, add_json)
    _add_check(actions, add_json)
    _add_publish(actions, add_data, add_database, add_json)


def _try(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_rules_try

    return run_rules_try(RulesOptions(files=tuple(typed.files), as_json=typed.json))


def _check(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_rules_check

    return run_rules_check(RulesOptions(files=(typed.file,), as_json=typed.json, on=typed.on))


def _publish(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.publishing import run_publish

    named = {"shop": typed.shop, "database": typed.database, "data": typed.data}
    return run_publish(PublishOptions(typed.file, as_json=typed.json, **named))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2025-12-31") from None


def _add_try(actions: "Subcommands", add_json: "Add") -> None:
    trying = actions.add_parser(
        "try",
        help="play case files through the engine",
        description="Plays every case of the files through the engine that till and backend use: a line for each, "
        "what was expected beside what came out where they differ, and counts. Ends with 1 when a case failed, with 2 "
        "when a file cannot be read.",
    )
    trying.add_argument("files", type=Path, nargs="+", metavar="FILE", help="cases, as tukar-cases/1")
    add_json(trying)
    trying.set_defaults(command=_try)


def _add_check(actions: "Subcommands", add_json: "Add") -> None:
    checking = actions.add_parser(
        "check",
        help="name the mistakes in a file of rules",
        description="Names everything wrong in a file of rules at once, by path and reason: what cannot be read, "
        "ranges that nothing lies in, rewards that can never apply, rules hidden by others. Rules that are over are "
        "named too and are no mistake. Ends with 1 when there are mistakes, with 2 when the file cannot be read.",
    )
    checking.add_argument("file", type=Path, metavar="FILE", help="a programme, as tukar-programme/1")
    checking.add_argument("--on", type=_day, metavar="DATE", help="which rules are over on that day (default: today)")
    add_json(checking)
    checking.set_defaults(command=_check)


def _add_publish(actions: "Subcommands", add_data: "Add", add_database: "Add", add_json: "Add") -> None:
    publish = actions.add_parser(
        "publish",
        help="put a file of rules in force; on the backend's machine",
        description="Checks a programme file and puts it in force as the shop's next version. Tills have it within a "
        "minute; bills that were sold before are reckoned by the rules of their time.",
    )
    publish.add_argument("file", type=Path, metavar="FILE")
    publish.add_argument("--shop", default="", metavar="ID", help="which shop, where the backend has several")
    for add in (add_data, add_database, add_json):
        add(publish)
    publish.set_defaults(command=_publish)
