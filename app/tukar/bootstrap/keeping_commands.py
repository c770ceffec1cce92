"""The commands that keep a till's books safe, as they are typed: backup, restore, audit.

Nothing but argparse and the options is imported before one of them runs (performance.md, P1).
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.options import AuditOptions, BackupOptions

if TYPE_CHECKING:
    from tukar.bootstrap.parsers import Add, Subcommands


def add_commands(commands: "Subcommands", add_data: "Add", add_database: "Add", add_json: "Add") -> None:
    """Adds them; the three functions give a parser the options that all commands share."""
    _add_backup(commands, add_data)
    _add_restore(commands, add_data)
    add_audit(commands, add_data, add_database, add_json)


def _backup(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_backup

    return run_backup(BackupOptions(file=typed.file, data=typed.data))


def _restore(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_restore

    return run_restore(BackupOptions(file=typed.file, data=typed.data))


def _audit_verify(typed: argparse.Namespace) -> int:
    from tukar.bootstrap.commands import run_audit_verify

    return run_audit_verify(AuditOptions(data=typed.data, database=typed.database, as_json=typed.json))


def _add_backup(commands: "Subcommands", add_data: "Add") -> None:
    about = "the till's bills, unsent work, settings and copies into one file"
    backup = commands.add_parser(
        "backup",
        help=about,
        description=f"Writes {about}, while it sells or not. The token and the keys are never in it.",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    add_data(backup)
    backup.set_defaults(command=_backup)


def _add_restore(commands: "Subcommands", add_data: "Add") -> None:
    about = "a back-up in the place of the till that is here"
    restore = commands.add_parser(
        "restore",
        help=about,
        description=f"Puts {about}; the till must be closed and have sent everything. What was here is kept beside it.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what tukar backup wrote")
    add_data(restore)
    restore.set_defaults(command=_restore)


def add_audit(commands: "Subcommands", add_data: "Add", add_database: "Add", add_json: "Add") -> None:
    audit = commands.add_parser("audit", help="who did what", description="Who did what.")
    actions = audit.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        help="whether anybody changed the audit afterwards",
        description="Follows the audit chains of till and backend, and compares the one with what the other has seen.",
    )
    add_data(verify)
    add_database(verify)
    add_json(verify)
    verify.set_defaults(command=_audit_verify)
