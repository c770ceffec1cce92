"""The ASGI app: bodies within their limits in, replies out; all else is the backend's.

What may be asked of the backend is answered here without a framework's routing and objects in between, for they cost
as much as a short message itself; the few pages around it are Starlette's.
"""

import asyncio
import threading
import time
from concurrent.futures import Future
from typing import Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route as HttpRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from tukar.domain.redemption import Refusal
from tukar.server.backend import Backend, Reply, Request
from tukar.server.metrics import NO_ROUTE, Metrics
from tukar.server.openapi import schema_text
from tukar.server.routes import NoSuchRouteError, RouteTable
from tukar.server.storage.batches import UnavailableError
from tukar.wire.message import write
from tukar.wire.redemptions import WireRefusal
from tukar.wire.shop import WireHealth

TOO_LARGE: Final = 413
_WANTED_HEADERS: Final = {
    name.encode(): name
    for name in ("authorization", "tukar-seen", "tukar-audit-head", "tukar-signature", "tukar-manager")
}
_JSON: Final = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
READY_SECONDS: Final = 2.0


class _TooLargeError(ValueError):
    """The body is larger than its route allows."""


class _GoneError(ConnectionError):
    """Whoever asked has hung up."""


def create_app(backend: Backend) -> ASGIApp:
    """The app over a backend that is open."""
    ends = _Endpoints(backend)
    pages = Starlette(
        routes=[
            HttpRoute("/health", ends.health, methods=["GET"]),
            HttpRoute("/ready", ends.ready, methods=["GET"]),
            HttpRoute("/schema", ends.schema, methods=["GET"]),
            HttpRoute("/metrics", ends.metrics, methods=["GET"]),
        ]
    )
    addresses = frozenset(route.path for route in pages.routes if isinstance(route, HttpRoute))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in addresses:
            await pages(scope, receive, send)
        else:
            await ends.ask(scope, receive, send)

    return app


class _Replies:
    """Brings what other threads have made home to the event loop: one wake-up for all that is ready by then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: list[tuple[asyncio.Future[Reply], Future[Reply]]] = []

    def awaited(self, made: "Future[Reply]") -> "asyncio.Future[Reply]":
        """``made`` never fails: the backend promises that."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Reply] = loop.create_future()

        def ready(made: "Future[Reply]") -> None:
            with self._lock:
                is_first = not self._ready
                self._ready.append((waiter, made))
            if is_first:
                loop.call_soon_threadsafe(self._hand_out)

        made.add_done_callback(ready)
        return waiter

    def _hand_out(self) -> None:
        with self._lock:
            ready, self._ready = self._ready, []
        for waiter, made in ready:
            if not waiter.done():
                waiter.set_result(made.result())


class _Endpoints:
    """What is behind the addresses."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._table = RouteTable()
        self._schema = schema_text()
        self._replies = _Replies()
        self._metrics = Metrics()

    async def health(self, _request: HttpRequest) -> Response:
        """The process lives."""
        return _page(200, write(WireHealth(status="alive")))

    async def ready(self, _request: HttpRequest) -> Response:
        """The database takes messages."""
        if not await self._is_ready():
            return _page(503, write(WireHealth(status="waiting", detail="the database does not answer")))
        return _page(200, write(WireHealth(status="ready")))

    async def _is_ready(self) -> bool:
        try:
            async with asyncio.timeout(READY_SECONDS):
                await asyncio.wrap_future(self._backend.ping())
        except (TimeoutError, UnavailableError):
            return False
        return True

    async def metrics(self, _request: HttpRequest) -> Response:
        """Figures for Prometheus."""
        text = self._metrics.text(ready=await self._is_ready())
        return Response(text, 200, {"content-type": "text/plain; version=0.0.4; charset=utf-8"})

    async def schema(self, _request: HttpRequest) -> Response:
        return _page(200, self._schema)

    async def ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One message to the backend."""
        method, path = scope["method"], scope["path"]
        route, at_most = self._route(method, path)
        try:
            body = await _body(receive, at_most)
        except _TooLargeError:
            refusal = write(WireRefusal(refusal=Refusal.BAD_REQUEST, detail="the body is too large"))
            await _send(send, Reply(TOO_LARGE, refusal, {"connection": "close"}))
            self._metrics.count(method, route, TOO_LARGE, 0.0)
            return
        except _GoneError:
            return
        headers = {
            _WANTED_HEADERS[name]: value.decode("latin-1")
            for name, value in scope["headers"]
            if name in _WANTED_HEADERS
        }
        query = scope["query_string"]
        pairs = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {}
        began = time.perf_counter()
        reply = await self._replies.awaited(self._backend.submit(Request(method, path, body, pairs, headers)))
        self._metrics.count(method, route, reply.status, time.perf_counter() - began)
        await _send(send, reply)

    def _route(self, method: str, path: str) -> tuple[str, int]:
        """The address as the table has it, and how large a body it takes."""
        try:
            route, _ = self._table.find(method, path)
        except NoSuchRouteError:
            return NO_ROUTE, 0
        return route.path, route.at_most


async def _body(receive: Receive, at_most: int) -> bytes:
    """The body, never more of it in memory than is allowed; where no route is, it is left unread."""
    if not at_most:
        return b""
    chunks = []
    size = 0
    is_more = True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > at_most:
            raise _TooLargeError
        chunks.append(chunk)
        is_more = message.get("more_body", False)
    return b"".join(chunks)


async def _send(send: Send, reply: Reply) -> None:
    more = [(name.encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
    length = (b"content-length", str(len(reply.body)).encode())
    await send({"type": "http.response.start", "status": reply.status, "headers": [*_JSON, length, *more]})
    await send({"type": "http.response.body", "body": reply.body})


def _page(status: int, body: bytes) -> Response:
    return Response(body, status, {"content-type": "application/json", "cache-control": "no-store"})
