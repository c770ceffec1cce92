"""Databases in memory that begin every schedule with the same contents, and whose statements SQLite reads only once.

A database that is copied over the one a connection has makes SQLite read the schema and every statement again, which
cost more than running them. Here a second connection does the copying and says that the schema is the one it was.
"""

import sqlite3
from typing import Final

SCHEMA: Final = 1_000_000
"""What every copy says of its schema: it is the same as before."""


def address(name: str) -> str:
    """Where a connection finds the database of that name."""
    return f"file:/{name}?vfs=memdb"


class Contents:
    """What is in the database of that name; whoever reads there may go on with the connection they have."""

    def __init__(self, name: str) -> None:
        self._writer = sqlite3.connect(address(name), uri=True, isolation_level=None, timeout=0.0)

    def become(self, source: sqlite3.Connection) -> None:
        """Those of ``source``; sqlite3.OperationalError while somebody is in the middle of a transaction."""
        # The copying itself would wait for them, for ever.
        self._writer.execute("BEGIN EXCLUSIVE")
        self._writer.execute("ROLLBACK")
        source.backup(self._writer)
        self._writer.execute(f"PRAGMA schema_version = {SCHEMA}")

    def become_again(self, serialized: bytes) -> None:
        """Those that ``Connection.serialize`` gave at some moment."""
        source = sqlite3.connect(":memory:")
        source.deserialize(serialized)
        self.become(source)
        source.close()
