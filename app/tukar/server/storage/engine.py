"""Opens the database that a URL names, set up so that a commit is durable and waiting is bounded.

SQLite is opened with its usual locks and not with ``locking_mode=EXCLUSIVE``, though one process writes: ``tukar
doctor``, ``audit`` and ``import`` open the same file while the backend serves it, and so does the tour, which reads
figures from the disk and not from the program it watches. Within the backend there is one connection, as asked for
against the fault in SQLite's log before 3.51.3 (two connections that write or move the log at one instant); beside
such a command it is two. Once those commands ask the running backend, the lock belongs here.
"""

from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import StaticPool

FULL: Final = 2
"""In simulated power losses WAL with NORMAL lost commits, WAL with FULL none (redemption.md, "Disk")."""
SQLITE_PRAGMAS: Final = (
    ("busy_timeout", 5000),
    ("journal_mode", "wal"),
    ("synchronous", FULL),
    ("foreign_keys", 0),
)
STATEMENTS_KEPT: Final = 512
"""More than the backend has, so that SQLite reads each of them once."""
CONNECT_SECONDS: Final = 10
STATEMENT_MILLISECONDS: Final = 30_000


class UnsafeDatabaseError(RuntimeError):
    """The database does not promise what was asked of it, so nothing is written to it."""


def with_driver(url: str) -> URL:
    """``postgresql://`` means psycopg 3 here; SQLAlchemy alone would look for psycopg2."""
    named = make_url(url)
    return named.set(drivername="postgresql+psycopg") if named.drivername in ("postgresql", "postgres") else named


def open_engine(url: str, *, connections: int = 8) -> Engine:
    """An engine for ``sqlite:///file``, ``sqlite://`` (in memory) or ``postgresql://…``.

    SQLite gets one connection, for there is one writer; PostgreSQL as many as given.
    """
    named = with_driver(url)
    if named.get_backend_name() == "sqlite":
        return _open_sqlite(named)
    return create_engine(
        named,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"-c statement_timeout={STATEMENT_MILLISECONDS} -c timezone=UTC",
        },
    )


def _open_sqlite(url: URL) -> Engine:
    engine = create_engine(
        url, poolclass=StaticPool, connect_args={"check_same_thread": False, "cached_statements": STATEMENTS_KEPT}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no type of its own
        connection.isolation_level = None
        for name, wanted in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {name} = {wanted}")
            given = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if given not in (wanted, "memory"):
                raise UnsafeDatabaseError(f"SQLite answers {given} where {name} = {wanted} was asked")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy hands over its own connection
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
