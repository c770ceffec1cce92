"""The commands of whoever looks after tills, as they are typed: update, settings, support.

Nothing but argparse and the options is imported before one of them runs (performance.md, P1).
"""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.options import (
    AutostartOptions,
    CodeOptions,
    ConnectOptions,
    SettingsOptions,
    SupportOptions,
    UpdateOptions,
)

if TYPE_CHECKING:
    from tukar.bootstrap.parsers import Add, Subcommands


def add_commands(commands: "Subcommands", add_data: "Add", add_json: "Add") -> None:
    """Adds them; the two functions give a parser the options that all commands share."""
    for add in (add_code, _add_connect, _add_update, _add_settings, _add_autostart, _add_support):
        add(commands, add_data, add_json)


def _code(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.connecting import run_code

    return run_code(
        CodeOptions(till=typed.till, shop=typed.shop, database=typed.database, data=typed.data, as_json=typed.json)
    )


def _connect(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.connecting import run_connect

    return run_connect(ConnectOptions(typed.address, typed.code, typed.key_store, typed.data))


def _update(typed: argparse.Namespace) -> UpdateOptions:
    return UpdateOptions(source=typed.source, again=typed.again, data=typed.data, as_json=typed.json)


def _update_check(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.update_commands import run_check

    return run_check(_update(typed))


def _update_apply(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.update_commands import run_apply

    return run_apply(_update(typed))


def _update_back(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.update_commands import run_back

    return run_back(UpdateOptions(data=typed.data))


def _update_try(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.update_commands import run_try

    return run_try(typed.file)


def _settings(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_settings

    return run_settings(
        SettingsOptions(data=typed.data, check=typed.check, template=typed.template, as_json=typed.json)
    )


def _autostart(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.autostarting import run_autostart

    return run_autostart(AutostartOptions({"on": True, "off": False}.get(typed.switch), typed.data))


def _support(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_support

    return run_support(SupportOptions(file=typed.file, data=typed.data))


def _add_update(commands: "Subcommands", add_data: "Add", add_json: "Add") -> None:
    about = "a later version of this program, signed by whoever makes the releases"
    update = commands.add_parser("update", help=about, description=f"Brings {about}.")
    actions = update.add_subparsers(title="actions", metavar="ACTION", required=True)
    check = actions.add_parser(
        "check", help="whether there is one", description="Says whether there is a later version; changes nothing."
    )
    _add_source(check, add_data, add_json)
    check.set_defaults(command=_update_check, again=False)
    apply = actions.add_parser(
        "apply",
        help="install it",
        description="Installs the later version: the till must be closed and have sent everything. A back-up is made "
        "first, and a version that does not open is taken back.",
    )
    _add_source(apply, add_data, add_json)
    apply.add_argument("--again", action="store_true", help="also a version that was taken back here before")
    apply.set_defaults(command=_update_apply)
    back = actions.add_parser(
        "back",
        help="take it back",
        description="Puts the version before in force, until a window of the new one opened.",
    )
    add_data(back)
    back.set_defaults(command=_update_back)
    trial = actions.add_parser(
        "try", help="open a copy", description="Opens the till on a copy of a back-up, without a screen, and ends."
    )
    trial.add_argument("file", type=Path, metavar="BACKUP", help="what tukar backup wrote")
    trial.set_defaults(command=_update_try)


def _add_source(parser: argparse.ArgumentParser, add_data: "Add", add_json: "Add") -> None:
    parser.add_argument(
        "--from", dest="source", default="", metavar="PLACE", help="folder or https address; else as the shop says"
    )
    add_data(parser)
    add_json(parser)


def _add_settings(commands: "Subcommands", add_data: "Add", add_json: "Add") -> None:
    about = "what is set, and where each setting comes from"
    settings = commands.add_parser("settings", help=about, description=f"Says {about}.")
    asked = settings.add_mutually_exclusive_group()
    asked.add_argument("--check", type=Path, metavar="FILE", help="judge a file for all tills before it is pushed")
    asked.add_argument("--template", action="store_true", help="write a file for all tills, every setting explained")
    add_data(settings)
    add_json(settings)
    settings.set_defaults(command=_settings)


def _add_autostart(commands: "Subcommands", add_data: "Add", _add_json: "Add") -> None:
    about = "whether the till opens by itself when somebody signs in to this machine"
    autostart = commands.add_parser(
        "autostart",
        help=about,
        description=f"Says or switches {about}. With kiosk = true in its settings it then covers the screen.",
    )
    autostart.add_argument("switch", nargs="?", choices=("on", "off"), help="nothing only says how it is")
    add_data(autostart)
    autostart.set_defaults(command=_autostart)


def _add_support(commands: "Subcommands", add_data: "Add", _add_json: "Add") -> None:
    about = "what an engineer needs to help, without personal data, into one file"
    support = commands.add_parser("support", help=about, description=f"Writes {about}.")
    support.add_argument("file", type=Path, metavar="FILE", help="a .zip that is not there yet")
    add_data(support)
    support.set_defaults(command=_support)


def add_code(commands: "Subcommands", add_data: "Add", add_json: "Add") -> None:
    """Adds what lets a device become a till; it belongs to the backend's machine too."""
    code = commands.add_parser(
        "code",
        help="a code that connects a till; on the backend's machine",
        description="Makes a code with which one device becomes the till of that name, within ten minutes. A device "
        "that was that till is replaced by it.",
    )
    code.add_argument("till", metavar="TILL", help="name of the till, such as 3")
    code.add_argument("--shop", default="", metavar="ID", help="which shop, where the backend has several")
    code.add_argument(
        "--database", default=os.environ.get("TUKAR_DATABASE", ""), metavar="URL", help="the backend's database"
    )
    add_data(code)
    add_json(code)
    code.set_defaults(command=_code)


def _add_connect(commands: "Subcommands", add_data: "Add", _add_json: "Add") -> None:
    connect = commands.add_parser(
        "connect",
        help="make this machine a till, without its window",
        description="Connects this machine with its backend, as the first picture of the till does.",
    )
    connect.add_argument("address", metavar="ADDRESS", help="of the backend: https, or http on this machine")
    connect.add_argument("code", metavar="CODE", help="from the manager, or from tukar code")
    connect.add_argument(
        "--key-store",
        default="",
        choices=("keyring", "owner_only_file"),
        help="where the token is kept, if this machine has no key store",
    )
    add_data(connect)
    connect.set_defaults(command=_connect)
