"""The server's house around its backend: its ASGI app, its figures, its log and its folder, without a socket.

Requests are given to the app as a web server gives them, chunk by chunk, and its event loop is turned by hand until
nothing moves any more. Who looks at figures and log finds nobody's number and nobody's name there.
"""

import asyncio
import io
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlencode

from tests.simulation import shop
from tests.simulation.file_keeping import Kept
from tests.simulation.real_disk import RealFolder
from tests.simulation.world import Crashed, Process, World
from tukar.server.app import create_app
from tukar.server.backend import Backend, Reply, Request
from tukar.server.carriers import LineCarrier
from tukar.server.folder import Folder
from tukar.server.keys import Keys
from tukar.server.logs import JsonLines
from tukar.server.outbox import CustomerMessage
from tukar.server.routes import SMALL

TURNS: Final = 12
"""More than any message needs between two waits for the backend."""
CHUNK: Final = 1_000
WAITING: Final = 503
"""What a server says whose database does not answer."""
PAGES: Final = {"/health": 200, "/ready": 200, "/schema": 200, "/metrics": 200, "/v1/nothing-here": 404}
_COUNTED: Final = "tukar_messages_total{"
_TOO_LONG: Final = b" " * (SMALL + 1)


class AppFront:
    """One run of the server's process in front of ``backend``."""

    def __init__(self, backend: Backend, loop: asyncio.AbstractEventLoop) -> None:
        self._app = create_app(backend)
        self._loop = loop
        self._tasks: list[asyncio.Task[None]] = []
        self.asked = 0
        """Messages that were answered."""

    def submit(self, asked: Request) -> "Future[Reply]":
        """The reply comes once the backend has made it and ``turn`` was called. Raises Crashed."""
        told: Future[Reply] = Future()
        task = self._loop.create_task(self._exchange(asked, told))
        self._tasks.append(task)
        self.turn()
        return told

    def turn(self) -> None:
        """Lets the loop do all that it can do now."""
        if self._tasks:
            self._loop.run_until_complete(self._settled())
        over, self._tasks = [one for one in self._tasks if one.done()], [one for one in self._tasks if not one.done()]
        for task in over:
            task.result()

    async def _settled(self) -> None:
        for _ in range(TURNS):
            if all(task.done() for task in self._tasks):
                return
            await asyncio.sleep(0)

    def drop(self) -> None:
        """The process is gone, and with it what it was at."""
        left, self._tasks = self._tasks, []
        for task in left:
            task.cancel()
        if left:
            self._loop.run_until_complete(asyncio.wait(left))

    async def _exchange(self, asked: Request, told: "Future[Reply]") -> None:
        chunks = [asked.body[at : at + CHUNK] for at in range(0, len(asked.body), CHUNK)] or [b""]
        started: dict[str, Any] = {}

        async def receive() -> dict[str, Any]:
            if not chunks:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: Mapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            headers = {name.decode().title(): value.decode() for name, value in started["headers"]}
            told.set_result(Reply(started["status"], message["body"], headers))

        await self._app(_scope(asked), receive, send)
        self.asked += asked.path.startswith("/v1/")


def _scope(asked: Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "root_path": "",
        "scheme": "https",
        "query_string": urlencode(asked.query).encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in asked.headers.items()],
        "client": ("192.0.2.1", 1),
        "server": ("192.0.2.2", 443),
    }


class _RootKey:
    """``server.chance.Chance`` of a first start, whose root key is the one that the tills' tokens are signed with."""

    def __init__(self, root: bytes) -> None:
        self._root = root

    def digits(self, count: int) -> str:
        return "0" * count

    def letters(self, count: int) -> str:
        return "A" * count

    def bytes(self, count: int) -> bytes:
        return self._root[:count]


class ServerHouse:
    """What stays of the server's process when its program ends: its folder; and what is said of it: log and pages."""

    def __init__(self, world: World, process: Process, root: bytes, violated: Callable[[str], None]) -> None:
        self._violated = violated
        self._root = root
        self._process = process
        self.files = RealFolder(world, "server")
        self._kept = Kept(violated)
        self._loop = asyncio.new_event_loop()
        self._log = logging.StreamHandler(io.StringIO())
        self._log.setFormatter(JsonLines())
        logging.getLogger("tukar.server").addHandler(self._log)
        self.front: AppFront | None = None

    def open(self, keys: Keys) -> tuple[int, float]:
        """As the server starts: its keys, and how far its database had come, as the folder says."""
        self.files.process = self._process
        folder = Folder(self.files.path)
        self._demand("the keys", folder.keys(_RootKey(self._root)).mac("same"), keys.mac("same"))
        file = folder.keep_operator_token(keys, shop.SHOP_ID)
        self._demand("the operator's token", file.read_text(), folder.operator_token_file(shop.SHOP_ID).read_text())
        reached = (folder.epoch(), folder.reached())
        self._kept.found("how far the database had come", reached)
        return reached

    def opened(self, backend: Backend) -> None:
        self.front = AppFront(backend, self._loop)

    def keep(self, epoch: int, reached: float) -> None:
        folder = Folder(self.files.path)
        self._kept.write("how far the database had come", (epoch, reached), lambda: folder.keep_epoch(epoch, reached))

    def died(self, how: str) -> None:
        self.files.died(how)

    def bury(self) -> None:
        front, self.front = self.front, None
        if front is not None:
            front.drop()

    def deliver(self, message: CustomerMessage) -> CustomerMessage:
        """As whoever started the server reads it."""
        stream = io.StringIO()
        LineCarrier(stream).deliver(message)
        told = json.loads(stream.getvalue())["message"]
        self._demand("a message to a customer", (told["to"], told["text"]), (message.to, message.text))
        return message

    def look(self) -> None:
        """At every page, at what is too large, and for people in figures and log."""
        front = self.front
        if front is None or not self._process.alive:
            return
        with suppress(Crashed):
            self._look(front)

    def _look(self, front: AppFront) -> None:
        for path, status in PAGES.items():
            found = self._page(front, "GET", path).status
            waits = path == "/ready" and found == WAITING
            self._demand(path, status if waits else found, status)
        too_long = self._page(front, "PUT", "/v1/adjustments/too-long", _TOO_LONG)
        self._demand("a body that is too large", too_long.status, 413)
        row = LookupError(f"{shop.mobile('dewi')} Dewi")
        logging.getLogger("tukar.server").error("a message met a fault", exc_info=row)
        figures = self._page(front, "GET", "/metrics").body.decode()
        counted = sum(float(line.split()[-1]) for line in figures.splitlines() if line.startswith(_COUNTED))
        self._demand("how many messages were answered", counted, float(front.asked))
        log = self._log.stream.getvalue()
        for line in log.splitlines():
            self._demand(
                "a line of the log", {"at", "level", "logger", "message"} <= set(json.loads(line)), expected=True
            )
        for member_id in shop.MEMBERS:
            for word in (member_id, member_id.title(), shop.mobile(member_id)):
                self._demand(f"{word} in figures or log", word in figures or word in log, expected=False)

    def _page(self, front: AppFront, method: str, path: str, body: bytes = b"") -> Reply:
        told = front.submit(Request(method, path, body))
        front.turn()
        if not told.done():
            self._violated(f"F3 the server does not answer {method} {path}")
        return told.result()

    def _demand(self, what: str, value: object, expected: object) -> None:
        if value != expected:
            self._violated(f"F3 {what} of the server: {value!r} in place of {expected!r}")

    def remove(self) -> None:
        """The schedule is over."""
        self.bury()
        self._loop.close()
        logging.getLogger("tukar.server").removeHandler(self._log)
        self.files.process = None
        self.files.remove()
