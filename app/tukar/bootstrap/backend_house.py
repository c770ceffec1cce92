"""The backend opened in this very process, for commands that work on its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tukar.bootstrap.options import AtShop
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

    _demand_known(database)
    return make_url(database or default_url(folder)).render_as_string(hide_password=True)


@contextmanager
def database_troubles(database: str, folder: Path) -> Iterator[None]:
    """Turns what an unusable database or folder raises into one line with what to do."""
    from sqlalchemy.exc import DBAPIError

    from tukar.server.storage.batches import UnavailableError
    from tukar.server.storage.engine import UnsafeDatabaseError
    from tukar.server.storage.migrations import LaterSchemaError

    _demand_known(database)
    try:
        _demand_usable(database, folder)
        yield
    except DBAPIError as trouble:
        reason = str(trouble.orig).strip().splitlines()[0].rstrip(".")
        place = database_words(database, folder)
        raise CommandRefused(f"{place}: {reason}.", "Check the database and its rights.") from None
    except UnavailableError as trouble:
        place = database_words(database, folder)
        raise CommandRefused(f"{place} takes nothing: {trouble}.", "Check the disk and who else uses it.") from None
    except LaterSchemaError:
        raise CommandRefused(
            "A later version of Tukar wrote this database.", "Update this program, then try again."
        ) from None
    except UnsafeDatabaseError as trouble:
        raise CommandRefused(f"The database does not keep what it is told: {trouble}.", "Use another disk.") from None
    except OSError as trouble:
        reason = (trouble.strerror or str(trouble)).lower()
        raise CommandRefused(f"{folder}: {reason}.", "Name another folder with --data.") from None


def _demand_usable(database: str, folder: Path) -> None:
    """Opens the database once by itself, so that what is wrong with it is met here and not by a thread of its own."""
    from tukar.server.folder import Folder
    from tukar.server.serve import default_url
    from tukar.server.storage.engine import open_engine

    engine = open_engine(database or default_url(Folder(folder).path))
    try:
        engine.connect().close()
    finally:
        engine.dispose()


def _demand_known(database: str) -> None:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        known = not database or make_url(database).get_backend_name() in ("sqlite", "postgresql", "postgres")
    except ArgumentError:
        known = False
    if not known:
        raise CommandRefused("That is no database Tukar knows.", "Write it as postgresql://user@host/name.")


@contextmanager
def opened_backend(database: str, folder: Path) -> "Iterator[Backend]":
    """The backend with its database open; CommandRefused when it cannot be.

    It is made where it is not there yet, as ``tukar serve`` does.
    """
    from tukar.server.folder import Folder
    from tukar.server.serve import default_url, open_backend

    with database_troubles(database, folder):
        backend, close = open_backend(database or default_url(folder), Folder(folder))
    try:
        yield backend
    finally:
        close()


def demand_backend(database: str, folder: Path) -> None:
    """Refuses to go on where nobody ever had a backend, so that looking for one makes none."""
    from tukar.server.serve import DATABASE_FILE

    if not database and not (folder / DATABASE_FILE).exists():
        raise CommandRefused(
            f"There is no backend in {folder.parent}.", "Name its folder with --data, or its database with --database."
        )


@contextmanager
def standing_backend(at: AtShop) -> "Iterator[Backend]":
    """The backend that is there already, with its database open; CommandRefused where there is none."""
    folder = backend_folder(at.data)
    demand_backend(at.database, folder)
    with opened_backend(at.database, folder) as backend:
        yield backend


def operator_of(backend: "Backend", shop: str) -> "Caller":
    """The operator of ``shop``, or of the only shop there is; CommandRefused when that is not clear."""
    from tukar.server import sweep
    from tukar.server.call import Caller, CallerKind

    shops = backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR))
    if not shops:
        raise CommandRefused("The backend has no shop yet.", "Make one with: shop create FILE")
    if shop and shop not in shops:
        raise CommandRefused(f"There is no shop {shop}.", f"There are: {', '.join(shops)}.")
    if not shop and len(shops) > 1:
        raise CommandRefused("The backend has several shops.", f"Say which with --shop: {', '.join(shops)}.")
    return Caller(CallerKind.OPERATOR, shop or shops[0])
