"""Brings a database to the present form, in numbered steps that are each one transaction.

A list of functions in place of a migration tool: the steps run on both databases, need no files beside the program
(an installer would have to carry them) and cost no import at start. An empty database gets the present tables at once;
an older one goes step by step. A step is never changed once released; the next change is the next number. A database
of a later version than this program is refused.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from tukar.server.storage.manager_tables import (
    APPLIED,
    APPLIED_SUMS,
    REQUESTS,
    REVIEW_NOTES,
    REVIEWS,
    SALES_SUMS,
    SESSIONS,
)
from tukar.server.storage.tables import (
    BILL_MOVES,
    CARD_SALES,
    HELD_BILLS,
    METADATA,
    REFUNDS,
    RULE_USES,
    SHIFTS,
    STORED_VALUES,
)

_VERSION: Final = text("SELECT value FROM meta WHERE name = 'schema'")
_SET_VERSION: Final = text(
    "INSERT INTO meta (name, value) VALUES ('schema', :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

_ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(7305841)")
"""Two servers that start at once wait for one another; the number is this program's own."""


class LaterSchemaError(RuntimeError):
    """The database was written by a later version of the program."""


FIRST_VERSION: Final = 1


def _add_shifts(connection: Connection) -> None:
    SHIFTS.create(connection, checkfirst=False)


def _add_held_bills(connection: Connection) -> None:
    HELD_BILLS.create(connection, checkfirst=False)


def _add_manager_tables(connection: Connection) -> None:
    for made in (APPLIED, APPLIED_SUMS, SESSIONS, REQUESTS, REVIEW_NOTES):
        made.create(connection, checkfirst=False)
    for name, default in (("state", "open"), ("bill_id", ""), ("decided_at", ""), ("odd", "0"), ("facts", "{}")):
        kind = REVIEWS.c[name].type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE reviews ADD COLUMN {name} {kind} DEFAULT '{default}' NOT NULL")
    connection.exec_driver_sql("UPDATE reviews SET state = 'approved' WHERE resolved_by <> ''")
    for index in REVIEWS.indexes:
        index.create(connection)


def _add_stored_values(connection: Connection) -> None:
    for made in (STORED_VALUES, BILL_MOVES):
        made.create(connection, checkfirst=False)


def _add_sales_sums(connection: Connection) -> None:
    SALES_SUMS.create(connection, checkfirst=False)


def _add_held_notes(connection: Connection) -> None:
    # A database made by this version's second step has it already.
    if not any(column["name"] == "note" for column in inspect(connection).get_columns("held_bills")):
        kind = HELD_BILLS.c.note.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE held_bills ADD COLUMN note {kind} DEFAULT '' NOT NULL")


def _add_card_sales(connection: Connection) -> None:
    CARD_SALES.create(connection, checkfirst=False)


def _add_refund_times(connection: Connection) -> None:
    kind = REFUNDS.c.accepted_time.type.compile(connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE refunds ADD COLUMN accepted_time {kind} DEFAULT 0 NOT NULL")
    next(index for index in REFUNDS.indexes if index.name == "refunds_open").create(connection)


def _add_indexes_by_holder(connection: Connection) -> None:
    # A database made by a later step has the index of a table that the step has made.
    for table in (RULE_USES, STORED_VALUES):
        for index in table.indexes:
            index.create(connection, checkfirst=True)


STEPS: Final[tuple[Callable[[Connection], None], ...]] = (
    _add_shifts,
    _add_held_bills,
    _add_manager_tables,
    _add_stored_values,
    _add_sales_sums,
    _add_held_notes,
    _add_card_sales,
    _add_refund_times,
    _add_indexes_by_holder,
)
"""``STEPS[n]`` leads from version ``FIRST_VERSION + n`` to the next."""


def schema_version(connection: Connection) -> int:
    """How many steps the database has had; 0 for an empty one."""
    if not connection.dialect.has_table(connection, "meta"):
        return 0
    row = connection.execute(_VERSION).first()
    return int(row.value) if row is not None else 0


def migrate(engine: Engine) -> int:
    """Does the steps that are missing and returns how many those were; LaterSchemaError when there are too many."""
    done = 0
    while True:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_ONE_AT_A_TIME)
            if not _step(connection):
                return done
            done += 1


def _step(connection: Connection) -> bool:
    latest = FIRST_VERSION + len(STEPS)
    version = schema_version(connection)
    if version > latest:
        raise LaterSchemaError(f"the database is of version {version}, this program knows {latest}")
    if version == latest:
        return False
    if version == 0:
        METADATA.create_all(connection, checkfirst=False)
    else:
        STEPS[version - FIRST_VERSION](connection)
    connection.execute(_SET_VERSION, {"value": str(version + 1 if version else latest)})
    return True
