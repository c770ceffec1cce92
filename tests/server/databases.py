"""The databases that the ledger is tested on: SQLite always, PostgreSQL where one is here or named.

``TUKAR_TEST_POSTGRES`` may name a server by URL; its database is emptied. Otherwise a private cluster is made from the
machine's own programs, owned by an unprivileged user because PostgreSQL refuses root, and thrown away afterwards.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, delete, inspect

from tests.machine import program
from tukar.server.storage.engine import open_engine
from tukar.server.storage.tables import META, METADATA

URL = os.environ.get("TUKAR_TEST_POSTGRES", "")


def _as_somebody(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={_somebody().pw_uid}", f"--regid={_somebody().pw_gid}", "--clear-groups", *command]


def _somebody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("no unprivileged user is here")


@contextmanager
def postgres_url() -> Iterator[str]:
    """A server's URL: the one named, else a cluster of our own for as long as it is needed."""
    if URL:
        yield URL
        return
    folder = Path(tempfile.mkdtemp(prefix="tukar-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _somebody().pw_uid, _somebody().pw_gid)
    data = folder / "data"
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
    settings += " -c deadlock_timeout=20ms"
    try:
        _run("initdb", "-D", str(data), "-U", "tukar", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        _run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start")
        yield f"postgresql://tukar@/postgres?host={folder}"
    finally:
        _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *arguments: str, check: bool = True) -> None:
    found = program(name)
    assert found is not None
    done = subprocess.run(_as_somebody([found, *arguments]), capture_output=True, cwd="/", check=False)
    assert not check or done.returncode == 0, done.stderr.decode()


def emptied(engine: Engine) -> Engine:
    """The same server with nothing in it. Rows go, tables stay: making or truncating them costs more than all else."""
    with engine.begin() as connection:
        if inspect(connection).has_table("meta"):
            for table in METADATA.sorted_tables:
                connection.execute(delete(table).where(table.c.name != "schema") if table is META else delete(table))
    return engine


def postgres_engine(url: str) -> Engine:
    return open_engine(url, connections=8)
