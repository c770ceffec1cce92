"""The ASGI app: bodies within their limits in, replies out; all else is the backend's."""

import asyncio
import json
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route as HttpRoute

from tukar.domain.redemption import Refusal
from tukar.server.backend import Backend, Reply, Request
from tukar.server.openapi import schema
from tukar.server.routes import NoSuchRouteError, RouteTable
from tukar.server.storage.transactions import UnavailableError
from tukar.wire.message import write
from tukar.wire.redemptions import WireRefusal
from tukar.wire.shop import WireHealth

TOO_LARGE: Final = 413
_METHODS: Final = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"]
_WANTED_HEADERS: Final = ("authorization", "tukar-seen", "tukar-audit-head", "tukar-signature")
READY_SECONDS: Final = 2.0


class _TooLargeError(ValueError):
    """The body is larger than its route allows."""


def create_app(backend: Backend) -> Starlette:
    """The app over a backend that is open."""
    ends = _Endpoints(backend)
    return Starlette(
        routes=[
            HttpRoute("/health", ends.health, methods=["GET"]),
            HttpRoute("/ready", ends.ready, methods=["GET"]),
            HttpRoute("/schema", ends.schema, methods=["GET"]),
            HttpRoute("/{path:path}", ends.ask, methods=_METHODS),
        ]
    )


class _Endpoints:
    """What is behind the addresses."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._table = RouteTable()
        self._schema = json.dumps(schema()).encode()

    async def health(self, _request: HttpRequest) -> Response:
        """The process lives."""
        return _json(200, write(WireHealth(status="alive")))

    async def ready(self, _request: HttpRequest) -> Response:
        """The database takes messages."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                await asyncio.wrap_future(self._backend.ping())
        except (TimeoutError, UnavailableError):
            return _json(503, write(WireHealth(status="waiting", detail="the database does not answer")))
        return _json(200, write(WireHealth(status="ready")))

    async def schema(self, _request: HttpRequest) -> Response:
        return _json(200, self._schema)

    async def ask(self, request: HttpRequest) -> Response:
        try:
            body = await _body(request, self._at_most(request))
        except _TooLargeError:
            refusal = WireRefusal(refusal=Refusal.BAD_REQUEST, detail="the body is too large")
            return _json(TOO_LARGE, write(refusal), {"connection": "close"})
        except ClientDisconnect:
            return Response(status_code=400)
        asked = Request(
            request.method,
            request.scope["path"],
            body,
            dict(request.query_params),
            {name: request.headers[name] for name in _WANTED_HEADERS if name in request.headers},
        )
        return _response(await asyncio.wrap_future(self._backend.submit(asked)))

    def _at_most(self, request: HttpRequest) -> int:
        try:
            route, _ = self._table.find(request.method, request.scope["path"])
        except NoSuchRouteError:
            return 0
        return route.at_most


async def _body(request: HttpRequest, at_most: int) -> bytes:
    """The body, never more of it in memory than is allowed; where no route is, it is left unread."""
    if not at_most:
        return b""
    chunks = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > at_most:
            raise _TooLargeError
        chunks.append(chunk)
    return b"".join(chunks)


def _response(reply: Reply) -> Response:
    return _json(reply.status, reply.body, dict(reply.headers))


def _json(status: int, body: bytes, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, {"content-type": "application/json", "cache-control": "no-store", **(headers or {})})
