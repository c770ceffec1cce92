"""The backend opened in this very process, for commands that work on its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tukar.bootstrap.outcome import CommandRefused

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Caller

BACKEND_FOLDER: Final = "backend"
"""Within the data folder: what belongs to the backend, apart from the till's own files."""


def backend_folder(data: Path | None) -> Path:
    """Where the backend of a data folder keeps database and keys; None = the user's own data folder."""
    from tukar.local.paths import data_folder

    return (data or data_folder()) / BACKEND_FOLDER


def database_words(database: str, folder: Path) -> str:
    """Which database is meant, without a password in it."""
    from sqlalchemy.engine import make_url

    from tukar.server.serve import default_url

    return make_url(database or default_url(folder)).render_as_string(hide_password=True)


@contextmanager
def database_troubles(database: str, folder: Path) -> Iterator[None]:
    """Turns what an unusable database raises into one line with what to do."""
    from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

    from tukar.server.storage.engine import UnsafeDatabaseError
    from tukar.server.storage.migrations import LaterSchemaError

    try:
        yield
    except (ArgumentError, NoSuchModuleError):
        raise CommandRefused(
            f"{database[:60]!r} names no database.", "Write it as postgresql://user@host/name."
        ) from None
    except DBAPIError as trouble:
        words = " ".join(str(trouble.orig).split())
        place = database_words(database, folder)
        raise CommandRefused(f"{place}: {words}.", "Check the database and its rights.") from None
    except LaterSchemaError:
        raise CommandRefused(
            "A later version of Tukar wrote this database.", "Update this program, then try again."
        ) from None
    except UnsafeDatabaseError as trouble:
        raise CommandRefused(f"The database does not keep what it is told: {trouble}.", "Use another disk.") from None


@contextmanager
def opened_backend(database: str, folder: Path) -> "Iterator[Backend]":
    """The backend with its database open; CommandRefused when it cannot be."""
    from tukar.server.folder import Folder
    from tukar.server.serve import default_url, open_backend

    with database_troubles(database, folder):
        backend, close = open_backend(database or default_url(folder), Folder(folder))
    try:
        yield backend
    finally:
        close()


def operator_of(backend: "Backend", shop: str) -> "Caller":
    """The operator of ``shop``, or of the only shop there is; CommandRefused when that is not clear."""
    from tukar.server import sweep
    from tukar.server.call import Caller, CallerKind

    shops = backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR))
    if not shops:
        raise CommandRefused("The backend has no shop yet.", "Start it once with tukar serve --demo, or load a shop.")
    if shop and shop not in shops:
        raise CommandRefused(f"There is no shop {shop}.", f"There are: {', '.join(shops)}.")
    if not shop and len(shops) > 1:
        raise CommandRefused("The backend has several shops.", f"Say which with --shop: {', '.join(shops)}.")
    return Caller(CallerKind.OPERATOR, shop or shops[0])
