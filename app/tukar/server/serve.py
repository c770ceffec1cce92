"""Runs the backend as a process: opens the database, listens, stops gracefully.

``serve(...)`` blocks until it is told to stop. Whoever starts it as a child reads lines of JSON from its standard
output (``Lines``)::

    {"ready": {"host": "127.0.0.1", "port": 41233}}
    {"message": {"to": "+62…", "text": "482913 is your code …"}}     only with the demo's LineCarrier

and closes its standard input to end it (``stop_on_stdin_eof``), so that a child never outlives its parent.
"""

import asyncio
import contextlib
import json
import logging
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TextIO

import uvicorn

from tukar.server import sweep
from tukar.server.app import create_app
from tukar.server.backend import Backend
from tukar.server.call import Caller, CallerKind, Equipment
from tukar.server.chance import SystemChance
from tukar.server.clock import SystemClock
from tukar.server.folder import Folder
from tukar.server.outbox import Carrier, Postman
from tukar.server.passwords import Passwords
from tukar.server.reckoning import Books
from tukar.server.storage.batches import UnavailableError
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import transactions_for

SWEEP_SECONDS: Final = 300.0
GRACE_SECONDS: Final = 5
SWITCH_SECONDS: Final = 0.0005
"""How long one thread keeps the interpreter: the writer must not make the sockets wait for Python's usual 5 ms."""
DATABASE_FILE: Final = "loyalty.db"

_log = logging.getLogger(__name__)


class CannotListenError(RuntimeError):
    """The address is taken or not ours; the text says which."""


class NoCarrier:
    """For a backend without a way to customers: messages are dropped, and codes never arrive."""

    def deliver(self, _message: object) -> None:
        _log.warning("a message to a customer was dropped: no carrier is set up")


def open_backend(database_url: str, folder: Folder, *, workers: int = 8) -> tuple[Backend, Callable[[], None]]:
    """The backend of a folder with its database open, and what closes both."""
    engine = open_engine(database_url, connections=workers)
    chance = SystemChance()
    keys = folder.keys(chance)
    backend = Backend(
        transactions=transactions_for(engine, workers=workers),
        equipment=Equipment(keys, chance, Passwords(), Books()),
        clock=SystemClock(),
        credentials=ThreadPoolExecutor(2, thread_name_prefix="tukar-credentials"),
    )

    def close() -> None:
        backend.close()
        engine.dispose()

    try:
        folder.keep_epoch(backend.open(engine, folder.epoch(), folder.reached()), backend.reached())
    except BaseException:
        close()
        raise
    return backend, close


def default_url(data_dir: Path) -> str:
    """SQLite in the data folder."""
    return f"sqlite:///{(data_dir / DATABASE_FILE).as_posix()}"


def serve(
    database_url: str,
    host: str,
    port: int,
    *,
    data_dir: Path,
    carrier: Carrier | None = None,
    ready: Callable[[str, int], None] | None = None,
    prepare: Callable[[Backend], None] | None = None,
    stop_on_stdin_eof: bool = False,
) -> None:
    """Serves until a signal comes, or the standard input ends where that is asked for.

    ``port`` 0 takes a free one; ``ready`` is told host and port once requests are taken, and ``Lines.ready`` prints
    them. ``prepare`` may load a shop before that. An empty ``database_url`` means SQLite in the data folder. Raises
    CannotListenError, UnsafeDatabaseError or LaterSchemaError before anything is served.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    folder = Folder(data_dir)
    listener = _listen(host, port)
    with contextlib.closing(listener), _opened(database_url or default_url(data_dir), folder) as backend:
        if prepare is not None:
            prepare(backend)
        for shop_id in backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR)):
            folder.keep_operator_token(backend.equipment.keys, shop_id)
        postman = Postman(backend.take_messages, carrier or NoCarrier())
        backend.on_message = postman.wake
        postman.start()
        try:
            asyncio.run(_run(backend, folder, listener, ready, stop_on_stdin_eof=stop_on_stdin_eof))
        finally:
            backend.on_message = None
            postman.close()


@contextlib.contextmanager
def _opened(database_url: str, folder: Folder) -> Iterator[Backend]:
    backend, close = open_backend(database_url, folder)
    try:
        yield backend
    finally:
        close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol by name: asyncio switches Nagle off only on sockets that say so, else each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as trouble:
        listener.close()
        raise CannotListenError(f"{host}:{port}: {trouble.strerror}") from trouble
    return listener


async def _run(
    backend: Backend,
    folder: Folder,
    listener: socket.socket,
    ready: Callable[[str, int], None] | None,
    *,
    stop_on_stdin_eof: bool,
) -> None:
    config = uvicorn.Config(
        create_app(backend),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=75,
    )
    server = _Server(config, ready)
    if stop_on_stdin_eof:
        _stop_at_end_of_input(server, asyncio.get_running_loop())
    async with _sweeping(backend, folder):
        await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Says where it listens once it takes requests."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str, int], None] | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self._ready is not None and sockets:
            host, port = sockets[0].getsockname()[:2]
            self._ready(host, port)

    def stop(self) -> None:
        self.should_exit = True


def _stop_at_end_of_input(server: _Server, loop: asyncio.AbstractEventLoop) -> None:
    def wait() -> None:
        while sys.stdin.buffer.read(4096):
            continue
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself meanwhile
            loop.call_soon_threadsafe(server.stop)

    threading.Thread(target=wait, name="tukar-stdin", daemon=True).start()


@contextlib.asynccontextmanager
async def _sweeping(backend: Backend, folder: Folder) -> AsyncIterator[None]:
    async def go_on() -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await asyncio.to_thread(sweep_all, backend)
                await asyncio.to_thread(lambda: folder.keep_epoch(folder.epoch(), backend.reached()))
            except UnavailableError:
                _log.warning("the sweep waits: the database does not answer")

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def sweep_all(backend: Backend) -> None:
    """One sweep of every shop."""
    for shop_id in backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR)):
        backend.perform(sweep.sweep, None, Caller(CallerKind.OPERATOR, shop_id))


class Lines:
    """Speaks to the process that started this one, a line of JSON at a time."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def ready(self, host: str, port: int) -> None:
        print(json.dumps({"ready": {"host": host, "port": port}}), file=self._stream, flush=True)
